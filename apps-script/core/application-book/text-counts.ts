/** How long each section of 正文 is, beside its limit, live in any spreadsheet program. */
import type { Notice } from "../notice/notice.ts";
import { sections } from "../rules/text/sections.ts";
import { labelOf } from "../schema/sheet-spec.ts";
import { type Place, rangeHeight, rangeIn } from "../tables/place.ts";
import { quote } from "../workbook/formula.ts";
import type { CalculationColumn, CalculationSheet } from "./calculation-sheet.ts";

/** Stands behind a number that is over its limit. */
export const overLimit = "▲";

/** The columns of 正文 that count. */
export const countColumns = sections.map(({ key }) => `${key}Count` as const);

const blanks = ["CHAR(10)", "CHAR(13)", quote(" "), quote("\u3000")];

/** How many characters a text has, without spaces and line breaks. */
const charactersOf = (text: string) =>
  `LEN(${blanks.reduce((stripped, each) => `SUBSTITUTE(${stripped},${each},"")`, text)})`;

/**
 * Adds a column for each section: `480/500`, `512/500▲`, "" without a text. Formulas cannot count as Word does; characters
 * are never fewer, so that a number within its limit is sure, and one over it is to be looked at.
 */
export function addTextCounts(sheet: CalculationSheet, place: Place, { text }: Notice): CalculationColumn[] {
  const rows = rangeHeight(place);
  return sections.map(({ key }) => {
    const label = `${place.spec.label} ${labelOf(place.spec, key)}`;
    const { range } = sheet.addWithNeutral(`${label}字符`, rows, charactersOf(rangeIn(place, key)));
    const limit = text.sections[key].value;
    const said = `${range}&${quote(`/${limit}`)}&IF(${range}>${limit},${quote(overLimit)},"")`;
    // Where rows were deleted there is nothing to count.
    return sheet.addWithLast(`${label}字数`, rows, `IFERROR(IF(${range}=0,"",${said}),"")`, "");
  });
}
