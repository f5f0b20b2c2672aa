import type { Author, AwardData, Submission, Unit } from "../award/award.ts";
import type { Declaration } from "../award/declarations.ts";
import { placeOfUnit, placesOfUnits } from "../award/unit-places.ts";
import { groupKey, rankingGroupOf } from "../scoring/ranking-group.ts";
import { addToGroup, groupByFilledKey } from "../text/group-by.ts";
import { personNameKey } from "../text/identity.ts";
import { namesIn } from "../text/person-names.ts";
import { indexSchools } from "../text/school-name.ts";
import type { ReviewExpert } from "./reviewers.ts";

/** Why an expert perhaps must not: in doubt a pair is kept apart. */
export const suspicionKinds = {
  name: "疑似同名",
  school: "疑似同校",
  declared: "疑似声明回避",
  groupAuthor: "疑似同组作者",
} as const;

/** A pair that may be in conflict, and why: a Chinese kind, then what is suspected. */
export interface Suspicion {
  readonly kind: (typeof suspicionKinds)[keyof typeof suspicionKinds];
  readonly detail: string;
  /** 案例编号 of the submissions that raise it. */
  readonly sources: readonly string[];
}

type Suspicions = ReadonlyMap<string, Suspicion>;

/** The places that the units which recommended an expert lie in; one undefined where none is known. */
export function homesOf(expert: ReviewExpert): readonly (string | undefined)[] {
  const homes = expert.nominators.flatMap((unit) => placeOfUnit(unit) ?? []);
  return homes.length === 0 ? [undefined] : homes;
}

const inBrackets = (unit: string) => (unit === "" ? "" : `（${unit}）`);
const nameExpert = ({ id, name }: ReviewExpert) => `专家 ${id} ${name}`;

interface OwnUnit {
  readonly expert: ReviewExpert;
  readonly unit: string;
}

interface ReadDeclaration {
  readonly expert: ReviewExpert;
  readonly entry: string;
  readonly declaration: Pick<Declaration, "byLikeSchool">;
}

/** The experts by what may betray them. */
interface ExpertIndex {
  readonly byName: ReadonlyMap<string, readonly ReviewExpert[]>;
  /** By the normal form of their own units. */
  readonly schools: ReturnType<typeof indexSchools<OwnUnit>>;
}

function indexExperts(award: AwardData, experts: readonly ReviewExpert[]): ExpertIndex {
  const byName = new Map<string, ReviewExpert[]>();
  const schools = indexSchools<OwnUnit>(placesOfUnits(award));
  for (const expert of experts) {
    for (const key of new Set(namesIn(expert.name).map(personNameKey))) {
      if (key !== "") addToGroup(byName, key, expert);
    }
    for (const unit of expert.ownUnits) for (const home of homesOf(expert)) schools.add(unit, home, { expert, unit });
  }
  return { byName, schools };
}

/** By the key of the submission: a declared unit has the normal form of an author's. */
function suspectDeclared(declarations: readonly ReadDeclaration[]): Map<string, Map<string, Suspicion>> {
  const found = new Map<string, Map<string, Suspicion>>();
  for (const { expert, entry, declaration } of declarations) {
    for (const [submission, unit] of declaration.byLikeSchool) {
      const detail = `${nameExpert(expert)}声明的“${entry}”与作者单位“${unit}”`;
      const there = found.get(submission.key) ?? new Map<string, Suspicion>();
      there.set(expert.id, { kind: suspicionKinds.declared, detail, sources: [submission.id] });
      found.set(submission.key, there);
    }
  }
  return found;
}

/** An author has the expert's name, or a unit of the normal form of the expert's. */
function suspectAuthors(submission: Submission, { byName, schools }: ExpertIndex): Map<string, Suspicion> {
  const found = new Map<string, Suspicion>();
  const put = (expert: ReviewExpert, kind: Suspicion["kind"], detail: string) => {
    if (!found.has(expert.id)) found.set(expert.id, { kind, detail, sources: [submission.id] });
  };
  for (const { name, unit } of submission.authors) {
    for (const expert of byName.get(personNameKey(name)) ?? []) {
      const own = inBrackets(expert.ownUnits.join("、"));
      put(expert, suspicionKinds.name, `作者“${name}”${inBrackets(unit)}与${nameExpert(expert)}${own}`);
    }
  }
  const home = submission.unit && placeOfUnit(submission.unit);
  for (const unit of new Set(submission.authors.flatMap((author) => [author.unit, author.unitAbove]))) {
    for (const { expert, unit: own } of unit === "" ? [] : schools.find(unit, home)) {
      put(expert, suspicionKinds.school, `作者单位“${unit}”与${nameExpert(expert)}的单位“${own}”`);
    }
  }
  return found;
}

/** By ranking group: an author in it has the expert's name and is probably the expert. */
function suspectGroups(award: AwardData, { byName, schools }: ExpertIndex): Map<string, Map<string, Suspicion>> {
  const isProbably = (author: Author, submission: Submission, expert: ReviewExpert) => {
    const home = submission.unit && placeOfUnit(submission.unit);
    if (submission.unit && author.unit === "" && expert.nominators.includes(submission.unit)) return true;
    return author.unit !== "" && schools.find(author.unit, home).some((own) => own.expert === expert);
  };
  const found = new Map<string, Map<string, Suspicion>>();
  for (const submission of award.submissions) {
    const group = rankingGroupOf(submission, award.settings);
    if (!group || !submission.recommended || submission.cancelled) continue;
    for (const author of submission.authors) {
      for (const expert of byName.get(personNameKey(author.name)) ?? []) {
        if (!isProbably(author, submission, expert)) continue;
        const there = found.get(groupKey(group)) ?? new Map<string, Suspicion>();
        const detail = `同组案例 ${submission.id} 的作者“${author.name}”${inBrackets(author.unit)}与${nameExpert(expert)}`;
        const before = there.get(expert.id);
        const sources = [...(before?.sources ?? []), submission.id].sort();
        const first = before && sources[0] !== submission.id ? before.detail : detail;
        there.set(expert.id, { kind: suspicionKinds.groupAuthor, detail: first, sources });
        found.set(groupKey(group), there);
      }
    }
  }
  return found;
}

/** By nominating unit: the expert's own unit has its normal form. */
function suspectNominators(award: AwardData, { schools }: ExpertIndex): Map<Unit, Map<string, Suspicion>> {
  const suspect = (unit: Unit) => {
    const found = new Map<string, Suspicion>();
    for (const name of [unit.name, ...(unit.kind === "school" ? unit.aliases : [])]) {
      for (const { expert, unit: own } of schools.find(name, placeOfUnit(unit))) {
        const detail = `推荐单位“${unit.name}”与${nameExpert(expert)}的单位“${own}”`;
        if (!found.has(expert.id)) found.set(expert.id, { kind: suspicionKinds.school, detail, sources: [] });
      }
    }
    return found;
  };
  return new Map(award.units.map((unit) => [unit, suspect(unit)]));
}

/**
 * The pairs that may be in conflict though nothing proves it: an author of the expert's name, whatever the unit and the
 * account; an author's unit, a direct school that nominates, or a unit that the expert declared, whose name has the
 * normal form of another. Where expert and author have unit or nominating unit in common besides the name, the expert
 * may be an author in the whole ranking group.
 *
 * @param withinUnit a unit's own review, whose experts are its own by design
 * @returns the suspicions of a submission, by 专家编号
 */
export function findSuspicions(
  award: AwardData,
  experts: readonly ReviewExpert[],
  declarations: readonly ReadDeclaration[],
  withinUnit: boolean,
): (submission: Submission) => Suspicions {
  const index = indexExperts(award, experts);
  const declared = suspectDeclared(declarations);
  const byGroup = suspectGroups(award, index);
  const byUnit = withinUnit ? new Map<Unit, Map<string, Suspicion>>() : suspectNominators(award, index);
  const rowsByKey = groupByFilledKey(award.submissions, (submission) => submission.key);
  const known = new Map<string, Suspicions>();
  return (submission) => {
    const before = known.get(submission.key);
    if (before) return before;
    const group = rankingGroupOf(submission, award.settings);
    // The first in the list counts least.
    const suspicions = new Map([
      ...(byGroup.get(group ? groupKey(group) : "") ?? []),
      ...((submission.unit && byUnit.get(submission.unit)) ?? []),
      ...(declared.get(submission.key) ?? []),
      ...(rowsByKey.get(submission.key) ?? []).flatMap((row) => [...suspectAuthors(row, index)]),
    ]);
    known.set(submission.key, suspicions);
    return suspicions;
  };
}
