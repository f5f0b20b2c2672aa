import type { AwardData, Submission } from "../award/award.ts";
import { runErrorRules } from "../rules/index.ts";
import { barringErrors, findingsBySubmission, isInForce } from "../rules/quota/clean-rows.ts";

/** Nothing is assigned, handed out or ranked on wrong settings; the message names each cell and the remedy. */
export class ReviewBlockedError extends Error {}

/** @throws ReviewBlockedError when 参数 holds a wrong value */
export function requireValidSettings(award: AwardData): void {
  if (award.settingProblems.length === 0) return;
  const lines = award.settingProblems.map((p) => `“${award.tables.settings.name}”表第 ${p.row} 行：${p.message}`);
  throw new ReviewBlockedError(`参数有误，请改正后再运行：\n${lines.join("\n")}`);
}

/** Recommended, clean submissions without a QUOTA finding: those that get experts. */
export function findEligibleSubmissions(award: AwardData): Submission[] {
  const findings = runErrorRules(award);
  const barring = barringErrors(award, findings);
  const beyondQuota = findingsBySubmission(
    award,
    findings.filter((f) => f.code.startsWith("QUOTA-")),
  );
  return award.submissions.filter((s) => s.recommended && isInForce(s) && !barring.has(s) && !beyondQuota.has(s));
}
