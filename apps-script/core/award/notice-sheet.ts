import { defaultNotice, isBuiltIn } from "../notice/built-in.ts";
import type { Notice } from "../notice/notice.ts";
import { noticeSheet } from "../schema/application.ts";
import { layOut, newPlace } from "../tables/place.ts";
import { findSheet, readSheetTable, WorkbookStructureError } from "../tables/table.ts";
import { sha256 } from "../text/sha256.ts";
import { cellText } from "../workbook/cell-text.ts";
import type { CellEdit, SheetPatch, WorkbookSnapshot } from "../workbook/port.ts";
import { readNotice } from "./read-notice.ts";

/** Below what a cell of any host holds. */
const longestPart = 30_000;

/** Cut before a comma and a quote: no part begins or ends with a blank that a host might trim. */
function cut(text: string): string[] {
  const parts: string[] = [];
  let rest = text;
  while (rest.length > longestPart) {
    const comma = rest.lastIndexOf(',"', longestPart);
    const at = comma > 0 ? comma : longestPart;
    parts.push(rest.slice(0, at));
    rest = rest.slice(at);
  }
  return [...parts, rest];
}

/** The hidden sheet 通知 that bears the notice; none for a notice that is part of the program. */
export function noticePatch(notice: Notice): SheetPatch[] {
  if (isBuiltIn(notice.id)) return [];
  const parts = cut(JSON.stringify(notice));
  const edits = parts.flatMap((part, i): CellEdit[] => [
    { row: i + 2, column: 1, value: i + 1 },
    { row: i + 2, column: 2, value: part },
  ]);
  return [layOut(newPlace(noticeSheet, parts.length, { below: 0, least: 1 }), {}, { edits })];
}

/** The same text gives the same object: what is computed from a notice is kept by it. */
const known = new Map<string, Notice>();

function parse(text: string, sheet: string): Notice {
  const earlier = known.get(text);
  if (earlier) return earlier;
  const { notice, faults } = readNotice(text);
  if (!notice)
    throw new WorkbookStructureError(
      `“${sheet}”表里的通知被改动过，无法使用：${faults[0]}请从备份文件恢复这张表；没有做任何改动。`,
    );
  known.set(text, notice);
  return notice;
}

/**
 * The notice by which a workbook is run: the one on its sheet 通知, else the one that is part of the program.
 *
 * @throws WorkbookStructureError when the sheet holds no sound notice
 */
export function noticeOf(snapshot: WorkbookSnapshot): Notice {
  // By its name alone: to look for it by its labels, a host would have to read every sheet that people added.
  const sheet = findSheet(snapshot, noticeSheet.label);
  if (!sheet) return defaultNotice;
  const table = readSheetTable(sheet, noticeSheet);
  const parts = [...table.rows].sort((a, b) => Number(a.text("part")) - Number(b.text("part")));
  return parse(parts.map((row) => cellText(row.raw("text"))).join(""), table.name);
}

const identities = new WeakMap<Notice, string>();

/**
 * What 日志 names the notice by: its id, and for one that is not part of the program a digest of all it says.
 *
 * @param notice as `noticeOf` gives it, without the changes of 参数
 */
export function identifyNotice(notice: Notice): string {
  if (isBuiltIn(notice.id)) return notice.id;
  const earlier = identities.get(notice);
  if (earlier !== undefined) return earlier;
  const identity = `${notice.id}（${sha256(JSON.stringify(notice)).slice(0, 8)}）`;
  identities.set(notice, identity);
  return identity;
}
