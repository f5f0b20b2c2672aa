import { beforeAll, describe, expect, test } from "vitest";
import { appendLog, type LogEntry } from "../../../apps-script/core/log/log.ts";
import { verifyChain } from "../../../apps-script/core/log/verify-chain.ts";
import { notKept } from "../../../apps-script/core/replay/archive-sheet.ts";
import {
  freezeAssignment,
  freezeCollection,
  freezeRanking,
  reviewedColumns,
} from "../../../apps-script/core/replay/freeze.ts";
import {
  archiveName,
  digestFrozen,
  type FrozenAction,
  readFrozen,
  writeFrozen,
} from "../../../apps-script/core/replay/frozen-action.ts";
import { tellInputsSince } from "../../../apps-script/core/replay/inputs-since.ts";
import { perform } from "../../../apps-script/core/replay/perform.ts";
import { type ReplaySources, replayReview } from "../../../apps-script/core/replay/replay.ts";
import type { CellValue, WorkbookSnapshot } from "../../../apps-script/core/workbook/port.ts";
import { emptySnapshot } from "../../../apps-script/core/workbook/port.ts";
import { applyPatch, sheetNamed } from "../in-memory-workbook.ts";
import { fillScoreSheet, input, items, notice, scoreSheets, shared } from "../review-fixture.ts";

interface World extends ReplaySources {
  readonly review: WorkbookSnapshot;
  readonly archive: readonly string[];
  readonly texts: ReadonlyMap<string, string>;
}

const world = (award: WorkbookSnapshot, review: WorkbookSnapshot, texts: ReadonlyMap<string, string>): World => ({
  ...{ award, review, texts },
  archive: [...texts.keys()].map(archiveName),
  archived: (digest) => texts.get(digest),
});

let time = 0;
const logged = (review: WorkbookSnapshot, entry: Omit<LogEntry, "time" | "actor">) =>
  applyPatch(review, {
    sheets: [appendLog(review, { time: `2025-11-20 09:30:${String(10 + time++)}`, actor: "admin", ...entry })],
  });

/** What a host does with an action: computes it, writes, logs, keeps what it was computed from. */
function act({ award, review, texts }: World, frozen: FrozenAction, change = (entry: LogEntry) => entry): World {
  const text = writeFrozen(frozen);
  const inputDigest = digestFrozen(text);
  const { patch, description } = perform(frozen, notice);
  const entry = change({ time: "", actor: "", ...description, inputDigest });
  const after = logged(applyPatch(review, patch), entry);
  return world(award, after, new Map([...texts, [inputDigest, text]]));
}

const books = ({ award, review }: World) => ({ award, review, files: ["a", "b"] });
const collected = (from: World, score: (reviewId: string, i: number) => number) =>
  act(
    from,
    freezeCollection(
      books(from),
      notice,
      scoreSheets(from.award, from.review).map((file) =>
        input(
          file,
          fillScoreSheet(file, (id) => ({ scores: items.map((_, i) => score(id, i)) })),
        ),
      ),
      { accept: [], now: "2025-11-20T09:30:00" },
    ),
  );
const ranked = (from: World) => act(from, freezeRanking(books(from), notice));

/** 参评案例 … 日志 with one cell rewritten: by the label of its column, `row` 1-based. */
function rewrite(snapshot: WorkbookSnapshot, name: string, row: number, label: string, value: CellValue) {
  const sheet = sheetNamed(snapshot, name);
  const column = sheet.rows[0]!.indexOf(label);
  if (column < 0) throw new Error(`no column ${label} in ${name}`);
  const rows = sheet.rows.map((cells, r) => {
    if (r !== row - 1) return cells;
    const made = [...cells];
    while (made.length <= column) made.push(null);
    made[column] = value;
    return made;
  });
  return { sheets: snapshot.sheets.map((each) => (each === sheet ? { ...each, rows } : each)) };
}
const withRows = (snapshot: WorkbookSnapshot, name: string, change: (rows: CellValue[][]) => CellValue[][]) => ({
  sheets: snapshot.sheets.map((each) =>
    each.name === name ? { ...each, rows: change(each.rows.map((row) => [...row])) } : each,
  ),
});
const cell = (snapshot: WorkbookSnapshot, name: string, row: number, label: string) => {
  const sheet = sheetNamed(snapshot, name);
  return sheet.rows[row - 1]![sheet.rows[0]!.indexOf(label)];
};

let assigned: World;
let scored: World;
let done: World;
beforeAll(() => {
  const award = shared({}, 6);
  const first = freezeAssignment({ award, review: undefined, files: ["a"] }, notice, {});
  assigned = act(world(award, emptySnapshot, new Map()), first);
  scored = collected(assigned, (id, i) => (id.charCodeAt(id.length - 1) + i) % 5);
  done = ranked(scored);
});

const replay = (from: ReplaySources) => {
  const { result, problems, notes } = replayReview(from, notice);
  return { same: Object.fromEntries(result.steps.map(({ action, same }) => [action, same])), problems, notes };
};
const differing = (from: ReplaySources) =>
  replayReview(from, notice)
    .result.steps.filter(({ same }) => !same)
    .map(({ action }) => action);

describe("a review that nobody touched", () => {
  test("comes out the same, step by step, with the head of its log", () => {
    const { same, problems, notes } = replay(done);
    expect(problems).toEqual([]);
    expect(Object.keys(same)).toEqual([
      "核对申报工作簿日志",
      "核对评审工作簿日志",
      "分派专家",
      "收集评分",
      "汇总排名",
      "核对现有单元格",
      "核对所依据的数据",
    ]);
    expect(Object.values(same)).not.toContain(false);
    expect(notes).toEqual([
      expect.stringContaining("没有输出名单的记录"),
      `现在的日志链首：${verifyChain(done.review).head}`,
    ]);
  });

  test("ranked before more scores came: a note says so", () => {
    const { problems, notes } = replay(collected(done, () => 3));
    expect(problems).toEqual([]);
    expect(notes[0]).toMatch(/^最后一次汇总排名之后又有第 5 行“收集评分”/);
    expect(replay(scored).notes).toHaveLength(2);
  });

  test("a list that was published tells its head, and the missing-list note is gone", () => {
    const { head } = verifyChain(done.review);
    const review = logged(done.review, { action: "输出名单", parameters: "", outcome: "", inputDigest: "" });
    const { notes, problems } = replay(world(done.award, review, done.texts));
    expect(problems).toEqual([]);
    expect(notes).toEqual([
      expect.stringMatching(new RegExp(`输出名单时的日志链首：${head}`)),
      expect.stringContaining("现在的日志链首："),
    ]);
  });

  test("nothing was ever done: the missing assignment is a difference", () => {
    const review = withRows(done.review, "日志", (rows) => rows.slice(0, 1));
    const { same, problems } = replay(world(done.award, review, new Map()));
    expect(same.分派专家).toBe(false);
    expect(problems).toEqual([expect.stringContaining("没有分派、收集评分或汇总排名的记录")]);
  });
});

/** What is told of the data that the ranking followed. */
function tellSince(now: { award: WorkbookSnapshot; review: WorkbookSnapshot }) {
  const frozen = readFrozen(done.texts.get(verifyChain(done.review).rows[2]!.inputDigest)!)!;
  return tellInputsSince(frozen, perform(frozen, notice).patch, now, notice);
}

/** A world with its review changed after the last action. */
const touched = (change: (review: WorkbookSnapshot) => WorkbookSnapshot) =>
  world(done.award, change(done.review), done.texts);

describe("cells changed since", () => {
  test("a score half a point higher is told with its place, and nothing else", () => {
    const label = items[0]!.label;
    const was = Number(cell(done.review, "评分", 2, label));
    const { same, problems } = replay(touched((review) => rewrite(review, "评分", 2, label, was + 0.5)));
    expect(Object.entries(same).filter(([, each]) => !each)).toEqual([["核对现有单元格", false]]);
    expect(problems).toHaveLength(1);
    expect(problems[0]).toMatch(
      new RegExp(`现在的评审工作簿，“评分”表第 2 行“${label}”（.*）：应为“${was}”，现为“${was + 0.5}”`),
    );
  });

  test("a tenth of a percent of a score counts, the sixteenth digit does not", () => {
    const was = Number(cell(done.review, "汇总", 2, "最终得分"));
    expect(was).toBeGreaterThan(0);
    expect(differing(touched((review) => rewrite(review, "汇总", 2, "最终得分", was * 1.001)))).toEqual([
      "核对现有单元格",
    ]);
    expect(differing(touched((review) => rewrite(review, "汇总", 2, "最终得分", was * (1 + 1e-14))))).toEqual([]);
  });

  test("rows sorted by hand are no change", () => {
    const sorted = touched((review) => withRows(review, "汇总", ([head, ...rows]) => [head!, ...rows.reverse()]));
    expect(differing(sorted)).toEqual([]);
  });

  test("a row that is gone, a row too many, a key overwritten: each said as what it is", () => {
    const rows = (change: (rows: CellValue[][]) => CellValue[][]) =>
      replay(touched((review) => withRows(review, "评分", change))).problems;
    expect(rows((own) => own.filter((_, i) => i !== 2))).toEqual([expect.stringMatching(/“评分”表少了 .* 一行/)]);
    expect(rows((own) => [...own, ["K999", ...own[1]!.slice(1, 2), ...own[1]!.slice(2).map(() => null)]])).toEqual([
      expect.stringMatching(/“评分”表第 \d+ 行（K999 .*）是多出的一行/),
    ]);
    expect(rows((own) => own.map((row, i) => (i === 1 ? ["K999", ...row.slice(1)] : row)))).toEqual([
      expect.stringMatching(/“评分”表第 2 行“评审编号”.*现为“K999”/),
    ]);
  });

  test("more than twenty: twenty are listed, the rest is counted", () => {
    const { problems } = replay(
      touched((review) =>
        withRows(review, "评分", (rows) => {
          const at = rows[0]!.indexOf(items[0]!.label);
          return rows.map((row, i) =>
            i === 0 || i > 18 ? row : row.map((value, c) => (c === at || c === at + 1 ? 99 : value)),
          );
        }),
      ),
    );
    expect(problems).toHaveLength(21);
    expect(problems[20]).toMatch(/“评分”表另有 16 处不同/);
  });

  test("a whole sheet taken away", () => {
    const { problems } = replay(touched((review) => ({ sheets: review.sheets.filter(({ name }) => name !== "结果") })));
    expect(problems).toEqual([expect.stringContaining("没有“结果”表")]);
  });

  test("changed between two actions: told with the action before which it was", () => {
    const label = items[0]!.label;
    const meddled = world(scored.award, rewrite(scored.review, "评分", 2, label, 4.5), scored.texts);
    const { problems } = replay(ranked(meddled));
    expect(problems).toEqual([expect.stringMatching(/^日志第 4 行“汇总排名”.*之前，“评分”表第 2 行/)]);
  });
});

describe("what people write since", () => {
  test("a submission taken back after the ranking, an expert's unit corrected", () => {
    const award = rewrite(done.award, "案例", 3, "案例名称", "另一个名称");
    const { same, problems } = replay(world(award, done.review, done.texts));
    expect(same.核对所依据的数据).toBe(false);
    expect(problems).toEqual([
      expect.stringMatching(
        /日志第 4 行“汇总排名”.*之后，“案例”表第 3 行“案例名称”.*当时为.*现为“另一个名称”。该操作没有据此重做。/,
      ),
    ]);
  });

  test.for([
    { book: "award", sheet: "参数", label: "值" },
    { book: "award", sheet: "单位", label: "别名" },
    { book: "award", sheet: "单位", label: "上级单位" },
    { book: "award", sheet: "案例", label: "其他作者" },
    { book: "award", sheet: "案例", label: "领域" },
    { book: "review", sheet: "评审专家", label: "评审上限" },
    { book: "review", sheet: "评审专家", label: "不回避" },
    { book: "award", sheet: "参数", label: "说明", isIgnored: true },
    { book: "award", sheet: "案例", label: "联系电话", isIgnored: true },
    { book: "award", sheet: "专家", label: "单位", isIgnored: true },
  ] as const)("$sheet $label", ({ book, sheet, label, ...rest }) => {
    const changed = { ...done, [book]: rewrite(done[book], sheet, 2, label, "3") };
    const found = tellSince(changed);
    if ("isIgnored" in rest) expect(found).toEqual([]);
    else expect(found).toEqual([expect.stringMatching(new RegExp(`^“${sheet}”表第 2 行“${label}”.*现为“3”`))]);
  });
});

describe("what is frozen of an action", () => {
  test("of all five authors name, unit and account", () => {
    const authors = [1, 2, 3, 4, 5].flatMap((n) => ["name", "unit", "account"].map((part) => `author${n}.${part}`));
    expect(reviewedColumns.filter((key) => /^author\d/.test(key))).toEqual(authors);
  });

  test("who takes part in a ranking, in one order, and only where somebody is not under review", () => {
    const found = { eligible: ["b", "a"], clean: ["d", "c"] };
    const more = { ...books(scored), award: shared({}, 7) };
    expect(freezeRanking(more, notice, () => found).participants).toEqual({ eligible: ["a", "b"], clean: ["c", "d"] });
    expect(freezeRanking(books(scored), notice, () => found).participants).toEqual({ eligible: [], clean: [] });
    expect(freezeRanking({ ...more, review: undefined }, notice, () => found).participants).toEqual({
      eligible: ["a", "b"],
      clean: ["c", "d"],
    });
  });

  test("of a sheet that is not looked at the header alone, of 案例 what the review looks at", () => {
    const { award, review } = freezeRanking(books(scored), notice);
    const rows = (sheets: typeof award | null, name: string) =>
      sheets?.find((sheet) => sheet.name === name)?.rows ?? [];
    expect(rows(award, "专家")).toHaveLength(1);
    expect(rows(award, "正文")).toHaveLength(1);
    const [header = [], first = []] = rows(award, "案例");
    expect(first[header.indexOf("案例编号")]).toBeTruthy();
    expect(first[header.indexOf("联系电话")] ?? null).toBeNull();
    expect(rows(review, "评分").length).toBeGreaterThan(1);
    expect(rows(review, "日志")).toHaveLength(1);
  });
});

describe("the archive", () => {
  const rankRow = () => verifyChain(done.review).rows[2]!;
  test("a text that was edited, one that is gone, one of another action", () => {
    const { inputDigest } = rankRow();
    const other = verifyChain(done.review).rows[0]!.inputDigest;
    const without = new Map([...done.texts].filter(([digest]) => digest !== inputDigest));
    const found = (texts: ReadonlyMap<string, string>) => replay(world(done.award, done.review, texts));
    const edited = found(new Map([...without, [inputDigest, `${done.texts.get(inputDigest)} `]]));
    expect(edited.same.汇总排名).toBe(false);
    expect(edited.problems).toEqual([expect.stringContaining(`${archiveName(inputDigest)} 的内容被改动过`)]);
    const gone = found(without);
    expect(gone.problems).toEqual([expect.stringContaining(`档案里没有 ${archiveName(inputDigest)}`)]);
    expect(gone.same.核对现有单元格).toBe(true);
    const swapped = act(scored, freezeRanking(books(scored), notice), (entry) => ({ ...entry, inputDigest: other }));
    expect(replay(world(done.award, swapped.review, scored.texts)).problems).toEqual([
      expect.stringContaining("不是这项操作的档案"),
    ]);
  });

  test.for([
    { action: "分派专家", index: 0 },
    { action: "收集评分", index: 1 },
  ])(
    "of $action gone: what it wrote is taken from the next action, and no change of it is told",
    ({ action, index }) => {
      const { inputDigest } = verifyChain(done.review).rows[index]!;
      const without = new Map([...done.texts].filter(([digest]) => digest !== inputDigest));
      const { problems } = replay(world(done.award, done.review, without));
      expect(problems).toEqual([expect.stringContaining(`档案里没有 ${archiveName(inputDigest)}`)]);
      expect(differing(world(done.award, done.review, without))).toEqual([action]);
    },
  );

  test("no archive at all is said once", () => {
    const from: ReplaySources = { ...done, archive: undefined, archived: () => undefined };
    expect(replay(from).problems).toEqual([expect.stringContaining("评审工作簿旁没有档案文件夹")]);
    expect(differing(from)).toEqual(["分派专家", "收集评分", "汇总排名"]);
  });

  test("a text that no row of 日志 names", () => {
    const { same, problems } = replay(world(done.award, done.review, new Map([...done.texts, ["f".repeat(64), "{}"]])));
    expect(same.核对评审工作簿日志).toBe(false);
    expect(problems).toEqual([expect.stringMatching(/^档案里的 f{64}\.json 在日志里没有对应的行/)]);
  });

  test("what was too large to be kept is said so", () => {
    const kept = act(scored, freezeRanking(books(scored), notice), (entry) => ({
      ...entry,
      outcome: entry.outcome + notKept,
      inputDigest: "e".repeat(64),
    }));
    expect(replay(world(done.award, kept.review, scored.texts)).problems).toEqual([
      expect.stringContaining("当时数据过大，没有存档，无法重算"),
    ]);
  });

  test("scores that were collected online are no difference: a note says that they cannot be computed", () => {
    const online = act(
      assigned,
      freezeCollection(books(assigned), notice, [], { accept: [], now: "2025-11-20T09:30:00" }),
      (entry) => ({
        ...entry,
        parameters: "在线评分表 6 份",
        inputDigest: "",
      }),
    );
    const from = world(online.award, online.review, assigned.texts);
    const { problems, notes } = replay(from);
    expect(problems).toEqual([]);
    expect(notes[0]).toMatch(/^日志第 3 行“收集评分”.*是在线收集，没有档案/);
  });
});

describe("日志 that says otherwise", () => {
  test.for([
    { key: "parameters", label: "参数" },
    { key: "outcome", label: "结果" },
  ] as const)("$label", ({ key, label }) => {
    const lied = act(scored, freezeRanking(books(scored), notice), (entry) => ({ ...entry, [key]: `${entry[key]}。` }));
    const { same, problems } = replay(lied);
    expect(same.汇总排名).toBe(false);
    expect(problems).toEqual([
      expect.stringMatching(new RegExp(`^日志第 4 行“汇总排名”.*：“${label}”记的是“.*。”，重算得“`)),
    ]);
    expect(problems[0]).not.toContain("当时的规则");
  });

  test("by other rules: both versions are told; with another notice it is not computed", () => {
    const frozen = freezeRanking(books(scored), notice);
    const lied = act(scored, { ...frozen, version: "0.0.9" }, (entry) => ({ ...entry, outcome: "别的" }));
    const { problems, notes } = replay(lied);
    expect(problems).toEqual([]);
    expect(notes[0]).toMatch(/^日志第 4 行“汇总排名”.*按规则 0\.0\.9 办理：得分、名次、奖项等重算相符/);
    const other = rewrite(lied.review, "汇总", 2, "名次", 99);
    expect(replay(world(lied.award, other, lied.texts)).problems).toEqual([
      expect.stringMatching(/首处不同：“汇总”表第 2 行“名次”.*；当时的规则是 0\.0\.9，现在是 /),
    ]);
    expect(replay(act(scored, { ...frozen, notice: "x-2024" })).problems).toEqual([
      expect.stringMatching(/按通知 x-2024 办理，现在工作簿里的是通知 .*，无法重算/),
    ]);
  });
});
