/** What has been written to a workbook since it was opened, a step each, to be taken back and done again. */
import type {
  CellEdit,
  CellValue,
  SheetPatch,
  WorkbookPatch,
  WorkbookSnapshot,
} from "../../../apps-script/core/workbook/port.ts";
import { noteKey } from "../../../apps-script/core/workbook/port.ts";

interface EditableWorkbook {
  readonly snapshot: WorkbookSnapshot;
  apply(patch: WorkbookPatch): void;
}

interface Step {
  /** In Chinese, after 撤销 or 重做: `修改 N25001 的“关键词”`. */
  readonly words: string;
  readonly sheets: readonly SheetPatch[];
  readonly inverse: readonly SheetPatch[];
}

const valueIn = ({ sheets }: WorkbookSnapshot, name: string, { row, column }: CellEdit): CellValue =>
  sheets.find((sheet) => sheet.name === name)?.rows[row - 1]?.[column - 1] ?? null;

/** The cells and notes as they are now, where a patch will have written. */
function inverseOf(snapshot: WorkbookSnapshot, patches: readonly SheetPatch[]): SheetPatch[] {
  return patches.map(({ name, edits = [], notes = [] }) => {
    const present = snapshot.sheets.find((each) => each.name === name)?.notes;
    return {
      name,
      edits: edits.map((edit) => ({ ...edit, value: valueIn(snapshot, name, edit) })),
      notes: notes.map((note) => ({ ...note, text: present?.get(noteKey(note.row, note.column)) ?? null })),
    };
  });
}

/** A date that was written has given its cell the format of one, which makes a date of a number that comes back. */
function freeNumbers(snapshot: WorkbookSnapshot, patches: readonly SheetPatch[]): SheetPatch[] {
  return patches.flatMap(({ name, edits = [] }) => {
    const styles = edits
      .filter((edit) => typeof edit.value === "number" && typeof valueIn(snapshot, name, edit) === "object")
      .map(({ row, column }) => ({
        area: { top: row, bottom: row, left: column, right: column },
        style: { numberFormat: "General" },
      }));
    return styles.length === 0 ? [] : [{ name, layout: { styles } }];
  });
}

/** Values and notes of cells come back; looks, such as the width of a new column, stay. */
export class EditHistory {
  readonly #done: Step[] = [];
  readonly #undone: Step[] = [];

  constructor(private readonly workbook: EditableWorkbook) {}

  /** What `undo` takes back; "" for nothing. */
  get undoable(): string {
    return this.#done.at(-1)?.words ?? "";
  }

  /** What `redo` does again; "" for nothing. */
  get redoable(): string {
    return this.#undone.at(-1)?.words ?? "";
  }

  /** @param sheets patches of sheets that are there, with edits, notes and looks alone */
  write(words: string, sheets: readonly SheetPatch[]): void {
    const inverse = inverseOf(this.workbook.snapshot, sheets);
    this.workbook.apply({ sheets });
    this.#done.push({ words, sheets, inverse });
    this.#undone.length = 0;
  }

  undo(): void {
    const step = this.#done.pop();
    if (!step) return;
    this.workbook.apply({ sheets: step.inverse });
    const sheets = freeNumbers(this.workbook.snapshot, step.inverse);
    if (sheets.length > 0) this.workbook.apply({ sheets });
    this.#undone.push(step);
  }

  redo(): void {
    const step = this.#undone.pop();
    if (!step) return;
    this.workbook.apply({ sheets: step.sheets });
    this.#done.push(step);
  }
}
