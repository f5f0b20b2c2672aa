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
export const exportAction = "输出名单";

/** Changes of a sheet that are listed; what was changed between two actions repeats itself, so of that fewer. */
const mostNow = 20;
const mostBetween = 3;

/**
 * Recomputes what 日志 records: the chain of both workbooks; then each assignment, collection and ranking from what was
 * frozen of it; between them, and after the last, whether the sheets that only Casebook writes are as the action before
 * left them; and whether what people write is still what the last assignment or ranking followed.
 *
 * Scores that were collected online are not frozen: what they wrote is taken from the next action, and a note says so.
 *
 * @throws WorkbookStructureError when a sheet or column is missing
 */
export function replayReview(sources: ReplaySources, notice: Notice): Replay {
  const { award, review, archive } = sources;
  const findings = new Findings();
  findings.step("核对申报工作簿日志", verifyChain(award).breaks);
  const chain = verifyChain(review);
  findings.step("核对评审工作簿日志", [...chain.breaks, ...tellUnlogged(archive ?? [], chain.rows)]);

  const actions = chain.rows.flatMap((row): ReplayedRow[] => {
    const kind = replayed[row.action];
    return kind ? [{ ...row, kind }] : [];
  });
  if (archive === undefined && actions.some((row) => !isCollectedOnline(row)))
    findings.problems.push(
      "评审工作簿旁没有档案文件夹（在线评审的，是评审工作簿里没有“档案”表），各项操作无法重算；请把它放回原处。",
    );
  actions.forEach((row, i) => {
    replayAction(row, actions.slice(i + 1), findings, sources, notice);
  });
  if (actions.length === 0) findings.step("分派专家", ["评审工作簿的日志里没有分派、收集评分或汇总排名的记录。"]);

  const { expected, changed, unused, last } = findings;
  const now = compareWithNow(expected, readState(review, notice));
  findings.step("核对现有单元格", [...changed, ...now]);
  if (unused.length > 0) findings.step("核对评分去向", unused);
  if (last)
    findings.step(
      "核对所依据的数据",
      tellInputs(last.row, tellInputsSince(last.frozen, last.patch, { award, review }, notice)),
    );
  return {
    result: { steps: findings.steps },
    problems: findings.problems,
    notes: [...findings.notes, ...tellUnranked(actions), ...tellHeads(chain.rows, chain.head)],
  };
}

/** A row of 日志 whose action is computed anew. */
type ReplayedRow = LoggedRow & { readonly kind: FrozenAction["action"] };

/** What a replay has found out so far. */
class Findings {
  readonly steps: ReplayResult["steps"][number][] = [];
  readonly problems: string[] = [];
  readonly notes: string[] = [];
  /** What was changed between two actions. */
  readonly changed: string[] = [];
  /** What the sheets should say; those of which it is not known are left out. */
  expected: ReviewState = new Map();
  /** The last assignment or ranking. */
  last: { readonly row: LoggedRow; readonly frozen: FrozenAction; readonly patch: WorkbookPatch } | undefined;
  /** Scores that the last ranking did not use. */
  unused: readonly string[] = [];

  step(action: string, found: readonly string[]): void {
    this.steps.push({ action, same: found.length === 0 });
    this.problems.push(...found);
  }

  /** From here on it is not known what the sheets of such an action should say. */
  forget(kind: FrozenAction["action"]): void {
    this.expected = withoutSheets(this.expected, recordedSheets[kind]);
  }
}

/** @param later the actions after it */
function replayAction(
  row: ReplayedRow,
  later: readonly ReplayedRow[],
  findings: Findings,
  { review, archive, archived }: ReplaySources,
  notice: Notice,
): void {
  const text = archived(row.inputDigest);
  if (text === undefined && isCollectedOnline(row)) {
    findings.notes.push(`日志${place(row)}是在线收集，没有档案，不能重算；收到的分数可与各专家的在线评分表核对。`);
    findings.forget("collect");
    return;
  }
  const found = openArchived(row, text);
  if (typeof found === "string") {
    findings.steps.push({ action: row.action, same: false });
    if (archive !== undefined) findings.problems.push(found);
    findings.forget(row.kind);
    return;
  }
  findings.changed.push(...tellChangedBefore(row, found, findings.expected, notice));
  const performed = performSafely(found, notice);
  if (typeof performed === "string") {
    findings.step(row.action, [`日志${place(row)}：${performed}`]);
    findings.forget(found.action);
    return;
  }
  const differing = compareDescription(row, found, performed, () => stateAfter(later[0], archived, review, notice));
  const decided = withoutColumns(performed.after, wording);
  const inOtherWords =
    differing.length > 0 &&
    found.version !== version &&
    isLeftAs(decided, recordedAfter(later, [...decided.keys()], archived, review, notice));
  if (inOtherWords) {
    findings.notes.push(
      `日志${place(row)}按规则 ${found.version} 办理：得分、名次、奖项等重算相符，只有“备注”之类的文字随版本 ${version} 改了说法。`,
    );
  }
  findings.step(row.action, inOtherWords ? [] : differing);
  // The first difference is reported; what follows from it is none of its own.
  if (differing.length > 0 && !inOtherWords) findings.forget(found.action);
  else findings.expected = new Map([...findings.expected, ...(inOtherWords ? decided : performed.after)]);
  if (found.action === "rank") findings.unused = performed.unused.map((each) => `日志${place(row)}：${each}`);
  if (found.action !== "collect") findings.last = { row, frozen: found, patch: performed.patch };
}

/** Where the sheets were not as the action before had left them when this one began. */
function tellChangedBefore(row: LoggedRow, found: FrozenAction, expected: ReviewState, notice: Notice): string[] {
  if (found.review === null) return [];
  const before = readState(thaw(found.review), notice, recordedSheets[found.action]);
  return describeChanges(compareStates(expected, before), mostBetween).map((each) => `日志${place(row)}之前，${each}`);
}

function compareWithNow(expected: ReviewState, state: ReviewState): string[] {
  const gone = [...expected].filter(([key]) => !state.has(key)).map(([, { name }]) => `没有“${name}”表。`);
  const changed = describeChanges(compareStates(expected, state), mostNow);
  return [...gone, ...changed].map((each) => `现在的评审工作簿，${each}`);
}

/** Logged by the Google host, whose score sheets stay online. */
const isCollectedOnline = (row: ReplayedRow) => row.kind === "collect" && row.parameters.startsWith("在线评分表");

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

/** What has happened since the last ranking: 汇总 and 结果 do not show it. */
function tellUnranked(actions: readonly ReplayedRow[]): string[] {
  const [last] = actions.slice(-1);
  if (!last || last.kind === "rank" || !actions.some((row) => row.kind === "rank")) return [];
  return [`最后一次汇总排名之后又有${place(last)}，“汇总”和“结果”没有反映它；需要时请再运行汇总排名。`];
}

function tellInputs(row: LoggedRow, changes: readonly string[]): string[] {
  return changes.map((each) => `日志${place(row)}之后，${each}该操作没有据此重做。`);
}

const place = (row: LoggedRow) => `第 ${row.row} 行“${row.action}”（${row.time}）`;

/** The frozen action of a row, or why there is none. */
function openArchived(row: ReplayedRow, text: string | undefined): FrozenAction | string {
  const name = archiveName(row.inputDigest);
  if (text === undefined && row.outcome.endsWith(notKept))
    return `日志${place(row)}：当时数据过大，没有存档，无法重算。`;
  if (text === undefined)
    return `日志${place(row)}：档案里没有 ${name}，无法重算；或是档案被移走、改名，或是日志的输入摘要被改动。`;
  if (digestFrozen(text) !== row.inputDigest)
    return `日志${place(row)}：档案文件 ${name} 的内容被改动过，与日志的输入摘要不符。`;
  const frozen = readFrozen(text);
  if (!frozen || frozen.action !== row.kind) return `日志${place(row)}：档案文件 ${name} 不是这项操作的档案。`;
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
  later: readonly ReplayedRow[],
  sheets: readonly string[],
  archived: ReplaySources["archived"],
  review: WorkbookSnapshot,
  notice: Notice,
): ReviewState {
  const found = new Map<string, ReviewState extends ReadonlyMap<string, infer S> ? S : never>();
  for (const key of sheets) {
    const next = later.find((row) => recordedSheets[row.kind].includes(key));
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
  const published = rows.filter((row) => row.action === exportAction);
  return [
    ...published.map((row) => `${row.time} 输出名单时的日志链首：${row.previousDigest}（应与那时公示名单上印的一致）`),
    ...(published.length === 0 ? ["日志里没有输出名单的记录；如果已经公示过，说明日志被截短或改写。"] : []),
    `现在的日志链首：${head}`,
  ];
}
