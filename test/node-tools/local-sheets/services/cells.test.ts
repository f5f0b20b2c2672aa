import { beforeEach, describe, expect, test } from "vitest";
import { instantOf } from "../../../../node-tools/local-sheets/runtime/zone.ts";
import { makeWorld } from "./spreadsheet-world.ts";

let world: ReturnType<typeof makeWorld>;
let sheet: GoogleAppsScript.Spreadsheet.Sheet;
beforeEach(() => {
  world = makeWorld();
  sheet = world.sheet;
});

const shanghai = (year: number, month: number, day: number, hour = 0, minute = 0) =>
  new Date(instantOf("Asia/Shanghai", Date.UTC(year, month - 1, day, hour, minute)));

describe("values", () => {
  test("are parsed as typed, and read back in their kinds", () => {
    sheet.getRange(1, 1, 2, 4).setValues([
      ["文字", "'00123", "12.5", "TRUE"],
      ["2025-07-15", "17:30", "", "=C1*2"],
    ]);
    expect(sheet.getRange(1, 1, 2, 4).getValues()).toEqual([
      ["文字", "00123", 12.5, true],
      [shanghai(2025, 7, 15), shanghai(1899, 12, 30, 17, 30), "", 25],
    ]);
    expect(sheet.getRange(1, 1, 2, 4).getFormulas()).toEqual([
      ["", "", "", ""],
      ["", "", "", "=C1*2"],
    ]);
  });

  test("dates go in as they come out, in the spreadsheet's zone", () => {
    const moment = shanghai(2025, 10, 15, 23, 59);
    sheet.getRange("B2").setValue(moment);
    expect(sheet.getRange("B2").getValues()).toEqual([[moment]]);
    expect(world.model.toSnapshot().sheets[0]?.rows[1]?.[1]).toEqual({ kind: "date", iso: "2025-10-15T23:59:00" });
  });

  test("a formula's error reads as its text, and a link as its text", () => {
    sheet.getRange("A1:B1").setFormulas([["=NA()", '=HYPERLINK("https://example.org/","材料")']]);
    expect(sheet.getRange("A1:B1").getValues()).toEqual([["#N/A", "材料"]]);
  });

  test("an array formula shows in its area, which counts as content", () => {
    sheet.getRange("A1:A3").setValues([[1], [2], [3]]);
    sheet.getRange("B1").setFormula("=ARRAY_CONSTRAIN(ARRAYFORMULA(A1:A5*2),5,1)");
    expect(sheet.getRange("B1:B3").getValues()).toEqual([[2], [4], [6]]);
    expect(sheet.getRange("B2").getFormulas()).toEqual([[""]]);
    expect(sheet.getLastRow()).toBe(5);
  });

  test("what depends on a changed cell changes", () => {
    sheet.getRange("A1:B1").setValues([[1, "=A1+1"]]);
    expect(sheet.getRange("B1").getValues()).toEqual([[2]]);
    sheet.getRange("A1").setValue(41);
    expect(sheet.getRange("B1").getValues()).toEqual([[42]]);
  });

  test("setFormula over several cells moves its references", () => {
    sheet.getRange("A1:A2").setValues([[1], [2]]);
    sheet.getRange("B1:B2").setFormula("=A1*10");
    expect(sheet.getRange("B1:B2").getValues()).toEqual([[10], [20]]);
  });

  test("a list of ranges takes one value in one call", () => {
    world.calls.length = 0;
    sheet.getRangeList(["A1", "C3:C4"]).setValue("是");
    expect(world.calls.filter(({ movesCells }) => movesCells)).toEqual([
      { name: "RangeList.setValue", movesCells: true, cells: 3 },
    ]);
    expect(sheet.getDataRange().getValues()).toEqual([
      ["是", "", ""],
      ["", "", ""],
      ["", "", "是"],
      ["", "", "是"],
    ]);
  });
});

describe("limits", () => {
  test.for<[name: string, work: () => unknown, message: RegExp]>([
    ["rows", () => sheet.getRange("A1:A2").setValues([["x"]]), /number of rows in the data.*has 1 but the range has 2/],
    ["columns", () => sheet.getRange("A1:B1").setValues([["x"]]), /number of columns in the data.*has 1 but/],
    ["notes", () => sheet.getRange("A1:A2").setNotes([["x"]]), /number of rows in the data/],
    ["outside", () => sheet.getRange(1_000, 26, 2, 1), /outside the dimensions of the sheet/],
    ["outside by notation", () => sheet.getRange("A1001"), /outside the dimensions of the sheet/],
    ["no rows", () => sheet.getRange(1, 1, 0, 1), /number of rows in the range must be at least 1/],
    ["row 0", () => sheet.getRange(0, 1), /starting row of the range is too small/],
    ["no range", () => sheet.getRange("不是区域"), /Range not found/],
    ["long text", () => sheet.getRange("A1").setValue("字".repeat(50_001)), /maximum of 50000 characters/],
    ["too large", () => sheet.insertRowsAfter(1_000, 400_000), /above the limit of 10000000 cells/],
    ["same name", () => world.spreadsheet.insertSheet("工作表1"), /A sheet with the name "工作表1" already exists/],
    ["last sheet", () => world.spreadsheet.deleteSheet(sheet), /can't remove all/],
    ["last shown sheet", () => sheet.hideSheet(), /can't hide all/],
    ["an object", () => sheet.getRange("A1").setValue({}), /not supported by the local Sheets/],
  ])("%s", ([, work, message]) => {
    expect(work).toThrow(message);
    expect(world.model.toSnapshot().sheets[0]?.rows).toEqual([]);
  });

  test("50,000 characters fit", () => {
    sheet.getRange("A1").setValue("字".repeat(50_000));
    expect(sheet.getRange("A1").getValues()).toEqual([["字".repeat(50_000)]]);
  });

  test("a table of which one value is too long is not written at all", () => {
    expect(() => sheet.getRange("A1:A2").setValues([["a"], ["字".repeat(50_001)]])).toThrow();
    expect(sheet.getRange("A1").getValues()).toEqual([[""]]);
  });
});

describe("merged cells", () => {
  test("keep the first value and take no other", () => {
    sheet.getRange("A1:B2").setValues([["甲", "乙"], ["丙", "丁"]]); // biome-ignore format: a table
    sheet.getRange("A1:B1").merge();
    sheet.getRange("A1:B1").setValues([["新", "被盖住"]]);
    expect(sheet.getRange("A1:B2").getValues()).toEqual([["新", ""], ["丙", "丁"]]); // biome-ignore format: a table
  });

  test("are merged and broken as a whole", () => {
    sheet.getRange("A1:B2").merge();
    expect(() => sheet.getRange("B2:C2").merge()).toThrow("You must select all cells in a merged range");
    expect(() => sheet.getRange("B1").breakApart()).toThrow("You must select all cells in a merged range");
    sheet.getRange("A1:C3").breakApart();
    expect(sheet.getRange("A1:C3").getMergedRanges()).toEqual([]);
  });

  test("do not reach over the edge of frozen rows and columns", () => {
    sheet.getRange("A1:B2").merge();
    expect(() => sheet.setFrozenRows(1)).toThrow("only part of a merged cell");
    expect(() => sheet.setFrozenColumns(1)).toThrow("only part of a merged cell");
    sheet.setFrozenRows(2);
    expect(() => sheet.getRange("D2:D3").merge()).toThrow("can't merge frozen and non-frozen rows");
  });
});

describe("validations", () => {
  const rule = (build: (b: GoogleAppsScript.Spreadsheet.DataValidationBuilder) => unknown, allowInvalid = false) => {
    const builder = world.app.newDataValidation();
    build(builder);
    return builder.setAllowInvalid(allowInvalid).build();
  };

  test.for<
    [
      name: string,
      build: (b: GoogleAppsScript.Spreadsheet.DataValidationBuilder) => unknown,
      good: unknown,
      bad: unknown,
    ]
  >([
    ["list", (b) => b.requireValueInList(["是", "否"]), "是", "也许"],
    ["number", (b) => b.requireNumberBetween(0, 100), 100, 101],
    ["text for a number", (b) => b.requireNumberBetween(0, 100), "7", "七"],
    ["formula", (b) => b.requireFormulaSatisfied("=LEN(B2)<3"), "ab", "abc"],
    ["range", (b) => b.requireValueInRange(sheet.getRange("A1:A2")), "甲", "丙"],
  ])("%s", ([, build, good, bad]) => {
    sheet.getRange("A1:A2").setValues([["甲"], ["乙"]]);
    sheet.getRange("B2:B9").setDataValidation(rule(build));
    sheet.getRange("B3").setValue("=1");
    sheet.getRange("B3").setValue(good);
    expect(() => sheet.getRange("B3:B4").setValues([[good], [bad]])).toThrow(
      /The data you entered in cell B4 violates the data validation rules set on this cell\./,
    );
    expect(sheet.getRange("B4").getValues()).toEqual([[""]]);
    sheet.getRange("B3").setValue("");
    expect(sheet.getRange("B3").getValues()).toEqual([[""]]);
  });

  test("one that only warns lets everything in", () => {
    sheet.getRange("B2").setDataValidation(rule((b) => b.requireValueInList(["是"]), true));
    sheet.getRange("B2").setValue("否");
    expect(sheet.getRange("B2").getValues()).toEqual([["否"]]);
  });

  test("come back by cell, and go", () => {
    sheet.getRange("B2:B3").setDataValidation(rule((b) => b.requireValueInList(["是"]).setHelpText("请选择")));
    const [[none], [found]] = sheet.getRange("B1:B2").getDataValidations() as [
      [GoogleAppsScript.Spreadsheet.DataValidation | null],
      [GoogleAppsScript.Spreadsheet.DataValidation | null],
    ];
    expect(none).toBeNull();
    expect(found?.getCriteriaType()).toBe(world.app.DataValidationCriteria.VALUE_IN_LIST);
    expect(found?.getCriteriaValues()).toEqual([["是"], true]);
    expect(found?.getHelpText()).toBe("请选择");
    sheet.getRange("B1").setDataValidation(found);
    sheet.getRange("B2:B3").clearDataValidations();
    expect(
      sheet
        .getRange("B1:B2")
        .getDataValidations()
        .map(([each]) => each !== null),
    ).toEqual([true, false]);
  });

  test("a formula counts from the first cell that it was set on, also when other cells of it lie apart", () => {
    const custom = rule((b) => b.requireFormulaSatisfied("=LEN(B2)<3"));
    sheet.getRange("B2:B5").setDataValidation(custom);
    sheet.getRange("B3").setDataValidation(null);
    const validations = world.model.toPatch().sheets[0]?.layout?.validations;
    expect(
      validations?.map(({ area, validation }) => [
        area.top,
        area.bottom,
        "formula" in validation && validation.formula,
      ]),
    ).toEqual([
      [2, 2, "LEN(B2)<3"],
      [4, 5, "LEN(B4)<3"],
    ]);
    expect(() => sheet.getRange("B4").setValue("abc")).toThrow("B4");
  });

  test("a list holds 500 choices at most", () => {
    const choices = Array.from({ length: 501 }, (_, i) => `第${i}项`);
    expect(() => world.app.newDataValidation().requireValueInList(choices)).toThrow("limit of 500");
  });
});

describe("conditional formats", () => {
  test("follow their sheet alone", () => {
    const make = (formula: string) =>
      world.app.newConditionalFormatRule().whenFormulaSatisfied(formula).setBackground("#ffeb9c").setRanges([sheet.getRange("A2:B9")]).build(); // biome-ignore format: one chain
    sheet.setConditionalFormatRules([make('=$B2="见 单位!A1"')]);
    expect(sheet.getConditionalFormatRules().map((rule) => rule.getRanges()[0]?.getA1Notation())).toEqual(["A2:B9"]);
    expect(() => sheet.setConditionalFormatRules([make("=单位!$A$1>1")])).toThrow("cannot reference a different sheet");
  });
});

describe("groups of columns", () => {
  test("grow, shrink and end at the depths of the platform", () => {
    const depths = [1, 2, 3].map((column) => () => sheet.getColumnGroupDepth(column));
    const told = () => depths.map((depth) => depth());
    expect(told()).toEqual([0, 0, 0]);
    sheet.getRange(1, 2, 1, 2).shiftColumnGroupDepth(1).shiftColumnGroupDepth(9);
    expect(told()).toEqual([0, 8, 8]);
    sheet.getRange("C5").shiftColumnGroupDepth(-20);
    expect(told()).toEqual([0, 8, 0]);
    expect(() => sheet.getColumnGroupDepth(0)).toThrow("out of bounds");
  });

  test("come from files and go into them", () => {
    const widths = [
      { column: 1, width: 10 },
      { column: 2, width: 10, grouped: true },
    ];
    const { model } = makeWorld({ sheets: [{ name: "表", createBefore: null, layout: { widths } }] });
    expect(model.toPatch().sheets[0]?.layout?.widths).toEqual(widths);
  });
});

describe("what is not supported", () => {
  test.for<[name: string, work: () => unknown]>([
    ["SpreadsheetApp.getActiveRange", () => world.app.getActiveRange()],
    ["Sheet.appendRow", () => sheet.appendRow([1])],
    ["Range.getValue", () => sheet.getRange("A1").getValue()],
    ["Range.model", () => (sheet.getRange("A1") as unknown as { model: unknown }).model],
    ["RangeList.setFormula", () => sheet.getRangeList(["A1"]).setFormula("=1")],
    [
      "RangeList.setDataValidation",
      () => (sheet.getRangeList(["A1"]) as unknown as { setDataValidation(): void }).setDataValidation(),
    ],
    ["DataValidationBuilder.requireDate", () => world.app.newDataValidation().requireDate()],
    ["ConditionalFormatRuleBuilder.whenCellEmpty", () => world.app.newConditionalFormatRule().whenCellEmpty()],
    ["Protection.setNamedRange", () => sheet.protect().setNamedRange(null as never)],
  ])("%s throws", ([name, work]) => {
    expect(work).toThrow(`${name} is not supported by the local Sheets`);
  });
});

describe("borders", () => {
  test("go around cells or around the range, and only the first are kept for files", () => {
    const { SOLID_MEDIUM } = world.app.BorderStyle;
    sheet.getRange("A1:B1").setBorder(true, true, true, true, true, true, "#d5dce4", SOLID_MEDIUM);
    sheet.getRange("A3:B4").setBorder(true, true, true, true, null, null);
    sheet.getRange("B1").setBorder(null, null, null, false, null, null);
    expect(world.model.toPatch().sheets[0]?.layout?.styles).toEqual([
      { area: { top: 1, left: 1, bottom: 1, right: 1 }, style: { border: "medium", borderColor: "D5DCE4" } },
    ]);
    expect(world.model.sheets[0]?.looks.get(3, 1)).toEqual({ top: "SOLID 000000", left: "SOLID 000000" });
  });

  test("and all looks go with clearFormat", () => {
    sheet
      .getRange("A1")
      .setBorder(true, true, true, true, true, true)
      .setFontWeight("bold")
      .setFontSize(12)
      .clearFormat();
    expect(world.model.toPatch().sheets[0]?.layout?.styles).toBeUndefined();
  });
});

test("every service method is announced before it does anything", () => {
  world.calls.length = 0;
  sheet.getRange(1, 1, 2, 3).getValues();
  sheet.getLastRow();
  sheet.getRange("A1").protect().addEditors([]);
  expect(world.calls).toEqual([
    { name: "Sheet.getRange", movesCells: false, cells: 0 },
    { name: "Range.getValues", movesCells: true, cells: 6 },
    { name: "Sheet.getLastRow", movesCells: false, cells: 0 },
    { name: "Sheet.getRange", movesCells: false, cells: 0 },
    { name: "Range.protect", movesCells: true, cells: 0 },
    { name: "Protection.addEditors", movesCells: true, cells: 0 },
  ]);
});
