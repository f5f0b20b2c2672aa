import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, expect, test } from "vitest";
import type { CommandCall } from "../../../node-tools/command-line/command.ts";
import { makeTerminal } from "../../../node-tools/command-line/terminal.ts";
import { readImportInputs, readInputs, reportUnread } from "../../../node-tools/inputs/inputs.ts";
import { makeDocx, paragraph } from "../documents/make-docx.ts";
import { temporaryFolder } from "../run-casebook.ts";

function callWithOutput(): { call: CommandCall; lines: string[] } {
  const lines: string[] = [];
  const terminal = makeTerminal(false, { out: (text) => lines.push(text), err: () => {}, interactive: false });
  return { call: { operands: [], options: {}, terminal }, lines };
}
const { call } = callWithOutput();

/** A folder with these files below it; a name without content gets a table. */
function folderOf(names: readonly string[]): string {
  const folder = temporaryFolder();
  for (const name of names) {
    const path = join(folder, name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, name.endsWith(".docx") ? makeDocx(paragraph("案例")) : "案例编号,案例名称\nA1,课堂\n");
  }
  return folder;
}

describe("a folder of inputs", () => {
  test.for<{ name: string; files: string[]; taken: string[]; refused?: string[]; passed?: string[] }>([
    {
      name: "tables and documents at any depth",
      files: ["a.csv", "b/c/d.tsv", "b/e.docx"],
      taken: ["a.csv", "b/c/d.tsv", "b/e.docx"],
    },
    {
      name: "what programs leave lying about is no input, and not worth a word",
      files: [
        "a.csv",
        "~$a.xlsx",
        ".~lock.a.csv#",
        ".DS_Store",
        "._a.csv",
        "a.bak.xlsx",
        "a.xlsx.casebook-lock",
        "Thumbs.db",
        "desktop.ini",
        "__MACOSX/a.csv",
        "a.备份/b.csv",
        "a.档案/c.csv",
        "@eaDir/a.csv",
      ],
      taken: ["a.csv"],
    },
    {
      name: "pictures and films are passed over, what may hold a table is refused",
      files: ["a.csv", "照片.jpg", "课例.mp4", "名册.et", "名册.pdf", "名册.zip", "说明.unknown"],
      taken: ["a.csv"],
      refused: ["名册.et", "名册.pdf", "名册.zip"],
      passed: ["照片.jpg", "课例.mp4", "说明.unknown"],
    },
  ])("$name", async ({ files, taken, refused = [], passed = [] }) => {
    const read = await readImportInputs(call, [folderOf(files)]);
    expect(read.inputs.map(({ file }) => file)).toEqual(taken);
    expect(read.refused.map(({ file }) => file).sort()).toEqual([...refused].sort());
    expect(read.passed.map(({ file }) => file).sort()).toEqual([...passed].sort());
  });

  test("files that share a name are named by as much of their path as differs", async () => {
    const names = ["甲/上/a.csv", "乙/上/a.csv", "甲/b.csv"];
    const folder = folderOf(names);
    const read = await readImportInputs(
      call,
      names.map((name) => join(folder, name)),
    );
    expect(read.inputs.map(({ file }) => file)).toEqual(["甲/上/a.csv", "乙/上/a.csv", "b.csv"]);
  });

  test("a file that lies in a folder named besides is read once", async () => {
    const folder = folderOf(["a.csv"]);
    expect((await readInputs(call, [folder, join(folder, "a.csv"), folder])).inputs.length).toBe(1);
  });

  test("the folders around a document come with it, the nearest first", async () => {
    const folder = folderOf(["甲/A001/案例.docx"]);
    const [input] = (await readImportInputs(call, [join(folder, "甲")])).inputs;
    expect(input?.document?.folders).toEqual(["A001", "甲"]);
  });

  test("one that cannot be read does not stop the rest; alone it does", async () => {
    const folder = folderOf(["a.csv"]);
    writeFileSync(join(folder, "b.csv"), "");
    const read = await readInputs(call, [folder, join(folder, "nowhere.csv")]);
    expect(read.inputs.map(({ file }) => file)).toEqual(["a.csv"]);
    expect(read.refused.map(({ reason }) => reason)).toEqual([
      expect.stringContaining("空文件"),
      expect.stringContaining("找不到"),
    ]);
    await expect(readInputs(call, [join(folder, "b.csv")])).rejects.toThrow("空文件");
  });

  test.for([
    { names: [], says: "里没有 .csv 或 .xlsx 文件" },
    { names: ["~$a.xlsx"], says: "里没有 .csv 或 .xlsx 文件" },
  ])("with nothing in it: $names", async ({ names, says }) => {
    await expect(readInputs(call, [folderOf(names)])).rejects.toThrow(says);
  });

  test("what was not taken is reported by reason, ten files by name", async () => {
    const { call: own, lines } = callWithOutput();
    const refused = Array.from({ length: 12 }, (_, i) => ({ file: `${i}.et`, reason: "是 WPS 表格自己的格式" }));
    reportUnread(own, { refused, passed: [{ file: "a.jpg", reason: "是图片" }] });
    expect(lines).toEqual([
      `未收下 ${refused
        .slice(0, 10)
        .map(({ file }) => file)
        .join("、")}等 12 个：是 WPS 表格自己的格式\n`,
      "跳过 a.jpg：是图片\n",
    ]);
  });
});
