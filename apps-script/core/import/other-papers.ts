/** Cards with one person's particulars, and rosters of other occasions: they have the words of our lists and are none. */

import { liaisonsSheet } from "../schema/application.ts";
import { foldForComparison } from "../text/clean.ts";
import { once } from "../text/once.ts";
import { cellText } from "../workbook/cell-text.ts";
import type { CellValue } from "../workbook/port.ts";
import { type TableKind, tableKinds } from "./aliases.ts";

type Rows = readonly (readonly CellValue[])[];

/** What cards ask for beside what our lists have. */
const cardLabels = [
  "传真",
  "职务",
  "职称",
  "邮编",
  "邮政编码",
  "地址",
  "单位地址",
  "通讯地址",
  "家庭住址",
  "性别",
  "民族",
  "年龄",
  "籍贯",
  "出生年月",
  "出生日期",
  "政治面貌",
  "学历",
  "学位",
  "身份证号",
  "身份证号码",
  "微信",
  "QQ",
  "电话",
  "办公电话",
  "固定电话",
  "部门",
  "备注",
];
const labels = once(
  () =>
    new Set(
      [
        ...cardLabels,
        ...tableKinds.flatMap(({ sheet, aliases, weakAliases }) => [
          ...sheet.columns.map(({ label }) => label),
          ...[aliases, weakAliases].flatMap((names) => Object.values(names).flat()),
        ]),
      ].map(foldForComparison),
    ),
);

const textOf = (value: CellValue | undefined) => cellText(value ?? null).trim();
const isLabel = (value: CellValue | undefined) => labels().has(foldForComparison(textOf(value).replace(/[:：]$/, "")));
/** A number to call, an address of mail: what no header is. */
const CONTENT = /^[\d\s()（）+*-]{7,}$|@/;
/** A card is no longer than this. */
const CARD_ROWS = 12;

/** Places of the labels in a row; undefined where two stand side by side, as they do in the header of a list. */
function labelsApart(row: readonly CellValue[]): number[] | undefined {
  const places = row.flatMap((value, index) => (isLabel(value) ? [index] : []));
  return places.some((place, i) => places[i + 1] === place + 1) ? undefined : places;
}

/**
 * Whether a row is one of a card, where labels stand before what they ask for and below each other.
 *
 * @param header 0-based row that could be the header of a list
 */
export function isCard(rows: Rows, header: number): boolean {
  const row = rows[header] ?? [];
  const places = labelsApart(row);
  if (!places || places.length === 0) return false;
  if (places.some((place) => CONTENT.test(textOf(row[place + 1])))) return true;
  return rows.slice(header + 1, header + CARD_ROWS).some((below) => {
    const others = labelsApart(below)?.filter((place) => places.includes(place)) ?? [];
    return others.length > 1 && others.some((place) => textOf(below[place]) !== textOf(row[place]));
  });
}

/** Whether labels stand below each other in one column, each with one thing beside it. */
export function isNarrowCard(rows: Rows): boolean {
  const pairs = rows.slice(0, CARD_ROWS).filter((row) => {
    const [first, second, ...others] = row.filter((value) => textOf(value) !== "");
    return isLabel(first) && second !== undefined && !isLabel(second) && others.length === 0;
  });
  return pairs.length >= 3;
}

const OTHER_OCCASION = /值班|签到|签名|回执|报名|参会|参训|通讯录|通讯簿|花名册|考勤|排班/;

/** Whether words around a table say that it is a list of this kind: 工作人员名单 is one, 工作人员值班表 is not. */
const isNamed = ({ words }: TableKind, around: readonly string[]) =>
  around.some(
    (text) => words.some((word) => text.includes(word)) && !(OTHER_OCCASION.test(text) && !/联络|专家/.test(text)),
  );

/**
 * Why a list of names is not one of ours; undefined where nothing speaks against it. Two columns 姓名 and 手机, without a
 * word of what they are for, can be anybody's.
 *
 * @param columns of the list by their keys
 * @param nominator 推荐单位 as it stands above the list; "" for none
 * @param around titles above it, its sheet and its file
 */
export function otherRoster(
  kind: TableKind,
  columns: ReadonlyMap<string, readonly { readonly header: string }[]>,
  nominator: string,
  around: readonly string[],
): string | undefined {
  const headersOf = (key: string) => (columns.get(key) ?? []).map(({ header }) => foldForComparison(header));
  if (!headersOf("name").includes("姓名") || isNamed(kind, around)) return undefined;
  const said = around.find((text) => OTHER_OCCASION.test(text))?.trim();
  const common = (kind.weakAliases.nominator ?? []).map(foldForComparison);
  const isOfAward =
    kind.sheet !== liaisonsSheet ||
    nominator !== "" ||
    columns.has("account") ||
    headersOf("nominator").some((header) => !common.includes(header));
  if (said === undefined && isOfAward) return undefined;
  const list = `${kind.sheet.label}名单`;
  const what =
    said === undefined
      ? `只有姓名和联系方式，看不出是${list}，也可能是值班表、签到表、通讯录等`
      : `写的是“${said.slice(0, 30)}”，不是${list}`;
  return `这张表${what}，没有收下。如果确是${list}，请把表头“姓名”改为“${kind.sheet.label}姓名”后重新导入。`;
}

export const cardReason =
  "这是一人一张的登记卡（项目名称右边就是填写的内容），不是一行一人的名单，没有收下。" +
  "如果里面是要推荐的专家或联络员，请照着录入填报表或单位推荐表（每人一行），再导入那张表。";
