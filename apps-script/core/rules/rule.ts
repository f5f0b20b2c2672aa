import type {
  AwardData,
  CleanedCell,
  Expert,
  ExpertKey,
  Liaison,
  LiaisonKey,
  Submission,
  SubmissionKey,
  SubmissionText,
  TextKey,
  Unit,
  UnitKey,
} from "../award/award.ts";
import type { PriorWinner } from "../award/prior-winners.ts";
import type { Notice } from "../notice/notice.ts";
import { type Table, type TableRow, tableLabel } from "../tables/table.ts";
import type { CellValue } from "../workbook/port.ts";
import type { Live } from "./live.ts";

export type Severity = "error" | "warning" | "info";

/** One thing that a rule found: where, what, what to do, and by which article. */
export interface Finding {
  readonly code: string;
  readonly severity: Severity;
  /** The name the sheet bears in this workbook. */
  readonly sheet: string;
  /** 1-based; 0 where the finding is about a unit that has no row. */
  readonly row: number;
  /** The label of the column; "" where the finding is about the row. */
  readonly column: string;
  readonly id: string;
  readonly nominator: string;
  readonly message: string;
  readonly article: string;
  /** Stage, where the finding is about one stage of a unit's experts. */
  readonly stage?: string;
}

/** What a rule yields; code, severity and article come from the rule unless the rule overrides them for one finding. */
export type FindingDraft = Omit<Finding, "code" | "severity" | "article"> & {
  readonly severity?: Severity;
  readonly article?: string;
};

export interface RuleContext extends AwardData {
  /** Findings of the rules that ran before: QUOTA-INELIGIBLE and 可推荐 ask which rows are clean. */
  readonly earlier: readonly Finding[];
  /** What import changed in single cells; empty where nothing was imported. */
  readonly cleaned: readonly CleanedCell[];
  /** Winners of earlier years; empty where none were imported. */
  readonly prior: readonly PriorWinner[];
}

export interface Rule {
  readonly code: string;
  /** In Chinese, some six characters: what people see in place of the code, or before it. */
  readonly name: string;
  readonly severity: Severity;
  /** Further severities the rule may give. */
  readonly alsoSeverity?: Severity;
  /** For people: what it finds, in Chinese; a function where it names numbers of the notice. */
  readonly finds: string | ((notice: Notice) => string);
  /** For people: what to do about it, in one Chinese sentence. */
  readonly remedy: string;
  /** What every cell that the rule names should hold, where that is beyond doubt; the reason in Chinese. */
  readonly mend?: { readonly to: CellValue; readonly reason: string };
  /** No unit can mend it: units are not told. */
  readonly forAdministrators?: true;
  /** Article of the notice, taken from the notice's data; `noticeIsSilent` where no article says it. */
  readonly article: (notice: Notice) => string;
  /** It says of each case what the case alone tells, of `submissions` given singly the same as of all. */
  readonly ofEachCase?: true;
  readonly check: (context: RuleContext) => Iterable<FindingDraft>;
  /** The formulas of 即时检查 that say the same, or for people why there are none. */
  readonly live: Live | string;
}

/** What stands in the place of an article where a rule only keeps the workbook sound. */
export const noticeIsSilent = () => "填报要求";

export function defineRule(rule: Rule): Rule {
  return rule;
}

type Override = { readonly severity?: Severity; readonly article?: string };

function locate<K extends string>(table: Table<K>, record: TableRow<K>, key: K | "", message: string) {
  return { sheet: table.name, row: record.row, column: key === "" ? "" : tableLabel(table, key), message };
}

/** The unit's own name where 推荐单位 names one, else what was typed. */
const nominatorOf = (of: { readonly unit: Unit | undefined; readonly nominator: string }) =>
  of.unit?.name ?? of.nominator;

export function atSubmission(
  award: AwardData,
  submission: Submission,
  key: SubmissionKey,
  message: string,
  override: Override = {},
): FindingDraft {
  const place = locate(award.tables.submissions, submission.record, key, message);
  return { ...place, id: submission.id, nominator: nominatorOf(submission), ...override };
}

export function atText(
  award: AwardData,
  text: SubmissionText,
  key: TextKey,
  message: string,
  override: Override = {},
): FindingDraft {
  const place = locate(award.tables.texts, text.record, key, message);
  return { ...place, id: text.id, nominator: text.nominator, ...override };
}

/** At the text of a submission in 正文. */
export function atSubmissionText(
  award: AwardData,
  submission: Submission,
  text: SubmissionText,
  key: TextKey,
  message: string,
  override: Override = {},
): FindingDraft {
  return { ...atText(award, text, key, message, override), id: submission.id, nominator: nominatorOf(submission) };
}

export function atExpert(
  award: AwardData,
  expert: Expert,
  key: ExpertKey,
  message: string,
  override: Override = {},
): FindingDraft {
  const place = locate(award.tables.experts, expert.record, key, message);
  return { ...place, id: "", nominator: nominatorOf(expert), ...override };
}

export function atLiaison(
  award: AwardData,
  liaison: Liaison,
  key: LiaisonKey,
  message: string,
  override: Override = {},
): FindingDraft {
  const place = locate(award.tables.liaisons, liaison.record, key, message);
  return { ...place, id: "", nominator: liaison.nominator, ...override };
}

export function atUnit(
  award: AwardData,
  unit: Unit,
  key: UnitKey,
  message: string,
  override: Override = {},
): FindingDraft {
  const place = locate(award.tables.units, unit.record, key, message);
  return { ...place, id: "", nominator: unit.name, ...override };
}
