import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Browser, Locator } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { submissionsSheet } from "../../apps-script/core/schema/application.ts";
import { labelOf } from "../../apps-script/core/schema/sheet-spec.ts";
import { cellText } from "../../apps-script/core/workbook/cell-text.ts";
import { fillScoreSheet } from "../../node-tools/example/fill-score-sheet.ts";
import { readWorkbook } from "../../node-tools/office-files/workbook.ts";
import { zipParts } from "../../node-tools/office-files/zip.ts";
import { runCasebook } from "../node-tools/run-casebook.ts";
import { OneFile } from "./one-file.ts";
import { launchBrowser } from "./sheets-page.ts";

const inputs = fileURLToPath(new URL("../../node-tools/example/inputs", import.meta.url));
const home = mkdtempSync(join(tmpdir(), "casebook-print-"));
const book = join(home, "评案簿.xlsx");
const [lists, forms, sheets, printed] = ["名单", "填报表", "评分表", "正式"].map((name) => join(home, name)) as [
  string,
  string,
  string,
  string,
];
const idLabel = labelOf(submissionsSheet, "id");

let browser: Browser;

beforeAll(async () => {
  browser = await launchBrowser();
  for (const words of [
    ["init", book],
    ["import", book, inputs],
    ["recommend", book, "--date", "2025-10-20"],
    ["forms", book, "--out", forms],
    ["check", book],
    ["assign", book],
    ["packets", book, "--out", sheets],
  ])
    expect((await runCasebook(...words)).code).toBeLessThan(2);
  const returned = join(home, "收回");
  mkdirSync(returned);
  for (const name of readdirSync(sheets).filter((each) => each.startsWith("评分表-")))
    writeFileSync(join(returned, name), fillScoreSheet(join(sheets, name)));
  for (const words of [
    ["collect", book, returned],
    ["rank", book],
    ["export", book, "--out", lists, "--draft"],
    ["export", book, "--out", printed, "--draft", "--form", "获奖证书", "--form", "附件6"],
  ])
    expect((await runCasebook(...words)).code).toBeLessThan(2);
}, 300_000);
afterAll(async () => {
  await browser?.close();
  rmSync(home, { recursive: true, force: true });
});

async function openWith(files: readonly string[]): Promise<OneFile> {
  const context = await browser.newContext({ offline: true, viewport: { width: 1366, height: 768 } });
  // A browser without a window shows no print: the paper stays until the test has seen it.
  await context.addInitScript("window.print = () => {}");
  const desk = await OneFile.openIn(context);
  await desk.choose(desk.button("选择文件"), files);
  return desk;
}

interface Printed {
  /** Text by page. */
  readonly pages: readonly string[];
  readonly isLandscape: boolean;
}

/** What comes out of the browser's print. */
async function printWith(desk: OneFile, button: Locator): Promise<Printed> {
  const { page } = desk;
  const title = await page.title();
  await button.click();
  await page.locator(".paper").waitFor({ state: "attached" });
  const path = join(home, "印.pdf");
  writeFileSync(path, await page.pdf({ preferCSSPageSize: true }));
  await page.evaluate("dispatchEvent(new Event('afterprint'))");
  expect(await page.locator(".paper").count()).toBe(0);
  expect(await page.title()).toBe(title);
  const text = execFileSync("pdftotext", ["-layout", path, "-"], { encoding: "utf8" });
  const info = execFileSync("pdfinfo", [path], { encoding: "utf8" });
  const [, width, height] = /Page size:\s+([\d.]+) x ([\d.]+)/.exec(info) ?? [];
  const sides = [Number(width), Number(height)].map(Math.round).sort((a, b) => a - b);
  expect(sides).toEqual([595, 842]);
  return { pages: text.split("\f").slice(0, -1), isLandscape: Number(width) > Number(height) };
}

const fileButton = (desk: OneFile, path: string) =>
  desk.page.getByRole("button", { name: `打印 ${basename(path)}`, exact: true });

const find = (folder: string, start: string) =>
  join(folder, readdirSync(folder).find((name) => name.startsWith(start)) ?? `no ${start}`);

/** Numbers of cases in a workbook's first sheet, as they stand. */
function idsIn(path: string): string[] {
  const [sheet] = readWorkbook(path, "input").snapshot.sheets;
  const texts = (sheet?.rows ?? []).flatMap((row) => row.map(cellText));
  return texts.filter((text) => /^N25[A-Z0-9]{8,}$/.test(text));
}

const withoutSpaces = (text: string) => text.replace(/\s/g, "");

describe("paper", () => {
  test("lists: every row once, heads and page numbers on every page", async () => {
    const summary = find(lists, "评分汇总");
    const recommended = find(lists, "推荐案例汇总表-贺兰县");
    const desk = await openWith([book, summary, recommended]);
    for (const path of [summary, recommended]) {
      const { pages, isLandscape } = await printWith(desk, fileButton(desk, path));
      expect(isLandscape).toBe(true);
      const all = withoutSpaces(pages.join(""));
      const ids = idsIn(path);
      expect(ids.length).toBeGreaterThan(5);
      expect(ids.filter((id) => all.split(id).length !== 1 + ids.filter((each) => each === id).length)).toEqual([]);
      for (const [i, page] of pages.entries()) {
        expect(withoutSpaces(page)).toContain(idLabel);
        expect(withoutSpaces(page)).toContain(`—${i + 1}—`);
      }
    }
    const { pages } = await printWith(desk, fileButton(desk, summary));
    expect(pages.length).toBeGreaterThan(3);
    expect(desk.requests).toEqual([]);
    expect(desk.complaints).toEqual([]);
    await desk.context.close();
  });

  test("documents: certificates one a page, 附件6 by stage, the public notice with its heads repeated", async () => {
    const paths = [find(printed, "获奖证书"), find(printed, "专家推荐表-贺兰县"), find(lists, "公示名单")] as const;
    const [certificates, experts, notice] = paths;
    const desk = await openWith([book, ...paths]);
    const awards = await printWith(desk, fileButton(desk, certificates));
    expect(awards.isLandscape).toBe(true);
    expect(awards.pages.length).toBeGreaterThan(5);
    for (const page of awards.pages) {
      expect(withoutSpaces(page).split("获奖证书")).toHaveLength(2);
      expect(withoutSpaces(page)).toContain("特发此证");
    }
    const recommended = await printWith(desk, fileButton(desk, experts));
    expect(recommended.isLandscape).toBe(false);
    for (const [i, page] of recommended.pages.entries()) {
      expect(withoutSpaces(page)).toMatch(/专家推荐表（(小学|初中|高中)）/);
      expect(withoutSpaces(page)).toContain(`—${i + 1}—`);
    }
    const { pages } = await printWith(desk, fileButton(desk, notice));
    expect(pages.length).toBeGreaterThan(1);
    for (const page of pages) expect(withoutSpaces(page)).toContain(idLabel);
    expect(desk.requests).toEqual([]);
    expect(desk.complaints).toEqual([]);
    await desk.context.close();
  });

  test("a document's page ends where somebody has ended it", async () => {
    const run = (content: string) => `<w:r>${content}</w:r>`;
    const paragraphs = [
      run('<w:t>甲</w:t><w:br/><w:t>乙</w:t><w:br w:type="page"/><w:t>丙</w:t>'),
      run('<w:br w:type="page"/>'),
      run("<w:t>丁</w:t>"),
    ];
    const body = `${paragraphs.map((each) => `<w:p>${each}</w:p>`).join("")}<w:sectPr><w:pgSz w:w="11906" w:h="16838"/></w:sectPr>`;
    const xml = `<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>${body}</w:body></w:document>`;
    const path = join(home, "分页.docx");
    writeFileSync(path, zipParts([{ name: "word/document.xml", content: Buffer.from(xml) }], { compress: true }));
    const desk = await openWith([book, path]);
    const { pages } = await printWith(desk, fileButton(desk, path));
    expect(pages.map(withoutSpaces)).toEqual(["甲乙", "丙", "丁"]);
    await desk.context.close();
  });

  test("an expert prints the own score sheet, a unit its papers", async () => {
    const expert = await openWith([find(sheets, "评分表-E001")]);
    const score = await printWith(expert, fileButton(expert, "评分表-E001.xlsx"));
    expect(withoutSpaces(score.pages[0] ?? "")).toContain("E001");
    expect(expert.requests).toEqual([]);
    await expert.context.close();

    const unit = await openWith([find(forms, "填报表-")]);
    await unit.page.getByRole("button", { name: /本单位/ }).click();
    for (const [paper, title] of [
      ["推荐案例汇总表", "推荐汇总表"],
      ["附件6（Word）", "专家推荐表"],
      ["附件6（Excel）", "专家推荐表"],
      ["检查报告", "人工核对"],
    ] as const) {
      const button = unit.page.getByRole("button", { name: `打印 ${paper}`, exact: true });
      const { pages } = await printWith(unit, button);
      expect({ paper, text: withoutSpaces(pages.join("")) }).toEqual({ paper, text: expect.stringContaining(title) });
    }
    expect(unit.requests).toEqual([]);
    expect(unit.complaints).toEqual([]);
    await unit.context.close();
  });
});
