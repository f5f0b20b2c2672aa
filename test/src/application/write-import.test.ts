import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { importAction } from "../../../apps-script/core/import/describe-import.ts";
import {
  applicationSheetLabels,
  importRecordSheet,
  liaisonsSheet,
  logSheet,
  submissionsSheet,
} from "../../../apps-script/core/schema/application.ts";
import { headerEdits } from "../../../apps-script/core/tables/table-layout.ts";
import type { SheetPatch } from "../../../apps-script/core/workbook/port.ts";
import { layAgain } from "../../../apps-script/src/application/lay-again.ts";
import { typedSheetNames } from "../../../apps-script/src/application/lock-sheets.ts";
import { finishImport, writeImport } from "../../../apps-script/src/application/write-import.ts";
import type { GoogleWorkbook } from "../../../apps-script/src/google/workbook.ts";
import { makeSnapshot } from "../../core/award-builder.ts";
import { sheetNamed } from "../../core/in-memory-workbook.ts";
import { newAdapterHost } from "../google/adapter-host.ts";

let properties: Map<string, string>;
/** 操作 of the rows of 日志 below its labels. */
let logged: string[];
let applied: SheetPatch[];

beforeEach(() => {
  [properties, logged, applied] = [new Map(), ["初始化"], []];
  const store = {
    getProperty: (key: string) => properties.get(key) ?? null,
    setProperty: (key: string, value: string) => properties.set(key, value),
    deleteProperty: (key: string) => properties.delete(key),
  };
  Object.assign(globalThis, { PropertiesService: { getDocumentProperties: () => store } });
});
afterEach(() => {
  Reflect.deleteProperty(globalThis, "PropertiesService");
});

const log = {
  getLastRow: () => logged.length + 1,
  getLastColumn: () => 1,
  getRange: (top: number, _left: number, height: number) => ({
    getValues: () => ["操作", ...logged].slice(top - 1, top - 1 + height).map((action) => [action]),
  }),
  getProtections: () => [],
};
const bookOf = (snapshot = makeSnapshot({ submissions: [{}, {}] })) =>
  ({
    snapshot,
    spreadsheet: { getSheetByName: (name: string) => (name === logSheet.label ? log : null), getSheets: () => [] },
    apply: ({ sheets }: { sheets: SheetPatch[] }) => applied.push(...sheets),
  }) as unknown as GoogleWorkbook;

const inserting: SheetPatch = { name: submissionsSheet.label, insertRows: [{ before: 3, count: 1 }] };
const write = (outcome: string, digest = "d", patch: SheetPatch = inserting, book = bookOf()) =>
  writeImport(book, { sheets: [patch] }, { action: importAction, digest, outcome });
const attempt = () => JSON.parse([...properties.values()][0] ?? "null") as unknown;

describe("an import that is cut short", () => {
  test("is remembered until it has come to its end", () => {
    expect(write("新增 1")).toBe("新增 1");
    const missing = applicationSheetLabels.filter((label) => label !== logSheet.label);
    const inserted = [submissionsSheet.label];
    expect(attempt()).toEqual({ digest: "d", outcome: "新增 1", inserted, missing, logRow: 2 });
    finishImport();
    expect(properties.size).toBe(0);
  });

  test("says, when run again, what the first attempt was to do", () => {
    write("新增 5");
    expect(write("新增 2")).toBe("新增 2；此前一次中断在途中，那次应为：新增 5");
    expect(write("新增 1")).toBe("新增 1；此前一次中断在途中，那次应为：新增 5");
    expect(attempt()).toMatchObject({ outcome: "新增 5", logRow: 2 });
    expect(write("新增 5")).toBe("新增 5");
  });

  test("counts no more once it was logged, nor for other inputs", () => {
    write("新增 5");
    expect(write("新增 3", "another")).toBe("新增 3");
    logged.push(importAction);
    expect(write("新增 2", "another")).toBe("新增 2");
    expect(attempt()).toMatchObject({ outcome: "新增 2", logRow: 3 });
  });

  test("of an earlier version, without its row of 日志, is sought in the whole of it", () => {
    properties.set("casebook.importing", JSON.stringify({ digest: "d", outcome: "新增 5", inserted: [] }));
    expect(write("新增 2")).toMatch(/那次应为：新增 5/);
    expect(attempt()).toMatchObject({ logRow: 2 });
    logged = [importAction];
    properties.set("casebook.importing", JSON.stringify({ digest: "d", outcome: "新增 5", inserted: [] }));
    expect(write("新增 2")).toBe("新增 2");
  });

  test("remembers only the tables whose rows had no empty ones between", () => {
    const { sheets } = makeSnapshot({ submissions: [{}, {}] });
    const holey = sheets.map((sheet) =>
      sheet.name === submissionsSheet.label
        ? { ...sheet, rows: [...sheet.rows.slice(0, 1), [], ...sheet.rows.slice(1)] }
        : sheet,
    );
    write("新增 1", "d", inserting, bookOf({ sheets: holey }));
    expect(attempt()).toMatchObject({ inserted: [] });
    finishImport();
    write("新增 0", "d", { name: submissionsSheet.label, insertRows: [] });
    expect(attempt()).toMatchObject({ inserted: [] });
  });

  test("never empties 导入记录 before it is written", () => {
    const sheets = makeSnapshot().sheets.filter(({ name }) => name !== importRecordSheet.label);
    const rows = [importRecordSheet.columns.map(({ label }) => label), ["旧"], ["旧"]];
    const book = bookOf({
      sheets: [...sheets, { name: importRecordSheet.label, hidden: false, rows, notes: new Map() }],
    });
    const edits = [{ row: 2, column: 1, value: "新" }];
    write("新增 1", "d", { name: importRecordSheet.label, clearFrom: 2, edits }, book);
    const [patch] = applied;
    expect(patch).not.toHaveProperty("clearFrom");
    const columns = importRecordSheet.columns.length;
    expect(patch?.edits?.filter(({ value }) => value !== null)).toEqual(edits);
    expect(patch?.edits).toHaveLength(2 * columns);
  });
});

test.for([
  {
    name: "the rows that it left empty between others go",
    inserted: [liaisonsSheet.label],
    left: ["甲", "乙", "丙", "丁"],
  },
  { name: "other sheets stay", inserted: ["案例"], left: ["", "甲", "乙", "", "", "丙", "", "丁"] },
  { name: "without such rows nothing is looked at", inserted: [], left: ["", "甲", "乙", "", "", "丙", "", "丁"] },
])("an import that begins anew: $name", ({ inserted, left }) => {
  const { label: name } = liaisonsSheet;
  const column = liaisonsSheet.columns.findIndex(({ key }) => key === "name") + 1;
  const names = ["", "甲", "乙", "", "", "丙", "", "丁"].map((value, i) => ({ row: i + 2, column, value }));
  const host = newAdapterHost({
    sheets: [{ name, createBefore: null, edits: [...headerEdits(liaisonsSheet), ...names] }],
  });
  expect(host.resume(inserted)).toBe(inserted.length > 0);
  const rows = sheetNamed(host.read(), name).rows.slice(1);
  expect(rows.map((row) => row[column - 1] ?? "")).toEqual(left);
});

test("sheets that are locked are laid again without a word on their protection", () => {
  for (const isLocked of [false, true]) {
    applied = [];
    const book = bookOf();
    // Another script's workbook: nothing is known of its looks.
    const getActiveSpreadsheet = () => ({ getId: () => "another" });
    Object.assign(book.spreadsheet, { getId: () => "its own" });
    Object.assign(globalThis, { SpreadsheetApp: { ProtectionType: { RANGE: "RANGE" }, getActiveSpreadsheet } });
    layAgain(book, isLocked);
    Reflect.deleteProperty(globalThis, "SpreadsheetApp");
    const typed = applied.filter(({ name }) => typedSheetNames(book).includes(name));
    expect(typed.length).toBeGreaterThan(0);
    expect(typed.some(({ layout }) => layout?.protected !== undefined)).toBe(!isLocked);
    expect(typed.every(({ layout }) => layout !== undefined)).toBe(true);
  }
});
