import type { AwardData, Submission } from "../award/award.ts";
import { barringErrors, isInForce } from "../rules/quota/clean-rows.ts";
import type { Finding } from "../rules/rule.ts";

/** The submissions that may be recommended: 状态 is 有效 and no error but QUOTA-*. */
export function findCleanSubmissions(award: AwardData, findings: readonly Finding[]): Submission[] {
  const errors = barringErrors(award, findings);
  return award.submissions.filter((s) => isInForce(s) && !errors.has(s));
}
