import type { AwardData, Submission, Unit } from "../award/award.ts";
import { makeDeclarationReader } from "../award/declarations.ts";
import { makePersonIdentifier, type PersonEntry } from "../award/people.ts";
import { superiorsOf, unitsNamed } from "../award/superior-units.ts";
import { indexUnits } from "../award/unit-forms.ts";
import type { ReviewData } from "../review-book/read-review.ts";
import { pairStatus } from "../schema/choices.ts";
import { groupKey, rankingGroupOf } from "../scoring/ranking-group.ts";
import { addToGroup } from "../text/group-by.ts";
import { identifierKey } from "../text/identity.ts";
import type { ReviewExpert } from "./reviewers.ts";
import { findSuspicions, homesOf, type Suspicion } from "./suspicions.ts";

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

export interface Conflicts {
  /** Why the pair must not be; undefined when it may. */
  readonly reason: (submission: Submission, expert: string) => string | undefined;
  /** The pairs of a submission that are kept apart on suspicion alone. */
  readonly suspected: (submission: Submission) => ReadonlyMap<string, Suspicion>;
  /** Those that 不回避 lets pass all the same. */
  readonly cleared: (submission: Submission) => ReadonlyMap<string, Suspicion>;
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
): Conflicts {
  const { settings } = award;
  const superiors = unitsAbove(award);
  const readDeclaration = experts.some((e) => e.declared.length > 0) ? makeDeclarationReader(award) : undefined;
  const byUnit = new Map(award.units.map((unit) => [unit, unitReasons(award, unit, superiors, experts, withinUnit)]));
  const byGroup = new Map<string, Reasons>();
  const bySubmission = new Map<string, Reasons>();
  const reasonsOf = ({ key }: Submission) => {
    const reasons = bySubmission.get(key) ?? new Map<string, string>();
    bySubmission.set(key, reasons);
    return reasons;
  };

  const expertsByPerson = new Map<string, string[]>();
  const own = indexUnits<string>(award.units);
  for (const expert of experts) {
    for (const person of expert.persons) addToGroup(expertsByPerson, person, expert.id);
    for (const text of expert.ownUnits) {
      for (const name of new Set([text, ...unitsNamed(award, text).flatMap((u) => [u.name, ...u.aliases])]))
        own.add(name, expert.id);
    }
  }
  // An author without an account may be an expert who has one.
  const entries: PersonEntry[] = award.submissions.flatMap((s) => s.authors);
  const identify = makePersonIdentifier(
    entries.concat(experts.flatMap((e) => e.ownUnits.map((unit) => ({ name: e.name, unit, account: e.account })))),
  );

  for (const submission of award.submissions) {
    const people = submission.authors.flatMap((a) => [
      a.person,
      ...(a.account === "" && a.unit !== "" ? [identify(a, "")] : []),
    ]);
    const asAuthor = people.flatMap((person) => expertsByPerson.get(person) ?? []);
    for (const expert of asAuthor) remember(reasonsOf(submission), expert, conflictKinds.author);
    for (const author of submission.authors) {
      for (const unit of [author.unit, author.unitAbove]) {
        for (const expert of own.find(unit)) remember(reasonsOf(submission), expert, conflictKinds.ownUnit);
      }
    }
    const group = rankingGroupOf(submission, settings);
    if (!group || !submission.recommended || submission.cancelled) continue;
    const inGroup = byGroup.get(groupKey(group)) ?? new Map();
    for (const expert of asAuthor) remember(inGroup, expert, conflictKinds.groupAuthor);
    byGroup.set(groupKey(group), inGroup);
  }
  const declarations = experts.flatMap((expert) =>
    expert.declared.flatMap((entry) =>
      homesOf(expert).map((home) => ({ expert, entry, declaration: readDeclaration!(entry, home) })),
    ),
  );
  for (const { expert, declaration } of declarations) {
    for (const unit of declaration.units) remember(byUnit.get(unit)!, expert.id, conflictKinds.declared);
    for (const submission of [...declaration.byId, ...declaration.bySchool, ...declaration.byPerson])
      remember(reasonsOf(submission), expert.id, conflictKinds.declared);
  }

  const submissionByKey = new Map(award.submissions.map((s) => [s.key, s]));
  const keyOf = new Map(review.reviewed.map((r) => [r.reviewId, r.key]));
  for (const pair of review.pairs) {
    const submission = submissionByKey.get(keyOf.get(pair.reviewId) ?? "");
    if (!submission || pair.status !== pairStatus.conflicted) continue;
    remember(reasonsOf(submission), pair.expert, conflictKinds.declared);
  }

  const groupOf = new Map<string, Reasons | undefined>();
  for (const submission of award.submissions) {
    const group = rankingGroupOf(submission, settings);
    groupOf.set(submission.key, group && byGroup.get(groupKey(group)));
  }
  const certain = (submission: Submission, expert: string) =>
    bySubmission.get(submission.key)?.get(expert) ??
    (submission.unit && byUnit.get(submission.unit)?.get(expert)) ??
    groupOf.get(submission.key)?.get(expert);

  const suspicions = findSuspicions(award, experts, declarations, withinUnit);
  const clearedBy = new Map(experts.map((expert) => [expert.id, expert.cleared]));
  const isCleared = (submission: Submission, expert: string, { sources }: Suspicion) => {
    const lets = (id: string) => clearedBy.get(expert)?.has(identifierKey(id)) === true;
    return lets(submission.id) || (sources.length > 0 && sources.every(lets));
  };
  const select = (submission: Submission, cleared: boolean) => {
    const found = settings.suspicionConflict ? [...suspicions(submission)] : [];
    return new Map(
      found.filter(
        ([expert, suspicion]) =>
          isCleared(submission, expert, suspicion) === cleared && certain(submission, expert) === undefined,
      ),
    );
  };
  const inForce = new Map<Submission, ReadonlyMap<string, Suspicion>>();
  const suspected = (submission: Submission) => {
    const known = inForce.get(submission) ?? select(submission, false);
    inForce.set(submission, known);
    return known;
  };
  return {
    reason(submission, expert) {
      const reason = certain(submission, expert);
      if (reason !== undefined) return reason;
      const suspicion = suspected(submission).get(expert);
      return suspicion && `${suspicion.kind}：${suspicion.detail}`;
    },
    suspected,
    cleared: (submission) => select(submission, true),
  };
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
    const own = expert.ownUnits.flatMap((text) => unitsNamed(award, text));
    if (!withinUnit) {
      if (expert.nominators.includes(unit)) remember(reasons, expert.id, conflictKinds.nominator);
      if (own.includes(unit)) remember(reasons, expert.id, conflictKinds.ownNominator);
      if (award.settings.hierarchyConflict && [...expert.nominators, ...own].some(related)) {
        remember(reasons, expert.id, conflictKinds.hierarchy);
      }
    }
  }
  return reasons;
}
