/**
 * Checks of a JSON value that tell every fault at once, in Chinese, for people who edit the file by hand; and the shape that
 * they check, from which a form is made.
 */

export interface Place {
  /** As people call it: `名额 → 教育局`. */
  readonly words: string;
  /** As the file writes it: `quotas.bureau`; "" at the top. */
  readonly path: string;
}

/** One thing that is wrong with a value. */
export interface Fault {
  /** As `Place` has it. */
  readonly path: string;
  /** Says where, what is expected and what is there, for people who have the file before them. */
  readonly message: string;
  /** The same for people who have the field of a form before them. */
  readonly besideField: string;
}

/** A condition on a plain value: what is typed into a form for it. */
export type PlainKind = "text" | "number" | "date" | "boolean" | "fixed";

export type Shape =
  | { readonly kind: "object"; readonly members: Members }
  | { readonly kind: "list"; readonly each: Check; readonly least: number }
  | { readonly kind: "record"; readonly each: Check }
  | { readonly kind: PlainKind };

type Members = Readonly<Record<string, readonly [words: string, check: Check]>>;

/** Adds a fault for each thing that is wrong with the value or within it. */
export interface Check {
  (value: unknown, place: Place, faults: Fault[]): void;
  readonly shape: Shape;
}

type Judge = (value: unknown, place: Place, faults: Fault[]) => void;
const checkOf = (shape: Shape, judge: Judge): Check => Object.assign(judge, { shape });

const longestShown = 20;

function show(value: unknown): string {
  if (value === undefined) return "没有这一项";
  if (Array.isArray(value)) return "方括号 […]";
  if (typeof value === "object" && value !== null) return "花括号 {…}";
  const text = JSON.stringify(value);
  return text.length > longestShown ? `${text.slice(0, longestShown)}…` : text;
}

const written = ({ path }: Place) => (path === "" ? "" : `（${path}）`);

const shouldBe = (expected: string) => `应为${/^[!-~]/.test(expected) ? " " : ""}${expected}`;

/** @param inFile what is expected, in words of the file */
function fault(place: Place, inFile: string, value: unknown, expected = inFile): Fault {
  const found = value === "" || value === undefined ? "现在空着" : `现在是 ${show(value)}`;
  return {
    path: place.path,
    message: `${place.words}${written(place)}${shouldBe(inFile)}，现在是 ${show(value)}。`,
    besideField: `${shouldBe(expected)}，${found}。`,
  };
}

function lineAbout(place: Place, said: string): Fault {
  return { path: place.path, message: `${place.words}${written(place)}${said}`, besideField: said };
}

function within(place: Place, words: string, step: string): Place {
  return { words: place.path === "" ? words : `${place.words} → ${words}`, path: `${place.path}${step}` };
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** @param members key → what people call it, and its check; all must be there and no others */
export function object(members: Members): Check {
  const [keys, entries] = [Object.keys(members), Object.entries(members)];
  return checkOf({ kind: "object", members }, (value, place, faults) => {
    if (!isRecord(value)) {
      faults.push(fault(place, `花括号 {…}，其中写 ${keys.join("、")}`, value));
      return;
    }
    const dot = place.path === "" ? "" : ".";
    for (const [key, [words, check]] of entries) {
      check(value[key], within(place, words, `${dot}${key}`), faults);
    }
    for (const key of Object.keys(value)) {
      if (keys.includes(key)) continue;
      faults.push(lineAbout(place, `里有不认识的“${key}”，请核对拼写或删去；这里只能写 ${keys.join("、")}。`));
    }
  });
}

/** A list of at least `least` entries. */
export function list(each: Check, least = 1): Check {
  return checkOf({ kind: "list", each, least }, (value, place, faults) => {
    if (!Array.isArray(value)) {
      faults.push(fault(place, "方括号 […]，其中逐个列出", value));
      return;
    }
    if (value.length < least) faults.push(lineAbout(place, `至少要有 ${least} 个，现在有 ${value.length} 个。`));
    for (const [i, entry] of value.entries()) each(entry, within(place, `第 ${i + 1} 个`, `[${i}]`), faults);
  });
}

/** Any keys, every value of one kind. */
export function record(each: Check): Check {
  return checkOf({ kind: "record", each }, (value, place, faults) => {
    if (!isRecord(value)) {
      faults.push(fault(place, "花括号 {…}", value));
      return;
    }
    for (const [key, entry] of Object.entries(value)) each(entry, within(place, key, `.${key}`), faults);
  });
}

/**
 * A condition on a plain value.
 *
 * @param expected what fits, in Chinese: `日期，如 2026-07-15`
 * @param inFile the same with how the file writes it
 */
export function plain(
  expected: string,
  fits: (value: unknown) => boolean,
  kind: PlainKind = "text",
  inFile = expected,
): Check {
  return checkOf({ kind }, (value, place, faults) => {
    if (!fits(value)) faults.push(fault(place, inFile, value, expected));
  });
}

export const text = plain(
  "文字",
  (value) => typeof value === "string" && value.trim() !== "",
  "text",
  "写在双引号里的文字",
);

const unquoted = (expected: string) => `${expected}，不加引号`;

export function number(min: number, max: number): Check {
  const expected = `${min}—${max} 之间的数`;
  const fits = (value: unknown) => typeof value === "number" && value >= min && value <= max;
  return plain(expected, fits, "number", unquoted(expected));
}

export function integer(min: number, max: number): Check {
  const expected = `${min}—${max} 之间的整数`;
  const fits = (value: unknown) => typeof value === "number" && Number.isInteger(value) && value >= min && value <= max;
  return plain(expected, fits, "number", unquoted(expected));
}

export function exactly(value: boolean, why: string): Check {
  return plain(`${value}（${why}）`, (given) => given === value, "fixed");
}

export const boolean = plain(
  "“是”或“否”",
  (value) => typeof value === "boolean",
  "boolean",
  unquoted("true（是）或 false（否）"),
);

/** A value of the notice and the place of the notice it comes from. */
export function cited(value: Check): Check {
  return object({ value: ["值", value], article: ["依据", text] });
}
