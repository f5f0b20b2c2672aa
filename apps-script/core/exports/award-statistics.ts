/** The figures of an award: who applied, who came how far, how sure the scores are. */
import type { AwardData, Submission } from "../award/award.ts";
import { parseRole } from "../award/read-award.ts";
import { type Account, accountFor } from "../ranking/account.ts";
import { type Assessment, assessReview } from "../ranking/assess.ts";
import { type GroupProfile, profileGroups, schoolsTrack } from "../ranking/group-overview.ts";
import type { PlacedReview } from "../review-book/find-reviewed.ts";
import { isCancelledByDecision } from "../review-book/rulings.ts";
import { findParticipants } from "../rules/eligible.ts";
import { submissionIdentity } from "../rules/identity.ts";
import { ruleName } from "../rules/index.ts";
import { findCleanSubmissions } from "../rules/quota/clean-rows.ts";
import { quotaGroupOf } from "../rules/quota/quota-groups.ts";
import type { Finding, Severity } from "../rules/rule.ts";
import { type Agreement, measureAgreement } from "../scoring/agreement.ts";
import type { Rate } from "../scoring/rates.ts";
import { groupBy } from "../text/group-by.ts";

/** How many of some cases came how far; `recommended` is `ranked`, `pending` and `barred` together. */
export interface Funnel {
  readonly submitted: number;
  /** Of these, cancelled in 案例 or by a ruling, recommended or not. */
  readonly cancelled: number;
  /** Without an error that bars from being recommended. */
  readonly clean: number;
  /** Cancelled ones included, as in 配额: they use up a quota until they are unticked. */
  readonly recommended: number;
  readonly ranked: number;
  /** To be ranked yet: scores are lacking, or nobody reviews them. */
  readonly pending: number;
  /** Recommended, and cancelled or kept out of the review by an error. */
  readonly barred: number;
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

/** How far a ranking group has come, and how sure its award line is. */
export interface LineDoubt {
  readonly profile: GroupProfile;
  /** Ranked cases whose chance of an award lies between a fifth and four fifths; undefined where no chance is known. */
  readonly doubtful: number | undefined;
}

interface ScoreFigures {
  readonly agreement: Agreement;
  /** Of the totals of a case, highest less lowest; points, over all ranked cases. */
  readonly meanRange: number;
  /** Of the cases that experts review, ranked or not. */
  readonly arbitrated: Rate;
  /** By award, the highest first. */
  readonly awards: readonly { readonly label: string; readonly awarded: number }[];
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

const isRecommended = ({ recommended }: Submission) => recommended;

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
  const { notice, awards } = award.settings;
  const rowsOf = groupBy(award.submissions, submissionIdentity);
  const some = (submission: Submission, test: (row: Submission) => boolean) =>
    rowsOf.get(submissionIdentity(submission))?.some(test) ?? false;
  // A case stands where the row stands that recommends it.
  const submissions = [...rowsOf.values()].flatMap((rows) => rows.find(isRecommended) ?? rows.slice(0, 1));
  const assessment = review && assessReview(award, review);
  const isCancelled = ({ cancelled, key }: Submission) =>
    cancelled || isCancelledByDecision(assessment?.rulings.inForce.get(key));
  const ranked = (assessment?.groups ?? []).flatMap((group) => group.ranked);
  const places = new Map(ranked.map(({ candidate, place }) => [candidate.standing.reviewed.key, place.award]));
  const clean = new Set(findCleanSubmissions(award, findings));
  const account = review && assessment && accountFor(award, review, assessment, () => findParticipants(award));
  const waiting = new Set([
    ...(assessment?.groups ?? []).flatMap(({ pending }) => pending.map(({ standing }) => standing.reviewed.key)),
    ...(account?.unassigned ?? []).map(({ submission }) => submission.key),
  ]);
  const isWaiting = (row: Submission) => (account ? waiting.has(row.key) : row.recommended && clean.has(row));
  const count = (own: readonly Submission[]): Funnel => {
    const recommended = own.filter(isRecommended);
    const ranked = recommended.filter((s) => some(s, ({ key }) => places.has(key)));
    const pending = recommended.filter((s) => !ranked.includes(s) && some(s, isWaiting));
    const isWinner = ({ key }: Submission) => (places.get(key) ?? awards.length) < awards.length;
    return {
      submitted: own.length,
      cancelled: own.filter((s) => !some(s, (row) => !isCancelled(row))).length,
      clean: own.filter((s) => some(s, (row) => clean.has(row))).length,
      recommended: recommended.length,
      ranked: ranked.length,
      pending: pending.length,
      barred: recommended.length - ranked.length - pending.length,
      won: ranked.filter((s) => some(s, isWinner)).length,
    };
  };
  /** A line for each of these, in this order, and one for what is none of them where there is such. */
  const split = <T extends object | string>(
    lines: readonly T[],
    nameOf: (line: T) => string,
    lineOf: (submission: Submission) => T | undefined,
  ): FunnelLine[] => {
    const known = new Set(lines);
    const groups = groupBy(submissions, (s) => {
      const line = lineOf(s);
      return line !== undefined && known.has(line) ? line : undefined;
    });
    return [
      ...lines.map((line) => ({ label: nameOf(line), ...count(groups.get(line) ?? []) })),
      ...(groups.has(undefined) ? [{ label: unclear, ...count(groups.get(undefined) ?? []) }] : []),
    ];
  };
  const itself = (label: string) => label;
  const trackOf = ({ unit, track }: Submission) =>
    unit?.kind === "school" ? schoolsTrack : notice.tracks.find(({ key }) => key === track)?.label;
  const hasSchools = award.units.some(({ kind }) => kind === "school");
  return {
    total: count(submissions),
    units: split(
      award.units.filter(({ name }) => name !== ""),
      ({ name }) => name,
      ({ unit }) => unit,
    ),
    fields: split(
      notice.fields,
      ({ label }) => label,
      ({ field }) => field,
    ),
    tracks: split([...notice.tracks.map(({ label }) => label), ...(hasSchools ? [schoolsTrack] : [])], itself, trackOf),
    stages: split([...notice.stages, notice.otherStage], itself, ({ stage }) => stage),
    roles: split(
      notice.roles.map(({ label }) => label),
      itself,
      ({ firstAuthor }) => firstAuthor && parseRole(notice, firstAuthor.role),
    ),
    quotas: countQuotas(award, submissions),
    rules: countRules(findings),
    scores: assessment && account && ranked.length > 0 ? judgeScores(award, assessment, account) : undefined,
  };
}

function countQuotas(award: AwardData, submissions: readonly Submission[]): AwardStatistics["quotas"] {
  const { notice } = award.settings;
  const recommended = submissions.filter((s) => isRecommended(s) && quotaGroupOf(s, notice));
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

function judgeScores(award: AwardData, assessment: Assessment, account: Account): ScoreFigures {
  const { groups } = assessment;
  const scored = groups.flatMap((group) => group.ranked.map(({ candidate }) => candidate.standing));
  // 复评 is asked for where scores differ: it would make them agree less, or more, than they do.
  const firstRound = scored.map(({ scores }) =>
    scores.filter(({ arbitration }) => !arbitration).map(({ total }) => total / halvesPerPoint),
  );
  const profiles = profileGroups(assessment, account, award.settings);
  const lines = profiles.map((profile): LineDoubt => {
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
      count: profiles.reduce((sum, { arbitrated }) => sum + arbitrated, 0),
      of: groups.reduce((sum, group) => sum + group.scored.length + group.pending.length, 0),
    },
    awards: award.settings.awards.map(({ label }, i) => ({
      label,
      awarded: profiles.reduce((sum, { awards }) => sum + (awards[i]?.awarded ?? 0), 0),
    })),
    lines,
  };
}
