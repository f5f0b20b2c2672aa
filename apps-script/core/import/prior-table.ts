/** Lists of earlier winners as they come: any table with titles and authors. */
import type { PriorPerson } from "../award/prior-winners.ts";
import { submissionsSheet, textsSheet } from "../schema/application.ts";
import { noAward } from "../schema/choices.ts";
import { resultsSheet } from "../schema/review.ts";
import { labelOf } from "../schema/sheet-spec.ts";
import { cleanIdentifier, cleanText, foldForComparison, toHalfWidth } from "../text/clean.ts";
import { addToGroup } from "../text/group-by.ts";
import { personNameKey, titleKey, unitNameKey } from "../text/identity.ts";
import { splitList } from "../text/list.ts";
import { readPeople } from "../text/person-names.ts";
import { isPlaceholder } from "../text/placeholder.ts";
import { cellText } from "../workbook/cell-text.ts";
import type { Area, CellValue } from "../workbook/port.ts";
import { rowNumberHeaders, sectionAliases, tableKinds } from "./aliases.ts";
import type { RejectedRow } from "./read-rows.ts";

/** What one row, or several of one case, say of it. */
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
  /** What to tell of how it was read. */
  readonly told: readonly string[];
}

/** A table and what it is called. */
export interface PriorRows {
  readonly rows: readonly (readonly CellValue[])[];
  readonly merges?: readonly Area[] | undefined;
  /** Its names: of the file, of the sheet. */
  readonly names: readonly string[];
}

const authorNumbers = [1, 2, 3, 4, 5] as const;
type Key =
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
type Columns = ReadonlyMap<Key, readonly number[]>;

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

function columnsOf(row: readonly CellValue[]): Columns {
  const columns = new Map<Key, { index: number; distance: number }[]>();
  row.forEach((value, index) => {
    const text = cellText(value);
    const found = text.length > longestHeader ? undefined : readHeader(text);
    if (found) addToGroup(columns, found.key, { index, distance: found.distance });
  });
  const byDistance = (a: { distance: number }, b: { distance: number }) => a.distance - b.distance;
  return new Map([...columns].map(([key, found]) => [key, found.sort(byDistance).map(({ index }) => index)]));
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
const isAward = (text: string) => text !== "" && !isPlaceholder(text, "title") && !hasLost(text);

const TICK = /^[√✓✔☑★●■]$/;

/** Tables that name cases and people for another purpose, by their titles and names. */
const NO_WINNERS = /取消.{0,6}资格|通报名单|推荐案例汇总|推荐汇总|申报汇总|申报表|报名表|参评名单|专家名单|初评|初审/;
const OF_WINNERS = /获奖|获.{1,3}奖|等奖|公示|表彰|发布|结果|光荣榜/;

/**
 * Why a table without awards tells no winners; or what to tell of one that says nothing of it; "" where it is called a
 * list of winners.
 */
function judgeWithoutAwards(columns: Columns, called: string, file: string): { refused: boolean; reason: string } {
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

/** People's own numbers: e-mail, 证件号, phone, account. */
const CONTACT = new RegExp(
  [
    "[\\w.+-]+@[\\w-]+(?:\\.[\\w-]+)+",
    "\\d{6}[- ]?\\d{8}[- ]?\\d{3}[\\dXx]",
    "1\\d{2}[- ]\\d{4}[- ]\\d{4}",
    "0\\d{2,3}[- ]\\d{7,8}",
    "[A-Za-z]{1,6}[-_]?\\d{5,}[A-Za-z]?",
    "\\d{7,}[Xx]?",
  ].join("|"),
);
const INTRODUCED = new RegExp(
  `(?:联系人[\\u4e00-\\u9fff]{0,4})?(?:联系)?(?:电话|手机号?码?|身份证号?码?|[账帐]号|邮箱|方式)?[:： ]*(?:${CONTACT.source})`,
  "g",
);

/** A text without the numbers by which somebody can be reached or known, and without the brackets around them. */
function withoutContacts(typed: string): string {
  const text = toHalfWidth(typed);
  if (!CONTACT.test(text)) return typed;
  return text
    .replace(/[([【〔][^()[\]【】〔〕]*[)\]】〕]/g, (bracket) => (CONTACT.test(bracket) ? "" : bracket))
    .replace(INTRODUCED, "")
    .trim();
}

/** What a bracket behind a name says of the person's unit: anything with a long number or word in it says something else. */
const unitInNote = (note: string) => (/[A-Za-z0-9]{5,}|@/.test(toHalfWidth(note).replace(/[ -]/g, "")) ? "" : note);

/** Cells of merged columns, as if their value stood in each row of the area. */
function carryDown({ rows, merges = [] }: PriorRows, from: number, skip: ReadonlySet<number>) {
  const carried = rows.map((cells) => [...cells]);
  for (const { top, bottom, left } of merges) {
    if (top <= from || skip.has(left - 1)) continue;
    for (let row = top + 1; row <= Math.min(bottom, rows.length); row++) {
      const cells = carried[row - 1] ?? [];
      while (cells.length < left) cells.push(null);
      cells[left - 1] ??= rows[top - 1]?.[left - 1] ?? null;
    }
  }
  return carried;
}

/** Whether a column that is filled here and there looks like one of merged cells: each value once, the first at once. */
function looksMerged(cells: readonly string[]): boolean {
  const given = cells.filter((text) => text !== "");
  return cells[0] !== "" && new Set(given).size === given.length && cells.length - given.length >= given.length;
}

/** Awards by row; those of a text file or a document, which tells no merged areas, as they seem to be meant. */
function readAwards(rows: readonly (readonly CellValue[])[], columns: Columns, knowsMerges: boolean): string[] {
  const awards = rows.map((cells) => firstOf(columns, "award", cells));
  const isRow = rows.map((cells) => filledIn(cells) > 1 && columnsOf(cells).size < columns.size);
  if (knowsMerges || !looksMerged(awards.filter((_, i) => isRow[i]))) return awards;
  let above = "";
  return awards.map((award, i) => {
    if (isRow[i] && award !== "") above = award;
    return isRow[i] ? above : "";
  });
}

const filledIn = (cells: readonly CellValue[]) => cells.filter((value) => cellText(value).trim() !== "").length;

const textsOf = (columns: Columns, key: Key, cells: readonly CellValue[]) =>
  (columns.get(key) ?? []).map((at) => cellText(cells[at] ?? null).trim());

const firstOf = (columns: Columns, key: Key, cells: readonly CellValue[]) =>
  textsOf(columns, key, cells).find((each) => each !== "") ?? "";

/** The years that a text names, each once. */
export const yearsIn = (text: string): string[] => [...new Set(text.match(/(?<!\d)(?:19|20)\d{2}(?!\d)/g) ?? [])];

const titleLabel = labelOf(submissionsSheet, "title");

/**
 * Reads the cases of a table.
 *
 * @param winnersOf leaves out who has no award, where the table tells awards, or has won in another year than this;
 *   undefined takes every case
 * @returns why it is none, with the row of what was taken for its header (1-based; 0 where there is none)
 */
export function readPriorTable(
  table: PriorRows,
  winnersOf?: number,
): PriorTable | { readonly row: number; readonly reason: string } {
  const { row: headerRow, columns } = findHeader(table.rows);
  if (!columns.has("title") || !namesPeople(columns)) return lacksColumns(table.rows, headerRow, columns);
  const file = table.names[0] ?? "";
  const tellsAwards = columns.has("award") || columns.has("won");
  const told: string[] = [];
  if (winnersOf !== undefined && !tellsAwards) {
    const above = table.rows.slice(0, headerRow).map((cells) => cells.map(cellText).join(""));
    const { refused, reason } = judgeWithoutAwards(columns, [...above, ...table.names].join("\n"), file);
    if (refused) return { row: headerRow + 1, reason };
    if (reason !== "") told.push(reason);
  }

  const titleColumn = columns.get("title")?.[0] ?? 0;
  const own = new Set([titleColumn, ...(columns.get("text") ?? [])]);
  const rows = carryDown(table, headerRow + 1, own).slice(headerRow + 1);
  const awards = readAwards(rows, columns, table.merges !== undefined);
  const goesOn = (cells: readonly CellValue[], row: number) =>
    table.merges !== undefined
      ? table.merges.some(({ top, bottom, left }) => left - 1 === titleColumn && top < row && row <= bottom)
      : (["id", "number", "award", "won"] as const).every((key) => firstOf(columns, key, cells) === "") &&
        (filledIn(cells) > 1 || cellText(cells[0] ?? null).trim() === "");

  const claims: PriorClaim[] = [];
  const rejected: RejectedRow[] = [];
  let lost = 0;
  /** Where the people of rows without a title belong: nowhere under one that was left out. */
  let above: "nothing" | "lost" | "claim" = "nothing";
  rows.forEach((cells, i) => {
    const row = headerRow + 2 + i;
    const title = withoutContacts(cleanText(cellText(cells[titleColumn] ?? null)));
    const named = titleKey(title) !== "" && !isPlaceholder(title, "title");
    const people = readPeopleOf(columns, cells);
    if (cellText(cells[titleColumn] ?? null).trim() === "" && people.length > 0 && goesOn(cells, row)) {
      const last = claims[claims.length - 1];
      if (above === "claim" && last) {
        const more = people.filter(({ name }) => last.people.every((person) => person.name !== name));
        claims[claims.length - 1] = { ...last, people: [...last.people, ...more] };
      }
      if (above !== "nothing") return;
    }
    // Blank, a heading, or the header of the next page.
    if (filledIn(cells) < 2 || columnsOf(cells).size >= columns.size) return;
    if (!named && people.length === 0) return;
    above = "nothing";
    const award = withoutContacts(cleanText(awards[i] ?? ""));
    if (winnersOf !== undefined && tellsAwards) {
      const won = firstOf(columns, "won", cells);
      if (!(won === "" ? isAward(award) : TICK.test(won) || isAward(won))) {
        lost++;
        above = "lost";
        return;
      }
    }
    const years = winnersOf === undefined ? [] : yearsIn(firstOf(columns, "year", cells));
    if (!named) rejected.push({ row, reason: `“${titleLabel}”没有填，认不出是哪个案例。` });
    else if (people.length === 0) rejected.push({ row, name: title, reason: "没有写作者，无法与本届的作者对照。" });
    else if (years.length > 0 && !years.includes(String(winnersOf))) {
      const reason = `年份写的是 ${years.join("、")}，不是 ${winnersOf} 年的；请改用那一年的 --prior 另行导入。`;
      rejected.push({ row, name: title, reason });
    } else {
      above = "claim";
      const id = cleanIdentifier(firstOf(columns, "id", cells));
      const text = textsOf(columns, "text", cells).join("\n").trim();
      claims.push({ id, title, people, award: isAward(award) ? award : "", text });
    }
  });
  const column = columns.has("won") ? "是否获奖" : labelOf(resultsSheet, "award");
  if (winnersOf !== undefined && claims.length === 0 && rejected.length === 0) {
    return {
      row: headerRow + 1,
      reason:
        lost === 0
          ? "表头下面没有案例，没有收下。请确认选对了文件。"
          : `${lost} 行中没有一行获奖（“${column}”都空着，或写明没有获奖），没有收下。请补上“${column}”后重新导入。`,
    };
  }
  if (lost > 0) told.push(`略过 ${lost} 行：“${column}”空着，或写明没有获奖。`);
  return { claims, rejected, told };
}

function lacksColumns(rows: readonly (readonly CellValue[])[], headerRow: number, columns: Columns) {
  const lacking = columns.has("title") ? "作者" : titleLabel;
  const seen = (rows[headerRow] ?? rows.find((cells) => cells.length > 1) ?? [])
    .map((value) => cellText(value).trim())
    .filter((text) => text !== "");
  const found = seen.length === 0 ? "没有找到表头" : `读到的表头是：${seen.slice(0, 12).join("、")}`;
  return {
    row: headerRow + 1,
    reason: `没有“${lacking}”列，认不出获奖的案例和人（${found}）。名单要有“${titleLabel}”和“作者”（或“${labelOf(submissionsSheet, "author1.name")}”）两列，请补上表头后重新导入。`,
  };
}

/** 邱*澈: every mark stands for one character, which 某 holds open (`matchesName`). */
const MASKED = /([\u4e00-\u9fff])([*＊×╳xX●○□■]+)(?=[\u4e00-\u9fff\s、，,;；（(]|$)|([*＊×╳●○□■]+)(?=[\u4e00-\u9fff])/g;
const openMasks = (cell: string) =>
  cell.replace(
    MASKED,
    (_, before: string | undefined, behind = "", first = "") =>
      `${before ?? ""}${"某".repeat(behind.length + first.length)}`,
  );

function readPeopleOf(columns: Columns, cells: readonly CellValue[]): PriorPerson[] {
  const people = new Map<string, string>();
  const add = (name: string, unit: string) => {
    const key = personNameKey(name);
    const folded = isPlaceholder(unit, "unit") ? "" : unitNameKey(withoutContacts(unit));
    if (key !== "" && !/\d{5}|@/.test(name) && !people.get(key)) people.set(key, folded);
  };
  const cell = (at: number | undefined) => (at === undefined ? "" : cellText(cells[at] ?? null).trim());
  const listed = (at: number | undefined) => readPeople(openMasks(cell(at))).people;
  const at = (key: Key) => columns.get(key)?.[0];
  for (const n of authorNumbers)
    for (const { name } of listed(at(`author${n}.name`))) add(name, cell(at(`author${n}.unit`)));
  const units = splitList(cell(at("units")));
  for (const column of columns.get("people") ?? []) {
    const named = listed(column);
    const shared = units.length === 1 ? units[0] : undefined;
    for (const [i, { name, note }] of named.entries()) {
      add(name, unitInNote(note) || (shared ?? (units.length === named.length ? units[i] : undefined) ?? ""));
    }
  }
  for (const column of columns.get("others") ?? [])
    for (const { name, note } of listed(column)) add(name, unitInNote(note));
  return [...people].map(([name, unit]) => ({ name, unit }));
}
