import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { ningxia2025 as notice } from "../../apps-script/core/notice/ningxia-2025.ts";
import { expertsSheet, submissionsSheet } from "../../apps-script/core/schema/application.ts";
import { rankingFrame, resultsSheet, scoreSheet } from "../../apps-script/core/schema/review.ts";
import { readTable } from "../../apps-script/core/tables/table.ts";
import { cellText } from "../../apps-script/core/workbook/cell-text.ts";
import { inventScores } from "../../node-tools/example/invent-scores.ts";
import { readWorkbook } from "../../node-tools/office-files/workbook.ts";
import { writeSmallAward } from "../node-tools/commands/small-award.ts";
import {
  addressOf,
  launchBrowser,
  openSheetsPage,
  type SheetsCommand,
  type SheetsPage,
  startSheetsCommand,
} from "./sheets-page.ts";

const folder = mkdtempSync(join(tmpdir(), "casebook-"));
const workbook = join(folder, "评案簿.xlsx");
const inputs = join(folder, "来件");

const officer = "xq@example.org";
const units = [
  ["单位代码", "单位名称", "类别", "别名", "上级单位", "邮箱"],
  ["640104", "兴庆区教育局", "教育局", "兴庆区", "自治区", officer],
  ["640502", "沙坡头区教育局", "教育局", "沙坡头区", "自治区", "spt@example.org"],
  ["640221", "平罗县教育局", "教育局", "平罗县", "自治区", "pl@example.org"],
  ["640424", "泾源县教育局", "教育局", "泾源县", "自治区", "jy@example.org"],
];
const stages = ["小学", "初中", "高中"];
const expertNames = [..."赵钱孙李周吴郑王冯陈褚卫"].map((surname) => `${surname}闻道`);
/** One of every bureau and stage. */
const experts = [
  ["推荐单位", "序号", "专家姓名", "职称", "教育云账号", "单位", "联系电话", "学段", "邮箱", "填报日期"],
  ...expertNames.map((name, i) => {
    const [, unit = "", , alias = ""] = units[1 + Math.floor(i / stages.length)] ?? [];
    const no = (i % stages.length) + 1;
    const phone = `138095100${String(i).padStart(2, "0")}`;
    const email = `zj${i + 1}@example.org`;
    return [unit, no, name, "高级教师", `zj${i}`, `${alias}第${no}学校`, phone, stages[no - 1], email, "2025-07-10"];
  }),
].map((row) => row.map(String));

/** As the platform exported them. */
const rightKeywords = "作业、课堂、评价";

const columnOf = (sheet: { columns: readonly { key: string }[] }, key: string) =>
  sheet.columns.findIndex((column) => column.key === key) + 1;
const keywords = (row: number) => addressOf(row, columnOf(submissionsSheet, "keywords"));
const liveCheck = (row: number) => addressOf(row, columnOf(submissionsSheet, "liveCheck"));

let command: SheetsCommand;
let browser: Browser;
let sheets: SheetsPage;

beforeAll(async () => {
  await writeSmallAward(inputs);
  command = await startSheetsCommand(workbook);
  browser = await launchBrowser();
  sheets = await openSheetsPage(browser, command.url);
}, 120_000);

afterAll(async () => {
  await browser?.close();
  rmSync(folder, { recursive: true, force: true });
});

/** A script and the page around it take a moment, longer on a busy machine. */
const soon = <T>(read: () => Promise<T>) => expect.poll(read, { timeout: 30_000 });

async function importPasted(rows: readonly (readonly string[])[]): Promise<void> {
  await sheets.openSheet("粘贴区");
  await sheets.paste("A2", rows);
  await soon(() => sheets.cell("A2").innerText()).toBe(rows[0]?.[0]);
  await sheets.choose("导入（从本表的粘贴区）");
  expect(await sheets.answer("导入", { containing: "将写入本工作簿" })).toContain(`新增 ${rows.length - 1}`);
  await sheets.hear("导入", "已导入");
}

describe("an award by hand, from nothing to the ranking", { timeout: 240_000 }, () => {
  test("初始化工作簿 makes the sheets", async () => {
    await sheets.choose("初始化工作簿");
    expect(await sheets.answer("初始化工作簿", { containing: "将新建" })).toContain("空白的“工作表1”将删去");
    await sheets.hear("初始化工作簿", "初始化完成");
    await soon(() => sheets.page.getByRole("tab").allInnerTexts()).toEqual([
      "说明",
      "参数",
      "单位",
      "案例",
      "正文",
      "专家",
      "联络员",
      "粘贴区",
      "检查",
      "配额",
      "进度",
      "日志",
    ]);
  });

  test("units and experts come from 粘贴区, which is empty again afterwards", async () => {
    await importPasted(units);
    await importPasted(experts);
    await soon(() => sheets.cell("A2").innerText()).toBe("");
    await sheets.openSheet("单位");
    await soon(() => sheets.cell("B2").innerText()).toBe("兴庆区教育局");
  });

  test("the review workbook connects and imports files of 云端硬盘", async () => {
    const exported = readdirSync(inputs).filter((name) => name.startsWith("平台导出"));
    await sheets.upload(exported.map((name) => join(inputs, name)));
    const shared = await sheets.copyFileId("评案簿");
    await sheets.openFile("评案簿.评审");
    await sheets.choose("连接申报工作簿");
    await sheets.answer("连接申报工作簿", { text: shared });
    expect(await sheets.hear("连接申报工作簿", "已连接")).toContain("4 个单位，0 个案例，12 行专家");
    for (const name of exported) {
      const id = await sheets.copyFileId(name);
      await sheets.choose("导入文件（云端硬盘中的表格或 CSV）");
      await sheets.answer("导入文件", { text: id });
      await sheets.answer("导入文件", { containing: "将写入申报工作簿" });
      expect(await sheets.hear("导入文件", "已导入")).toContain("检查全部");
    }
  });

  test("an officer types a sixth keyword and is told at once; corrected, the mark goes", async () => {
    await sheets.actAs(officer);
    await sheets.openFile("评案簿");
    await sheets.openSheet("案例");
    await soon(() => sheets.cell(keywords(2)).innerText()).toBe(rightKeywords);
    await sheets.type(keywords(2), "作业、课堂、评价、练习、素养、技术");
    await sheets.toast("关键词").waitFor();
    await sheets.cell(keywords(2)).hover();
    await soon(() => sheets.page.getByRole("note").innerText()).toContain("关键词");
    await sheets.goTo(liveCheck(2));
    await soon(() => sheets.cell(liveCheck(2)).innerText()).toContain("关键词");
    await sheets.type(keywords(2), rightKeywords);
    await soon(() => sheets.cell(keywords(2)).getAttribute("class")).not.toContain("noted");
    await sheets.goTo(liveCheck(2));
    await soon(() => sheets.cell(liveCheck(2)).innerText()).toBe("✓");
  });

  test("检查全部 lists a mistake in the sidebar, which leads to the cell", async () => {
    await sheets.actAs("admin@example.org");
    await sheets.openSheet("案例");
    await sheets.type(keywords(5), "作业、课堂");
    await sheets.choose("检查全部");
    await sheets.toast("检查完成").waitFor();
    const sidebar = sheets.frame("检查结果");
    await sidebar.getByRole("searchbox").fill("关键词");
    await sidebar.getByRole("main").getByText("关键词").first().waitFor();
    await sheets.openSheet("单位");
    await sidebar
      .getByRole("main")
      .getByRole("button", { name: /关键词/ })
      .last()
      .click();
    await sheets.page.getByRole("tab", { name: "案例", selected: true }).waitFor();
    await soon(() => sheets.page.getByLabel("单元格地址").inputValue()).toBe(keywords(5));
    await sheets.type(keywords(5), rightKeywords);
    await sheets.choose("检查全部");
    await sheets.rest();
    await sidebar.getByRole("searchbox").fill("关键词");
    await sidebar.getByText("没有符合条件的问题").waitFor();
  });

  test("按初评分推荐 says how many before it ticks them", async () => {
    await sheets.choose("按初评分推荐");
    await sheets.answer("按初评分推荐", { containing: "推荐日期", text: "2025-10-20" });
    expect(await sheets.answer("按初评分推荐", { containing: "将把" })).toMatch(/将把 \d+ 个案例/);
    await sheets.hear("按初评分推荐", "新推荐");
  });

  test("锁定填报 keeps an officer out until 解锁填报", async () => {
    await sheets.choose("锁定填报");
    await sheets.answer("锁定填报", { containing: "将锁定" });
    await sheets.hear("锁定填报", "已锁定");
    await sheets.actAs(officer);
    await sheets.openSheet("案例");
    await sheets.type(keywords(2), "改一改、再改改、又改改");
    expect(await sheets.answer("不能这样做")).toContain("受保护");
    expect(await sheets.cell(keywords(2)).innerText()).toBe(rightKeywords);
    await sheets.actAs("admin@example.org");
    await sheets.choose("解锁填报");
    await sheets.answer("解锁填报", { containing: "将解除锁定" });
    await sheets.hear("解锁填报");
  });

  test("移交专家名单 takes the experts out of everybody's sight", async () => {
    await sheets.openFile("评案簿.评审");
    await sheets.choose("移交专家名单");
    await sheets.answer("移交专家名单", { containing: "有 12 行" });
    await sheets.hear("移交专家名单", "已移交 12 行");
    await sheets.openFile("评案簿");
    await sheets.openSheet("专家");
    await soon(() => sheets.cell(addressOf(1, columnOf(expertsSheet, "name"))).innerText()).toBe("专家姓名");
    expect(await sheets.cell(addressOf(2, columnOf(expertsSheet, "name"))).innerText()).toBe("");
  });

  test("分派专家 previews, and writes what was confirmed", async () => {
    await sheets.openFile("评案簿.评审");
    await sheets.choose("分派专家");
    const preview = sheets.frame("分派预览");
    await preview.getByRole("button", { name: "确认分派" }).click();
    await preview.getByText("分派已写入").waitFor();
    await preview.getByRole("button", { name: "关闭" }).click();
    await sheets.openSheet("分派");
    await soon(() => sheets.cell("C2").innerText()).toMatch(/^E\d{3}$/);
  });

  test("生成评分表 makes a file for each expert while 进度 shows how far it is", async () => {
    await sheets.choose("生成评分表");
    await sheets.answer("生成评分表", { containing: "将为 12 名专家新建在线评分表" });
    await sheets.frame("进度").getByText("12 / 12").waitFor();
    await sheets.closeDialog("进度");
    const drive = await sheets.openDrive();
    await soon(() => drive.getByText(/^评分表-E\d{3}$/).count()).toBe(12);
    await sheets.page.keyboard.press("Escape");
  });

  test("each expert finds the sheet and pastes a block of scores", async () => {
    const { columns } = scoreSheet(notice);
    const first = columns.findIndex(({ key }) => key.startsWith("item.")) + 1;
    for (let expert = 1; expert <= 12; expert += 1) {
      await sheets.actAs(`zj${expert}@example.org`);
      await sheets.page.getByTestId("files").filter({ hasText: "评分表-E" }).waitFor();
      await sheets.openSheet("评分");
      const name = await sheets.page.getByTestId("files").innerText();
      const column = sheets.page.locator(".tabulator-row").locator('[tabulator-field="1"]');
      await soon(async () => (await column.allInnerTexts()).filter(isReviewId).length).toBeGreaterThan(0);
      const ids = await column.allInnerTexts();
      const top = ids.findIndex(isReviewId) + 1;
      const scored = inventScores(notice.defaults.seed, name, ids.filter(isReviewId), notice.rubric.items);
      const block = scored.map((scores) => notice.rubric.items.map(({ key }) => scores[key] ?? 0));
      await sheets.paste(addressOf(top, first), block);
      const state = addressOf(top, columns.findIndex(({ key }) => key === "state") + 1);
      await sheets.goTo(state);
      await soon(() => sheets.cell(state).innerText()).toBe("已完成");
    }
  });

  test("收集评分 and 汇总排名 end in a ranking that is shown", async () => {
    await sheets.actAs("admin@example.org");
    await sheets.openFile("评案簿.评审");
    await sheets.choose("收集评分");
    await sheets.answer("收集评分", { text: "" });
    await sheets.frame("进度").getByText("12 / 12").waitFor();
    await sheets.closeDialog("进度");
    await sheets.choose("汇总排名");
    const ranking = sheets.frame("排名");
    await ranking
      .getByRole("img", { name: /奖项线/ })
      .first()
      .waitFor();
    await sheets.closeDialog("排名");
    await sheets.openSheet("汇总");
    await soon(() => sheets.cell("A2").innerText()).toBe("1");
  });

  test("操作日志 names who did it", async () => {
    await sheets.choose("操作日志");
    await sheets.page.getByRole("tab", { name: "日志", selected: true }).waitFor();
    await soon(() => sheets.cell("B2").innerText()).toBe("admin@example.org");
    expect(sheets.errors).toEqual([]);
  });

  test("after Ctrl-C both files on disk hold the award", async () => {
    await sheets.page.close();
    expect(await command.end()).toBe(0);
    const review = readWorkbook(join(folder, "评案簿.评审.xlsx"));
    const ranking = readTable(review.snapshot, rankingFrame, [rankingFrame.label]).rows;
    const ranked = ranking.filter((row) => row.text("rank") !== "");
    expect(ranked.length).toBeGreaterThan(6);
    for (const row of ranked) expect(Number(cellText(row.raw("final")))).toBeGreaterThan(0);
    expect(readTable(review.snapshot, resultsSheet, [resultsSheet.label]).rows.length).toBeGreaterThan(0);
    const shared = readWorkbook(workbook);
    const table = readTable(shared.snapshot, submissionsSheet, [submissionsSheet.label]);
    expect(table.rows.filter((row) => row.text("recommended") === "是").length).toBe(ranking.length);
  });
});

function isReviewId(text: string): boolean {
  return /^[A-Z]+-?\d+$/.test(text.trim());
}
