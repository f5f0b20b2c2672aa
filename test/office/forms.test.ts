import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { host } from "#host";
import { officialForms } from "../../apps-script/core/exports/forms/index.ts";
import { ningxia2025 } from "../../apps-script/core/notice/ningxia-2025.ts";
import { makeTerminal } from "../../node-tools/command-line/terminal.ts";
import { fillForms } from "../../node-tools/forms/export-forms.ts";
import { templatesFolder } from "../../node-tools/forms/load-template.ts";
import { chooseForPdf, printBeside } from "../../node-tools/forms/pdf.ts";
import { chainHead, contextOfSize, longTitle } from "../core/exports/forms/award-of-size.ts";

const home = mkdtempSync(join(tmpdir(), "casebook-forms-"));
afterAll(() => rmSync(home, { recursive: true, force: true }));

const sizes = [1, 15, 200] as const;
/** Of the forms that are made once a submission, expert or unit, those that differ. */
const wanted =
  /^(案例模板-A00[12]|专家推荐表-兴庆区教育局|专家推荐表（小学）-兴庆区教育局|推荐案例汇总表-兴庆区教育局|纸质评分表-E001|专家评审意见汇总|公示名单|获奖证书|通报|发布清单)\./;

/** Pages without white space, in the order in which LibreOffice draws the text: a wrapped cell reads as one word. */
const pages = new Map<string, string[]>();
const pagesOf = (name: string, rows: number) => pages.get(`${rows}/${name}.pdf`) ?? [];

beforeAll(async () => {
  const silent = { out: () => {}, err: () => {}, interactive: false };
  const call = { operands: [], options: {}, terminal: makeTerminal(false, silent) };
  const print = await host.findPrinter();
  for (const rows of sizes) {
    const out = join(home, String(rows));
    mkdirSync(out);
    const folders = { templates: templatesFolder(ningxia2025.id), out, draft: false };
    const context = contextOfSize(rows);
    const { writes } = await fillForms(call, officialForms, (form) => form.build(context), folders);
    const pdf = await printBeside(print!, chooseForPdf(writes.filter(({ path }) => wanted.test(basename(path)))));
    expect(pdf.failed).toEqual([]);
    for (const { path, data } of pdf.writes) {
      writeFileSync(path, data);
      const text = execFileSync("pdftotext", ["-raw", path, "-"], { encoding: "utf8", maxBuffer: 64 << 20 });
      const read = text.split("\f").slice(0, -1);
      pages.set(
        `${rows}/${basename(path)}`,
        read.map((page) => page.replace(/\s/g, "")),
      );
    }
  }
}, 280_000);

const id = (letter: string, i: number) => `${letter}${String(i + 1).padStart(3, "0")}`;
const count = (text: string, part: string) => text.split(part).length - 1;

/** Forms with one line for each row, their column headers and what identifies a row. */
const lists = [
  {
    name: "专家推荐表-兴庆区教育局",
    header: "序号专家姓名职称教育云账号单位联系电话",
    row: (i: number) => `zj2025${String(i + 1).padStart(5, "0")}`,
    fewest: 3,
    perPage: 9,
  },
  {
    name: "专家推荐表（小学）-兴庆区教育局",
    header: "序号专家姓名职称教育云账号单位联系电话",
    row: (i: number) => `zj2025${String(i + 1).padStart(5, "0")}`,
    fewest: 1,
    perPage: 9,
  },
  {
    name: "推荐案例汇总表-兴庆区教育局",
    header: "序号案例编号案例名称",
    row: (i: number) => id("A", i),
    fewest: 1,
    perPage: 9,
  },
  {
    name: "专家评审意见汇总",
    header: "序号名次评审编号案例编号",
    row: (i: number) => id("A", i),
    fewest: 1,
    perPage: 5,
  },
  {
    name: "公示名单",
    header: "序号案例编号案例名称作者推荐单位奖项",
    row: (i: number) => id("A", i),
    fewest: 1,
    perPage: 9,
  },
  {
    name: "通报",
    header: "序号案例编号案例名称作者推荐单位取消类别情况说明",
    row: (i: number) => id("C", i),
    fewest: 1,
    perPage: 9,
  },
  { name: "发布清单", header: "序号案例编号案例名称", row: (i: number) => id("A", i), fewest: 1, perPage: 9 },
] as const;

const cases = lists.flatMap((list) => sizes.map((rows) => ({ ...list, rows })));

describe.for(cases)("$name with $rows rows", ({ name, header, row, rows, fewest, perPage }) => {
  test("every row once, in order", () => {
    const text = pagesOf(name, rows).join("");
    const places = Array.from({ length: rows }, (_, i) => text.indexOf(row(i)));
    expect(places.every((at, i) => at > (places[i - 1] ?? -1))).toBe(true);
    for (let i = 0; i < rows; i++) expect(count(text, row(i)), row(i)).toBe(1);
  });

  test("the header on every page that has rows, and no page without", () => {
    for (const page of pagesOf(name, rows)) {
      const hasRow = Array.from({ length: rows }, (_, i) => row(i)).some((part) => page.includes(part));
      if (hasRow) expect(page).toContain(header);
      expect(page.length).toBeGreaterThan(40);
    }
  });

  test("no more pages than it takes", () => {
    const read = pagesOf(name, rows).length;
    expect(read).toBeGreaterThanOrEqual(fewest);
    expect(read).toBeLessThanOrEqual(fewest + Math.ceil(rows / perPage));
  });

  test("pages are numbered through", () => {
    pagesOf(name, rows).forEach((page, i) => {
      expect(page).toContain(`—${i + 1}—`);
    });
  });

  test("nothing is left of a tag, and no value is missing", () => {
    expect(pagesOf(name, rows).join("")).not.toMatch(/[{}]|undefined|null|NaN/);
  });
});

describe.for(sizes)("with %i rows", (rows) => {
  test.for([
    { name: "获奖证书", says: "获奖证书" },
    { name: "纸质评分表-E001", says: "评审专家（签字）" },
  ])("$name: one page each", ({ name, says }) => {
    const read = pagesOf(name, rows);
    expect(read).toHaveLength(rows);
    for (const page of read) expect(count(page, says)).toBe(1);
  });

  test("an award is never broken over two lines", () => {
    for (const name of ["获奖证书", "公示名单"]) {
      const path = join(home, String(rows), `${name}.pdf`);
      const text = execFileSync("pdftotext", ["-layout", path, "-"], { encoding: "utf8", maxBuffer: 64 << 20 });
      const awards = text.match(/(?<!获)[特优一二三][\u4e00-\u9fff]*案例(?=\s*$)/gm) ?? [];
      expect([name, awards.length]).toEqual([name, rows]);
    }
  });

  test("获奖证书: its number above, the place for the seal below", () => {
    for (const page of pagesOf("获奖证书", rows)) {
      expect(page).toMatch(/^获奖证书编号：A\d{3}/);
      expect(page).toMatch(/宁夏回族自治区教育厅（盖章）年月日/);
    }
  });

  test("long names are whole", () => {
    for (const name of ["获奖证书", "公示名单", "推荐案例汇总表-兴庆区教育局", "发布清单", "专家评审意见汇总"]) {
      expect(pagesOf(name, rows).join(""), name).toContain(`${longTitle}（之1）`);
    }
  });
});

test("附件6: a table for each stage, each on a page of its own, with its place for the stamp", () => {
  const read = pagesOf("专家推荐表-兴庆区教育局", 1);
  expect(read.map((page) => /专家推荐表（(..)）推荐单位（盖章）：兴庆区教育局/.exec(page)?.[1])).toEqual([
    "小学",
    "初中",
    "高中",
  ]);
});

test("附件5: the whole text with the headings of the form, and room to write where there is none", () => {
  const full = pagesOf("案例模板-A001", 1).join("").replace(/—\d+—/g, "");
  const headings = [
    "一、案例内容",
    "1.案例概要",
    "2.案例的特色与创新点",
    "3.案例的研究和实践过程",
    "4.案例的应用情况及推广价值",
    "二、支撑材料清单",
  ];
  const places = headings.map((heading) => full.indexOf(heading));
  expect(places.every((at, i) => at > (places[i - 1] ?? -1))).toBe(true);
  expect(count(full, "让每个学生都得到适切的帮助。")).toBe(18 + 18 + 68 + 18);
  expect(full).toContain("1.课堂实录2.学情数据表3.家长问卷");
  const blank = pagesOf("案例模板-A002", 15);
  expect(blank).toHaveLength(2);
  expect(blank[1]).toMatch(/^二、支撑材料清单/);
});

test("公示名单 bears the head of the log's chain", () => {
  expect(pagesOf("公示名单", 200).join("")).toContain(`日志链首：${chainHead}`);
});
