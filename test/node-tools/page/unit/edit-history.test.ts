import fc from "fast-check";
import { expect, test } from "vitest";
import type { CellValue, SheetPatch } from "../../../../apps-script/core/workbook/port.ts";
import { newWorkbook } from "../../../../node-tools/office-files/workbook.ts";
import { EditHistory } from "../../../../node-tools/page/unit/edit-history.ts";

const value: fc.Arbitrary<CellValue> = fc.oneof(
  fc.constantFrom<CellValue>(null, "甲", "第一段\n第二段", 12.5, true),
  fc.constantFrom<CellValue>({ kind: "date", iso: "2025-09-01" }, { kind: "time", seconds: 1050 }),
  fc.constant<CellValue>({ kind: "formula", formula: 'A1&"乙"', result: "乙" }),
);
const place = { row: fc.integer({ min: 1, max: 4 }), column: fc.integer({ min: 1, max: 3 }) };
const patch: fc.Arbitrary<SheetPatch> = fc.record({
  name: fc.constantFrom("案例", "正文"),
  edits: fc.array(fc.record({ ...place, value }), { maxLength: 4 }),
  notes: fc.array(fc.record({ ...place, text: fc.constantFrom("原为甲", "另一条", null) }), { maxLength: 2 }),
});
const act = fc.oneof(
  { weight: 4, arbitrary: fc.array(patch, { minLength: 1, maxLength: 2 }) },
  { weight: 1, arbitrary: fc.constantFrom("undo" as const, "redo" as const) },
);

test("whatever was written, taken back and done again: undone all of it is what was there, redone what came of it", () => {
  fc.assert(
    fc.property(fc.array(patch, { maxLength: 2 }), fc.array(act, { maxLength: 12 }), (first, acts) => {
      const workbook = newWorkbook();
      workbook.apply({ sheets: ["案例", "正文"].map((name) => ({ name, createBefore: null })) });
      workbook.apply({ sheets: first });
      const cells = () =>
        workbook.snapshot.sheets.map(({ name, rows, notes }) => ({ name, rows, notes: [...notes].sort() }));
      const before = cells();
      const history = new EditHistory(workbook);
      for (const [i, each] of acts.entries()) {
        if (each === "undo") history.undo();
        else if (each === "redo") history.redo();
        else history.write(`第 ${i} 步`, each);
      }
      while (history.redoable !== "") history.redo();
      const after = cells();
      let steps = 0;
      for (; history.undoable !== ""; steps += 1) history.undo();
      expect(cells()).toEqual(before);
      for (; steps > 0; steps -= 1) history.redo();
      expect(cells()).toEqual(after);
      expect(history.redoable).toBe("");
    }),
    { numRuns: 200 },
  );
});
