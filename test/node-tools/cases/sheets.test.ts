import { mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { defaultNotice as notice } from "../../../apps-script/core/notice/built-in.ts";
import { cellText } from "../../../apps-script/core/workbook/cell-text.ts";
import type { CellEdit } from "../../../apps-script/core/workbook/port.ts";
import { fillScoreSheet } from "../../../node-tools/example/fill-score-sheet.ts";
import { readWorkbook } from "../../../node-tools/office-files/workbook.ts";
import { readRecords, readSheet, runCasebook, runJson } from "../run-casebook.ts";
import { type OpenCase, openCase } from "./open-case.ts";

interface Sent {
  readonly award: OpenCase;
  /** The score sheets that went out, the longest first. */
  readonly sheets: readonly string[];
}

/** Each test has an award of its own. */
async function send(): Promise<Sent> {
  const award = await openCase("review-partial-sort");
  await runCasebook("assign", award.file, "--reviews", "2");
  const { json } = await runJson("packets", award.file, "--out", join(award.folder, "packets"));
  const sizes = new Map<string, number>();
  for (const path of json.files) sizes.set(path, (await readSheet(path, "评分")).rows.length);
  return { award, sheets: [...sizes.keys()].sort((a, b) => sizes.get(b)! - sizes.get(a)!) };
}

const headerRow = 3;

/** A filled score sheet, changed as a person would, in a folder of its own. */
async function giveBack(
  { award }: Sent,
  sheet: string,
  folder: string,
  change: (rows: readonly (readonly unknown[])[], column: (label: string) => number) => CellEdit[] = () => [],
  seed = 1,
  name = "评分表.xlsx",
): Promise<string> {
  const place = join(award.folder, folder);
  const path = join(place, name);
  mkdirSync(place, { recursive: true });
  writeFileSync(path, fillScoreSheet(sheet, notice, seed));
  const { rows } = await readSheet(path, "评分");
  const header = rows[headerRow - 1]!.map(String);
  const edits = change(rows, (label) => header.findIndex((each) => each.startsWith(label)));
  const workbook = readWorkbook(path, "edit");
  workbook.apply({ sheets: [{ name: "评分", edits }] });
  writeFileSync(path, workbook.toBuffer());
  return path;
}

/** Exchanges cells of the first two rows, from one column on. */
const exchangeFrom =
  (first: string, last: string) =>
  (rows: readonly (readonly unknown[])[], column: (label: string) => number): CellEdit[] => {
    const columns = Array.from({ length: column(last) - column(first) + 1 }, (_, i) => column(first) + i);
    const [a, b] = [headerRow + 1, headerRow + 2];
    const at = (row: number, c: number) => (rows[row - 1]![c] ?? null) as CellEdit["value"];
    return columns.flatMap((c) => [
      { row: a, column: c + 1, value: at(b, c) },
      { row: b, column: c + 1, value: at(a, c) },
    ]);
  };

const lastItem = notice.rubric.items.at(-1)!.label;
const taken = async ({ award }: Sent) => readRecords(award.review, "评分");

describe("a sheet in which some columns were sorted and others not", () => {
  test.for([
    { name: "titles and scores, not 评审编号", from: "案例名称", to: lastItem },
    { name: "评审编号 alone", from: "评审编号", to: "评审编号" },
  ])("$name: those rows are rejected, with both named", async ({ from, to }) => {
    const sent = await send();
    const sheet = sent.sheets[0]!;
    const before = (await readSheet(sheet, "评分")).rows.map((row) => row.map(cellText));
    const back = await giveBack(sent, sheet, "back", exchangeFrom(from, to));
    const { code, json } = await runJson("collect", sent.award.file, back);
    expect(code).toBe(1);
    expect(json.rejected.map(({ row }: { row: number }) => row)).toEqual([4, 5]);
    for (const { reason } of json.rejected) {
      for (const row of [before[3]!, before[4]!]) {
        expect(reason).toContain(row[0]);
        expect(reason).toContain(row[3]);
      }
    }
    const ids = (await taken(sent)).map((row) => row.评审编号);
    expect(ids).not.toContain(before[3]![0]);
    expect(ids).not.toContain(before[4]![0]);
    expect(ids.length).toBe(before.length - headerRow - 2);

    const whole = await giveBack(sent, sheet, "whole");
    expect(await runJson("collect", sent.award.file, whole)).toMatchObject({
      code: 0,
      json: { scores: 2, rejected: [] },
    });
  });

  test("whole rows sorted are taken", async () => {
    const sent = await send();
    const back = await giveBack(sent, sent.sheets[0]!, "back", exchangeFrom("评审编号", "回避"));
    expect(await runJson("collect", sent.award.file, back)).toMatchObject({
      code: 0,
      json: { rejected: [], conflicts: [] },
    });
  });

  test("a title corrected in the workbook since, assigned anew: old sheets come back", async () => {
    const sent = await send();
    const cases = await readSheet(sent.award.file, "案例");
    const title = cases.rows[0]!.indexOf("案例名称") + 1;
    const workbook = readWorkbook(sent.award.file, "edit");
    const edits = cases.rows.slice(1).map((_, i) => ({ row: i + 2, column: title, value: `更正后的第${i + 1}个名称` }));
    workbook.apply({ sheets: [{ name: "案例", edits }] });
    writeFileSync(sent.award.file, workbook.toBuffer());
    await runCasebook("assign", sent.award.file, "--reviews", "2");
    const back = await giveBack(sent, sent.sheets[0]!, "back");
    expect(await runJson("collect", sent.award.file, back)).toMatchObject({ code: 0, json: { rejected: [] } });
  });
});

describe("a file is its path", () => {
  test("files of one name are told apart, each advice can be typed as it stands, and accepting one accepts no other", async () => {
    const sent = await send();
    const { file, folder } = sent.award;
    const sheet = sent.sheets[0]!;
    await runCasebook("collect", file, await giveBack(sent, sheet, "先交的", undefined, 1));
    const [one, two] = [
      await giveBack(sent, sheet, "甲", undefined, 2),
      await giveBack(sent, sheet, "乙 组", undefined, 3),
    ];
    const { out } = await runCasebook("collect", file, one, two);
    expect(out).toContain(`--accept ${one}\n`);
    expect(out).toContain(`--accept "${two}"\n`);
    const { json } = await runJson("collect", file, one, two);
    const told = (key: string) => new Set(json.conflicts.map((conflict: Record<string, string>) => conflict[key]));
    expect(told("file")).toEqual(new Set(["甲/评分表.xlsx", "乙 组/评分表.xlsx"]));
    expect(told("path")).toEqual(new Set([one, two]));

    for (const [accepted, other, name] of [
      [one, two, "甲"],
      [two, one, "乙 组"],
    ] as const) {
      const after = await runJson("collect", file, join(folder, "甲"), two, "--accept", accepted);
      expect(after.json.conflicts).toEqual([]);
      expect(after.json.sheets).toBe(2);
      const sources = (await taken(sent)).map((row) => row.来源 ?? "");
      expect(sources.some((source) => source.includes(`${name}/评分表.xlsx（替换`))).toBe(true);
      expect((await runJson("collect", file, accepted)).json.conflicts).toEqual([]);
      expect((await runJson("collect", file, other)).json.conflicts.length).toBeGreaterThan(0);
    }
  });
});

describe("a filled copy beside the empty sheet", () => {
  test.for(["评分 (2)", "Sheet1"])("%s is read, and the archive replays the same", async (name) => {
    const sent = await send();
    const filled = await giveBack(sent, sent.sheets[0]!, "filled");
    const { rows } = await readSheet(filled, "评分");
    const workbook = readWorkbook(sent.sheets[0]!, "edit");
    const edits = rows.flatMap((cells, r) => cells.map((value, c) => ({ row: r + 1, column: c + 1, value })));
    workbook.apply({ sheets: [{ name, createBefore: null, edits }] });
    writeFileSync(join(sent.award.folder, "back.xlsx"), workbook.toBuffer());
    const { code, json } = await runJson("collect", sent.award.file, join(sent.award.folder, "back.xlsx"));
    expect(code).toBe(0);
    expect(json).toMatchObject({ sheets: 1, scores: rows.length - headerRow, rejected: [], conflicts: [] });
    const { json: replayed } = await runJson("replay", sent.award.file);
    expect(replayed.steps.every((step: { same: boolean }) => step.same)).toBe(true);
  });
});

describe("评审材料 that gives away who applies", () => {
  test.for([
    ["percent", (name: string) => encodeURIComponent(name)],
    ["Base64", (name: string) => Buffer.from(name).toString("base64")],
  ] as const)("%s: hidden in the sheets, and the administrator is told", async ([, encode]) => {
    const { award } = await send();
    const [first] = await readRecords(award.file, "案例");
    const [reviewed] = await readRecords(award.review, "参评案例");
    const owner = (await readRecords(award.file, "案例")).find((row) => row.案例编号 === reviewed!.案例编号) ?? first!;
    const header = (await readSheet(award.review, "参评案例")).rows[0]!;
    const workbook = readWorkbook(award.review, "edit");
    const link = `https://example.org/v/${encode(owner.第一作者!)}.mp4`;
    const edits = [{ row: Number(reviewed!.row), column: header.indexOf("评审材料") + 1, value: link }];
    workbook.apply({ sheets: [{ name: "参评案例", edits }] });
    writeFileSync(award.review, workbook.toBuffer());
    const out = join(award.folder, "again");
    const { out: told } = await runCasebook("packets", award.file, "--out", out);
    expect(told).toContain(`1 个案例（${reviewed!.评审编号}）的“评审材料”`);
    const shown: string[] = [];
    for (const name of readdirSync(out)) shown.push(JSON.stringify((await readSheet(join(out, name), "评分")).rows));
    expect(shown.join()).not.toContain(link);
  });
});
