import type { AwardData, Submission, Unit } from "../../award/award.ts";
import { superiorsOf } from "../../award/superior-units.ts";
import { foldForComparison } from "../../text/clean.ts";
import { findHidden, foldForSearch, type SearchableText } from "../../text/find-names.ts";
import {
  expandRegionNames,
  findRegionOfUnit,
  isEverydayRegionWord,
  placeInBureauName,
  type Region,
} from "../../text/region-names.ts";
import { perAward } from "../per-award.ts";
import { everydayPhrases } from "./everyday-phrases.ts";
import { findHits, type Hit, joinsWords, overlaps } from "./hit.ts";
import type { Place } from "./places.ts";

/** All applicants share the region itself, so that it tells nobody. */
const wholeRegion = ["宁夏", "自治区"];

const isTelling = (name: string) => [...name].length >= 2 && !wholeRegion.some((word) => name.includes(word));

/** The names of a unit's place, folded. */
function ownNames(unit: Unit): string[] {
  const place = placeInBureauName(foldForComparison(unit.name))?.place;
  const aliases = unit.aliases.map(foldForComparison);
  return place === undefined ? aliases : [...aliases, place];
}

function parentNames(award: AwardData, unit: Unit): string[] {
  const parent = foldForComparison(unit.parent);
  const place = parent === "" ? undefined : (placeInBureauName(parent)?.place ?? parent);
  return [...(place === undefined ? [] : [place]), ...superiorsOf(award, unit).units.flatMap(ownNames)];
}

interface RegionIndex {
  /** Names that tell a bureau's region, full and short, longer ones first. */
  readonly ofBureau: ReadonlyMap<Unit, readonly string[]>;
  /** The bureau of the district that a unit's name tells. */
  readonly bureauOfUnitName: (unitName: string) => Unit | undefined;
}

const regionIndex = perAward((award: AwardData): RegionIndex => {
  const bureaus = award.units.filter((u) => u.kind === "bureau");
  const ofBureau = new Map<Unit, readonly string[]>();
  const byKey = new Map<string, Unit>();
  const regions: Region[] = [];
  bureaus.forEach((bureau, i) => {
    const names = ownNames(bureau).filter(isTelling);
    ofBureau.set(bureau, expandRegionNames([...names, ...parentNames(award, bureau).filter(isTelling)]));
    byKey.set(String(i), bureau);
    const parent =
      foldForComparison(bureau.parent) ||
      superiorsOf(award, bureau)
        .units.flatMap(ownNames)
        .find((name) => name.endsWith("市"));
    regions.push({ key: String(i), names, ...(parent !== undefined && { parent }) });
  });
  const known = new Map<string, Unit | undefined>();
  return {
    ofBureau,
    bureauOfUnitName(unitName) {
      const folded = foldForComparison(unitName);
      if (!known.has(folded)) {
        const key = findRegionOfUnit(unitName, regions);
        known.set(folded, key === undefined ? undefined : byKey.get(key));
      }
      return known.get(folded);
    },
  };
});

function belongsTo(unitName: string, school: Unit): boolean {
  const folded = foldForComparison(unitName);
  return [school.name, ...school.aliases].some((name) => folded.includes(foldForComparison(name)));
}

/**
 * Names of the places that would tell where the applicants are: the nominating bureau's and its superior's, and those of
 * the districts of authors from elsewhere. A direct school's own place is not counted.
 */
export function regionsOf(award: AwardData, submission: Submission): readonly string[] {
  const { ofBureau, bureauOfUnitName } = regionIndex(award);
  const { unit } = submission;
  const own = unit && ofBureau.get(unit);
  const names = new Set(own ?? []);
  for (const author of submission.authors) {
    if (author.unit === "" || (unit?.kind === "school" && belongsTo(author.unit, unit))) continue;
    const bureau = bureauOfUnitName(author.unit);
    if (!bureau || bureau === unit) continue;
    for (const name of expandRegionNames(ownNames(bureau).filter(isTelling))) names.add(name);
  }
  return own?.length === names.size ? own : [...names].sort((a, b) => b.length - a.length);
}

function isPartOfPhrase({ folded }: SearchableText, name: string, start: number): boolean {
  return (everydayPhrases.get(name) ?? []).some((phrase) => {
    const offset = phrase.indexOf(name);
    return start >= offset && folded.startsWith(phrase, start - offset);
  });
}

export function findRegionHits(
  { text }: Pick<Place, "text">,
  names: readonly string[],
  unitHits: readonly Hit[],
): Hit[] {
  let general: readonly { start: number; end: number }[] | undefined;
  return findHits(text, names, (name, match) => {
    general ??= wholeRegion.flatMap((word) => findHidden(text, word));
    // 中宁 in 其中宁夏 is no place.
    if (general.some((hit) => overlaps(hit, match)) || unitHits.some((hit) => overlaps(hit, match))) return undefined;
    const plain = foldForSearch(name);
    if (joinsWords(name, match) || isPartOfPhrase(text, plain, match.foldedStart)) return undefined;
    return isEverydayRegionWord(plain) ? "warning" : "error";
  });
}
