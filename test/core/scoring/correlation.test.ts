import { describe, expect, test } from "vitest";
import { createDraw } from "../../../apps-script/core/assignment/seeded-random.ts";
import { chanceOfLower, correlation } from "../../../apps-script/core/scoring/correlation.ts";

describe("the chance of a correlation as low by accident", () => {
  // Tables of Student's t: the one-sided 1 % and 5 % points of r.
  test.for([
    { n: 3, r: -0.9995, chance: 0.01 },
    { n: 4, r: -0.98, chance: 0.01 },
    { n: 5, r: -0.9343, chance: 0.01 },
    { n: 6, r: -0.8822, chance: 0.01 },
    { n: 12, r: -0.6581, chance: 0.01 },
    { n: 32, r: -0.4093, chance: 0.01 },
    { n: 5, r: -0.8054, chance: 0.05 },
    { n: 10, r: -0.5494, chance: 0.05 },
    { n: 22, r: -0.3598, chance: 0.05 },
    { n: 9, r: 0, chance: 0.5 },
    { n: 10, r: 0.5494, chance: 0.95 },
    { n: 8, r: -1, chance: 0 },
    { n: 9, r: 1, chance: 1 },
  ])("n = $n, r = $r", ({ n, r, chance }) => expect(chanceOfLower(r, n)).toBeCloseTo(chance, 3));
});

const draw = createDraw(20251129);
const uniform = () => (draw(4294967296) + 0.5) / 4294967296;
const normal = () => Math.sqrt(-2 * Math.log(uniform())) * Math.cos(2 * Math.PI * uniform());
const [byChance, least] = [0.01, 5];

const isTold = (points: readonly [number, number][]) => {
  const r = correlation(points, least);
  return r !== null && chanceOfLower(r, points.length) < byChance;
};
const share = (runs: number, point: () => [number, number], n: number) => {
  let told = 0;
  for (let i = 0; i < runs; i++) if (isTold(Array.from({ length: n }, point))) told++;
  return told / runs;
};

/** How scores come: the expert's own, then the mean of two others. */
const scores: Record<string, () => number> = {
  "in steps of half a point": () => Math.round((75 + 8 * normal()) * 2) / 2,
  evenly: () => Math.round(60 + 35 * uniform()),
  "in steps of five": () => 5 * Math.round((75 + 8 * normal()) / 5),
  "heaped at the top": () => Math.min(85, Math.round(80 + 8 * normal())),
  "with blunders": () => (uniform() < 0.1 ? 100 * uniform() : 75 + 6 * normal()),
};

describe("of experts who score at random about one in a hundred is told", () => {
  test.for(Object.keys(scores).flatMap((name) => [5, 6, 8, 12, 30].map((n) => ({ name, n }))))(
    "$name, $n submissions",
    ({ name, n }) => {
      const one = scores[name]!;
      expect(share(20_000, () => [one(), (one() + one()) / 2], n)).toBeLessThanOrEqual(0.014);
    },
  );
});

test.for([
  { n: 8, least: 0.3 },
  { n: 12, least: 0.6 },
  { n: 20, least: 0.9 },
])("experts who turned the order round are told: $n submissions", ({ n, least: atLeast }) => {
  const point = (): [number, number] => {
    const quality = 7 * normal();
    return [75 - quality + 5 * normal(), 75 + quality + 3.5 * normal()];
  };
  expect(share(2_000, point, n)).toBeGreaterThan(atLeast);
});
