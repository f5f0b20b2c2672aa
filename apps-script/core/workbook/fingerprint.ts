import { cleanText } from "../text/clean.ts";
import { cellText } from "./cell-text.ts";
import type { CellValue } from "./port.ts";

const DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz$~";
const MIDNIGHT = /[ T]00:00(?::00)?$/;

/** Characters of one fingerprint. */
export const fingerprintLength = 7;

function mix(h: number): number {
  let x = h ^ (h >>> 15);
  x = Math.imul(x, 0x7feb352d);
  x ^= x >>> 13;
  return x >>> 0;
}

/** 42 bits over the UTF-16 units of a text, in seven characters: two multiplicative hashes with unlike steps. */
function hashText(text: string): string {
  let a = 0x811c9dc5;
  let b = 0x1b873593 ^ text.length;
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    a = Math.imul(a ^ unit, 0x01000193);
    b = Math.imul((b << 7) ^ (b >>> 9) ^ unit, 0x2545f491);
  }
  let high = mix(a);
  let low = mix(b ^ a);
  let out = "";
  for (let i = 0; i < 4; i++) {
    out += DIGITS[high & 63];
    high >>>= 6;
  }
  for (let i = 0; i < 3; i++) {
    out += DIGITS[low & 63];
    low >>>= 6;
  }
  return out;
}

/** What a cell says, the same however a spreadsheet program stores it. */
export function comparableText(value: CellValue): string {
  if (value === null) return "";
  if (typeof value === "string") return cleanText(value);
  return cleanText(cellText(value)).replace(MIDNIGHT, "");
}

/** Whether a cell says nothing; spaces and invisible characters are nothing. */
export function isVacant(value: CellValue): boolean {
  // Most cells hold one of these, and cleaning a long text takes time.
  if (typeof value === "string" && /[0-9A-Za-z\u4e00-\u9fff]/.test(value)) return false;
  return value === null || comparableText(value) === "";
}

/** "" for an empty cell. */
export function fingerprintOf(value: CellValue): string {
  const text = comparableText(value);
  return text === "" ? "" : hashText(text);
}

/** Of a value that import computed itself, such as a 字数: a value that a file gave takes its place. */
export function derivedFingerprint(value: CellValue): string {
  return hashText(`derived:${comparableText(value)}`);
}

/** Of a value that a document gave: a table does not take its place. */
export function documentFingerprint(value: CellValue): string {
  const text = comparableText(value);
  return text === "" ? "" : hashText(`document:${text}`);
}
