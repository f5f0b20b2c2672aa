/** What the columns of lists of earlier winners are called. */
import { submissionsSheet, textsSheet } from "../schema/application.ts";
import { resultsSheet } from "../schema/review.ts";
import { labelOf } from "../schema/sheet-spec.ts";
import { foldForComparison } from "../text/clean.ts";
import { addToGroup } from "../text/group-by.ts";
import { cellText } from "../workbook/cell-text.ts";
import type { CellValue } from "../workbook/port.ts";
import { rowNumberHeaders, sectionAliases, tableKinds } from "./aliases.ts";

export const authorNumbers = [1, 2, 3, 4, 5] as const;
export type Key =
  | "id"
  | "number"
  | "title"
  | "people"
  | "units"
  | "others"
  | "award"
  | "won"
  | "year"
  | "text"
  | "score"
  | "cancelled"
  | `author${(typeof authorNumbers)[number]}.${"name" | "unit"}`;

/** By key the columns that may be meant, the likest first. */
export type Columns = ReadonlyMap<Key, readonly number[]>;

/** What lists call their columns besides what import knows, the likest first. */
const extra: Readonly<Partial<Record<Key, readonly string[]>>> = {
  number: rowNumberHeaders,
  title: [
    ...["案例名", "获奖案例名称", "获奖案例", "获奖作品名称", "获奖作品", "作品名", "论文题目", "论文名称", "论文标题"],
    ...["课例名称", "名称", "题目", "标题", "成果名称", "课题名称", "项目名称"],
  ],
  people: [
    labelOf(resultsSheet, "authors"),
    ...["作者姓名", "全部作者", "主要作者", "案例作者", "获奖作者", "获奖者", "获奖人", "获奖教师", "申报人", "申报者"],
    ...["案例负责人", "完成人", "主要完成人", "执教教师", "授课教师", "执教者", "主持人", "教师姓名", "教师", "姓名"],
    ...["团队成员", "参与人员", "负责人"],
  ],
  units: [
    ...["作者单位", "所在单位", "工作单位", "完成单位", "所在学校", "学校名称", "学校", "获奖单位", "申报单位"],
    ...["单位名称", "单位"],
  ],
  award: [
    labelOf(resultsSheet, "award"),
    "获奖等级",
    "获奖等次",
    "获奖情况",
    "奖级",
    "奖次",
    "获奖名称",
    "评选结果",
    "等级",
    "等次",
  ],
  won: ["是否获奖", "获奖与否"],
  year: ["获奖年份", "获奖年度", "评选年份", "评选年度", "表彰年份", "表彰年度", "年份", "年度"],
};

/** Headers in words of their own. */
const patterns: readonly (readonly [Key, RegExp])[] = [
  ["title", /^(?:获奖|参评|申报|优秀|入选|表彰)?(?:案例|作品|论文|课例|成果|课题|项目)(?:名|名称|题目|标题|全称)$/],
  [
    "people",
    /^(?:案例|作品|论文|课例|成果|课题|项目|获奖|申报|参评|参赛|执教|授课|全体|主要|第一)*(?:作者|教师|老师|负责人|主持人|完成人|申报人|申报者|获奖人|获奖者|执教者|执教人)(?:姓名|名单|及成员)?$/,
  ],
  ["award", /^(?:(?:所|拟)?获得?|拟授|最终)?奖(?:项|励)?(?:等级|等次|级别|名称|情况)?$/],
];

/** By folded header its key and how far it is from what we call it. */
function indexHeaders(): ReadonlyMap<string, { readonly key: Key; readonly distance: number }> {
  const headers = new Map<string, { key: Key; distance: number }>();
  const add = (key: Key, names: readonly string[], from = 0) => {
    names.forEach((name, i) => {
      if (!headers.has(foldForComparison(name))) headers.set(foldForComparison(name), { key, distance: from + i });
    });
  };
  const aliases = tableKinds.find(({ sheet }) => sheet === submissionsSheet)?.aliases ?? {};
  const known = (key: "id" | "title" | `author${(typeof authorNumbers)[number]}.${"name" | "unit"}`) =>
    add(key, [labelOf(submissionsSheet, key), ...(aliases[key] ?? [])]);
  known("id");
  known("title");
  for (const n of authorNumbers) {
    known(`author${n}.name`);
    known(`author${n}.unit`);
  }
  add("others", [labelOf(submissionsSheet, "otherAuthors"), ...(aliases.otherAuthors ?? [])]);
  add("score", [labelOf(submissionsSheet, "firstScore"), labelOf(submissionsSheet, "recommended")]);
  add("cancelled", [labelOf(submissionsSheet, "statusKind"), ...(aliases.statusKind ?? [])]);
  for (const column of textsSheet.columns) if (column.kind === "longText") add("text", [column.label]);
  for (const names of Object.values(sectionAliases)) add("text", names);
  add("text", ["正文", "案例正文"]);
  for (const [key, names] of Object.entries(extra)) add(key as Key, names, 20);
  return headers;
}

const headers = indexHeaders();
const farthest = 100;
const BRACKETS = /[（(【[][^）)】\]]*[）)】\]]/g;
const searchDepth = 40;
const longestHeader = 60;

function readHeader(header: string): { readonly key: Key; readonly distance: number } | undefined {
  const bare = header.replace(BRACKETS, "");
  const known = headers.get(foldForComparison(header)) ?? headers.get(foldForComparison(bare));
  if (known) return known;
  const [key] = patterns.find(([, pattern]) => pattern.test(foldForComparison(bare))) ?? [];
  return key && { key, distance: farthest };
}

export function columnsOf(row: readonly CellValue[]): Columns {
  const columns = new Map<Key, { index: number; distance: number }[]>();
  row.forEach((value, index) => {
    const text = cellText(value);
    const found = text.length > longestHeader ? undefined : readHeader(text);
    if (found) addToGroup(columns, found.key, { index, distance: found.distance });
  });
  const byDistance = (a: { distance: number }, b: { distance: number }) => a.distance - b.distance;
  return new Map([...columns].map(([key, found]) => [key, found.sort(byDistance).map(({ index }) => index)]));
}

export const namesPeople = (columns: Columns) =>
  columns.has("people") || columns.has("others") || authorNumbers.some((n) => columns.has(`author${n}.name`));

/** Which row heads the table, the one with most columns that are known; and which columns it names. */
export function findHeader(rows: readonly (readonly CellValue[])[]): { row: number; columns: Columns } {
  let best = { row: -1, columns: new Map() as Columns };
  rows.slice(0, searchDepth).forEach((cells, row) => {
    const columns = columnsOf(cells);
    if (columns.size >= 2 && columns.size > best.columns.size) best = { row, columns };
  });
  return best;
}

export const filledIn = (cells: readonly CellValue[]) => cells.filter((value) => cellText(value).trim() !== "").length;

export const textsOf = (columns: Columns, key: Key, cells: readonly CellValue[]) =>
  (columns.get(key) ?? []).map((at) => cellText(cells[at] ?? null).trim());

export const firstOf = (columns: Columns, key: Key, cells: readonly CellValue[]) =>
  textsOf(columns, key, cells).find((each) => each !== "") ?? "";
