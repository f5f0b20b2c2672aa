/** 字数 of 正文: how long each section is beside its limit, live in any spreadsheet program. */
import type { Notice } from "../notice/notice.ts";
import { sections } from "../rules/text/sections.ts";
import { submissionsSheet } from "../schema/application.ts";
import { labelOf } from "../schema/sheet-spec.ts";
import { type Place, rangeHeight, rangeIn } from "../tables/place.ts";
import { quote } from "../workbook/formula.ts";
import type { CalculationColumn, CalculationSheet } from "./calculation-sheet.ts";

/** Stands behind a number that is over its limit. */
export const overLimit = "▲";

/** `概要` of 概要字数: the sections by the short names that their columns in 案例 have. */
const shortName = (label: string) => label.replace(/字数$/, "");

const breaks = ["CHAR(10)", "CHAR(13)", quote(" "), quote("\u3000")];

/** How many characters a text has, without spaces and line breaks. */
const charactersOf = (text: string) =>
  `LEN(${breaks.reduce((stripped, each) => `SUBSTITUTE(${stripped},${each},"")`, text)})`;

/**
 * Adds the column of 字数: `概要 480/500`, a line for each section and one for all, "" without any text. Formulas cannot
 * count as Word does; characters are never fewer, so that a number within its limit is sure, and one over it is to be
 * looked at.
 */
export function addTextCounts(sheet: CalculationSheet, place: Place, { text }: Notice): CalculationColumn {
  const rows = rangeHeight(place);
  const { label } = place.spec;
  const counts = sections.map(({ key, countColumn }) => {
    const name = shortName(labelOf(submissionsSheet, countColumn));
    const characters = sheet.addWithNeutral(`${label}${name}字符`, rows, charactersOf(rangeIn(place, key)));
    // Where rows were deleted there is nothing to count.
    const { range } = sheet.add(`${label}${name}`, rows, [`IFERROR(${characters.range},0)`]);
    return { name, count: range, limit: text.sections[key].value };
  });
  const total = sheet.add(`${label}合计`, rows, [counts.map(({ count }) => count).join("+")]).range;
  const line = ({ name, count, limit }: (typeof counts)[number]) =>
    `${quote(`${name} `)}&${count}&${quote(`/${limit}`)}&IF(${count}>${limit},${quote(overLimit)},"")`;
  const lines = [...counts, { name: "共", count: total, limit: text.total.value }].map(line).join("&CHAR(10)&");
  return sheet.addWithLast(`${label}字数`, rows, `IF(${total}=0,"",${lines})`, "");
}
