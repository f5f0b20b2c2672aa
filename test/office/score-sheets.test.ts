import { execFileSync } from "node:child_process";
import { copyFileSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { cellText } from "../../apps-script/core/workbook/cell-text.ts";
import type { CellEdit, CellValue, SheetSnapshot } from "../../apps-script/core/workbook/port.ts";
import { fillScoreSheet } from "../../node-tools/example/fill-score-sheet.ts";
import { readWorkbook } from "../../node-tools/office-files/workbook.ts";
import { recomputeRanking } from "../node-tools/commands/recompute-ranking.ts";
import { writeSmallAward } from "../node-tools/commands/small-award.ts";
import { readRecords, runJson } from "../node-tools/run-casebook.ts";

const home = mkdtempSync(join(tmpdir(), "casebook-office-"));
const file = join(home, "award.xlsx");
const review = join(home, "award.评审.xlsx");
const sent = join(home, "sent");
const filled = join(home, "filled");
const back = join(home, "back");
let names: string[];

/** Opens and saves files in LibreOffice, as a reviewer without Excel does. */
function saveInLibreOffice(from: string, to: string): void {
  const files = readdirSync(from).map((name) => join(from, name));
  const profile = `-env:UserInstallation=file://${join(home, "profile")}`;
  const args = [profile, "--headless", "--convert-to", "xlsx:Calc MS Excel 2007 XML", "--outdir", to, ...files];
  execFileSync("soffice", args, { stdio: "ignore" });
}

const scoreColumn = (label: string) => (sheet: SheetSnapshot) => {
  for (const [i, row] of sheet.rows.entries()) {
    const c = row.findIndex((value) => cellText(value).startsWith(label));
    if (c >= 0 && row.some((value) => cellText(value) === "评审编号")) return { header: i + 1, column: c + 1 };
  }
  throw new Error(`no column ${label}`);
};

/** Changes cells of 评分 in a file; `at` counts the rows below the header from 0. */
async function change(
  name: string,
  to: string,
  edits: readonly { at: number; label: string; value: string | number | null }[],
) {
  const workbook = readWorkbook(join(back, name));
  const sheet = workbook.snapshot.sheets.find((s) => s.name === "评分")!;
  const cells: CellEdit[] = edits.map(({ at, label, value }) => {
    const { header, column } = scoreColumn(label)(sheet);
    return { row: header + 1 + at, column, value };
  });
  workbook.apply({ sheets: [{ name: "评分", edits: cells }] });
  writeFileSync(join(back, to), workbook.toBuffer());
}

/** Deletes a row of 评分 as an expert would: the rows below move up, formulas leave their last values. */
async function deleteRow(name: string, at: number) {
  const workbook = readWorkbook(join(back, name));
  const sheet = workbook.snapshot.sheets.find((s) => s.name === "评分")!;
  const { header } = scoreColumn("评审编号")(sheet);
  const width = Math.max(...sheet.rows.map((row) => row.length));
  const plain = (value: CellValue): CellValue =>
    value !== null && typeof value === "object" && value.kind === "formula" ? value.result : value;
  const edits: CellEdit[] = [];
  for (let row = header + 1 + at; row <= sheet.rows.length; row++) {
    for (let column = 1; column <= width; column++) {
      edits.push({ row, column, value: plain(sheet.rows[row]?.[column - 1] ?? null) });
    }
  }
  workbook.apply({ sheets: [{ name: "评分", edits }] });
  writeFileSync(join(back, name), workbook.toBuffer());
}

beforeAll(async () => {
  const inputs = join(home, "inputs");
  await writeSmallAward(inputs);
  await runJson("init", file);
  await runJson("import", file, inputs);
  await runJson("check", file);
  await runJson("recommend", file);
  await runJson("assign", file);
  const packets = await runJson("packets", file, "--out", sent);
  mkdirSync(filled);
  mkdirSync(back);
  for (const path of packets.json.files) writeFileSync(join(filled, basename(path)), fillScoreSheet(path));
  saveInLibreOffice(filled, back);
  names = readdirSync(back).sort();
}, 240_000);

afterAll(() => rmSync(home, { recursive: true, force: true }));

describe("score sheets that LibreOffice saved", () => {
  test("come back in every state, and nothing is lost", async () => {
    const [half, eleven, gap, twice, disagree] = names as [string, string, string, string, string];
    await change(half, half, [{ at: 0, label: "效果量化", value: null }]);
    await change(eleven, eleven, [{ at: 0, label: "理念创新", value: 11 }]);
    await deleteRow(gap, 0);
    copyFileSync(join(back, twice), join(back, "评分表 再交一次.xlsx"));
    await change(disagree, "改过的.xlsx", [{ at: 0, label: "理念创新", value: 0.5 }]);

    const { code, json } = await runJson("collect", file, back);
    expect(code).toBe(1);
    expect(json.sheets).toBe(names.length + 2);
    expect(json.rejected).toEqual([expect.objectContaining({ file: eleven, reason: expect.stringContaining("11") })]);
    expect(json.conflicts).toHaveLength(1);
    expect(json.missing.map((m: { submissions: string[] }) => m.submissions.length)).toEqual([1, 1, 1]);

    const before = await readRecords(review, "评分");
    const again = await runJson("collect", file, back);
    expect(again.json.scores).toBe(0);
    expect(await readRecords(review, "评分")).toEqual(before);
  }, 120_000);

  test("an accepted version replaces the first, and the trace remains", async () => {
    const conflict = (await runJson("collect", file, back)).json.conflicts[0];
    const { json } = await runJson("collect", file, join(back, conflict.file), "--accept", join(back, conflict.file));
    expect(json.conflicts).toEqual([]);
    const rows = await readRecords(review, "评分");
    expect(rows.filter((row) => row.来源?.includes(conflict.file))).toHaveLength(1);
  });

  test("the missing ones arrive, and the ranking equals an independent recomputation", async () => {
    const rest = await runJson("collect", file, filled);
    expect(rest.json.missing).toEqual([]);
    const ranked = await runJson("rank", file);
    expect(ranked.json.pending).toEqual([]);
    const expected = recomputeRanking({
      submissions: await readRecords(file, "案例"),
      units: await readRecords(file, "单位"),
      reviewed: await readRecords(review, "参评案例"),
      scores: await readRecords(review, "评分"),
      pairs: await readRecords(review, "分派"),
      reviews: 3,
      range: 20,
      share: 0.3,
    });
    expect(ranked.json.groups).toEqual(expected.groups);
  });
});
