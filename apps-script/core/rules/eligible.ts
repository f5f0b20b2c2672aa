import type { AwardData, Submission } from "../award/award.ts";
import { describeSettingProblems, type SettingProblem } from "../award/settings.ts";
import { runErrorRules } from "./index.ts";
import { barringErrors, findingsBySubmission, isInForce } from "./quota/clean-rows.ts";

/** Nothing is assigned, handed out or ranked on wrong settings; the message names each cell and the remedy. */
export class ReviewBlockedError extends Error {}

/** @throws ReviewBlockedError when 参数 holds a wrong value */
export function requireValidSettings({ settingProblems, tables }: AwardData): void {
  refuseWrongSettings(tables.settings.name, settingProblems);
}

/** @param sheet the name of 参数 in the workbook. @throws ReviewBlockedError when it holds a wrong value */
export function refuseWrongSettings(sheet: string, problems: readonly SettingProblem[]): void {
  if (problems.length === 0) return;
  const lines = describeSettingProblems(sheet, problems);
  throw new ReviewBlockedError(`参数有误，请改正后再运行：\n${lines.join("\n")}`);
}

/** Keys of submissions, of both kinds those recommended and clean. */
export interface Participants {
  /** Without a QUOTA finding: those that get experts. */
  readonly eligible: readonly string[];
  /** Whatever the quota. */
  readonly clean: readonly string[];
}

/** Recommending, assigning and ranking give one answer to which row is clean. */
function findClean(award: AwardData) {
  const findings = runErrorRules(award);
  const barring = barringErrors(award, findings);
  const clean = award.submissions.filter((s) => s.recommended && isInForce(s) && !barring.has(s));
  const beyondQuota = findingsBySubmission(
    award,
    findings.filter((f) => f.code.startsWith("QUOTA-")),
  );
  return { clean, eligible: clean.filter((s) => !beyondQuota.has(s)) };
}

export function findParticipants(award: AwardData): Participants {
  const { clean, eligible } = findClean(award);
  return { eligible: eligible.map((s) => s.key), clean: clean.map((s) => s.key) };
}

/** Recommended, clean submissions without a QUOTA finding: those that get experts. */
export const findEligibleSubmissions = (award: AwardData): Submission[] => findClean(award).eligible;
