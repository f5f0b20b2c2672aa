import { archiveSheet } from "../schema/review.ts";
import { readTableIfThere } from "../tables/table.ts";
import { headerEdits } from "../tables/table-layout.ts";
import type { SheetPatch, WorkbookSnapshot } from "../workbook/port.ts";

/** Characters of a part: a cell of an .xlsx file holds 32,767. */
const partLength = 30_000;

/** Longer texts would make the workbook slow to open. */
const longestText = 8_000_000;

/** Ends 结果 of an action whose text was too long to be kept. */
export const notKept = "；数据过大，没有存档";

/** Stands at both ends of a part, so that no program takes it for a formula or a number, or trims it. */
const mark = "~";

/** The parts of a text, none of which ends within a character. */
function splitText(text: string): string[] {
  const parts: string[] = [];
  for (let from = 0; from < text.length; ) {
    let to = Math.min(text.length, from + partLength);
    const last = text.charCodeAt(to - 1);
    if (to < text.length && last >= 0xd800 && last <= 0xdbff) to--;
    parts.push(text.slice(from, to));
    from = to;
  }
  return parts;
}

/**
 * Puts a text of the archive below what the sheet holds; a sheet that is not there is made.
 *
 * @param lastRow of the sheet; 0 when there is none
 * @returns undefined when the text is too long to be kept in a workbook
 */
export function archiveInSheet(lastRow: number, digest: string, text: string): SheetPatch | undefined {
  if (text.length > longestText) return undefined;
  const top = Math.max(2, lastRow + 1);
  const edits = splitText(text).flatMap((part, i) =>
    [digest, i + 1, `${mark}${part}${mark}`].map((value, c) => ({ row: top + i, column: c + 1, value })),
  );
  return {
    name: archiveSheet.label,
    createBefore: null,
    edits: lastRow === 0 ? [...headerEdits(archiveSheet), ...edits] : edits,
    ...(lastRow === 0 ? { layout: { hidden: true } } : {}),
  };
}

/** The texts of the sheet by their digests; undefined where there is no such sheet. */
export function readArchiveSheet(snapshot: WorkbookSnapshot): ReadonlyMap<string, string> | undefined {
  const table = readTableIfThere(snapshot, archiveSheet, [archiveSheet.label]);
  if (!table) return undefined;
  const parts = new Map<string, Map<number, string>>();
  for (const row of table.rows) {
    const digest = row.text("digest");
    const content = row.raw("content");
    const of = parts.get(digest) ?? new Map<number, string>();
    parts.set(digest, of.set(Number(row.raw("part")), typeof content === "string" ? content.slice(1, -1) : ""));
  }
  return new Map(
    [...parts].map(([digest, of]) => [
      digest,
      [...of]
        .sort(([a], [b]) => a - b)
        .map(([, part]) => part)
        .join(""),
    ]),
  );
}
