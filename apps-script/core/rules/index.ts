/** Every rule, in the order in which they run. */
import type { AwardData, CleanedCell, Submission } from "../award/award.ts";
import type { PriorWinner } from "../award/prior-winners.ts";
import { anonName } from "./anonymity/anon-name.ts";
import { anonRegion } from "./anonymity/anon-region.ts";
import { anonUnit } from "./anonymity/anon-unit.ts";
import { accountLookalike } from "./author/account-lookalike.ts";
import { authorCell } from "./author/author-cell.ts";
import { authorCount } from "./author/author-count.ts";
import { authorFirstLimit } from "./author/author-first-limit.ts";
import { authorIdentity } from "./author/author-identity.ts";
import { authorRepeated } from "./author/author-repeated.ts";
import { authorTotalLimit } from "./author/author-total-limit.ts";
import { dataCleaned } from "./data/data-cleaned.ts";
import { dataError } from "./data/data-error.ts";
import { dataFormula } from "./data/data-formula.ts";
import { dataLookAlike } from "./data/data-look-alike.ts";
import { dataPrecision } from "./data/data-precision.ts";
import { importConflict } from "./data/import-conflict.ts";
import { settingValue } from "./data/setting-value.ts";
import { expertCell } from "./expert/expert-cell.ts";
import { expertConflict } from "./expert/expert-conflict.ts";
import { expertCount } from "./expert/expert-count.ts";
import { expertDeadline } from "./expert/expert-deadline.ts";
import { expertDuplicate } from "./expert/expert-duplicate.ts";
import { expertIsAuthor } from "./expert/expert-is-author.ts";
import { expertNominator } from "./expert/expert-nominator.ts";
import { expertPhone } from "./expert/expert-phone.ts";
import { expertRequired } from "./expert/expert-required.ts";
import { expertStage } from "./expert/expert-stage.ts";
import { expertValue } from "./expert/expert-value.ts";
import { liaisonCell } from "./expert/liaison-cell.ts";
import { liaisonCount } from "./expert/liaison-count.ts";
import { liaisonNominator } from "./expert/liaison-nominator.ts";
import { liaisonPhone } from "./expert/liaison-phone.ts";
import { liaisonRequired } from "./expert/liaison-required.ts";
import { keepsEachCase, perCase } from "./per-award.ts";
import { quotaIneligible } from "./quota/quota-ineligible.ts";
import { quotaSchool } from "./quota/quota-school.ts";
import { quotaTrack } from "./quota/quota-track.ts";
import { quotaWindow } from "./quota/quota-window.ts";
import type { Finding, Rule, RuleContext } from "./rule.ts";
import { priorMatch } from "./submission/prior-match.ts";
import { subEligibility } from "./submission/sub-eligibility.ts";
import { subIdDuplicate } from "./submission/sub-id-duplicate.ts";
import { subKeywords } from "./submission/sub-keywords.ts";
import { subNominator } from "./submission/sub-nominator.ts";
import { subPriorAward } from "./submission/sub-prior-award.ts";
import { subRequired } from "./submission/sub-required.ts";
import { subTitleDuplicate } from "./submission/sub-title-duplicate.ts";
import { subTrack } from "./submission/sub-track.ts";
import { subValue } from "./submission/sub-value.ts";
import { subWindow } from "./submission/sub-window.ts";
import { textCountMismatch } from "./text/text-count-mismatch.ts";
import { textDuplicate } from "./text/text-duplicate.ts";
import { textMissing } from "./text/text-missing.ts";
import { textOrphan } from "./text/text-orphan.ts";
import { textSection } from "./text/text-section.ts";
import { textTotal } from "./text/text-total.ts";
import { unitDuplicate } from "./unit/unit-duplicate.ts";
import { unitOtherName } from "./unit/unit-other-name.ts";
import { unitParent } from "./unit/unit-parent.ts";
import { unitSeal } from "./unit/unit-seal.ts";
import { unitValue } from "./unit/unit-value.ts";
import { videoBrand } from "./video/video-brand.ts";
import { videoDuration } from "./video/video-duration.ts";
import { videoFormat } from "./video/video-format.ts";
import { videoMissing } from "./video/video-missing.ts";
import { videoRecency } from "./video/video-recency.ts";
import { videoResolution } from "./video/video-resolution.ts";
import { videoSubtitles } from "./video/video-subtitles.ts";
import { videoTitleCard } from "./video/video-title-card.ts";
import { videoUnknown } from "./video/video-unknown.ts";
import { cutLong } from "./wording.ts";

export const allRules: readonly Rule[] = [
  settingValue,
  unitValue,
  unitDuplicate,
  unitParent,
  unitSeal,
  unitOtherName,
  subRequired,
  subIdDuplicate,
  subValue,
  subNominator,
  subTrack,
  subEligibility,
  subWindow,
  subKeywords,
  subPriorAward,
  priorMatch,
  subTitleDuplicate,
  textSection,
  textTotal,
  textDuplicate,
  textCountMismatch,
  textOrphan,
  textMissing,
  videoMissing,
  videoFormat,
  videoResolution,
  videoDuration,
  videoRecency,
  videoSubtitles,
  videoTitleCard,
  videoBrand,
  videoUnknown,
  authorCount,
  authorCell,
  authorFirstLimit,
  authorTotalLimit,
  authorRepeated,
  authorIdentity,
  accountLookalike,
  anonName,
  anonUnit,
  anonRegion,
  expertRequired,
  expertCell,
  expertNominator,
  expertValue,
  expertPhone,
  expertStage,
  expertCount,
  expertDuplicate,
  expertDeadline,
  expertIsAuthor,
  expertConflict,
  liaisonCount,
  liaisonNominator,
  liaisonRequired,
  liaisonCell,
  liaisonPhone,
  dataPrecision,
  importConflict,
  dataError,
  dataFormula,
  dataCleaned,
  dataLookAlike,
  // After every rule whose errors bar a submission from being recommended.
  quotaTrack,
  quotaSchool,
  quotaWindow,
  quotaIneligible,
];

const nameByCode = new Map(allRules.map(({ code, name }) => [code, name]));

/** What people call a rule, `必填项未填`; the code itself where an earlier version had a rule that is gone. */
export const ruleName = (code: string): string => nameByCode.get(code) ?? code;

/** The codes of what no unit can mend. */
export const forAdministrators: ReadonlySet<string> = new Set(
  allRules.filter((rule) => rule.forAdministrators).map(({ code }) => code),
);

/** What a check leaves out. */
export interface RunOptions {
  /** The experts have been moved to the review workbook: nothing is said about 专家. */
  readonly expertsMoved?: boolean;
  /** Winners of earlier years, for PRIOR-MATCH. */
  readonly prior?: readonly PriorWinner[];
}

/**
 * Runs every rule in its order. A wrong value in 参数 stops the rest: nothing is judged by a limit that is not meant.
 *
 * @param cleaned what import changed in single cells (DATA-CLEANED, DATA-FORMULA)
 */
export function runRules(
  award: AwardData,
  cleaned: readonly CleanedCell[] = [],
  { expertsMoved = false, prior = [] }: RunOptions = {},
): Finding[] {
  return run(expertsMoved ? rulesWithoutExperts : allRules, award, cleaned, prior);
}

const rulesWithoutExperts = allRules.filter((rule) => !rule.code.startsWith("EXPERT-"));

const errorRules = allRules.filter((rule) => rule.severity === "error" || rule.alsoSeverity === "error");

/** As `runRules`, without the rules that only warn: enough to tell which submissions are clean. */
export function runErrorRules(award: AwardData): Finding[] {
  return run(errorRules, award, [], []);
}

function run(
  rules: readonly Rule[],
  award: AwardData,
  cleaned: readonly CleanedCell[],
  prior: readonly PriorWinner[],
): Finding[] {
  const findings: Finding[] = [];
  const context: RuleContext = { ...award, cleaned, prior, earlier: findings };
  const { submissions } = award;
  for (const rule of rules) {
    const ofCase = keepsEachCase(award) ? foundInCase.get(rule) : undefined;
    const found = ofCase ? submissions.flatMap((each) => ofCase(each, context)) : find(rule, context);
    for (const finding of found) findings.push(finding);
    if (rule === settingValue && findings.length > 0) break;
  }
  return findings;
}

function find(rule: Rule, context: RuleContext): Finding[] {
  const found: Finding[] = [];
  for (const draft of rule.check(context)) {
    const { severity = rule.severity, article = rule.article(context.settings.notice), ...rest } = draft;
    found.push({ code: rule.code, severity, article, ...rest, message: cutLong(rest.message) });
  }
  return found;
}

const noFindings: readonly Finding[] = [];
const foundInCase: ReadonlyMap<Rule, (submission: Submission, context: RuleContext) => readonly Finding[]> = new Map(
  allRules
    .filter(({ ofEachCase }) => ofEachCase)
    .map((rule) => [
      rule,
      perCase((submission, context: RuleContext) => {
        const found = find(rule, { ...context, submissions: [submission] });
        return found.length === 0 ? noFindings : found;
      }),
    ]),
);
