/** One incoming row into one row of the workbook, cell by cell: what import put there may change, what people typed stays. */

import {
  type CleanedEntry,
  formatSource,
  type ImportRecord,
  mayBeSameFile,
  sourceFiles,
} from "../award/import-record.ts";
import type { ImportedSheet } from "../award/row-key.ts";
import { available, valid } from "../schema/choices.ts";
import { columnOf } from "../schema/sheet-spec.ts";
import { compareText } from "../text/compare.ts";
import {
  comparableText,
  derivedFingerprint,
  documentFingerprint,
  fingerprintOf,
  isVacant,
} from "../workbook/fingerprint.ts";
import type { CellValue } from "../workbook/port.ts";
import { type OfferSource, offer, settleByDocument } from "./disputes.ts";
import { type IncomingRow, quote, type Remark } from "./read-rows.ts";
import { cellOf, type ModelRow, textOf } from "./sheet-model.ts";

export const wordColumns = {
  summary: "wordsSummary",
  innovation: "wordsInnovation",
  process: "wordsProcess",
  application: "wordsApplication",
} as const;
const countedKeys = new Set<string>([...Object.values(wordColumns), "wordsTotal"]);

export interface MergeContext {
  readonly file: string;
  readonly keep: (remark: Remark) => void;
  /**
   * Columns whose original is this row, because it comes from a document such as a filled-in 案例模板: no table changes what
   * it gave, whichever is imported last.
   */
  readonly original?: ReadonlySet<string>;
  /** The table that the row is of, where other tables of the same call may say something else. */
  readonly table?: object;
  /** Told of each value that a later import replaced. */
  readonly replace?: (remark: Remark) => void;
}

function addSource(record: ImportRecord, file: string, row: number): void {
  if (sourceFiles(record).includes(file)) return;
  record.sources = [...record.sources, formatSource(file, row)].sort();
}

/** 状态 of a row whose file leaves it empty. */
function defaultStatus(sheet: ImportedSheet): string | undefined {
  if (sheet.key === "submissions") return valid;
  return sheet.key === "experts" ? available : undefined;
}

function mergeCleaned(
  record: ImportRecord,
  key: string,
  incoming: CleanedEntry | undefined,
  valueChanged: boolean,
): void {
  const known = record.cleaned.find((entry) => entry.c === key);
  // Two files may spell one value differently: the one reported does not depend on which came last.
  const entry = valueChanged || !known ? incoming : !incoming || known.w <= incoming.w ? known : incoming;
  if (entry === known) return;
  const others = record.cleaned.filter((e) => e.c !== key);
  record.cleaned = (entry ? [...others, entry] : others).sort((a, b) => compareText(a.c, b.c));
}

/** Whether a cell holds what a file of an earlier call put there. */
function isOfEarlierImport(row: ModelRow, record: ImportRecord, key: string): boolean {
  const value = row.origin?.raw(key) ?? null;
  const fingerprint = record.fingerprints.get(key);
  return (
    !isVacant(value) &&
    !row.changes.has(key) &&
    (fingerprint === fingerprintOf(value) || fingerprint === documentFingerprint(value))
  );
}

type Verdict = "take" | "same" | "keep" | "pass";

function judge(
  row: ModelRow,
  key: string,
  value: CellValue,
  context: MergeContext,
): { verdict: Verdict; reason?: string } {
  const current = cellOf(row, key);
  const remembered = row.record?.fingerprints.get(key);
  const isEmpty = isVacant(value);
  if (current === value || (isEmpty && isVacant(current))) return { verdict: "same" };
  if (!isEmpty && !isVacant(current) && comparableText(current) === comparableText(value)) return { verdict: "same" };
  if (isEmpty && countedKeys.has(key)) return { verdict: "pass" };
  // A value that was computed, from 正文 or from the files handed in, gives way to one that a file states.
  if (remembered !== undefined && remembered === derivedFingerprint(current))
    return { verdict: isEmpty ? "pass" : "take" };
  const now = `表中现为${quote(current)}，文件中为${quote(value)}`;
  if (remembered === undefined) {
    if (isVacant(current)) return { verdict: "take" };
    return isEmpty ? { verdict: "pass" } : { verdict: "keep", reason: `${now}；表中的值是人工填写的，已保留` };
  }
  if (remembered !== "" && remembered === documentFingerprint(current)) {
    if (context.original?.has(key)) return { verdict: "take" };
    return isEmpty ? { verdict: "pass" } : { verdict: "keep", reason: `${now}；案例模板等文档填过这一格，已保留` };
  }
  if (fingerprintOf(current) !== remembered) return { verdict: "keep", reason: `${now}；导入后人工改过，已保留` };
  if (!isEmpty) return { verdict: "take" };
  const others = row.record ? sourceFiles(row.record).filter((file) => !mayBeSameFile(file, context.file)) : [];
  if (others.length === 0) return { verdict: "take" };
  return { verdict: "keep", reason: `${now}；“${others[0]}”填过这一格，已保留` };
}

/**
 * Merges an incoming row and returns whether a cell of the workbook changed. An empty cell of a file empties a cell only
 * where no other file has held the row: a table with fewer columns filled in takes nothing away.
 */
export function mergeRow(
  sheet: ImportedSheet,
  row: ModelRow,
  record: ImportRecord,
  incoming: IncomingRow,
  context: MergeContext,
): boolean {
  const status = defaultStatus(sheet);
  // A row that bears the default already may come from an import that did not come to its end.
  const isNew = record.sources.length === 0 && (row.origin === undefined || textOf(row, "status") === status);
  const cells = new Map(incoming.cells);
  if (status !== undefined && isVacant(cells.get("status") ?? null) && (isNew || cells.has("status"))) {
    cells.set("status", status);
  }
  let changed = false;
  const source: OfferSource | undefined = context.table && {
    table: context.table,
    file: context.file,
    row: incoming.row,
  };
  for (const { key } of sheet.columns) {
    const value = cells.get(key);
    if (value === undefined) continue;
    if (source && offer(sheet, row, record, key, incoming.cells.get(key) ?? null, source)) continue;
    // The 状态 that another file of the call gives is better than none.
    if (cells.get(key) !== incoming.cells.get(key) && (row.offers.get(key)?.told.length ?? 0) > 0) continue;
    if (context.original?.has(key) && !isVacant(value)) settleByDocument(row, key);
    const current = cellOf(row, key);
    const isEarlier = context.replace !== undefined && isOfEarlierImport(row, record, key);
    const { verdict, reason } = judge(row, key, value, context);
    const cleaned = incoming.cleaned.find((entry) => entry.c === key);
    if (verdict === "keep") {
      context.keep({ row: incoming.row, column: columnOf(sheet, key).label, reason: reason ?? "" });
      continue;
    }
    if (verdict === "pass") continue;
    if (verdict === "take") {
      row.changes.set(key, value);
      changed = true;
      if (isEarlier)
        context.replace?.({
          row: incoming.row,
          column: columnOf(sheet, key).label,
          reason: `表中原为${quote(current)}，已按文件改为${quote(value)}`,
        });
    }
    if (countedKeys.has(key) && isVacant(value)) continue;
    const documented = record.fingerprints.get(key) === documentFingerprint(value) && !isVacant(value);
    const fingerprint = context.original?.has(key) || documented ? documentFingerprint(value) : fingerprintOf(value);
    record.fingerprints.set(key, fingerprint);
    mergeCleaned(record, key, cleaned, verdict === "take");
  }
  addSource(record, context.file, incoming.row);
  return changed;
}

/** Writes a value that import computed itself where the cell is empty or still holds such a value. */
export function setDerived(
  sheet: ImportedSheet,
  row: ModelRow,
  key: string,
  value: number,
  place: { row: number; keep: MergeContext["keep"] } | undefined,
): void {
  const record = row.record;
  if (!record) return;
  const remembered = record.fingerprints.get(key);
  const current = cellOf(row, key);
  // A count that nothing is remembered of was written by an import that did not come to its end, or is as good as ours.
  const isOurs =
    remembered === undefined
      ? ["", String(value)].includes(textOf(row, key))
      : remembered === derivedFingerprint(current);
  if (isOurs) {
    if (current !== value) row.changes.set(key, value);
    record.fingerprints.set(key, derivedFingerprint(value));
    return;
  }
  const wasGiven = remembered === undefined || remembered === fingerprintOf(current);
  if (wasGiven || textOf(row, key) === String(value)) return;
  place?.keep({
    row: place.row,
    column: columnOf(sheet, key).label,
    reason: `表中现为${quote(current)}，按正文计数为 ${value}；导入后人工改过，已保留`,
  });
}
