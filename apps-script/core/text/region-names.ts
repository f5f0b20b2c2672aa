import { foldForComparison } from "./clean.ts";
import { compareText } from "./compare.ts";

/** A district or a city: `key` is the caller's own, `names` the 别名 of its bureau, `parent` its 上级单位 if any. */
export interface Region {
  key: string;
  names: readonly string[];
  parent?: string;
}

const FULL_NAME = /^.+[市县区]$/;
const PROVINCE = /^宁夏(?:回族自治区)?|^自治区/;
/** Short forms that are words of their own: finding one in a text proves nothing. */
const EVERYDAY_WORDS: ReadonlySet<string> = new Set(["同心", "西夏", "贺兰"]);

/** 兴庆区 → 兴庆; undefined for a two-character name, which is never shortened, and for what bears no 市, 县 or 区. */
export function shortRegionName(name: string): string | undefined {
  return name.length > 2 && FULL_NAME.test(name) && !name.endsWith("自治区") ? name.slice(0, -1) : undefined;
}

/** 银川市兴庆区教育局 → 兴庆区 in 银川市; undefined where no place is left. */
export function placeInBureauName(
  name: string,
): { readonly place: string; readonly city: string | undefined } | undefined {
  const whole = /^(.+[市县区])[^市县区]*局$/.exec(name.replace(PROVINCE, ""))?.[1];
  if (whole === undefined) return undefined;
  const [, city, place] = /^([^市]{2,}市)(.*[市县区])$/.exec(whole) ?? [];
  return { place: place ?? whole, city };
}

/** Whether a short form is also an everyday word (ANON-REGION is a warning then). */
export function isEverydayRegionWord(name: string): boolean {
  return EVERYDAY_WORDS.has(name);
}

function* namesAndShortForms(names: readonly string[]): Iterable<string> {
  for (const name of names) {
    yield name;
    const short = shortRegionName(name);
    if (short !== undefined) yield short;
  }
}

/** The names with the short form of each added, without repetition, longer ones first. */
export function expandRegionNames(names: readonly string[]): string[] {
  return [...new Set(namesAndShortForms(names))].sort((a, b) => b.length - a.length || compareText(a, b));
}

interface Candidate {
  region: Region;
  end: number;
}

/** The last full name in the unit's name: 银川市兴庆区 is in 兴庆区. */
function findFullName(unit: string, regions: readonly Region[]): Candidate | undefined {
  let best: Candidate | undefined;
  for (const region of regions) {
    for (const name of region.names) {
      if (!FULL_NAME.test(name)) continue;
      const at = unit.lastIndexOf(name);
      const end = at + name.length;
      if (at >= 0 && (best === undefined || end > best.end)) best = { region, end };
    }
  }
  return best;
}

function findShortName(unit: string, regions: readonly Region[]): Candidate | undefined {
  let best: Candidate | undefined;
  for (const region of regions) {
    for (const name of namesAndShortForms(region.names)) {
      if (FULL_NAME.test(name) || EVERYDAY_WORDS.has(name) || !unit.startsWith(name)) continue;
      if (best === undefined || name.length > best.end) best = { region, end: name.length };
    }
  }
  return best;
}

function isPartOf({ parent }: Region, names: readonly string[]): boolean {
  if (parent === undefined) return false;
  for (const name of namesAndShortForms(names)) if (parent.startsWith(name)) return true;
  return false;
}

/**
 * The key of the region in a unit's name: the last full name in it (`银川市兴庆区第一小学`), or a short form at
 * its beginning (`兴庆第一小学`), also behind the city that the region is part of (`银川兴庆一小`). A short form that is
 * an everyday word means no region: there may be a 同心小学 anywhere.
 */
export function findRegionOfUnit(unitName: string, regions: readonly Region[]): string | undefined {
  const unit = foldForComparison(unitName).replace(PROVINCE, "");
  const cities = [...new Set(regions.map((region) => region.parent))]
    .filter((parent): parent is string => parent !== undefined && /市/.test(parent))
    .map((parent) => parent.slice(0, parent.indexOf("市") + 1));
  const candidates: Region[] = [...regions, ...cities.map((city) => ({ key: "", names: [city] }))];

  const first = findFullName(unit, candidates) ?? findShortName(unit, candidates);
  if (first === undefined) return undefined;
  const inside = regions.filter((region) => isPartOf(region, first.region.names));
  const second = findShortName(unit.slice(first.end), inside);
  return (second ?? first).region.key || undefined;
}
