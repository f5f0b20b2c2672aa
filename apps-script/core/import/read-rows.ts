/** The rows of a recognised table, cleaned, with the reasons for those that cannot be taken. */

import type { CleanedEntry } from "../award/import-record.ts";
import type { ReadText } from "../award/row-key.ts";
import { expertsSheet, liaisonsSheet, textsSheet, unitsSheet } from "../schema/application.ts";
import { type ColumnKind, type ColumnSpec, columnOf } from "../schema/sheet-spec.ts";
import { asShown, isShownOtherwise } from "../tables/shown-cell.ts";
import { cleanText } from "../text/clean.ts";
import { isPlaceholder } from "../text/placeholder.ts";
import { cellText } from "../workbook/cell-text.ts";
import { comparableText, isVacant } from "../workbook/fingerprint.ts";
import type { CellValue, SheetSnapshot } from "../workbook/port.ts";
import { readAboveGrid, stageInWords, unitInFileName } from "./above-grid.ts";
import { type CleanCell, type CleaningContext, cleanCell } from "./clean-cell.ts";
import { makeDittoReader } from "./ditto.ts";
import { findPageHeads, type PageHead } from "./page-heads.ts";
import type { RecognisedTable, SourceColumn } from "./recognise.ts";
import { makeRowJudge } from "./row-nature.ts";
import { makeShiftJudge } from "./shifted-row.ts";

export interface IncomingRow {
  /** 1-based, as a person sees it in the source. */
  readonly row: number;
  /** Column key → value; null where the source has the column and the cell is empty. */
  readonly cells: Map<string, CellValue>;
  readonly cleaned: readonly CleanedEntry[];
}

export interface Remark {
  readonly row: number;
  readonly column: string;
  readonly reason: string;
}

/** A row of a file that was not taken. */
export interface RejectedRow {
  /** 1-based; 0 where it is about the whole file. */
  readonly row: number;
  /** What people call it by, where it says so. */
  readonly name?: string;
  readonly reason: string;
}

interface IncomingTable {
  readonly rows: readonly IncomingRow[];
  readonly remarks: readonly Remark[];
  readonly rejected: readonly RejectedRow[];
}

interface TableSource {
  readonly file: string;
  readonly sheetName: string;
  readonly rows: readonly (readonly CellValue[])[];
  readonly shown?: SheetSnapshot["shown"];
  /** From a spreadsheet, where cells below a merged one are empty; else from a text that a mark divides into columns. */
  readonly isSpreadsheet: boolean;
  /** 推荐单位 as other sheets of the file give it; "" where they do not or differ. */
  readonly nominatorElsewhere: string;
  /** The unit whose 填报表 the file is: empty cells of 推荐单位 mean it; "" for other files. */
  readonly unitOfForm: string;
}

/** Excel's limit of one cell. */
export const MOST_CHARACTERS = 32_767;
const identityKeys = new Set(["id", "nominator", "code", "name", "account"]);

export const readerOf =
  (cells: ReadonlyMap<string, CellValue>): ReadText =>
  (key) =>
    comparableText(cells.get(key) ?? null);

/** The specification of a column of an input; 正文 columns may stand in a table of submissions. */
function specOf(table: RecognisedTable, key: string): ColumnSpec {
  const { sheet } = table.kind;
  return sheet.columns.find((c) => c.key === key) ?? columnOf(textsSheet, key);
}

/** A value as messages quote it, its first 30 characters. */
export function quote(value: CellValue): string {
  const text = comparableText(value);
  if (text === "") return "空";
  return `“${text.length > 30 ? `${text.slice(0, 30)}…` : text}”`;
}

/** The first row where two columns that mean the same differ, of those that identify a row. */
function findContradiction(
  table: RecognisedTable,
  rows: TableSource["rows"],
): { row: number; reason: string } | undefined {
  for (const [key, columns] of table.columns) {
    if (columns.length < 2 || !identityKeys.has(key)) continue;
    for (let i = table.firstRow; i < rows.length; i++) {
      const filled = columns.filter(({ index }) => !isVacant(rows[i]?.[index] ?? null));
      const values = filled.map(({ index }) => rows[i]?.[index] ?? null);
      if (new Set(values.map(comparableText)).size < 2) continue;
      const named = columns.map((c) => `“${c.header}”`).join("和");
      return {
        row: i + 1,
        reason: `${named}都是${specOf(table, key).label}，内容却不同（第 ${i + 1} 行：${values.map(quote).join("、")}），无法判断用哪一列。请只保留一列后重新导入。`,
      };
    }
  }
  return undefined;
}

interface Picked {
  readonly value: CellValue;
  /** 0-based position in the source. */
  readonly index: number;
  readonly header: string;
  readonly contradiction?: string;
}

function pickCell(cells: readonly CellValue[], columns: readonly SourceColumn[]): Picked {
  const first = columns[0] as SourceColumn;
  const filled = columns.filter(({ index }) => !isVacant(cells[index] ?? null));
  const chosen = filled[0] ?? first;
  const value = cells[chosen.index] ?? null;
  const other = filled.find((c) => comparableText(cells[c.index] ?? null) !== comparableText(value));
  const { index, header } = chosen;
  if (!other) return { value, index, header };
  const contradiction = `来源列“${chosen.header}”是${quote(value)}，“${other.header}”是${quote(cells[other.index] ?? null)}，无法判断用哪一个，此格未导入`;
  return { value: null, index, header, contradiction };
}

/** A bare number under a header that names its unit, such as 视频时长（分钟）. */
function withUnit(spec: ColumnSpec, header: string, value: CellValue): CellValue {
  if (spec.kind !== "duration") return value;
  const unit = /[（(]?(分钟?|秒)[）)]?$/.exec(header.trim())?.[1];
  const text = comparableText(value);
  return unit !== undefined && /^\d+(?:\.\d+)?$/.test(text) ? `${text}${unit === "秒" ? "秒" : "分钟"}` : value;
}

/** Values of a column whose cells are merged downwards stand in the first row of each group only. */
function fillMerged(
  source: TableSource,
  table: RecognisedTable,
  key: string,
  dataRows: readonly number[],
): Map<number, CellValue> {
  const filled = new Map<number, CellValue>();
  const columns = table.columns.get(key);
  const column = columns?.length === 1 ? columns[0] : undefined;
  if (!column || !source.isSpreadsheet) return filled;
  const values = dataRows.map((i) => source.rows[i]?.[column.index] ?? null);
  const given = values.filter((value) => !isVacant(value)).map(comparableText);
  const looksMerged =
    !isVacant(values[0] ?? null) &&
    new Set(given).size === given.length &&
    values.length - given.length >= given.length;
  if (!looksMerged) return filled;
  let current: CellValue = null;
  dataRows.forEach((row, n) => {
    const value = values[n] ?? null;
    if (!isVacant(value)) current = value;
    filled.set(row, current);
  });
  return filled;
}

const shownOtherwise = (value: CellValue) =>
  `此格设了数字格式，显示成什么无法确定，已按数值${quote(value)}写入；如与看到的不同，请在来源文件中改为文本后重新导入`;

interface Defaults {
  readonly nominator: string;
  /** Whether 推荐单位 stands above the grid or is that of a 填报表, and so also stands for an empty cell. */
  readonly nominatorAbove: boolean;
  readonly submittedOn: string;
  readonly stage: string;
}

function readDefaults(source: TableSource, table: RecognisedTable, context: CleaningContext): Defaults {
  const titleRows = source.rows.slice(0, table.headerRow);
  const above = readAboveGrid(titleRows);
  const { stages } = context.notice;
  const nominator =
    above.nominator || source.unitOfForm || source.nominatorElsewhere || unitInFileName(source.file, stages);
  const names = [nominator, context.unitName(nominator) ?? ""];
  const titles = titleRows.map((cells) => cells.map(cellText).join(" ")).filter((title) => !title.includes("单位"));
  const stage = [titles.join(" "), source.sheetName, source.file]
    .map((text) => stageInWords(text, stages, names))
    .find((found) => found !== undefined);
  return {
    nominator,
    nominatorAbove: above.nominator !== "" || source.unitOfForm !== "",
    submittedOn: above.submittedOn,
    stage: stage ?? "",
  };
}

/** What a page says of itself holds from there on. */
function pageDefaults(before: Defaults, head: PageHead): Defaults {
  return {
    nominator: head.nominator || before.nominator,
    nominatorAbove: before.nominatorAbove || head.nominator !== "",
    submittedOn: head.submittedOn || before.submittedOn,
    stage: head.stage ?? before.stage,
  };
}

function missingKey(table: RecognisedTable, read: ReadText): string | undefined {
  const lacks = (key: string) => read(key) === "" || isPlaceholder(read(key), "code");
  const typed = (key: string) => (read(key) === "" ? "" : `（“${read(key)}”只是占位）`);
  switch (table.kind.sheet.key) {
    case "submissions":
    case "texts":
      return lacks("id") ? `没有案例编号${typed("id")}，无法认定是哪个案例。请补上案例编号后重新导入。` : undefined;
    case "units":
      return lacks("code") ? `没有单位代码${typed("code")}。请补上单位代码后重新导入。` : undefined;
    case "experts":
    case "liaisons":
      return undefined;
  }
}

function tooLong(table: RecognisedTable, cells: ReadonlyMap<string, CellValue>): string | undefined {
  for (const [key, value] of cells) {
    if (typeof value !== "string" || value.length <= MOST_CHARACTERS) continue;
    return `“${specOf(table, key).label}”有 ${value.length} 个字符，超过单元格能存的 ${MOST_CHARACTERS} 个，此行未导入。请精简后重新导入。`;
  }
  return undefined;
}

function remarksOnColumns(source: TableSource, table: RecognisedTable, dataRows: readonly number[]): Remark[] {
  const filled = new Map<number, number>();
  for (const row of dataRows) {
    (source.rows[row] ?? []).forEach((value, index) => {
      if (!filled.has(index) && !isVacant(value)) filled.set(index, row + 1);
    });
  }
  const unknown = table.others
    .filter(({ index }) => filled.has(index))
    .map(({ header }) => ({ row: 0, column: header, reason: `来源列“${header}”没有对应的列，未导入` }));
  const headless = [...filled]
    .filter(([index]) => !table.headed.has(index))
    .map(([index, row]) => ({ row, column: "", reason: `第 ${index + 1} 列没有表头，其中的内容未导入` }));
  return [...unknown, ...headless];
}

/** The source with numbers that name something as the texts that people see. */
function asSeen(source: TableSource, table: RecognisedTable): TableSource {
  if (!source.shown || source.shown.size === 0) return source;
  const kinds = new Map<number, ColumnKind>();
  for (const [key, columns] of table.columns)
    for (const { index } of columns) kinds.set(index, specOf(table, key).kind);
  const rows = source.rows.map((cells, r) =>
    r < table.firstRow ? cells : cells.map((value, c) => asShown(source, r + 1, c + 1, kinds.get(c) ?? "text", value)),
  );
  return { ...source, rows };
}

/** A cell of one of our columns, and what to report where its number format shows another text than its digits. */
function cleanSeen(
  spec: ColumnSpec,
  seen: CellValue,
  stored: CellValue,
  picked: Picked,
  context: CleaningContext,
): CleanCell {
  const cell = cleanCell(spec, withUnit(spec, picked.header, seen), context);
  const was = comparableText(stored);
  if (seen === stored || cell.formula || comparableText(cell.value) === was) return cell;
  return { ...cell, was };
}

export function readRows(stored: TableSource, table: RecognisedTable, context: CleaningContext): IncomingTable {
  const source = asSeen(stored, table);
  const contradiction = findContradiction(table, source.rows);
  if (contradiction) return { rows: [], remarks: [], rejected: [contradiction] };
  const { sheet } = table.kind;
  const { stages } = context.notice;
  const defaults = readDefaults(source, table, context);
  const natureOf = makeRowJudge(table, stages);
  const heads = findPageHeads(source.rows, table, stages);
  const rows: IncomingRow[] = [];
  const remarks: Remark[] = [];
  const rejected: RejectedRow[] = [];

  let [groupStage, page] = ["", defaults];
  const dataRows: { index: number; groupStage: string; page: Defaults }[] = [];
  for (let index = table.firstRow; index < source.rows.length; index++) {
    const head = heads.find(({ from, header }) => from <= index && index <= header);
    if (head) {
      page = pageDefaults(page, head);
      groupStage = head.stage ?? groupStage;
      index = head.header;
      continue;
    }
    const nature = natureOf(source.rows[index] ?? []);
    if (nature.kind === "group") groupStage = nature.stage;
    if (nature.kind === "odd")
      remarks.push({ row: index + 1, column: "", reason: `此行不像一条${sheet.label}记录，未导入` });
    if (nature.kind === "row") dataRows.push({ index, groupStage, page });
  }
  const indexes = dataRows.map((r) => r.index);
  const onColumns = remarksOnColumns(source, table, indexes);
  const merged = new Map(
    sheet === expertsSheet || sheet === liaisonsSheet
      ? ["stage", "nominator"].map((key) => [key, fillMerged(source, table, key, indexes)] as const)
      : [],
  );

  const aboveOf = makeDittoReader(sheet);
  const misplaced = source.isSpreadsheet
    ? () => undefined
    : makeShiftJudge(
        table,
        indexes.map((index) => source.rows[index] ?? []),
        (key) => specOf(table, key),
        context,
      );
  for (const { index, groupStage: stageOfGroup, page: defaultsOfPage } of dataRows) {
    const given = source.rows[index] ?? [];
    const shifted = misplaced(given);
    if (shifted !== undefined) {
      rejected.push({ row: index + 1, reason: shifted });
      continue;
    }
    const cells = new Map<string, CellValue>();
    const cleaned: CleanedEntry[] = [];
    for (const [key, columns] of table.columns) {
      const spec = specOf(table, key);
      const picked = pickCell(given, columns);
      if (picked.contradiction !== undefined) {
        remarks.push({ row: index + 1, column: spec.label, reason: picked.contradiction });
        continue;
      }
      const raw = merged.get(key)?.get(index) ?? picked.value;
      const digits = raw === picked.value ? (stored.rows[index]?.[picked.index] ?? null) : raw;
      const cell = cleanSeen(spec, raw, digits, picked, context);
      if (isShownOtherwise(stored, index + 1, picked.index + 1, spec.kind, digits))
        remarks.push({ row: index + 1, column: spec.label, reason: shownOtherwise(digits) });
      cells.set(key, cell.value);
      if (cell.was !== undefined)
        cleaned.push({ c: key, w: cell.was, i: comparableText(cell.value), ...(cell.formula && { f: 1 }) });
      if (cell.remark !== undefined) remarks.push({ row: index + 1, column: spec.label, reason: cell.remark });
    }
    applyDefaults(sheet, cells, { ...defaultsOfPage, stage: stageOfGroup || defaultsOfPage.stage }, context);
    for (const [key, { typed, value }] of aboveOf(cells)) {
      cells.set(key, value);
      cleaned.push({ c: key, w: typed, i: comparableText(value) });
    }
    const reason = missingKey(table, readerOf(cells)) ?? tooLong(table, cells);
    if (reason !== undefined) rejected.push({ row: index + 1, reason, ...nameOf(cells) });
    else rows.push({ row: index + 1, cells, cleaned: cleaned.map(shorten) });
  }
  return { rows, remarks: [...onColumns, ...remarks], rejected };
}

/** What people call a row by: 案例名称 or a name, where there is one. */
function nameOf(cells: ReadonlyMap<string, CellValue>): Pick<RejectedRow, "name"> {
  const name = cleanText(cellText(cells.get("name") ?? cells.get("title") ?? null));
  return name === "" ? {} : { name };
}

/** 导入记录 keeps enough of a long text to show what it was. */
export function shorten(entry: CleanedEntry): CleanedEntry {
  const limit = 2000;
  return entry.w.length + entry.i.length <= limit ? entry : { ...entry, w: entry.w.slice(0, limit) };
}

function applyDefaults(
  sheet: RecognisedTable["kind"]["sheet"],
  cells: Map<string, CellValue>,
  defaults: Defaults,
  context: CleaningContext,
): void {
  const isEmpty = (key: string) => isVacant(cells.get(key) ?? null);
  if (sheet === unitsSheet) return;
  if (defaults.nominator !== "" && (!cells.has("nominator") || (isEmpty("nominator") && defaults.nominatorAbove))) {
    cells.set("nominator", context.unitName(defaults.nominator) ?? defaults.nominator);
  }
  if (sheet !== expertsSheet) return;
  if (isEmpty("stage") && defaults.stage !== "") cells.set("stage", defaults.stage);
  if (isEmpty("submittedOn") && defaults.submittedOn !== "")
    cells.set("submittedOn", { kind: "date", iso: defaults.submittedOn });
}
