import type { AwardData, Expert, Liaison, Submission, SubmissionKey, SubmissionText, Unit } from "../award/award.ts";
import { type Table, type TableRow, tableLabel } from "../award/table.ts";

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
}

export interface Rule {
  readonly code: string;
  readonly severity: Severity;
  /** Further severities the rule may give. */
  readonly alsoSeverity?: Severity;
  /** For docs/rules.md: what it finds, in one Chinese sentence. */
  readonly finds: string;
  /** For docs/rules.md: what to do about it, in one Chinese sentence. */
  readonly remedy: string;
  /** Article of the notice, or of the contract where the notice is silent. */
  readonly article: string;
  readonly check: (context: RuleContext) => Iterable<FindingDraft>;
}

export function defineRule(rule: Rule): Rule {
  return rule;
}

type Optional = { readonly severity?: Severity; readonly article?: string };

function locate<K extends string>(table: Table<K>, record: TableRow<K>, key: K | "", message: string) {
  return { sheet: table.name, row: record.row, column: key === "" ? "" : tableLabel(table, key), message };
}

export function atSubmission(
  context: AwardData,
  submission: Submission,
  key: SubmissionKey,
  message: string,
  more: Optional = {},
): FindingDraft {
  const place = locate(context.tables.submissions, submission.record, key, message);
  return { ...place, id: submission.id, nominator: submission.nominator, ...more };
}

export function atText(
  context: AwardData,
  text: SubmissionText,
  key: "nominator" | "id" | "title" | "summary" | "innovation" | "process" | "application",
  message: string,
  more: Optional = {},
): FindingDraft {
  const place = locate(context.tables.texts, text.record, key, message);
  return { ...place, id: text.id, nominator: text.nominator, ...more };
}

export function atExpert(
  context: AwardData,
  expert: Expert,
  key: Parameters<Expert["record"]["text"]>[0],
  message: string,
  more: Optional = {},
): FindingDraft {
  const place = locate(context.tables.experts, expert.record, key, message);
  return { ...place, id: "", nominator: expert.nominator, ...more };
}

export function atLiaison(
  context: AwardData,
  liaison: Liaison,
  key: Parameters<Liaison["record"]["text"]>[0],
  message: string,
  more: Optional = {},
): FindingDraft {
  const place = locate(context.tables.liaisons, liaison.record, key, message);
  return { ...place, id: "", nominator: liaison.nominator, ...more };
}

export function atUnit(
  context: AwardData,
  unit: Unit,
  key: Parameters<Unit["record"]["text"]>[0],
  message: string,
  more: Optional = {},
): FindingDraft {
  const place = locate(context.tables.units, unit.record, key, message);
  return { ...place, id: "", nominator: unit.name, ...more };
}
