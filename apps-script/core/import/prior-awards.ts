/** Who has won, by the words of a list of earlier winners. */
import { submissionsSheet } from "../schema/application.ts";
import { noAward } from "../schema/choices.ts";
import { resultsSheet } from "../schema/review.ts";
import { labelOf } from "../schema/sheet-spec.ts";
import { foldForComparison } from "../text/clean.ts";
import { isPlaceholder } from "../text/placeholder.ts";
import { tickMarks } from "../text/tick-marks.ts";
import type { CellValue } from "../workbook/port.ts";
import { type Columns, columnsOf, filledIn, firstOf } from "./prior-headers.ts";

/** What a whole cell says of those who did not win; `anywhere` also within a longer text. 未来教育奖 is an award. */
const LOST = {
  start:
    /^(?:未|没有?|无|不|非)(?:$|[能曾被获得评入通过合及予推达授表奖设参中排上晋送符选录])|^(?:待|暂)[评定无未缺不]/,
  whole: /^(?:参评|参赛|参加|参与|否|0|x|n|no|f|false|[×✗✘╳☐□〇○])$/i,
  anywhere: /未(?:过|通过|获|入|评|晋)|淘汰|落选|落榜|不(?:合格|通过|予)|取消|撤销|作废/,
};
const hasLost = (text: string) =>
  foldForComparison(text) === foldForComparison(noAward) ||
  LOST.start.test(foldForComparison(text)) ||
  LOST.whole.test(text) ||
  LOST.anywhere.test(text);
/** Winners stand in a list of every case under review too. */
export const isAward = (text: string) => text !== "" && !isPlaceholder(text, "title") && !hasLost(text);

export const TICK = new RegExp(`^[${tickMarks.join("")}★●■]$`);

/** Tables that name cases and people for another purpose, by their titles and names. */
const NO_WINNERS = /取消.{0,6}资格|通报名单|推荐案例汇总|推荐汇总|申报汇总|申报表|报名表|参评名单|专家名单|初评|初审/;
const OF_WINNERS = /获奖|获.{1,3}奖|等奖|公示|表彰|发布|结果|光荣榜/;

/**
 * Why a table without awards tells no winners; or what to tell of one that says nothing of it; "" where it is called a
 * list of winners.
 */
export function judgeWithoutAwards(
  columns: Columns,
  called: string,
  file: string,
): { refused: boolean; reason: string } {
  const award = labelOf(resultsSheet, "award");
  const remedy = `请给出有“${award}”或“是否获奖”列的名单，或在表的标题、工作表名或文件名里写明“获奖”。`;
  const purpose = NO_WINNERS.exec(called)?.[0];
  if (purpose !== undefined) {
    return { refused: true, reason: `这是“${purpose}”，没有“${award}”列，不是获奖名单，没有收下。${remedy}` };
  }
  const column = (["cancelled", "score"] as const).find((key) => columns.has(key));
  if (column !== undefined && (column === "cancelled" || !OF_WINNERS.test(called))) {
    const label = column === "cancelled" ? labelOf(submissionsSheet, "statusKind") : "初评得分或推荐情况";
    return { refused: true, reason: `表里有${label}，没有“${award}”列，看不出谁获了奖，没有收下。${remedy}` };
  }
  if (OF_WINNERS.test(called)) return { refused: false, reason: "" };
  return { refused: false, reason: `“${file}”没有“${award}”列，全部按获奖收下；不是获奖名单的，请撤销这次导入。` };
}

/** Whether a column that is filled here and there looks like one of merged cells: each value once, the first at once. */
function looksMerged(cells: readonly string[]): boolean {
  const given = cells.filter((text) => text !== "");
  return cells[0] !== "" && new Set(given).size === given.length && cells.length - given.length >= given.length;
}

/** Awards by row; those of a text file or a document, which tells no merged areas, as they seem to be meant. */
export function readAwards(rows: readonly (readonly CellValue[])[], columns: Columns, knowsMerges: boolean): string[] {
  const awards = rows.map((cells) => firstOf(columns, "award", cells));
  const isRow = rows.map((cells) => filledIn(cells) > 1 && columnsOf(cells).size < columns.size);
  if (knowsMerges || !looksMerged(awards.filter((_, i) => isRow[i]))) return awards;
  let above = "";
  return awards.map((award, i) => {
    if (isRow[i] && award !== "") above = award;
    return isRow[i] ? above : "";
  });
}
