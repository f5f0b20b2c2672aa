/** An award of 700 cases by command, in the page and in the local Sheets: one result. */
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, dirname, join } from "node:path";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { ningxia2025 as notice } from "../../apps-script/core/notice/ningxia-2025.ts";
import { logSheet } from "../../apps-script/core/schema/application.ts";
import { scoresSheet } from "../../apps-script/core/schema/review.ts";
import { columnOf } from "../../apps-script/core/schema/sheet-spec.ts";
import { cellText } from "../../apps-script/core/workbook/cell-text.ts";
import type { CellValue } from "../../apps-script/core/workbook/port.ts";
import { fillScoreSheet } from "../../node-tools/example/fill-score-sheet.ts";
import { unzipParts } from "../../node-tools/office-files/zip.ts";
import { generateAward } from "../generator/award.ts";
import { encodeFile } from "../generator/encode.ts";
import { runAwardByCommand } from "../node-tools/award-by-command.ts";
import {
  type LocalAward,
  newLocalAward,
  runReviewRound,
  runUntilShortlist,
  sheetOf,
} from "../node-tools/local-sheets/local-award.ts";
import { readSheet, runCasebook } from "../node-tools/run-casebook.ts";
import { OneFile } from "./one-file.ts";
import { launchBrowser } from "./sheets-page.ts";

const home = mkdtempSync(join(tmpdir(), "casebook-hosts-"));
const inputs = join(home, "上报");
const byPage = join(home, "网页");
const book = join(byPage, "a.xlsx");

const options = {
  bureaus: 9,
  schools: 4,
  submissionsPerBureau: 74,
  submissionsPerSchool: 9,
  seed: 700,
  textLength: 600,
  violations: true,
};

const filesIn = (folder: string) => readdirSync(folder).map((name) => join(folder, name));

async function runByPage(browser: Browser): Promise<void> {
  await runCasebook("init", book);
  const desk = await OneFile.open(browser);
  const { page } = desk;
  page.setDefaultTimeout(300_000);
  await desk.choose(desk.button("选择文件"), [book]);
  await page.locator(".administrator").waitFor();
  await desk.goTo("收表");
  await desk.choose(desk.button("选择文件").first(), filesIn(inputs));
  await desk.run("收表", "收下文件");
  await desk.run("检查", "逐条检查");
  await desk.goTo("推荐");
  await page.getByLabel("推荐日期").fill("2025-10-20");
  await desk.run("推荐", "按初评得分推荐");
  await desk.run("检查", "逐条检查");
  await desk.run("分派", "分派专家");
  await desk.run("评分表", "生成评分表");
  await saveAll(desk);
  const returned = join(byPage, "收回");
  mkdirSync(returned);
  for (const path of filesIn(join(byPage, "评分表")).filter((name) => basename(name).startsWith("评分表-")))
    writeFileSync(join(returned, basename(path)), fillScoreSheet(path));
  await desk.goTo("收回");
  await desk.choose(desk.button("选择文件"), filesIn(returned));
  await desk.run("收回", "收回评分表");
  await desk.run("排名", "汇总排名");
  await saveAll(desk);
  expect(desk.requests).toEqual([]);
  await desk.context.close();
}

async function saveAll(desk: OneFile): Promise<void> {
  const zip = join(home, "全部.zip");
  await (await desk.download(desk.button("保存全部（.zip）"))).saveAs(zip);
  for (const { name, content } of unzipParts(readFileSync(zip))) {
    const path = join(byPage, name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, content);
  }
}

/** A formula's last result is not the award's: a host may have calculated it or not. */
function plain(value: CellValue): CellValue {
  return typeof value === "object" && value !== null && value.kind === "formula" ? `=${value.formula}` : value;
}
type Rows = readonly (readonly CellValue[])[];
const plainRows = (rows: Rows) => rows.map((row) => row.map(plain));

/** 日志 without when it was done, by whom, and the digests of files. */
function logRows(rows: Rows): string[][] {
  const left = new Set(["time", "actor", "inputDigest", "previousDigest"].map((key) => columnOf(logSheet, key).label));
  const [header = []] = rows;
  return rows.map((row) =>
    row
      .filter((_, column) => !left.has(cellText(header[column] ?? null)))
      .map((value) =>
        cellText(value)
          .replace(/\b[0-9a-f]{64}\b/g, "摘要")
          .replace(/结果摘要 \w+/g, "结果摘要"),
      ),
  );
}

describe("700 cases, three hosts", () => {
  let command: { shared: string; review: string };
  let online: LocalAward;

  beforeAll(async () => {
    for (const folder of [inputs, byPage]) mkdirSync(folder);
    for (const file of generateAward(options).files) writeFileSync(join(inputs, file.name), await encodeFile(file));
    command = await runAwardByCommand(mkdtempSync(join(home, "命令-")), inputs, 1);
    const browser = await launchBrowser();
    await runByPage(browser);
    await browser.close();
    online = newLocalAward();
    await runUntilShortlist(online, inputs);
    runReviewRound(online);
  }, 1_200_000);
  afterAll(() => rmSync(home, { recursive: true, force: true }));

  const page = { shared: book, review: join(byPage, "a.评审.xlsx") };

  test.for([
    ...["案例", "正文", "单位", "联络员", "检查", "配额", "进度"].map((name) => ({ name, which: "shared" as const })),
    ...["参评案例", "分派", "评分", "各组情况", "汇总", "结果"].map((name) => ({ name, which: "review" as const })),
  ])("$name is the same, cell for cell", async ({ name, which }) => {
    // When scores came in is told by each host's clock.
    const told = columnOf(scoresSheet(notice), "collectedAt").label;
    const seen = (rows: Rows) =>
      plainRows(rows.map((row) => row.filter((_, c) => cellText(rows[0]?.[c] ?? null) !== told)));
    const wanted = seen((await readSheet(command[which], name)).rows);
    expect(wanted.length).toBeGreaterThan(name === "配额" ? 30 : 5);
    expect(seen((await readSheet(page[which], name)).rows)).toEqual(wanted);
    if (name !== "评分") expect(seen(sheetOf(online, online[which], name).rows)).toEqual(wanted);
  });

  test.for(["shared", "review"] as const)("日志 of the page is that of the command: %s", async (which) => {
    const wanted = logRows((await readSheet(command[which], logSheet.label)).rows);
    expect(logRows((await readSheet(page[which], logSheet.label)).rows)).toEqual(wanted);
  });
});
