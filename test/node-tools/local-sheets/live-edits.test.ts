import { expect, test } from "vitest";
import { makeCalculation } from "../../../node-tools/local-sheets/services/spreadsheet/calculator.ts";
import { makeSnapshot, tongxin, xingqing } from "../../core/award-builder.ts";
import { faultyRows, layLiveCheck, liveMessages, namedByRules, namedIn } from "../../core/rules/live-workbook.ts";
import { makeWorld } from "./services/spreadsheet-world.ts";

const laid = layLiveCheck(makeSnapshot({ units: [xingqing, tongxin], submissions: faultyRows }), true, {
  below: 20,
  least: 40,
});
const last = faultyRows.length + 1;
const width = laid.sheets.find(({ name }) => name === "案例")?.rows[0]?.length ?? 0;

type Sheet = GoogleAppsScript.Spreadsheet.Sheet;

/** Everything but 即时检查, which stands first. */
const typed = (sheet: Sheet, row: number, rows = 1) => sheet.getRange(row, 2, rows, width - 1);
/** Inserts a row, types into it what another holds, and copies the formula of the row below. */
const insertCopy = (sheet: Sheet, at: number, of: number) => {
  const values = typed(sheet, of).getValues();
  const formulas = sheet.getRange(2, 1).getFormulas();
  sheet.insertRowsBefore(at, 1);
  typed(sheet, at).setValues(values);
  sheet.getRange(at, 1).setValues(formulas);
};

test.for<{ name: string; edit: (sheet: Sheet) => void }>([
  { name: "nothing", edit: () => undefined },
  { name: "a row inserted under the header", edit: (sheet) => insertCopy(sheet, 2, 5) },
  {
    name: "three rows inserted under the header",
    edit: (sheet) => [5, 6, 9].forEach((row) => void insertCopy(sheet, 2, row)),
  },
  { name: "a row inserted in the middle", edit: (sheet) => insertCopy(sheet, 6, 3) },
  { name: "a row inserted at the end", edit: (sheet) => insertCopy(sheet, last + 1, 4) },
  { name: "the first row deleted", edit: (sheet) => sheet.deleteRows(2, 1) },
  { name: "rows deleted in the middle", edit: (sheet) => sheet.deleteRows(5, 3) },
  { name: "most of the ready rows deleted", edit: (sheet) => sheet.deleteRows(last + 1, 25) },
  {
    name: "sorted the other way round",
    edit: (sheet) => {
      const all = typed(sheet, 2, last - 1);
      all.setValues(all.getValues().reverse());
    },
  },
  {
    name: "a row cut and pasted below",
    edit: (sheet) => {
      const values = typed(sheet, 4).getValues();
      typed(sheet, 4).clearContent();
      typed(sheet, last + 2).setValues(values);
    },
  },
])("in the local Sheets, after $name, every message is that of its row", ({ edit }) => {
  const { spreadsheet, model } = makeWorld(
    {
      sheets: laid.sheets.map(({ name, rows }) => ({
        name,
        createBefore: null,
        edits: rows.flatMap((line, r) => line.map((value, c) => ({ row: r + 1, column: c + 1, value }))),
      })),
    },
    makeCalculation,
  );
  const sheet = spreadsheet.getSheetByName("案例") as Sheet;
  edit(sheet);
  const snapshot = model.toSnapshot();
  const rules = namedByRules(snapshot);
  const fresh = liveMessages(layLiveCheck(snapshot));
  const shown = [...fresh.keys()].map((row) => [row, sheet.getRange(row, 1).getValues()[0]?.[0]]);
  expect(shown).toEqual([...fresh]);
  expect(shown.map(([row, message]) => [row, ...namedIn(String(message))])).toEqual(
    [...fresh.keys()].map((row) => [row, ...(rules.get(row) ?? [])]),
  );
});
