import { describe, expect, test } from "vitest";
import type { ProgressView } from "../../../apps-script/dialogs/views.ts";
import {
  administrator,
  assign,
  fillInScores,
  finishJob,
  type LocalAward,
  runReview,
  scoreSheets,
} from "../../node-tools/local-sheets/local-award.ts";
import { isThorough } from "../../sweep.ts";
import { cellsOf, newReview } from "./review-desk.ts";

const timesOf = ["收回时间", "最近提醒"];

/** Everything that an action may leave behind, but for the times and the log. */
function stateOf(award: LocalAward) {
  const { google, shared, review } = award;
  const plain = (id: string) =>
    google.snapshotOf(id).sheets.flatMap((sheet) => {
      // What the second run started from is another state, and is kept as such.
      if (sheet.name === "日志" || sheet.name === "档案") return [];
      const times = (sheet.rows[0] ?? []).flatMap((label, i) => (timesOf.includes(String(label)) ? [i] : []));
      return [[sheet.name, sheet.rows.map((row) => row.filter((_, i) => !times.includes(i))), [...sheet.notes]]];
    });
  const files = google
    .files()
    .filter((file) => file.name.startsWith("评分表-"))
    .map((file) => [file.name, [...file.editors].sort(), [...file.viewers].sort(), plain(file.id)])
    .sort();
  const ids = new Map(google.files().map((file) => [file.id, file.name]));
  const named = JSON.stringify([plain(shared), plain(review), files]);
  return JSON.parse([...ids].reduce((text, [id, name]) => text.replaceAll(id, name), named)) as unknown;
}

/** The call at which an execution fails: that one alone, or it and every later one, as when the time is over. */
interface Fault {
  readonly at: number;
  readonly forGood: boolean;
}

/** Runs with a fault in the first execution; returns the calls that it made. */
function runWithFault(award: LocalAward, fault: Fault | undefined, run: () => void): number {
  let calls = 0;
  const { google } = award;
  const before = google.surroundings;
  google.surroundings = {
    ...before,
    beforeCall() {
      calls++;
      if (fault && (calls === fault.at || (fault.forGood && calls > fault.at)))
        throw new Error(fault.forGood ? "Exceeded maximum execution time" : "Service Spreadsheets failed");
    },
  };
  try {
    run();
  } catch {
    // The administrator is told; what follows is that they run it again.
  }
  google.surroundings = before;
  return calls;
}

interface Scenario {
  readonly name: string;
  readonly prepare: (award: LocalAward) => void;
  readonly run: (award: LocalAward) => void;
  /** Faults, spread over the calls of the execution. */
  readonly tried: number;
}

const review = (name: string) => (award: LocalAward) => {
  runReview(award, name);
};

const withSheets = (award: LocalAward) => {
  assign(award);
  runReview(award, "makeScoreSheets");
  finishJob(award);
  fillInScores(award);
};

const scenarios: readonly Scenario[] = [
  { name: "移交专家名单", prepare: () => {}, run: review("takeOverExperts"), tried: 12 },
  {
    name: "分派专家",
    prepare: () => {},
    run: (award) => {
      const { token } = runReview(award, "loadAssignmentPreview") as { token: string };
      runReview(award, "applyAssignment", token);
    },
    tried: 8,
  },
  { name: "生成评分表", prepare: assign, run: review("makeScoreSheets"), tried: 6 },
  { name: "收集评分", prepare: withSheets, run: review("collectScores"), tried: 5 },
  {
    name: "汇总排名",
    prepare: (award) => {
      withSheets(award);
      runReview(award, "collectScores");
      finishJob(award);
    },
    run: review("rankSubmissions"),
    tried: 5,
  },
];

/** A few experts do: what matters is the order of the calls. */
const small = () => newReview({}, 2);

describe.for(scenarios)("$name with a failing service", ({ prepare, run, tried }) => {
  const whole = small();
  prepare(whole);
  const calls = runWithFault(whole, undefined, () => run(whole));
  finishJob(whole);
  const expected = stateOf(whole);

  test.for([{ forGood: false }, { forGood: true }])(
    "run again it ends the same (for good: $forGood)",
    ({ forGood }) => {
      expect(calls).toBeGreaterThan(tried);
      for (let n = 0; n < tried; n += isThorough ? 1 : 2) {
        const at = 1 + Math.floor((n * calls) / tried);
        const award = small();
        prepare(award);
        runWithFault(award, { at, forGood }, () => run(award));
        finishJob(award);
        run(award);
        finishJob(award);
        expect({ at, state: stateOf(award) }).toEqual({ at, state: expected });
        expect(award.google.files().filter((file) => file.name.startsWith("评分表-"))).toHaveLength(
          whole.google.files().filter((file) => file.name.startsWith("评分表-")).length,
        );
      }
    },
  );
});

describe("460 score sheets", () => {
  test("are made in several executions, each within six minutes, none twice", async () => {
    const { manyExperts } = await import("./many-experts.ts");
    const award = newReview(manyExperts(500), 260);
    assign(award);
    const started = award.google.now().getTime();
    runReview(award, "makeScoreSheets");
    expect(award.google.now().getTime() - started).toBeLessThan(6 * 60_000);
    expect(award.google.triggers()).toHaveLength(1);
    const view = runReview(award, "loadProgress") as ProgressView;
    expect(view.state).toBe("running");
    let hours = 0;
    for (; award.google.triggers().length > 0 && hours < 72; hours++) award.google.advance(3_600_000);
    const experts = new Set(
      cellsOf(award, award.review, "分派")
        .slice(1)
        .map((row) => row[2]),
    );
    expect(experts.size).toBeGreaterThanOrEqual(460);
    const files = award.google.files().filter((file) => file.name.startsWith("评分表-"));
    expect(files).toHaveLength(experts.size);
    expect(scoreSheets(award).size).toBe(experts.size);
    expect(runReview(award, "loadProgress")).toMatchObject({ state: "done", problems: [] });
    const models = award.google.files().filter((file) => file.name.startsWith("样表"));
    expect(models.length).toBeLessThan(16);
    expect(award.google.files(administrator).length).toBe(files.length + models.length + 2);
    // 250 new spreadsheets a day: the rest waits for the next one.
    expect(hours).toBeGreaterThan(12);
  }, 300_000);
});
