/** Anonymous materials in the page: the same copies as by command, what was left out ruled in the page, a zip for each expert. */
import { createHash } from "node:crypto";
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import type { Browser, Download } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { readWorkbook } from "../../node-tools/office-files/workbook.ts";
import { unzipParts } from "../../node-tools/office-files/zip.ts";
import { runDelivered } from "../node-tools/evidence/evidence-award.ts";
import { handIn, type ReviewAward, writeReviewAward } from "../node-tools/materials/review-award.ts";
import { findBarriers } from "./barriers.ts";
import { OneFile } from "./one-file.ts";
import { launchBrowser } from "./sheets-page.ts";

const home = mkdtempSync(join(tmpdir(), "casebook-anonymous-"));
let browser: Browser;
let award: ReviewAward;

beforeAll(async () => {
  browser = await launchBrowser();
  award = await writeReviewAward(home, ["A001", "A002"]);
  for (const name of ["film.mp4", "photo.jpg", "document.docx", "names.zip"])
    handIn(award, `A001/${name}`, `leaky/${name}`);
  for (const name of ["document.docx", "document.pdf", "slides.pptx", "sheet.xlsx", "film.mp4", "photo.png"])
    handIn(award, `A002/${name}`, `clean/${name}`);
}, 120_000);
afterAll(async () => {
  await browser?.close();
  rmSync(home, { recursive: true, force: true });
});

/** Browsers pack other than Node: of a document what it holds counts. */
const digest = (content: Buffer): unknown =>
  content.toString("latin1", 0, 2) === "PK"
    ? unzipParts(content).map(({ name, content }) => [name, digest(content)])
    : createHash("sha256").update(content).digest("hex");

/** What zips hold, by expert and name. */
const contentsOf = (paths: readonly string[]) =>
  Object.fromEntries(
    paths.map((path) => [
      basename(path),
      Object.fromEntries(unzipParts(readFileSync(path)).map(({ name, content }) => [name, digest(content)])),
    ]),
  );

test("made, ruled, packed and downloaded", async () => {
  const byCommand = join(home, "命令");
  mkdirSync(byCommand);
  const books = [award.workbook, award.review].map((path) => {
    cpSync(path, join(byCommand, basename(path)));
    return path;
  });
  const context = await browser.newContext({
    offline: true,
    viewport: { width: 1366, height: 768 },
    acceptDownloads: true,
  });
  // Opens folders by an input alone.
  await context.addInitScript("delete window.showDirectoryPicker");
  const desk = await OneFile.openIn(context);
  const { page } = desk;
  await desk.choose(desk.button("选择文件"), books);
  await desk.goTo("评分表");
  await desk.choose(desk.button("选择材料文件夹"), [award.files]);
  const row = page.getByRole("row").filter({ hasText: "A001/document.docx" });
  await row.waitFor({ timeout: 240_000 });
  expect(await page.locator(".step .said").innerText()).toContain("案例 2 个，文件 9 个，未放入 1 个");
  if (process.env.PICTURES) await page.screenshot({ path: join(process.env.PICTURES, "wide.png") });
  expect(await findBarriers(page)).toEqual([]);
  await page.setViewportSize({ width: 390, height: 844 });
  expect(await findBarriers(page)).toEqual([]);
  if (process.env.PICTURES) await page.screenshot({ path: join(process.env.PICTURES, "narrow.png"), fullPage: true });
  await page.setViewportSize({ width: 1366, height: 768 });

  await row.getByRole("checkbox").check();
  await page.getByRole("button", { name: "放入勾上的 1 个，再做一次" }).click();
  await page.getByText("案例 2 个，文件 10 个，未放入 0 个").waitFor({ timeout: 120_000 });
  // Whoever makes the score sheets first can still pack.
  expect(await desk.run("评分表", "生成评分表")).toContain("份评分表");
  await desk.button("为每位专家打包").click();
  await page.getByText("评审材料压缩包 2 个").waitFor({ timeout: 120_000 });
  const downloads: Download[] = [];
  page.on("download", (download) => downloads.push(download));
  await desk.button("下载压缩包").click();
  await expect.poll(() => downloads.length, { timeout: 30_000 }).toBe(2);
  const saved = join(home, "下载");
  for (const download of downloads) await download.saveAs(join(saved, download.suggestedFilename()));
  if (process.env.PICTURES) await page.screenshot({ path: join(process.env.PICTURES, "packed.png") });

  // The same by command, with the same ruling.
  const out = join(byCommand, "匿名材料");
  const workbook = join(byCommand, basename(award.workbook));
  const first = await runDelivered("materials", workbook, "--files", award.files, "--out", out);
  expect(first.json).toMatchObject({ submissions: 2, files: 9 });
  const path = join(out, "未放入.xlsx");
  const book = readWorkbook(path, "edit");
  book.apply({ sheets: [{ name: "未放入", edits: [{ row: 2, column: 5, value: "保留" }] }] });
  writeFileSync(path, book.toBuffer());
  await runDelivered("materials", workbook, "--files", award.files, "--out", out);
  const packed = await runDelivered("packets", workbook, "--out", join(byCommand, "评分表"), "--materials", out);
  expect(contentsOf(readdirSync(saved).map((name) => join(saved, name)))).toEqual(contentsOf(packed.json.archives));
  expect(desk.complaints).toEqual([]);
  expect(desk.requests).toEqual([]);
});
