import { cpSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { runCasebook, temporaryFolder } from "../run-casebook.ts";
import { runEvidence } from "./evidence-award.ts";

const example = fileURLToPath(new URL("../../../node-tools/example/evidence/", import.meta.url));

/** What stands in the files of A001 by file; the fixtures' own test names each place. */
const planted: Readonly<Record<string, readonly string[]>> = {
  "案例.docx": ["ANON-NAME", "TEXT-COUNT-MISMATCH", "TEXT-SECTION"],
  "教学设计.docx": ["ANON-ACCOUNT", "ANON-NAME", "ANON-PHONE", "ANON-REGION", "ANON-UNIT"],
  "教学设计.pdf": ["ANON-ACCOUNT", "ANON-NAME", "ANON-PHONE", "ANON-REGION", "ANON-UNIT", "FILE-UNREADABLE"],
  "课件.pptx": ["ANON-NAME", "ANON-UNIT"],
  "课堂照片.jpg": ["ANON-NAME", "ANON-POSITION", "ANON-UNIT"],
  "展示视频.mp4": ["ANON-UNIT", "VIDEO-DURATION", "VIDEO-MISMATCH", "VIDEO-RECENCY", "VIDEO-RESOLUTION"],
};

test("the bundled example: every planted leak and wrong fact is found, nothing on the clean twin", async () => {
  const folder = temporaryFolder();
  const inputs = join(folder, "inputs");
  const workbook = join(folder, "评案簿.xlsx");
  mkdirSync(inputs);
  for (const name of ["单位名册.csv", "平台导出.csv"]) cpSync(join(example, name), join(inputs, name));
  for (const words of [
    ["init", workbook],
    ["import", workbook, inputs],
  ])
    expect((await runCasebook(...words)).code).toBe(0);

  const { code, json } = await runEvidence(workbook, "--files", join(example, "材料"));
  const found: { id: string; file: string; kind: string; place: string }[] = json.findings;
  const kinds = (file: string) =>
    [...new Set(found.filter((f) => f.file === `A001/${file}`).map(({ kind }) => kind))].sort();
  expect(code).toBe(1);
  expect(Object.fromEntries(Object.keys(planted).map((file) => [file, kinds(file)]))).toEqual(planted);
  expect(found.filter(({ kind }) => kind === "VIDEO-MISMATCH").map(({ place }) => place)).toEqual([
    "“视频分辨率”",
    "“视频时长”",
    "“视频录制日期”",
  ]);
  expect(found.filter(({ id }) => id !== "A001")).toEqual([]);
  expect([json.unmatched, json.skipped, json.missing]).toEqual([[], [], []]);
});
