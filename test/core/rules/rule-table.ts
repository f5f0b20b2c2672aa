import type { CleanedCell, DisputedCell } from "../../../apps-script/core/award/award.ts";
import type { Severity } from "../../../apps-script/core/rules/rule.ts";
import type { AwardParts, SubmissionRow, TextRow } from "../award-builder.ts";

interface ExpectedFinding {
  /** `案例!2 关键词`: sheet, row, column. */
  readonly at: string;
  /** What the message must say. */
  readonly says?: readonly string[];
  /** What it must not say. */
  readonly lacks?: readonly string[];
  /** The rule's own severity when absent. */
  readonly severity?: Severity;
  readonly stage?: string;
}

interface RuleCase {
  readonly name: string;
  readonly parts: AwardParts;
  readonly cleaned?: readonly CleanedCell[];
  readonly disputed?: readonly DisputedCell[];
  /** All findings of the rule, in any order; none for the nearest clean case. */
  readonly finds: readonly ExpectedFinding[];
  /** Codes of the errors and warnings that other rules must find in this case, and no others. */
  readonly also?: readonly string[];
}

export interface RuleTable {
  readonly code: string;
  readonly cases: readonly RuleCase[];
}

/** A workbook with these submissions, each laid over a valid one. */
export const submitted = (...submissions: SubmissionRow[]): AwardParts => ({ submissions });

export const noCounts: SubmissionRow = {
  wordsSummary: null,
  wordsInnovation: null,
  wordsProcess: null,
  wordsApplication: null,
  wordsTotal: null,
};

/** One valid submission with its text in 正文. */
export const written = (text: TextRow, submission: SubmissionRow = {}): AwardParts => ({
  submissions: [{ ...noCounts, ...submission }],
  texts: [{ nominator: submission.nominator ?? "兴庆区教育局", ...text }],
});

const characters = "课堂数据学情诊断分层作业教研平台资源共建共享评价画像";

/** A text of exactly `length` Chinese characters. */
export function prose(length: number): string {
  return Array.from({ length }, (_, i) => characters[(i * 7) % characters.length]).join("");
}
