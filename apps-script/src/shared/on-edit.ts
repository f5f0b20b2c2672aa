import { noticeOf } from "../../core/award/notice-sheet.ts";
import { checkRows } from "../../core/check/live-check-rows.ts";
import type { NoteEdit } from "../../core/workbook/port.ts";
import { showFindingsSidebar } from "../actions/show-dialog.ts";
import { exactAreas } from "../google/areas.ts";
import { mostRows as largestSheet } from "../google/refuse-oversized.ts";
import { writeNotes } from "../google/write-notes.ts";
import { readForLiveCheck, tableOf } from "./live-snapshot.ts";
import { rememberUnits } from "./load-findings.ts";

type Sheet = GoogleAppsScript.Spreadsheet.Sheet;
type EditEvent = Pick<GoogleAppsScript.Events.SheetsOnEdit, "range" | "source">;

const title = "评案簿";
const toastSeconds = 10;
/** If more rows change at once, they are left to 检查全部. */
const mostRows = 2_000;

/**
 * Checks the rows of 案例, 专家 or 联络员 that somebody has just typed or pasted, puts the problems into notes on their
 * cells and shows the first in a toast. It runs with that person's rights: cells closed to them stay as they are. Never
 * throws.
 */
export function handleEdit(event: EditEvent): void {
  try {
    judgeEdit(event);
  } catch (error) {
    // What is wrong with the workbook as a whole is for 检查全部 to say; it must not interrupt somebody who types.
    console.warn(`onEdit: ${error instanceof Error ? error.message : String(error)}`);
  }
}

function judgeEdit({ range, source }: EditEvent): void {
  const [first, last] = [range.getRow(), range.getLastRow()];
  if (last === 1) return;
  const sheet = range.getSheet();
  const name = sheet.getName();
  const sheets = source.getSheets().map((each) => ({ sheet: each, name: each.getName() }));
  const table = tableOf({ sheet, name }, sheets);
  if (table === undefined) return;
  const lastRow = sheet.getLastRow();
  const used = Math.min(last, Math.max(first, lastRow));
  if (used - first >= mostRows) {
    source.toast(
      `一次改动了 ${used - first + 1} 行，未逐行检查；请到菜单“评案簿”运行“检查全部”。`,
      title,
      toastSeconds,
    );
    return;
  }
  if (lastRow > largestSheet) {
    source.toast(`“${name}”表有 ${lastRow} 行，超过 ${largestSheet} 行，未检查；请删去多余的行。`, title, toastSeconds);
    return;
  }
  const { snapshot, withTexts } = readForLiveCheck({ table, sheet, name }, sheets, first, used);
  const rows = Array.from({ length: used - first + 1 }, (_, i) => first + i);
  const { patch, message, findings } = checkRows(snapshot, noticeOf(snapshot), { table, rows, withTexts });
  const { notes: known } = snapshot.sheets.find((each) => each.name === patch.name) ?? {};
  noteProblems(sheet, name, patch.notes ?? [], known);
  if (message === "") return;
  const bad = new Set(findings.map(({ row }) => row)).size;
  if (bad <= 1) {
    source.toast(message, title, toastSeconds);
    return;
  }
  const units = new Set(findings.map(({ nominator }) => nominator));
  const list = isSidebarShown([...units].filter((unit) => unit !== ""))
    ? "清单见右侧“检查结果”"
    : "清单见菜单“评案簿 → 检查本单位”";
  source.toast(
    `这次的 ${rows.length} 行里有 ${bad} 行要改，编号或姓名那一格有批注；${list}，点一条就转到那一格。第一处：${message}`,
    title,
    toastSeconds,
  );
}

/** What needs authorization is closed to simple triggers; of sidebars Google's guide says nothing. */
function isSidebarShown(units: readonly string[]): boolean {
  // Rows that name no unit are in no unit's list.
  if (units.length === 0) return false;
  try {
    // The page asks for its list as soon as it is there.
    rememberUnits(units);
    showFindingsSidebar();
    return true;
  } catch {
    return false;
  }
}

/** Up to this many rectangles of notes are written one by one. */
const singleAreas = 2;

/** This person may be barred from cells of other units and computed columns; the others get their notes all the same. */
function noteProblems(
  sheet: Sheet,
  name: string,
  notes: readonly NoteEdit[],
  known: ReadonlyMap<string, string> | undefined,
): void {
  if (notes.length === 0) return;
  const attempt = (some: readonly NoteEdit[]): boolean => {
    try {
      writeNotes(sheet, name, some, known);
      return true;
    } catch {
      return false;
    }
  };
  const areas = exactAreas(notes);
  if (areas.length > singleAreas && attempt(notes)) return;
  for (const area of areas.slice(0, areas.length > singleAreas ? 1 : singleAreas)) {
    attempt(
      notes.filter(
        ({ row, column }) => row >= area.top && row <= area.bottom && column >= area.left && column <= area.right,
      ),
    );
  }
}
