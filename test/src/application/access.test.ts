import { expect, onTestFinished, test } from "vitest";
import { type AccessOutcome, describeAccess, protectRows } from "../../../apps-script/src/application/access.ts";
import { areExpertsMoved, markExpertsMoved } from "../../../apps-script/src/application/experts-moved.ts";
import type { GoogleWorkbook } from "../../../apps-script/src/google/workbook.ts";
import { makeSnapshot, tongxin, xingqing } from "../../core/award-builder.ts";

const outcome = (parts: Partial<AccessOutcome>): AccessOutcome => ({
  ...{ blocks: [], scattered: [], withoutEmail: [], refused: [], ...parts },
});
const block = (unit: string) => ({ unit, emails: [], top: 2, bottom: 3 });

test("what is protected in words: units whose address is refused are not", () => {
  const blocks = ["甲", "乙", "丙"].map(block);
  expect(describeAccess(outcome({ blocks })).split("\n")).toEqual(["已为 3 个单位保护“案例”里本单位的行。"]);
  expect(
    describeAccess(outcome({ blocks, scattered: ["丁", "戊"], withoutEmail: ["己"], refused: ["丙"] })).split("\n"),
  ).toEqual([
    "已为 2 个单位保护“案例”里本单位的行。",
    expect.stringMatching(/^丁、戊的行没有连在一起/),
    expect.stringMatching(/^己没有填“邮箱”/),
    expect.stringMatching(/^丙的“邮箱”不是谷歌账号/),
  ]);
});

test("each unit's rows are left to it and to administrators; where Google refuses an address they stay open", () => {
  const events: string[] = [];
  const protection = (place: string) => {
    let description = "";
    return {
      setDescription: (text: string) => {
        description = text;
      },
      getEditors: () => [],
      getDescription: () => description,
      canDomainEdit: () => true,
      setDomainEdit: (open: boolean) => events.push(`${description}|domain ${open}`),
      addEditors(editors: string[]) {
        if (editors.includes("tx@example.org")) throw new Error("Invalid email");
        events.push(`${description} ${place} ${editors}`);
      },
      remove: () => events.push(`${description} open again`),
    };
  };
  const sheet = (name: string): object => ({
    getProtections: () => [],
    getSheetId: () => name,
    getRange: (...place: number[]) => ({
      getSheet: () => sheet(name),
      getA1Notation: () => String(place),
      protect: () => protection(`${name}!${place}`),
    }),
    protect: () => protection(name),
  });
  const settings = { getEditors: () => [{ getEmail: () => "admin@example.org" }] };
  const protectionOf = (place: { getSheetId(): string }) =>
    place.getSheetId() === "参数" ? { description: "评案簿", protection: settings } : undefined;
  Object.assign(globalThis, { SpreadsheetApp: { ProtectionType: { SHEET: "SHEET", RANGE: "RANGE" } } });
  onTestFinished(() => {
    Reflect.deleteProperty(globalThis, "SpreadsheetApp");
  });
  const units = [
    { ...xingqing, email: "xq@example.org" },
    { ...tongxin, email: "tx@example.org" },
  ];
  const snapshot = makeSnapshot({ units, submissions: [{}, {}, { nominator: "同心县教育局" }] });
  const spreadsheet = { getSheetByName: sheet, getEditors: () => [], getOwner: () => null, getProtections: () => [] };
  const { refused, blocks } = protectRows({ snapshot, spreadsheet, protectionOf } as unknown as GoogleWorkbook);
  expect([refused, blocks.length]).toEqual([["同心县教育局"], 2]);
  expect(events.filter((event) => event.includes("本单位"))).toEqual([
    expect.stringMatching(/^评案簿·本单位：兴庆区教育局 案例!2,1,2,\d+ admin@example\.org,xq@example\.org$/),
    "评案簿·本单位：同心县教育局 open again",
  ]);
  expect(events.filter((event) => event.includes("表头"))).toHaveLength(3);
  // Nothing is named ours while the owner's domain may still edit it.
  expect([...new Set(events.filter((event) => event.includes("|domain")))]).toEqual(["|domain false"]);
  // A sheet's protection is named ours once it is closed.
  expect(events).toContain(" 单位 admin@example.org");
});

test("of many units eight are named", () => {
  const units = (count: number) => Array.from({ length: count }, (_, i) => `${i + 1}区`);
  expect(describeAccess(outcome({ withoutEmail: units(8) }))).toContain("7区、8区没有填");
  expect(describeAccess(outcome({ withoutEmail: units(9) }))).toContain("7区、8区等 9 个单位没有填");
});

test("the experts are marked as moved once", () => {
  const keys = ["another"];
  Object.assign(globalThis, { SpreadsheetApp: { DeveloperMetadataVisibility: { DOCUMENT: "DOCUMENT" } } });
  const spreadsheet = {
    getDeveloperMetadata: () => keys.map((key) => ({ getKey: () => key })),
    addDeveloperMetadata: (key: string, _: string, visibility: string) => {
      // Without it the shared workbook's own script may not see it.
      expect(visibility).toBe("DOCUMENT");
      keys.push(key);
    },
  } as unknown as GoogleAppsScript.Spreadsheet.Spreadsheet;
  expect(areExpertsMoved(spreadsheet)).toBe(false);
  for (const now of ["2025-11-01", "2025-11-02"]) markExpertsMoved(spreadsheet, now);
  expect(areExpertsMoved(spreadsheet)).toBe(true);
  // Workbooks bear this name already.
  expect(keys).toEqual(["another", "casebook.expertsMoved"]);
  Reflect.deleteProperty(globalThis, "SpreadsheetApp");
});
