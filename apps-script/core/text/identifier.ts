import { cleanIdentifier } from "./clean.ts";

/** Spreadsheets keep 15 significant digits. */
const KEPT_DIGITS = 15;
const SCIENTIFIC = /^[+-]?\d{1,3}(?:\.\d+)?E\+\d{1,3}$/i;
const ALL_DIGITS = /^\d+$/;
const ALL_ZEROS = /^0+$/;

/** What most cells begin with; however the rest is spelled, no number begins so. */
const BEGINS_NO_NUMBER = /^[\u4e00-\u9fffA-Za-z]/;

/**
 * Whether a spreadsheet has lost digits of this identifier: a number of more than 15 digits, scientific notation
 * (`6.40104E+17`), or a text of more than 15 digits that are zeros from the 16th on. What was lost cannot be guessed.
 */
export function isRuinedIdentifier(value: string | number): boolean {
  if (typeof value === "number") return Math.abs(value) >= 10 ** KEPT_DIGITS;
  if (BEGINS_NO_NUMBER.test(value)) return false;
  const text = cleanIdentifier(value);
  if (SCIENTIFIC.test(text)) return true;
  return text.length > KEPT_DIGITS && ALL_DIGITS.test(text) && ALL_ZEROS.test(text.slice(KEPT_DIGITS));
}
