import { readStandingAside, type StandingAside } from "../award/stand-aside-words.ts";
import type { Notice } from "../notice/notice.ts";
import { scoreSheet, scoreSheetLabels } from "../schema/review.ts";
import { type ItemScore, readItemScore } from "../scoring/item-score.ts";
import { cleanText, foldForComparison, toHalfWidth } from "../text/clean.ts";
import { addToGroup } from "../text/group-by.ts";
import { cleanCode } from "../text/identity.ts";
import { cellText, isBlank } from "../workbook/cell-text.ts";
import type { CellValue, SheetSnapshot } from "../workbook/port.ts";
import { continued, textsHeader, titlePart } from "./score-sheet.ts";

/** What a row of a score sheet says of its submission beside the number, as it is typed; "" where nothing stands. */
export const rowFacts = ["title", "material", "field", "stage"] as const;
export type RowFact = (typeof rowFacts)[number];
export type RowFacts = Readonly<Record<RowFact, string>>;

/** One row of a score sheet that came back. */
export interface ReturnedRow {
  /** 1-based, as the spreadsheet shows it. */
  readonly row: number;
  /** "" when the cell is empty. */
  readonly reviewId: string;
  readonly facts: RowFacts;
  /** In the order of the rubric. */
  readonly items: readonly ItemScore[];
  readonly comment: string;
  readonly aside: StandingAside;
}

export interface ReturnedSheet {
  readonly sheet: string;
  readonly rows: readonly ReturnedRow[];
  /** Labels of items whose column is gone. */
  readonly missing: readonly string[];
  /** Every 专家编号 that the sheet bears in its titles. */
  readonly experts: readonly string[];
}

const headerDepth = 30;

/** Labels are compared without the maximum in brackets, which may have been typed over. */
function foldLabel(value: CellValue): string {
  return foldForComparison(toHalfWidth(cellText(value)).replace(/\(\s*\d+(\.\d+)?\s*分\s*\)/g, ""));
}

interface Header {
  /** 1-based. */
  readonly row: number;
  /** 0-based, by key. */
  readonly columns: ReadonlyMap<string, number>;
}

function findHeader(sheet: SheetSnapshot, keys: ReadonlyMap<string, string>): Header | undefined {
  let best: Header | undefined;
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

/** The sheets that are there to be read, of which nobody makes a score sheet. */
const isReadingSheet = (sheet: SheetSnapshot) =>
  sheet.name === scoreSheetLabels.texts || sheet.name === scoreSheetLabels.rubric;

/**
 * What `collect` looks at of the sheets of a file: of 案例正文 and 评分标准 the titles, and which 案例名称 stands beside
 * which 评审编号, so that files by the hundred fit into memory and into the archive.
 */
export function keepScores(sheets: readonly SheetSnapshot[], notice: Notice): SheetSnapshot[] {
  const keys = keysByLabel(notice);
  return sheets.map((sheet) => {
    // What number cells show is not asked for: on a host that is a call for each sheet.
    const { name, hidden } = sheet;
    if (!isReadingSheet(sheet) && findHeader(sheet, keys)) return { name, hidden, rows: sheet.rows, notes: new Map() };
    const header = findTextsHeader(sheet);
    const titles = header ? sheet.rows.filter((row, r) => r > header.at && isTitleRow(row, header)) : [];
    const tops = header
      ? sheet.rows.slice(0, header.at + 1)
      : sheet.rows.slice(0, titleDepth).map((row) => row.map((value) => (tellsExpert(value) ? value : null)));
    return { name, hidden, rows: [...tops, ...titles], notes: new Map() };
  });
}

/** The sheets of a file that bear 评审编号 and items, known by their labels wherever they stand, in the file's order. */
export function readScoreSheets(sheets: readonly SheetSnapshot[], notice: Notice): ReturnedSheet[] {
  const keys = keysByLabel(notice);
  return sheets.flatMap((sheet) => {
    const header = isReadingSheet(sheet) ? undefined : findHeader(sheet, keys);
    return header ? [readSheet(sheet, header, notice)] : [];
  });
}

function readSheet(sheet: SheetSnapshot, { row: headerRow, columns }: Header, notice: Notice): ReturnedSheet {
  const { items } = notice.rubric;
  const rows: ReturnedRow[] = [];
  for (let r = headerRow; r < sheet.rows.length; r++) {
    const cells = sheet.rows[r] ?? [];
    if (cells.every(isBlank)) continue;
    const cell = (key: string): CellValue => cells[columns.get(key) ?? -1] ?? null;
    const text = (key: string) => cleanText(cellText(cell(key)));
    rows.push({
      row: r + 1,
      reviewId: cleanCode(cellText(cell("reviewId"))),
      facts: { title: text("title"), material: text("material"), field: text("field"), stage: text("stage") },
      items: items.map((item) => readItemScore(cell(`item.${item.key}`), item.max)),
      comment: text("comment"),
      aside: readStandingAside(cellText(cell("conflict"))),
    });
  }
  const missing = items.filter((item) => !columns.has(`item.${item.key}`)).map((item) => item.label);
  return { sheet: sheet.name, rows, missing, experts: storedExperts([sheet]) };
}

export function holdsAnything(row: ReturnedRow): boolean {
  return holdsScores(row) || row.comment !== "" || row.aside.kind !== "none";
}

/** Something stands where scores do, whether or not it is one. */
export function holdsScores(row: ReturnedRow): boolean {
  return row.items.some((item) => item.kind !== "empty");
}

/** The expert says so, or gives a reason and no score. */
export function standsAside(row: ReturnedRow): boolean {
  return row.aside.kind === "aside" || (row.aside.kind === "reason" && !holdsScores(row));
}

interface TextsHeader {
  /** 0-based row. */
  readonly at: number;
  readonly reviewId: number;
  readonly part: number;
  readonly content: number;
}

function findTextsHeader(sheet: SheetSnapshot): TextsHeader | undefined {
  const at = sheet.rows
    .slice(0, titleDepth)
    .findIndex((row) => textsHeader.every((label) => row.some((value) => cellText(value).trim() === label)));
  const header = sheet.rows[at];
  if (!header) return undefined;
  const [reviewId = 0, part = 0, content = 0] = textsHeader.map((label) =>
    header.findIndex((value) => cellText(value).trim() === label),
  );
  return { at, reviewId, part, content };
}

const isTitleRow = (row: readonly CellValue[], { part }: TextsHeader) =>
  cellText(row[part] ?? null).trim() === titlePart;

/** 案例名称 by 评审编号 as the file was made with them: 案例正文 bears them too. */
export function recordedTitles(sheets: readonly SheetSnapshot[]): Map<string, string> {
  const titles = new Map<string, string>();
  for (const sheet of sheets) {
    const header = findTextsHeader(sheet);
    if (!header) continue;
    for (const row of sheet.rows.slice(header.at + 1)) {
      if (!isTitleRow(row, header)) continue;
      titles.set(cleanCode(cellText(row[header.reviewId] ?? null)), cleanText(cellText(row[header.content] ?? null)));
    }
  }
  return titles;
}

/** One part of a submission as 案例正文 shows it. */
export interface CaseText {
  /** 关键词, 特色与创新点… */
  readonly part: string;
  readonly content: string;
}

/** What 案例正文 shows of each submission beside its title, by 评审编号; pieces of a part are put together again. */
export function readCaseTexts(sheets: readonly SheetSnapshot[]): Map<string, CaseText[]> {
  const texts = new Map<string, CaseText[]>();
  for (const sheet of sheets) {
    const header = findTextsHeader(sheet);
    if (!header) continue;
    for (const row of sheet.rows.slice(header.at + 1)) {
      const reviewId = cleanCode(cellText(row[header.reviewId] ?? null));
      if (reviewId === "" || isTitleRow(row, header)) continue;
      const part = cellText(row[header.part] ?? null);
      const content = cellText(row[header.content] ?? null);
      const own = texts.get(reviewId) ?? [];
      const before = own[own.length - 1];
      if (before && part === `${before.part}${continued}`)
        own[own.length - 1] = { ...before, content: before.content + content };
      else own.push({ part, content });
      texts.set(reviewId, own);
    }
  }
  return texts;
}

/** All that 案例正文 says of each submission, by 评审编号, without white space, which programs change on saving. */
export function recordedTexts(sheets: readonly SheetSnapshot[]): Map<string, string> {
  const parts = new Map<string, string[]>();
  for (const sheet of sheets) {
    const header = findTextsHeader(sheet);
    if (!header) continue;
    for (const row of sheet.rows.slice(header.at + 1)) {
      const reviewId = cleanCode(cellText(row[header.reviewId] ?? null));
      const told = [header.part, header.content].map((column) => cellText(row[column] ?? null).replace(/\s+/g, ""));
      if (reviewId !== "") addToGroup(parts, reviewId, told.join(":"));
    }
  }
  return new Map([...parts].map(([reviewId, told]) => [reviewId, told.join("\n")]));
}

const storedNumber = /专家编号[:：]?\s*(E\d{3,})/i;
/** Rows at the top of a sheet in which it may say whose it is. */
const titleDepth = 10;

const tellsExpert = (value: CellValue) => storedNumber.test(toHalfWidth(cellText(value)));

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
