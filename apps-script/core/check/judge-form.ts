import type { UnitKind } from "../notice/notice.ts";
import { liveCheckSheetLabel, liveLongSheetLabel, unitFormSheets, unitsSheet } from "../schema/application.ts";
import { unitKindLabels } from "../schema/choices.ts";
import type { SheetSpec } from "../schema/sheet-spec.ts";
import { readTableIfThere, type Table, type TableRow } from "../tables/table.ts";
import { perObject } from "../text/per-object.ts";
import type { CellValue, SheetSnapshot, WorkbookSnapshot } from "../workbook/port.ts";

/** Whose form it is: what 单位 of the shared workbook would say of them. */
export interface FormOwner {
  readonly name: string;
  readonly kind: UnitKind;
}

const labels = unitFormSheets.map(({ label }) => label);

/** A sheet of a form; undefined where somebody has taken it out. */
export function readFormTable(form: WorkbookSnapshot, spec: (typeof unitFormSheets)[number]): Table | undefined {
  return readTableIfThere(form, spec, labels) as Table | undefined;
}

/** Whether a row holds nothing but 推荐单位, which stands in every row that is ready to be filled in. */
export const isReadyRow = (row: TableRow, { spec }: Table): boolean => readyBy(spec)(row);

const readyBy = perObject(({ columns }: SheetSpec) => {
  const typed = columns.filter(({ key, kind }) => key !== "nominator" && kind !== "computed");
  return perObject((row: TableRow) => typed.every(({ key }) => row.text(key) === ""));
});

/**
 * A unit's 填报表 as if this unit were all of the award: its rows stand where they stand in the form. So it can be judged by
 * every rule before it is sent; what takes the rows of other units comes out when the administrator checks.
 *
 * @param empty a new shared workbook of the notice
 * @throws WorkbookStructureError when a column of the contract is missing
 */
export function formAsAward(empty: WorkbookSnapshot, form: WorkbookSnapshot, owner: FormOwner): WorkbookSnapshot {
  const own = new Map<string, SheetSnapshot>();
  for (const spec of unitFormSheets) {
    const table = readFormTable(form, spec);
    const sheet = form.sheets.find(({ name }) => name === table?.name);
    if (table && sheet) own.set(spec.label, withoutReadyRows(sheet, table, spec.label));
  }
  const sheets = empty.sheets
    .filter(({ name }) => name !== liveCheckSheetLabel && name !== liveLongSheetLabel)
    .map((sheet) => own.get(sheet.name) ?? (sheet.name === unitsSheet.label ? unitsOf(owner)(sheet) : sheet));
  return { sheets };
}

function withoutReadyRows(sheet: SheetSnapshot, table: Table, name: string): SheetSnapshot {
  const ready = new Set(table.rows.filter((row) => isReadyRow(row, table)).map(({ row }) => row));
  const rows = sheet.rows.map((row, i) => (ready.has(i + 1) ? [] : row));
  return { name, hidden: false, rows, notes: sheet.notes, shown: sheet.shown };
}

/** The same sheet for the same owner: what was made of the rows before holds after a change. */
const unitsOf = perObject(({ name, kind }: FormOwner) =>
  perObject((sheet: SheetSnapshot): SheetSnapshot => {
    const values: Readonly<Record<string, CellValue>> = { code: "1", name, kind: unitKindLabels[kind] };
    const row = unitsSheet.columns.map(({ key }) => values[key] ?? null);
    return { name: sheet.name, hidden: false, rows: [sheet.rows[0] ?? [], row], notes: new Map() };
  }),
);
