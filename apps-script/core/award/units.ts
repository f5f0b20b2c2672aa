import { foldForComparison } from "../text/clean.ts";
import { groupByFilledKey } from "../text/group-by.ts";
import { shortRegionName } from "../text/region-names.ts";
import type { Unit } from "./award.ts";
import { cityOfCode } from "./official-codes.ts";

/** What a unit may be called by. */
type NamedUnit = Pick<Unit, "code" | "name" | "kind" | "aliases" | "parent">;

const regionWords = ["宁夏回族自治区", "宁夏", "自治区", "教育厅", "教育", "直属"];
const bureauSuffixes = ["教育局", "教育体育局", "教体局", "教育和体育局", "教育科技局", "教育科技体育局"];

/** Whether a prefix is made of words that an official form puts before a unit's name: the region, the superior unit. */
function isOfficialPrefix(prefix: string, superiors: readonly string[]): boolean {
  const parents = superiors.flatMap((superior) => [superior, shortRegionName(superior) ?? ""]);
  const words = [...regionWords, ...parents].filter((w) => w !== "").sort((a, b) => b.length - a.length);
  let rest = prefix;
  while (rest !== "") {
    const word = words.find((w) => rest.startsWith(w));
    if (word === undefined) return false;
    rest = rest.slice(word.length);
  }
  return true;
}

function longerForms(unit: NamedUnit): string[] {
  const names = [unit.name, ...unit.aliases].map(foldForComparison);
  if (unit.kind !== "bureau") return names;
  const bases = unit.aliases.map(foldForComparison);
  return [...names, ...bases.flatMap((base) => bureauSuffixes.map((suffix) => base + suffix))];
}

function isLongerForm(text: string, unit: NamedUnit): boolean {
  const superiors = [foldForComparison(unit.parent), cityOfCode(unit.code)?.name ?? ""];
  return longerForms(unit).some(
    (form) =>
      form.length >= 2 && text.endsWith(form) && isOfficialPrefix(text.slice(0, text.length - form.length), superiors),
  );
}

/**
 * A function that finds the unit a text names: its name, an alias, its code, a longer official form such as
 * 银川市兴庆区教育局, or a name it bore once. undefined where it names none or several; of a name that a unit bears now and
 * that others are called by or were, it is the unit.
 *
 * @param former finds the unit that bore a name once
 */
export function makeUnitResolver<U extends NamedUnit>(
  units: readonly U[],
  former: (text: string) => U | undefined = () => undefined,
): (text: string) => U | undefined {
  const byName = groupByFilledKey(units, (unit) => foldForComparison(unit.name));
  const exact = new Map<string, Set<U>>();
  for (const unit of units) {
    for (const form of [unit.name, unit.code, ...unit.aliases]) {
      const folded = foldForComparison(form);
      if (folded === "") continue;
      const known = exact.get(folded) ?? new Set();
      exact.set(folded, known.add(unit));
    }
  }
  const cache = new Map<string, U | undefined>();
  const only = (candidates: readonly U[]) => (candidates.length === 1 ? candidates[0] : undefined);
  return (text) => {
    const folded = foldForComparison(text);
    if (folded === "") return undefined;
    if (!cache.has(folded)) {
      const named = exact.get(folded);
      const longer = () => units.filter((unit) => isLongerForm(folded, unit));
      const found = only(byName.get(folded) ?? []) ?? (named ? only([...named]) : (only(longer()) ?? former(text)));
      cache.set(folded, found);
    }
    return cache.get(folded);
  };
}
