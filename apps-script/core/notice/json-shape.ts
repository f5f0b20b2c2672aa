/** Checks of a JSON value that report every fault at once, in Chinese, for people who edit the file by hand. */

export interface Place {
  /** As people call it: `名额 → 教育局`. */
  readonly words: string;
  /** As the file writes it: `quotas.bureau`; "" at the top. */
  readonly path: string;
}

/** Adds a line to `faults` for each thing that is wrong with the value or within it. */
export type Check = (value: unknown, place: Place, faults: string[]) => void;

const longestShown = 20;

function show(value: unknown): string {
  if (value === undefined) return "没有这一项";
  if (Array.isArray(value)) return "方括号 […]";
  if (typeof value === "object" && value !== null) return "花括号 {…}";
  const text = JSON.stringify(value);
  return text.length > longestShown ? `${text.slice(0, longestShown)}…` : text;
}

const written = ({ path }: Place) => (path === "" ? "" : `（${path}）`);

/** A line that says where, what is expected, and what is there. */
export function fault(place: Place, expected: string, value: unknown): string {
  return `${place.words}${written(place)}应为${/^[!-~]/.test(expected) ? " " : ""}${expected}，现在是 ${show(value)}。`;
}

function within(place: Place, words: string, step: string): Place {
  return { words: place.path === "" ? words : `${place.words} → ${words}`, path: `${place.path}${step}` };
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** @param members key → what people call it, and its check; all must be there and no others */
export function object(members: Readonly<Record<string, readonly [words: string, check: Check]>>): Check {
  const [keys, entries] = [Object.keys(members), Object.entries(members)];
  return (value, place, faults) => {
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
      faults.push(
        `${place.words}${written(place)}里有不认识的“${key}”，请核对拼写或删去；这里只能写 ${keys.join("、")}。`,
      );
    }
  };
}

/** A list of at least `least` entries. */
export function list(each: Check, least = 1): Check {
  return (value, place, faults) => {
    if (!Array.isArray(value)) {
      faults.push(fault(place, "方括号 […]，其中逐个列出", value));
      return;
    }
    if (value.length < least)
      faults.push(`${place.words}${written(place)}至少要有 ${least} 个，现在有 ${value.length} 个。`);
    for (const [i, entry] of value.entries()) each(entry, within(place, `第 ${i + 1} 个`, `[${i}]`), faults);
  };
}

/** Any keys, every value of one kind. */
export function record(each: Check): Check {
  return (value, place, faults) => {
    if (!isRecord(value)) {
      faults.push(fault(place, "花括号 {…}", value));
      return;
    }
    for (const [key, entry] of Object.entries(value)) each(entry, within(place, key, `.${key}`), faults);
  };
}

/** A condition on a plain value. */
export function plain(expected: string, fits: (value: unknown) => boolean): Check {
  return (value, place, faults) => {
    if (!fits(value)) faults.push(fault(place, expected, value));
  };
}

export const text = plain("写在双引号里的文字", (value) => typeof value === "string" && value.trim() !== "");

export function number(min: number, max: number): Check {
  return plain(
    `${min}—${max} 之间的数，不加引号`,
    (value) => typeof value === "number" && value >= min && value <= max,
  );
}

export function integer(min: number, max: number): Check {
  return plain(
    `${min}—${max} 之间的整数，不加引号`,
    (value) => typeof value === "number" && Number.isInteger(value) && value >= min && value <= max,
  );
}

export function exactly(value: boolean, why: string): Check {
  return plain(`${value}（${why}）`, (given) => given === value);
}

export const boolean = plain("true（是）或 false（否），不加引号", (value) => typeof value === "boolean");

/** A value of the notice and the place of the notice it comes from. */
export function cited(value: Check): Check {
  return object({ value: ["值", value], article: ["依据", text] });
}
