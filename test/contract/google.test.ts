import type { CellValue, PlainValue, WorkbookPatch, WorkbookSnapshot } from "../../apps-script/core/workbook/port.ts";
import { newAdapterHost } from "../src/google/adapter-host.ts";
import { describeWorkbookPort } from "./workbook-port.ts";

/**
 * A file keeps the result that a formula had when it was saved; Sheets calculates at once. The suite writes results that
 * no program calculated, so here they come back as they were written.
 */
function withWrittenResults(snapshot: WorkbookSnapshot, written: ReadonlyMap<string, PlainValue>): WorkbookSnapshot {
  const restore = (value: CellValue): CellValue => {
    if (typeof value !== "object" || value?.kind !== "formula") return value;
    return { ...value, result: written.get(value.formula) ?? value.result };
  };
  return { sheets: snapshot.sheets.map((sheet) => ({ ...sheet, rows: sheet.rows.map((row) => row.map(restore)) })) };
}

describeWorkbookPort("Google Sheets", async () => {
  const host = newAdapterHost({ sheets: [{ name: "案例", createBefore: null }] });
  const results = new Map<string, PlainValue>();
  const remember = (patch: WorkbookPatch) => {
    for (const { value } of patch.sheets.flatMap((sheet) => sheet.edits ?? [])) {
      if (typeof value === "object" && value?.kind === "formula") results.set(value.formula, value.result);
    }
  };
  return {
    apply: async (patch) => {
      remember(patch);
      host.apply(patch);
    },
    reopen: async () => withWrittenResults(host.read(), results),
  };
});
