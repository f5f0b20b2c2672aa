/** 导入记录: what the last import put into each cell, so that what people changed since is known. */

import { importRecordSheet } from "../schema/application.ts";
import { type Table, type TableRow, tableLabel } from "../tables/table.ts";
import { compareText } from "../text/compare.ts";
import { comparableText, fingerprintLength, fingerprintOf } from "../workbook/fingerprint.ts";
import type { CellEdit, SheetPatch, WorkbookSnapshot } from "../workbook/port.ts";
import type { AwardTables, CleanedCell, DisputedCell } from "./award.ts";
import { matchRecords } from "./match-records.ts";
import { type ImportedSheet, importedSheets, refoldRowKey, type SortKey } from "./row-key.ts";
import { joinUnitNames, readRecordTable, type UnitName, unitNameCells } from "./unit-names.ts";

/** What import changed in one cell: column key, what was, what is; `f` when a spreadsheet would have run the original. */
export interface CleanedEntry {
  readonly c: string;
  readonly w: string;
  readonly i: string;
  readonly f?: 1;
}

/** What the files of one import say of a cell that they disagree on, and the fingerprint of what the cell kept. */
interface Dispute {
  readonly held: string;
  /** Source and value, sorted. */
  readonly told: readonly (readonly [source: string, value: string])[];
}

export interface ImportRecord {
  readonly sheet: ImportedSheet;
  rowKey: string;
  /** 1, 2, … where a key stands several times. */
  occurrence: number;
  /** `文件名 第 5 行`, one for each file that held this row, sorted. */
  sources: readonly string[];
  /** Column key → fingerprint of what import put there; "" where it put nothing. No entry: no file had the column. */
  readonly fingerprints: Map<string, string>;
  cleaned: readonly CleanedEntry[];
  /** By column key. */
  readonly disputes: Map<string, Dispute>;
}

const SOURCE = /^(.*) 第 (\d+) 行$/s;

export const formatSource = (file: string, row: number) => `${file} 第 ${row} 行`;

export const sourceFiles = (record: ImportRecord) => record.sources.map((source) => SOURCE.exec(source)?.[1] ?? source);

/** Whether two names, as given at different times, may be one file: one is the end of the other's path. */
export function mayBeSameFile(a: string, b: string): boolean {
  const [short, long] = a.length < b.length ? [a, b] : [b, a];
  return long === short || long.endsWith(`/${short}`);
}

/** A row of a file that was imported. */
export interface Origin {
  readonly file: string;
  readonly row: number;
}

const originsOf = (record: ImportRecord): Origin[] =>
  record.sources.flatMap((source) => {
    const [, file, row] = SOURCE.exec(source) ?? [];
    return file === undefined ? [] : [{ file, row: Number(row) }];
  });

/** Tells rows apart that share a key: by the file they came from first, and their place in it. */
export function sourceSortKey(record: ImportRecord | undefined): SortKey {
  const found = SOURCE.exec(record?.sources[0] ?? "");
  return [found?.[1] ?? "", Number(found?.[2] ?? 0)];
}

/** Stands for a column that no file had, and for an empty cell. */
const NO_COLUMN = "-";
const EMPTY = "_";
/** Makes the cell a text for every program: digits alone might be read as a number. */
const PREFIX = "f";

function encode(record: ImportRecord): string {
  const parts = record.sheet.columns.map((column) => {
    const fingerprint = record.fingerprints.get(column.key);
    if (fingerprint === undefined) return NO_COLUMN;
    return fingerprint === "" ? EMPTY : fingerprint;
  });
  return PREFIX + parts.join("");
}

function decode(text: string, keys: readonly string[]): Map<string, string> {
  const fingerprints = new Map<string, string>();
  let at = PREFIX.length;
  for (const key of keys) {
    const sign = text[at];
    if (sign === undefined) break;
    if (sign === NO_COLUMN || sign === EMPTY) {
      if (sign === EMPTY) fingerprints.set(key, "");
      at += 1;
    } else {
      fingerprints.set(key, text.slice(at, at + fingerprintLength));
      at += fingerprintLength;
    }
  }
  return fingerprints;
}

const nothing: readonly CleanedEntry[] = [];

function parseCleaned(text: string): readonly CleanedEntry[] {
  if (text === "") return nothing;
  try {
    const entries: unknown = JSON.parse(text);
    return Array.isArray(entries) ? (entries as CleanedEntry[]) : [];
  } catch {
    // Someone typed into the hidden sheet: what was cleaned is lost, what was imported is not.
    return [];
  }
}

function parseDisputes(text: string): Map<string, Dispute> {
  if (text === "") return new Map();
  try {
    return new Map(Object.entries(JSON.parse(text) as Record<string, Dispute>));
  } catch {
    // Someone typed into the hidden sheet.
    return new Map();
  }
}

type RecordTable = NonNullable<ReturnType<typeof readRecordTable>>;

/** As it was written; a check looks at little of it. */
class StoredRecord implements ImportRecord {
  rowKey: string;
  occurrence: number;
  cleaned: readonly CleanedEntry[];
  private knownSources: readonly string[] | undefined;
  private knownFingerprints: Map<string, string> | undefined;
  private knownDisputes: Map<string, Dispute> | undefined;

  constructor(
    readonly sheet: ImportedSheet,
    private readonly row: RecordTable["rows"][number],
    private readonly keys: readonly string[],
  ) {
    this.rowKey = refoldRowKey(sheet, row.text("rowKey"));
    this.occurrence = Number(row.text("occurrence"));
    this.cleaned = parseCleaned(row.text("cleaned"));
  }

  get sources(): readonly string[] {
    this.knownSources ??= this.row
      .text("source")
      .split("\n")
      .filter((source) => source !== "");
    return this.knownSources;
  }

  set sources(sources: readonly string[]) {
    this.knownSources = sources;
  }

  get fingerprints(): Map<string, string> {
    this.knownFingerprints ??= decode(this.row.text("fingerprints"), this.keys);
    return this.knownFingerprints;
  }

  get disputes(): Map<string, Dispute> {
    this.knownDisputes ??= parseDisputes(this.row.text("disputes"));
    return this.knownDisputes;
  }
}

/** Every remembered row. Before the rows of a sheet stands one with its column keys, in the order of the fingerprints. */
export function readImportRecord(snapshot: WorkbookSnapshot): ImportRecord[] {
  const records: ImportRecord[] = [];
  const keysOf = new Map<string, readonly string[]>();
  const rows = readRecordTable(snapshot)?.rows ?? [];
  const isColumnRow = (row: (typeof rows)[number]) => row.text("occurrence") === "0";
  for (const row of rows.filter(isColumnRow)) keysOf.set(row.text("sheet"), row.text("fingerprints").split(" "));
  for (const row of rows) {
    const label = row.text("sheet");
    const sheet = importedSheets.find((s) => s.label === label);
    if (!sheet || isColumnRow(row)) continue;
    records.push(new StoredRecord(sheet, row, keysOf.get(label) ?? sheet.columns.map((c) => c.key)));
  }
  return records;
}

function compareRecords(a: ImportRecord, b: ImportRecord): number {
  return (
    importedSheets.indexOf(a.sheet) - importedSheets.indexOf(b.sheet) ||
    compareText(a.rowKey, b.rowKey) ||
    a.occurrence - b.occurrence
  );
}

const byKey = ([a]: readonly [string, unknown], [b]: readonly [string, unknown]) => compareText(a, b);

/** The rows of 导入记录, header excluded, in an order of their own: the same records give the same rows. */
function recordRows(records: readonly ImportRecord[], unitNames: readonly UnitName[]): (string | number)[][] {
  const rows: (string | number)[][] = [];
  let sheet: ImportedSheet | undefined;
  for (const record of [...records].sort(compareRecords)) {
    if (record.sheet !== sheet) {
      sheet = record.sheet;
      rows.push([sheet.label, "", 0, "", sheet.columns.map((c) => c.key).join(" "), "", ""]);
    }
    const cleaned = record.cleaned.length > 0 ? JSON.stringify(record.cleaned) : "";
    rows.push([
      record.sheet.label,
      record.rowKey,
      record.occurrence,
      record.sources.join("\n"),
      encode(record),
      cleaned,
      record.disputes.size > 0 ? JSON.stringify(Object.fromEntries([...record.disputes].sort(byKey))) : "",
    ]);
  }
  rows.push(...unitNames.map(unitNameCells));
  return rows;
}

/** Where the columns stand; what an earlier version did not have comes behind the others. */
function placeColumns(table: RecordTable | undefined): Map<string, number> {
  const places = new Map<string, number>(table?.positions ?? []);
  for (const { key } of importRecordSheet.columns)
    if (!places.has(key)) places.set(key, Math.max(0, ...places.values()) + 1);
  return places;
}

/** Edits that write these records below the header of 导入记录. */
function recordEdits(
  rows: readonly (readonly (string | number)[])[],
  headerRow: number,
  places: ReadonlyMap<string, number>,
): CellEdit[] {
  return rows.flatMap((values, r) =>
    importRecordSheet.columns.flatMap((column, c) => {
      const value = values[c];
      if (value === undefined || value === "") return [];
      return [{ row: headerRow + 1 + r, column: places.get(column.key) ?? 0, value }];
    }),
  );
}

/** 导入记录 as it must be to hold these records and names, or undefined when it does already. */
export function recordPatch(
  snapshot: WorkbookSnapshot,
  records: readonly ImportRecord[],
  unitNames: readonly UnitName[],
): SheetPatch | undefined {
  const table = readRecordTable(snapshot);
  const before = table?.rows.map((row) => importRecordSheet.columns.map((c) => row.text(c.key))) ?? [];
  const rows = recordRows(records, joinUnitNames(unitNames));
  const after = rows.map((values) => importRecordSheet.columns.map((_, c) => String(values[c] ?? "")));
  if (JSON.stringify(before) === JSON.stringify(after)) return undefined;
  const headerRow = table?.headerRow ?? 1;
  const places = placeColumns(table);
  const edits = recordEdits(rows, headerRow, places);
  const header = importRecordSheet.columns
    .filter(({ key }) => !table?.positions.has(key))
    .map(({ key, label }) => ({ row: headerRow, column: places.get(key) ?? 0, value: label }));
  if (table) return { name: table.name, clearFrom: headerRow + 1, edits: [...header, ...edits] };
  return { name: importRecordSheet.label, createBefore: null, layout: { hidden: true }, edits: [...header, ...edits] };
}

const tableOf = (tables: AwardTables, sheet: ImportedSheet): Table<string> =>
  tables[sheet.key] as Table as Table<string>;

/** Where the rows of each sheet stood in the files that held them, by their row in the workbook. */
export function readOrigins(
  snapshot: WorkbookSnapshot,
  tables: AwardTables,
  nominatorName: (text: string) => string,
): Map<ImportedSheet["key"], Map<number, Origin[]>> {
  const records = readImportRecord(snapshot);
  return new Map(
    importedSheets.map((sheet) => {
      const own = records.filter((record) => record.sheet === sheet);
      const rowOf = matchRecords(sheet, tableOf(tables, sheet).rows, own, nominatorName);
      return [sheet.key, new Map([...rowOf].map(([record, { row }]) => [row, originsOf(record)]))];
    }),
  );
}

/** The cells that import changed and that still hold what it wrote, for DATA-CLEANED and DATA-FORMULA. `column` is the label. */
export function readCleanedCells(
  snapshot: WorkbookSnapshot,
  tables: AwardTables,
  resolveUnit: (text: string) => { readonly name: string } | undefined = () => undefined,
): CleanedCell[] {
  const nominatorName = (text: string) => resolveUnit(text)?.name || text;
  const records = readImportRecord(snapshot);
  return importedSheets.flatMap((sheet) => {
    const table = tableOf(tables, sheet);
    const own = records.filter((record) => record.sheet === sheet);
    if (!own.some((record) => record.cleaned.length > 0)) return [];
    const rowOf = matchRecords(sheet, table.rows, own, nominatorName);
    return own.flatMap((record) => {
      const row = rowOf.get(record);
      return row ? cleanedCellsOf(table, sheet, row, record) : [];
    });
  });
}

/** The cells that still hold what they held when two files of one import disagreed on them. `column` is the label. */
export function readDisputedCells(snapshot: WorkbookSnapshot, tables: AwardTables): DisputedCell[] {
  const isDisputed = readRecordTable(snapshot)?.rows.some((row) => row.text("disputes") !== "");
  if (!isDisputed) return [];
  const records = readImportRecord(snapshot);
  return importedSheets.flatMap((sheet) => {
    const table = tableOf(tables, sheet);
    const own = records.filter((record) => record.sheet === sheet);
    if (!own.some((record) => record.disputes.size > 0)) return [];
    const rowOf = matchRecords(sheet, table.rows, own);
    const has = (key: string) => sheet.columns.some((c) => c.key === key);
    return own.flatMap((record) => {
      const row = rowOf.get(record);
      if (!row) return [];
      return [...record.disputes].flatMap(([key, { held, told }]): DisputedCell[] => {
        if (!has(key) || fingerprintOf(row.raw(key)) !== held) return [];
        return [
          {
            sheet: table.name,
            row: row.row,
            column: tableLabel(table, key),
            id: has("id") ? row.text("id") : "",
            nominator: has("nominator") ? row.text("nominator") : "",
            told,
          },
        ];
      });
    });
  });
}

function cleanedCellsOf(
  table: Table<string>,
  sheet: ImportedSheet,
  row: TableRow,
  record: ImportRecord,
): CleanedCell[] {
  const has = (key: string) => sheet.columns.some((c) => c.key === key);
  return record.cleaned.flatMap((entry) => {
    if (!has(entry.c) || comparableText(row.raw(entry.c)) !== comparableText(entry.i)) return [];
    return [
      {
        sheet: table.name,
        row: row.row,
        column: tableLabel(table, entry.c),
        id: has("id") ? row.text("id") : "",
        nominator: has("nominator") ? row.text("nominator") : "",
        was: entry.w,
        is: entry.i,
        formula: entry.f === 1,
      },
    ];
  });
}
