/** Lists of earlier winners as they come: any table with titles and authors. */
import type { PriorPerson } from "../award/prior-winners.ts";
import { submissionsSheet } from "../schema/application.ts";
import { resultsSheet } from "../schema/review.ts";
import { labelOf } from "../schema/sheet-spec.ts";
import { cleanIdentifier, cleanText, toHalfWidth } from "../text/clean.ts";
import { withoutContacts } from "../text/contacts.ts";
import { personNameKey, titleKey, unitNameKey } from "../text/identity.ts";
import { splitList } from "../text/list.ts";
import { readPeople } from "../text/person-names.ts";
import { isPlaceholder } from "../text/placeholder.ts";
import { cellText } from "../workbook/cell-text.ts";
import type { Area, CellValue } from "../workbook/port.ts";
import { isAward, judgeWithoutAwards, readAwards, TICK } from "./prior-awards.ts";
import {
  authorNumbers,
  type Columns,
  columnsOf,
  filledIn,
  findHeader,
  firstOf,
  type Key,
  namesPeople,
  textsOf,
} from "./prior-headers.ts";
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
