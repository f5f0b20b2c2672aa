import { toArabicNumerals } from "./chinese-number.ts";
import { foldForComparison } from "./clean.ts";
import { compareText } from "./compare.ts";
import { addToGroup } from "./group-by.ts";

/**
 * When two names may mean one school, however they are written: 兴庆三小, 银川市兴庆区第3小学（东校区） and 兴庆区第三小学.
 * What comes out is a suspicion, never a certainty.
 */

/** A district, county or city as units are named after it. */
export interface KnownPlace {
  /** Full and short: 兴庆区, 兴庆. */
  readonly names: readonly string[];
  /** The city it lies in: 银川市. */
  readonly city?: string | undefined;
}

interface Place {
  readonly short: string;
  readonly city: string | undefined;
  /** A district of a city, whose schools are also named after the city; a county's are not. */
  readonly isDistrict: boolean;
}

interface ParsedName {
  /** Outermost first. */
  readonly places: readonly Place[];
  /** What the school is called within its place: 3小. */
  readonly core: string;
  /** Every place may have a school that is called so. */
  readonly isGeneric: boolean;
}

/** Brackets mostly hold a campus; what stands in them first, or nothing but, belongs to the name. */
const BRACKETED = /(?!^)[（(【[〔〈《｛{「][^）)】\]〕〉》｝}」]*(?:[）)】\]〕〉》｝}」]|$)/g;
const REGION = /^(?:宁夏回族自治区|宁夏|自治区|教育厅|厅?直属)/;
const SYNTACTIC_PLACE = /^[^\d第市县区]{1,3}?(?:自治县|[市县区])(?=.{2})/;
const CAMPUS =
  /((?:小学|中学|初中|高中|学校|学院|幼儿园|附[小中]|\d[小中幼]|[实回][小中]))(?:.{0,6}(?:校区|分校|校部|本部|园区|分园)|[东南西北中新老总]{1,2}[校区院部]|(?:小学|中学|初中|高中|幼儿|中小学)部)$/;

type Forms = readonly (readonly [RegExp, string])[];
const replaceForms = (text: string, forms: Forms) =>
  forms.reduce((rest, [form, short]) => rest.replace(form, short), text);

/** While the name of a region may still be part of another's: 宁夏大学附属中学 is 宁大附中. */
const WHOLE_NAME_FORMS: Forms = [
  [/附属/, "附"],
  [/^(.)[^市县区]{0,4}师范(?:大学|学院)附/, "$1师附"],
  [/师大附/, "师附"],
  [/^([^市县区])[^市县区]{1,5}大学附/, "$1大附"],
  [/(?:九|9|十二|12)年一贯制/, ""],
];
/** Longer before shorter, so that one is not taken apart by the other. */
const CORE_FORMS: Forms = [
  [/教育(?:体育|科技|文化|和|与|卫生|旅游)*局|教体局|教科局|教委$/, "教局"],
  [/教局(?=教)/, ""],
  [/(?:教育教学|教学|教育科学|教育|教科)?(?:教研|研究|教科研)(?:培训)?(?:室|所|院|中心)(?:中心)?$/, "教研"],
  [/(..)(?:镇|乡|街道)(?=中心|第|\d|[小中初高完学幼回希实])/, "$1"],
  [/中心(?:完全小学|小学校?|完小|学校|校|小)$/, "中心"],
  [/(?:完全小学|小学校?|完小)$/, "小"],
  [/幼儿园$/, "幼"],
  [/初级中学$/, "初中"],
  [/(?:普通)?高级中学$/, "高中"],
  [/(?:完全)?中学校?$/, "中"],
  [/学校$/, ""],
  [/实验/, "实"],
  [/回民(?=\d|[第小中初高幼实]|$)/, "回"],
  [/第(?=\d)/g, ""],
  [/^(\d+)([实回]{1,2})(?=[小中初高幼]|$)/, "$2$1"],
  [/^回实/, "实回"],
];

const GENERIC = /^(?:[实回]|中心|城关|附|机关|直属|教师)*\d{0,3}(?:小|中|初中|高中|幼|教研|教局|中心)?$/;
/** Schools of a district bear the city's name as well; offices do not. */
const IS_OFFICE = /教研$|教局$/;

const shorten = (name: string) => (name.length > 2 ? name.replace(/(?:自治县|[市县区])$/, "") : name);
const foldPlace = (name: string) => toArabicNumerals(foldForComparison(name));

interface Parser {
  readonly parse: (name: string) => ParsedName;
  readonly placeNamed: (name: string) => Place;
}

function makeParser(known: readonly KnownPlace[]): Parser {
  const placeByName = new Map<string, Place>();
  for (const { names, city } of known) {
    const folded = names.map(foldPlace).filter((name) => name.length >= 2);
    const full = folded.find((name) => /[市县区]$/.test(name)) ?? folded[0];
    if (full === undefined) continue;
    const place = {
      short: shorten(full),
      city: city === undefined || foldPlace(city) === full ? undefined : shorten(foldPlace(city)),
      isDistrict: full.endsWith("区"),
    };
    for (const name of [...folded, shorten(full)]) placeByName.set(name, place);
  }
  for (const { city } of known) {
    if (city === undefined) continue;
    const full = foldPlace(city);
    const place = placeByName.get(full) ?? { short: shorten(full), city: undefined, isDistrict: false };
    for (const name of [full, shorten(full)])
      if (!placeByName.has(name) && name.length >= 2) placeByName.set(name, place);
  }
  const longestFirst = [...placeByName.keys()].sort((a, b) => b.length - a.length || compareText(a, b));

  const newPlace = (name: string): Place => ({
    short: shorten(name),
    city: undefined,
    isDistrict: name.endsWith("区"),
  });
  const parse = (name: string): ParsedName => {
    let rest = replaceForms(foldForComparison(name.replace(BRACKETED, "")), WHOLE_NAME_FORMS);
    rest = toArabicNumerals(rest).replace(CAMPUS, "$1");
    const places: Place[] = [];
    for (;;) {
      const region = REGION.exec(rest)?.[0];
      if (region !== undefined && rest.length > region.length) {
        rest = rest.slice(region.length);
        continue;
      }
      const word = longestFirst.find((each) => rest.startsWith(each) && rest.length > each.length);
      const found = word ?? SYNTACTIC_PLACE.exec(rest)?.[0];
      if (found === undefined) break;
      places.push(placeByName.get(found) ?? newPlace(found));
      rest = rest.slice(found.length);
    }
    const core = replaceForms(rest.replace(/^[市县区](?=第?\d|实验|回民|直属|教)/, ""), CORE_FORMS);
    return { places, core, isGeneric: GENERIC.test(core) };
  };
  return { parse, placeNamed: (name) => placeByName.get(foldPlace(name)) ?? newPlace(foldPlace(name)) };
}

/** How a name is looked up: two may mean one school when the `full` of one is among the `forms` of the other. */
interface SchoolKeys {
  readonly full: string;
  readonly forms: readonly string[];
  /** Equal for schools called the same in any place; such a name without a place may be any of them. */
  readonly core: string;
  readonly anywhere: boolean;
}

function keysOf({ places, core, isGeneric }: ParsedName, home: Place | undefined): SchoolKeys | undefined {
  if (core === "") return undefined;
  const own = places.length === 0 && isGeneric && home ? [home] : places;
  const full = own.map((place) => place.short).join("") + core;
  const [outermost] = own;
  const city = outermost?.city !== undefined && outermost.city !== outermost.short ? [outermost.city] : [];
  const names = [...city, ...own.map((place) => place.short)];
  const forms = new Set([full, ...names.map((_, i) => names.slice(i).join("") + core)]);
  if (own[own.length - 1]?.isDistrict && !IS_OFFICE.test(core)) forms.add(names.slice(0, -1).join("") + core);
  if (names.length === 1) forms.delete(core);
  return { full, forms: [...forms], core, anywhere: own.length === 0 };
}

/** Finds what belongs to schools that may be one and the same, by their names. */
interface SchoolIndex<T> {
  /** @param home the place whose authority named the school: a school whose name has no place in it, as 第三小学, lies there */
  add(name: string, home: string | undefined, member: T): void;
  find(name: string, home: string | undefined): readonly T[];
}

export function indexSchools<T>(known: readonly KnownPlace[]): SchoolIndex<T> {
  const { parse, placeNamed } = makeParser(known);
  const [byFull, byForm, byCore, anywhereByCore] = [0, 1, 2, 3].map(() => new Map<string, T[]>()) as [
    Map<string, T[]>,
    Map<string, T[]>,
    Map<string, T[]>,
    Map<string, T[]>,
  ];
  const keysByName = new Map<string, SchoolKeys | undefined>();
  const lookUp = (name: string, home: string | undefined) => {
    const key = `${home ?? ""}\u0001${name}`;
    if (!keysByName.has(key))
      keysByName.set(key, keysOf(parse(name), home === undefined ? undefined : placeNamed(home)));
    return keysByName.get(key);
  };
  const found = new Map<SchoolKeys, readonly T[]>();
  return {
    add(name, home, member) {
      const keys = lookUp(name, home);
      if (!keys) return;
      found.clear();
      addToGroup(byFull, keys.full, member);
      for (const form of keys.forms) addToGroup(byForm, form, member);
      addToGroup(byCore, keys.core, member);
      if (keys.anywhere) addToGroup(anywhereByCore, keys.core, member);
    },
    find(name, home) {
      const keys = lookUp(name, home);
      if (!keys) return [];
      let members = found.get(keys);
      if (!members) {
        const { full, forms, core, anywhere } = keys;
        const same = anywhere ? [byCore.get(core), byForm.get(full)] : [byForm.get(full), anywhereByCore.get(core)];
        members = [...new Set([...same, ...forms.map((form) => byFull.get(form))].flatMap((each) => each ?? []))];
        found.set(keys, members);
      }
      return members;
    },
  };
}
