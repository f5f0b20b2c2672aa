/** The whole award without a mouse: Tab, Enter, Space and the keys of the letters alone. */
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, dirname, join } from "node:path";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { fillScoreSheet } from "../../node-tools/example/fill-score-sheet.ts";
import { unzipParts } from "../../node-tools/office-files/zip.ts";
import { readSheet } from "../node-tools/run-casebook.ts";
import { OneFile } from "./one-file.ts";
import { launchBrowser } from "./sheets-page.ts";

const home = mkdtempSync(join(tmpdir(), "casebook-keys-"));
let browser: Browser;
let desk: OneFile;

beforeAll(async () => {
  browser = await launchBrowser();
  desk = await OneFile.open(browser);
});
afterAll(async () => {
  await browser?.close();
  rmSync(home, { recursive: true, force: true });
});

/** What has the focus, as it is called. */
const focused = () =>
  desk.page.evaluate(`{
    const element = document.activeElement;
    const labels = element?.labels ? [...element.labels].map((label) => label.innerText) : [];
    (element?.getAttribute?.("aria-label") ?? (labels.join(" ") || element?.innerText || "")).trim();
  }`) as Promise<string>;

const mostTabs = 400;

/** Tabs on until something is reached that is called so. @throws Error where Tab never comes there */
async function reach(isIt: (name: string) => boolean, what: string): Promise<void> {
  for (let n = 0; n < mostTabs; n++) {
    if (isIt(await focused())) return;
    await desk.page.keyboard.press("Tab");
  }
  throw new Error(`Tab never reaches ${what}`);
}

async function press(name: string): Promise<void> {
  const enabled = desk.page.locator("button:not([disabled])");
  await enabled
    .and(desk.page.getByRole("button", { name, exact: true }))
    .first()
    .waitFor();
  await reach((each) => each === name, name);
  await desk.page.keyboard.press("Enter");
}

/** A step of the rail, by the words it begins with once its number is gone. */
async function goTo(step: string): Promise<void> {
  await reach((each) => each.replace(/^[\d✓\s]+/, "").startsWith(step), `the step ${step}`);
  await desk.page.keyboard.press("Enter");
}

async function run(step: string, action: string): Promise<string> {
  await goTo(step);
  const said = desk.page.locator(".step .said");
  const before = await said.elementHandle({ timeout: 1 }).catch(() => undefined);
  await press(action);
  if (before) await before.waitForElementState("hidden");
  await said.waitFor({ timeout: 300_000 });
  return said.innerText();
}

async function saveAll(): Promise<void> {
  const [download] = await Promise.all([desk.page.waitForEvent("download"), press("保存全部（.zip）")]);
  const zip = join(home, "全部.zip");
  await download.saveAs(zip);
  for (const { name, content } of unzipParts(readFileSync(zip))) {
    const path = join(home, name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, content);
  }
}

test("from the bundled example to what is published and filed", async () => {
  await press("用附带的例子试一试");
  expect(await run("建簿", "新建申报工作簿")).toContain("已新建");
  await run("收表", "收下文件");
  expect(await run("检查", "逐条检查")).toContain("检查完成");
  await goTo("推荐");
  await reach((name) => name.startsWith("推荐日期"), "推荐日期");
  await desk.page.keyboard.type("2025-10-20");
  await run("推荐", "按初评得分推荐");
  await run("分派", "分派专家");
  await run("评分表", "生成评分表");
  await saveAll();
  const returned = join(home, "收回");
  mkdirSync(returned);
  for (const name of readdirSync(join(home, "评分表")).filter((each) => each.startsWith("评分表-")))
    writeFileSync(join(returned, basename(name)), fillScoreSheet(join(home, "评分表", name)));
  await goTo("收回");
  const [chooser] = await Promise.all([desk.page.waitForEvent("filechooser"), press("选择文件")]);
  await chooser.setFiles(readdirSync(returned).map((name) => join(returned, name)));
  await desk.page.getByText(/将收下 \d+ 个文件/).waitFor();
  expect(await run("收回", "收回评分表")).toContain("评分表");
  await run("排名", "汇总排名");
  await goTo("公示");
  await reach((name) => name.startsWith("还有未定的也先出草稿"), "the draft's tick");
  await desk.page.keyboard.press("Space");
  await run("公示", "输出名单");
  expect(await run("归档", "复核全过程")).not.toContain("程序出错");
  await saveAll();
  expect((await readSheet(join(home, "评案簿.评审.xlsx"), "结果")).rows.length).toBeGreaterThan(20);
  expect(readdirSync(join(home, "名单")).length).toBeGreaterThan(5);
  expect(desk.complaints).toEqual([]);
}, 600_000);
