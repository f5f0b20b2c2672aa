import { removeInvisible, replaceSpaces } from "./characters.ts";
import { joinDashes, toHalfWidth } from "./clean.ts";

const MOBILE = /^1[3-9]\d{9}$/;
const LANDLINE = /^\(?0\d{2,3}\)?-?\d{3,4}-?\d{4}(?:(?:-|转|ext\.?|x)\d{1,6})?$/i;
const SPACED_EXTENSION = /^(\(?0\d{2,3}\)?[ -]?\d{3,4}[ -]?\d{4}) (\d{1,6})$/;
const COUNTRY_CODE = /^\(?(?:\+|00) ?86\)?[ -]*|^\(86\)[ -]*|^86[ -]+/;
/** An area code behind the country code has lost its 0, or shows it in brackets. */
const AREA_CODE = /^(?:\(0\)[ -]*)?\(?0?(\d{2,3})\)?/;
/** As a spreadsheet writes a number: with thousands separators, or with decimals. */
const AS_NUMBER = /^(\d{1,3}(?:,\d{3})+|\d+)(?:\.0+)?$/;

/**
 * A phone number in its plain form: half-width, no spaces; a mobile number as eleven digits without country code
 * and hyphens; a landline number with its area code and the hyphens it was typed with, and one before a spaced extension.
 */
export function cleanPhone(s: string): string {
  const half = joinDashes(replaceSpaces(toHalfWidth(removeInvisible(s)), " ").trim());
  const spaced = AS_NUMBER.exec(half)?.[1]?.replace(/,/g, "") ?? half;
  const national = spaced.replace(COUNTRY_CODE, "");
  const digits = national.replace(/[ ()-]/g, "").replace(/^86(?=1\d{10}$)/, "");
  if (MOBILE.test(digits)) return digits;
  const abroad = national === spaced ? undefined : writeLandline(national.replace(AREA_CODE, "0$1"));
  return abroad !== undefined && LANDLINE.test(abroad) ? abroad : writeLandline(spaced);
}

function writeLandline(spaced: string): string {
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
