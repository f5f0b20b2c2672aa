import fc from "fast-check";
import { beforeEach, describe, expect, test } from "vitest";
import {
  type CellValue,
  noteKey,
  type SheetPatch,
  type SheetSnapshot,
  type WorkbookPatch,
  type WorkbookSnapshot,
} from "../../apps-script/core/workbook/port.ts";

/** A host of the port over one empty workbook. */
export interface PortHost {
  apply(patch: WorkbookPatch): Promise<void>;
  /** Saves, opens again and reads everything. */
  reopen(): Promise<WorkbookSnapshot>;
}

const name = "案例";

/** What every host does alike, seen through the port alone. */
export function describeWorkbookPort(hostName: string, make: () => Promise<PortHost>): void {
  describe(`workbook port on ${hostName}`, () => {
    let host: PortHost;

    const patch = (sheet: Omit<SheetPatch, "name">, sheetName = name) =>
      host.apply({ sheets: [{ name: sheetName, ...sheet }] });
    const fill = (rows: readonly (readonly CellValue[])[]) => patch({ edits: editsOf(rows) });
    const read = async (sheetName = name): Promise<SheetSnapshot> => {
      const found = (await host.reopen()).sheets.find((sheet) => sheet.name === sheetName);
      if (!found) throw new Error(`no sheet ${sheetName}`);
      return found;
    };
    const rows = async () => (await read()).rows;

    beforeEach(async () => {
      host = await make();
      await patch({ createBefore: null });
    });

    test("a patch for a missing sheet is refused unless it says to make it", async () => {
      await expect(patch({ edits: [] }, "没有这张表")).rejects.toThrow();
    });

    test("sheets are made at the end, or before another, and keep their order", async () => {
      await patch({ createBefore: null }, "日志");
      await patch({ createBefore: "日志", layout: { hidden: true } }, "导入记录");
      await patch({ createBefore: name }, "说明");
      const { sheets } = await host.reopen();
      expect(sheets.map((sheet) => [sheet.name, sheet.hidden])).toEqual([
        ["说明", false],
        [name, false],
        ["导入记录", true],
        ["日志", false],
      ]);
    });

    describe("values come back as they were written", () => {
      const values: readonly CellValue[] = [
        "普通文字",
        " 首尾有空格 ",
        "两\n行",
        "00123",
        "110101199001011234",
        "=1+1",
        "'单引号",
        "a_x0041_b _x000D_ _X005F_",
        `<&>"'`,
        "😀𠮷",
        "x".repeat(32_767),
        "2025-07-15",
        "TRUE",
        0,
        -1.5,
        0.1,
        1e20,
        13_800_138_000,
        true,
        false,
        { kind: "date", iso: "2025-07-15" },
        { kind: "date", iso: "2024-02-29T23:59:59" },
        { kind: "date", iso: "2025-10-15T00:00:01" },
        { kind: "time", seconds: 0 },
        { kind: "time", seconds: 1_053 },
        { kind: "time", seconds: 93_600 },
        { kind: "error", code: "#N/A" },
        { kind: "error", code: "#REF!" },
        { kind: "link", text: "第 5 行", target: "#'案例'!B5" },
        { kind: "link", text: "材料", target: "https://example.org/a?b=1&c=2" },
      ];
      test.for(values.map((value) => ({ value })))("%j", async ({ value }) => {
        await fill([["旧"]]);
        await fill([[value, "邻格"]]);
        expect(await rows()).toEqual([[value, "邻格"]]);
      });

      test("any texts and numbers", async () => {
        const text = fc.string({ unit: "grapheme", minLength: 1, maxLength: 40 });
        const number = fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e300, max: 1e300 }).map((x) => x + 0);
        await fc.assert(
          fc.asyncProperty(fc.array(fc.oneof(text, number), { minLength: 1, maxLength: 60 }), async (values) => {
            await patch({ clearFrom: 1, edits: editsOf([values]) });
            expect(await rows()).toEqual([values]);
          }),
          { numRuns: 25 },
        );
      });

      test("an empty text is an empty cell, and empty rows and columns at the end are not read", async () => {
        await fill([["a", "", "b"], [""], ["c"], ["", ""], [null]]);
        expect(await rows()).toEqual([["a", null, "b"], [], ["c"]]);
      });

      test("a link or formula gives way to a value", async () => {
        await fill([
          [
            { kind: "link", text: "旧", target: "https://example.org/" },
            { kind: "formula", formula: "1+1", result: 2 },
          ],
        ]);
        await fill([["新", "值"]]);
        expect(await rows()).toEqual([["新", "值"]]);
      });

      test("characters that no file can hold are left out", async () => {
        await fill([["a\u0000b\u001fc\uffffd\r\ne"]]);
        expect(await rows()).toEqual([["abcd\ne"]]);
      });
    });

    test("formulas keep their text, result and area", async () => {
      const formulas: CellValue[] = [
        { kind: "formula", formula: `IF(A2="","缺少<标题>",COUNTIF('单位'!$A$2:$A$9,B2))`, result: "缺少<标题>" },
        { kind: "formula", formula: "A2+1", result: 12.5 },
        { kind: "formula", formula: "A2>1", result: false },
        { kind: "formula", formula: "SUM(A2:A3*B2:B3)", result: 0, array: { top: 1, left: 4, bottom: 1, right: 4 } },
      ];
      await fill([formulas]);
      expect(await rows()).toEqual([formulas]);
    });

    describe("notes", () => {
      test("stand on full, empty and far cells, are replaced and removed", async () => {
        await fill([["a"]]);
        await patch({
          notes: [
            { row: 1, column: 1, text: "一" },
            { row: 7, column: 9, text: "空格上的批注\n_x0042_ <&>" },
            { row: 2, column: 2, text: "将被删除" },
          ],
        });
        expect((await read()).notes.size).toBe(3);
        await patch({
          notes: [
            { row: 1, column: 1, text: "二" },
            { row: 2, column: 2, text: null },
          ],
        });
        expect([...(await read()).notes].sort()).toEqual([
          [noteKey(1, 1), "二"],
          [noteKey(7, 9), "空格上的批注\n_x0042_ <&>"],
        ]);
      });

      test("edits, marks and layout leave notes alone", async () => {
        await patch({ notes: [{ row: 2, column: 1, text: "人写的" }] });
        await patch({
          edits: [{ row: 2, column: 1, value: "值" }],
          marks: [{ row: 2, column: 1, mark: "error" }],
          layout: { styles: [{ area: area(1, 1, 3, 3), style: { fill: "FFFFFF" } }] },
        });
        await patch({ marks: [] });
        const sheet = await read();
        expect(sheet.notes.get(noteKey(2, 1))).toBe("人写的");
        expect(sheet.rows).toEqual([[], ["值"]]);
      });
    });

    describe("insertRows", () => {
      test("rows count as they were before the patch; values and notes below move down", async () => {
        await fill([["表头"], ["甲"], ["乙"], ["丙"]]);
        await patch({ notes: [{ row: 3, column: 2, text: "乙的批注" }] });
        await patch({
          insertRows: [
            { before: 4, count: 1 },
            { before: 3, count: 2 },
          ],
          edits: [{ row: 3, column: 1, value: "新" }],
        });
        const sheet = await read();
        expect(sheet.rows).toEqual([["表头"], ["甲"], ["新"], [], ["乙"], [], ["丙"]]);
        expect([...sheet.notes]).toEqual([[noteKey(5, 2), "乙的批注"]]);
      });

      test("formulas of people follow, on this sheet and on others", async () => {
        await fill([
          ["表头"],
          [1, { kind: "formula", formula: "A2*2", result: 2 }],
          [3, { kind: "formula", formula: "A3+$A$2", result: 4 }],
        ]);
        await patch(
          {
            createBefore: null,
            edits: [{ row: 1, column: 1, value: { kind: "formula", formula: "案例!A3", result: 3 } }],
          },
          "统计",
        );
        await patch({ insertRows: [{ before: 3, count: 4 }] });
        expect((await rows())[6]?.[1]).toMatchObject({ formula: "A7+$A$2" });
        expect((await rows())[1]?.[1]).toMatchObject({ formula: "A2*2" });
        expect((await read("统计")).rows[0]?.[0]).toMatchObject({ formula: "案例!A7" });
      });

      test("any insertions equal the same on a plain list", async () => {
        await fc.assert(
          fc.asyncProperty(
            fc.integer({ min: 1, max: 8 }),
            fc.array(fc.record({ before: fc.integer({ min: 1, max: 9 }), count: fc.integer({ min: 1, max: 3 }) }), {
              maxLength: 4,
            }),
            async (height, insertRows) => {
              host = await make();
              const before = Array.from({ length: height }, (_, i) => [`第${i + 1}行`]);
              await patch({ createBefore: null, edits: editsOf(before) });
              await patch({ insertRows });
              const expected: string[][] = [];
              before.forEach((row, i) => {
                for (const { before: at, count } of insertRows)
                  if (at === i + 1) for (let n = 0; n < count; n += 1) expected.push([]);
                expected.push(row);
              });
              expect(await rows()).toEqual(expected);
            },
          ),
          { numRuns: 25 },
        );
      });
    });

    test("clearFrom empties values, notes and links from a row down, after insertions and before edits", async () => {
      await fill([["表头"], ["甲"], [{ kind: "link", text: "乙", target: "https://example.org/" }], ["丙"]]);
      await patch({
        notes: [
          { row: 1, column: 1, text: "留" },
          { row: 3, column: 1, text: "去" },
          { row: 4, column: 1, text: "也去" },
        ],
      });
      await patch({ insertRows: [{ before: 2, count: 1 }], clearFrom: 4, edits: [{ row: 4, column: 1, value: "新" }] });
      const sheet = await read();
      expect(sheet.rows).toEqual([["表头"], [], ["甲"], ["新"]]);
      expect([...sheet.notes]).toEqual([[noteKey(1, 1), "留"]]);
    });

    test("of merged cells only the first has a value, and a layout may be applied again", async () => {
      const layout = {
        merges: [area(1, 1, 2, 3)],
        frozen: { rows: 2, columns: 1 },
        filter: area(3, 1, 9, 3),
        protected: true,
      };
      await fill([["题目"], [], ["a", "b", "c"]]);
      await patch({ layout });
      await patch({ layout });
      expect(await rows()).toEqual([["题目"], [], ["a", "b", "c"]]);
    });

    test("a full layout changes no value and no note", async () => {
      await fill([
        ["名称", "是否"],
        ["甲", "是"],
      ]);
      await patch({ notes: [{ row: 1, column: 2, text: "填是或否" }] });
      const before = await read();
      await patch({
        layout: {
          hidden: false,
          tabColor: "4472C4",
          widths: [
            { column: 1, width: 30 },
            { column: 2, width: 8, hidden: true },
          ],
          heights: [{ row: 1, height: 28 }],
          styles: [
            {
              area: area(1, 1, 20, 2),
              style: {
                font: { bold: true, color: "FFFFFF" },
                fill: "4472C4",
                wrap: true,
                border: "thin",
                numberFormat: "@",
                locked: false,
              },
            },
          ],
          validations: [
            {
              area: area(2, 2, 20, 2),
              validation: { kind: "list", source: ["是", "否"], strict: true, message: "请选择" },
            },
            { area: area(2, 1, 20, 1), validation: { kind: "custom", formula: "LEN(A2)<100", message: "太长" } },
            { area: area(2, 3, 20, 3), validation: { kind: "number", min: 0, max: 100, message: "0–100" } },
          ],
          conditionalFormats: [{ area: area(2, 1, 20, 2), formula: '$B2="否"', style: { fill: "FFEB9C" } }],
          print: {
            landscape: true,
            titleRows: [1, 1],
            margins: { top: 20, bottom: 20, left: 15, right: 15 },
            header: "草稿",
            footer: "评案簿",
          },
        },
      });
      expect(await read()).toEqual(before);
    });

    test("other sheets, and cells that no patch names, stay as they are", async () => {
      await patch({ createBefore: null, edits: editsOf([["别的", 1], [true]]) }, "别的表");
      await fill([
        ["表头", "自加列"],
        ["甲", "人写的"],
      ]);
      await patch({ edits: [{ row: 2, column: 1, value: "乙" }], marks: [{ row: 2, column: 1, mark: "warning" }] });
      expect(await rows()).toEqual([
        ["表头", "自加列"],
        ["乙", "人写的"],
      ]);
      expect((await read("别的表")).rows).toEqual([["别的", 1], [true]]);
    });
  });
}

function area(top: number, left: number, bottom: number, right: number) {
  return { top, left, bottom, right };
}

function editsOf(rows: readonly (readonly CellValue[])[]) {
  return rows.flatMap((row, i) => row.map((value, j) => ({ row: i + 1, column: j + 1, value })));
}
