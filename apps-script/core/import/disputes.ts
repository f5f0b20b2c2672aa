/** What the files of one import say of a cell, and what becomes of a cell on which they disagree: none of them wins. */

import { formatSource, type ImportRecord } from "../award/import-record.ts";
import type { ImportedSheet } from "../award/row-key.ts";
import { expertsSheet, textsSheet, unitsSheet } from "../schema/application.ts";
import { columnOf } from "../schema/sheet-spec.ts";
import { compareText } from "../text/compare.ts";
import { comparableText, derivedFingerprint, fingerprintOf, isVacant } from "../workbook/fingerprint.ts";
import type { CellValue } from "../workbook/port.ts";
import { cellOf, type ModelRow, type Offers, type SheetModel, textOf } from "./sheet-model.ts";

/** Where a value comes from: `table` is the same object for all rows of one table. */
export interface OfferSource {
  readonly table: object;
  readonly file: string;
  readonly row: number;
}

/** A cell on which two files of one call disagree, as `import` reports it. */
export interface ImportConflict {
  readonly code: "IMPORT-CONFLICT";
  readonly sheet: string;
  readonly column: string;
  /** 案例编号, 单位代码 or name of a person. */
  readonly id: string;
  readonly nominator: string;
  /** What the cell holds all the same; "" for nothing. */
  readonly kept: string;
  readonly offered: readonly { readonly file: string; readonly row: number; readonly value: string }[];
}

function offersOf(row: ModelRow, record: ImportRecord, key: string): Offers {
  const known = row.offers.get(key);
  if (known) return known;
  const value = cellOf(row, key);
  const fingerprint = record.fingerprints.get(key);
  const isOurs =
    fingerprint === undefined
      ? isVacant(value)
      : [fingerprintOf(value), derivedFingerprint(value)].includes(fingerprint);
  const made: Offers = {
    before: {
      change: row.changes.get(key),
      value,
      fingerprint,
      cleaned: record.cleaned.find((entry) => entry.c === key),
      isSettled: !isOurs,
    },
    told: [],
  };
  row.offers.set(key, made);
  return made;
}

/** 序号 is the place in one table; 案例名称 in 正文 repeats that of 案例, where a difference is reported. */
const isNoMatter = (sheet: ImportedSheet, key: string) =>
  (sheet === expertsSheet && key === "no") || (sheet === textsSheet && key === "title");

/** The name of a new unit: the rows of both files need it to be found, so that one of the names stands meanwhile. */
const needsValue = (sheet: ImportedSheet, row: ModelRow, key: string) =>
  sheet === unitsSheet && key === "name" && row.origin === undefined;

function isDisputed({ before, told }: Offers): boolean {
  const [first, ...others] = told;
  if (before.isSettled || !first) return false;
  return others.some(({ value }) => comparableText(value) !== comparableText(first.value));
}

/**
 * Notes what a file says of a cell. Where another file of the call says something else, the cell is given back what it had.
 *
 * @returns whether the cell is disputed, so that nothing more is to be done with the value
 */
export function offer(
  sheet: ImportedSheet,
  row: ModelRow,
  record: ImportRecord,
  key: string,
  value: CellValue,
  source: OfferSource,
): boolean {
  const offers = offersOf(row, record, key);
  if (isVacant(value)) return isDisputed(offers);
  const own = offers.told.find(({ table }) => table === source.table);
  // Of rows that one table holds twice the first speaks for it.
  if (!own) offers.told.push({ ...source, value });
  if (!isDisputed(offers)) return false;
  giveBack(sheet, row, record, key, offers);
  return true;
}

const smallest = (values: readonly CellValue[]) =>
  values.reduce((least, value) => (comparableText(value) < comparableText(least) ? value : least));

function giveBack(sheet: ImportedSheet, row: ModelRow, record: ImportRecord, key: string, offers: Offers): void {
  const { change, fingerprint, cleaned } = offers.before;
  if (change === undefined) row.changes.delete(key);
  else row.changes.set(key, change);
  if (fingerprint === undefined) record.fingerprints.delete(key);
  else record.fingerprints.set(key, fingerprint);
  const others = record.cleaned.filter((entry) => entry.c !== key);
  record.cleaned = cleaned ? [...others, cleaned].sort((a, b) => compareText(a.c, b.c)) : others;
  if (!needsValue(sheet, row, key) && !isNoMatter(sheet, key)) return;
  if (!isVacant(offers.before.value)) return;
  const chosen =
    sheet === expertsSheet
      ? offers.told.map(({ value }) => value).sort((a, b) => Number(a) - Number(b))[0]
      : smallest(offers.told.map(({ value }) => value));
  row.changes.set(key, chosen ?? null);
  record.fingerprints.set(key, fingerprintOf(chosen ?? null));
}

/** A document is the original of what it says: the tables' difference is settled by it. */
export function settleByDocument(row: ModelRow, key: string): void {
  row.offers.delete(key);
  row.record?.disputes.delete(key);
}

/** All that the files of this call say of a unit's name, whichever stands. */
export function offeredTexts(row: ModelRow, key: string): string[] {
  return (row.offers.get(key)?.told ?? []).map(({ value }) => comparableText(value));
}

const most = 60;
const shorten = (value: CellValue) => {
  const text = comparableText(value);
  return text.length > most ? `${text.slice(0, most)}…` : text;
};

const bySource = (a: OfferSource, b: OfferSource) => compareText(a.file, b.file) || a.row - b.row;

/** Notes in 导入记录 what stays disputed and what is not any more, and reports the former. */
export function rememberDisputes(model: SheetModel): ImportConflict[] {
  const conflicts: ImportConflict[] = [];
  const { sheet } = model;
  for (const row of model.rows) {
    const { record } = row;
    if (!record) continue;
    for (const [key, { held }] of record.disputes)
      if (fingerprintOf(cellOf(row, key)) !== held) record.disputes.delete(key);
    for (const [key, offers] of row.offers) {
      if (offers.told.length === 0 || offers.before.isSettled) continue;
      if (!isDisputed(offers) || isNoMatter(sheet, key)) {
        record.disputes.delete(key);
        continue;
      }
      const told = [...offers.told].sort(bySource);
      record.disputes.set(key, {
        held: fingerprintOf(cellOf(row, key)),
        told: told.map(({ file, row: number, value }) => [formatSource(file, number), shorten(value)]),
      });
      conflicts.push({
        code: "IMPORT-CONFLICT",
        sheet: sheet.label,
        column: columnOf(sheet, key).label,
        id: textOf(row, "id") || textOf(row, "code") || textOf(row, "name"),
        nominator: textOf(row, "nominator"),
        kept: shorten(cellOf(row, key)),
        offered: told.map(({ file, row: number, value }) => ({ file, row: number, value: shorten(value) })),
      });
    }
  }
  return conflicts;
}
