import { identifyNotice } from "../award/notice-sheet.ts";
import { type LoggedRow, verifyChain } from "../log/verify-chain.ts";
import type { Notice } from "../notice/notice.ts";
import { cleanText } from "../text/clean.ts";
import { version } from "../version.ts";
import type { WorkbookPatch, WorkbookSnapshot } from "../workbook/port.ts";
import { notKept } from "./archive-sheet.ts";
import { wording } from "./earlier-rules.ts";
import { archiveName, digestFrozen, type FrozenAction, readFrozen, thaw } from "./frozen-action.ts";
import { tellInputsSince } from "./inputs-since.ts";
import { type Performed, perform } from "./perform.ts";
import { recordedSheets } from "./recorded-sheets.ts";
import {
  compareStates,
  describeChange,
  describeChanges,
  type ReviewState,
  readState,
  withoutColumns,
} from "./sheet-state.ts";

/** What `replay --json` prints. */
export interface ReplayResult {
  readonly steps: readonly { readonly action: string; readonly same: boolean }[];
}

export interface Replay {
  readonly result: ReplayResult;
  /** In Chinese, for each step that is not the same, what differs first. */
  readonly problems: readonly string[];
  /** In Chinese: what to hold against a published list. */
  readonly notes: readonly string[];
}

export interface ReplaySources {
  /** The shared workbook. */
  readonly award: WorkbookSnapshot;
  readonly review: WorkbookSnapshot;
  /** Names of the archive's files, `DIGEST.json`; undefined where there is no archive. */
  readonly archive: readonly string[] | undefined;
  /** The text of the archive's file of this digest; undefined when there is none. */
  readonly archived: (digest: string) => string | undefined;
}

/** Rows of 日志 whose actions write what is compared here. */
const replayed: Readonly<Record<string, FrozenAction["action"]>> = {
  分派专家: "assign",
  收集评分: "collect",
  汇总排名: "rank",
};
const exported = "输出名单";

/** Changes of a sheet that are listed; what was changed between two actions repeats itself, so of that fewer. */
const mostNow = 20;
const mostBetween = 3;

/**
 * Recomputes what 日志 tells: the chain of both workbooks; then each assignment, collection and ranking from what was
 * frozen of it; between them, and after the last, whether the sheets that only Casebook writes are as the action before
 * left them; and whether what people write is still what the last assignment or ranking followed.
 *
 * Scores that were collected online are not frozen: what they wrote is taken from the next action, and a note says so.
 *
 * @throws WorkbookStructureError when a sheet or column is missing
 */
export function replayReview({ award, review, archive, archived }: ReplaySources, notice: Notice): Replay {
  const steps: ReplayResult["steps"][number][] = [];
  const problems: string[] = [];
  const notes: string[] = [];
  const step = (action: string, found: readonly string[]) => {
    steps.push({ action, same: found.length === 0 });
    problems.push(...found);
  };

  step("核对申报工作簿日志", verifyChain(award).breaks);
  const chain = verifyChain(review);
  step("核对评审工作簿日志", [...chain.breaks, ...tellUnlogged(archive ?? [], chain.rows)]);

  const changed: string[] = [];
  /** Undefined for a sheet of which it is not known what it should be. */
  let expected: ReviewState = new Map();
  let last: { readonly row: LoggedRow; readonly frozen: FrozenAction; readonly patch: WorkbookPatch } | undefined;
  /** Of the last ranking. */
  let unused: readonly string[] = [];
  const actions = chain.rows.filter((row) => replayed[row.action] !== undefined);
  if (archive === undefined && actions.some((row) => !isCollectedOnline(row)))
    problems.push(
      "评审工作簿旁没有档案文件夹（在线评审的，是评审工作簿里没有“档案”表），各项操作无法重算；请把它放回原处。",
    );
  for (const [i, row] of actions.entries()) {
    const text = archived(row.inputDigest);
    if (text === undefined && isCollectedOnline(row)) {
      notes.push(`日志${place(row)}是在线收集，没有档案，不能重算；收到的分数可与各专家的在线评分表核对。`);
      expected = withoutSheets(expected, recordedSheets.collect);
      continue;
    }
    const found = openArchived(row, text);
    if (typeof found === "string") {
      steps.push({ action: row.action, same: false });
      if (archive !== undefined) problems.push(found);
      expected = withoutSheets(expected, recordedSheets[replayed[row.action]!]);
      continue;
    }
    if (found.review !== null) {
      const before = readState(thaw(found.review), notice, recordedSheets[found.action]);
      const when = `日志${place(row)}之前`;
      changed.push(...describeChanges(compareStates(expected, before), mostBetween).map((each) => `${when}，${each}`));
    }
    const performed = performSafely(found, notice);
    if (typeof performed === "string") {
      step(row.action, [`日志${place(row)}：${performed}`]);
      expected = withoutSheets(expected, recordedSheets[found.action]);
      continue;
    }
    const next = actions[i + 1];
    const differing = compareDescription(row, found, performed, () => stateAfter(next, archived, review, notice));
    const decided = withoutColumns(performed.after, wording);
    const inOtherWords =
      differing.length > 0 &&
      found.version !== version &&
      isLeftAs(decided, recordedAfter(actions.slice(i + 1), [...decided.keys()], archived, review, notice));
    if (inOtherWords) {
      notes.push(
        `日志${place(row)}按规则 ${found.version} 办理：得分、名次、奖项等重算相符，只有“备注”之类的文字随版本 ${version} 改了说法。`,
      );
    }
    step(row.action, inOtherWords ? [] : differing);
    // The first difference is told; what follows from it is none of its own.
    expected =
      differing.length === 0 || inOtherWords
        ? new Map([...expected, ...(inOtherWords ? decided : performed.after)])
        : withoutSheets(expected, recordedSheets[found.action]);
    if (found.action === "rank") unused = performed.unused.map((each) => `日志${place(row)}：${each}`);
    if (found.action !== "collect") last = { row, frozen: found, patch: performed.patch };
  }
  if (actions.length === 0) step("分派专家", ["评审工作簿的日志里没有分派、收集评分或汇总排名的记录。"]);
  const state = readState(review, notice);
  const gone = [...expected].filter(([key]) => !state.has(key)).map(([, { name }]) => `没有“${name}”表。`);
  const now = [...gone, ...describeChanges(compareStates(expected, state), mostNow)];
  step("核对现有单元格", [...changed, ...now.map((each) => `现在的评审工作簿，${each}`)]);
  if (unused.length > 0) step("核对评分去向", unused);
  if (last)
    step("核对所依据的数据", tellInputs(last.row, tellInputsSince(last.frozen, last.patch, { award, review }, notice)));

  return {
    result: { steps },
    problems,
    notes: [...notes, ...tellUnranked(actions), ...tellHeads(chain.rows, chain.head)],
  };
}

/** Logged by the Google host, whose score sheets stay online. */
const isCollectedOnline = (row: LoggedRow) =>
  replayed[row.action] === "collect" && row.parameters.startsWith("在线评分表");

/** Files of the archive that no row of 日志 names: what is left of an action whose row was taken away. */
function tellUnlogged(archive: readonly string[], rows: readonly LoggedRow[]): string[] {
  const logged = new Set(rows.map((row) => archiveName(row.inputDigest)));
  return archive
    .filter((name) => !logged.has(name))
    .map(
      (name) =>
        `档案里的 ${name} 在日志里没有对应的行：或是这一行被删去，或是文件被改名，或是那次操作中途断电没有做完（如确属最后一种，再做一次那项操作；仍有提示的，可把它移出文件夹）。`,
    );
}

/** What has happened since the last ranking: 汇总 and 结果 do not tell it. */
function tellUnranked(actions: readonly LoggedRow[]): string[] {
  const [last] = actions.slice(-1);
  if (!last || replayed[last.action] === "rank" || !actions.some((row) => replayed[row.action] === "rank")) return [];
  return [`最后一次汇总排名之后又有${place(last)}，“汇总”和“结果”没有反映它；需要时请再运行汇总排名。`];
}

function tellInputs(row: LoggedRow, changes: readonly string[]): string[] {
  return changes.map((each) => `日志${place(row)}之后，${each}该操作没有据此重做。`);
}

const place = (row: LoggedRow) => `第 ${row.row} 行“${row.action}”（${row.time}）`;

/** The frozen action of a row, or why there is none. */
function openArchived(row: LoggedRow, text: string | undefined): FrozenAction | string {
  const name = archiveName(row.inputDigest);
  if (text === undefined && row.outcome.endsWith(notKept))
    return `日志${place(row)}：当时数据过大，没有存档，无法重算。`;
  if (text === undefined)
    return `日志${place(row)}：档案里没有 ${name}，无法重算；或是档案被移走、改名，或是日志的输入摘要被改动。`;
  if (digestFrozen(text) !== row.inputDigest)
    return `日志${place(row)}：档案文件 ${name} 的内容被改动过，与日志的输入摘要不符。`;
  const frozen = readFrozen(text);
  if (!frozen || frozen.action !== replayed[row.action])
    return `日志${place(row)}：档案文件 ${name} 不是这项操作的档案。`;
  return frozen;
}

function performSafely(frozen: FrozenAction, notice: Notice): Performed<unknown> | string {
  const current = identifyNotice(notice);
  if (frozen.notice !== current) return `按通知 ${frozen.notice} 办理，现在工作簿里的是通知 ${current}，无法重算。`;
  try {
    return perform(frozen, notice);
  } catch (error) {
    return `重算时出错：${error instanceof Error ? error.message : String(error)}`;
  }
}

/** The sheets as they stood when the next action began, or as they stand now. */
function stateAfter(
  next: LoggedRow | undefined,
  archived: ReplaySources["archived"],
  review: WorkbookSnapshot,
  notice: Notice,
): ReviewState {
  if (!next) return readState(review, notice);
  const frozen = readFrozen(archived(next.inputDigest) ?? "");
  return frozen?.review ? readState(thaw(frozen.review), notice, recordedSheets[frozen.action]) : new Map();
}

/** The sheets as the next action that keeps them found them, or as they stand now. */
function recordedAfter(
  later: readonly LoggedRow[],
  sheets: readonly string[],
  archived: ReplaySources["archived"],
  review: WorkbookSnapshot,
  notice: Notice,
): ReviewState {
  const found = new Map<string, ReviewState extends ReadonlyMap<string, infer S> ? S : never>();
  for (const key of sheets) {
    const next = later.find((row) => recordedSheets[replayed[row.action]!].includes(key));
    const state = stateAfter(next, archived, review, notice).get(key);
    if (state) found.set(key, state);
  }
  return found;
}

/** Whether every sheet of the state is there and says the same. */
function isLeftAs(state: ReviewState, found: ReviewState): boolean {
  return [...state.keys()].every((key) => found.has(key)) && compareStates(state, found).length === 0;
}

/** The first thing that was logged otherwise than it comes out now. */
function compareDescription(
  row: LoggedRow,
  frozen: FrozenAction,
  { description, after }: Performed<unknown>,
  actual: () => ReviewState,
): string[] {
  for (const key of ["parameters", "outcome"] as const) {
    if (row[key] === cleanText(description[key])) continue;
    const label = key === "parameters" ? "参数" : "结果";
    const [first] = compareStates(after, actual());
    return [
      [
        `日志${place(row)}：“${label}”记的是“${row[key]}”，重算得“${description[key]}”`,
        ...(first ? [`首处不同：${describeChange(first)}`] : []),
        ...(frozen.version === version ? [] : [`当时的规则是 ${frozen.version}，现在是 ${version}`]),
      ].join("；"),
    ];
  }
  return [];
}

function withoutSheets(state: ReviewState, keys: readonly string[]): ReviewState {
  return new Map([...state].filter(([key]) => !keys.includes(key)));
}

/** The heads that stand on published lists, and that of the whole log. */
function tellHeads(rows: readonly LoggedRow[], head: string): string[] {
  const published = rows.filter((row) => row.action === exported);
  return [
    ...published.map((row) => `${row.time} 输出名单时的日志链首：${row.previousDigest}（应与那时公示名单上印的一致）`),
    ...(published.length === 0 ? ["日志里没有输出名单的记录；如果已经公示过，说明日志被截短或改写。"] : []),
    `现在的日志链首：${head}`,
  ];
}
