import type { AwardData } from "../../award/award.ts";
import type { ColumnSpec } from "../../schema/sheet-spec.ts";
import type { Table, TableRow } from "../../tables/table.ts";
import type { CellValue } from "../../workbook/port.ts";
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

function sourcesOf(award: AwardData): Source[] {
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
}

/** Every cell of the typed sheets in the columns that `wanted` picks. */
export function* cellsOf(award: AwardData, wanted: (column: ColumnSpec) => boolean): Iterable<CellOfRecord> {
  for (const { table, records } of sourcesOf(award)) {
    const columns = table.spec.columns.filter(wanted);
    for (const { record, id, nominator } of records) {
      for (const column of columns) {
        yield {
          column,
          value: record.raw(column.key),
          at: (message) => ({ sheet: table.name, row: record.row, column: column.label, id, nominator, message }),
        };
      }
    }
  }
}
