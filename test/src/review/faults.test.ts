import { describe, expect, test } from "vitest";
import type { ProgressView } from "../../../apps-script/dialogs/views.ts";
import {
  administrator,
  assign,
  copyAward,
  fillInScores,
  finishJob,
  type LocalAward,
  runReview,
  scoreSheets,
} from "../../node-tools/local-sheets/local-award.ts";
import { opened } from "../../node-tools/local-sheets/platform.ts";
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

/** What an action was called with, by its rows in 日志 of either workbook; of a job that tells when it began. */
function rowsOf({ google, shared, review }: LocalAward, action: string): string[] {
  return [shared, review].flatMap((id) => {
    const log = google.modelOf(id).snapshotOfSheet("日志");
    return (log?.rows ?? []).flatMap((row) => (row[2] === action ? [String(row[3])] : []));
  });
}

/** Calls that change something; between two of them it makes no difference where an action fails. */
const changes =
  /\.(set|insert|delete|clear|copy|add|remove|merge|break|protect|create|hide|show|rename|move|send|sort|flush|release|new|revoke|toast)/i;

/** The call at which an execution fails: that one alone, or it and every later one, as when the time is over. */
interface Fault {
  readonly at: number;
  readonly forGood: boolean;
}

interface Faulty {
  /** The numbers of the calls that change something. */
  readonly changing: readonly number[];
  /** Whether whoever ran it heard that it failed. */
  readonly isTold: boolean;
  /** The call that ends the attempt: whoever runs the action again after it runs another one. */
  readonly attemptEnds: number;
}

/** Runs with a fault in the first execution. */
function runWithFault(award: LocalAward, fault: Fault | undefined, run: () => void): Faulty {
  let calls = 0;
  let isTold = false;
  const forgotten: number[] = [];
  const changing: number[] = [];
  const told = award.told.length;
  const { google } = award;
  const before = google.surroundings;
  google.surroundings = {
    ...before,
    beforeCall({ name }) {
      calls++;
      if (changes.test(name)) changing.push(calls);
      if (name === "Properties.deleteProperty") forgotten.push(calls);
      if (fault && (calls === fault.at || (fault.forGood && calls > fault.at)))
        throw new Error(fault.forGood ? "Exceeded maximum execution time" : "Service Spreadsheets failed");
    },
  };
  try {
    run();
  } catch {
    // The administrator is told; what follows is that they run it again.
    isTold = true;
  }
  google.surroundings = before;
  return {
    changing,
    // The last of all is who holds the lock.
    attemptEnds: forgotten.at(-2) ?? 0,
    isTold: isTold || award.told.slice(told).some((text) => text.includes("没有做完")),
  };
}

interface Scenario {
  readonly name: string;
  /** What 日志 calls it, where that is something else. */
  readonly logged?: string;
  readonly isJob?: boolean;
  readonly prepare: (award: LocalAward) => void;
  readonly run: (award: LocalAward) => void;
  /** Faults of a quick run, spread over the changes of the execution; a thorough one tries each. */
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

/** A file in Drive, and its address as the answer to every question for it. */
const withFile = (award: LocalAward) => {
  const text = "单位代码,单位名称,类别\n640205,惠农区教育局,教育局\n640221,平罗县教育局,教育局\n";
  award.google.addFile("单位.csv", administrator, new TextEncoder().encode(text), "text/csv");
};

const importFile = (award: LocalAward) => {
  const file = award.google.files().find(({ name }) => name === "单位.csv");
  award.answers.splice(0, award.answers.length, file?.id ?? "");
  runReview(award, "importDriveFile");
};

/** Two earlier years: the second is written over the first. */
const withPriorLists = (award: LocalAward) => {
  const list = (year: number, rows: readonly string[]) => {
    const text = ["案例名称,作者,单位,奖项", ...rows].join("\n");
    award.google.addFile(`${year}年名单.csv`, administrator, new TextEncoder().encode(text), "text/csv");
  };
  list(2022, ["以数助教,示例甲,惠农区某小学,一等奖", "数据画像下的课堂观察,示例乙,平罗县某中学,二等奖"]);
  list(2023, ["云上同课异构,示例丙,贺兰县某小学,一等奖"]);
  importPrior(award, 2022);
};

const importPrior = (award: LocalAward, year: number) => {
  const file = award.google.files().find(({ name }) => name === `${year}年名单.csv`);
  award.answers.splice(0, award.answers.length, String(year), file?.id ?? "");
  runReview(award, "importPriorWinners");
};

const handedOut = (award: LocalAward) => {
  assign(award);
  runReview(award, "makeScoreSheets");
  finishJob(award);
};

const scenarios: readonly Scenario[] = [
  { name: "导入文件", logged: "导入", prepare: withFile, run: importFile, tried: 2 },
  {
    name: "导入往届名单",
    logged: "导入往届",
    prepare: withPriorLists,
    run: (award) => importPrior(award, 2023),
    tried: 2,
  },
  { name: "催交提醒", isJob: true, prepare: handedOut, run: review("remindReviewers"), tried: 2 },
  { name: "移交专家名单", prepare: () => {}, run: review("takeOverExperts"), tried: 3 },
  {
    name: "分派专家",
    prepare: () => {},
    run: (award) => {
      const { token } = runReview(award, "loadAssignmentPreview") as { token: string };
      runReview(award, "applyAssignment", token);
    },
    tried: 2,
  },
  { name: "生成评分表", isJob: true, prepare: assign, run: review("makeScoreSheets"), tried: 2 },
  { name: "收集评分", isJob: true, prepare: withSheets, run: review("collectScores"), tried: 2 },
  {
    name: "汇总排名",
    prepare: (award) => {
      withSheets(award);
      runReview(award, "collectScores");
      finishJob(award);
    },
    run: review("rankSubmissions"),
    tried: 2,
  },
];

/** A few experts do: what matters is the order of the calls. */
const small = () => newReview({}, 2);

describe.for(scenarios)(
  "$name with a failing service",
  ({ name, logged = name, isJob = false, prepare, run, tried }) => {
    const open = opened(() => {
      const award = small();
      prepare(award);
      return award;
    }, copyAward);
    const whole = open();
    const prepared = rowsOf(whole, logged).length;
    const rowsOfRun = (award: LocalAward) => rowsOf(award, logged).slice(prepared);
    const { changing, attemptEnds } = runWithFault(whole, undefined, () => run(whole));
    finishJob(whole);
    const expected = stateOf(whole);
    const once = rowsOfRun(whole).length;
    run(whole);
    finishJob(whole);
    const twice = rowsOfRun(whole).length;
    const step = isThorough ? 1 : Math.ceil(changing.length / tried);

    test.for([{ forGood: false }, { forGood: true }])(
      "run again it ends the same, and stands in 日志 once (for good: $forGood)",
      { timeout: 3_600_000 },
      ({ forGood }) => {
        expect(changing.length).toBeGreaterThan(tried);
        expect(once).toBe(1);
        // The row stands, and nothing says yet that the action has come to its end.
        const isLast = (at: number) => forGood && !isJob && at === attemptEnds;
        for (const at of changing.filter((at, i) => i % step === (forGood ? step >> 1 : 0) || isLast(at))) {
          const award = open();
          const { isTold } = runWithFault(award, { at, forGood }, () => run(award));
          finishJob(award);
          run(award);
          finishJob(award);
          expect({ at, state: stateOf(award) }).toEqual({ at, state: expected });
          expect(award.google.files().filter((file) => file.name.startsWith("评分表-"))).toHaveLength(
            whole.google.files().filter((file) => file.name.startsWith("评分表-")).length,
          );
          const rows = rowsOfRun(award);
          if (isJob) {
            // Each job once; a second one does what the first has left.
            expect({ at, rows: new Set(rows).size }).toEqual({ at, rows: rows.length });
            expect(rows.length).toBeGreaterThanOrEqual(once);
          } else {
            // After a fault that does no harm the second was another action.
            const most = isTold && at <= attemptEnds ? once : twice;
            expect({ at, isFew: rows.length >= once && rows.length <= most }).toEqual({ at, isFew: true });
          }
        }
      },
    );
  },
);

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
