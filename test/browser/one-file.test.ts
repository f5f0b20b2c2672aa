import { copyFileSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { readAward } from "../../apps-script/core/award/read-award.ts";
import { ningxia2025 as notice } from "../../apps-script/core/notice/ningxia-2025.ts";
import { logSheet, submissionsSheet } from "../../apps-script/core/schema/application.ts";
import { resultsSheet } from "../../apps-script/core/schema/review.ts";
import { columnOf } from "../../apps-script/core/schema/sheet-spec.ts";
import { cellAddress } from "../../apps-script/core/workbook/addresses.ts";
import { cellText } from "../../apps-script/core/workbook/cell-text.ts";
import { noteKey } from "../../apps-script/core/workbook/port.ts";
import { fillScoreSheet } from "../../node-tools/example/fill-score-sheet.ts";
import { readWorkbook } from "../../node-tools/office-files/workbook.ts";
import { unzipParts } from "../../node-tools/office-files/zip.ts";
import { runCasebook } from "../node-tools/run-casebook.ts";
import { findBarriers } from "./barriers.ts";
import { OneFile } from "./one-file.ts";
import { servePage } from "./served-page.ts";
import { launchBrowser } from "./sheets-page.ts";

const inputs = fileURLToPath(new URL("../../node-tools/example/inputs", import.meta.url));
const home = mkdtempSync(join(tmpdir(), "casebook-one-file-"));
const byCommand = join(home, "命令");
const byPage = join(home, "网页");
/** The award as it stood when the score sheets went out. */
const handedOut = join(home, "分派后");
const book = join(byCommand, "评案簿.xlsx");
const day = "2025-10-20";

let browser: Browser;
let desk: OneFile;

beforeAll(async () => {
  browser = await launchBrowser();
  for (const folder of [byCommand, byPage, handedOut]) mkdirSync(folder);
});
afterAll(async () => {
  await browser?.close();
  rmSync(home, { recursive: true, force: true });
});

/** Saves everything that the page has into a folder. */
async function saveAll(into: string): Promise<void> {
  const zip = join(home, "全部.zip");
  await (await desk.download(desk.button("保存全部（.zip）"))).saveAs(zip);
  for (const { name, content } of unzipParts(readFileSync(zip))) {
    const path = join(into, name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, content);
  }
}

function fillSheets(folder: string): string[] {
  const into = join(folder, "收回的评分表");
  mkdirSync(into);
  const names = readdirSync(join(folder, "评分表")).filter((name) => name.startsWith("评分表-"));
  for (const name of names) writeFileSync(join(into, name), fillScoreSheet(join(folder, "评分表", name)));
  return names.map((name) => join(into, name));
}

/** What people see of a workbook, a line a cell, without when it was done, by whom, and the digests of files. */
function contentOf(path: string): string[] {
  const { sheets } = readWorkbook(path, "input").snapshot;
  const told = new Set(["time", "actor", "inputDigest", "previousDigest"].map((key) => columnOf(logSheet, key).label));
  return sheets.flatMap(({ name, rows }) => {
    const header = (rows[0] ?? []).map(cellText);
    const isLeft = (column: number) => name === logSheet.label && told.has(header[column] ?? "");
    return rows.flatMap((row, r) =>
      row.flatMap((value, c) => {
        const text = cellText(value)
          .replace(/\d{4}-\d\d-\d\d \d\d:\d\d:\d\d/g, "时刻")
          .replace(/结果摘要 \w+/g, "结果摘要")
          .replace(/\b[0-9a-f]{64}\b/g, "摘要");
        return text === "" || isLeft(c) ? [] : [`${name} ${cellAddress(r + 1, c + 1)} ${text}`];
      }),
    );
  });
}

/** What the check found, as in Google; a finding leads to its case, and back to where one was. */
async function seeFindings(): Promise<void> {
  const { page } = desk;
  await page.getByRole("button", { name: "按问题" }).click();
  await page.locator(".findings summary").first().click();
  await page.locator(".findings details details summary").first().click();
  const finding = page.locator("button.finding").first();
  const id = /案例 第 \d+ 行.*\n+(\S+)/.exec(await finding.innerText())?.[1] ?? "";
  await finding.click();
  const drawer = page.getByRole("dialog", { name: `案例 ${id}` });
  await drawer.getByText(id, { exact: true }).first().waitFor();
  await page.keyboard.press("Escape");
  await drawer.waitFor({ state: "detached" });
  expect(await finding.getAttribute("aria-current")).toBe("true");
}

describe("one file, one award", () => {
  test("the whole award by the administrator's desk is what the command makes of the same files", async () => {
    desk = await OneFile.open(browser);
    await desk.button("用附带的例子试一试").click();
    expect(await desk.run("建簿", "新建申报工作簿")).toContain("已新建");
    await desk.run("收表", "收下文件");
    expect(await desk.run("检查", "逐条检查")).toContain("检查完成");
    await seeFindings();
    await desk.goTo("推荐");
    await desk.page.getByLabel("推荐日期").fill(day);
    await desk.run("推荐", "按初评得分推荐");
    expect(await desk.run("分派", "先看结果，不写入")).toContain("试分派");
    await desk.page.getByText("现在还没有写入任何内容").waitFor();
    await desk.button("确认分派").click();
    await desk.page.getByText("分派完成").waitFor();
    await desk.run("评分表", "生成评分表");
    await saveAll(byPage);
    const returned = fillSheets(byPage);
    await desk.goTo("收回");
    await desk.choose(desk.button("选择文件"), returned);
    await desk.page.getByText(`将收下 ${returned.length} 个文件`).waitFor();
    expect(await desk.run("收回", "收回评分表")).toContain(`评分表 ${returned.length} 份`);
    await desk.page.getByLabel("搜索专家编号").fill("e001");
    expect(await desk.page.locator(".experts tbody tr").allInnerTexts()).toEqual([
      expect.stringMatching(/^E001 \S+ \S+/),
    ]);
    await desk.run("排名", "汇总排名");
    await desk.page.getByRole("img", { name: /奖项线/ }).waitFor();
    expect(await desk.page.locator(".near-case").first().innerText()).toMatch(/\S{5,}\n+N25/);
    await desk.goTo("公示");
    await desk.page.getByLabel("还有未定的也先出草稿").first().check();
    await desk.run("公示", "输出名单");
    expect(await desk.run("归档", "复核全过程")).toContain("全部相符");
    await saveAll(byPage);

    for (const words of [
      ["init", book],
      ["import", book, inputs],
      ["check", book],
      ["recommend", book, "--date", day],
      ["assign", book],
      ["packets", book, "--out", join(byCommand, "评分表")],
    ])
      expect((await runCasebook(...words)).code).toBeLessThan(2);
    fillSheets(byCommand);
    for (const name of ["评案簿.xlsx", "评案簿.评审.xlsx"]) copyFileSync(join(byCommand, name), join(handedOut, name));
    for (const words of [
      ["collect", book, join(byCommand, "收回的评分表")],
      ["rank", book],
      ["export", book, "--out", join(byCommand, "名单"), "--draft"],
    ])
      expect((await runCasebook(...words)).code).toBeLessThan(2);

    const workbooks = ["评案簿.xlsx", "评案簿.评审.xlsx"];
    const lists = readdirSync(join(byCommand, "名单")).map((name) => join("名单", name));
    expect(lists.length).toBeGreaterThan(5);
    expect(readdirSync(join(byPage, "名单")).sort()).toEqual(readdirSync(join(byCommand, "名单")).sort());
    for (const name of [...workbooks, ...lists.filter((each) => each.endsWith(".xlsx"))]) {
      const wanted = contentOf(join(byCommand, name));
      const found = contentOf(join(byPage, name));
      const [known, made] = [new Set(wanted), new Set(found)];
      expect({ name, found: found.filter((line) => !known.has(line)).slice(0, 5) }).toEqual({ name, found: [] });
      expect({ name, missing: wanted.filter((line) => !made.has(line)).slice(0, 5) }).toEqual({ name, missing: [] });
    }
  });

  test("of two versions of a score sheet somebody says at a click which holds", async () => {
    const other = join(home, "另一版", "评分表-E001.xlsx");
    mkdirSync(dirname(other));
    writeFileSync(other, fillScoreSheet(join(byPage, "评分表", "评分表-E001.xlsx"), notice, 7));
    const { page } = desk;
    await desk.goTo("收回");
    await desk.choose(desk.button("选择文件"), [other]);
    await page.getByText("新来的改名为：收回的评分表/评分表-E001-2.xlsx").waitFor();
    await desk.run("收回", "收回评分表");
    await page.getByRole("region", { name: "不一致的评分" }).waitFor();
    await desk.button("整份改以这次交来的为准").first().click();
    await page.getByText(/新收或更新评分 [1-9]/).waitFor();
    expect(await page.getByRole("region", { name: "不一致的评分" }).count()).toBe(0);
  });

  test("a ruling shows what it would change before it is written, and changes that when the award is ranked", async () => {
    const { rows } = readWorkbook(join(byPage, "评案簿.评审.xlsx"), "input").snapshot.sheets.find(
      ({ name }) => name === resultsSheet.label,
    )!;
    const header = rows.findIndex((row) => row.some((value) => cellText(value) === columnOf(resultsSheet, "id").label));
    const [idAt, awardAt] = ["id", "award"].map((key) =>
      rows[header]!.findIndex((value) => cellText(value) === columnOf(resultsSheet, key).label),
    );
    const winner = rows.slice(header + 1).find((row) => cellText(row[awardAt!]!) === "优秀案例")!;
    const id = cellText(winner[idAt!]!);
    const { page } = desk;
    await desk.goTo("裁定");
    await page.getByLabel("案例编号").fill(id);
    await page.getByLabel("决定").selectOption("取消资格");
    await page.getByLabel("理由").fill("核实属实");
    await desk.button("先看影响，不写入").click();
    await page.getByText("这样裁定不会生效：取消类别没有填写").waitFor();
    expect(await desk.button("写入“裁定”表").isDisabled()).toBe(true);
    await page.getByLabel(/取消类别/).selectOption("抄袭剽窃");
    await desk.button("先看影响，不写入").click();
    await page.getByText(`${id}“`).first().waitFor();
    expect(await page.locator(".said").innerText()).toMatch(new RegExp(`${id}“.*第 \\d+ 名 优秀案例 → 取消资格`));
    await desk.button("写入“裁定”表").click();
    await desk.button("修改").waitFor();
    await desk.run("排名", "汇总排名");
    await saveAll(join(home, "裁定后"));
    const ranked = contentOf(join(home, "裁定后", "评案簿.评审.xlsx"));
    expect(ranked.filter((line) => line.startsWith("裁定 ") && line.includes("核实属实"))).toHaveLength(1);
    expect(ranked.filter((line) => line.startsWith("结果 ") && line.endsWith(` ${id}`))).toHaveLength(0);
  });

  test("one search finds a case by an author's name and shows what each sheet has of it", async () => {
    const [submission] = readAward(readWorkbook(book, "input").snapshot, notice).submissions.filter(
      ({ recommended }) => recommended,
    );
    const { page } = desk;
    await page.getByRole("searchbox", { name: "查案例" }).fill(submission!.authors[0]!.name);
    await desk.button("查找").click();
    await page.getByRole("button", { name: submission!.id }).first().click();
    const search = page.getByRole("region", { name: "查案例" });
    await search
      .getByText("案例正文")
      .or(search.getByText("正文", { exact: true }))
      .first()
      .waitFor();
    expect(await search.locator("summary").allInnerTexts()).toEqual(
      expect.arrayContaining(["案例", "正文", "分派", "评分"]),
    );
    await desk.button("收起").click();
  });

  test("nothing was asked of any network, and the content policy had nothing to refuse", () => {
    expect(desk.requests).toEqual([]);
    expect(desk.complaints).toEqual([]);
    // The policy lets one work and another pack for it.
    expect(desk.page.workers()).toHaveLength(2);
  });
});

describe("an expert's score sheet", () => {
  test("is filled in by keyboard alone and taken by collect; what is wrong is told at its field", async () => {
    const page = await OneFile.open(browser);
    const sheet = join(byCommand, "评分表", "评分表-E001.xlsx");
    await page.choose(page.button("选择文件"), [sheet]);
    const fields = page.page.locator(".score input");
    await fields.first().waitFor();
    const items = await fields.count();
    await page.page.locator(".score .name").first().click();
    expect(await fields.first().inputValue()).toBe("");
    await fields.first().focus();
    for (let i = 0; i < items; i += 1) {
      await page.page.keyboard.type("6.5");
      await page.page.keyboard.press("Tab");
    }
    await page.page.locator(".sum", { hasText: String(6.5 * items) }).waitFor();
    await fields.first().fill("99");
    await fields.first().press("Tab");
    await page.page.getByText(/99 超出范围/).waitFor();
    await fields.first().fill("7");
    await fields.first().press("ArrowUp");
    await page.page.locator(".sum", { hasText: String(6.5 * items + 1) }).waitFor();
    await page.page.getByLabel("评语").fill("条理清楚");
    await page.page.getByLabel("评语").press("Tab");

    const into = join(home, "网页填的");
    mkdirSync(into);
    await (await page.download(page.button("保存评分表，交回管理员"))).saveAs(join(into, "评分表-E001.xlsx"));
    expect((await runCasebook("collect", join(handedOut, "评案簿.xlsx"), into)).code).toBeLessThan(2);
    const scored = contentOf(join(handedOut, "评案簿.评审.xlsx"));
    const [row] = scored.flatMap((line) => /^评分 [A-Z]+(\d+) 条理清楚$/.exec(line)?.[1] ?? []);
    const typed = scored.filter((line) => new RegExp(`^评分 [A-Z]+${row} (6\\.5|7\\.5)$`).test(line));
    expect(typed).toHaveLength(items);
    expect(page.complaints).toEqual([]);
    await page.context.close();
  });
});

describe("a unit's form", () => {
  test("shows each problem at its field, is judged again after a change, and keeps everything else", async () => {
    const page = await OneFile.open(browser);
    const form = join(byCommand, "名单", "填报表-兴庆区教育局.xlsx");
    await page.choose(page.button("选择文件"), [form]);
    await page.page.getByRole("button", { name: /N25.*/ }).nth(2).click();
    const keywords = page.page.getByLabel("关键词", { exact: true });
    await keywords.fill("只有一个");
    await keywords.press("Tab");
    await page.page.locator(".case-field", { hasText: "关键词" }).locator(".severity.error").first().waitFor();
    await keywords.fill("作业、课堂、评价");
    await keywords.press("Tab");
    const errors = page.page.locator(".case-field", { hasText: "关键词" }).locator(".severity.error");
    await expect.poll(() => errors.count()).toBe(0);
    const saved = join(home, "交回.xlsx");
    await (await page.download(page.button("保存填报表，交给管理员"))).saveAs(saved);
    const [before, after] = [new Set(contentOf(form)), contentOf(saved)];
    const changed = after.filter((line) => !before.has(line) && !line.includes("✓"));
    expect(changed).toEqual([expect.stringMatching(/^案例 \w+ 作业、课堂、评价$/)]);
    expect(page.complaints).toEqual([]);
    await page.context.close();
  });

  test("is made of a platform export where there is none yet, whatever short name the export has for the unit", async () => {
    const page = await OneFile.open(browser);
    await page.page.getByText("还没有填报表").click();
    await page.page.getByLabel("单位全称").fill("兴庆区教育局");
    const files = ["平台导出-兴庆区教育局.csv", "专家推荐表（小学）-兴庆区教育局.xlsx"];
    await page.choose(
      page.page.getByRole("button", { name: /选择平台导出/ }),
      files.map((name) => join(inputs, name)),
    );
    await page.page.getByText("已选").waitFor();
    await page.button("生成填报表").click();
    await page.page.locator(".tally", { hasText: "27 个案例" }).waitFor();
    await page.page.getByText("平台导出-兴庆区教育局.csv → 案例：读到 27 行").waitFor();
    expect(page.complaints).toEqual([]);
    await page.context.close();
  });

  test("what cannot be stored stays in its field, and no case takes the number of another", async () => {
    const page = await OneFile.open(browser);
    await page.choose(page.button("选择文件"), [join(byCommand, "名单", "填报表-兴庆区教育局.xlsx")]);
    const cases = page.page.getByRole("button", { name: /N25.*/ });
    await cases.nth(1).click();
    const taken = await page.page.getByLabel("案例编号", { exact: true }).inputValue();
    await cases.nth(0).click();
    const number = page.page.getByLabel("案例编号", { exact: true });
    await number.fill(taken);
    await number.press("Tab");
    await page.page.getByText(/已经用了编号/).waitFor();
    expect(await number.inputValue()).toBe(taken);
    await page.page.getByRole("button", { name: /新增一个案例/ }).click();
    const summary = page.page.getByLabel(/^案例概要/);
    await summary.fill("还没有编号就先写的正文");
    await summary.press("Tab");
    await page.page.getByText(/请先填“案例编号”/).waitFor();
    expect(await summary.inputValue()).toBe("还没有编号就先写的正文");
    await page.context.close();
  });

  test("small slips are mended at one click, what was there stays in a note", async () => {
    const page = await OneFile.open(browser);
    const form = join(home, "填报表-有小毛病.xlsx");
    const workbook = readWorkbook(join(byCommand, "名单", "填报表-兴庆区教育局.xlsx"));
    const sheet = workbook.snapshot.sheets.find(({ name }) => name === submissionsSheet.label);
    const label = columnOf(submissionsSheet, "phone").label;
    const column = 1 + (sheet?.rows[0] ?? []).findIndex((value) => cellText(value) === label);
    const edits = [{ row: 2, column, value: "１３９ ９５１０ ００１１" }];
    workbook.apply({ sheets: [{ name: submissionsSheet.label, edits }] });
    writeFileSync(form, workbook.toBuffer());
    await page.choose(page.button("选择文件"), [form]);
    await page.page.getByRole("button", { name: /一键更正/ }).click();
    await page.page.getByRole("cell", { name: "13995100011" }).waitFor();
    await page.page.getByRole("button", { name: /全部更正/ }).click();
    await page.page.getByText("没有可以一键更正的单元格").waitFor();
    const saved = join(home, "更正后.xlsx");
    await (await page.download(page.button("保存填报表，交给管理员"))).saveAs(saved);
    const mended = readWorkbook(saved).snapshot.sheets.find(({ name }) => name === submissionsSheet.label);
    expect(mended?.rows[1]?.[column - 1]).toBe("13995100011");
    expect(mended?.notes.get(noteKey(2, column))).toContain("１３９ ９５１０ ００１１");
    await page.context.close();
  });

  test("texts of others stay texts", async () => {
    const page = await OneFile.open(browser);
    const form = join(home, "填报表-恶意.xlsx");
    const workbook = readWorkbook(join(byCommand, "名单", "填报表-兴庆区教育局.xlsx"));
    const sheet = workbook.snapshot.sheets.find(({ name }) => name === submissionsSheet.label);
    const column =
      1 + (sheet?.rows[0] ?? []).findIndex((value) => cellText(value) === columnOf(submissionsSheet, "title").label);
    workbook.apply({
      sheets: [
        {
          name: submissionsSheet.label,
          edits: [{ row: 2, column, value: '<img src="x" onerror="alert(1)"></script><script>' }],
        },
      ],
    });
    writeFileSync(form, workbook.toBuffer());
    await page.choose(page.button("选择文件"), [form]);
    await page.page.getByText("onerror").first().waitFor();
    expect(await page.page.locator("img").count()).toBe(0);
    expect([...page.complaints, ...page.requests]).toEqual([]);
    await page.context.close();
  });
});

describe("work that was not saved", () => {
  test("is there again after the tab was closed, until it is cleared", async () => {
    const first = await OneFile.open(browser);
    await first.button("新办一次征集评审").click();
    await first.run("建簿", "新建申报工作簿");
    await first.page.close();
    const second = await OneFile.openIn(first.context);
    await second.page.getByText(/浏览器里还有 \d+ 个文件/).waitFor();
    await second.button("接着做").click();
    await second.page.getByText("评案簿.xlsx").first().waitFor();
    second.page.once("dialog", (dialog) => void dialog.accept());
    await second.button("清除本机痕迹").click();
    await second.page.locator(".start").waitFor();
    await second.page.close();
    const third = await OneFile.openIn(first.context);
    await third.button("新办一次征集评审").waitFor();
    expect(await third.page.getByText("浏览器里还有").count()).toBe(0);
    await third.context.close();
  });
});

describe("for everybody", () => {
  const views: readonly (readonly [string, (page: OneFile) => Promise<void>])[] = [
    ["the first page", async () => {}],
    [
      "the administrator's desk with an example",
      async (page) => {
        await page.button("用附带的例子试一试").click();
        await page.run("建簿", "新建申报工作簿");
        await page.run("收表", "收下文件");
        await page.run("检查", "逐条检查");
      },
    ],
    [
      "an expert's desk",
      async (page) => {
        await page.choose(page.button("选择文件"), [join(byCommand, "评分表", "评分表-E001.xlsx")]);
        await page.page.locator(".score").first().waitFor();
      },
    ],
    [
      "a unit's desk",
      async (page) => {
        await page.choose(page.button("选择文件"), [join(byCommand, "名单", "填报表-兴庆区教育局.xlsx")]);
        await page.page.locator(".case-form").waitFor();
      },
    ],
    [
      "the help of a unit's desk, which says whom the notice of the form wants called,",
      async (page) => {
        await page.choose(page.button("选择文件"), [join(byCommand, "名单", "填报表-兴庆区教育局.xlsx")]);
        await page.page.locator(".case-form").waitFor();
        await page.button("帮助").click();
        await page.page.keyboard.press("Escape");
        await page.page.getByRole("dialog", { name: "帮助" }).waitFor({ state: "detached" });
        await page.button("帮助").click();
        const help = page.page.getByRole("dialog", { name: "帮助" });
        await help.getByRole("heading", { name: "怎么填" }).waitFor();
        await help.getByText(notice.contact.value, { exact: true }).waitFor();
      },
    ],
  ];

  test.each(views)("%s has no barrier that axe knows of, and fits a telephone", async (_, arrive) => {
    const page = await OneFile.open(browser);
    await arrive(page);
    expect(await findBarriers(page.page)).toEqual([]);
    await page.page.setViewportSize({ width: 390, height: 844 });
    const overflow = "document.documentElement.scrollWidth - document.documentElement.clientWidth";
    expect(await page.page.evaluate(overflow)).toBe(0);
    await page.context.close();
  });
});

describe("a folder on the disk", () => {
  const address = servePage();

  /** A folder that the browser has of its own stands for one that a person chooses. */
  const chosen = "navigator.storage.getDirectory()";
  const readFolder = `(async function list(folder, path) {
    const found = {};
    for await (const [name, entry] of folder.entries())
      if (entry.kind === "directory") Object.assign(found, await list(entry, path + name + "/"));
      else found[path + name] = (await entry.getFile()).size;
    return found;
  })(await ${chosen}, "")`;

  test("is written in place; what another program has saved meanwhile is not written over", async () => {
    const context = await browser.newContext();
    const page = await context.newPage();
    page.setDefaultTimeout(60_000);
    await page.addInitScript(`window.showDirectoryPicker = () => ${chosen}`);
    await page.goto(address());
    const evaluate = <T>(script: string) => page.evaluate<T>(`(async () => ${script})()`);
    await page.getByRole("button", { name: /打开文件夹/ }).click();
    await page.getByRole("button", { name: "新建申报工作簿" }).click();
    await page.getByText("已新建").waitFor();
    expect(Object.keys(await evaluate<object>(readFolder))).toEqual(["评案簿.xlsx"]);

    await page.getByRole("navigation", { name: "步骤" }).getByRole("button", { name: "检查" }).click();
    await page.getByRole("button", { name: "逐条检查" }).click();
    await page.getByText("检查完成").waitFor();
    const files = await evaluate<Record<string, number>>(readFolder);
    expect(Object.keys(files)).toEqual(expect.arrayContaining(["评案簿.xlsx", "评案簿.bak.xlsx"]));
    expect(Object.keys(files).filter((name) => name.includes("casebook"))).toEqual([]);

    const lock = "~$评案簿.xlsx";
    await evaluate(`(await ${chosen}).getFileHandle("${lock}", { create: true })`);
    await page.getByRole("button", { name: "逐条检查" }).click();
    await page
      .getByText(/正被 Excel 或 WPS 打开/)
      .first()
      .waitFor();
    await evaluate(`(await ${chosen}).removeEntry("${lock}")`);
    await page.getByRole("button", { name: "逐条检查" }).click();
    await page.getByText("检查完成").waitFor();

    await evaluate(`{
      const file = await (await ${chosen}).getFileHandle("评案簿.xlsx");
      const stream = await file.createWritable();
      await stream.write("别的程序写的");
      await stream.close();
    }`);
    await page.getByRole("button", { name: "逐条检查" }).click();
    await page
      .getByText(/打开之后被别的程序保存过/)
      .first()
      .waitFor();
    expect((await evaluate<Record<string, number>>(readFolder))["评案簿.xlsx"]).toBe(Buffer.byteLength("别的程序写的"));
    await context.close();
  });
});

describe("files that are dropped", () => {
  const drop = async (page: OneFile, target: string, files: readonly string[]) => {
    const session = await page.context.newCDPSession(page.page);
    const box = (await page.page.locator(target).first().boundingBox())!;
    const at = { x: box.x + box.width / 2, y: box.y + box.height / 2 };
    const data = { items: [], files: [...files], dragOperationsMask: 1 };
    for (const type of ["dragEnter", "dragOver", "drop"] as const)
      await session.send("Input.dispatchDragEvent", { type, ...at, data });
  };

  test("are read from a page that was opened from a disk", async () => {
    const page = await OneFile.open(browser);
    await drop(page, ".drop", [join(byCommand, "评分表", "评分表-E001.xlsx")]);
    await page.page.locator(".score").first().waitFor();
    await page.context.close();
  });

  test("and whole folders, with the places of what is in them", async () => {
    const page = await OneFile.open(browser);
    const archive = readdirSync(byPage).filter((name) => name.endsWith(".档案"));
    expect(archive).toHaveLength(1);
    const given = ["评案簿.xlsx", "评案簿.评审.xlsx", ...archive];
    await drop(
      page,
      ".drop",
      given.map((name) => join(byPage, name)),
    );
    await page.page.locator(".overview .stage").waitFor();
    expect(await page.page.locator(".told").count()).toBe(0);
    // Without the archive nothing could be computed anew.
    expect(await page.run("归档", "复核全过程")).toContain("全部相符");
    await page.context.close();
  });

  test("never take the place of another content that is there", async () => {
    const page = await OneFile.open(browser);
    const sheet = join(byCommand, "评分表", "评分表-E001.xlsx");
    await page.choose(page.button("选择文件"), [sheet]);
    const first = page.page.locator(".score input").first();
    await first.fill("7");
    await first.press("Tab");
    await page.page.locator(".tag.begun").first().waitFor();
    await page.button("换一件事").click();
    await page.choose(page.button("选择文件"), [sheet]);
    await page.page.getByText("新来的改名为：评分表-E001-2.xlsx").waitFor();
    await page.page.getByLabel("评分表", { exact: true }).selectOption("评分表-E001.xlsx");
    await page.page.locator(".tag.begun").first().waitFor();

    // Unless somebody says so; what was there is kept beside.
    await page.button("改用新来的").click();
    await page.page.getByText("已换成新来的：评分表-E001.xlsx").waitFor();
    await page.page.locator(".tag.begun").first().waitFor({ state: "detached" });
    await page.page.locator(".score").first().waitFor();
    const zip = join(home, "换过.zip");
    await (await page.download(page.button("保存全部（.zip）"))).saveAs(zip);
    const saved = new Map(unzipParts(readFileSync(zip)).map(({ name, content }) => [name, Buffer.from(content)]));
    expect([...saved.keys()].sort()).toEqual(["评分表-E001.bak.xlsx", "评分表-E001.xlsx"]);
    expect(saved.get("评分表-E001.xlsx")).toEqual(readFileSync(sheet));
    await page.context.close();
  });
});

describe("a command that runs", () => {
  test("can be cancelled between two steps; nothing has changed then", async () => {
    const page = await OneFile.open(browser);
    await page.choose(
      page.button("选择文件"),
      ["评案簿.xlsx", "评案簿.评审.xlsx"].map((name) => join(byCommand, name)),
    );
    await page.page.locator(".overview .stage").waitFor();
    await page.goTo("评分表");
    await page.button("生成评分表").click();
    await page.button("取消").click();
    await page.page.getByText("已取消，文件没有改动").waitFor();
    const zip = join(home, "取消后.zip");
    await (await page.download(page.button("保存全部（.zip）"))).saveAs(zip);
    const kept = unzipParts(readFileSync(zip));
    expect(kept.map(({ name }) => name)).toEqual(["评案簿.xlsx", "评案簿.评审.xlsx"]);
    for (const { name, content } of kept) expect(content.equals(readFileSync(join(byCommand, name)))).toBe(true);
    await page.context.close();
  });
});
