import { foldForComparison } from "../text/clean.ts";
import { addToGroup } from "../text/group-by.ts";
import type { Unit } from "./award.ts";

/** A shorter rest could be any school of that name: 第一小学. */
const shortestRest = 5;

interface UnitForms {
  readonly full: string;
  /** What is left after one or more leading names of places. */
  readonly rests: readonly string[];
}

function makeUnitForms(units: readonly Unit[]): (text: string) => UnitForms {
  const listed = units.flatMap((u) => [u.parent, ...(u.kind === "bureau" ? u.aliases : [])]);
  const places = [...new Set(["宁夏回族自治区", "宁夏", ...listed].map(foldForComparison))]
    .filter((place) => place.length >= 2)
    .sort((a, b) => b.length - a.length);
  return (text) => {
    const full = foldForComparison(text);
    const rests: string[] = [];
    let rest = full;
    for (;;) {
      const place = places.find((p) => rest.startsWith(p));
      if (place === undefined || rest.length - place.length < shortestRest) return { full, rests };
      rest = rest.slice(place.length);
      rests.push(rest);
    }
  };
}

/** Finds who belongs to a unit, however the unit is written. */
interface UnitIndex<T> {
  add(unit: string, member: T): void;
  /** Members of the same unit, the names alike up to leading names of places. */
  find(unit: string): readonly T[];
}

/**
 * 银川市兴庆区第一小学 is 兴庆区第一小学, because one is the other after a leading place; 银川市第一中学 is not
 * 吴忠市第一中学, because neither is.
 */
export function indexUnits<T>(units: readonly Unit[]): UnitIndex<T> {
  const formsOf = makeUnitForms(units);
  const byFull = new Map<string, T[]>();
  const byRest = new Map<string, T[]>();
  const found = new Map<string, readonly T[]>();
  return {
    add(unit, member) {
      const forms = formsOf(unit);
      addToGroup(byFull, forms.full, member);
      for (const rest of forms.rests) addToGroup(byRest, rest, member);
      found.clear();
    },
    find(unit) {
      let members = found.get(unit);
      if (!members) {
        const { full, rests } = formsOf(unit);
        const same = [full, ...rests].flatMap((form) => byFull.get(form) ?? []);
        members = full === "" ? [] : [...new Set(same.concat(byRest.get(full) ?? []))];
        found.set(unit, members);
      }
      return members;
    },
  };
}
