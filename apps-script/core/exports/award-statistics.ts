/** The figures of an award: who applied, who came how far, how sure the scores are. */
import type { AwardData, Submission } from "../award/award.ts";
import { parseRole } from "../award/read-award.ts";
import { accountFor } from "../ranking/account.ts";
import { type Assessment, assessReview } from "../ranking/assess.ts";
import { type GroupProfile, profileGroups, schoolsTrack } from "../ranking/group-overview.ts";
import type { PlacedReview } from "../review-book/find-reviewed.ts";
import { findParticipants } from "../rules/eligible.ts";
import { distinctSubmissions } from "../rules/identity.ts";
import { ruleName } from "../rules/index.ts";
import { findCleanSubmissions } from "../rules/quota/clean-rows.ts";
import { quotaGroupOf } from "../rules/quota/quota-groups.ts";
import type { Finding, Severity } from "../rules/rule.ts";
import { type Agreement, measureAgreement } from "../scoring/agreement.ts";
import type { Rate } from "../scoring/rates.ts";
import { groupBy } from "../text/group-by.ts";

/** How many of some cases came how far. */
export interface Funnel {
  readonly submitted: number;
  /** Without an error that bars from being recommended. */
  readonly clean: number;
  readonly recommended: number;
  /** Ranked: recommended, in force, with all their reviews. */
  readonly reviewed: number;
  readonly won: number;
}

export interface FunnelLine extends Funnel {
  readonly label: string;
}

interface QuotaLine {
  readonly label: string;
  readonly quota: number;
  readonly recommended: number;
}

export interface RuleLine {
  readonly code: string;
  readonly name: string;
  readonly severity: Severity;
  readonly findings: number;
  /** Cases that it names; a finding about a unit names none. */
  readonly cases: number;
}

/** How sure the award line of a group is. */
export interface LineDoubt {
  readonly profile: GroupProfile;
  /** Ranked cases whose chance of an award lies between a fifth and four fifths; undefined where no chance is known. */
  readonly doubtful: number | undefined;
}

interface ScoreFigures {
  readonly agreement: Agreement;
  /** Of the totals of a case, highest less lowest; points, over all ranked cases. */
  readonly meanRange: number;
  readonly arbitrated: Rate;
  readonly lines: readonly LineDoubt[];
}

export interface AwardStatistics {
  readonly total: Funnel;
  readonly units: readonly FunnelLine[];
  readonly fields: readonly FunnelLine[];
  readonly tracks: readonly FunnelLine[];
  readonly stages: readonly FunnelLine[];
  /** By the role of the first author. */
  readonly roles: readonly FunnelLine[];
  readonly quotas: { readonly units: readonly QuotaLine[]; readonly groups: readonly QuotaLine[] };
  readonly rules: readonly RuleLine[];
  /** undefined without a ranking. */
  readonly scores: ScoreFigures | undefined;
}

export const nameGroup = ({ field, track }: GroupProfile["group"]): string =>
  `${field} · ${track === "" ? schoolsTrack : track}`;

const unclear = "未填或不明";
const severities: readonly Severity[] = ["error", "warning", "info"];

/**
 * Counts what stands in both workbooks; rows of one case count once, everywhere.
 *
 * @param findings of a check of this award, errors included
 */
export function countAward(
  award: AwardData,
  review: PlacedReview | undefined,
  findings: readonly Finding[],
): AwardStatistics {
  const { notice } = award.settings;
  const submissions = distinctSubmissions(award.submissions);
  const assessment = review && assessReview(award, review);
  const ranked = (assessment?.groups ?? []).flatMap((group) => group.ranked);
  const places = new Map(ranked.map(({ candidate, place }) => [candidate.standing.reviewed.key, place.award]));
  const clean = new Set(findCleanSubmissions(award, findings));
  const count = (own: readonly Submission[]): Funnel => ({
    submitted: own.length,
    clean: own.filter((s) => clean.has(s)).length,
    recommended: own.filter((s) => s.recommended && !s.cancelled).length,
    reviewed: own.filter((s) => places.has(s.key)).length,
    won: own.filter((s) => (places.get(s.key) ?? award.settings.awards.length) < award.settings.awards.length).length,
  });
  /** A line for each label, in this order, and one for what has none where there is such. */
  const split = (labels: readonly string[], labelOf: (submission: Submission) => string | undefined) => {
    const groups = groupBy(submissions, (s) => labelOf(s) || unclear);
    return [...labels, ...(groups.has(unclear) ? [unclear] : [])].map((label) => ({
      label,
      ...count(groups.get(label) ?? []),
    }));
  };
  const trackOf = ({ unit, track }: Submission) =>
    unit?.kind === "school" ? schoolsTrack : notice.tracks.find(({ key }) => key === track)?.label;
  const hasSchools = award.units.some(({ kind }) => kind === "school");
  return {
    total: count(submissions),
    units: split(
      award.units.map(({ name }) => name).filter((name) => name !== ""),
      ({ unit }) => unit?.name,
    ),
    fields: split(
      notice.fields.map(({ label }) => label),
      ({ field }) => field?.label,
    ),
    tracks: split([...notice.tracks.map(({ label }) => label), ...(hasSchools ? [schoolsTrack] : [])], trackOf),
    stages: split([...notice.stages, notice.otherStage], ({ stage }) => stage),
    roles: split(
      notice.roles.map(({ label }) => label),
      ({ firstAuthor }) => firstAuthor && parseRole(notice, firstAuthor.role),
    ),
    quotas: countQuotas(award, submissions),
    rules: countRules(findings),
    scores: review && assessment && ranked.length > 0 ? judgeScores(award, review, assessment) : undefined,
  };
}

function countQuotas(award: AwardData, submissions: readonly Submission[]): AwardStatistics["quotas"] {
  const { notice } = award.settings;
  const recommended = submissions.filter((s) => s.recommended && !s.cancelled && quotaGroupOf(s, notice));
  const bureaus = award.units.filter(({ kind }) => kind === "bureau").length;
  const schools = award.units.filter(({ kind }) => kind === "school").length;
  const quotaOf = (kind: (typeof award.units)[number]["kind"]) => {
    if (kind === undefined) return 0;
    const ofField =
      kind === "school"
        ? notice.quotas.school.value
        : notice.tracks.reduce((sum, { key }) => sum + notice.quotas.bureau[key].value, 0);
    return ofField * notice.fields.length;
  };
  const groups = notice.fields.flatMap((field) => [
    ...notice.tracks.map(({ key, label }) => ({
      label: `${field.label} · ${label}`,
      quota: bureaus * notice.quotas.bureau[key].value,
      recommended: recommended.filter((s) => s.field === field && s.unit?.kind === "bureau" && s.track === key).length,
    })),
    ...(schools === 0
      ? []
      : [
          {
            label: `${field.label} · ${schoolsTrack}`,
            quota: schools * notice.quotas.school.value,
            recommended: recommended.filter((s) => s.field === field && s.unit?.kind === "school").length,
          },
        ]),
  ]);
  const units = award.units
    .filter(({ name }) => name !== "")
    .map((unit) => ({
      label: unit.name,
      quota: quotaOf(unit.kind),
      recommended: recommended.filter((s) => s.unit === unit).length,
    }));
  return { units, groups };
}

function countRules(findings: readonly Finding[]): RuleLine[] {
  return [...groupBy(findings, ({ code, severity }) => `${code} ${severity}`).values()]
    .flatMap((own): RuleLine[] => {
      const [first] = own;
      if (!first) return [];
      const cases = new Set(own.filter(({ id }) => id !== "").map(({ id, nominator }) => `${nominator} ${id}`)).size;
      const { code, severity } = first;
      return [{ code, name: ruleName(code), severity, findings: own.length, cases }];
    })
    .sort((a, b) => severities.indexOf(a.severity) - severities.indexOf(b.severity) || b.findings - a.findings);
}

const halvesPerPoint = 2;
const doubtful = [0.2, 0.8] as const;

function judgeScores(award: AwardData, review: PlacedReview, assessment: Assessment): ScoreFigures {
  const { groups } = assessment;
  const scored = groups.flatMap((group) => group.ranked.map(({ candidate }) => candidate.standing));
  // 复评 is asked for where scores differ: it would make them agree less, or more, than they do.
  const firstRound = scored.map(({ scores }) =>
    scores.filter(({ arbitration }) => !arbitration).map(({ total }) => total / halvesPerPoint),
  );
  const account = accountFor(award, review, assessment, () => findParticipants(award));
  const lines = profileGroups(assessment, account, award.settings).map((profile): LineDoubt => {
    const own = groups.find(({ group }) => group.order === profile.group.order)?.ranked ?? [];
    const chances = own.flatMap(({ evidence }) => evidence.probability ?? []);
    const isDoubtful = (chance: number) => chance >= doubtful[0] && chance <= doubtful[1];
    return { profile, doubtful: chances.length === 0 ? undefined : chances.filter(isDoubtful).length };
  });
  return {
    agreement: measureAgreement(firstRound),
    meanRange:
      scored.reduce((sum, { aggregate }) => sum + aggregate.range / halvesPerPoint, 0) / Math.max(1, scored.length),
    arbitrated: {
      count: scored.filter(({ pairs }) => pairs.some(({ arbitration, active }) => arbitration && active)).length,
      of: scored.length,
    },
    lines,
  };
}
