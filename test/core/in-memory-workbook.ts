/** The port without a file: snapshots for tests. */

import * as application from "../../apps-script/core/schema/application.ts";
import { applicationSheetOrder } from "../../apps-script/core/schema/application.ts";
import type { SheetSpec } from "../../apps-script/core/schema/sheet-spec.ts";
import { applyPatch, trimRows } from "../../apps-script/core/workbook/apply-patch.ts";
import type {
  CellValue,
  SheetSnapshot,
  WorkbookPatch,
  WorkbookSnapshot,
} from "../../apps-script/core/workbook/port.ts";

export { applyPatch };

type Row = readonly CellValue[];

function sheetOf(name: string, rows: readonly Row[], hidden = false): SheetSnapshot {
  return { name, hidden, rows: trimRows(rows), notes: new Map() };
}

const specs = Object.values(application).filter(
  (value): value is typeof value & SheetSpec => typeof value === "object" && value !== null && "columns" in value,
);

/** The shared workbook with headers and no rows; `rows` of a sheet (by its label) follow its header row. */
export function blankApplicationWorkbook(rows: Readonly<Record<string, readonly Row[]>> = {}): WorkbookSnapshot {
  const sheets = applicationSheetOrder.map((label) => {
    const spec: SheetSpec | undefined = specs.find((s) => s.label === label);
    const header = spec ? [spec.columns.map((c) => c.label)] : [];
    return sheetOf(label, [...header, ...(rows[label] ?? [])], spec?.hidden ?? false);
  });
  return { sheets };
}

export function sheetNamed(snapshot: WorkbookSnapshot, name: string): SheetSnapshot {
  const sheet = snapshot.sheets.find((s) => s.name === name);
  if (!sheet) throw new Error(`no sheet ${name}`);
  return sheet;
}

/** A copy with one cell set, as a person types it. */
export function typeCell(
  snapshot: WorkbookSnapshot,
  sheet: string,
  row: number,
  column: number,
  value: CellValue,
): WorkbookSnapshot {
  return applyPatch(snapshot, { sheets: [{ name: sheet, edits: [{ row, column, value }] }] });
}

/** A workbook that holds what a snapshot tells. */
export function patchOf(snapshot: WorkbookSnapshot): WorkbookPatch {
  return {
    sheets: snapshot.sheets.map((sheet) => ({
      name: sheet.name,
      createBefore: null,
      edits: sheet.rows.flatMap((cells, r) =>
        cells.flatMap((value, c) => (value === null ? [] : [{ row: r + 1, column: c + 1, value }])),
      ),
      notes: [...sheet.notes].map(([key, text]) => {
        const [row = 0, column = 0] = key.split(":").map(Number);
        return { row, column, text };
      }),
      layout: { hidden: sheet.hidden },
    })),
  };
}
