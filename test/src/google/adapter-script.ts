/** A small script over the adapter, bundled and run as the platform runs scripts. */
import type { SheetSnapshot, WorkbookPatch } from "../../../apps-script/core/workbook/port.ts";
import { resumeImport } from "../../../apps-script/src/application/write-import.ts";
import { type GoogleWorkbook, openWorkbook } from "../../../apps-script/src/google/workbook.ts";
import { handleEdit } from "../../../apps-script/src/shared/on-edit.ts";

/** A snapshot as it can be passed out of a script. */
export type PassedSheet = Omit<SheetSnapshot, "notes"> & { readonly notes: readonly (readonly [string, string])[] };

function pass({ snapshot }: GoogleWorkbook): PassedSheet[] {
  return snapshot.sheets.map(({ name, hidden, rows, notes }) => ({
    name,
    hidden,
    rows: rows.map((row) => [...row]),
    notes: [...notes].map(([key, text]): [string, string] => [key, text]),
  }));
}

export function applyPatch(patch: WorkbookPatch): void {
  openWorkbook(SpreadsheetApp.getActiveSpreadsheet()).apply(patch);
}

export function readAll(): PassedSheet[] {
  return pass(openWorkbook(SpreadsheetApp.getActiveSpreadsheet()));
}

/** What the workbook says of itself after a patch, everything having been looked at before. */
export function applyAndTell(patch: WorkbookPatch): PassedSheet[] {
  const book = openWorkbook(SpreadsheetApp.getActiveSpreadsheet());
  pass(book);
  book.apply(patch);
  return pass(book);
}

/** Begins anew after an import that had put rows into these sheets and broke off. */
export function resume(inserted: readonly string[]): boolean {
  const attempt = { digest: "", outcome: "", inserted };
  PropertiesService.getDocumentProperties().setProperty("casebook.importing", JSON.stringify(attempt));
  return resumeImport(SpreadsheetApp.getActiveSpreadsheet());
}

export function onEdit(event: GoogleAppsScript.Events.SheetsOnEdit): void {
  handleEdit(event);
}
