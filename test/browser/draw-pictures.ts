/** Part of `npm run pictures`: takes the pictures 在线-*.png and 网页-*.png of docs/ in Chromium, from the bundled example that `npm start` made. */
import { execFileSync } from "node:child_process";
import { copyFileSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Browser } from "playwright-core";
import { ningxia2025 as notice } from "../../apps-script/core/notice/ningxia-2025.ts";
import { expertsSheet, submissionsSheet } from "../../apps-script/core/schema/application.ts";
import { scoreSheet } from "../../apps-script/core/schema/review.ts";
import { readTable } from "../../apps-script/core/tables/table.ts";
import { inventScores } from "../../node-tools/example/invent-scores.ts";
import { readWorkbook } from "../../node-tools/office-files/workbook.ts";
import { OneFile } from "./one-file.ts";
import { addressOf, launchBrowser, openSheetsPage, type SheetsPage, startSheetsCommand } from "./sheets-page.ts";

const example = join(process.cwd(), "out", "示例");
const materials = join(process.cwd(), "node-tools", "example", "evidence", "材料");
const target = join(process.cwd(), "docs", "pictures");
const work = mkdtempSync(join(tmpdir(), "casebook-pictures-"));

async function take(sheets: SheetsPage, name: string): Promise<void> {
  const file = join(target, `在线-${name}.png`);
  await sheets.page.locator(".toast").first().waitFor({ state: "detached" });
  // Animations come to rest.
  await sheets.page.waitForTimeout(500);
  await sheets.page.screenshot({ path: file, animations: "disabled" });
  execFileSync("convert", [file, "-dither", "None", "-colors", "128", `PNG8:${file}`]);
}

/** Serves a copy of these files of the example. */
async function withSheets(
  browser: Browser,
  files: readonly string[],
  run: (sheets: SheetsPage, folder: string) => Promise<void>,
): Promise<void> {
  const folder = mkdtempSync(join(work, "award-"));
  for (const file of files) copyFileSync(join(example, file), join(folder, file));
  const command = await startSheetsCommand(join(folder, "评案簿.xlsx"));
  const sheets = await openSheetsPage(browser, command.url);
  try {
    await run(sheets, folder);
  } finally {
    await sheets.page.context().close();
    await command.end();
  }
}

async function connect(sheets: SheetsPage): Promise<void> {
  const shared = await sheets.copyFileId("评案簿");
  await sheets.openFile("评案簿.评审");
  await sheets.choose("连接申报工作簿");
  await sheets.answer("连接申报工作簿", { text: shared });
  await sheets.hear("连接申报工作簿", "已连接");
}

async function takeShared(sheets: SheetsPage): Promise<void> {
  await sheets.choose("初始化工作簿");
  await sheets.answer("初始化工作簿", { containing: "已有" });
  await sheets.hear("初始化工作簿", "初始化完成");
  await sheets.choose("检查全部");
  await sheets.rest();
  await sheets.page.getByTestId("sidebar").getByRole("button", { name: "关闭" }).click();
  await sheets.openSheet(submissionsSheet.label);
  // In view without scrolling, beside the columns that stay.
  const columns = ["D", "E", "F", "G", "H"].map((letter) => `.noted[data-cell^='${letter}']:not([data-cell$='1'])`);
  const noted = sheets.page.locator(".tabulator-row[data-row]").locator(columns.join(", ")).first();
  await noted.scrollIntoViewIfNeeded();
  await sheets.rest();
  await noted.hover();
  await sheets.page.getByRole("note").waitFor();
  await take(sheets, "案例");
  await sheets.choose("检查全部");
  await sheets.rest();
  const sidebar = sheets.frame("检查结果");
  await sidebar.locator("summary").first().click();
  await sidebar.locator("summary").nth(1).click();
  await sidebar.locator("button.finding").first().click();
  await sheets.rest();
  await take(sheets, "检查结果");
  await sheets.choose("帮助");
  await sheets.frame("评案簿 · 帮助").getByRole("heading", { name: "怎么填" }).waitFor();
  await take(sheets, "帮助");
  await sheets.choose("锁定填报");
  await sheets.question("锁定填报").waitFor();
  await take(sheets, "提示");
  await sheets.question("锁定填报").getByRole("button", { name: "取消" }).click();
}

/** Types an address for every expert. */
async function giveAddresses(sheets: SheetsPage, folder: string): Promise<void> {
  const { snapshot } = readWorkbook(join(folder, "评案簿.xlsx"));
  const table = readTable(snapshot, expertsSheet, [expertsSheet.label]);
  const last = Math.max(...table.rows.map(({ row }) => row));
  const addresses = Array.from({ length: last - table.headerRow }, (_, i) => [`zj${i + 1}@example.org`]);
  await sheets.openSheet(expertsSheet.label);
  await sheets.paste(addressOf(table.headerRow + 1, table.positions.get("email") ?? 0), addresses);
  await sheets.page.waitForTimeout(2_000);
}

async function takeReview(sheets: SheetsPage, folder: string): Promise<void> {
  await giveAddresses(sheets, folder);
  await connect(sheets);
  await sheets.choose("分派专家");
  const preview = sheets.frame("分派预览");
  await preview.getByRole("button", { name: "确认分派" }).waitFor();
  await take(sheets, "分派预览");
  await preview.getByRole("button", { name: "确认分派" }).click();
  await preview.getByText("分派已写入").waitFor();
  await preview.getByRole("button", { name: "关闭" }).click();
  await sheets.choose("生成评分表");
  await sheets.answer("生成评分表", { containing: "新建在线评分表" });
  await sheets.rest();
  await sheets.frame("进度").locator(".job .badge").filter({ hasText: "已完成" }).waitFor({ timeout: 240_000 });
  await sheets.closeDialog("进度");
  const users = sheets.page.getByTestId("user").locator("option").filter({ hasText: "专家" });
  const emails = await users.evaluateAll((all: { value?: string }[]) => all.map(({ value }) => value ?? ""));
  for (const email of emails.slice(0, 4)) await score(sheets, email, email === emails[0]);
  await sheets.actAs("admin@example.org");
  await sheets.openFile("评案簿.评审");
  await sheets.choose("收集评分");
  await sheets.answer("收集评分", { text: "" });
  await sheets.rest();
  await sheets.frame("进度").getByText("专家评分情况").first().waitFor();
  await take(sheets, "进度");
}

async function score(sheets: SheetsPage, email: string, isTaken: boolean): Promise<void> {
  const { columns } = scoreSheet(notice);
  await sheets.actAs(email);
  const name = await sheets.page.getByTestId("files").innerText();
  if (!name.startsWith("评分表")) return;
  await sheets.openSheet("评分");
  const cells = sheets.page.locator(".tabulator-row [tabulator-field='1']");
  await cells
    .filter({ hasText: /^[A-Z]+-?\d+$/ })
    .first()
    .waitFor();
  const ids = (await cells.allInnerTexts()).map((text) => text.trim());
  const isId = (text: string) => /^[A-Z]+-?\d+$/.test(text);
  const top = ids.findIndex(isId) + 1;
  const wanted = ids.filter(isId);
  const some = isTaken ? wanted.slice(0, Math.ceil(wanted.length / 2)) : wanted;
  const scored = inventScores(notice.defaults.seed, name, some, notice.rubric.items);
  const first = columns.findIndex(({ key }) => key.startsWith("item.")) + 1;
  await sheets.paste(
    addressOf(top, first),
    scored.map((each) => notice.rubric.items.map(({ key }) => each[key] ?? 0)),
  );
  await sheets.page.waitForTimeout(1_500);
  if (isTaken) {
    await sheets.goTo(addressOf(top + some.length, first));
    await take(sheets, "评分表");
  }
}

async function takeRanking(sheets: SheetsPage): Promise<void> {
  await connect(sheets);
  await sheets.choose("汇总排名");
  await sheets
    .frame("排名")
    .getByRole("img", { name: /奖项线/ })
    .first()
    .waitFor();
  await sheets.rest();
  await take(sheets, "排名");
}

/** The desks of the page, each with a file of the example. */
async function takeDesks(browser: Browser): Promise<void> {
  const award = ["评案簿.xlsx", "评案簿.评审.xlsx"];
  const unitForm = join("名单", "填报表-兴庆区教育局.xlsx");
  const desks: readonly (readonly [string, readonly string[], (desk: OneFile) => Promise<unknown>])[] = [
    [
      "管理员",
      award,
      async (desk) => {
        await desk.run("检查", "逐条检查");
      },
    ],
    ...(
      [
        ["各单位", (desk) => desk.page.getByRole("region", { name: "各单位报送情况" }).waitFor()],
        [
          "各专家",
          async (desk) => {
            await desk.page.getByRole("button", { name: /^E001/ }).click();
            await desk.page.getByRole("region", { name: "所评案例" }).waitFor();
          },
        ],
        ["图表", (desk) => desk.page.locator("figure svg").first().waitFor()],
        ["统计", (desk) => desk.page.locator("figure svg").first().waitFor()],
        ["明年的通知", (desk) => desk.page.locator(".notice-form").waitFor()],
      ] as const satisfies readonly (readonly [string, (desk: OneFile) => Promise<unknown>])[]
    ).map(
      ([view, arrive]) =>
        [
          view,
          award,
          async (desk: OneFile) => {
            await desk.page.getByRole("navigation", { name: "查看" }).getByRole("button", { name: view }).click();
            await arrive(desk);
          },
        ] as const,
    ),
    [
      "材料",
      [join("材料核查", "评案簿.xlsx")],
      async (desk) => {
        await desk.goTo("材料核查");
        await desk.page.evaluate("delete window.showDirectoryPicker");
        await desk.choose(desk.button("选择材料文件夹"), [materials]);
        await desk.page.locator(".step .said").waitFor();
      },
    ],
    [
      "匿名材料",
      award,
      async (desk) => {
        await desk.goTo("评分表");
        await desk.page.evaluate("delete window.showDirectoryPicker");
        await desk.choose(desk.button("选择材料文件夹"), [join(example, "提交的材料")]);
        await desk.page.getByText("没有放入的").first().waitFor({ timeout: 120_000 });
      },
    ],
    ["单位", [unitForm], (desk) => desk.page.locator(".case-form").waitFor()],
    ...["本单位", "表格", "推荐建议"].map(
      (page) =>
        [
          `单位-${page}`,
          [unitForm],
          async (desk: OneFile) => {
            await desk.page.getByRole("navigation", { name: "本单位" }).getByRole("button", { name: page }).click();
            await desk.page.locator(".bars, .grid-row, .reading table").first().waitFor();
          },
        ] as const,
    ),
    ["专家", [join("收回的评分表", "评分表-E001.xlsx")], (desk) => desk.page.locator(".score").first().waitFor()],
  ];
  for (const [name, files, arrive] of desks) {
    const desk = await OneFile.open(browser);
    await desk.choose(
      desk.button("选择文件"),
      files.map((file) => join(example, file)),
    );
    await arrive(desk);
    // The steps are ticked once the workbooks have been looked at.
    if (files === award) await desk.page.locator(".overview").filter({ hasNotText: "正在更新" }).waitFor();
    await desk.page.waitForTimeout(500);
    const file = join(target, `网页-${name}.png`);
    await desk.page.screenshot({ path: file, animations: "disabled" });
    execFileSync("convert", [file, "-dither", "None", "-colors", "128", `PNG8:${file}`]);
    await desk.context.close();
  }
}

const browser = await launchBrowser();
try {
  await takeDesks(browser);
  await withSheets(browser, ["评案簿.xlsx"], async (sheets, folder) => {
    await takeShared(sheets);
    await takeReview(sheets, folder);
  });
  await withSheets(browser, ["评案簿.xlsx", "评案簿.评审.xlsx"], takeRanking);
} finally {
  await browser.close();
  rmSync(work, { recursive: true });
}
