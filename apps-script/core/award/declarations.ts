import { identifierKey, personNameKey } from "../text/identity.ts";
import { namesIn } from "../text/person-names.ts";
import { indexSchools } from "../text/school-name.ts";
import type { AwardData, Submission, Unit } from "./award.ts";
import { readStandingAside } from "./stand-aside-words.ts";
import { unitsNamed } from "./superior-units.ts";
import { indexUnits } from "./unit-forms.ts";
import { placeOfUnit, placesOfUnits } from "./unit-places.ts";

/** What one entry of 回避声明 keeps its expert from. */
export interface Declaration {
  /** All that these units nominated. */
  readonly units: readonly Unit[];
  readonly byId: readonly Submission[];
  /** Submissions with an author of the school. */
  readonly bySchool: readonly Submission[];
  /** The same, by the normal form of the school's name only: the author's unit as it is written. */
  readonly byLikeSchool: ReadonlyMap<Submission, string>;
  /** Submissions with an author of this name. */
  readonly byPerson: readonly Submission[];
}

/** Written by people who have nothing to declare. */
export const declaresNothing = (entry: string): boolean => readStandingAside(entry).kind === "none";

/**
 * How the entries of 回避声明 are understood, by the assignment and by the check that announces what it will do.
 *
 * @returns takes an entry and the place of the unit that recommended the expert
 */
export function makeDeclarationReader(award: AwardData): (entry: string, home: string | undefined) => Declaration {
  const byId = new Map<string, Submission[]>();
  const byPerson = new Map<string, Submission[]>();
  const put = (map: Map<string, Submission[]>, key: string, submission: Submission) => {
    const known = map.get(key);
    if (!known) map.set(key, [submission]);
    else if (known[known.length - 1] !== submission) known.push(submission);
  };
  const exactSchools = indexUnits<Submission>(award.units);
  const schools = indexSchools<{ readonly submission: Submission; readonly unit: string }>(placesOfUnits(award));
  for (const submission of award.submissions) {
    put(byId, identifierKey(submission.id), submission);
    const home = submission.unit && placeOfUnit(submission.unit);
    for (const { name, unit, unitAbove } of submission.authors) {
      if (name !== "") put(byPerson, personNameKey(name), submission);
      for (const each of [unit, unitAbove].filter((text) => text !== "")) {
        exactSchools.add(each, submission);
        schools.add(each, home, { submission, unit: each });
      }
    }
  }
  const read = (entry: string, home: string | undefined): Declaration => {
    if (declaresNothing(entry)) return { units: [], byId: [], bySchool: [], byLikeSchool: new Map(), byPerson: [] };
    const units = unitsNamed(award, entry);
    const names = [entry, ...units.flatMap((unit) => [unit.name, ...unit.aliases])];
    const bySchool = [...new Set(names.flatMap((name) => exactSchools.find(name)))];
    const exact = new Set(bySchool);
    const like = schools.find(entry, home).filter(({ submission }) => !exact.has(submission));
    return {
      units,
      byId: byId.get(identifierKey(entry)) ?? [],
      bySchool,
      byLikeSchool: new Map(like.map(({ submission, unit }) => [submission, unit])),
      byPerson: [...new Set(namesIn(entry).flatMap((name) => byPerson.get(personNameKey(name)) ?? []))],
    };
  };
  const cache = new Map<string, Declaration>();
  return (entry, home) => {
    const key = `${home ?? ""}\u0001${entry}`;
    const declaration = cache.get(key) ?? read(entry, home);
    cache.set(key, declaration);
    return declaration;
  };
}
