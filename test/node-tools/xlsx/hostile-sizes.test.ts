import { execFileSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { buildSync } from "esbuild";
import { describe, expect, test } from "vitest";
import { columnLetters } from "../../../apps-script/core/workbook/addresses.ts";
import { readWorkbook, readWorkbookBytes } from "../../../node-tools/office-files/workbook.ts";
import { temporaryFolder } from "../run-casebook.ts";
import { makePackage } from "./package-fixture.ts";

const row = (number: number, columns: number) => {
  let text = `<row r="${number}">`;
  for (let column = 1; column <= columns; column += 1) {
    text += `<c r="${columnLetters(column)}${number}" t="inlineStr"><is><t>第${number}行</t></is></c>`;
  }
  return `${text}</row>`;
};
const rowsOf = (count: number, columns: number) =>
  Array.from({ length: count }, (_, i) => row(i + 1, columns)).join("");

/** Megabytes that a process of its own has held at most while it read a workbook and saved it with one cell changed. */
function measure(path: string): { rows: number; megabytes: number } {
  const script = join(temporaryFolder(), "measure.mjs");
  const workbook = join(import.meta.dirname, "../../../node-tools/office-files/workbook.ts");
  buildSync({
    stdin: {
      contents: `
        import { readWorkbook } from ${JSON.stringify(workbook)};
        const book = readWorkbook(${JSON.stringify(path)});
        const rows = book.snapshot.sheets[0].rows.length;
        book.apply({ sheets: [{ name: "大表", edits: [{ row: 2, column: 1, value: "改" }] }] });
        book.toBuffer();
        console.log(JSON.stringify({ rows, megabytes: process.resourceUsage().maxRSS / 1024 }));`,
      resolveDir: import.meta.dirname,
      loader: "ts",
    },
    ...{ bundle: true, platform: "node", format: "esm", packages: "external", outfile: script },
  });
  return JSON.parse(execFileSync(process.execPath, [script], { encoding: "utf8" }));
}

const seconds = (work: () => void) => {
  const start = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(start);
  return (user + system) / 1e6;
};

describe("what is large and honest is read", () => {
  test("199,000 rows in a gigabyte", () => {
    const path = join(temporaryFolder(), "大表.xlsx");
    writeFileSync(path, makePackage({ sheets: [{ name: "大表", rows: rowsOf(199_000, 12) }] }));
    const { rows, megabytes } = measure(path);
    expect(rows).toBe(199_000);
    expect(megabytes).toBeLessThan(1_024);
  });

  test.for([
    { name: "side by side", ref: (i: number) => `N${i + 2}:O${i + 2}` },
    {
      name: "in the rows that are read",
      ref: (i: number) =>
        `${columnLetters(3 * (i % 100) + 2)}${Math.floor(i / 100) + 1}:${columnLetters(3 * (i % 100) + 3)}${Math.floor(i / 100) + 1}`,
    },
    {
      name: "one over many rows each",
      ref: (i: number) =>
        `${columnLetters((i % 1_000) + 14)}${100 * Math.floor(i / 1_000) + 1}:${columnLetters((i % 1_000) + 14)}${100 * Math.floor(i / 1_000) + 100}`,
    },
  ])("merged cells, $name: ten times as many take some ten times as long", ({ ref }) => {
    const sheetWith = (count: number) =>
      makePackage({
        sheets: [
          {
            name: "大表",
            rows: rowsOf(2_000, 12),
            tail: `<mergeCells>${Array.from({ length: count }, (_, i) => `<mergeCell ref="${ref(i)}"/>`).join("")}</mergeCells>`,
          },
        ],
      });
    const work = (bytes: Buffer) => {
      const book = readWorkbookBytes("大表.xlsx", bytes, "edit");
      expect(book.snapshot.sheets[0]?.rows).toHaveLength(2_000);
      book.apply({
        sheets: [
          {
            name: "大表",
            insertRows: [{ before: 2, count: 1 }],
            clearFrom: 1_500,
            edits: [{ row: 2, column: 1, value: "改" }],
            layout: { merges: [{ top: 1, left: 1, bottom: 1, right: 2 }] },
          },
        ],
      });
      book.toBuffer();
    };
    const [few, many] = [sheetWith(20_000), sheetWith(200_000)];
    work(few);
    const [short, long] = [seconds(() => work(few)), seconds(() => work(many))];
    expect(long).toBeLessThan(15 * short + 2);
    expect(long).toBeLessThan(20);
  });
});

test("rows that are all one are no stack of calls", () => {
  const path = join(temporaryFolder(), "大表.xlsx");
  writeFileSync(path, makePackage({ sheets: [{ name: "大表", rows: rowsOf(150_000, 1) }] }));
  const book = readWorkbook(path);
  const edits = Array.from({ length: 150_000 }, (_, i) => ({ row: i + 1, column: 2, value: i }));
  book.apply({ sheets: [{ name: "大表", edits, marks: [{ row: 149_999, column: 1, mark: "error" }] }] });
  expect(readWorkbookBytes(path, Buffer.from(book.toBuffer()), "input").snapshot.sheets[0]?.rows.at(-1)).toEqual([
    "第150000行",
    149_999,
  ]);
});
