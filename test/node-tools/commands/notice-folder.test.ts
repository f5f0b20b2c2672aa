import { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { beforeEach, describe, expect, test } from "vitest";
import { readNoticeFolder } from "../../../node-tools/award-files/load-notice.ts";
import { newWorkbook, readWorkbook } from "../../../node-tools/office-files/workbook.ts";
import { runCasebook, temporaryFolder } from "../run-casebook.ts";
import { writeAwardOf } from "./award-of-notice.ts";
import { writeSmallAward } from "./small-award.ts";

const source = fileURLToPath(new URL("../../../templates/example-2026", import.meta.url));
const text = readFileSync(join(source, "notice.json"), "utf8");
let home: string;
let folder: string;

beforeEach(() => {
  home = temporaryFolder();
  folder = join(home, "example-2026");
  mkdirSync(folder);
});

describe("init --notice DIR: a folder that cannot be used is reported, and nothing is written", () => {
  test.for<{ name: string; write: () => void; says: string[] }>([
    { name: "no notice.json", write: () => {}, says: ["里没有 notice.json", "templates/example-2026"] },
    {
      name: "several faults",
      write: () => {
        const broken = text.replace('"year": 2026', '"year": "今年"').replace('"max": 12.5', '"max": 12');
        writeFileSync(join(folder, "notice.json"), broken.replace('"otherStage": "其他"', '"otherStage": ""'));
      },
      says: ["有 2 处不对", "年份（year）应为 2000—2100 之间的整数", "其他学段（otherStage）应为写在双引号里的名称"],
    },
    {
      name: "an id that is not the folder's name",
      write: () => writeFileSync(join(folder, "notice.json"), text.replace('"example-2026"', '"example-2027"')),
      says: ["通知编号（id）是 example-2027，文件夹名是 example-2026"],
    },
    {
      name: "another encoding",
      write: () => writeFileSync(join(folder, "notice.json"), Buffer.from(text, "utf16le")),
      says: ["不是 UTF-8 编码"],
    },
    {
      name: "a file that is no notice",
      write: () => writeFileSync(join(folder, "notice.json"), "x".repeat(1_000_001)),
      says: ["不像一份通知"],
    },
  ])("$name", async ({ write, says }) => {
    write();
    const { code, err } = await runCasebook("init", join(home, "a.xlsx"), "--notice", folder);
    expect(code).toBe(3);
    for (const part of says) expect(err).toContain(part);
    expect(readdirSync(home)).toEqual(["example-2026"]);
  });
});

/** A workbook without one of its sheets. */
async function saveWithout(path: string, name: string): Promise<void> {
  const { snapshot } = readWorkbook(path, "input");
  const workbook = newWorkbook();
  for (const sheet of snapshot.sheets.filter((each) => each.name !== name)) {
    const edits = sheet.rows.flatMap((row, r) => row.map((value, c) => ({ row: r + 1, column: c + 1, value })));
    workbook.apply({ sheets: [{ name: sheet.name, createBefore: null, edits }] });
  }
  writeFileSync(path, workbook.toBuffer());
}

test("a workbook that lost its sheet 通知 is refused by every command, and not judged by another notice", async () => {
  const file = join(home, "a.xlsx");
  copyFileSync(join(source, "notice.json"), join(folder, "notice.json"));
  expect((await runCasebook("init", file, "--notice", folder)).code).toBe(0);
  writeAwardOf(readNoticeFolder(folder), join(home, "inputs"));
  await saveWithout(file, "通知");
  const before = readFileSync(file);
  for (const words of [
    ["check", file],
    ["import", file, join(home, "inputs")],
    ["forms", file, "--out", join(home, "out")],
    ["recommend", file],
    ["assign", file],
    ["export", file, "--out", join(home, "out")],
  ]) {
    const { code, err } = await runCasebook(...words);
    expect([words[0], code]).toEqual([words[0], 3]);
    expect(err).toContain("本工作簿按通知 example-2026 办理");
  }
  expect(readFileSync(file).equals(before)).toBe(true);
  expect(existsSync(join(home, "out"))).toBe(false);
});

test("a review workbook of another notice is refused", async () => {
  const file = join(home, "a.xlsx");
  await runCasebook("init", file, "--notice", source);
  const [other, inputs] = [join(home, "b.xlsx"), join(home, "small")];
  await writeSmallAward(inputs);
  for (const words of [
    ["init", other],
    ["import", other, inputs],
    ["recommend", other],
    ["assign", other],
  ])
    await runCasebook(...words);
  copyFileSync(join(home, "b.评审.xlsx"), join(home, "a.评审.xlsx"));
  for (const words of [
    ["assign", file],
    ["rank", file],
    ["replay", file],
    ["packets", file, "--out", home],
  ]) {
    const { code, err } = await runCasebook(...words);
    expect([words[0], code]).toEqual([words[0], 3]);
    expect(err).toMatch(/“a\.评审\.xlsx”按通知 ningxia-2025 办理，申报工作簿按通知 example-2026（[0-9a-f]{8}） 办理/);
  }
});
