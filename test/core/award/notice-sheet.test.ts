import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { newApplicationWorkbook } from "../../../apps-script/core/application-book/application-book.ts";
import { identifyNotice, noticeOf, noticePatch } from "../../../apps-script/core/award/notice-sheet.ts";
import { readAward } from "../../../apps-script/core/award/read-award.ts";
import { ningxia2025 } from "../../../apps-script/core/notice/ningxia-2025.ts";
import type { Notice } from "../../../apps-script/core/notice/notice.ts";
import { WorkbookStructureError } from "../../../apps-script/core/tables/table.ts";
import { applyPatch } from "../../../apps-script/core/workbook/apply-patch.ts";
import { emptySnapshot, type WorkbookSnapshot } from "../../../apps-script/core/workbook/port.ts";

const path = fileURLToPath(new URL("../../../templates/example-2026/notice.json", import.meta.url));
const example: Notice = JSON.parse(readFileSync(path, "utf8"));
const workbookOf = (notice: Notice) => applyPatch(emptySnapshot, newApplicationWorkbook(notice));
const without = ({ sheets }: WorkbookSnapshot, name: string) => ({ sheets: sheets.filter((s) => s.name !== name) });

test("a workbook of the built-in notice bears no notice of its own", () => {
  const sheets = newApplicationWorkbook(ningxia2025).sheets;
  expect(sheets.map((sheet) => sheet.name)).not.toContain("通知");
  expect(noticeOf(workbookOf(ningxia2025))).toBe(ningxia2025);
});

test("another notice lies on a hidden sheet behind all others, and comes back the same object each time", () => {
  const sheets = newApplicationWorkbook(example).sheets;
  expect(sheets.at(-1)).toMatchObject({ name: "通知", layout: { hidden: true } });
  const read = noticeOf(workbookOf(example));
  expect(read).toEqual(example);
  expect(noticeOf(workbookOf(example))).toBe(read);
});

test("a long notice is cut into parts that a cell can hold, and found when the rows were sorted", () => {
  const long = { ...example, title: `${"长，".repeat(40_000)}征集` };
  const [patch] = noticePatch(long);
  const texts = patch!.edits!.map((edit) => edit.value).filter((value) => typeof value === "string");
  expect(texts.length).toBeGreaterThan(3);
  expect(Math.max(...texts.map((text) => text.length))).toBeLessThanOrEqual(30_000);
  const { sheets } = applyPatch(emptySnapshot, { sheets: [patch!] });
  const [header, ...rows] = sheets[0]!.rows;
  expect(noticeOf({ sheets: [{ ...sheets[0]!, rows: [header!, ...rows.reverse()] }] })).toEqual(long);
});

test("with its sheet renamed, too", () => {
  const { sheets } = workbookOf(example);
  const renamed = sheets.map((sheet) => (sheet.name === "通知" ? { ...sheet, name: "通知（勿动）" } : sheet));
  expect(() => readAward({ sheets: renamed }, noticeOf({ sheets: renamed }))).toThrow(/“通知”表不见了或改了名/);
});

test("without its sheet the workbook is refused, not judged by another notice", () => {
  const bare = without(workbookOf(example), "通知");
  expect(() => readAward(bare, noticeOf(bare))).toThrow(WorkbookStructureError);
  expect(() => readAward(bare, noticeOf(bare))).toThrow(/按通知 example-2026 办理.*“通知”表不见了或改了名/);
});

test("a notice that was changed in the sheet is refused where it no longer makes sense", () => {
  const { sheets } = workbookOf(example);
  const spoil = (text: string) => text.replace('"max":20', '"max":30');
  const spoilt = sheets.map((sheet) =>
    sheet.name === "通知"
      ? { ...sheet, rows: sheet.rows.map((row) => row.map((v) => (typeof v === "string" ? spoil(v) : v))) }
      : sheet,
  );
  expect(() => noticeOf({ sheets: spoilt })).toThrow(/“通知”表里的通知被改动过.*满分合计应为 100 分/);
});

test("日志 tells notices of one id apart", () => {
  expect(identifyNotice(ningxia2025)).toBe("ningxia-2025");
  const changed = { ...example, contact: { ...example.contact, value: "0951-1111111" } };
  expect(identifyNotice(example)).toMatch(/^example-2026（[0-9a-f]{8}）$/);
  expect(identifyNotice(changed)).not.toBe(identifyNotice(example));
});
