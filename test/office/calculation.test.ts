import { copyFileSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import {
  expertsSheet,
  liaisonsSheet,
  liveCheckSheetLabel,
  progressSheet,
  quotaSheet,
  submissionsSheet,
  textsSheet,
} from "../../apps-script/core/schema/application.ts";
import { columnOf } from "../../apps-script/core/schema/sheet-spec.ts";
import type { CellEdit, CellValue, WorkbookSnapshot } from "../../apps-script/core/workbook/port.ts";
import { Calculation, type Result } from "../../node-tools/calculator/index.ts";
import { plainValue, snapshotSource } from "../../node-tools/calculator/snapshot-source.ts";
import { fillScoreSheet } from "../../node-tools/example/fill-score-sheet.ts";
import { readWorkbook } from "../../node-tools/office-files/workbook.ts";
import { generateAward } from "../generator/award.ts";
import { encodeFile } from "../generator/encode.ts";
import { runJson } from "../node-tools/run-casebook.ts";
import { runInLibreOffice } from "./soffice.ts";

const home = mkdtempSync(join(tmpdir(), "casebook-calculation-"));
const award = join(home, "award.xlsx");
const odd = join(home, "odd.xlsx");
const fresh = join(home, "fresh.xlsx");
const generated = join(home, "generated.xlsx");
/** One of each of what goes out. */
const form = join(home, "form.xlsx");
const packet = join(home, "packet.xlsx");
const sent = join(home, "sent");
const filled = join(home, "filled");
const recalculated = join(home, "recalculated");

/** Every formula of the files is calculated anew, whatever value it bears. */
function recalculate(files: readonly string[]): void {
  mkdirSync(recalculated, { recursive: true });
  const statements = files.map((file) => `anew("${file}", "${join(recalculated, basename(file))}")`);
  runInLibreOffice(
    statements.join("\n"),
    home,
    `Sub anew(path As String, target As String)
      doc = opened(path)
      doc.calculateAll()
      saved(doc, target)
    End Sub`,
  );
}

/** Values that people get wrong, by column; each is typed into a row of the example. */
const oddValues: readonly (readonly [key: string, value: CellValue])[] = [
  ["id", null],
  ["id", "A001"],
  ["id", 6.4e17],
  ["field", "劳动教育"],
  ["track", "郊区"],
  ["stage", null],
  ["nominator", "无名区教育局"],
  ["keywords", "一课，二课"],
  ["keywords", null],
  ["submittedOn", "2025年9月1日"],
  ["submittedOn", "九月"],
  ["submittedOn", { kind: "date", iso: "2025-10-16" }],
  ["videoRecordedOn", { kind: "date", iso: "2024-07-14" }],
  ["videoFile", "展示.avi"],
  ["videoResolution", "1280×719"],
  ["videoResolution", "1080P"],
  ["videoDuration", "17分30秒"],
  ["videoDuration", "00:20:01"],
  ["videoDuration", { kind: "time", seconds: 17 * 3600 + 30 * 60 }],
  ["videoSubtitles", "是"],
  ["author1.account", "6.40104E+17"],
  ["author1.account", "640104202500010000"],
  ["author2.account", null],
  ["wordsTotal", 3501],
  ["wordsProcess", "很多"],
  ["firstScore", "优"],
  ["firstScore", 99.5],
  ["recommended", "是"],
  ["status", "取消资格"],
  ["priorAward", "是"],
  ["phone", "1.39E+10"],
  ["keywords", "人工智能 数字画像\u3000学情诊断"],
  ["keywords", "人 工 智 能"],
  ["keywords", "一课／二课\n三课"],
  ["videoDuration", "17:30:00"],
  ["videoDuration", "17小时30分"],
];

function typeOddValues(snapshot: WorkbookSnapshot): CellEdit[] {
  const header = snapshot.sheets.find((s) => s.name === submissionsSheet.label)?.rows[0] ?? [];
  return oddValues.map(([key, value], i) => ({
    row: 3 + 2 * i,
    column: header.indexOf(columnOf(submissionsSheet, key).label) + 1,
    value,
  }));
}

/** An award of its own with every fault that the generator plants. */
async function makeGenerated(): Promise<void> {
  const inputs = join(home, "generated");
  mkdirSync(inputs);
  const options = { bureaus: 4, schools: 2, submissionsPerBureau: 30, submissionsPerSchool: 8, seed: 5 };
  for (const file of generateAward({ ...options, textLength: 60, violations: true }).files) {
    writeFileSync(join(inputs, file.name), await encodeFile(file));
  }
  await runJson("init", generated);
  await runJson("import", generated, inputs);
  await runJson("recommend", generated);
}

beforeAll(async () => {
  await runJson("init", award);
  await runJson("import", award, join(import.meta.dirname, "../../node-tools/example/inputs"));
  await runJson("check", award);
  await runJson("recommend", award);
  await runJson("assign", award);
  const packets = await runJson("packets", award, "--out", sent);
  mkdirSync(filled);
  for (const path of packets.json.files.slice(0, 5)) {
    writeFileSync(join(filled, basename(path)), fillScoreSheet(path));
  }
  const workbook = readWorkbook(award);
  workbook.apply({ sheets: [{ name: submissionsSheet.label, edits: typeOddValues(workbook.snapshot) }] });
  writeFileSync(odd, workbook.toBuffer());
  await runJson("init", fresh);
  await makeGenerated();
  const { json: forms } = await runJson("forms", award, "--out", join(home, "forms"));
  copyFileSync(forms.files[0], form);
  copyFileSync(packets.json.files[5], packet);
  recalculate([award, odd, fresh, generated, form, packet, ...readdirSync(filled).map((name) => join(filled, name))]);
}, 240_000);

afterAll(() => rmSync(home, { recursive: true, force: true }));

/**
 * Empty and "" look alike, a product of truths is saved by LibreOffice as a truth; it writes exponents of three digits
 * into texts, Sheets of two.
 */
function shown(value: Result): string {
  if (value === null) return "";
  if (typeof value === "string") return value.replace(/(E[+-])0(\d\d)(?= *$)/i, "$1$2").trimEnd();
  return typeof value === "object" ? value.error : Number(value).toPrecision(12);
}

function savedValue(value: CellValue): Result {
  if (value === null || typeof value !== "object") return value;
  if (value.kind === "formula") return plainValue(value.result);
  return value.kind === "link" ? value.text : plainValue(value);
}

/** Every formula cell of a file, cells of array formulas each: how many there are by sheet, and those that differ. */
async function compare(path: string) {
  const { snapshot } = readWorkbook(path);
  const saved = readWorkbook(join(recalculated, basename(path))).snapshot;
  const calculation = new Calculation(snapshotSource(snapshot));
  const counts: Record<string, number> = {};
  const differences: string[] = [];
  for (const { name, rows } of snapshot.sheets) {
    const others = saved.sheets.find((s) => s.name === name)?.rows ?? [];
    const compareCell = (row: number, column: number) => {
      counts[name] = (counts[name] ?? 0) + 1;
      const own = shown(calculation.valueOf(name, row, column));
      const other = shown(savedValue(others[row - 1]?.[column - 1] ?? null));
      if (own !== other) differences.push(`${name} ${rows[0]?.[column - 1]} R${row}: ${own} / ${other}`);
    };
    for (const [r, cells] of rows.entries()) {
      for (const [c, value] of cells.entries()) {
        if (value === null || typeof value !== "object" || value.kind !== "formula") continue;
        const bottom = value.array?.bottom ?? r + 1;
        for (let row = r + 1; row <= bottom; row += 1) compareCell(row, c + 1);
      }
    }
  }
  return { counts, differences };
}

describe("the local calculation and LibreOffice agree on every formula cell", () => {
  test.for([
    { name: "the bundled example", path: award },
    { name: "with odd values typed in", path: odd },
  ])("of $name", async ({ path }) => {
    const { counts, differences } = await compare(path);
    const sheets = [submissionsSheet, textsSheet, expertsSheet, liaisonsSheet, progressSheet, quotaSheet].map(
      ({ label }) => label,
    );
    expect(Object.keys(counts).sort()).toEqual([...sheets, liveCheckSheetLabel].sort());
    expect(counts[liveCheckSheetLabel]).toBeGreaterThan(20_000);
    // The weight of a text with an exponent is that of the text, which LibreOffice writes otherwise.
    const exponents = oddValues.filter(([key, value]) => key === "id" && typeof value === "number").length;
    const weights = differences.filter((difference) => difference.startsWith(`${liveCheckSheetLabel} 编号权 `));
    expect(weights.length).toBeLessThanOrEqual(path === odd ? exponents : 0);
    expect(differences.filter((difference) => !weights.includes(difference))).toEqual([]);
  });

  test("of filled score sheets", async () => {
    const names = readdirSync(filled);
    expect(names).toHaveLength(5);
    for (const name of names) {
      const { counts, differences } = await compare(join(filled, name));
      expect(Object.values(counts).reduce((a, b) => a + b, 0)).toBeGreaterThan(0);
      expect(differences).toEqual([]);
    }
  });
});

/** Formulas that people see, and those whose value in the file LibreOffice changes. */
function changedValues(path: string): { formulas: number; changed: string[] } {
  const saved = readWorkbook(join(recalculated, basename(path))).snapshot;
  const changed: string[] = [];
  let formulas = 0;
  for (const { name, hidden, rows } of readWorkbook(path).snapshot.sheets) {
    const others = saved.sheets.find((sheet) => sheet.name === name)?.rows ?? [];
    for (const [r, cells] of hidden ? [] : rows.entries()) {
      for (const [c, value] of cells.entries()) {
        if (typeof value !== "object" || value?.kind !== "formula") continue;
        formulas += 1;
        const [own, other] = [value.result, savedValue(others[r]?.[c] ?? null)];
        if (own === null || shown(savedValue(own)) !== shown(other)) {
          changed.push(`${name} R${r + 1}C${c + 1}: ${JSON.stringify(own)} / ${JSON.stringify(other)}`);
        }
      }
    }
  }
  return { formulas, changed };
}

test.for([
  { name: "the bundled example", path: award, least: 900 },
  { name: "an award right after init", path: fresh, least: 700 },
  { name: "a generated award", path: generated, least: 900 },
  { name: "a form for a unit", path: form, least: 250 },
  { name: "a score sheet that goes out", path: packet, least: 5 },
])("LibreOffice changes no value that $name bears", ({ path, least }) => {
  const { formulas, changed } = changedValues(path);
  expect(formulas).toBeGreaterThan(least);
  expect(changed).toEqual([]);
});
