import { wildcardPattern } from "../criteria.ts";
import { formatValue } from "../number-format.ts";
import { readNumber, toNumber } from "../typed-text.ts";
import { errors, isError, type Scalar, toBoolean, toText } from "../values.ts";
import { define, type FunctionTable, ofRanges, ofSingles } from "./define.ts";

const textOf = (value: Scalar | undefined): string =>
  value === undefined || isError(value) ? "" : typeof value === "string" ? value : toText(value);

/** A function of one text. */
const ofText = (f: (text: string) => Scalar) => ofSingles(1, 1, (value) => f(textOf(value)));

/** LEFT and RIGHT: one character when no number is given. */
const part = (f: (text: string, count: number) => string) =>
  ofSingles(1, 2, (value, length) => {
    const count = length === undefined ? 1 : toNumber(length);
    if (typeof count !== "number") return count;
    return count < 0 ? errors.value : f(textOf(value), Math.trunc(count));
  });

function middle(value: Scalar, from: Scalar, length: Scalar): Scalar {
  const start = toNumber(from);
  const count = toNumber(length);
  if (typeof start !== "number") return start;
  if (typeof count !== "number") return count;
  if (start < 1 || count < 0) return errors.value;
  return textOf(value).substr(Math.trunc(start) - 1, Math.trunc(count));
}

/** FIND and SEARCH: where a text begins, from 1. */
const position = (find: (text: string, wanted: string, from: number) => number) =>
  ofSingles(2, 3, (wanted, within, start) => {
    const from = start === undefined ? 1 : toNumber(start);
    if (typeof from !== "number") return from;
    const text = textOf(within);
    if (from < 1 || from > text.length + 1) return errors.value;
    const found = find(text, textOf(wanted), Math.trunc(from) - 1);
    return found < 0 ? errors.value : found + 1;
  });

function search(text: string, wanted: string, from: number): number {
  const pattern = wildcardPattern(wanted, false);
  if (!pattern) return text.toLowerCase().indexOf(wanted.toLowerCase(), from);
  const found = text.slice(from).search(pattern);
  return found < 0 ? found : found + from;
}

function substitute(value: Scalar, old: Scalar, replacement: Scalar, which: Scalar | undefined): Scalar {
  const [text, wanted, other] = [textOf(value), textOf(old), textOf(replacement)];
  if (wanted === "" || !text.includes(wanted)) return text;
  if (which === undefined) return text.replaceAll(wanted, () => other);
  const nth = toNumber(which);
  if (typeof nth !== "number") return nth;
  if (nth < 1) return errors.value;
  const pieces = text.split(wanted);
  if (pieces.length <= nth) return text;
  return pieces.slice(0, nth).join(wanted) + other + pieces.slice(nth).join(wanted);
}

function replace(value: Scalar, from: Scalar, length: Scalar, replacement: Scalar): Scalar {
  const start = toNumber(from);
  const count = toNumber(length);
  if (typeof start !== "number") return start;
  if (typeof count !== "number") return count;
  if (start < 1 || count < 0) return errors.value;
  const text = textOf(value);
  return text.slice(0, start - 1) + textOf(replacement) + text.slice(start - 1 + count);
}

function readValue(value: Scalar): Scalar {
  return typeof value === "string" ? (readNumber(value) ?? errors.value) : toNumber(value);
}

function character(code: Scalar): Scalar {
  const number = toNumber(code);
  if (typeof number !== "number") return number;
  return number >= 1 && number <= 0x10ffff ? String.fromCodePoint(Math.trunc(number)) : errors.number;
}

function repeat(value: Scalar, times: Scalar): Scalar {
  const count = toNumber(times);
  if (typeof count !== "number") return count;
  return count < 0 ? errors.value : textOf(value).repeat(Math.trunc(count));
}

function writeText(value: Scalar, format: Scalar): Scalar {
  const number = typeof value === "string" ? readNumber(value) : value;
  return typeof number === "number" ? formatValue(number, textOf(format)) : textOf(value);
}

/** All values of the arguments as texts, or the first error. */
const joining = (least: number, f: (texts: string[]) => Scalar) =>
  ofRanges(least, 255, (args, evaluation) => {
    const values = args.flatMap((arg) => [...evaluation.matrix(arg).values]);
    return values.find(isError) ?? f(values.map(textOf));
  });

const codePoint = ofText((text) => text.codePointAt(0) ?? errors.value);

export const textFunctions: FunctionTable = {
  LEN: ofText((text) => text.length),
  UPPER: ofText((text) => text.toUpperCase()),
  LOWER: ofText((text) => text.toLowerCase()),
  TRIM: ofText((text) => text.replace(/^ +| +$/g, "").replace(/ {2,}/g, " ")),
  CLEAN: ofText((text) => [...text].filter((c) => c >= " ").join("")),
  UNICODE: codePoint,
  CODE: codePoint,
  CHAR: ofSingles(1, 1, (code) => character(code as Scalar)),
  UNICHAR: ofSingles(1, 1, (code) => character(code as Scalar)),
  LEFT: part((text, count) => text.slice(0, count)),
  RIGHT: part((text, count) => text.slice(Math.max(0, text.length - count))),
  MID: ofSingles(3, 3, (text, from, length) => middle(text as Scalar, from as Scalar, length as Scalar)),
  FIND: position((text, wanted, from) => text.indexOf(wanted, from)),
  SEARCH: position(search),
  SUBSTITUTE: ofSingles(3, 4, (text, old, other, which) =>
    substitute(text as Scalar, old as Scalar, other as Scalar, which),
  ),
  REPLACE: ofSingles(4, 4, (text, from, length, other) =>
    replace(text as Scalar, from as Scalar, length as Scalar, other as Scalar),
  ),
  REPT: ofSingles(2, 2, (text, times) => repeat(text as Scalar, times as Scalar)),
  EXACT: ofSingles(2, 2, (a, b) => textOf(a) === textOf(b)),
  VALUE: ofSingles(1, 1, (value) => readValue(value as Scalar)),
  TEXT: ofSingles(2, 2, (value, format) => writeText(value as Scalar, format as Scalar)),
  CONCATENATE: joining(1, (texts) => texts.join("")),
  CONCAT: joining(1, (texts) => texts.join("")),
  JOIN: joining(2, ([separator = "", ...texts]) => texts.join(separator)),
  TEXTJOIN: define(3, 255, { single: (i) => i < 2 }, ([separator, skipping, ...args], evaluation) => {
    const values = args.flatMap((arg) => [...evaluation.matrix(arg).values]);
    const skips = toBoolean(skipping as Scalar);
    if (isError(skips)) return skips;
    const texts = values.map(textOf).filter((text) => !skips || text !== "");
    return values.find(isError) ?? texts.join(textOf(separator as Scalar));
  }),
};
