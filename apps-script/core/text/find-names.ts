import { elsewhere, makeMap, mapCharacters, mapInto, removed } from "./character-map.ts";
import { DOTLIKE_PATTERN, removeDotlike, removeUnnoticed } from "./characters.ts";
import { foldLookAlikes } from "./clean.ts";
import { once } from "./once.ts";

/** One occurrence: UTF-16 indexes into the original text, `end` exclusive, and what stands there. */
export interface HiddenMatch {
  start: number;
  end: number;
  slice: string;
  /** Where it begins in the folded text. */
  foldedStart: number;
  /** The stops, hyphens and dashes inside: the dots of a name, or two words that meet by chance. */
  dots: string;
}

/** A text made ready once for many searches. */
export interface SearchableText {
  readonly original: string;
  readonly folded: string;
  /** A bit for each folded unit by its low bits: what is not there needs no search. */
  readonly units: Uint32Array;
}

const SEARCH = makeMap((draft) => {
  removeUnnoticed(draft);
  removeDotlike(draft);
  foldLookAlikes(draft);
});
/** What follows a name is read with the stops in it. */
const FOLLOWING = makeMap((draft) => {
  removeUnnoticed(draft);
  foldLookAlikes(draft);
});

const DOTLIKE = new RegExp(DOTLIKE_PATTERN, "g");

/** The form in which names are found: without what can stand unnoticed in one, look-alikes folded. */
export const foldForSearch = (s: string): string => mapCharacters(s, SEARCH);

/** Like foldForSearch, but stops, hyphens and dashes stay. */
export const foldFollowing = (s: string): string => mapCharacters(s, FOLLOWING);

const unitWords = 128;
const mark = (units: Uint32Array, unit: number) => {
  const word = (unit >> 5) % unitWords;
  units[word] = (units[word] as number) | (1 << (unit & 31));
};

/** Texts are folded here piece by piece. */
let room = new Uint16Array(0x4000);
const longestPiece = 0x2000;

function foldToString(text: string): string {
  if (room.length < text.length) room = new Uint16Array(text.length * 2);
  const end = mapInto(text, SEARCH(), room, 0);
  let folded = "";
  for (let from = 0; from < end; from += longestPiece) {
    const piece = room.subarray(from, Math.min(end, from + longestPiece));
    folded += String.fromCharCode(...piece);
  }
  return folded;
}

function markUnits(text: string): Uint32Array {
  const units = new Uint32Array(unitWords);
  const folds = SEARCH().units;
  for (let i = 0; i < text.length; i++) {
    const unit = folds[text.charCodeAt(i)] as number;
    if (unit !== elsewhere) {
      const word = (unit >> 5) % unitWords;
      units[word] = (units[word] as number) | (1 << (unit & 31));
      continue;
    }
    const character = String.fromCodePoint(text.codePointAt(i) as number);
    const to = foldForSearch(character);
    for (let k = 0; k < to.length; k++) mark(units, to.charCodeAt(k));
    i += character.length - 1;
  }
  return units;
}

class LazilySearchable implements SearchableText {
  private knownFolded: string | undefined;
  private knownUnits: Uint32Array | undefined;

  constructor(readonly original: string) {}

  get folded(): string {
    this.knownFolded ??= foldToString(this.original);
    return this.knownFolded;
  }

  get units(): Uint32Array {
    this.knownUnits ??= markUnits(this.original);
    return this.knownUnits;
  }
}

/** Prepares a text that is searched for several needles; the result goes to findHidden. */
export const makeSearchable = (text: string): SearchableText => new LazilySearchable(text);

/** Of the needles that are looked for now: 1 for a unit that begins one, 2 for one that follows the first, 3 for both. */
const roles = once(() => new Uint8Array(0x10000));

/**
 * Which of some texts may hold one of the needles, told by their first two characters: in the others findHidden finds none.
 * One look at each character of a text, however many the needles.
 */
export function mayHoldAny(texts: readonly string[], needles: readonly string[]): boolean[] {
  const roleOf = roles();
  const begun = needles.map(foldForSearch).filter((wanted) => wanted !== "");
  if (begun.some((wanted) => wanted.length === 1)) return texts.map(() => true);
  for (const wanted of begun) {
    roleOf[wanted.charCodeAt(0)] = (roleOf[wanted.charCodeAt(0)] as number) | 1;
    roleOf[wanted.charCodeAt(1)] = (roleOf[wanted.charCodeAt(1)] as number) | 2;
  }
  const found = texts.map((text) => mayHoldPair(text, roleOf));
  for (const wanted of begun) {
    roleOf[wanted.charCodeAt(0)] = 0;
    roleOf[wanted.charCodeAt(1)] = 0;
  }
  return found;
}

function mayHoldPair(text: string, roleOf: Uint8Array): boolean {
  const folds = SEARCH().units;
  /** 2 behind a unit that begins a needle. */
  let awaited = 0;
  for (let i = 0; i < text.length; i++) {
    const unit = folds[text.charCodeAt(i)] as number;
    if (unit >= removed) {
      // What the table does not tell is left to findHidden.
      if (unit === elsewhere) return true;
      continue;
    }
    const role = roleOf[unit] as number;
    if ((role & awaited) !== 0) return true;
    awaited = (role & 1) << 1;
  }
  return false;
}

function mayHold(units: Uint32Array, wanted: string): boolean {
  for (let i = 0; i < wanted.length; i++) {
    const unit = wanted.charCodeAt(i);
    if (((units[(unit >> 5) % unitWords] as number) & (1 << (unit & 31))) === 0) return false;
  }
  return true;
}

/** The index in the original text of the character that each folded unit comes from. */
function placesOf(text: string): Uint32Array {
  if (room.length < text.length) room = new Uint16Array(text.length * 2);
  const places = new Uint32Array(text.length);
  return places.subarray(0, mapInto(text, SEARCH(), room, 0, places));
}

/** A character with the accents and variation selectors that belong to it. */
const WHOLE_CHARACTER = /.(?:[\u0300-\u036f\ufe00-\ufe0f]|[\u{e0100}-\u{e01ef}])*/suy;

function endOfCharacter(text: string, at: number): number {
  WHOLE_CHARACTER.lastIndex = at;
  return at + (WHOLE_CHARACTER.exec(text)?.[0].length ?? 1);
}

/**
 * Occurrences of `needle` in `text`, from left to right, not overlapping. White space, line breaks, dots of any kind and
 * invisible characters inside either do not count; neither do width, the case of Latin letters and which of several
 * look-alikes stands there, traditional characters included.
 */
export function findHidden(text: string | SearchableText, needle: string): HiddenMatch[] {
  const searchable = typeof text === "string" ? makeSearchable(text) : text;
  const wanted = foldForSearch(needle);
  const matches: HiddenMatch[] = [];
  if (wanted === "" || !mayHold(searchable.units, wanted)) return matches;
  const { original, folded } = searchable;
  let places: Uint32Array | undefined;
  for (let at = folded.indexOf(wanted); at >= 0; at = folded.indexOf(wanted, at + wanted.length)) {
    places ??= placesOf(original);
    const start = places[at] as number;
    const end = endOfCharacter(original, places[at + wanted.length - 1] as number);
    const slice = original.slice(start, end);
    matches.push({ start, end, slice, foldedStart: at, dots: (slice.match(DOTLIKE) ?? []).join("") });
  }
  return matches;
}
