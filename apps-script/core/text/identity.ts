/**
 * What makes two rows mean one case, unit or person: every key there is. Keys are compared and never shown.
 *
 * - An identifier (案例编号, account, 单位代码, 评审编号, 专家编号, phone): width, letter case, white space, what cannot be
 *   seen and which of two look-alikes stands there count for nothing, and every hyphen or dash is one. All other marks
 *   count: `1-11`, `11-1` and `111` are three.
 * - A name (of a unit or a person, a title): the folded form, in which no mark counts.
 * - A placeholder (无, /, 同上) is no identity, nor is an identifier that a spreadsheet has ruined: whoever reads a cell
 *   makes them "", and an empty key means nobody.
 */
import { cleanName, foldForComparison, foldIdentifier } from "./clean.ts";
import { cleanPhone } from "./phone.ts";

/** Ends a part of a key: no folded text holds it. */
const END = "\u0001";

/** Equal for identifiers that mean the same. */
export const identifierKey = foldIdentifier;

/** Equal for spellings of one name of a unit. */
export const unitNameKey = foldForComparison;

/** Equal for spellings of one 案例名称. */
export const titleKey = foldForComparison;

/** Equal for spellings of one person's name. */
export const personNameKey = (name: string): string => foldForComparison(cleanName(name));

/** A submission or its text: a 案例编号 means something within its unit only. */
export function submissionKey(nominator: string, id: string): string {
  return `${unitNameKey(nominator)}${END}${identifierKey(id)}`;
}

/** A person who has an account. */
export const accountKey = (account: string): string => `account:${identifierKey(account)}`;

/** A person without an account, among authors and experts. */
export const nameAndUnitKey = (name: string, unit: string): string =>
  `${personNameKey(name)}${END}${unitNameKey(unit)}`;

/** A person without an account, among experts. */
export const nameAndPhoneKey = (name: string, phone: string): string =>
  `${personNameKey(name)}/${identifierKey(cleanPhone(phone))}`;

/** 评审编号 and 专家编号 as they are written: half-width, upper case. */
export const cleanCode = (text: string): string => identifierKey(text).toUpperCase();

/** What one expert is asked for one submission. */
export const pairKey = (reviewId: string, expert: string): string => `${reviewId}/${expert}`;
