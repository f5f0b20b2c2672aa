import { readAwardTables } from "../award/read-award.ts";
import { readSettings } from "../award/settings.ts";
import { type Description, stampVersions } from "../log/log.ts";
import type { Notice } from "../notice/notice.ts";
import { planReview } from "../panel/assign.ts";
import { describeAssignment } from "../panel/describe-assignment.ts";
import type { ReviewPlan } from "../panel/review-plan.ts";
import { type RankOutcome, rankReview } from "../ranking/rank.ts";
import { describeRanking } from "../ranking/rank-result.ts";
import { type CollectOutcome, collectScoreSheets, describeCollection } from "../score-sheets/collect.ts";
import { sha256 } from "../text/sha256.ts";
import { applyPatch } from "../workbook/apply-patch.ts";
import { emptySnapshot, type WorkbookPatch } from "../workbook/port.ts";
import { earlierChoices } from "./earlier-rules.ts";
import {
  type FrozenAction,
  type FrozenAssignment,
  type FrozenCollection,
  type FrozenRanking,
  thaw,
  thawSheets,
} from "./frozen-action.ts";
import { recordedSheets } from "./recorded-sheets.ts";
import { type ReviewState, readState, writeState } from "./sheet-state.ts";

/** What an action writes into the review workbook, and what it says of it. */
export interface Performed<T> {
  readonly result: T;
  readonly patch: WorkbookPatch;
  /** The row of 日志, 参数 stamped with the versions and 结果 with a digest of what was written. */
  readonly description: Description;
  /** Rows of 评分 that a ranking did not use, in Chinese. */
  readonly unused: readonly string[];
  /** The sheets that only Casebook writes, as the action leaves them. */
  readonly after: ReviewState;
}

const resultDigits = 16;

function finish<T extends { readonly patch: WorkbookPatch }>(
  frozen: FrozenAction,
  notice: Notice,
  result: T,
  { action, parameters, outcome }: Description,
  unused: readonly string[] = [],
): Performed<T> {
  const before = frozen.review === null ? emptySnapshot : thaw(frozen.review);
  const after = readState(applyPatch(before, result.patch), notice, recordedSheets[frozen.action]);
  return {
    result,
    patch: result.patch,
    after,
    unused,
    description: {
      action,
      parameters: stampVersions(parameters, frozen.notice, frozen.version),
      outcome: `${outcome}；结果摘要 ${sha256(writeState(after)).slice(0, resultDigits)}`,
    },
  };
}

/** @throws WorkbookStructureError, ReviewBlockedError */
export function performAssignment(frozen: FrozenAssignment, notice: Notice): Performed<ReviewPlan> {
  const review = frozen.review === null ? undefined : thaw(frozen.review);
  const plan = planReview(thaw(frozen.award), review, notice, frozen.options, earlierChoices(frozen.version));
  return finish(frozen, notice, plan, describeAssignment(plan, frozen.options.rebalance));
}

/** @throws WorkbookStructureError */
export function performCollection(frozen: FrozenCollection, notice: Notice): Performed<CollectOutcome> {
  const { settings } = readSettings(readAwardTables(thaw(frozen.award)).settings, notice);
  const inputs = frozen.inputs.map((input) => ({ ...input, sheets: thawSheets(input.sheets) }));
  const { accept, now } = frozen.options;
  const outcome = collectScoreSheets(thaw(frozen.review ?? []), settings, inputs, { accept: new Set(accept), now });
  return finish(
    frozen,
    notice,
    outcome,
    describeCollection(
      outcome.result,
      inputs.map((input) => input.file),
      accept,
    ),
  );
}

/** @throws WorkbookStructureError, ReviewBlockedError */
export function performRanking(frozen: FrozenRanking, notice: Notice): Performed<RankOutcome> {
  const earlier = earlierChoices(frozen.version);
  const participants = frozen.participants ?? { eligible: [], clean: [] };
  const outcome = rankReview(thaw(frozen.award), thaw(frozen.review ?? []), notice, earlier, participants);
  // Earlier versions said nothing of scores without a submission.
  const { orphaned } = frozen.participants ? outcome.result : { orphaned: [] };
  const unused = outcome.result.orphaned.map(
    ({ row, reviewId, expert, reason }) => `“评分”表第 ${row} 行（${reviewId}，${expert}）没有用上：${reason}。`,
  );
  return finish(frozen, notice, outcome, describeRanking({ ...outcome.result, orphaned }), unused);
}

/** Computes an action anew from what it was computed from. @throws as the actions themselves do */
export function perform(frozen: FrozenAction, notice: Notice): Performed<unknown> {
  switch (frozen.action) {
    case "assign":
      return performAssignment(frozen, notice);
    case "collect":
      return performCollection(frozen, notice);
    case "rank":
      return performRanking(frozen, notice);
  }
}
