/** Fills empty cells of 案例 with what the files say, remembered as ours: what people type stays. */
import type { Submission, SubmissionKey } from "../award/award.ts";
import { readImportRecord, recordPatch } from "../award/import-record.ts";
import { readAwardTables } from "../award/read-award.ts";
import { identityOf } from "../award/row-key.ts";
import { readUnitNames } from "../award/unit-names.ts";
import {
  cellOf,
  holdsDerived,
  makeSheetModel,
  rememberRow,
  renumberOccurrences,
  textOf,
} from "../import/sheet-model.ts";
import { hasText } from "../rules/text/sections.ts";
import { submissionsSheet } from "../schema/application.ts";
import { labelOf } from "../schema/sheet-spec.ts";
import type { Table } from "../tables/table.ts";
import { comparableText, derivedFingerprint, isVacant } from "../workbook/fingerprint.ts";
import type { CellEdit, CellValue, WorkbookPatch, WorkbookSnapshot } from "../workbook/port.ts";
import { type EvidenceFinding, nominatorName } from "./evidence-finding.ts";

export interface FilledCell {
  readonly id: string;
  readonly nominator: string;
  readonly row: number;
  readonly column: string;
  readonly value: string;
}

/** What the files of one submission say, by column of 案例. */
export interface FileValues {
  readonly submission: Submission;
  readonly values: ReadonlyMap<SubmissionKey, CellValue>;
}

/**
 * The cells to fill: those that are empty, and those that still hold what an earlier run read from the files. 字数 that
 * import counted in 正文 stay: there the text itself is in the workbook.
 *
 * @throws WorkbookStructureError when a sheet or a column of the workbook is missing
 */
export function planFill(
  snapshot: WorkbookSnapshot,
  read: readonly FileValues[],
): { readonly patch: WorkbookPatch; readonly filled: readonly FilledCell[] } {
  const table = readAwardTables(snapshot).submissions;
  const records = readImportRecord(snapshot);
  const isOwn = (record: (typeof records)[number]) => record.sheet === submissionsSheet;
  const model = makeSheetModel(submissionsSheet, table as Table as Table<string>, records.filter(isOwn));
  const rowByNumber = new Map(model.rows.map((row) => [row.origin?.row, row]));
  const filled: FilledCell[] = [];
  const edits: CellEdit[] = [];
  for (const { submission, values } of read) {
    const row = rowByNumber.get(submission.record.row);
    if (!row) continue;
    for (const [key, value] of values) {
      const current = cellOf(row, key);
      const isOurs = holdsDerived(row, key) && !(key.startsWith("words") && hasText(submission.text));
      if (!isVacant(current) && (!isOurs || comparableText(current) === comparableText(value))) continue;
      const record =
        row.record ??
        rememberRow(
          model,
          row,
          identityOf(submissionsSheet, (k) => textOf(row, k)),
        );
      record.fingerprints.set(key, derivedFingerprint(value));
      edits.push({ row: submission.record.row, column: table.positions.get(key) ?? 0, value });
      filled.push({
        id: submission.id,
        nominator: nominatorName(submission),
        row: submission.record.row,
        column: labelOf(submissionsSheet, key),
        value: comparableText(value),
      });
    }
  }
  if (filled.length === 0) return { patch: { sheets: [] }, filled };
  renumberOccurrences(model);
  const own = model.rows.flatMap((row) => row.record ?? []);
  const matched = new Set(own);
  const kept = records.filter((record) => !matched.has(record));
  const remembered = recordPatch(snapshot, [...kept, ...own], readUnitNames(snapshot));
  return { patch: { sheets: [{ name: table.name, edits }, ...(remembered ? [remembered] : [])] }, filled };
}

/** What differed only in a cell that an earlier run had filled in, and that this one has set right, is nobody's mistake. */
export function leaveOutFilled(
  findings: readonly EvidenceFinding[],
  filled: readonly FilledCell[],
): readonly EvidenceFinding[] {
  const key = (id: string, nominator: string, place: string) => [id, nominator, place].join("\n");
  const places = new Set(filled.map(({ id, nominator, column }) => key(id, nominator, `“${column}”`)));
  return findings.filter(({ id, nominator, place }) => !places.has(key(id, nominator, place)));
}
