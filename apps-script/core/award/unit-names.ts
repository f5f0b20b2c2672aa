/**
 * The names that units have borne. A unit is its 单位代码, so whoever was named by an earlier 单位名称 still belongs to it.
 * 导入记录 remembers them: in rows of their own the names that were seen, and of what was imported a digest of the name.
 */

import { applicationSheetOrder, importRecordSheet, unitsSheet } from "../schema/application.ts";
import { findSheet, readTable, type Table } from "../tables/table.ts";
import { compareText } from "../text/compare.ts";
import { identifierKey, unitNameKey } from "../text/identity.ts";
import { fingerprintLength, fingerprintOf } from "../workbook/fingerprint.ts";
import type { CellEdit, SheetPatch, SheetSnapshot, WorkbookSnapshot } from "../workbook/port.ts";
import type { Unit } from "./award.ts";

/** 工作表 of the rows of 导入记录 that hold a name: 行标识 is the code, 来源 the name. */
export const unitNamesMark = "单位用名";

export interface UnitName {
  readonly code: string;
  readonly name: string;
}

type RecordTable = Table<(typeof importRecordSheet)["columns"][number]["key"]>;

/** undefined when the workbook has no such sheet. @throws WorkbookStructureError when a column of it is missing */
export function readRecordTable(snapshot: WorkbookSnapshot): RecordTable | undefined {
  if (!findSheet(snapshot, importRecordSheet.label)) return undefined;
  return readTable(snapshot, importRecordSheet, applicationSheetOrder);
}

const namesIn = (table: RecordTable | undefined): UnitName[] =>
  (table?.rows ?? []).flatMap((row) =>
    row.text("sheet") === unitNamesMark ? [{ code: row.text("rowKey"), name: row.text("source") }] : [],
  );

export const readUnitNames = (snapshot: WorkbookSnapshot): UnitName[] => namesIn(readRecordTable(snapshot));

const keyOf = ({ code, name }: UnitName) => `${identifierKey(code)}\u0001${unitNameKey(name)}`;

/** Names without repetition, in an order of their own. */
export function joinUnitNames(...lists: readonly (readonly UnitName[])[]): UnitName[] {
  const known = new Map<string, UnitName>();
  for (const each of lists.flat()) {
    if (each.code === "" || unitNameKey(each.name) === "" || known.has(keyOf(each))) continue;
    known.set(keyOf(each), { code: identifierKey(each.code), name: each.name });
  }
  return [...known].sort(([a], [b]) => compareText(a, b)).map(([, each]) => each);
}

/** As cells of 导入记录, in the order of its columns. */
export const unitNameCells = ({ code, name }: UnitName): (string | number)[] => [unitNamesMark, code, 1, name, "", ""];

/** Adds the names that units bear now to 导入记录: nothing when it holds them, or the workbook has no such sheet. */
export function rememberUnitNames(snapshot: WorkbookSnapshot, units: readonly UnitName[]): SheetPatch[] {
  const table = readRecordTable(snapshot);
  if (!table) return [];
  const known = joinUnitNames(namesIn(table));
  const seen = new Set(known.map(keyOf));
  const fresh = joinUnitNames(units).filter((each) => !seen.has(keyOf(each)));
  if (fresh.length === 0) return [];
  const edits = fresh.flatMap((each, i): CellEdit[] =>
    unitNameCells(each).flatMap((value, c) => {
      const key = importRecordSheet.columns[c]?.key;
      const column = key && table.positions.get(key);
      return column === undefined || value === "" ? [] : [{ row: table.lastRow + 1 + i, column, value }];
    }),
  );
  return [{ name: table.name, edits }];
}

/** 导入记录 with nothing in it but the names of units; undefined when the workbook has no such sheet. */
export function onlyUnitNames(snapshot: WorkbookSnapshot): SheetSnapshot | undefined {
  const table = readRecordTable(snapshot);
  const sheet = snapshot.sheets.find((each) => each.name === table?.name);
  if (!table || !sheet) return undefined;
  const kept = table.rows.filter((row) => [unitNamesMark, unitsSheet.label].includes(row.text("sheet")));
  const rows = [...sheet.rows.slice(0, table.headerRow), ...kept.map(({ row }) => sheet.rows[row - 1] ?? [])];
  return { name: sheet.name, hidden: sheet.hidden, rows, notes: new Map() };
}

/** Digest of the 单位名称 that the last import wrote → code. */
function importedDigests(table: RecordTable): Map<string, string> {
  const own = table.rows.filter((row) => row.text("sheet") === unitsSheet.label);
  const keys =
    own
      .find((row) => row.text("occurrence") === "0")
      ?.text("fingerprints")
      .split(" ") ?? [];
  const codes = new Map<string, string>();
  for (const row of own) {
    const text = row.text("fingerprints");
    // A mark, then a digest for each column; `_` and `-` stand for none.
    let at = 1;
    for (const key of keys) {
      const length = text[at] === "_" || text[at] === "-" ? 1 : fingerprintLength;
      if (key === "name" && length > 1) codes.set(text.slice(at, at + length), row.text("rowKey"));
      at += length;
    }
  }
  return codes;
}

/**
 * Finds the unit that a text named once. A name that several units have borne finds none of them.
 *
 * @param units as they are called now
 * @param more names that were seen besides those of 导入记录
 */
export function makeFormerNameFinder<U extends Pick<Unit, "code">>(
  snapshot: WorkbookSnapshot,
  units: readonly U[],
  more: readonly UnitName[] = [],
): (text: string) => U | undefined {
  let names: Map<string, Set<string>> | undefined;
  let digests: Map<string, string> | undefined;
  const byCode = new Map(units.map((unit) => [identifierKey(unit.code), unit]));
  return (text) => {
    if (!names || !digests) {
      const table = readRecordTable(snapshot);
      names = new Map();
      digests = table ? importedDigests(table) : new Map();
      for (const { code, name } of joinUnitNames(namesIn(table), more)) {
        const key = unitNameKey(name);
        names.set(key, (names.get(key) ?? new Set()).add(code));
      }
    }
    const seen = names.get(unitNameKey(text));
    const [code] = seen ?? [];
    if (seen) return seen.size === 1 && code !== undefined ? byCode.get(code) : undefined;
    const imported = digests.get(fingerprintOf(text));
    return imported === undefined ? undefined : byCode.get(identifierKey(imported));
  };
}
