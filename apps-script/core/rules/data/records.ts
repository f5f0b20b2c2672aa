import type { AwardData } from "../../award/award.ts";
import type { ColumnSpec } from "../../schema/sheet-spec.ts";
import type { Table, TableRow } from "../../tables/table.ts";
import { toStandardCharacters } from "../../text/clean.ts";
import { perObject } from "../../text/per-object.ts";
import type { CellValue } from "../../workbook/port.ts";
import { isRuined } from "../identity.ts";
import { keepsEachCase, perAward } from "../per-award.ts";
import type { FindingDraft } from "../rule.ts";

interface CellOfRecord {
  readonly column: ColumnSpec;
  readonly value: CellValue;
  readonly at: (message: string) => FindingDraft;
}

interface Source {
  readonly table: Table;
  readonly records: readonly { readonly record: TableRow; readonly id: string; readonly nominator: string }[];
}

const sourcesOf = (award: AwardData): readonly Source[] => {
  const { units, submissions, texts, experts, liaisons } = award.tables;
  return [
    { table: units, records: award.units.map((u) => ({ record: u.record, id: "", nominator: u.name })) },
    {
      table: submissions,
      records: award.submissions.map((s) => ({ record: s.record, id: s.id, nominator: s.unit?.name ?? s.nominator })),
    },
    { table: texts, records: award.texts },
    {
      table: experts,
      records: award.experts.map((e) => ({ record: e.record, id: "", nominator: e.unit?.name ?? e.nominator })),
    },
    { table: liaisons, records: award.liaisons.map((l) => ({ record: l.record, id: "", nominator: l.nominator })) },
  ];
};

interface OddCell {
  readonly column: ColumnSpec;
  readonly value: CellValue;
}

const noCells: readonly OddCell[] = [];

/** Everything that a rule of this room may speak of; sections are compared as they are, look-alikes included. */
const isOdd = ({ kind }: ColumnSpec, value: CellValue): boolean => {
  if (value === null) return false;
  if (typeof value === "object") return true;
  if (kind === "longText") return false;
  return isRuined(value) || (typeof value === "string" && toStandardCharacters(value) !== value);
};

/** By the columns of a sheet: most of its rows hold nothing but plain text. */
const oddCellsOf = perObject((columns: readonly ColumnSpec[]) =>
  perObject((record: TableRow): readonly OddCell[] => {
    let odd: OddCell[] | undefined;
    for (const column of columns) {
      const value = record.raw(column.key);
      if (!isOdd(column, value)) continue;
      odd ??= [];
      odd.push({ column, value });
    }
    return odd ?? noCells;
  }),
);

const allOddCells = perAward((award: AwardData): readonly CellOfRecord[] => {
  const isKept = keepsEachCase(award);
  return sourcesOf(award).flatMap(({ table, records }) => {
    const oddCellsIn = oddCellsOf(table.spec.columns);
    const cells: CellOfRecord[] = [];
    for (const { record, id, nominator } of records)
      for (const { column, value } of oddCellsIn(record, isKept))
        cells.push({
          column,
          value,
          at: (message) => ({ sheet: table.name, row: record.row, column: column.label, id, nominator, message }),
        });
    return cells;
  });
});

/** Cells of the typed sheets that are no plain text of common characters, in the columns that `wanted` picks. */
export const oddCells = (award: AwardData, wanted: (column: ColumnSpec) => boolean): CellOfRecord[] =>
  allOddCells(award).filter(({ column }) => wanted(column));
