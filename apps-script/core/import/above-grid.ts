/** What stands around a table: 推荐单位 and 填报日期 above it, the stage in its title, the unit in the file's name. */

import { parseCivilDate } from "../text/civil-date.ts";
import { cleanText, foldForComparison } from "../text/clean.ts";
import { cellText } from "../workbook/cell-text.ts";
import type { CellValue } from "../workbook/port.ts";

export interface AboveGrid {
  /** "" where nothing is said. */
  readonly nominator: string;
  /** ISO date, or "". */
  readonly submittedOn: string;
}

const NOMINATOR = /(?:推荐|报送|填报)单位(?:名称)?\s*(?:[（(][^）)]*[）)])?\s*[:：]?\s*(.*)$/s;
const DATE = /(?:填报|填表|报送)(?:日期|时间)\s*[:：]?\s*(.*)$/s;
/** Where the next entry of the same line begins. */
const NEXT_ENTRY =
  /\s*(?:填表人|填报人|经办人|负责人|审核人|联系人|联系电话|电话|手机|填报日期|填表日期|报送日期|日期)\s*[:：].*$/s;
const SEAL = /[（(]\s*(?:盖章|公章|印章|签章|单位盖章)\s*[）)]\s*$/;
const BLANK_LINE = /^[_＿\s]*$/;

function entryValue(cells: readonly CellValue[], index: number, pattern: RegExp): string | undefined {
  const found = pattern.exec(cleanText(cellText(cells[index] ?? null)));
  if (!found) return undefined;
  const own = tidy(found[1] ?? "");
  if (own !== "") return own;
  const next = cells
    .slice(index + 1)
    .map((cell) => tidy(cleanText(cellText(cell))))
    .find((text) => text !== "");
  return next === undefined || /[:：]$/.test(next) ? "" : next;
}

function tidy(text: string): string {
  const value = text
    .replace(NEXT_ENTRY, "")
    .replace(SEAL, "")
    .replace(/^_+|_+$/g, "")
    .trim();
  return BLANK_LINE.test(value) ? "" : value;
}

/** Reads the rows above the header: label and value in one cell or in neighbouring ones. */
export function readAboveGrid(rows: readonly (readonly CellValue[])[]): AboveGrid {
  let [nominator, submittedOn] = ["", ""];
  for (const cells of rows) {
    cells.forEach((_, index) => {
      nominator ||= entryValue(cells, index, NOMINATOR) ?? "";
      submittedOn ||= parseCivilDate(entryValue(cells, index, DATE) ?? "") ?? "";
    });
  }
  return { nominator, submittedOn };
}

const escapePattern = (s: string) => s.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");

/**
 * The one stage that a title, sheet name or file name gives. The name of a school (第二小学) gives none: units' names
 * are taken out first, and a stage must stand at an edge or before 组, 段, 专家 …
 *
 * @param names names of the nominating unit, however it is written
 */
export function stageInWords(text: string, stages: readonly string[], names: readonly string[]): string | undefined {
  let rest = text.replace(/\.\w+$/, "");
  for (const name of [...names].filter((n) => n !== "").sort((a, b) => b.length - a.length)) {
    rest = rest.split(name).join(" ");
  }
  const found = stages.filter((stage) =>
    new RegExp(
      `(?:^|[^\\u4e00-\\u9fff]|[的局区县市])${escapePattern(stage)}(?:$|[^\\u4e00-\\u9fff]|组|学?段|阶段|评审|专家|推荐)`,
    ).test(rest),
  );
  return found.length === 1 ? found[0] : undefined;
}

/** The stage of a row that heads a group: 小学组, 一、初中, （三）高中组（5 人）. */
export function stageOfGroupRow(text: string, stages: readonly string[]): string | undefined {
  const bare = cleanText(text)
    .replace(/\s/g, "")
    .replace(/^[（(]?[一二三四五\d]+[）)]?[、.．]?/, "")
    .replace(/[:：]?[（(]?(?:共?\d+[人名位])?[）)]?[:：]?$/, "")
    .replace(/(?:推荐|评审)?专家$/, "");
  return stages.find((stage) => bare.startsWith(stage) && /^(?:学段|阶段|组|段|部)?$/.test(bare.slice(stage.length)));
}

const FILE_NAME_WORDS = [
  "宁夏智慧教育平台",
  "案例征集平台",
  "推荐案例汇总表",
  "案例汇总表",
  "专家推荐表",
  "推荐专家",
  "推荐案例",
  "联络员名单",
  "联络员信息",
  "工作人员名单",
  "平台导出",
  "案例导出",
  "填报表",
  "申报表",
  "推荐表",
  "汇总表",
  "信息表",
  "登记表",
  "名单",
  "联络员",
  "专家",
  "案例",
  "导出",
  "附件",
  "终稿",
  "定稿",
  "修改",
  "最终版",
  "盖章",
  "副本",
  "报送",
  "关于",
];
const LEFTOVERS = /[\s\d_\-—–·.,，、（）()【】[\]+~#]+/g;

/** What remains of a file's name when the words for the table, the stages and numbers are taken away: the unit, if any. */
export function unitInFileName(file: string, stages: readonly string[]): string {
  let rest = file.replace(/^.*[\\/]/, "").replace(/\.\w+$/, "");
  for (const word of FILE_NAME_WORDS) rest = rest.split(word).join(" ");
  for (const stage of stages)
    rest = rest.replace(
      new RegExp(`(^|[^\\u4e00-\\u9fff]|[局区县市])${escapePattern(stage)}(?:组|学?段)?(?=$|[^\\u4e00-\\u9fff])`, "g"),
      "$1 ",
    );
  return rest
    .split(LEFTOVERS)
    .filter((part) => foldForComparison(part).length >= 2)
    .join("");
}
