import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { runCasebook, temporaryFolder } from "../run-casebook.ts";
import { readParts } from "../xlsx/inspect.ts";
import { writeSmallAward } from "./small-award.ts";

test("a second check of a workbook that nobody has changed writes its row of 日志 and nothing else", async () => {
  const folder = temporaryFolder();
  const [book, inputs] = [join(folder, "评案簿.xlsx"), join(folder, "inputs")];
  await writeSmallAward(inputs);
  for (const words of [
    ["init", book],
    ["import", book, inputs],
    ["check", book],
  ])
    expect((await runCasebook(...words)).err).toBe("");
  const before = readParts(readFileSync(book));
  await runCasebook("check", book);
  const after = readParts(readFileSync(book));
  expect([...after.keys()]).toEqual([...before.keys()]);
  const changed = [...after].filter(([name, text]) => before.get(name) !== text).map(([name]) => name);
  const log = changed.filter((name) => after.get(name)?.includes('<t xml:space="preserve">检查</t>'));
  // The workbook says how far 日志 is printed.
  expect(changed).toEqual(["xl/workbook.xml", ...log]);
  expect(log.length).toBe(1);
});
