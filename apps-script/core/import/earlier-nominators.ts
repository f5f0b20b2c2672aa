/** 推荐单位 that an earlier import could not place, and that the units known by now explain. */

import { sourceFiles, sourceSortKey } from "../award/import-record.ts";
import { compareSortKeys, withNominator } from "../award/row-key.ts";
import { fingerprintOf, isVacant } from "../workbook/fingerprint.ts";
import { noteKey, type SheetSnapshot } from "../workbook/port.ts";
import { mergeRow } from "./merge-row.ts";
import {
  cellOf,
  holdsDerived,
  holdsFormulas,
  type ModelRow,
  rekeyRow,
  removeRow,
  type SheetModel,
  textOf,
} from "./sheet-model.ts";

/** Whether a row holds what import put there and nothing else, notes and added columns included. */
function isUntouched(model: SheetModel, sheet: SheetSnapshot, row: ModelRow): boolean {
  const { record, origin } = row;
  if (!record || !origin) return false;
  const isImported = (key: string) =>
    (record.fingerprints.get(key) ?? "") === fingerprintOf(cellOf({ ...row, changes: new Map() }, key)) ||
    holdsDerived(row, key);
  const typed = model.sheet.columns.filter((c) => c.kind !== "computed" && c.key !== "nominator");
  const cells = sheet.rows[origin.row - 1] ?? [];
  return (
    typed.every((c) => isImported(c.key)) &&
    model.table.added.every(({ column }) => isVacant(cells[column - 1] ?? null)) &&
    !cells.some((_, i) => sheet.notes.has(noteKey(origin.row, i + 1)))
  );
}

/** Two files held one row under two spellings of its unit: the row of the later file goes into the other. */
function mergeTwin(model: SheetModel, sheet: SheetSnapshot, row: ModelRow): ModelRow {
  const { record } = row;
  const isTwin = (other: ModelRow) =>
    other !== row &&
    !!record &&
    !!other.record &&
    !sourceFiles(other.record).some((file) => sourceFiles(record).includes(file));
  const twin = model.byRowKey.get(record?.rowKey ?? "")?.find(isTwin);
  if (!twin || holdsFormulas(model, sheet)) return row;
  const [kept, merged] = [row, twin].sort((a, b) =>
    compareSortKeys(sourceSortKey(a.record), sourceSortKey(b.record)),
  ) as [ModelRow, ModelRow];
  if (!kept.record || !merged.record || !isUntouched(model, sheet, merged)) return row;
  const told = [...merged.record.fingerprints.keys()].filter((key) => !holdsDerived(merged, key));
  const incoming = {
    row: Number(sourceSortKey(merged.record)[1]),
    cells: new Map(told.map((key) => [key, cellOf(merged, key)])),
    cleaned: merged.record.cleaned,
  };
  mergeRow(model.sheet, kept, kept.record, incoming, {
    file: sourceFiles(merged.record)[0] ?? "",
    keep: () => undefined,
  });
  kept.record.sources = [...new Set([...kept.record.sources, ...merged.record.sources])].sort();
  kept.moved = true;
  removeRow(model, merged);
  return kept;
}

/**
 * Writes the 单位名称 into every 推荐单位 that still holds what import put there, the keys following.
 *
 * @returns the rows whose 推荐单位 changed
 */
export function resolveEarlierNominators(
  model: SheetModel,
  sheet: SheetSnapshot,
  unitName: (text: string) => string | undefined,
): ModelRow[] {
  const resolved: ModelRow[] = [];
  for (const row of [...model.rows]) {
    const { record } = row;
    const text = textOf(row, "nominator");
    if (!record || text === "" || record.fingerprints.get("nominator") !== fingerprintOf(text)) continue;
    const name = unitName(text);
    if (name === undefined || name === text) continue;
    row.changes.set("nominator", name);
    record.fingerprints.set("nominator", fingerprintOf(name));
    row.moved = true;
    rekeyRow(model, row, withNominator(record.rowKey, name));
    resolved.push(row);
  }
  return resolved.map((row) => (model.rows.includes(row) ? mergeTwin(model, sheet, row) : row));
}
