import { foldForComparison } from "../text/clean.ts";
import { placeInBureauName, shortRegionName } from "../text/region-names.ts";
import type { AwardData, Unit } from "./award.ts";
import { cityOfCode } from "./official-codes.ts";

/** 自治区教育厅 and its like are above all units and none of them. */
const DEPARTMENT = /^(?:宁夏回族自治区|宁夏|自治区)?(?:人民政府)?(?:教育厅|教育工委|厅)?(?:直属)?(?:学校)?$/;
const PROVINCE = /^(?:宁夏回族自治区|宁夏|自治区)/;

interface Superiors {
  /** The units above, the nearest only; several where the name leaves it open which. */
  readonly units: readonly Unit[];
  /** 上级单位 names something that is no unit, no place the 单位代码 lies in and not the department. */
  readonly unknown: boolean;
}

const AUTHORITY = /(?:教育(?:体育|科技|文化|和|与|卫生|旅游)*局|教体局|教科局|教委|教育|人民政府|管委会|社会事务局)$/;

/** 银川市, 银川, 银川市教育体育局 → 银川. */
function placeStem(text: string): string {
  let place = text.replace(PROVINCE, "");
  while (AUTHORITY.test(place)) place = place.replace(AUTHORITY, "");
  return shortRegionName(place) ?? place;
}

interface UnitFinder {
  readonly named: (text: string) => readonly Unit[];
  readonly above: (unit: Unit) => Superiors;
}

const finders = new WeakMap<AwardData["tables"], UnitFinder>();

function finderOf(award: AwardData): UnitFinder {
  const known = finders.get(award.tables) ?? makeFinder(award);
  finders.set(award.tables, known);
  return known;
}

/** The units directly above a unit: by 上级单位, however it is written, else by the official 单位代码. */
export function superiorsOf(award: AwardData, unit: Unit): Superiors {
  return finderOf(award).above(unit);
}

/** The unit that a text names, else the bureaus of the place that it names: 银川市教体局 for 银川市教育局. */
export function unitsNamed(award: AwardData, text: string): readonly Unit[] {
  return finderOf(award).named(text);
}

function makeFinder({ units, resolveUnit }: AwardData): UnitFinder {
  const byStem = new Map<string, Set<Unit>>();
  const put = (name: string, unit: Unit) => {
    const stem = placeStem(foldForComparison(name));
    if (stem.length >= 2) byStem.set(stem, (byStem.get(stem) ?? new Set()).add(unit));
  };
  for (const unit of units) {
    if (unit.kind === "school") continue;
    for (const name of [unit.name, ...unit.aliases]) put(name, unit);
    const { place } = placeInBureauName(unit.name) ?? {};
    if (place !== undefined) put(place, unit);
  }
  const named = (text: string) => {
    const exact = resolveUnit(text);
    return exact ? [exact] : [...(byStem.get(placeStem(foldForComparison(text))) ?? [])];
  };
  const cache = new Map<Unit, Superiors>();
  const find = (unit: Unit): Superiors => {
    const others = (found: Iterable<Unit>) => [...found].filter((other) => other !== unit);
    const parent = foldForComparison(unit.parent);
    if (parent !== "" && !DEPARTMENT.test(parent)) {
      const told = named(unit.parent);
      if (told.length > 0) return { units: others(told), unknown: false };
    }
    const city = unit.kind === "school" ? undefined : cityOfCode(unit.code);
    const names = [city?.name, placeInBureauName(unit.name)?.city].filter((name) => name !== undefined);
    const inferred = new Set([
      ...units.filter((other) => other.kind !== "school" && other.code !== "" && other.code === city?.code),
      ...names.flatMap(named),
    ]);
    const follows = names.some((name) => placeStem(parent) === shortRegionName(name));
    return { units: others(inferred), unknown: parent !== "" && !DEPARTMENT.test(parent) && !follows };
  };
  return {
    named,
    above(unit) {
      const superiors = cache.get(unit) ?? find(unit);
      cache.set(unit, superiors);
      return superiors;
    },
  };
}
