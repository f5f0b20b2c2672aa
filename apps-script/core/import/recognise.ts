/** Which kind of table a sheet holds, and which of its columns is which: known by the headers, never guessed. */

import { textsSheet } from "../schema/application.ts";
import { foldForComparison } from "../text/clean.ts";
import { addToGroup } from "../text/group-by.ts";
import { once } from "../text/once.ts";
import { cellText } from "../workbook/cell-text.ts";
import { isVacant } from "../workbook/fingerprint.ts";
import type { CellValue } from "../workbook/port.ts";
import { readAboveGrid } from "./above-grid.ts";
import { rowNumberHeaders, type TableKind, tableKinds } from "./aliases.ts";
import { cardReason, isCard, isNarrowCard, otherRoster } from "./other-papers.ts";

export interface SourceColumn {
  /** 0-based position in the source. */
  readonly index: number;
  readonly header: string;
}

/** A header with the spellings under which it is looked up: as it stands, then without what stands in brackets. */
interface Header extends SourceColumn {
  readonly whole: string;
  readonly bare: string;
}

export interface RecognisedTable {
  readonly kind: TableKind;
  /** 0-based index of the first row below the header. */
  readonly firstRow: number;
  readonly headerRow: number;
  /** Column key → the columns of the source that mean it; more than one is for the reader of the rows to judge. */
  readonly columns: ReadonlyMap<string, readonly SourceColumn[]>;
  /** Positions that have a header. */
  readonly headed: ReadonlySet<number>;
  /** Columns with a header that means none of ours. */
  readonly others: readonly SourceColumn[];
}

interface Unrecognised {
  /** 1-based row of the header that fits nothing; 0 where there is none. */
  readonly row: number;
  readonly reason: string;
  /** Known to be something else, in a document as well. */
  readonly isOther?: true;
}

export type Recognition = RecognisedTable | Unrecognised | "empty";

type Rows = readonly (readonly CellValue[])[];

const SEARCH_DEPTH = 40;
/** How far below the best header so far a better one is looked for. */
const ROWS_AFTER_HEADER = 5;
const MOST_COLUMNS = 500;
const BRACKETS = /[（(【[][^）)】\]]*[）)】\]]/g;

interface NameIndex {
  readonly strong: ReadonlyMap<string, string>;
  readonly weak: ReadonlyMap<string, string>;
  readonly labels: ReadonlySet<string>;
}

function indexNames(kind: TableKind): NameIndex {
  const strong = new Map<string, string>();
  const weak = new Map<string, string>();
  const labels = new Set<string>();
  const columns = kind.sheet.columns.filter((c) => c.kind !== "computed");
  const textColumns = "summary" in kind.aliases ? textsSheet.columns.filter((c) => c.kind === "longText") : [];
  for (const [key, names] of Object.entries(kind.aliases))
    for (const name of names) strong.set(foldForComparison(name), key);
  for (const [key, names] of Object.entries(kind.weakAliases))
    for (const name of names) weak.set(foldForComparison(name), key);
  for (const { key, label } of [...textColumns, ...columns]) {
    strong.set(foldForComparison(label), key);
    labels.add(foldForComparison(label));
  }
  return { strong, weak, labels };
}

const nameIndexes = once(() => new Map(tableKinds.map((kind) => [kind, indexNames(kind)])));
const numberHeaders = once(() => new Set(rowNumberHeaders.map(foldForComparison)));
const knownLabels = once(
  () => new Set(tableKinds.flatMap((kind) => kind.sheet.columns.map((c) => foldForComparison(c.label)))),
);

interface Fit {
  readonly kind: TableKind;
  readonly columns: Map<string, SourceColumn[]>;
  readonly explained: ReadonlySet<number>;
  readonly ownLabels: number;
}

/** A longer text is no header: a title, a note, a section. */
const LONGEST_HEADER = 60;

function makeHeader(index: number, text: string): Header {
  const header = text.trim();
  return { index, header, whole: foldForComparison(header), bare: foldForComparison(header.replace(BRACKETS, "")) };
}

function fitHeaders(kind: TableKind, headers: readonly Header[]): Fit {
  const index = nameIndexes().get(kind) as NameIndex;
  const columns = new Map<string, SourceColumn[]>();
  const explained = new Set<number>();
  let ownLabels = 0;
  const take = (key: string, column: SourceColumn) => {
    addToGroup(columns, key, column);
    explained.add(column.index);
  };
  for (const column of headers) {
    const { whole, bare } = column;
    const key = index.strong.get(whole) ?? index.strong.get(bare);
    if (key === undefined) continue;
    take(key, column);
    if (index.labels.has(whole) || index.labels.has(bare)) ownLabels++;
  }
  for (const column of headers) {
    if (explained.has(column.index)) continue;
    const { whole, bare } = column;
    const key = index.weak.get(whole) ?? index.weak.get(bare);
    if (key !== undefined && !columns.has(key)) take(key, column);
  }
  return { kind, columns, explained, ownLabels };
}

function meetsNeeds({ kind, columns }: Fit): boolean {
  const { all, some, count } = kind.needs;
  return all.every((key) => columns.has(key)) && some.filter((key) => columns.has(key)).length >= count;
}

function headersOf(row: readonly CellValue[]): Header[] {
  return row.flatMap((value, index) => {
    const text = cellText(value);
    return text.length > LONGEST_HEADER || text.trim() === "" ? [] : [makeHeader(index, text)];
  });
}

/** Two header rows, the upper one spanning groups (第一作者 | 姓名, 单位 …), read as one. */
function joinHeaderRows(upper: readonly CellValue[], lower: readonly CellValue[]): Header[] {
  const joined: Header[] = [];
  let group = "";
  for (let index = 0; index < Math.max(upper.length, lower.length); index++) {
    const above = cellText(upper[index] ?? null).trim();
    const below = cellText(lower[index] ?? null).trim();
    if (above !== "") group = above;
    if (above === "" && below === "") continue;
    if (below.length <= LONGEST_HEADER) joined.push(makeHeader(index, below === "" ? above : group + below));
  }
  return joined;
}

interface Candidate {
  readonly row: number;
  readonly height: 1 | 2;
  readonly headers: readonly Header[];
  readonly matches: number;
}

const matchCount = (headers: readonly Header[]) =>
  Math.max(...tableKinds.map((kind) => fitHeaders(kind, headers).explained.size));

function findHeader(rows: Rows): Candidate | undefined {
  let best: Candidate | undefined;
  for (let row = 0; row < Math.min(SEARCH_DEPTH, rows.length); row++) {
    const headers = headersOf(rows[row] ?? []);
    if (headers.length < 2) continue;
    const matches = matchCount(headers);
    if (matches >= 2 && matches > (best?.matches ?? 0)) best = { row, height: 1, headers, matches };
    if (best && row >= best.row + ROWS_AFTER_HEADER) break;
  }
  for (const row of best ? [best.row - 1, best.row] : [0, 1, 2, 3]) {
    if (row < 0 || row + 1 >= rows.length) continue;
    const headers = joinHeaderRows(rows[row] ?? [], rows[row + 1] ?? []);
    const matches = matchCount(headers);
    if (matches >= (best?.matches ?? 1) + 2) best = { row, height: 2, headers, matches };
  }
  return best;
}

const needsInWords = tableKinds
  .map(({ sheet, needs, aliases }) => {
    const labelOf = (key: string) =>
      sheet.columns.find((c) => c.key === key)?.label ??
      (aliases[key] === undefined ? key : (aliases[key]?.[0] ?? key));
    const some =
      needs.count > 0 ? `和${needs.some.slice(0, 4).map(labelOf).join("、")}等中的至少 ${needs.count} 列` : "";
    return `${sheet.label}表需要${needs.all.map(labelOf).join("、")}${some}`;
  })
  .join("；");

function listHeaders(headers: readonly SourceColumn[]): string {
  const shown = headers.slice(0, 12).map((h) => h.header.slice(0, 20));
  return `${shown.join("、")}${headers.length > shown.length ? "……" : ""}`;
}

/** The kinds that the words around a table name, the nearest words first. */
function kindsNamed(fits: readonly Fit[], surroundings: readonly string[]): Fit[] {
  for (const text of surroundings) {
    const named = fits.filter((fit) => fit.kind.words.some((word) => text.includes(word)));
    if (named.length > 0) return named;
  }
  return [];
}

/** The fit that explains most headers, own labels counting more than aliases; several where nothing decides between them. */
function bestFits(fits: readonly Fit[], surroundings: readonly string[]): Fit[] {
  const named = kindsNamed(fits, surroundings);
  const pool = named.length === 1 ? named : fits;
  const most = Math.max(...pool.map((fit) => fit.explained.size));
  const widest = pool.filter((fit) => fit.explained.size === most);
  const labels = Math.max(...widest.map((fit) => fit.ownLabels));
  return widest.filter((fit) => fit.ownLabels === labels);
}

function unrecognised(rows: Rows, candidate: Candidate | undefined): Unrecognised {
  const firstRow = rows.findIndex((row) => headersOf(row).length > 1);
  const headers = candidate?.headers ?? headersOf(rows[firstRow] ?? []);
  const row = candidate ? candidate.row + 1 : firstRow + 1;
  const seen = headers.length > 0 ? `读到的表头是：${listHeaders(headers)}。` : "没有找到表头。";
  return { row, reason: `认不出这是哪一种表。${seen}${needsInWords}。请补上或改正表头后重新导入。` };
}

/**
 * Finds the header row and the kind of table.
 *
 * @param surroundings sheet name and file name, the nearer first; title rows above the header are read here
 */
export function recognise(rows: Rows, surroundings: readonly string[]): Recognition {
  if (rows.every((row) => row.every(isVacant))) return "empty";
  const width = Math.max(...rows.slice(0, SEARCH_DEPTH).map((row) => row.length));
  if (width > MOST_COLUMNS) {
    return {
      row: 0,
      reason: `这张表有 ${width} 列，超过 ${MOST_COLUMNS} 列，不像申报表格。请删去右侧多余的列后重新导入。`,
    };
  }
  const candidate = findHeader(rows);
  if (!candidate) {
    const nothing = unrecognised(rows, undefined);
    return isNarrowCard(rows) ? { row: nothing.row, reason: cardReason, isOther: true } : nothing;
  }
  const { headers, row, height } = candidate;
  if (isCard(rows, row)) return { row: row + 1, reason: cardReason, isOther: true };
  const fits = tableKinds.map((kind) => fitHeaders(kind, headers)).filter(meetsNeeds);
  if (fits.length === 0) return unrecognised(rows, candidate);
  const title = rows
    .slice(0, row)
    .map((cells) => cells.map(cellText).join(""))
    .join("");
  const best = bestFits(fits, [title, ...surroundings]);
  const [chosen] = best as [Fit, ...Fit[]];
  const rival =
    best[1] ?? fits.find((fit) => [...fit.explained].filter((index) => !chosen.explained.has(index)).length >= 3);
  if (rival) {
    return {
      row: row + 1,
      reason: `表头既像“${chosen.kind.sheet.label}”表又像“${rival.kind.sheet.label}”表（${listHeaders(headers)}），无法判断。请分成两张表，或在表名、标题里写明是哪一种后重新导入。`,
    };
  }
  const above = readAboveGrid(rows.slice(0, row)).nominator;
  const other = otherRoster(chosen.kind, chosen.columns, above, [title, ...surroundings]);
  if (other !== undefined) return { row: row + 1, reason: other, isOther: true };
  const others = headers.filter(
    ({ index, header }) =>
      !chosen.explained.has(index) &&
      !numberHeaders().has(foldForComparison(header)) &&
      !isComputedLabel(chosen.kind, header),
  );
  const headed = new Set(headers.map((h) => h.index));
  return { kind: chosen.kind, headerRow: row, firstRow: row + height, columns: chosen.columns, headed, others };
}

function isComputedLabel(kind: TableKind, header: string): boolean {
  const folded = foldForComparison(header);
  return (
    knownLabels().has(folded) &&
    kind.sheet.columns.some((c) => c.kind === "computed" && foldForComparison(c.label) === folded)
  );
}
