import { readNumber } from "./typed-text.ts";
import { compare, isError, type Scalar } from "./values.ts";

const special = /[.*+?^${}()|[\]\\]/g;

/** Programs look for no longer text than this. */
const longestPattern = 255;
const nothing = /(?!)/;

/** `*`, `?` and `~*` of a pattern as a regular expression; undefined for a text without any. */
export function wildcardPattern(text: string, whole = true): RegExp | undefined {
  if (!/[*?~]/.test(text)) return undefined;
  if (text.length > longestPattern) return nothing;
  const source = text.replace(/~[*?~]|[*?]|[^*?~]+|~/g, (part) => {
    if (part === "*") return "[^]*";
    if (part === "?") return "[^]";
    return (part.length === 2 && part.startsWith("~") ? part.slice(1) : part).replace(special, "\\$&");
  });
  return new RegExp(whole ? `^${source}$` : source, "iu");
}

export interface Criterion {
  readonly matches: (value: Scalar) => boolean;
  /** Set when nothing but these values can meet it, so that an index can answer. */
  readonly equals?: readonly (string | number | boolean)[];
}

function equality(wanted: Scalar): Criterion {
  if (isError(wanted)) return { matches: (value) => value === wanted };
  if (wanted === null) return { matches: (value) => value === 0, equals: [0] };
  return { matches: (value) => value !== null && !isError(value) && compare(value, wanted) === 0, equals: [wanted] };
}

/** What the part after an operator stands for. */
function operand(text: string): string | number | boolean {
  const word = text.toUpperCase();
  return word === "TRUE" ? true : word === "FALSE" ? false : (readNumber(text) ?? text);
}

/** A criterion of COUNTIF and its kind: a value, or a text such as `">=3"`, `"<>"`, `"张*"`. */
export function readCriterion(criterion: Scalar): Criterion {
  if (typeof criterion !== "string") return equality(criterion);
  const [, sign = "", rest = ""] = /^(<=|>=|<>|<|>|=)?(.*)$/s.exec(criterion) ?? [];
  const wanted = operand(rest);
  if (sign === "" || sign === "=" || sign === "<>") {
    const positive = matching(wanted, rest, sign === "");
    return sign === "<>" ? { matches: (value) => !positive.matches(value) } : positive;
  }
  const accepts: Record<string, (order: number) => boolean> = {
    "<": (order) => order < 0,
    ">": (order) => order > 0,
    "<=": (order) => order <= 0,
    ">=": (order) => order >= 0,
  };
  const accept = accepts[sign] as (order: number) => boolean;
  return { matches: (value) => typeof value === typeof wanted && accept(compare(value, wanted)) };
}

function matching(wanted: string | number | boolean, written: string, emptyText: boolean): Criterion {
  if (wanted === "") return { matches: (value) => value === null || (emptyText && value === "") };
  const pattern = typeof wanted === "string" ? wildcardPattern(wanted) : undefined;
  if (pattern) return { matches: (value) => typeof value === "string" && pattern.test(value) };
  if (typeof wanted !== "number") return equality(wanted);
  // Digits in a criterion find the number and the text that is written so.
  const { matches } = equality(wanted);
  return { matches: (value) => matches(value) || value === written, equals: [wanted, written] };
}
