import type { TableRow } from "../tables/table.ts";
import { addToGroup, groupBy } from "../text/group-by.ts";
import { documentFingerprint, fingerprintOf, isVacant } from "../workbook/fingerprint.ts";
import type { CellValue } from "../workbook/port.ts";
import { byPresentName, type ImportedSheet, identityInKey, identityOf, renameNominator } from "./row-key.ts";

interface Remembered {
  readonly rowKey: string;
  readonly fingerprints: ReadonlyMap<string, string>;
}

/** A value that stands in more rows than this identifies none of them. */
const DISTINCTIVE_UP_TO = 20;

/** Pairs the most alike first, equally alike ones in order; what is left over stays unpaired. Linear where each side has one. */
export function pairUp<A, B>(as: readonly A[], bs: readonly B[], likeness: (a: A, b: B) => number): [A, B][] {
  const [a, b] = [as[0], bs[0]];
  if (a === undefined || b === undefined) return [];
  if (as.length === 1 && bs.length === 1) return [[a, b]];
  const candidates = as.flatMap((_, i) => bs.map((_other, j) => ({ i, j, score: likeness(as[i] as A, bs[j] as B) })));
  candidates.sort((x, y) => y.score - x.score || x.i - y.i || x.j - y.j);
  const [takenA, takenB] = [new Set<number>(), new Set<number>()];
  const pairs: [A, B][] = [];
  for (const { i, j } of candidates) {
    if (takenA.has(i) || takenB.has(j)) continue;
    takenA.add(i);
    takenB.add(j);
    pairs.push([as[i] as A, bs[j] as B]);
  }
  return pairs;
}

/** What import would remember of a cell, given by a table or by a document. */
const fingerprintsOf = (value: CellValue) => [fingerprintOf(value), documentFingerprint(value)];

function countEqual(row: TableRow, record: Remembered): number {
  let equal = 0;
  for (const [key, fingerprint] of record.fingerprints) {
    if (fingerprint !== "" && fingerprintsOf(row.raw(key)).includes(fingerprint)) equal++;
  }
  return equal;
}

const countFilled = (record: Remembered) => [...record.fingerprints.values()].filter((f) => f !== "").length;

/**
 * Finds the row of each remembered import: by its key, and where a person has corrected the key itself (a 案例编号, a
 * 推荐单位), by most of its other cells. A record without a row: the row was deleted.
 *
 * @param nominatorName the present 单位名称 for any name of a unit, else the text itself
 */
export function matchRecords<R extends Remembered, T extends TableRow>(
  sheet: ImportedSheet,
  rows: readonly T[],
  records: readonly R[],
  nominatorName: (text: string) => string = (text) => text,
): Map<R, T> {
  const found = new Map<R, T>();
  if (records.length === 0) return found;
  const freeRows = new Set(rows);
  const recordsByIdentity = groupBy(records, (record) =>
    identityInKey(sheet, renameNominator(sheet, record.rowKey, nominatorName)),
  );
  const rowsByIdentity = groupBy(rows, (row) =>
    identityOf(
      sheet,
      byPresentName((key) => row.text(key), nominatorName),
    ),
  );
  for (const [identity, group] of recordsByIdentity) {
    for (const [record, row] of pairUp(group, rowsByIdentity.get(identity) ?? [], (r, t) => countEqual(t, r))) {
      found.set(record, row);
      freeRows.delete(row);
    }
  }
  const lost = records.filter((record) => !found.has(record));
  if (lost.length > 0 && freeRows.size > 0) matchByContent(sheet, freeRows, lost, found);
  return found;
}

function matchByContent<R extends Remembered, T extends TableRow>(
  sheet: ImportedSheet,
  freeRows: Set<T>,
  lost: readonly R[],
  found: Map<R, T>,
): void {
  const rowsByCell = new Map<string, T[]>();
  for (const row of freeRows) {
    for (const { key, kind } of sheet.columns) {
      if (kind === "computed" || isVacant(row.raw(key))) continue;
      for (const fingerprint of fingerprintsOf(row.raw(key))) {
        const cell = `${key}:${fingerprint}`;
        addToGroup(rowsByCell, cell, row);
      }
    }
  }
  for (const record of lost) {
    const candidates = new Set<T>();
    for (const [key, fingerprint] of record.fingerprints) {
      const sharing = rowsByCell.get(`${key}:${fingerprint}`) ?? [];
      if (sharing.length > DISTINCTIVE_UP_TO) continue;
      for (const row of sharing) if (freeRows.has(row)) candidates.add(row);
    }
    let best: T | undefined;
    let bestCount = countFilled(record) / 2;
    for (const row of candidates) {
      const count = countEqual(row, record);
      if (count > bestCount) {
        best = row;
        bestCount = count;
      }
    }
    if (!best || bestCount < 2) continue;
    found.set(record, best);
    freeRows.delete(best);
  }
}
