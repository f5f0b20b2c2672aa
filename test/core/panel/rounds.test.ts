import { describe, expect, test } from "vitest";
import { type ExtraReviews, planRounds } from "../../../apps-script/core/panel/rounds.ts";

const nothing: ExtraReviews = { arbitration: new Set(), spare: new Set(), middling: undefined };
const wide: ExtraReviews = { ...nothing, arbitration: new Set(["P1"]) };
const unsure: ExtraReviews = { ...nothing, spare: new Set(["P1"]) };
const both: ExtraReviews = { ...wide, spare: new Set(["P1"]) };

/** Pairs of P1: f in the first round, a in 复评, s in 加评. */
const pairs = (letters: string) =>
  [...letters].map((letter) => ({ reviewId: "P1", arbitration: letter === "a", spare: letter === "s" }));

describe("experts a submission gets in all, three in the first round", () => {
  test.for([
    { name: "a new one", there: "", extra: nothing, demand: 3 },
    { name: "one with more than the round asks for now", there: "ffff", extra: nothing, demand: 4 },
    { name: "scores too far apart", there: "fff", extra: wide, demand: 4 },
    { name: "复评 is there already", there: "fffa", extra: nothing, demand: 4 },
    { name: "复评 is there and wanted", there: "fffa", extra: wide, demand: 4 },
    { name: "award uncertain", there: "fff", extra: unsure, demand: 4 },
    { name: "复评 and 加评", there: "fff", extra: both, demand: 5 },
    { name: "复评 there, 加评 wanted", there: "fffa", extra: unsure, demand: 5 },
  ])("$name: $demand", ({ there, extra, demand }) => {
    const rounds = planRounds(pairs(there), 3, extra);
    expect(rounds.demandOf("P1")).toBe(demand);
    expect(rounds.demandOf("P2")).toBe(3);
  });
});

describe("the rounds of the pairs that come", () => {
  test.for([
    { name: "a new one", there: "", kept: "", extra: nothing, rounds: ["first", "first", "first"] },
    { name: "one of three withdrew", there: "fff", kept: "ff", extra: nothing, rounds: ["first"] },
    { name: "scores too far apart", there: "fff", kept: "fff", extra: wide, rounds: ["arbitration"] },
    { name: "too far apart, one withdrew", there: "fff", kept: "ff", extra: wide, rounds: ["first", "arbitration"] },
    { name: "who gave 复评 withdrew", there: "fffa", kept: "fff", extra: nothing, rounds: ["arbitration"] },
    { name: "award uncertain", there: "fff", kept: "fff", extra: unsure, rounds: ["spare"] },
    { name: "复评 before 加评", there: "fff", kept: "fff", extra: both, rounds: ["arbitration", "spare"] },
    { name: "加评 where 复评 stands", there: "fffa", kept: "fffa", extra: unsure, rounds: ["spare"] },
  ])("$name: $rounds", ({ there, kept, extra, rounds }) => {
    const plan = planRounds(pairs(there), 3, extra);
    expect(rounds.map((_, i) => plan.roundOf("P1", pairs(kept), i + 1))).toEqual(rounds);
  });
});
