import { cellText, isBlank } from "../award/cell-text.ts";
import { cleanCode } from "../identity.ts";
import type { Notice } from "../notice/notice.ts";
import { scoreSheet } from "../schema/review.ts";
import { type ItemScore, readItemScore } from "../scoring/item-score.ts";
import { cleanText, foldForComparison, toHalfWidth } from "../text/clean.ts";
import type { CellValue, SheetSnapshot } from "../workbook/port.ts";

/** One row of a score sheet that came back. */
export interface ReturnedRow {
  /** 1-based, as the spreadsheet shows it. */
  readonly row: number;
  /** "" when the cell is empty. */
  readonly reviewId: string;
  /** In the order of the rubric. */
  readonly items: readonly ItemScore[];
  readonly comment: string;
  /** The reason, or 是 alone; "" when the expert has not stood aside. */
  readonly conflict: string;
}

export interface ReturnedSheet {
  readonly sheet: string;
  readonly rows: readonly ReturnedRow[];
  /** Labels of items whose column is gone. */
  readonly missing: readonly string[];
}

const headerDepth = 30;

/** Labels are compared without the maximum in brackets, which may have been typed over. */
function foldLabel(value: CellValue): string {
  return foldForComparison(toHalfWidth(cellText(value)).replace(/\(\s*\d+(\.\d+)?\s*分\s*\)/g, ""));
}

/** What people write into 回避 to say that there is nothing to avoid. */
const noConflict: ReadonlySet<string> = new Set(
  ["", "否", "无", "不", "不需要", "不回避", "无需回避", "没有", "不用"].map(foldForComparison),
);

function findHeader(
  sheet: SheetSnapshot,
  keys: ReadonlyMap<string, string>,
): { row: number; columns: Map<string, number> } | undefined {
  let best: { row: number; columns: Map<string, number> } | undefined;
  for (let i = 0; i < Math.min(headerDepth, sheet.rows.length); i++) {
    const columns = new Map<string, number>();
    sheet.rows[i]?.forEach((value, c) => {
      const key = keys.get(foldLabel(value));
      if (key !== undefined && !columns.has(key)) columns.set(key, c);
    });
    const items = [...columns.keys()].filter((key) => key.startsWith("item.")).length;
    if (columns.has("reviewId") && items > 0 && columns.size > (best?.columns.size ?? 0))
      best = { row: i + 1, columns };
  }
  return best;
}

function keysByLabel(notice: Notice): Map<string, string> {
  return new Map(scoreSheet(notice).columns.map((column) => [foldLabel(column.label), column.key as string]));
}

/** What `collect` looks at of the sheets of a file: of 案例正文 and 评分标准 the titles alone, so that files by the hundred fit into memory. */
export function keepScores(sheets: readonly SheetSnapshot[], notice: Notice): SheetSnapshot[] {
  const keys = keysByLabel(notice);
  return sheets.map((sheet) => ({
    ...sheet,
    rows: findHeader(sheet, keys) ? sheet.rows : sheet.rows.slice(0, titleDepth),
    notes: new Map(),
  }));
}

/** The sheet 评分 of a file, known by its labels wherever they stand; undefined when no sheet has them. */
export function readScoreSheet(sheets: readonly SheetSnapshot[], notice: Notice): ReturnedSheet | undefined {
  const { items } = notice.rubric;
  const keys = keysByLabel(notice);
  const found = sheets
    .map((sheet) => ({ sheet, header: findHeader(sheet, keys) }))
    .filter((f) => f.header !== undefined)
    .sort((a, b) => b.header!.columns.size - a.header!.columns.size)[0];
  if (!found?.header) return undefined;
  const { sheet, header } = found;
  const rows: ReturnedRow[] = [];
  for (let r = header.row; r < sheet.rows.length; r++) {
    const cells = sheet.rows[r] ?? [];
    const cell = (key: string): CellValue => cells[header.columns.get(key) ?? -1] ?? null;
    const conflict = cleanText(cellText(cell("conflict")));
    const row: ReturnedRow = {
      row: r + 1,
      reviewId: cleanCode(cellText(cell("reviewId"))),
      items: items.map((item) => readItemScore(cell(`item.${item.key}`), item.max)),
      comment: cleanText(cellText(cell("comment"))),
      conflict: noConflict.has(foldForComparison(conflict)) ? "" : conflict,
    };
    if (cells.some((value) => !isBlank(value))) rows.push(row);
  }
  const missing = items.filter((item) => !header.columns.has(`item.${item.key}`)).map((item) => item.label);
  return { sheet: sheet.name, rows, missing };
}

export function holdsAnything(row: ReturnedRow): boolean {
  return row.items.some((item) => item.kind !== "empty") || row.comment !== "" || row.conflict !== "";
}

const storedNumber = /专家编号[:：]?\s*(E\d{3,})/i;
/** Rows at the top of a sheet in which it may say whose it is. */
export const titleDepth = 10;

/** Every 专家编号 that the sheets of a file bear in their titles. */
export function storedExperts(sheets: readonly SheetSnapshot[]): string[] {
  const numbers = new Set<string>();
  for (const sheet of sheets) {
    for (const row of sheet.rows.slice(0, titleDepth)) {
      for (const value of row) {
        const match = storedNumber.exec(toHalfWidth(cellText(value)));
        if (match?.[1]) numbers.add(match[1].toUpperCase());
      }
    }
  }
  return [...numbers];
}
