/** Formulas that the rules of experts and of liaisons have in common. */
import type { KeyOf, SheetSpec } from "../../schema/sheet-spec.ts";
import { quote } from "../../workbook/formula.ts";
import {
  allOf,
  anyOf,
  isEmpty,
  isOutside,
  isPlaceholderIn,
  namedOf,
  type PeopleSources,
  removeDigits,
  together,
  when,
} from "../live.ts";

export function missingIn<S extends SheetSpec>(
  sheet: S,
  keys: readonly KeyOf<S>[],
  { at }: PeopleSources<KeyOf<S>>,
): string {
  const isMissing = (key: KeyOf<S>) => anyOf(isEmpty(at(key)), isPlaceholderIn(at(key), sheet, key));
  return together(...keys.map((key) => when(isMissing(key), quote(`缺${namedOf(sheet, key)}`))));
}

/** Whether a text of digits alone is no number of a telephone: other texts are left to the rules. */
export function invalidPhoneIn<S extends SheetSpec>(
  sheet: S,
  key: KeyOf<S>,
  { bare, compute, isRuined }: PeopleSources<KeyOf<S>>,
): string {
  const digits = compute(`${key} 号码`, `SUBSTITUTE(${bare(key)},"-","")`);
  const first = `LEFT(${digits},1)`;
  // From 11 on behind the 1 of a mobile number, and at least an area code and seven digits behind the 0 of a landline.
  const isMobile = `(${first}="1")*(LEN(${digits})=11)*ISERROR(FIND(MID(${digits},2,1),"012"))`;
  const mayBeLandline = `(${first}="0")*(LEN(${digits})>9)*(LEN(${digits})<19)`;
  const isAbroad = anyOf(`(LEFT(${digits},2)="86")*(LEN(${digits})>10)`, `LEFT(${digits},2)="00"`);
  // One digit alone stands for nothing.
  const isNumber = allOf(`${digits}<>""`, `${removeDigits(digits)}=""`, `SUBSTITUTE(${digits},${first},"")<>""`);
  const isWrong = allOf(isNumber, `${isRuined(key)}=0`, `1-${isMobile}`, `1-${mayBeLandline}`, `1-${isAbroad}`);
  return when(isWrong, quote(`${namedOf(sheet, key)}不是手机号或带区号的固定电话`));
}

export const severalIn = <S extends SheetSpec>(sheet: S, key: KeyOf<S>, { isSeveral }: PeopleSources<KeyOf<S>>) =>
  when(`${isSeveral}>0`, quote(`${namedOf(sheet, key)}不止一人，请拆成几行`));

export const ruinedIn = <S extends SheetSpec>(
  sheet: S,
  keys: readonly KeyOf<S>[],
  { isRuined }: PeopleSources<KeyOf<S>>,
) =>
  together(...keys.map((key) => when(`${isRuined(key)}=1`, quote(`${namedOf(sheet, key)}的位数已丢失，请按文本重填`))));

/** What is not one of a list, where it certainly is something. */
export function notListed<K extends string>(
  key: K,
  labels: readonly string[],
  { lead, bare }: PeopleSources<K>,
): string {
  return allOf(`${lead(key)}>0`, isOutside(bare(key), labels));
}

export const leavesOfPhones = "有文字、括号、国家代码或全角数字的。";
export const leavesOfNominators = "公式认不出的写法；填报表里不判断。";
