import type { AwardData, Submission } from "../award/award.ts";
import { submissionKey } from "../award/read-award.ts";
import { runErrorRules } from "../rules/index.ts";
import type { Finding } from "../rules/rule.ts";

/** Nothing is assigned, handed out or ranked on wrong settings; the message names each cell and the remedy. */
export class ReviewBlockedError extends Error {}

/** @throws ReviewBlockedError when 参数 holds a wrong value */
export function requireValidSettings(award: AwardData): void {
  if (award.settingProblems.length === 0) return;
  const lines = award.settingProblems.map((p) => `“${award.tables.settings.name}”表第 ${p.row} 行：${p.message}`);
  throw new ReviewBlockedError(`参数有误，请改正后再运行：\n${lines.join("\n")}`);
}

/** Findings by the submission they are about, those in 正文 included. */
export function findingsBySubmission(award: AwardData, findings: readonly Finding[]): Map<Submission, Finding[]> {
  const byRow = new Map(award.submissions.map((s) => [s.record.row, s]));
  const byKey = new Map(award.submissions.map((s) => [s.key, s]));
  const found = new Map<Submission, Finding[]>();
  for (const finding of findings) {
    const submission =
      finding.sheet === award.tables.submissions.name
        ? byRow.get(finding.row)
        : finding.sheet === award.tables.texts.name
          ? byKey.get(submissionKey(finding.nominator, finding.id))
          : undefined;
    if (!submission) continue;
    const list = found.get(submission);
    if (list) list.push(finding);
    else found.set(submission, [finding]);
  }
  return found;
}

/** Recommended, clean submissions without a QUOTA finding: those that get experts. */
export function findEligibleSubmissions(award: AwardData): Submission[] {
  const found = findingsBySubmission(award, runErrorRules(award));
  return award.submissions.filter((submission) => {
    if (!submission.recommended || submission.cancelled) return false;
    return !found.get(submission)?.some((f) => f.severity === "error" || f.code.startsWith("QUOTA-"));
  });
}
