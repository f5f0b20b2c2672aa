/** Earlier winners and the report of figures, in the page of one file. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { runCasebook } from "../node-tools/run-casebook.ts";
import { OneFile } from "./one-file.ts";
import { launchBrowser } from "./sheets-page.ts";

const example = (path: string) => fileURLToPath(new URL(`../../node-tools/example/${path}`, import.meta.url));
const home = mkdtempSync(join(tmpdir(), "casebook-prior-"));
const book = join(home, "评案簿.xlsx");
let browser: Browser;

beforeAll(async () => {
  browser = await launchBrowser();
  await runCasebook("init", book);
  await runCasebook("import", book, example("inputs"));
}, 120_000);
afterAll(async () => {
  await browser?.close();
  rmSync(home, { recursive: true, force: true });
});

test("winners of last year are taken with their year alone, and the check finds the one that applies again", async () => {
  const desk = await OneFile.open(browser);
  const { page } = desk;
  await desk.choose(desk.button("选择文件"), [book]);
  await page.locator(".overview .stage").waitFor();
  await desk.goTo("收表");
  const form = page.locator("form.action", { has: page.getByRole("button", { name: "收下往届名单" }) });
  await desk.choose(form.getByRole("button", { name: "选择文件" }), [example("prior/2024年获奖名单.csv")]);
  await form.getByText("将收下 1 个文件").waitFor();
  // Without a year nothing is taken: the list would be taken for this year's.
  const year = form.getByLabel(/哪一年的/);
  await desk.button("收下往届名单").click();
  expect(await year.evaluate((field) => field.matches(":invalid"))).toBe(true);
  await year.fill("1789");
  await desk.button("收下往届名单").click();
  await page.getByText(/“哪一年的”应为 1990—2024 之间的整数/).waitFor();
  await year.fill("2024");
  expect(await desk.run("收表", "收下往届名单")).toContain("新增 5");
  await desk.run("检查", "逐条检查");
  await page.getByLabel("搜索", { exact: true }).fill("疑似往届已获表彰");
  await page.getByText(/^1 \/ [\d,]+ 项$/).waitFor();
  expect(await desk.run("排名", "输出统计报告")).toContain("已输出 2 个文件");
  expect([...desk.complaints, ...desk.requests]).toEqual([]);
  await desk.context.close();
}, 240_000);
