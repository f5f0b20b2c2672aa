import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { findMisplacedRows } from "../../../apps-script/core/score-sheets/find-misplaced-rows.ts";
import type { ReturnedRow, RowFacts } from "../../../apps-script/core/score-sheets/read-score-sheet.ts";

type Line = readonly [
  reviewId: string,
  title: string,
  field?: string | undefined,
  stage?: string | undefined,
  material?: string,
];

const facts = ([, title, field = "教学革新", stage = "小学", material = ""]: Line): RowFacts => ({
  title,
  field,
  stage,
  material,
});
const sheet = (lines: readonly Line[]): ReturnedRow[] =>
  lines.map((line, i) => ({
    row: i + 4,
    reviewId: line[0],
    facts: facts(line),
    items: [],
    comment: "",
    aside: { kind: "none" },
  }));
const factsOf = (lines: readonly Line[]) => new Map(lines.map((line): [string, RowFacts] => [line[0], facts(line)]));
const titlesOf = (lines: readonly Line[]) => new Map(lines.map(([id, title]): [string, string] => [id, title]));

/** Row numbers that are rejected. */
function rejected(lines: readonly Line[], current: readonly Line[], made: readonly Line[] = []): number[] {
  const found = findMisplacedRows(sheet(lines), { current: factsOf(current), made: () => titlesOf(made) });
  return [...found.keys()].map((row) => row.row);
}

const three: readonly Line[] = [
  ["P1", "甲案例"],
  ["P2", "乙案例"],
  ["P3", "丙案例"],
];

describe("what stands beside a 评审编号", () => {
  test.for<{ name: string; sheet: Line[]; current?: readonly Line[]; made?: readonly Line[]; flagged: number[] }>([
    { name: "as it was made", sheet: [...three], flagged: [] },
    { name: "whole rows in another order", sheet: [three[2]!, three[0]!, three[1]!], flagged: [] },
    {
      name: "two titles sorted apart",
      sheet: [
        ["P1", "乙案例"],
        ["P2", "甲案例"],
        ["P3", "丙案例"],
      ],
      flagged: [4, 5],
    },
    {
      name: "all titles sorted apart",
      sheet: [
        ["P1", "乙案例"],
        ["P2", "丙案例"],
        ["P3", "甲案例"],
      ],
      flagged: [4, 5, 6],
    },
    {
      name: "a title of a submission that is not in the sheet",
      sheet: [
        ["P1", "丙案例"],
        ["P2", "乙案例"],
      ],
      flagged: [4],
    },
    {
      name: "retyped with other width, spaces and marks",
      sheet: [
        ["P1", "《甲 案例》"],
        ["P2", "乙案例。"],
      ],
      flagged: [],
    },
    {
      name: "blank titles",
      sheet: [
        ["P1", ""],
        ["P2", ""],
        ["P3", "丙案例"],
      ],
      flagged: [],
    },
    {
      name: "a blank title in a sheet sorted apart",
      sheet: [
        ["P1", "乙案例"],
        ["P2", "甲案例"],
        ["P3", ""],
      ],
      flagged: [4, 5, 6],
    },
    {
      name: "a title corrected since",
      sheet: [
        ["P1", "甲的旧名"],
        ["P2", "乙案例"],
      ],
      flagged: [],
    },
    {
      name: "two titles exchanged since: the file says how it was made",
      sheet: [
        ["P1", "乙案例"],
        ["P2", "甲案例"],
      ],
      made: [
        ["P1", "乙案例"],
        ["P2", "甲案例"],
      ],
      flagged: [],
    },
    {
      name: "corrected since and sorted apart",
      sheet: [
        ["P1", "乙案例"],
        ["P2", "甲的旧名"],
        ["P3", "丙案例"],
      ],
      made: [
        ["P1", "甲的旧名"],
        ["P2", "乙案例"],
        ["P3", "丙案例"],
      ],
      flagged: [4, 5],
    },
    {
      name: "corrected since and sorted apart, nothing recorded",
      sheet: [
        ["P1", "乙案例"],
        ["P2", "甲的旧名"],
        ["P3", "丙案例"],
      ],
      flagged: [4, 5],
    },
    {
      name: "two submissions of one title, and others sorted apart: which of the two is meant nobody can tell",
      sheet: [
        ["P1", "同名"],
        ["P2", "同名"],
        ["P3", "丁案例"],
        ["P4", "丙案例"],
      ],
      current: [
        ["P1", "同名"],
        ["P2", "同名"],
        ["P3", "丙案例"],
        ["P4", "丁案例"],
      ],
      flagged: [4, 5, 6, 7],
    },
    {
      name: "hidden titles are no title",
      sheet: [
        ["P1", "（名称含身份信息，已隐去）"],
        ["P2", "（名称含身份信息，已隐去）"],
        ["P3", "丙案例"],
      ],
      made: [
        ["P1", "（名称含身份信息，已隐去）"],
        ["P2", "（名称含身份信息，已隐去）"],
        ["P3", "丙案例"],
      ],
      flagged: [],
    },
    {
      name: "links sorted apart beside blank titles",
      sheet: [
        ["P1", "", "教学革新", "小学", "https://example.org/2"],
        ["P2", "", "教学革新", "小学", "https://example.org/1"],
      ],
      current: [
        ["P1", "甲案例", "教学革新", "小学", "https://example.org/1"],
        ["P2", "乙案例", "教学革新", "小学", "https://example.org/2"],
      ],
      flagged: [4, 5],
    },
    {
      name: "links that are new to all",
      sheet: [["P1", "甲案例", "教学革新", "小学", "https://example.org/1"]],
      current: [["P1", "甲案例", "教学革新", "小学", "https://example.com/9"]],
      flagged: [],
    },
    {
      name: "fields sorted apart",
      sheet: [
        ["P1", "甲案例", "评价改革"],
        ["P2", "乙案例", "教学革新"],
        ["P3", "丙案例", "教研创新"],
      ],
      current: [
        ["P1", "甲案例", "教学革新"],
        ["P2", "乙案例", "评价改革"],
        ["P3", "丙案例", "教研创新"],
      ],
      flagged: [4, 5],
    },
    {
      name: "fields sorted apart, where a row that fits has a twin",
      sheet: [
        ["P1", "", "评价改革"],
        ["P2", "", "教学革新"],
        ["P3", "", "教学革新"],
      ],
      current: [
        ["P1", "甲案例", "教学革新"],
        ["P2", "乙案例", "评价改革"],
        ["P3", "丙案例", "教学革新"],
      ],
      flagged: [4, 5, 6],
    },
    {
      name: "a field and a stage corrected since",
      sheet: [
        ["P1", "甲案例", "评价改革"],
        ["P2", "乙案例", "教学革新", "初中"],
      ],
      current: [
        ["P1", "甲案例", "教学革新"],
        ["P2", "乙案例", "教学革新", "小学"],
      ],
      flagged: [],
    },
    { name: "unknown numbers", sheet: [["P9", "甲案例"]], flagged: [] },
  ])("$name", ({ sheet: lines, current = three, made, flagged }) => {
    expect(rejected(lines, current, made)).toEqual(flagged);
  });

  test("both are named", () => {
    const found = findMisplacedRows(sheet([["P1", "乙案例"]]), { current: factsOf(three), made: () => new Map() });
    expect([...found.values()]).toEqual([
      "这一行的“案例名称”是“乙案例”，而 P1 的案例名称是“甲案例”；“乙案例”的评审编号是 P2",
    ]);
  });
});

describe("columns sorted apart from the numbers", () => {
  const fields = ["教学革新", "教研创新", "评价改革"];
  const lines = (titles: fc.Arbitrary<string>, unique: boolean) =>
    fc
      .array(fc.record({ title: titles, field: fc.constantFrom(...fields), stage: fc.constantFrom("小学", "初中") }), {
        minLength: 2,
        maxLength: 8,
      })
      .map((rows) =>
        rows.map(({ title, field, stage }, i): Line => [`P${i}`, unique ? `${title}${i}` : title, field, stage]),
      );
  const moved = (rows: readonly Line[]) =>
    fc.record({
      order: fc.shuffledSubarray(
        rows.map((_, i) => i),
        { minLength: rows.length },
      ),
      columns: fc.subarray(["title", "field", "stage"] as const, { minLength: 1 }),
    });
  const shuffledSheets = (titles: fc.Arbitrary<string>, unique: boolean) =>
    lines(titles, unique).chain((rows) =>
      moved(rows).map(({ order, columns }) => {
        const has = (column: "title" | "field" | "stage") => (columns as string[]).includes(column);
        const sorted = rows.map((line, i): Line => {
          const from = rows[order[i]!]!;
          return [
            line[0],
            has("title") ? from[1] : line[1],
            has("field") ? from[2] : line[2],
            has("stage") ? from[3] : line[3],
          ];
        });
        // The scores moved with these columns: a row is right where its line stayed.
        return { rows, sorted, titleMoved: has("title"), right: (i: number) => order[i] === i };
      }),
    );

  test("with the titles: no row is taken whose scores are another's, and every row that stayed is", () => {
    fc.assert(
      fc.property(shuffledSheets(fc.constantFrom("甲", "乙"), true), ({ rows, sorted, titleMoved, right }) => {
        const out = new Set(rejected(sorted, rows, rows));
        if (titleMoved) expect(rows.map((_, i) => !out.has(i + 4))).toEqual(rows.map((_, i) => right(i)));
      }),
      { numRuns: 1_000 },
    );
  });

  test("with whatever: once a row shows it, no other row is taken whose scores may be another's", () => {
    fc.assert(
      fc.property(shuffledSheets(fc.constantFrom("甲", "乙", "丙", "丁"), false), ({ rows, sorted, right }) => {
        const out = new Set(rejected(sorted, rows, rows));
        if (out.size > 0) expect(rows.flatMap((_, i) => (out.has(i + 4) || right(i) ? [] : [i]))).toEqual([]);
      }),
      { numRuns: 1_000 },
    );
  });

  test("whole rows in any order, and titles corrected since, are never rejected", () => {
    fc.assert(
      fc.property(lines(fc.constantFrom("甲", "乙", "丙"), false), fc.infiniteStream(fc.boolean()), (rows, coins) => {
        const current = rows.map(
          (line): Line => (coins.next().value ? [line[0], `${line[1]}（修订）`, line[2], line[3]] : line),
        );
        expect(rejected([...rows].reverse(), current, rows)).toEqual([]);
      }),
      { numRuns: 500 },
    );
  });
});

test("of the submissions whose title it is at most three are named", () => {
  const reason = (owners: number) => {
    const others = Array.from({ length: owners }, (_, i): Line => [`P${i + 2}`, "乙案例"]);
    const lines: Line[] = [["P1", "乙案例"], ...others];
    const known = { current: factsOf([["P1", "甲案例"], ...others]), made: () => new Map<string, string>() };
    return [...findMisplacedRows(sheet(lines), known).values()][0];
  };
  expect(reason(3)).toContain("评审编号是 P2、P3、P4");
  expect(reason(3)).not.toContain("等");
  expect(reason(4)).toContain("评审编号是 P2、P3、P4 等");
});
