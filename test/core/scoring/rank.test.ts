import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Aggregate } from "../../../apps-script/core/scoring/aggregate.ts";
import { type Contender, type Ruling, rankGroup } from "../../../apps-script/core/scoring/rank.ts";

const tieOrder = ["effectiveness", "innovativeness", "transferability"];
const third = [{ label: "优秀案例", share: 0.3 }];

/** Scores in points; the dimension means stand for themselves. */
interface Row {
  readonly id: string;
  readonly final: number;
  readonly effectiveness?: number;
  readonly innovativeness?: number;
  readonly transferability?: number;
  readonly range?: number;
  readonly ruling?: Ruling;
}

function contender(row: Row): Contender {
  const fraction = (points = 0) => ({ num: Math.round(points * 6), den: 3 });
  const aggregate: Aggregate = {
    count: 3,
    totals: [],
    hasArbitration: false,
    mean: fraction(row.final),
    trimmed: fraction(row.final),
    final: fraction(row.final),
    arbitration: undefined,
    range: (row.range ?? 0) * 2,
    dimensions: {
      innovativeness: fraction(row.innovativeness),
      effectiveness: fraction(row.effectiveness),
      transferability: fraction(row.transferability),
      compliance: fraction(0),
    },
  };
  return { id: row.id, aggregate, ruling: row.ruling };
}

const ranked = (rows: readonly Row[], awards = third) =>
  rankGroup(rows.map(contender), awards, tieOrder).map(
    (r) => `${r.rank} ${r.id}${r.award < awards.length ? ` ${awards[r.award]!.label}` : ""}${r.tie ? " ?" : ""}`,
  );

describe("ties are broken in this order", () => {
  test.for<{ name: string; a: Partial<Row>; b: Partial<Row>; first: string }>([
    { name: "final score", a: { final: 80, effectiveness: 30 }, b: { final: 80.5 }, first: "b" },
    { name: "实效性", a: { effectiveness: 20, innovativeness: 30 }, b: { effectiveness: 20.5 }, first: "b" },
    { name: "创新性", a: { innovativeness: 20, transferability: 20 }, b: { innovativeness: 21 }, first: "b" },
    { name: "推广价值", a: { transferability: 10, range: 0 }, b: { transferability: 11, range: 9 }, first: "b" },
    { name: "极差, the lower first", a: { range: 10 }, b: { range: 9.5 }, first: "b" },
    { name: "a difference that two decimals hide", a: { final: 241 / 3 }, b: { final: 241 / 3 + 1 / 6 }, first: "b" },
  ])("$name", ({ a, b, first }) => {
    const pair = [contender({ id: "a", final: 80, ...a }), contender({ id: "b", final: 80, ...b })];
    const result = rankGroup(pair, third, tieOrder);
    expect(result[0]!.id).toBe(first);
    expect(result.map((r) => r.rank)).toEqual([1, 2]);
  });

  test("equal in everything: a shared rank, and the next one skips", () => {
    expect(
      ranked(
        [
          { id: "a", final: 90 },
          { id: "d", final: 70 },
          { id: "c", final: 80 },
          { id: "b", final: 80 },
        ],
        [],
      ),
    ).toEqual(["1 a", "2 b", "2 c", "4 d"]);
  });
});

const ten = (changes: Record<string, Partial<Row>> = {}): Row[] =>
  "abcdefghij".split("").map((id, i) => ({ id, final: 90 - i, ...changes[id] }));
const winners = (rows: readonly Row[], awards = third) =>
  ranked(rows, awards).filter((line) => line.includes("案例") || line.includes("等"));

describe("awards and rulings", () => {
  const two = [
    { label: "一等", share: 0.1 },
    { label: "二等", share: 0.2 },
  ];
  const none = { kind: "adjust", award: 1 } as const;
  const award = { kind: "adjust", award: 0 } as const;
  test.for<{ name: string; rows: Row[]; awards?: typeof third; expected: string[] }>([
    { name: "three of ten", rows: ten(), expected: ["1 a 优秀案例", "2 b 优秀案例", "3 c 优秀案例"] },
    { name: "two awards", rows: ten(), awards: two, expected: ["1 a 一等", "2 b 二等", "3 c 二等"] },
    {
      name: "cancelled: the next moves up",
      rows: ten({ b: { ruling: { kind: "cancel" } } }),
      expected: ["1 a 优秀案例", "2 c 优秀案例", "3 d 优秀案例"],
    },
    {
      name: "the number of awards does not shrink with a cancelled one",
      rows: ten({ a: { ruling: { kind: "cancel" } } }).slice(0, 5),
      expected: ["1 b 优秀案例", "2 c 优秀案例"],
    },
    {
      name: "an award taken away: the next moves up",
      rows: ten({ b: { ruling: none } }),
      expected: ["1 a 优秀案例", "3 c 优秀案例", "4 d 优秀案例"],
    },
    {
      name: "an award given below the line comes on top",
      rows: ten({ j: { ruling: award } }),
      expected: ["1 a 优秀案例", "2 b 优秀案例", "3 c 优秀案例", "10 j 优秀案例"],
    },
    {
      name: "even when it stands first below the line",
      rows: ten({ d: { ruling: award } }),
      expected: ["1 a 优秀案例", "2 b 优秀案例", "3 c 优秀案例", "4 d 优秀案例"],
    },
    {
      name: "a tie across the line waits for the ruling",
      rows: ten({ d: { final: 88 } }),
      expected: ["1 a 优秀案例", "2 b 优秀案例"],
    },
    {
      name: "the ruling on a tie takes the last place",
      rows: ten({ d: { final: 88, ruling: award } }),
      expected: ["1 a 优秀案例", "2 b 优秀案例", "3 d 优秀案例"],
    },
    {
      name: "a tie above the line is none of its business",
      rows: ten({ b: { final: 90 } }),
      expected: ["1 a 优秀案例", "1 b 优秀案例", "3 c 优秀案例"],
    },
    {
      name: "from the first award to the second: the next moves up",
      rows: ten({ a: { ruling: { kind: "adjust", award: 1 } } }),
      awards: two,
      expected: ["1 a 二等", "2 b 一等", "3 c 二等"],
    },
  ])("$name", ({ rows, awards, expected }) => {
    expect(winners(rows, awards)).toEqual(expected);
  });

  test("a tie across the line is told on every one of it, and on no other", () => {
    const marked = ranked(ten({ d: { final: 88 } })).filter((line) => line.endsWith("?"));
    expect(marked).toEqual(["3 c ?", "3 d ?"]);
  });
});

const rows = fc.uniqueArray(
  fc.record({
    id: fc.string({ minLength: 1, maxLength: 4 }),
    final: fc.integer({ min: 60, max: 64 }),
    effectiveness: fc.integer({ min: 0, max: 2 }),
    range: fc.integer({ min: 0, max: 2 }),
  }),
  { selector: (row) => row.id, maxLength: 30 },
);

test("the order of the rows changes no ranking", () => {
  fc.assert(
    fc.property(
      rows.chain((list) => fc.tuple(fc.constant(list), fc.shuffledSubarray(list, { minLength: list.length }))),
      ([list, shuffled]) => {
        expect(ranked(shuffled)).toEqual(ranked(list));
      },
    ),
  );
});

test("a rank is one more than the number of those who are better", () => {
  fc.assert(
    fc.property(rows, (list) => {
      const better = (a: Row, b: Row) =>
        a.final !== b.final
          ? a.final > b.final
          : a.effectiveness !== b.effectiveness
            ? a.effectiveness! > b.effectiveness!
            : a.range! < b.range!;
      for (const place of rankGroup(list.map(contender), third, tieOrder)) {
        const own = list.find((row) => row.id === place.id)!;
        expect(place.rank).toBe(1 + list.filter((other) => better(other, own)).length);
        const sharing = list.filter((other) => !better(other, own) && !better(own, other)).length;
        expect(place.award === 0).toBe(place.rank - 1 + sharing <= Math.floor(list.length * 0.3 + 0.5));
      }
    }),
  );
});
