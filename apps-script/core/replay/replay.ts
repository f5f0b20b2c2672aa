import { type LoggedRow, verifyChain } from "../log/verify-chain.ts";
import type { Notice } from "../notice/notice.ts";
import { identifyNotice } from "../notice/notice-sheet.ts";
import { cleanText } from "../text/clean.ts";
import { version } from "../version.ts";
import type { WorkbookSnapshot } from "../workbook/port.ts";
import { digestFrozen, type FrozenAction, readFrozen, thaw } from "./frozen-action.ts";
import { type Performed, perform } from "./perform.ts";
import { recordedSheets } from "./recorded-sheets.ts";
import { compareStates, describeChange, type ReviewState, readState } from "./sheet-state.ts";

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

const cellsStep = "核对现有单元格";

/**
 * Recomputes what 日志 tells: the chain of both workbooks; then each assignment, collection and ranking from what was
 * frozen of it; and between them, and after the last, whether the sheets that only Casebook writes are as the action
 * before left them.
 *
 * @throws WorkbookStructureError when a sheet or column is missing
 */
export function replayReview({ award, review, archived }: ReplaySources, notice: Notice): Replay {
  const steps: ReplayResult["steps"][number][] = [];
  const problems: string[] = [];
  const step = (action: string, found: readonly string[]) => {
    steps.push({ action, same: found.length === 0 });
    problems.push(...found);
  };

  step("核对申报工作簿日志", verifyChain(award).breaks);
  const chain = verifyChain(review);
  step("核对评审工作簿日志", chain.breaks);

  const changed: string[] = [];
  /** Undefined for a sheet of which it is not known what it should be. */
  let expected: ReviewState = new Map();
  const actions = chain.rows.filter((row) => replayed[row.action] !== undefined);
  for (const [i, row] of actions.entries()) {
    const found = openArchived(row, archived(row.inputDigest));
    if (typeof found === "string") {
      step(row.action, [found]);
      expected = withoutSheets(expected, recordedSheets[replayed[row.action]!]);
      continue;
    }
    if (found.review !== null) {
      const before = readState(thaw(found.review), notice, recordedSheets[found.action]);
      const when = `第 ${row.row} 行“${row.action}”（${row.time}）之前`;
      changed.push(...compareStates(expected, before).map((change) => `${when}，${describeChange(change)}。`));
    }
    const performed = performSafely(found, notice);
    if (typeof performed === "string") {
      step(row.action, [`日志${place(row)}：${performed}`]);
      expected = withoutSheets(expected, recordedSheets[found.action]);
      continue;
    }
    const next = actions[i + 1];
    step(
      row.action,
      compareDescription(row, found, performed, () => stateAfter(next, archived, review, notice)),
    );
    expected = new Map([...expected, ...performed.after]);
  }
  if (actions.length === 0) step("分派专家", ["评审工作簿的日志里没有分派、收集评分或汇总排名的记录。"]);
  changed.push(
    ...compareStates(expected, readState(review, notice)).map(
      (change) => `现在的评审工作簿，${describeChange(change)}。`,
    ),
  );
  step(cellsStep, changed);

  return { result: { steps }, problems, notes: tellHeads(chain.rows, chain.head) };
}

const place = (row: LoggedRow) => `第 ${row.row} 行“${row.action}”（${row.time}）`;

/** The frozen action of a row, or why there is none. */
function openArchived(row: LoggedRow, text: string | undefined): FrozenAction | string {
  const name = `${row.inputDigest}.json`;
  if (text === undefined)
    return `日志${place(row)}：档案里没有 ${name}，无法重算；该操作不是由 casebook 命令做的，或档案被移走、日志的输入摘要被改动。`;
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
  return [
    ...rows
      .filter((row) => row.action === exported)
      .map((row) => `${row.time} 输出名单时的日志链首：${row.previousDigest}（应与那时公示名单上印的一致）`),
    `现在的日志链首：${head}`,
  ];
}
