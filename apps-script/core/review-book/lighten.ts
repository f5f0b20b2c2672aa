import type { SheetSpec } from "../schema/sheet-spec.ts";
import { foldForComparison } from "../text/clean.ts";
import type { WorkbookSnapshot } from "../workbook/port.ts";

/**
 * The snapshot with some sheets as if they had no rows, for a host that reads a sheet only when somebody looks at it.
 * A sheet that was renamed is left as it is.
 */
export function withoutRowsOf(snapshot: WorkbookSnapshot, specs: readonly SheetSpec[]): WorkbookSnapshot {
  const byName = new Map(specs.map((spec) => [foldForComparison(spec.label), spec]));
  return {
    sheets: snapshot.sheets.map((sheet) => {
      const spec = byName.get(foldForComparison(sheet.name));
      if (!spec) return sheet;
      return { name: sheet.name, hidden: sheet.hidden, rows: [spec.columns.map((c) => c.label)], notes: new Map() };
    }),
  };
}
