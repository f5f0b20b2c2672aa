/** What a host does with a patch, on plain snapshots: values, notes and hidden sheets; no looks. */
import {
  type CellValue,
  noteKey,
  type RowInsertion,
  type SheetPatch,
  type SheetSnapshot,
  type WorkbookPatch,
  type WorkbookSnapshot,
} from "./port.ts";

type Row = readonly CellValue[];

function trimRow(row: Row): Row {
  let end = row.length;
  while (end > 0 && (row[end - 1] === null || row[end - 1] === "" || row[end - 1] === undefined)) end--;
  return end === row.length ? row : row.slice(0, end);
}

/** Without empty rows at the end and empty cells at the end of rows, as an adapter reads it. */
export function trimRows(rows: readonly Row[]): Row[] {
  const trimmed = rows.map(trimRow);
  while (trimmed.length > 0 && trimmed[trimmed.length - 1]?.length === 0) trimmed.pop();
  return trimmed;
}

function insertEmptyRows(
  sheet: SheetSnapshot,
  insertions: readonly RowInsertion[],
): { rows: Row[]; move: <T>(texts: ReadonlyMap<string, T>) => Map<string, T> } {
  const countBefore = new Map<number, number>();
  for (const { before, count } of insertions) countBefore.set(before, (countBefore.get(before) ?? 0) + count);
  const rows: Row[] = [];
  const movedTo = new Map<number, number>();
  const addEmpty = (count: number) => {
    for (let n = 0; n < count; n++) rows.push([]);
  };
  sheet.rows.forEach((row, i) => {
    addEmpty(countBefore.get(i + 1) ?? 0);
    rows.push(row);
    movedTo.set(i + 1, rows.length);
  });
  const move = <T>(texts: ReadonlyMap<string, T>) => {
    const moved = new Map<string, T>();
    for (const [key, text] of texts) {
      const [row = 0, column = 0] = key.split(":").map(Number);
      moved.set(noteKey(movedTo.get(row) ?? row, column), text);
    }
    return moved;
  };
  return { rows, move };
}

/** The sheet as a host would read it after applying the patch. */
export function applySheetPatch(sheet: SheetSnapshot, patch: SheetPatch): SheetSnapshot {
  const { rows, move } = insertEmptyRows(sheet, patch.insertRows ?? []);
  const notes = move(sheet.notes);
  const { clearFrom } = patch;
  if (clearFrom !== undefined) {
    rows.length = Math.min(rows.length, clearFrom - 1);
    for (const key of notes.keys()) if (Number(key.split(":")[0]) >= clearFrom) notes.delete(key);
  }
  const own = new Set<number>();
  for (const { row, column, value } of patch.edits ?? []) {
    if (row < 1 || column < 1) throw new Error(`edit outside the sheet: ${sheet.name} ${row}:${column}`);
    while (rows.length < row) rows.push([]);
    const cells = own.has(row) ? (rows[row - 1] as CellValue[]) : [...(rows[row - 1] ?? [])];
    own.add(row);
    while (cells.length < column) cells.push(null);
    cells[column - 1] = value;
    rows[row - 1] = cells;
  }
  for (const { row, column, text } of patch.notes ?? []) {
    if (text === null) notes.delete(noteKey(row, column));
    else notes.set(noteKey(row, column), text);
  }
  let shown: Map<string, string | null> | undefined;
  const shownAfter = () => {
    const texts = move(sheet.shown ?? new Map<string, string | null>());
    for (const { row, column } of patch.edits ?? []) texts.delete(noteKey(row, column));
    for (const key of texts.keys()) if (Number(key.split(":")[0]) >= (clearFrom ?? Infinity)) texts.delete(key);
    return texts;
  };
  return {
    name: sheet.name,
    hidden: patch.layout?.hidden ?? sheet.hidden,
    rows: trimRows(rows),
    notes,
    // A host may have to ask what its cells show.
    get shown() {
      shown ??= shownAfter();
      return shown.size > 0 ? shown : undefined;
    },
  };
}

/** The snapshot that a host would read after applying the patch. @throws Error when a sheet is missing and not to be made */
export function applyPatch(snapshot: WorkbookSnapshot, patch: WorkbookPatch): WorkbookSnapshot {
  const sheets = [...snapshot.sheets];
  for (const sheetPatch of patch.sheets) {
    let index = sheets.findIndex((s) => s.name === sheetPatch.name);
    if (index < 0) {
      if (sheetPatch.createBefore === undefined) throw new Error(`no sheet ${sheetPatch.name}`);
      const before = sheets.findIndex((s) => s.name === sheetPatch.createBefore);
      index = before < 0 ? sheets.length : before;
      sheets.splice(index, 0, { name: sheetPatch.name, hidden: false, rows: [], notes: new Map() });
    }
    sheets[index] = applySheetPatch(sheets[index] as SheetSnapshot, sheetPatch);
  }
  return { sheets };
}
