import { importedSheets } from "../../core/award/row-key.ts";
import { applicationSheetLabels, importRecordSheet, priorSheet } from "../../core/schema/application.ts";
import { readSheetTable } from "../../core/tables/table.ts";
import type { CellEdit, CellValue, SheetPatch, WorkbookPatch } from "../../core/workbook/port.ts";
import { lastLogRow } from "../actions/attempt.ts";
import { isLoggedSince } from "../actions/log.ts";
import { exactAreas } from "../google/areas.ts";
import { type GoogleWorkbook, openWorkbook } from "../google/workbook.ts";

type Spreadsheet = GoogleAppsScript.Spreadsheet.Spreadsheet;

/** Document property: an import that has begun to write. */
const importingKey = "casebook.importing";

interface Attempt {
  readonly digest: string;
  readonly outcome: string;
  /** Sheets that got new rows between others and had no empty ones before. */
  readonly inserted: readonly string[];
  /** Sheets of the award that were not there when it began; absent in an attempt of an earlier version. */
  readonly missing?: readonly string[];
  /** The last row of 日志 when it began; absent in an attempt of an earlier version. */
  readonly logRow?: number;
}

function readAttempt(): Attempt | undefined {
  const text = PropertiesService.getDocumentProperties().getProperty(importingKey);
  return text === null ? undefined : (JSON.parse(text) as Attempt);
}

/** Whether an earlier import has begun and not come to its end. */
export const isImportBegun = (): boolean => readAttempt() !== undefined;

/** Sheets that were missing when the import under way began, which it makes. */
export const missingBeforeImport = (): readonly string[] => readAttempt()?.missing ?? [];

const specOf = (rows: readonly (readonly CellValue[])[], name: string) => {
  const sheet = { name, hidden: false, rows, notes: new Map<string, string>() };
  for (const spec of importedSheets) {
    try {
      return readSheetTable(sheet, spec);
    } catch {
      // Another table.
    }
  }
  return undefined;
};

/** Empty rows of a table between others. */
function emptyRows(rows: readonly (readonly CellValue[])[], name: string): number[] {
  const table = specOf(rows, name);
  if (!table) return [];
  const filled = new Set(table.rows.map(({ row }) => row));
  const empty: number[] = [];
  for (let row = table.headerRow + 1; row < table.lastRow; row++) if (!filled.has(row)) empty.push(row);
  return empty;
}

/**
 * Takes the rows away that an import made and did not come to fill, so that it can be planned anew.
 *
 * @returns whether there was anything to take away: what was read before is stale then
 */
export function resumeImport(spreadsheet: Spreadsheet): boolean {
  const attempt = readAttempt();
  if (!attempt || attempt.inserted.length === 0) return false;
  const { snapshot } = openWorkbook(spreadsheet, { formulasOf: () => false });
  for (const name of attempt.inserted) {
    const rows = emptyRows(snapshot.sheets.find((sheet) => sheet.name === name)?.rows ?? [], name);
    const sheet = spreadsheet.getSheetByName(name);
    const runs = exactAreas(rows.map((row) => ({ row, column: 1 })));
    // From the bottom up, so that the rows above keep their numbers.
    for (const { top, bottom } of runs.reverse()) sheet?.deleteRows(top, bottom - top + 1);
  }
  return true;
}

/** 导入记录 and 往届 in one write instead of emptied first: what they remember is never lost. */
function withoutClearing(book: GoogleWorkbook, patch: SheetPatch): SheetPatch {
  const { clearFrom, ...rest } = patch;
  const spec = [importRecordSheet, priorSheet].find(({ label }) => label === patch.name);
  if (!spec || clearFrom === undefined) return patch;
  const old = book.snapshot.sheets.find((sheet) => sheet.name === patch.name)?.rows ?? [];
  const values = new Map<string, CellValue>();
  let last = old.length;
  let right = old
    .slice(clearFrom - 1)
    .reduce<number>((most, cells) => Math.max(most, cells.length), spec.columns.length);
  for (const { row, column, value } of patch.edits ?? []) {
    values.set(`${row}:${column}`, value);
    last = Math.max(last, row);
    right = Math.max(right, column);
  }
  const edits: CellEdit[] = [];
  for (let row = clearFrom; row <= last; row++) {
    for (let column = 1; column <= right; column++) {
      edits.push({ row, column, value: values.get(`${row}:${column}`) ?? null });
    }
  }
  return { ...rest, edits };
}

/**
 * Writes what `planImport` or `planPrior` planned, so that the same import can be run again after a fault at any call. The record of the
 * import comes last; until `finishImport` the import counts as begun.
 *
 * @returns what to log: what this run does, and what an earlier attempt, which has written a part of it, was to do
 */
export function writeImport(
  book: GoogleWorkbook,
  patch: WorkbookPatch,
  { action, digest, outcome }: { readonly action: string; readonly digest: string; readonly outcome: string },
): string {
  const { spreadsheet } = book;
  const begun = readAttempt();
  const earlier = begun && isLoggedSince(spreadsheet, begun.logRow ?? 0, action) ? undefined : begun;
  const isAgain = earlier?.digest === digest && earlier.outcome !== outcome;
  const told = isAgain ? `${outcome}；此前一次中断在途中，那次应为：${earlier.outcome}` : outcome;
  const inserting = patch.sheets
    .filter(({ name, insertRows }) => {
      const rows = book.snapshot.sheets.find((sheet) => sheet.name === name)?.rows ?? [];
      return (insertRows?.length ?? 0) > 0 && emptyRows(rows, name).length === 0;
    })
    .map(({ name }) => name);
  const inserted = [...new Set([...(earlier?.inserted ?? []), ...inserting])];
  const logRow = earlier?.logRow ?? lastLogRow(spreadsheet);
  const missing = earlier?.missing ?? applicationSheetLabels.filter((label) => !spreadsheet.getSheetByName(label));
  const attempt: Attempt = { digest, outcome: isAgain ? earlier.outcome : outcome, inserted, missing, logRow };
  PropertiesService.getDocumentProperties().setProperty(importingKey, JSON.stringify(attempt));
  for (const sheet of patch.sheets) book.apply({ sheets: [withoutClearing(book, sheet)] });
  return told;
}

/** The import has come to its end. */
export function finishImport(): void {
  PropertiesService.getDocumentProperties().deleteProperty(importingKey);
}
