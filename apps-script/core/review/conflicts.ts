import type { AwardData, Submission, Unit } from "../award/award.ts";
import { makePersonIdentifier, type PersonEntry } from "../award/people.ts";
import { superiorsOf } from "../award/superior-units.ts";
import { identifierKey } from "../identity.ts";
import { pairStatus } from "../schema/choices.ts";
import { groupKey, rankingGroupOf } from "../scoring/ranking-group.ts";
import type { ReviewData } from "./read-review.ts";
import type { ReviewExpert } from "./reviewers.ts";
import { indexUnits } from "./unit-forms.ts";

/** Why an expert must not review a submission; stages and capacity are the assignment's own business. */
export const conflictKinds = {
  nominator: "推荐单位相同",
  ownNominator: "本人单位即案例推荐单位",
  hierarchy: "推荐单位为上下级",
  ownUnit: "本人单位与作者单位相同",
  author: "本人是该案例作者",
  groupAuthor: "本人是同组参评案例的作者",
  declared: "本人声明回避",
} as const;

/** Expert → why. */
type Reasons = Map<string, string>;

function remember(reasons: Reasons, expert: string, reason: string): void {
  if (!reasons.has(expert)) reasons.set(expert, reason);
}

function index<K>(map: Map<K, string[]>, key: K, expert: string): void {
  const list = map.get(key);
  if (list) list.push(expert);
  else map.set(key, [expert]);
}

/** Unit → all units above it. */
function unitsAbove(award: AwardData): Map<Unit, Set<Unit>> {
  const above = new Map<Unit, Set<Unit>>();
  for (const unit of award.units) {
    const chain = new Set<Unit>();
    for (const up of superiorsOf(award, unit).units) climb(award, up, chain);
    chain.delete(unit);
    above.set(unit, chain);
  }
  return above;
}

function climb(award: AwardData, unit: Unit, chain: Set<Unit>): void {
  if (chain.has(unit)) return;
  chain.add(unit);
  for (const up of superiorsOf(award, unit).units) climb(award, up, chain);
}

/**
 * The hard avoidances of DESIGN §5 as a function of submission (by key) and 专家编号. Only pairs in conflict are
 * stored, so that a large award stays small.
 *
 * @param withinUnit a unit's own review: its experts are its own by design, so nominating units forbid nothing
 */
export function findConflicts(
  award: AwardData,
  review: ReviewData,
  experts: readonly ReviewExpert[],
  withinUnit = false,
): (submission: Submission, expert: string) => string | undefined {
  const { settings } = award;
  const superiors = unitsAbove(award);
  const byUnit = new Map(award.units.map((unit) => [unit, unitReasons(award, unit, superiors, experts, withinUnit)]));
  const byGroup = new Map<string, Reasons>();
  const bySubmission = new Map<string, Reasons>();

  const expertsByPerson = new Map<string, string[]>();
  const own = indexUnits(award.units);
  const declared = indexUnits(award.units);
  const declaredIds = new Map<string, string[]>();
  for (const expert of experts) {
    for (const person of expert.persons) index(expertsByPerson, person, expert.id);
    for (const unit of expert.ownUnits) own.add(unit, expert.id);
    for (const entry of expert.declared) {
      const unit = award.resolveUnit(entry);
      index(declaredIds, identifierKey(entry), expert.id);
      for (const name of unit ? [unit.name, ...unit.aliases] : [entry]) declared.add(name, expert.id);
    }
  }
  // An author without an account may be an expert who has one.
  const entries: PersonEntry[] = award.submissions.flatMap((s) => s.authors);
  const identify = makePersonIdentifier(
    entries.concat(experts.flatMap((e) => e.ownUnits.map((unit) => ({ name: e.name, unit, account: e.account })))),
  );

  for (const submission of award.submissions) {
    const reasons: Reasons = new Map();
    const people = submission.authors.flatMap((a) => [
      a.person,
      ...(a.account === "" && a.unit !== "" ? [identify(a, "")] : []),
    ]);
    const asAuthor = people.flatMap((person) => expertsByPerson.get(person) ?? []);
    for (const expert of asAuthor) remember(reasons, expert, conflictKinds.author);
    for (const author of submission.authors) {
      for (const unit of [author.unit, author.unitAbove]) {
        for (const expert of own.find(unit)) remember(reasons, expert, conflictKinds.ownUnit);
      }
      for (const expert of declared.find(author.unit)) remember(reasons, expert, conflictKinds.declared);
    }
    for (const expert of declaredIds.get(identifierKey(submission.id)) ?? []) {
      remember(reasons, expert, conflictKinds.declared);
    }
    if (reasons.size > 0)
      bySubmission.set(submission.key, new Map([...(bySubmission.get(submission.key) ?? []), ...reasons]));
    const group = rankingGroupOf(submission, settings);
    if (!group || !submission.recommended || submission.cancelled) continue;
    const inGroup = byGroup.get(groupKey(group)) ?? new Map();
    for (const expert of asAuthor) remember(inGroup, expert, conflictKinds.groupAuthor);
    byGroup.set(groupKey(group), inGroup);
  }

  const keyOf = new Map(review.reviewed.map((r) => [r.reviewId, r.key]));
  for (const pair of review.pairs) {
    const key = keyOf.get(pair.reviewId);
    if (key === undefined || pair.status !== pairStatus.conflicted) continue;
    const reasons = bySubmission.get(key) ?? new Map();
    remember(reasons, pair.expert, conflictKinds.declared);
    bySubmission.set(key, reasons);
  }

  const groupOf = new Map<string, Reasons | undefined>();
  for (const submission of award.submissions) {
    const group = rankingGroupOf(submission, settings);
    groupOf.set(submission.key, group && byGroup.get(groupKey(group)));
  }
  return (submission, expert) =>
    bySubmission.get(submission.key)?.get(expert) ??
    (submission.unit && byUnit.get(submission.unit)?.get(expert)) ??
    groupOf.get(submission.key)?.get(expert);
}

/** The experts who must not review anything that this unit nominated. */
function unitReasons(
  award: AwardData,
  unit: Unit,
  above: ReadonlyMap<Unit, ReadonlySet<Unit>>,
  experts: readonly ReviewExpert[],
  withinUnit: boolean,
): Reasons {
  const reasons: Reasons = new Map();
  const related = (other: Unit) => above.get(unit)?.has(other) || above.get(other)?.has(unit);
  for (const expert of experts) {
    const own = expert.ownUnits.flatMap((text) => award.resolveUnit(text) ?? []);
    if (!withinUnit) {
      if (expert.nominators.includes(unit)) remember(reasons, expert.id, conflictKinds.nominator);
      if (own.includes(unit)) remember(reasons, expert.id, conflictKinds.ownNominator);
      if (award.settings.hierarchyConflict && [...expert.nominators, ...own].some(related)) {
        remember(reasons, expert.id, conflictKinds.hierarchy);
      }
    }
    if (expert.declared.some((entry) => award.resolveUnit(entry) === unit)) {
      remember(reasons, expert.id, conflictKinds.declared);
    }
  }
  return reasons;
}
