import { applySheetPatch } from "../../core/workbook/apply-patch.ts";
import type { CellEdit, CellValue, SheetPatch, SheetSnapshot } from "../../core/workbook/port.ts";
import { cleanCellText, type SheetIds } from "./cell-values.ts";
import { readNotes, readRows, readShown } from "./read-sheet.ts";

type Sheet = GoogleAppsScript.Spreadsheet.Sheet;

/** Notes that were read longer ago are read again before they are written back between those that change. */
const notesStayFreshMs = 5_000;

/** A sheet and what is known of it: each part is read when it is first looked at. */
export class KnownSheet {
  readonly name: string;
  private knownId: number | undefined;
  private hidden: boolean | undefined;
  private rows: readonly (readonly CellValue[])[] | undefined;
  private notes: ReadonlyMap<string, string> | undefined;
  private notesReadAt = 0;
  private shown: ReadonlyMap<string, string | null> | undefined;
  private currentView: SheetSnapshot | undefined;

  constructor(
    readonly sheet: Sheet,
    private readonly links: SheetIds,
    private readonly withFormulas: (sheetName: string) => boolean,
  ) {
    this.name = sheet.getName();
  }

  get id(): number {
    this.knownId ??= this.sheet.getSheetId();
    return this.knownId;
  }

  /** The sheet as it is now: another object after every change, so that what is computed from one can be kept by it. */
  get view(): SheetSnapshot {
    this.currentView ??= this.newView();
    return this.currentView;
  }

  /** Whether a formula of it may name cells of a sheet; one without a name in front stands for its own. */
  hasFormulasOf(name: string): boolean {
    const isMeant = (formula: string) => this.name === name || formula.includes(name.replace(/'/g, "''"));
    return (this.rows ?? []).some((row) =>
      row.some((value) => typeof value === "object" && value?.kind === "formula" && isMeant(value.formula)),
    );
  }

  /** The notes, where they are known and were read just now. */
  get freshNotes(): ReadonlyMap<string, string> | undefined {
    return Date.now() - this.notesReadAt < notesStayFreshMs ? this.notes : undefined;
  }

  /** Nothing has to be read of a sheet that was made just now. */
  rememberEmpty(): void {
    this.hidden = false;
    this.rows = [];
    this.notes = new Map();
  }

  /** What the sheet holds after a patch, without reading it again. */
  remember(patch: SheetPatch): void {
    const { rows, notes } = this;
    const after = applySheetPatch(
      { name: this.name, hidden: false, rows: rows ?? [], notes: notes ?? new Map() },
      { ...patch, edits: rows ? (patch.edits ?? []).map(asWritten) : [] },
    );
    this.rows = rows && after.rows;
    this.notes = notes && after.notes;
    this.shown = undefined;
    this.hidden = patch.layout?.hidden ?? this.hidden;
    this.currentView = undefined;
  }

  forget(): void {
    this.rows = undefined;
    this.notes = undefined;
    this.shown = undefined;
    this.currentView = undefined;
  }

  /** What it has told once it goes on telling, whatever becomes of the sheet. */
  private newView(): SheetSnapshot {
    const known = this;
    const told: { -readonly [Part in "hidden" | "rows" | "notes" | "shown"]?: SheetSnapshot[Part] } = {};
    return {
      name: known.name,
      get hidden() {
        known.hidden ??= known.sheet.isSheetHidden();
        told.hidden ??= known.hidden;
        return told.hidden;
      },
      get rows() {
        told.rows ??= known.rows ??= readRows(known.sheet, known.links, known.withFormulas(known.name));
        return told.rows;
      },
      get notes() {
        if (!told.notes) {
          if (!known.notes) {
            known.notes = readNotes(known.sheet);
            known.notesReadAt = Date.now();
          }
          told.notes = known.notes;
        }
        return told.notes;
      },
      get shown() {
        told.shown ??= known.shown ??= readShown(known.sheet, this.rows);
        return told.shown;
      },
    };
  }
}

function asWritten(edit: CellEdit): CellEdit {
  const { value } = edit;
  if (typeof value !== "string") return edit;
  return { ...edit, value: cleanCellText(value) || null };
}
