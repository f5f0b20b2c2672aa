import { describe, expect, test } from "vitest";
import { cleanCell, wouldRun } from "../../../apps-script/core/import/clean-cell.ts";
import { ningxia2025 } from "../../../apps-script/core/notice/ningxia-2025.ts";
import {
  expertsSheet,
  submissionsSheet,
  textsSheet,
  unitsSheet,
} from "../../../apps-script/core/schema/application.ts";
import { columnOf, type SheetSpec } from "../../../apps-script/core/schema/sheet-spec.ts";
import { crossMarks, tickMarks } from "../../../apps-script/core/text/tick-marks.ts";
import type { CellValue } from "../../../apps-script/core/workbook/port.ts";

const unitName = (text: string) => (text.includes("兴庆") ? "兴庆区教育局" : undefined);
const clean = (sheet: SheetSpec, key: string, raw: CellValue) =>
  cleanCell(columnOf(sheet, key), raw, { notice: ningxia2025, unitName, choicesRead: new Map() });
const formula = (text: string, result: string | number | null): CellValue => ({
  kind: "formula",
  formula: text,
  result,
});
const date = (iso: string): CellValue => ({ kind: "date", iso });

interface Case {
  readonly key: string;
  readonly raw: CellValue;
  readonly value: CellValue;
  readonly was?: string;
  readonly formula?: true;
}

describe("cells of 案例", () => {
  test.for<Case>([
    { key: "author1.account", raw: "nx20250001", value: "nx20250001" },
    { key: "author1.account", raw: "ｎｘ２０２５０００１", value: "nx20250001", was: "ｎｘ２０２５０００１" },
    { key: "author1.account", raw: "nx2025\u200b0001", value: "nx20250001", was: "nx2025\u200b0001" },
    { key: "author1.account", raw: " nx20250001 ", value: "nx20250001" },
    { key: "author1.account", raw: "6.40104E+17", value: "6.40104E+17" },
    { key: "author1.account", raw: 640104202507150000, value: "640104202507150000" },
    { key: "author1.account", raw: Number("640104202507150123"), value: "6.401042025071501E+17" },
    { key: "author1.account", raw: 64010420250715, value: "64010420250715" },
    { key: "author1.account", raw: '="00123"', value: "00123", was: '="00123"' },
    { key: "author1.account", raw: "'00123", value: "00123", was: "'00123" },
    { key: "phone", raw: 13978302389, value: "13978302389" },
    { key: "phone", raw: "139 7830 2389", value: "13978302389", was: "139 7830 2389" },
    { key: "phone", raw: "+8613978302389", value: "13978302389", was: "+8613978302389" },
    { key: "author1.name", raw: "张　三", value: "张三" },
    { key: "author1.name", raw: "张三丰（主持人）", value: "张三丰", was: "张三丰（主持人）" },
    { key: "author1.name", raw: "周一（西吉县第一小学）", value: "周一", was: "周一（西吉县第一小学）" },
    { key: "author1.name", raw: "1.张三丰", value: "张三丰", was: "1.张三丰" },
    { key: "author2.name", raw: "高级教师张三丰", value: "张三丰", was: "高级教师张三丰" },
    { key: "author2.name", raw: "阿依古丽.买买提", value: "阿依古丽·买买提" },
    { key: "author2.name", raw: "Mary  Ann Smith", value: "Mary Ann Smith" },
    { key: "author2.name", raw: "和绍华", value: "和绍华" },
    { key: "author2.name", raw: "张老师", value: "张老师" },
    { key: "author1.name", raw: "张三丰\n李四光", value: "张三丰\n李四光" },
    { key: "author1.name", raw: "张三丰等3人", value: "张三丰等3人" },
    { key: "author1.name", raw: "无", value: "无" },
    { key: "otherAuthors", raw: "周一/吴二", value: "周一、吴二" },
    { key: "otherAuthors", raw: "1.周一 2.吴二", value: "周一、吴二", was: "1.周一 2.吴二" },
    { key: "otherAuthors", raw: "周一（西吉县第一小学），吴二", value: "周一（西吉县第一小学）、吴二" },
    { key: "otherAuthors", raw: "周一和吴二", value: "周一、吴二", was: "周一和吴二" },
    { key: "otherAuthors", raw: "无", value: "无" },
    { key: "title", raw: "  新样态\u00a0课堂 ", value: "新样态 课堂" },
    { key: "title", raw: "=1+1", value: "=1+1", was: "=1+1", formula: true },
    { key: "title", raw: "\u00a0＝SUM(A1)", value: "＝SUM(A1)", was: "\u00a0＝SUM(A1)", formula: true },
    {
      key: "materials",
      raw: '=HYPERLINK("http://a.invalid/x,y","课堂、实录")',
      value: '=HYPERLINK("http://a.invalid/x,y","课堂、实录")',
      was: '=HYPERLINK("http://a.invalid/x,y","课堂、实录")',
      formula: true,
    },
    { key: "keywords", raw: "分层作业；数字画像，增值评价", value: "分层作业、数字画像、增值评价" },
    { key: "materials", raw: "https://a.invalid/1,2", value: "https://a.invalid/1,2" },
    { key: "field", raw: "数字化赋能教学革新", value: "教学革新" },
    { key: "field", raw: "教学创新", value: "教学创新" },
    { key: "track", raw: "乡村赛道", value: "乡村" },
    { key: "track", raw: "城乡", value: "城乡" },
    { key: "stage", raw: "小学段", value: "小学" },
    { key: "stage", raw: "其它", value: "其他" },
    { key: "stage", raw: "大学", value: "大学" },
    { key: "author1.role", raw: "教育管理人员 ", value: "教育管理人员" },
    { key: "priorAward", raw: "无", value: "否" },
    ...tickMarks.map((raw) => ({ key: "recommended", raw, value: "是" }) as const),
    ...crossMarks.map((raw) => ({ key: "recommended", raw, value: "否" }) as const),
    { key: "recommended", raw: true, value: "是" },
    { key: "recommended", raw: "1", value: "1" },
    { key: "videoSubtitles", raw: "是", value: "有" },
    { key: "videoBrand", raw: "×", value: "无" },
    { key: "nominator", raw: "银川市兴庆区教育局", value: "兴庆区教育局" },
    { key: "nominator", raw: "不存在的教育局", value: "不存在的教育局" },
    { key: "submittedOn", raw: "2025年7月15日", value: date("2025-07-15") },
    { key: "submittedOn", raw: "2025.7.15", value: date("2025-07-15") },
    { key: "submittedOn", raw: 45853, value: date("2025-07-15") },
    { key: "submittedOn", raw: date("2025-07-15T10:20:00"), value: date("2025-07-15") },
    { key: "submittedOn", raw: "七月中旬", value: "七月中旬" },
    { key: "videoDuration", raw: "17分30秒", value: "00:17:30" },
    { key: "videoDuration", raw: { kind: "time", seconds: 63000 }, value: "00:17:30" },
    { key: "videoDuration", raw: "十七分钟", value: "十七分钟" },
    { key: "videoResolution", raw: "1920×1080", value: "1920*1080" },
    { key: "videoResolution", raw: "1080P", value: "1920*1080" },
    { key: "firstScore", raw: "85.50", value: 85.5 },
    { key: "firstScore", raw: "８５分", value: 85 },
    { key: "firstScore", raw: "优", value: "优" },
    { key: "firstScore", raw: formula("AVERAGE(A1:A3)", 88), value: 88 },
    { key: "title", raw: formula('A1&"课"', "数学课"), value: "数学课", was: '=A1&"课"', formula: true },
    { key: "title", raw: formula("A1", null), value: "=A1", was: "=A1", formula: true },
    {
      key: "link",
      raw: { kind: "link", text: "点击查看", target: "https://a.invalid/1" },
      value: "https://a.invalid/1",
    },
    { key: "title", raw: { kind: "error", code: "#N/A" }, value: { kind: "error", code: "#N/A" } },
    { key: "title", raw: "\u200b\u3000", value: null },
    { key: "title", raw: null, value: null },
  ])("$key: $raw", ({ key, raw, value, was, formula: run }) => {
    const cell = clean(submissionsSheet, key, raw);
    expect({ value: cell.value, was: cell.was, formula: cell.formula }).toEqual({ value, was, formula: run });
  });
});

describe("cells of the other sheets", () => {
  test.for([
    { sheet: unitsSheet, key: "kind", raw: "厅直属中小学", value: "厅直属学校" },
    { sheet: unitsSheet, key: "aliases", raw: "兴庆区 兴庆", value: "兴庆区、兴庆" },
    { sheet: unitsSheet, key: "code", raw: 640104, value: "640104" },
    { sheet: expertsSheet, key: "fields", raw: "数字化赋能教研创新,评价改革", value: "教研创新、评价改革" },
    { sheet: expertsSheet, key: "no", raw: "3", value: 3 },
    { sheet: textsSheet, key: "summary", raw: "　　第一段\r\n　　第二段\n", value: "第一段\n　　第二段" },
  ])("$key: $raw", ({ sheet, key, raw, value }) => expect(clean(sheet, key, raw).value).toEqual(value));
});

describe("what a spreadsheet would run", () => {
  test.for([
    { text: "=1+1", runs: true },
    { text: " =1+1", runs: true },
    { text: "\t=1+1", runs: true },
    { text: "\n@SUM(A1)", runs: true },
    { text: "＝1+A1", runs: true },
    { text: "-2+cmd|' /C calc'!A0", runs: true },
    { text: "+A1", runs: true },
    { text: "-5", runs: false },
    { text: "+86 139-7830-2389", runs: false },
    { text: "-12.5%", runs: false },
    { text: "-", runs: false },
    { text: "——", runs: false },
    { text: "a=b", runs: false },
    { text: "", runs: false },
  ])("$text", ({ text, runs }) => expect(wouldRun(text)).toBe(runs));
});
