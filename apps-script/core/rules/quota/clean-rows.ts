import type { AwardData, Submission } from "../../award/award.ts";
import { valid } from "../../schema/choices.ts";
import { isSameText } from "../../text/clean.ts";
import { addToGroup } from "../../text/group-by.ts";
import type { Finding } from "../rule.ts";

/** Findings by the submission they are about: those of its rows in 案例 and 正文. */
export function findingsBySubmission(award: AwardData, findings: Iterable<Finding>): Map<Submission, Finding[]> {
  const { submissions, texts } = award.tables;
  const byPlace = new Map<string, Submission[]>();
  const remember = (sheet: string, row: number, submission: Submission) => {
    addToGroup(byPlace, `${sheet}\u0001${row}`, submission);
  };
  for (const submission of award.submissions) {
    remember(submissions.name, submission.record.row, submission);
    if (submission.text) remember(texts.name, submission.text.record.row, submission);
  }
  const found = new Map<Submission, Finding[]>();
  for (const finding of findings) {
    for (const submission of byPlace.get(`${finding.sheet}\u0001${finding.row}`) ?? []) {
      addToGroup(found, submission, finding);
    }
  }
  return found;
}

/** Errors of a submission that bar it from being recommended: QUOTA-* aside. */
export function barringErrors(award: AwardData, findings: Iterable<Finding>): Map<Submission, Finding[]> {
  const barring = [...findings].filter((f) => f.severity === "error" && !f.code.startsWith("QUOTA-"));
  return findingsBySubmission(award, barring);
}

/** 状态 is 有效; an empty cell counts as that. */
export function isInForce(submission: Submission): boolean {
  const status = submission.record.text("status");
  return status === "" || isSameText(status, valid);
}

/** The submissions that may be recommended: 状态 is 有效 and no error but QUOTA-*. */
export function findCleanSubmissions(award: AwardData, findings: readonly Finding[]): Submission[] {
  const errors = barringErrors(award, findings);
  return award.submissions.filter((s) => isInForce(s) && !errors.has(s));
}
