import { beforeAll, describe, expect, test } from "vitest";
import {
  assign,
  fillInScores,
  finishJob,
  type LocalAward,
  runReview,
  scoreSheets,
} from "../../node-tools/local-sheets/local-award.ts";
import { newReview } from "./review-desk.ts";

const dataCalls = ({ google }: LocalAward) => google.lastCalls.filter((call) => call.movesCells).length;

/** Calls that move cells, by action. */
function measure(submissions: number) {
  const award = newReview({}, submissions);
  const counts: Record<string, number> = {};
  const count = (name: string, ...args: unknown[]) => {
    runReview(award, name, ...args);
    counts[name] = dataCalls(award);
  };
  assign(award);
  counts.applyAssignment = dataCalls(award);
  runReview(award, "makeScoreSheets");
  finishJob(award);
  fillInScores(award);
  count("collectScores");
  expect(award.google.triggers()).toEqual([]);
  count("rankSubmissions");
  count("rankSubmissions");
  count("takeOverExperts");
  return { ...counts, files: scoreSheets(award).size } as Record<string, number>;
}

describe("service calls that move cells", () => {
  let [small, large]: Record<string, number>[] = [];
  beforeAll(() => {
    [small, large] = [measure(8), measure(30)];
  });

  // Where an apostrophe may stay in a cell of plain text, formats are read before a block is written.
  test("ranking: at most 27, however many rows", () => {
    expect(large!.rankSubmissions).toBeLessThanOrEqual(27);
    expect(large!.rankSubmissions).toBe(small!.rankSubmissions);
  });

  test("collecting: at most 3 a file", () => {
    expect(large!.files).toBeGreaterThan(40);
    expect((large!.collectScores ?? 0) / (large!.files ?? 1)).toBeLessThanOrEqual(3);
  });

  test.for(["applyAssignment", "takeOverExperts"])("%s: no more, however many rows", (name) => {
    expect(large![name]).toBeLessThanOrEqual(small![name] ?? 0);
  });
});
