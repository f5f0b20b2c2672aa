/** The rows of one table into a sheet: which row of the workbook each of them means. */

import { mayBeSameFile, sourceFiles } from "../award/import-record.ts";
import { pairUp } from "../award/match-records.ts";
import { identityInKey, identityOf, nameAndPhone, rowKeyOf, splitNominator, usableAccount } from "../award/row-key.ts";
import { expertsSheet } from "../schema/application.ts";
import { groupBy } from "../text/group-by.ts";
import { type MergeContext, mergeRow } from "./merge-row.ts";
import { type IncomingRow, readerOf } from "./read-rows.ts";
import {
  addRow,
  countEqualCells,
  type ModelRow,
  rekeyRow,
  rememberRow,
  type SheetModel,
  textOf,
} from "./sheet-model.ts";

export type RowOutcome = "added" | "updated" | "unchanged";

interface TableContext extends MergeContext {
  readonly unitName: (text: string) => string | undefined;
  /** Gets the rows that the table holds. */
  readonly told: Set<ModelRow>;
}

const onlyFrom = (row: ModelRow, file: string): boolean => {
  const files = row.record ? sourceFiles(row.record) : [];
  return files.length > 0 && files.every((other) => mayBeSameFile(other, file));
};

/**
 * Merges rows; those that share a key in one table are kept apart.
 *
 * @returns what became of each, by the row number of the source
 */
export function mergeTable(
  model: SheetModel,
  incoming: readonly IncomingRow[],
  context: TableContext,
): Map<number, RowOutcome> {
  const target = pairRows(model, incoming, context);
  const outcome = new Map<number, RowOutcome>();
  for (const row of incoming) {
    const rowKey = rowKeyOf(model.sheet, readerOf(row.cells));
    const found = target.get(row);
    const modelRow = found ?? addRow(model, rowKey);
    const record = modelRow.record ?? rememberRow(model, modelRow, rowKey);
    rekeyRow(model, modelRow, rowKey);
    context.told.add(modelRow);
    const changed = mergeRow(model.sheet, modelRow, record, row, context);
    outcome.set(row.row, found === undefined ? "added" : changed ? "updated" : "unchanged");
  }
  return outcome;
}

function pairRows(
  model: SheetModel,
  incoming: readonly IncomingRow[],
  context: TableContext,
): Map<IncomingRow, ModelRow> {
  const target = new Map<IncomingRow, ModelRow>();
  const taken = new Set<ModelRow>();
  const pair = (rows: readonly IncomingRow[], candidates: readonly ModelRow[]) => {
    const free = candidates.filter((row) => !taken.has(row));
    for (const [row, found] of pairUp(rows, free, (r, m) => countEqualCells(m, r.cells))) {
      target.set(row, found);
      taken.add(found);
    }
  };
  const left = () => incoming.filter((row) => !target.has(row));

  for (const [rowKey, rows] of groupBy(incoming, (row) => rowKeyOf(model.sheet, readerOf(row.cells)))) {
    pair(rows, model.byRowKey.get(rowKey) ?? []);
  }
  pairCorrected(model, left(), taken, pair, context);
  if (model.handTyped.size > 0) {
    for (const [identity, rows] of groupBy(left(), (row) => identityOf(model.sheet, readerOf(row.cells)))) {
      pair(
        rows,
        (model.handTyped.get(identity) ?? []).filter((row) => row.record === undefined),
      );
    }
  }
  return target;
}

type Pair = (rows: readonly IncomingRow[], candidates: readonly ModelRow[]) => void;

/** A file sent again in which a part of the key was corrected means the row that it held before. */
function pairCorrected(
  model: SheetModel,
  left: readonly IncomingRow[],
  taken: ReadonlySet<ModelRow>,
  pair: Pair,
  context: TableContext,
): void {
  if (left.length === 0) return;
  const remembered = model.rows.filter((row) => row.record !== undefined && !taken.has(row));
  if (remembered.length === 0) return;
  if (model.sheet === expertsSheet) pairCorrectedExperts(left, remembered, pair, context);
  else if (model.sheet.key === "submissions" || model.sheet.key === "texts") {
    // 推荐单位 was missing or no unit's name, or is so now; rows of two units are never one.
    const isUnit = (nominator: string) => context.unitName(nominator) !== undefined;
    const told = remembered.filter((row) => onlyFrom(row, context.file));
    const nominatorOf = (row: ModelRow) => splitNominator(row.record?.rowKey ?? "").nominator;
    const byId = groupBy(told, (row) => splitNominator(row.record?.rowKey ?? "").rest);
    for (const [id, rows] of groupBy(
      left,
      (row) => splitNominator(identityOf(model.sheet, readerOf(row.cells))).rest,
    )) {
      const incomingAreUnits = rows.some((row) => isUnit(readerOf(row.cells)("nominator")));
      pair(
        rows,
        (byId.get(id) ?? []).filter((row) => !incomingAreUnits || !isUnit(nominatorOf(row))),
      );
    }
  }
}

function pairCorrectedExperts(
  left: readonly IncomingRow[],
  remembered: readonly ModelRow[],
  pair: Pair,
  context: TableContext,
): void {
  // An account that is missing on one side: the same name and phone from the same unit, in the same stage.
  const person = (read: (key: string) => string) => [read("nominator"), read("stage"), nameAndPhone(read)].join("|");
  const byPerson = groupBy(remembered, (row) => person((key) => textOf(row, key)));
  for (const [name, rows] of groupBy(left, (row) => person(readerOf(row.cells)))) {
    const candidates = byPerson.get(name) ?? [];
    const someWithout = (sharing: readonly IncomingRow[], row: ModelRow) =>
      usableAccount((key) => textOf(row, key)) === "" || sharing.some((r) => usableAccount(readerOf(r.cells)) === "");
    pair(
      rows,
      candidates.filter((row) => someWithout(rows, row)),
    );
  }
  // A stage that was corrected: the file names most people of the table it held before, and all in other stages.
  const before = remembered.filter((row) => onlyFrom(row, context.file));
  const identityOfRow = (row: ModelRow) => identityInKey(expertsSheet, row.record?.rowKey ?? "");
  const byIdentity = groupBy(before, identityOfRow);
  const again = groupBy(left, (row) => identityOf(expertsSheet, readerOf(row.cells)));
  const stageOf = (row: ModelRow) => `${splitNominator(row.record?.rowKey ?? "").nominator}|${textOf(row, "stage")}`;
  const tableSizes = groupBy(before, stageOf);
  for (const [identity, rows] of again) {
    const candidates = (byIdentity.get(identity) ?? []).filter((row) => {
      const table = tableSizes.get(stageOf(row)) ?? [];
      const named = table.filter((other) => again.has(identityOfRow(other))).length;
      return named * 2 >= table.length;
    });
    pair(rows, candidates);
  }
}
