/** Lists of earlier winners as they come: any table with titles and authors. */
import type { PriorPerson } from "../award/prior-winners.ts";
import { submissionsSheet, textsSheet } from "../schema/application.ts";
import { noAward, yes } from "../schema/choices.ts";
import { resultsSheet } from "../schema/review.ts";
import { labelOf } from "../schema/sheet-spec.ts";
import { cleanIdentifier, cleanText, foldForComparison, isSameText } from "../text/clean.ts";
import { personNameKey, titleKey, unitNameKey } from "../text/identity.ts";
import { splitList } from "../text/list.ts";
import { namesIn, readPeople } from "../text/person-names.ts";
import { isPlaceholder } from "../text/placeholder.ts";
import { cellText } from "../workbook/cell-text.ts";
import type { CellValue } from "../workbook/port.ts";
import { sectionAliases, tableKinds } from "./aliases.ts";
import type { RejectedRow } from "./read-rows.ts";

/** What one row says of a case. */
export interface PriorClaim {
  readonly id: string;
  readonly title: string;
  /** Folded; those of a list in its order. */
  readonly people: readonly PriorPerson[];
  readonly award: string;
  /** The sections that the row holds, joined; "" for none. */
  readonly text: string;
}

/** A table as far as it is one of cases. */
export interface PriorTable {
  readonly claims: readonly PriorClaim[];
  readonly rejected: readonly RejectedRow[];
  /** Rows of those who did not win. */
  readonly passed: number;
}

const authorNumbers = [1, 2, 3, 4, 5] as const;
type Key =
  | "id"
  | "title"
  | "people"
  | "units"
  | "others"
  | "award"
  | "won"
  | "text"
  | `author${(typeof authorNumbers)[number]}.${"name" | "unit"}`;

type Columns = ReadonlyMap<Key, readonly number[]>;

/** What lists call their columns besides what import knows. */
const extra: Readonly<Partial<Record<Key, readonly string[]>>> = {
  title: ["名称", "题目", "标题", "项目名称", "成果名称", "课题名称"],
  people: [
    labelOf(resultsSheet, "authors"),
    ...["作者姓名", "全部作者", "主要作者", "案例作者", "获奖作者", "获奖者", "获奖人", "获奖教师", "申报人", "姓名"],
    ...["完成人", "主要完成人", "团队成员", "参与人员", "负责人"],
  ],
  units: ["作者单位", "单位", "单位名称", "所在单位", "工作单位", "完成单位", "申报单位", "学校", "学校名称"],
  award: [
    labelOf(resultsSheet, "award"),
    "获奖等级",
    "获奖等次",
    "等级",
    "等次",
    "奖级",
    "奖次",
    "获奖情况",
    "获奖名称",
    "评选结果",
  ],
  won: ["是否获奖", "获奖与否"],
};

function indexHeaders(): ReadonlyMap<string, Key> {
  const headers = new Map<string, Key>();
  const add = (key: Key, names: readonly string[]) => {
    for (const name of names) if (!headers.has(foldForComparison(name))) headers.set(foldForComparison(name), key);
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
  for (const column of textsSheet.columns) if (column.kind === "longText") add("text", [column.label]);
  for (const names of Object.values(sectionAliases)) add("text", names);
  add("text", ["正文", "案例正文"]);
  for (const [key, names] of Object.entries(extra)) add(key as Key, names);
  return headers;
}

const headers = indexHeaders();
const BRACKETS = /[（(【[][^）)】\]]*[）)】\]]/g;
const searchDepth = 40;
const longestHeader = 60;

function columnsOf(row: readonly CellValue[]): Columns {
  const columns = new Map<Key, number[]>();
  row.forEach((value, index) => {
    const text = cellText(value);
    if (text.length > longestHeader) return;
    const key = headers.get(foldForComparison(text)) ?? headers.get(foldForComparison(text.replace(BRACKETS, "")));
    if (key !== undefined) columns.set(key, [...(columns.get(key) ?? []), index]);
  });
  return columns;
}

const namesPeople = (columns: Columns) =>
  columns.has("people") || columns.has("others") || authorNumbers.some((n) => columns.has(`author${n}.name`));

/** Which row heads the table, the one with most columns that are known; and which columns it names. */
function findHeader(rows: readonly (readonly CellValue[])[]): { row: number; columns: Columns } {
  let best = { row: -1, columns: new Map() as Columns };
  rows.slice(0, searchDepth).forEach((cells, row) => {
    const columns = columnsOf(cells);
    if (columns.size >= 2 && columns.size > best.columns.size) best = { row, columns };
  });
  return best;
}

/** Winners stand in a list of every case under review too. */
const lost = new Set(
  [noAward, "未获表彰", "落选", "未入选", "不予表彰", "取消资格", "待评", "否"].map(foldForComparison),
);
const isAward = (text: string) => text !== "" && !isPlaceholder(text, "title") && !lost.has(foldForComparison(text));

/**
 * Reads the cases of a table.
 *
 * @param winnersOnly leaves out who has no award, where the table tells awards
 * @returns why it is none, with the row of what was taken for its header (1-based; 0 where there is none)
 */
export function readPriorTable(
  rows: readonly (readonly CellValue[])[],
  winnersOnly: boolean,
): PriorTable | { readonly row: number; readonly reason: string } {
  const { row: headerRow, columns } = findHeader(rows);
  if (!columns.has("title") || !namesPeople(columns)) {
    const lacking = columns.has("title") ? "作者" : labelOf(submissionsSheet, "title");
    const seen = (rows[headerRow] ?? rows.find((cells) => cells.length > 1) ?? [])
      .map((value) => cellText(value).trim())
      .filter((text) => text !== "");
    const found = seen.length === 0 ? "没有找到表头" : `读到的表头是：${seen.slice(0, 12).join("、")}`;
    return {
      row: headerRow + 1,
      reason: `没有“${lacking}”列，认不出获奖的案例和人（${found}）。名单要有“${labelOf(submissionsSheet, "title")}”和“作者”（或“${labelOf(submissionsSheet, "author1.name")}”）两列，请补上表头后重新导入。`,
    };
  }
  const claims: PriorClaim[] = [];
  const rejected: RejectedRow[] = [];
  let passed = 0;
  rows.slice(headerRow + 1).forEach((cells, i) => {
    const text = (key: Key) => (columns.get(key) ?? []).map((at) => cellText(cells[at] ?? null).trim());
    const first = (key: Key) => text(key).find((each) => each !== "") ?? "";
    const filled = cells.filter((value) => cellText(value).trim() !== "");
    // Blank, a heading, or the header of the next page.
    if (filled.length < 2 || columnsOf(cells).size >= columns.size) return;
    const title = cleanText(first("title"));
    const people = readPeopleOf(columns, cells);
    const named = titleKey(title) !== "" && !isPlaceholder(title, "title");
    if (!named && people.length === 0) return;
    const award = cleanText(first("award"));
    if (winnersOnly) {
      const isWinner = columns.has("won") ? isSameText(first("won"), yes) : !columns.has("award") || isAward(award);
      if (!isWinner) {
        passed++;
        return;
      }
    }
    const row = headerRow + 2 + i;
    if (!named) rejected.push({ row, reason: `“${labelOf(submissionsSheet, "title")}”没有填，认不出是哪个案例。` });
    else if (people.length === 0) rejected.push({ row, name: title, reason: "没有写作者，无法与本届的作者对照。" });
    else {
      const own = { id: cleanIdentifier(first("id")), title, people, award: isAward(award) ? award : "" };
      claims.push({ ...own, text: text("text").join("\n").trim() });
    }
  });
  return { claims, rejected, passed };
}

function readPeopleOf(columns: Columns, cells: readonly CellValue[]): PriorPerson[] {
  const people = new Map<string, string>();
  const add = (name: string, unit: string) => {
    const key = personNameKey(name);
    const folded = isPlaceholder(unit, "unit") ? "" : unitNameKey(unit);
    if (key !== "" && !people.get(key)) people.set(key, folded);
  };
  const cell = (at: number | undefined) => (at === undefined ? "" : cellText(cells[at] ?? null).trim());
  const at = (key: Key) => columns.get(key)?.[0];
  for (const n of authorNumbers) {
    for (const name of namesIn(cell(at(`author${n}.name`)))) add(name, cell(at(`author${n}.unit`)));
  }
  const units = splitList(cell(at("units")));
  for (const column of columns.get("people") ?? []) {
    const listed = readPeople(cell(column)).people;
    const shared = units.length === 1 ? units[0] : undefined;
    for (const [i, { name, note }] of listed.entries()) {
      add(name, note || (shared ?? (units.length === listed.length ? units[i] : undefined) ?? ""));
    }
  }
  for (const column of columns.get("others") ?? [])
    for (const { name, note } of readPeople(cell(column)).people) add(name, note);
  return [...people].map(([name, unit]) => ({ name, unit }));
}
