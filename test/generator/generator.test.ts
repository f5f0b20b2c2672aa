import { readdirSync, readFileSync } from "node:fs";
import ExcelJS from "exceljs";
import { describe, expect, test } from "vitest";
import { ningxia2025 } from "../../apps-script/core/notice/ningxia-2025.ts";
import { generateAward } from "./award.ts";
import { encodeFile, encodeGb18030 } from "./encode.ts";
import { exampleFolder, exampleOptions } from "./example.ts";
import { surnames } from "./people.ts";
import { allBureaus } from "./places.ts";
import { composeSection, countPlainWords, vocabulary } from "./prose.ts";
import { makeRandom } from "./random.ts";

const prose = vocabulary.join("");

async function cellsOf(bytes: Uint8Array): Promise<unknown> {
  const workbook = new ExcelJS.Workbook();
  await workbook.xlsx.load(bytes as unknown as ExcelJS.Buffer);
  return workbook.worksheets.map((sheet) => [sheet.name, sheet.getSheetValues(), sheet.model.merges]);
}

describe("the bundled example is what the generator makes", () => {
  const { files, answers } = generateAward(exampleOptions);
  const bundled = (name: string) => new Uint8Array(readFileSync(new URL(encodeURIComponent(name), exampleFolder)));

  test("the same files", () => {
    expect(readdirSync(exampleFolder).sort()).toEqual(files.map((f) => f.name).sort());
  });

  test.for(files.map((file) => ({ name: file.name, file })))("$name", async ({ file, name }) => {
    const made = await encodeFile(file);
    if (file.format.kind === "csv") expect(Buffer.from(bundled(name)).equals(Buffer.from(made))).toBe(true);
    else expect(await cellsOf(bundled(name))).toEqual(await cellsOf(made));
  });

  test("under 700 KB in all", () => {
    expect(files.reduce((sum, f) => sum + bundled(f.name).length, 0)).toBeLessThan(700_000);
  });

  test("bears every family of violations", () => {
    const families = new Set(answers.expected.map((e) => e.code.split("-")[0]));
    expect([...families].sort()).toEqual("ANON AUTHOR DATA EXPERT LIAISON QUOTA SUB TEXT VIDEO".split(" "));
  });
});

describe("prose", () => {
  test("no surname hides in it", () => {
    expect(surnames.filter((surname) => prose.includes(surname))).toEqual([]);
  });

  test("no place name hides in it, whatever pieces meet", () => {
    const short = allBureaus.flatMap((b) => b.aliases).map((alias) => alias.slice(0, 2));
    const ends = new Set(vocabulary.map((w) => w.slice(-1)));
    const starts = new Set(vocabulary.map((w) => w.slice(0, 1)));
    const hidden = short.filter((p) => prose.includes(p) || (ends.has(p[0] ?? "") && starts.has(p[1] ?? "")));
    expect(hidden).toEqual([]);
  });

  test.for([8, 100, 499, 500, 501, 2000])("%i words to the word", (count) => {
    expect(countPlainWords(composeSection(makeRandom(count), count))).toBe(count);
  });
});

test("GB18030 is what the decoder reads, four-byte characters included", () => {
  const text = "案例ａ\u200b\u00a0×—“①㐀ɑ屿，a\r\n";
  expect(new TextDecoder("gb18030").decode(encodeGb18030(text))).toBe(text);
});

test("the same seed gives the same award, another seed another", () => {
  const make = (seed: number) =>
    JSON.stringify(generateAward({ ...exampleOptions, bureaus: 1, textLength: 200, seed }));
  expect(make(3)).toBe(make(3));
  expect(make(3)).not.toBe(make(4));
});

test("without violations nothing is planted, and no quota is passed", () => {
  const { answers, files } = generateAward({
    ...exampleOptions,
    bureaus: 2,
    submissionsPerBureau: 200,
    textLength: 60,
    violations: false,
  });
  expect(answers.expected).toEqual([]);
  expect(answers.rejected).toEqual([]);
  const { urban, rural } = ningxia2025.quotas.bureau;
  expect(answers.recommended).toBeLessThanOrEqual(
    2 * 4 * (urban.value + rural.value) + 2 * 4 * ningxia2025.quotas.school.value,
  );
  expect(files.length).toBeGreaterThan(8);
});
