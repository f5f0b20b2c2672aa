import { expect, test } from "vitest";
import { type ImportRecord, readImportRecord, recordPatch } from "../../../apps-script/core/award/import-record.ts";
import { expertsSheet, submissionsSheet } from "../../../apps-script/core/schema/application.ts";
import { applyPatch } from "../../../apps-script/core/workbook/apply-patch.ts";
import { fingerprintOf } from "../../../apps-script/core/workbook/fingerprint.ts";
import type { WorkbookSnapshot } from "../../../apps-script/core/workbook/port.ts";
import { makeSnapshot } from "../award-builder.ts";

const record = (rowKey: string, more: Partial<ImportRecord> = {}): ImportRecord => ({
  sheet: submissionsSheet,
  rowKey,
  occurrence: 1,
  sources: ["甲.csv 第 2 行"],
  fingerprints: new Map(),
  cleaned: [],
  disputes: new Map(),
  ...more,
});
const keep = (before: WorkbookSnapshot, records: readonly ImportRecord[]) => {
  const patch = recordPatch(before, records, []);
  return patch ? applyPatch(before, { sheets: [patch] }) : before;
};
const plain = (records: readonly ImportRecord[]) =>
  records.map(({ sheet, rowKey, occurrence, sources, fingerprints, cleaned, disputes }) => ({
    ...{ sheet: sheet.label, rowKey, occurrence, sources, cleaned },
    ...{ fingerprints: Object.fromEntries(fingerprints), disputes: Object.fromEntries(disputes) },
  }));

const first = record("兴庆区教育局|a1", {
  // A column that was empty, one that was filled, others that no file had.
  fingerprints: new Map([
    ["id", fingerprintOf("A1")],
    ["field", ""],
    ["status", fingerprintOf("有效")],
  ]),
  sources: ["甲.csv 第 2 行", "乙.csv 第 9 行"],
  cleaned: [{ c: "title", w: " 课堂", i: "课堂" }],
  disputes: new Map([
    ["title", { held: "", told: [["甲.csv 第 2 行", "一"]] }],
    ["field", { held: fingerprintOf("b"), told: [] }],
  ]),
});
const records = [first, record("兴庆区教育局|a1", { occurrence: 2 }), record("兴庆区教育局|b1")];
const expert = record("兴庆区教育局|nx1|小学", {
  sheet: expertsSheet,
  fingerprints: new Map([["no", fingerprintOf("1")]]),
});

test("what is remembered is read as it was kept, whatever the order, and kept again it changes nothing", () => {
  const kept = keep(makeSnapshot(), [expert, ...[...records].reverse()]);
  expect(plain(readImportRecord(kept))).toEqual(plain([...records, expert]));
  expect(recordPatch(kept, [...records, expert], [])).toBeUndefined();
  expect(plain(readImportRecord(keep(kept, [expert])))).toEqual(plain([expert]));
});

test("a workbook that lacks the sheet gets it, hidden", () => {
  const without = { sheets: makeSnapshot().sheets.filter(({ name }) => name !== "导入记录") };
  const patch = recordPatch(without, records, []);
  expect(patch).toMatchObject({ name: "导入记录", createBefore: null, layout: { hidden: true } });
  expect(plain(readImportRecord(keep(without, records)))).toEqual(plain(records));
});

test("what somebody typed into the hidden sheet is lost, the rest is not", () => {
  const row = {
    sheet: "案例",
    rowKey: "兴庆区教育局|a1",
    occurrence: 1,
    source: "\n甲.csv 第 2 行",
    fingerprints: "f-_",
  };
  const read = (more: object) => plain(readImportRecord(makeSnapshot({ importRecord: [{ ...row, ...more }] })));
  const expected = {
    sheet: "案例",
    rowKey: "兴庆区教育局|a1",
    occurrence: 1,
    sources: ["甲.csv 第 2 行"],
    cleaned: [],
    disputes: {},
  };
  for (const typed of [{}, { cleaned: "手写" }, { cleaned: "{}" }, { disputes: "手写" }])
    expect(read(typed)).toMatchObject([expected]);
  expect(readImportRecord(makeSnapshot({ importRecord: [{ ...row, sheet: "别的" }] }))).toEqual([]);
});
