/** What every command says of a call that cannot be meant. */
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { expect, test } from "vitest";
import { commands } from "../../../node-tools/commands/index.ts";
import { newWorkbook } from "../../../node-tools/office-files/workbook.ts";
import { patchOf } from "../../core/in-memory-workbook.ts";
import { assigned, shared } from "../../core/review-fixture.ts";
import { runCasebook, temporaryFolder } from "../run-casebook.ts";

/** Files that each command takes, DESIGN §6. */
const operands: Readonly<Record<string, readonly [fewest: number, most: number]>> = {
  init: [1, 1],
  forms: [1, 1],
  import: [2, 99],
  evidence: [1, 1],
  check: [1, 1],
  fix: [1, 1],
  recommend: [1, 1],
  assign: [1, 1],
  materials: [1, 1],
  packets: [1, 1],
  collect: [2, 99],
  rank: [1, 1],
  status: [1, 1],
  remind: [1, 1],
  export: [1, 1],
  replay: [1, 1],
  undo: [1, 1],
  schema: [0, 1],
  sheets: [1, 1],
};

test("the commands, in the order of a working award", () => {
  expect(commands.map(({ name }) => name)).toEqual(Object.keys(operands));
});

const called = Object.entries(operands).flatMap(([name, [fewest, most]]) => [
  ...(fewest > 0 ? [{ name, count: fewest - 1 }] : []),
  ...(most < 99 ? [{ name, count: most + 1 }] : []),
]);
test.for(called)("casebook $name with $count files is told how it is called", async ({ name, count }) => {
  const words = Array.from({ length: count }, (_, i) => join(temporaryFolder(), `${i}.xlsx`));
  const { code, err } = await runCasebook(name, ...words);
  expect(code).toBe(2);
  expect(err).toContain(`用法：casebook ${name} `);
});

test("casebook help, of all commands and of one: options and exit codes, no word in English but names", async () => {
  const general = await runCasebook("help");
  expect(general).toMatchObject({ code: 0, out: expect.stringContaining("casebook help 命令") });
  expect(await runCasebook("help", "nothing")).toMatchObject({
    code: 2,
    err: expect.stringContaining("没有“nothing”这个命令"),
  });
  for (const { name, options = [], found } of commands) {
    const { code, out } = await runCasebook("help", name);
    expect([code, out]).toEqual([0, (await runCasebook(name, "--help")).out]);
    for (const option of options) expect(out).toContain(`--${option.name}`);
    expect(out).toMatch(found ? /退出码：0 完成；1 .+；2 用法不对；3 / : /退出码：0 完成；2 用法不对；3 /);
    expect(out).not.toMatch(/\b(?:FILE|DIR|NAME|INPUT|TEXT|TABLE)\b/);
  }
});

test("a command says what exit code 1 means if it ends with it", () => {
  const folder = join(import.meta.dirname, "../../../node-tools/commands");
  for (const { name, found } of commands) {
    const source = readFileSync(join(folder, `${name}.ts`), "utf8");
    expect([name, source.includes("exitCode.found")]).toEqual([name, found !== undefined]);
  }
});

/** Any of these would reckon with a number that nobody meant. */
test.for([
  { words: ["evidence", "--files", "."] },
  { words: ["fix"] },
  { words: ["recommend"] },
  { words: ["assign"] },
  { words: ["packets", "--out", "out"] },
  { words: ["materials", "--files", "in", "--out", "out"] },
  { words: ["collect", "."] },
  { words: ["rank"] },
  { words: ["export", "--out", "out"] },
])("casebook $words refuses settings that are wrong and writes nothing", async ({ words: [name = "", ...rest] }) => {
  const file = join(temporaryFolder(), "a.xlsx");
  const folder = dirname(file);
  const right = shared({}, 2);
  const write = (path: string, snapshot: typeof right) => {
    const workbook = newWorkbook();
    workbook.apply(patchOf(snapshot));
    writeFileSync(path, workbook.toBuffer());
  };
  write(file, shared({ settings: { 每案评审专家数: "很多" } }, 2));
  write(join(folder, "a.评审.xlsx"), assigned(right));
  const contents = () => readdirSync(folder).map((each) => [each, readFileSync(join(folder, each)).toString("base64")]);
  const before = contents();
  const inFolder = rest.map((word) => (word.startsWith("--") ? word : join(folder, word)));
  const operand = name === "collect" ? [file, ...inFolder] : [...inFolder, file];
  const { code, err } = await runCasebook(name, ...operand);
  expect(err).toMatch(/参数有误[\s\S]*每案评审专家数/);
  expect(code).toBe(3);
  expect(contents()).toEqual(before);
});
