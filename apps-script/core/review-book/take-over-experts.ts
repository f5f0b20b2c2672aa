import { readAwardTables } from "../award/read-award.ts";
import { identityOf } from "../award/row-key.ts";
import { readRecordTable } from "../award/unit-names.ts";
import type { Notice } from "../notice/notice.ts";
import { expertsSheet, takenExpertsSheet } from "../schema/application.ts";
import { assignmentSheet } from "../schema/review.ts";
import { type KeyOf, labelOf } from "../schema/sheet-spec.ts";
import { readSheetTable, type Table, type TableRow } from "../tables/table.ts";
import { headerEdits, headerNotes } from "../tables/table-layout.ts";
import { cellText, isBlank } from "../workbook/cell-text.ts";
import {
  type CellEdit,
  type CellValue,
  type NoteEdit,
  noteKey,
  type SheetPatch,
  type SheetSnapshot,
  type WorkbookPatch,
  type WorkbookSnapshot,
} from "../workbook/port.ts";
import { movedExperts } from "./review-experts.ts";
import { reviewLayout } from "./review-workbook.ts";

type ExpertKey = KeyOf<typeof expertsSheet>;
type ExpertRow = TableRow<ExpertKey>;
const keys = takenExpertsSheet.columns.map((column) => column.key);

/** How the experts come into the review workbook, and how they leave the shared one. */
export interface TakeOver {
  /** Rows of 专家 in the shared workbook. */
  readonly rows: number;
  /** Of them, rows that the review workbook does not hold yet. */
  readonly added: number;
  /** Cells in which a later row of the same person differs: kept as they are, the other value in a note. In Chinese. */
  readonly differing: readonly string[];
  /** For the review workbook; undefined when it holds everything already. */
  readonly copy: WorkbookPatch | undefined;
  /** For the shared workbook, and only once nothing is left to copy: empties the rows, and removes them from 导入记录. */
  readonly clear: WorkbookPatch;
}

const textOf = (value: CellValue) => cellText(value).trim();

function plain(value: CellValue): CellValue {
  if (value === null || typeof value !== "object") return value;
  return value.kind === "formula" ? value.result : value.kind === "link" ? value.text : value;
}

const laterNote = (value: string) => `申报工作簿后来填报：${value}`;

/** Rows of the review workbook, each of which holds one row of the shared one. */
class Holders {
  private readonly free: ExpertRow[];
  constructor(
    readonly table: Table<ExpertKey> | undefined,
    private readonly notes: ReadonlyMap<string, string>,
  ) {
    this.free = [...(table?.rows ?? [])];
  }

  /** Takes the first free row that `holds`; no row holds two. */
  take(holds: (row: ExpertRow) => boolean): ExpertRow | undefined {
    const at = this.free.findIndex(holds);
    return at < 0 ? undefined : this.free.splice(at, 1)[0];
  }

  /** What of a cell is not there yet: nothing, an empty cell to fill, or another value. */
  compare(row: ExpertRow, key: ExpertKey, value: CellValue): "same" | "empty" | "other" {
    const here = textOf(row.raw(key));
    const there = textOf(value);
    if (there === "" || here === there) return "same";
    if (here === "") return "empty";
    return this.noteOf(row, key).includes(laterNote(there)) ? "same" : "other";
  }

  noteOf(row: ExpertRow, key: ExpertKey): string {
    return this.notes.get(noteKey(row.row, this.table?.positions.get(key) ?? 0)) ?? "";
  }
}

/**
 * Plans the move of 专家 from the shared workbook into the review workbook. Every row is copied once, however often
 * this is run; a person who is there already is filled in, never overwritten. Whoever carries it out applies `copy`,
 * plans anew on what both workbooks hold then, and applies `clear` when there is nothing left to copy.
 *
 * @throws WorkbookStructureError
 */
export function planTakeOver(award: WorkbookSnapshot, review: WorkbookSnapshot, notice: Notice): TakeOver {
  const source = readAwardTables(award).experts;
  const sourceSheet = award.sheets.find((sheet) => sheet.name === source.name);
  const moved = movedExperts(review);
  // A sheet without a header is one that was being made when something broke off.
  const target = moved && moved.rows.length > 0 ? readSheetTable(moved, expertsSheet) : undefined;
  const holders = new Holders(target, moved?.notes ?? new Map());
  const position = (key: ExpertKey) =>
    target?.positions.get(key) ?? takenExpertsSheet.columns.findIndex((column) => column.key === key) + 1;
  const identity = (row: ExpertRow) => identityOf(expertsSheet, (key) => row.text(key as ExpertKey));

  const edits: CellEdit[] = [];
  const notes: NoteEdit[] = [];
  const differing: string[] = [];
  let last = target?.lastRow ?? 1;
  let added = 0;
  const strange = source.rows.filter(
    (row) => !holders.take((held) => keys.every((key) => holders.compare(held, key, row.raw(key)) === "same")),
  );
  for (const row of strange) {
    const held = holders.take((other) => identity(other) === identity(row));
    if (!held) {
      added++;
      last++;
      for (const key of keys) {
        const value = plain(row.raw(key));
        if (!isBlank(value)) edits.push({ row: last, column: position(key), value });
      }
      copyNotes(sourceSheet, source, row, (key, text) => notes.push({ row: last, column: position(key), text }));
      continue;
    }
    for (const key of keys) {
      const value = plain(row.raw(key));
      const found = holders.compare(held, key, value);
      if (found === "empty") edits.push({ row: held.row, column: position(key), value });
      if (found !== "other") continue;
      const before = holders.noteOf(held, key);
      const text = [before, laterNote(textOf(value))].filter((part) => part !== "").join("\n");
      notes.push({ row: held.row, column: position(key), text });
      differing.push(
        `${held.text("name")}的“${labelOf(expertsSheet, key)}”：评审工作簿是“${textOf(held.raw(key))}”，后来填报“${textOf(value)}”（记在批注里）`,
      );
    }
  }
  notes.push(...missingHelp(notice, target, moved?.notes ?? new Map()));
  const isSame = target !== undefined && edits.length === 0 && notes.length === 0;
  const layout = reviewLayout(takenExpertsSheet, last, notice, {
    ...(target ? { positions: target.positions, headerRow: target.headerRow, lastColumn: target.lastColumn } : {}),
    keepWidths: target !== undefined,
  });
  const sheet: SheetPatch = {
    name: moved?.name ?? takenExpertsSheet.label,
    createBefore: review.sheets.some((s) => s.name === assignmentSheet.label) ? assignmentSheet.label : null,
    edits: target ? edits : [...headerEdits(takenExpertsSheet), ...edits],
    notes,
    layout,
  };
  return {
    rows: source.rows.length,
    added,
    differing,
    copy: isSame ? undefined : { sheets: [sheet] },
    clear: { sheets: [emptyRows(source, sourceSheet), ...forget(award)] },
  };
}

/** Notes that explain the columns, where the header bears none: what made the sheet may have broken off before them. */
function missingHelp(
  notice: Notice,
  target: Table<ExpertKey> | undefined,
  present: ReadonlyMap<string, string>,
): NoteEdit[] {
  const all = headerNotes(takenExpertsSheet, notice, target?.headerRow, target?.positions);
  return all.filter(({ row, column }) => !present.has(noteKey(row, column)));
}

/** Notes of people; what a check has written goes with the next check. */
function copyNotes(
  sheet: SheetSnapshot | undefined,
  table: Table<ExpertKey>,
  row: ExpertRow,
  put: (key: ExpertKey, text: string) => void,
): void {
  for (const [key, column] of table.positions) {
    const text = sheet?.notes.get(noteKey(row.row, column));
    if (text !== undefined) put(key, text);
  }
}

function emptyRows(table: Table<ExpertKey>, sheet: SheetSnapshot | undefined): SheetPatch {
  const edits: CellEdit[] = [];
  const notes: NoteEdit[] = [];
  for (const row of table.rows) {
    for (const column of table.positions.values()) {
      edits.push({ row: row.row, column, value: null });
      if (sheet?.notes.has(noteKey(row.row, column))) notes.push({ row: row.row, column, text: null });
    }
  }
  return { name: table.name, edits, notes };
}

/** 导入记录 without the rows of 专家: their keys and sources name people. */
function forget(award: WorkbookSnapshot): SheetPatch[] {
  const table = readRecordTable(award);
  if (!table) return [];
  const isOfExpert = (row: (typeof table.rows)[number]) => row.text("sheet") === expertsSheet.label;
  const first = table.rows.findIndex(isOfExpert);
  if (first < 0) return [];
  const moving = table.rows.slice(first);
  const kept = moving.filter((row) => !isOfExpert(row));
  const edits = moving.flatMap(({ row }, i) =>
    [...table.positions].map(([key, column]): CellEdit => ({ row, column, value: kept[i]?.raw(key) ?? null })),
  );
  return [{ name: table.name, edits }];
}
