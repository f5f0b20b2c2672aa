import { removeInvisible, replaceSpaces } from "./characters.ts";
import { toHalfWidth } from "./clean.ts";

const MOBILE = /^1[3-9]\d{9}$/;
const LANDLINE = /^\(?0\d{2,3}\)?-?\d{3,4}-?\d{4}(?:(?:-|转|ext\.?|x)\d{1,6})?$/i;
const SPACED_EXTENSION = /^(\(?0\d{2,3}\)?[ -]?\d{3,4}[ -]?\d{4}) (\d{1,6})$/;
const DASHES = /[\u2010-\u2015\u2212]/g;
const COUNTRY_CODE = /^(?:\+|00)?86/;

/**
 * A phone number in its plain form: half-width, no spaces; a mobile number as eleven digits without country code
 * and hyphens; a landline number with the hyphens it was typed with, and one before a spaced extension.
 */
export function cleanPhone(s: string): string {
  const spaced = replaceSpaces(toHalfWidth(removeInvisible(s)), " ")
    .trim()
    .replace(DASHES, "-");
  const digits = spaced.replace(/[ -]/g, "").replace(COUNTRY_CODE, "");
  if (MOBILE.test(digits)) return digits;
  return spaced.replace(SPACED_EXTENSION, "$1-$2").replace(/ /g, "");
}

/**
 * A mainland number: mobile (eleven digits, 1 then 3–9) or landline (area code of 3–4 digits with its 0, 7–8 digits,
 * optional extension), however spaced or hyphenated.
 */
export function isPhone(s: string): boolean {
  const phone = cleanPhone(s);
  return MOBILE.test(phone) || LANDLINE.test(phone);
}
