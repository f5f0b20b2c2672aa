/** 评审材料 of 参评案例 filled in from a pattern or from a table of two columns; what stands there already stays. */
import type { Notice } from "../notice/notice.ts";
import { listSome } from "../rules/wording.ts";
import { reviewedSheet } from "../schema/review.ts";
import { labelOf } from "../schema/sheet-spec.ts";
import { headerSearchDepth } from "../tables/table.ts";
import { editTable } from "../tables/table-editor.ts";
import { cleanText, findLabel } from "../text/clean.ts";
import { groupByFilledKey } from "../text/group-by.ts";
import { identifierKey } from "../text/identity.ts";
import { firstLines, quoteEach } from "../text/list.ts";
import { cellText } from "../workbook/cell-text.ts";
import type { CellValue, SheetPatch, SheetSnapshot, WorkbookSnapshot } from "../workbook/port.ts";
import { type Reviewed, readReview } from "./read-review.ts";

/** A row of the table: where it stands, which case it means, what the experts get. */
export interface MaterialRow {
  /** 1-based. */
  readonly row: number;
  readonly id: string;
  readonly material: string;
}

/** A row of 参评案例 that holds something else than what was offered. */
interface KeptMaterial {
  /** 1-based, of 参评案例. */
  readonly row: number;
  readonly reviewId: string;
  readonly now: string;
  readonly offered: string;
}

export interface FilledMaterials {
  readonly patch: SheetPatch;
  readonly filled: number;
  readonly kept: readonly KeptMaterial[];
  /** Rows of the table that were not used; the reason in Chinese. */
  readonly rejected: readonly { readonly row: number; readonly reason: string }[];
  /** 评审编号 of the cases that are without 评审材料 still. */
  readonly missing: readonly string[];
}

/** In Chinese: what was filled in, and below it by row what was kept and what was not used. @param most of each list */
export function describeMaterials({ filled, kept, rejected, missing }: FilledMaterials, most: number): string[] {
  const keptLines = kept.map(
    ({ row, reviewId, now, offered }) =>
      `“${reviewedSheet.label}”第 ${row} 行 ${reviewId}：原样保留“${now}”，没有改为“${offered}”`,
  );
  const rejectedLines = rejected.map(({ row, reason }) => `材料表第 ${row} 行没有用：${reason}`);
  const still = missing.length > 0 ? `（${listSome(missing)}）` : "";
  return [
    `评审材料：新填 ${filled} 个案例，还没有的 ${missing.length} 个${still}。`,
    ...[keptLines, rejectedLines].flatMap((lines) => firstLines(lines, most).map((line) => `  ${line}`)),
    ...(kept.length > 0 ? [`  要换成新的，请先清空“${reviewedSheet.label}”表里的那一格，再做一次。`] : []),
  ];
}

const idLabels = [labelOf(reviewedSheet, "reviewId"), labelOf(reviewedSheet, "id")];
const tableIdLabels = [...idLabels, "编号"];
const materialLabels = [labelOf(reviewedSheet, "material"), "材料", "材料链接", "链接", "网址", "匿名链接"];
const PLACEHOLDER = /\{([^{}]*)\}/g;

/** What is wrong with a pattern, in Chinese; undefined when it names each case by a number of its own. */
export function explainPattern(pattern: string): string | undefined {
  const names = [...pattern.matchAll(PLACEHOLDER)].map(([, name = ""]) => name);
  const example = `如 https://example.org/{${idLabels[0]}}.zip`;
  const unknown = names.filter((name) => !idLabels.includes(name));
  if (unknown.length > 0) return `花括号里只能写${idLabels.join("或")}，不能写${quoteEach(unknown)}，${example}`;
  return names.length === 0
    ? `要有 {${idLabels[0]}} 或 {${idLabels[1]}}，否则所有案例的材料都一样，${example}`
    : undefined;
}

/** @param pattern one that `explainPattern` finds nothing wrong with */
export function fillPattern(pattern: string, { reviewId, id }: Pick<Reviewed, "reviewId" | "id">): string {
  const write = pattern.includes("://") ? encodeURIComponent : (text: string) => text;
  return pattern.replace(PLACEHOLDER, (_, name) => write(name === idLabels[0] ? reviewId : id));
}

/** The address of a link rather than its words. */
function materialText(value: CellValue): string {
  if (typeof value === "object" && value?.kind === "link" && value.target.includes("://")) return value.target;
  return cleanText(cellText(value));
}

/** Rows of a table of numbers and materials: by its header, or without one the first two columns. */
export function readMaterialTable({ rows }: Pick<SheetSnapshot, "rows">): MaterialRow[] {
  const place = (cells: readonly CellValue[], labels: readonly string[]) =>
    cells.findIndex((value) => findLabel(labels, cellText(value)) !== undefined);
  const header = rows
    .slice(0, headerSearchDepth)
    .findIndex((cells) => place(cells, tableIdLabels) >= 0 && place(cells, materialLabels) >= 0);
  const labels = rows[header] ?? [];
  const [id, material] = header < 0 ? [0, 1] : [place(labels, tableIdLabels), place(labels, materialLabels)];
  return rows
    .map((cells, i) => ({
      row: i + 1,
      id: cleanText(cellText(cells[id] ?? null)),
      material: materialText(cells[material] ?? null),
    }))
    .slice(header + 1)
    .filter((row) => row.id !== "" || row.material !== "");
}

/**
 * @param source a pattern with `{评审编号}` or `{案例编号}`, or rows of a table; a number of a table may be either
 * @throws WorkbookStructureError
 */
export function fillMaterials(
  snapshot: WorkbookSnapshot,
  notice: Notice,
  source: string | readonly MaterialRow[],
): FilledMaterials {
  const { tables, reviewed } = readReview(snapshot, notice);
  const { offers, rejected } =
    typeof source === "string"
      ? { offers: new Map(reviewed.map((each) => [each, fillPattern(source, each)])), rejected: [] }
      : offersOf(reviewed, source);
  const editor = editTable(tables.reviewed);
  const kept: KeptMaterial[] = [];
  const filled = new Set<Reviewed>();
  for (const [each, offered] of offers) {
    if (each.material === offered) continue;
    if (each.material !== "") {
      kept.push({ row: each.record.row, reviewId: each.reviewId, now: each.material, offered });
      continue;
    }
    editor.set(each.record.row, "material", offered);
    filled.add(each);
  }
  const missing = reviewed.filter((each) => each.material === "" && !filled.has(each)).map(({ reviewId }) => reviewId);
  return { patch: { name: tables.reviewed.name, edits: editor.edits }, filled: filled.size, kept, rejected, missing };
}

function offersOf(reviewed: readonly Reviewed[], rows: readonly MaterialRow[]) {
  const byReviewId = groupByFilledKey(reviewed, ({ reviewId }) => identifierKey(reviewId));
  const byId = groupByFilledKey(reviewed, ({ id }) => identifierKey(id));
  const offers = new Map<Reviewed, string>();
  const rowOf = new Map<Reviewed, number>();
  const rejected: { row: number; reason: string }[] = [];
  for (const { row, id, material } of rows) {
    const key = identifierKey(id);
    const [only, other] = byReviewId.get(key) ?? byId.get(key) ?? [];
    const reject = (reason: string) => rejected.push({ row, reason });
    if (id === "") reject(`“${material}”前面没有编号`);
    else if (!only) reject(`“${id}”不是“${reviewedSheet.label}”表里的${idLabels.join("或")}`);
    else if (other) reject(`“${id}”有几个参评案例，请改写${idLabels[0]}`);
    else if (material === "") reject(`“${id}”没有写材料`);
    else if (offers.has(only) && offers.get(only) !== material)
      reject(`“${id}”与第 ${rowOf.get(only)} 行说法不一，用了那一行的`);
    else {
      offers.set(only, material);
      rowOf.set(only, row);
    }
  }
  return { offers, rejected };
}
