import type { Author, AwardData, Submission, Unit } from "../award/award.ts";
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

/** Expert → why; what was found first stands. */
type Reasons = Map<string, string>;

/** The pairs in conflict beyond doubt. Only they are stored, so that a large award stays small. */
interface CertainConflicts {
  readonly ofUnit: Map<Unit, Reasons>;
  readonly ofSubmission: Map<string, Reasons>;
  readonly ofGroup: Map<string, Reasons>;
}

function remember<K>(conflicts: Map<K, Reasons>, key: K, expert: string, reason: string): void {
  const reasons = conflicts.get(key) ?? new Map<string, string>();
  if (!reasons.has(expert)) reasons.set(expert, reason);
  conflicts.set(key, reasons);
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
 * The hard avoidances of DESIGN §5 as a function of submission (by key) and 专家编号.
 *
 * @param withinUnit a unit's own review: its experts are its own by design, so nominating units forbid nothing
 */
export function findConflicts(
  award: AwardData,
  review: ReviewData,
  experts: readonly ReviewExpert[],
  withinUnit = false,
): Conflicts {
  const declarations = readDeclarations(award, experts);
  const conflicts: CertainConflicts = { ofUnit: new Map(), ofSubmission: new Map(), ofGroup: new Map() };
  if (!withinUnit) addNominators(conflicts, award, experts);
  addAuthors(conflicts, award, experts);
  addDeclarations(conflicts, declarations);
  addRecorded(conflicts, award, review);
  const certain = lookUp(conflicts, award);
  const suspicions = findSuspicions(award, experts, declarations, withinUnit);
  const clearedBy = new Map(experts.map((expert) => [expert.id, expert.cleared]));
  const isCleared = (submission: Submission, expert: string, { sources }: Suspicion) => {
    const lets = (id: string) => clearedBy.get(expert)?.has(identifierKey(id)) === true;
    return lets(submission.id) || (sources.length > 0 && sources.every(lets));
  };
  const select = (submission: Submission, cleared: boolean) => {
    const found = award.settings.suspicionConflict ? [...suspicions(submission)] : [];
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

/** Each entry of 回避声明, read for each place the expert may mean. */
function readDeclarations(award: AwardData, experts: readonly ReviewExpert[]) {
  const declaring = experts.filter(({ declared }) => declared.length > 0);
  if (declaring.length === 0) return [];
  const read = makeDeclarationReader(award);
  return declaring.flatMap((expert) =>
    expert.declared.flatMap((entry) =>
      homesOf(expert).map((home) => ({ expert, entry, declaration: read(entry, home) })),
    ),
  );
}

/** Experts of the nominating unit, in it or nominated by it, and of a unit above or below it. */
function addNominators({ ofUnit }: CertainConflicts, award: AwardData, experts: readonly ReviewExpert[]): void {
  const above = unitsAbove(award);
  const ownOf = new Map(
    experts.map((expert) => [expert, expert.ownUnits.flatMap((text) => unitsNamed(award, text))] as const),
  );
  for (const unit of award.units) {
    const isRelated = (other: Unit) => above.get(unit)?.has(other) || above.get(other)?.has(unit);
    for (const [{ id, nominators }, own] of ownOf) {
      if (nominators.includes(unit)) remember(ofUnit, unit, id, conflictKinds.nominator);
      if (own.includes(unit)) remember(ofUnit, unit, id, conflictKinds.ownNominator);
      if (award.settings.hierarchyConflict && [...nominators, ...own].some(isRelated))
        remember(ofUnit, unit, id, conflictKinds.hierarchy);
    }
  }
}

/** Authors of a submission, experts of an author's unit, and authors of another submission of the ranking group. */
function addAuthors(
  { ofSubmission, ofGroup }: CertainConflicts,
  award: AwardData,
  experts: readonly ReviewExpert[],
): void {
  const expertsOfPerson = new Map<string, string[]>();
  const expertsOfUnit = indexUnits<string>(award.units);
  for (const { id, persons, ownUnits } of experts) {
    for (const person of persons) addToGroup(expertsOfPerson, person, id);
    for (const text of ownUnits) {
      const names = unitsNamed(award, text).flatMap((unit) => [unit.name, ...unit.aliases]);
      for (const name of new Set([text, ...names])) expertsOfUnit.add(name, id);
    }
  }
  const personsOf = identifyAuthors(award, experts);
  for (const submission of award.submissions) {
    const asAuthor = submission.authors.flatMap(personsOf).flatMap((person) => expertsOfPerson.get(person) ?? []);
    for (const expert of asAuthor) remember(ofSubmission, submission.key, expert, conflictKinds.author);
    for (const unit of submission.authors.flatMap((author) => [author.unit, author.unitAbove])) {
      for (const expert of expertsOfUnit.find(unit))
        remember(ofSubmission, submission.key, expert, conflictKinds.ownUnit);
    }
    const group = rankingGroupOf(submission, award.settings);
    if (!group || !submission.recommended || submission.cancelled) continue;
    for (const expert of asAuthor) remember(ofGroup, groupKey(group), expert, conflictKinds.groupAuthor);
  }
}

/** Whom an author may be; one without an account may be an expert who has one. */
function identifyAuthors(award: AwardData, experts: readonly ReviewExpert[]): (author: Author) => readonly string[] {
  const entries: PersonEntry[] = award.submissions.flatMap((s) => s.authors);
  const identify = makePersonIdentifier(
    entries.concat(experts.flatMap((e) => e.ownUnits.map((unit) => ({ name: e.name, unit, account: e.account })))),
  );
  return (author) =>
    author.account === "" && author.unit !== "" ? [author.person, identify(author, "")] : [author.person];
}

function addDeclarations(
  { ofUnit, ofSubmission }: CertainConflicts,
  declarations: ReturnType<typeof readDeclarations>,
): void {
  for (const { expert, declaration } of declarations) {
    for (const unit of declaration.units) remember(ofUnit, unit, expert.id, conflictKinds.declared);
    for (const { key } of [...declaration.byId, ...declaration.bySchool, ...declaration.byPerson])
      remember(ofSubmission, key, expert.id, conflictKinds.declared);
  }
}

/** Pairs of which an expert has said 回避 on a score sheet. */
function addRecorded({ ofSubmission }: CertainConflicts, award: AwardData, review: ReviewData): void {
  const known = new Set(award.submissions.map(({ key }) => key));
  const keyOf = new Map(review.reviewed.map((r) => [r.reviewId, r.key]));
  for (const { reviewId, expert, status } of review.pairs) {
    const key = keyOf.get(reviewId);
    if (key === undefined || !known.has(key) || status !== pairStatus.conflicted) continue;
    remember(ofSubmission, key, expert, conflictKinds.declared);
  }
}

function lookUp({ ofUnit, ofSubmission, ofGroup }: CertainConflicts, award: AwardData) {
  // Asked for every pair, so the group of a submission is found out once.
  const groups = new Map(
    award.submissions.map((submission) => {
      const group = rankingGroupOf(submission, award.settings);
      return [submission.key, group && ofGroup.get(groupKey(group))] as const;
    }),
  );
  return ({ key, unit }: Submission, expert: string): string | undefined =>
    ofSubmission.get(key)?.get(expert) ?? (unit && ofUnit.get(unit)?.get(expert)) ?? groups.get(key)?.get(expert);
}
