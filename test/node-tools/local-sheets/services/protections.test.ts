import { beforeEach, describe, expect, test } from "vitest";
import { RefusedError } from "../../../../node-tools/local-sheets/local-google.ts";
import { makeWorld, officer, otherOfficer, owner, refusal, viewer } from "./spreadsheet-world.ts";

let world: ReturnType<typeof makeWorld>;
let sheet: GoogleAppsScript.Spreadsheet.Sheet;
beforeEach(() => {
  world = makeWorld();
  sheet = world.sheet;
});

const emails = (users: GoogleAppsScript.Base.User[]) => users.map((user) => user.getEmail());
const mayWrite = (user: string, notation: string): boolean => {
  try {
    world.as(user, () => sheet.getRange(notation).setValue("x"));
    return true;
  } catch (error) {
    expect((error as Error).message).toBe(refusal);
    return false;
  }
};
const mayType = (user: string, row: number, column: number): boolean => {
  try {
    world.model.typeByHand(user, { sheet: "工作表1", row, column, values: [["x"]] });
    return true;
  } catch (error) {
    expect(error).toBeInstanceOf(RefusedError);
    return false;
  }
};

/** Leaves the owner and these. */
function close(protection: GoogleAppsScript.Spreadsheet.Protection, ...editors: string[]) {
  protection.removeEditors(protection.getEditors());
  protection.addEditors(editors);
}

describe("a protected area", () => {
  test("is open to every editor until its list is changed", () => {
    const protection = sheet.getRange("B2:C3").protect();
    expect(emails(protection.getEditors())).toEqual([owner, officer, otherOfficer]);
    expect(mayWrite(officer, "B2")).toBe(true);
    protection.removeEditor(officer);
    expect(mayWrite(officer, "B2")).toBe(false);
  });

  test.for<[user: string, notation: string, may: boolean]>([
    [owner, "B2", true],
    [officer, "B2", true],
    [otherOfficer, "B2", false],
    [otherOfficer, "A1:D9", false],
    [otherOfficer, "A1", true],
    [viewer, "A1", false],
    ["nobody@example.org", "A1", false],
  ])("%s writes %s: %s", ([user, notation, may]) => {
    close(sheet.getRange("B2:C3").protect(), officer);
    expect(mayWrite(user, notation)).toBe(may);
  });

  test("of several that overlap each must allow it", () => {
    close(sheet.getRange("A1:B9").protect(), officer);
    close(sheet.getRange("B1:C9").protect(), otherOfficer);
    expect([mayWrite(officer, "A1"), mayWrite(officer, "B1"), mayWrite(officer, "C1")]).toEqual([true, false, false]);
    expect(sheet.getProtections(world.app.ProtectionType.RANGE)).toHaveLength(2);
  });

  test("that only warns keeps nobody out", () => {
    const protection = sheet.getRange("A1").protect();
    close(protection);
    protection.setWarningOnly(true);
    expect(mayWrite(officer, "A1")).toBe(true);
  });

  test("is changed and removed by its editors alone; neither they nor the owner can shut themselves out", () => {
    const protection = sheet.getRange("A1").protect();
    close(protection, officer);
    for (const work of [
      () => protection.setDescription("x"),
      () => protection.remove(),
      () => protection.addEditor(otherOfficer),
    ]) {
      expect(() => world.as(otherOfficer, work)).toThrow(refusal);
    }
    world.as(officer, () => protection.removeEditors([owner, officer]));
    expect(emails(protection.getEditors())).toEqual([owner, officer]);
    world.as(officer, () => protection.remove());
    expect(mayWrite(otherOfficer, "A1")).toBe(true);
  });

  test("an editor of the list who may only view the spreadsheet stays out", () => {
    const protection = sheet.getRange("A1").protect();
    close(protection, viewer);
    expect(mayWrite(viewer, "A1")).toBe(false);
    expect(world.as(viewer, () => protection.canEdit())).toBe(false);
  });
});

describe("a protected sheet", () => {
  test("has one protection, and open areas", () => {
    const protection = sheet.protect().setDescription("评案簿");
    expect(sheet.protect().getDescription()).toBe("评案簿");
    close(protection);
    protection.setUnprotectedRanges([sheet.getRange("B2:B5"), sheet.getRange("B6:C9")]);
    expect(["A1", "B2", "B2:B9", "B2:C9", "C6"].map((at) => mayWrite(officer, at))).toEqual([
      false,
      true,
      true,
      false,
      true,
    ]);
    expect(protection.getUnprotectedRanges().map((range) => range.getA1Notation())).toEqual(["B2:B5", "B6:C9"]);
    expect(() => sheet.getRange("A1").protect().setUnprotectedRanges([])).toThrow("Only a protected sheet");
  });

  test.for<[name: string, work: () => unknown]>([
    ["setName", () => sheet.setName("改名")],
    ["insertRowsBefore", () => sheet.insertRowsBefore(1, 1)],
    ["deleteRows", () => sheet.deleteRows(1, 1)],
    ["hideSheet", () => sheet.hideSheet()],
    ["setConditionalFormatRules", () => sheet.setConditionalFormatRules([])],
    ["setNotes", () => sheet.getRange("A1").setNotes([["x"]])],
    ["setBackground", () => sheet.getRange("A1").setBackground("#ffffff")],
    ["RangeList.setValue", () => sheet.getRangeList(["A1"]).setValue("x")],
    ["clearContent", () => sheet.getRange("A1").clearContent()],
    ["setDataValidation", () => sheet.getRange("A1").setDataValidation(null)],
    ["merge", () => sheet.getRange("A1:B1").merge()],
    ["clear", () => sheet.clear()],
    ["deleteSheet", () => world.spreadsheet.deleteSheet(sheet)],
  ])("%s is refused", ([, work]) => {
    world.spreadsheet.insertSheet("另一张");
    close(sheet.protect());
    expect(() => world.as(officer, work)).toThrow(refusal);
    expect(() => work()).not.toThrow();
  });
});

describe("by hand", () => {
  test("protections and drop-downs hold", () => {
    close(sheet.getRange("A1").protect(), officer);
    const rule = world.app
      .newDataValidation()
      .requireValueInList(["是"])
      .setHelpText("请选择是")
      .setAllowInvalid(false);
    sheet.getRange("C1").setDataValidation(rule.build());
    expect([mayType(officer, 1, 1), mayType(otherOfficer, 1, 1), mayType(otherOfficer, 1, 2)]).toEqual([
      true,
      false,
      true,
    ]);
    expect(() => world.model.typeByHand(owner, { sheet: "工作表1", row: 1, column: 3, values: [["否"]] })).toThrow(
      "「工作表1」C1 中输入的内容不符合该单元格的数据验证规则。请选择是",
    );
  });

  test("a viewer types nothing", () => {
    expect(mayType(viewer, 1, 1)).toBe(false);
  });

  test("what is typed is parsed, and a paste beyond the grid makes it grow", () => {
    const values = [["2025-07-15", "=1+1"], ["'007", ""]]; // biome-ignore format: a table
    world.model.typeByHand(officer, { sheet: "工作表1", row: 1_000, column: 26, values });
    const { rows } = world.model.toSnapshot().sheets[0] ?? { rows: [] };
    expect(rows[999]?.slice(25)).toEqual([
      { kind: "date", iso: "2025-07-15" },
      { kind: "formula", formula: "1+1", result: 2 },
    ]);
    expect(rows[1_000]?.slice(25)).toEqual(["007"]);
    expect([sheet.getMaxRows(), sheet.getMaxColumns()]).toEqual([1_001, 27]);
  });

  test("a note is written where its cell may be", () => {
    close(sheet.getRange("A1").protect());
    world.model.setNoteByHand(officer, "工作表1", 1, 2, "批注");
    expect(sheet.getRange("B1").getNotes()).toEqual([["批注"]]);
    expect(() => world.model.setNoteByHand(officer, "工作表1", 1, 1, "批注")).toThrow(RefusedError);
  });
});

test("somebody without a right cannot open a spreadsheet by its id", () => {
  const made = world.app.create("评分表", 30, 5);
  expect([made.getSheets()[0]?.getMaxRows(), made.getSheets()[0]?.getMaxColumns()]).toEqual([30, 5]);
  expect(() => world.as(officer, () => world.app.openById("评分表"))).toThrow("You do not have permission");
  made.addEditor(officer);
  expect(world.as(officer, () => world.app.openById("评分表").getId())).toBe("评分表");
});
