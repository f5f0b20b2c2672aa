import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { beforeAll, describe, expect, test } from "vitest";
import { ningxia2025 } from "../../../apps-script/core/notice/ningxia-2025.ts";
import { readNoticeFolder } from "../../../node-tools/award-files/load-notice.ts";
import { fillScoreSheet } from "../../../node-tools/example/fill-score-sheet.ts";
import { readWorkbookAsPatch } from "../../../node-tools/office-files/workbook.ts";
import { writeAwardOf } from "../commands/award-of-notice.ts";
import { readSheet, runCasebook } from "../run-casebook.ts";
import {
  administrator,
  connect,
  giveExpertsAddresses,
  type LocalAward,
  newLocalAward,
  runReviewRound,
  runShared,
  sheetOf,
} from "./local-award.ts";

const source = fileURLToPath(new URL("../../../templates/example-2026", import.meta.url));
const notice = readNoticeFolder(source);
const inReview = new Date(2026, 8, 25, 9, 0, 0);

describe("an award under another notice, begun by command and run online", () => {
  let online: LocalAward;
  let folder: string;
  let file: string;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), "casebook-"));
    file = join(folder, "a.xlsx");
    const run = async (...words: string[]) => {
      const { code, err } = await runCasebook(...words);
      if (code > 1) throw new Error(err);
    };
    writeAwardOf(notice, join(folder, "inputs"), { S0100: { 时长: "00:17:30" } });
    await run("init", file, "--notice", source);
    await run("import", file, join(folder, "inputs"));
    await run("check", file);
    await run("recommend", file, "--date", notice.windows.recommendation.value.from);
    await run("check", file);
    // Protection is what an upload loses most easily.
    const { sheets } = readWorkbookAsPatch(file);
    const bare = sheets.map((sheet) => ({ ...sheet, layout: { ...sheet.layout, protected: false } }));
    online = newLocalAward(inReview, { sheets: bare });
    runShared(online, "initializeWorkbook");
    connect(online);
    runShared(online, "checkAll");
    giveExpertsAddresses(online);
    runReviewRound(online, notice);
    await run("assign", file);
    await run("packets", file, "--out", join(folder, "out"));
    mkdirSync(join(folder, "back"));
    for (const name of readdirSync(join(folder, "out")))
      writeFileSync(join(folder, "back", name), fillScoreSheet(join(folder, "out", name), notice));
    await run("collect", file, join(folder, "back"));
    await run("rank", file);
    return () => rmSync(folder, { recursive: true });
  }, 300_000);

  test("the review workbook bears the notice, so that it can be distinguished from one of another award", () => {
    expect(sheetOf(online, online.review, "通知").hidden).toBe(true);
  });

  test.for(["检查", "配额"])("%s is the same as by command", async (name) => {
    const texts = (rows: readonly (readonly unknown[])[]) => rows.map((row) => JSON.stringify(row.slice(0, 4)));
    const given = (await readSheet(file, name)).rows;
    expect(given.length).toBeGreaterThan(1);
    const bare = (rows: readonly (readonly unknown[])[]) =>
      texts(rows).map((row) => row.replace(/"result":[^,}]*/g, '"result":null'));
    expect(bare(sheetOf(online, online.shared, name).rows)).toEqual(bare(given));
  });

  test.for(["参评案例", "分派", "汇总", "结果"])("%s is the same as by command", async (name) => {
    const given = (await readSheet(join(folder, "a.评审.xlsx"), name)).rows;
    expect(given.length).toBeGreaterThan(60);
    expect(sheetOf(online, online.review, name).rows).toEqual(given);
  });

  test("typing is checked by the workbook's notice at once", () => {
    const sheet = sheetOf(online, online.shared, "案例");
    const column = sheet.rows[0]!.indexOf("关键词") + 1;
    online.google.edit(online.shared, administrator, { sheet: "案例", row: 3, column, values: [["一、二、三"]] });
    const { notes } = sheetOf(online, online.shared, "案例");
    expect(notes.get(`3:${column}`)).toContain("4—6");
  });

  test("日志 names the notice", () => {
    for (const id of [online.shared, online.review]) {
      const log = sheetOf(online, id, "日志").rows.slice(1);
      expect(log.length).toBeGreaterThan(1);
      for (const row of log) expect(String(row[3])).toMatch(/通知 example-2026（[0-9a-f]{8}）$/);
    }
  });

  test("officers cannot change the notice", () => {
    const text = sheetOf(online, online.shared, "通知").rows[1]![1];
    const edit = { sheet: "通知", row: 2, column: 2, values: [["{}"]] };
    online.google.share(online.shared, "officer@example.org", "edit");
    expect(() => online.google.edit(online.shared, "officer@example.org", edit)).toThrow(/protected|保护/);
    expect(sheetOf(online, online.shared, "通知").rows[1]![1]).toBe(text);
  });

  test("帮助 gives the telephone number of the notice", () => {
    expect(runShared(online, "loadHelp")).toMatchObject({ ask: { contact: notice.contact.value } });
    expect(notice.contact.value).not.toBe(ningxia2025.contact.value);
  });

  test("a review workbook made by another notice is refused, and stays as it is", async () => {
    const other = newLocalAward(inReview);
    runShared(other, "initializeWorkbook");
    connect(other);
    const before = other.google.snapshotOf(other.review);
    const shared = other.google.addSpreadsheet("2026", administrator, readWorkbookAsPatch(file));
    connect({ ...other, shared });
    expect(other.told.at(-1)).toContain("按通知 ningxia-2025 建立，申报工作簿按通知 example-2026");
    expect(other.google.snapshotOf(other.review)).toEqual(before);
  });
});
