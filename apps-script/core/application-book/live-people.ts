/** What formulas can tell of placeholders and of several people in a cell: the common ones only, silent about the others. */
import { plainSurnames } from "../text/surnames.ts";
import { listConstant, quote, substituteAll } from "../workbook/formula.ts";

/** The same in a title, where letters and digits may mean something. */
const words = [
  ...[
    "无",
    "暂无",
    "没有",
    "待补",
    "待定",
    "未知",
    "未填",
    "未填写",
    "未注册",
    "无账号",
    "暂缺",
    "空",
    "略",
    "不详",
    "同上",
    "同前",
  ],
  ...["/", "／", "\\", "-", "－", "—", "——", "…", "〃", "″"],
];
const signs = [...words, "0", "N/A", "null", "xxx"];

const isOneOf = (range: string, entries: readonly string[]) =>
  `ISNUMBER(MATCH(TRIM(${range}),${listConstant(entries)},0))`;

/** Whether a cell that is to tell who or what a row is holds a common placeholder. */
export const holdsPlaceholder = (range: string, isTitle = false): string => isOneOf(range, isTitle ? words : signs);

/** Several truths of a row in one number: a column each would be too many. */
export const flags = (conditions: readonly string[]): string =>
  conditions.map((condition, i) => `IF(${condition},${2 ** i},0)`).join("+");

/** 1 where the i-th (from 0) of these truths holds, else 0. */
export const flag = (range: string, i: number): string => `MOD(INT(${range}/${2 ** i}),2)`;

/** Whether one of these cells says something. */
export const holdsSomething = (ranges: readonly string[]): string =>
  `(${ranges.map((range) => `(${range}<>"")*(1-${holdsPlaceholder(range)})`).join("+")}>0)`;

/** Whether a name cell plainly holds two names: each of two or three characters that begin with a common surname. */
export function holdsSeveralPeople(range: string): string {
  const marks = ["，", "；", "/"].map((mark) => [mark, "、"] as const);
  const names = `SUBSTITUTE(${substituteAll(`TRIM(${range})`, marks)},CHAR(10),"、")`;
  const at = `FIND("、",${names}&"、")`;
  const rest = `LEN(${names})-${at}`;
  const isSurname = (character: string) => `ISNUMBER(FIND(${character},${quote(plainSurnames)}))`;
  const [first, second] = [`LEFT(TRIM(${range})&"、",1)`, `MID(${names}&"、、",${at}+1,1)`];
  return `((${at}>2)*(${at}<5)*(${rest}>1)*(${rest}<4)*${isSurname(first)}*${isSurname(second)}>0)`;
}
