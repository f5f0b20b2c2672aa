import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import {
  newApplicationWorkbook,
  refreshApplicationLayout,
} from "../../../apps-script/core/application-book/application-book.ts";
import { checkAward } from "../../../apps-script/core/check/check.ts";
import { recommendSubmissions } from "../../../apps-script/core/check/recommend.ts";
import { ningxia2025 } from "../../../apps-script/core/notice/ningxia-2025.ts";
import type { CellValue, WorkbookPatch, WorkbookSnapshot } from "../../../apps-script/core/workbook/port.ts";
import { CalculatedWorkbook } from "../../../node-tools/award-files/formula-values.ts";
import { digestBytes } from "../../../node-tools/disk/files.ts";
import { fillScoreSheet } from "../../../node-tools/example/fill-score-sheet.ts";
import { newWorkbook, readWorkbookBytes } from "../../../node-tools/office-files/workbook.ts";
import { makeSnapshot, tongxin, xingqing } from "../../core/award-builder.ts";
import { writeSmallAward } from "../commands/small-award.ts";
import { runCasebook } from "../run-casebook.ts";
import { type Audit, auditValues, staleValues } from "./audit-values.ts";

const home = mkdtempSync(join(tmpdir(), "casebook-values-"));
const at = (...names: string[]) => join(home, ...names);
const award = at("a.xlsx");
const unit = ["--unit", "兴庆区教育局"];

async function run(...words: string[]): Promise<void> {
  const { code, err } = await runCasebook(...words);
  if (code > 1) throw new Error(err);
}

/** Fills in the score sheets of one folder and puts them into another. */
function fillIn(sent: string, filled: string): void {
  mkdirSync(filled);
  for (const name of readdirSync(sent)) writeFileSync(join(filled, name), fillScoreSheet(join(sent, name)));
}

/** What leaves workbooks, in the order of an award; and in which of them people see formulas of ours. */
const steps: readonly { readonly name: string; readonly run: () => Promise<void>; readonly seen: RegExp }[] = [
  { name: "init", run: () => run("init", award), seen: /^a\.xlsx$/ },
  { name: "import", run: () => run("import", award, at("inputs")), seen: /^a\.xlsx$/ },
  { name: "check", run: () => run("check", award), seen: /^a\.xlsx$/ },
  {
    name: "a first review",
    run: async () => {
      await run("assign", award, ...unit);
      await run("packets", award, "--out", at("first"), ...unit);
      fillIn(at("first"), at("first-filled"));
      await run("collect", award, at("first-filled"), ...unit);
      await run("rank", award, ...unit);
    },
    seen: /^(a\.xlsx|first\/.*)$/,
  },
  { name: "recommend", run: () => run("recommend", award), seen: /^a\.xlsx$/ },
  { name: "undo", run: () => run("undo", award), seen: /^a\.xlsx$/ },
  { name: "recommend again", run: () => run("recommend", award), seen: /^a\.xlsx$/ },
  { name: "forms", run: () => run("forms", award, "--out", at("forms")), seen: /^(a\.xlsx|forms\/.*)$/ },
  {
    name: "the review",
    run: async () => {
      await run("assign", award);
      await run("packets", award, "--out", at("sent"));
      fillIn(at("sent"), at("filled"));
      await run("collect", award, at("filled"));
      await run("rank", award);
      await run("packets", award, "--out", at("again"));
    },
    seen: /^(a\.xlsx|sent\/.*|again\/.*)$/,
  },
  { name: "export", run: () => run("export", award, "--out", at("lists"), "--draft"), seen: /^a\.xlsx$/ },
];

/** The workbooks that lie there; not those that experts filled in, whose programs calculate. */
const workbooks = () =>
  readdirSync(home, { recursive: true, encoding: "utf8" }).filter(
    (name) => name.endsWith(".xlsx") && !/filled|备份|\.bak\.|inputs/.test(name),
  );

const audits = new Map<string, Map<string, Audit>>();
const known = new Map<string, Audit>();

/** Every file once, as long as nobody changes it. */
function audit(path: string): Audit {
  const bytes = readFileSync(path);
  const digest = digestBytes(bytes);
  const found = known.get(digest) ?? auditValues(path, bytes);
  known.set(digest, found);
  return found;
}

beforeAll(async () => {
  await writeSmallAward(at("inputs"));
  for (const { name, run: leave } of steps) {
    await leave();
    audits.set(name, new Map(workbooks().map((file) => [file, audit(at(file))])));
  }
}, 240_000);
afterAll(() => rmSync(home, { recursive: true, force: true }));

describe("formulas that people see bear their values", () => {
  test.for(steps)("after $name", ({ name, seen }) => {
    const found = [...(audits.get(name) ?? [])];
    expect(found.flatMap(([file, { bare }]) => bare.map((cell) => `${file}: ${cell}`))).toEqual([]);
    expect(found.flatMap(([file, { stale }]) => stale.map((cell) => `${file}: ${cell}`))).toEqual([]);
    const withFormulas = found.filter(([file]) => seen.test(file));
    expect(withFormulas.length).toBeGreaterThan(0);
    for (const [file, { formulas, calculates }] of withFormulas) {
      expect([file, formulas > 0, calculates]).toEqual([file, true, true]);
    }
  });
});

const open = (bytes: Uint8Array) => new CalculatedWorkbook(readWorkbookBytes("a.xlsx", bytes, "edit"));

/** A small award as it lies on a disk. */
function firstBytes(): Uint8Array {
  const book = new CalculatedWorkbook(newWorkbook());
  book.apply(newApplicationWorkbook(ningxia2025));
  const filled = makeSnapshot({ units: [xingqing, tongxin], submissions: [{}, { recommended: "是" }, { id: "ｘ" }] });
  book.apply({
    sheets: filled.sheets
      .filter(({ name }) => name === "单位" || name === "案例")
      .map(({ name, rows }) => ({
        name,
        edits: rows.flatMap((cells, r) => cells.map((value, c) => ({ row: r + 1, column: c + 1, value }))),
      })),
  });
  book.apply(refreshApplicationLayout(book.snapshot, ningxia2025));
  return book.toBuffer();
}

/** What commands do to a workbook, and rows that come between. */
const acts: Readonly<Record<string, (snapshot: WorkbookSnapshot) => WorkbookPatch>> = {
  nothing: () => ({ sheets: [] }),
  layout: (snapshot) => refreshApplicationLayout(snapshot, ningxia2025),
  check: (snapshot) => checkAward(snapshot, ningxia2025).patch,
  recommend: (snapshot) => recommendSubmissions(snapshot, ningxia2025, undefined).patch,
  rows: () => ({ sheets: [{ name: "案例", insertRows: [{ before: 3, count: 2 }] }] }),
  clear: () => ({ sheets: [{ name: "单位", clearFrom: 3 }] }),
};

const typed: readonly CellValue[] = [
  ...["是", "A001", "教学革新", "兴庆区教育局", "郝衡铖", "1399999", "一课、二课", "2025-09-01", "17:30", "其他", ""],
  null,
  0,
  88.5,
  45_900,
  true,
  { kind: "date", iso: "2024-01-31" },
  { kind: "error", code: "#N/A" },
  { kind: "link", text: "B2", target: "https://example.org/" },
];
const edit = fc.record({
  sheet: fc.constantFrom("案例", "案例", "案例", "单位", "专家", "联络员", "正文", "参数", "配额", "日志"),
  row: fc.integer({ min: 2, max: 7 }),
  column: fc.integer({ min: 1, max: 50 }),
  value: fc.constantFrom(...typed),
});

test("whatever is typed and whatever comes after it, values are what a new calculation gives; those of others stay", () => {
  const start = firstBytes();
  expect(staleValues(open(start).snapshot)).toEqual([]);
  const theirs: CellValue = { kind: "formula", formula: "A1+1", result: "theirs" };
  fc.assert(
    fc.property(
      fc.array(fc.tuple(fc.array(edit, { maxLength: 5 }), fc.constantFrom(...Object.keys(acts))), {
        minLength: 1,
        maxLength: 3,
      }),
      (turns) => {
        const book = open(start);
        book.apply({ sheets: [{ name: "检查", edits: [{ row: 40, column: 30, value: theirs }] }] });
        for (const [edits, act] of turns) {
          // 配额 is written by formulas, but for 可推荐.
          const own = edits.map((each) => (each.sheet === "配额" ? { ...each, column: 8 } : each));
          const wanted = own.filter(
            ({ sheet, column }) => !(sheet === "参数" && column !== 2) && !isFormulaAt(book, sheet, column),
          );
          book.apply({
            sheets: wanted.map(({ sheet, row, column, value }) => ({ name: sheet, edits: [{ row, column, value }] })),
          });
          book.apply(acts[act]?.(book.snapshot) ?? { sheets: [] });
        }
        const saved = open(book.toBuffer()).snapshot;
        expect(staleValues(saved)).toEqual([]);
        const kept = saved.sheets.find(({ name }) => name === "检查")?.rows[39]?.[29];
        expect(kept ?? theirs).toEqual(theirs);
      },
    ),
    { numRuns: 8 },
  );
});

test("rows that move after sheets are laid take along what formulas look at", () => {
  const book = open(firstBytes());
  const rows = book.snapshot.sheets.find(({ name }) => name === "参数")?.rows ?? [];
  const limit = rows.findIndex(([label]) => String(label).includes("第一作者")) + 1;
  expect(limit).toBeGreaterThan(1);
  const unit = ["640424", "泾源县教育局", "教育局"].map((value, i) => ({ row: 4, column: i + 1, value }));
  book.apply({
    sheets: [
      { name: "参数", edits: [{ row: limit, column: 2, value: 0 }] },
      { name: "单位", edits: unit },
    ],
  });
  book.apply(refreshApplicationLayout(book.snapshot, ningxia2025));
  book.apply({ sheets: [{ name: "参数", insertRows: [{ before: 2, count: 1 }] }] });
  const saved = open(book.toBuffer()).snapshot;
  expect(staleValues(saved)).toEqual([]);
  const messages = saved.sheets.find(({ name }) => name === "案例")?.rows.map(([verdict]) => verdict) ?? [];
  expect(JSON.stringify(messages)).toContain("限 0 个");
});

test("cells that are cleared change what hangs on them", () => {
  const book = open(firstBytes());
  book.apply({ sheets: [{ name: "单位", clearFrom: 2 }] });
  const saved = open(book.toBuffer()).snapshot;
  expect(staleValues(saved)).toEqual([]);
});

function isFormulaAt({ snapshot }: CalculatedWorkbook, sheet: string, column: number): boolean {
  const cell = snapshot.sheets.find(({ name }) => name === sheet)?.rows[1]?.[column - 1];
  return typeof cell === "object" && cell?.kind === "formula";
}
