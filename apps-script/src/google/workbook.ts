import { applySheetPatch } from "../../core/workbook/apply-patch.ts";
import type {
  CellEdit,
  CellValue,
  SheetPatch,
  SheetSnapshot,
  WorkbookPatch,
  WorkbookSnapshot,
} from "../../core/workbook/port.ts";
import { cleanCellText, type SheetIds } from "./cell-values.ts";
import { readNotes, readRows, readShown } from "./read-sheet.ts";
import { writeSheet } from "./write-sheet.ts";

type Spreadsheet = GoogleAppsScript.Spreadsheet.Spreadsheet;
type Sheet = GoogleAppsScript.Spreadsheet.Sheet;

export interface GoogleWorkbook {
  readonly spreadsheet: Spreadsheet;
  /** The workbook as it is now, patches included; what of a sheet is looked at is read when it is first looked at. */
  readonly snapshot: WorkbookSnapshot;
  /**
   * @throws CellTextError when a text is longer than a cell can hold
   * @throws SheetRefusedError when somebody's protection is in the way
   * @throws Error when the platform fails; what was written until then stays
   */
  apply(patch: WorkbookPatch): void;
}

export interface OpenOptions {
  /** Sheets whose formulas matter; elsewhere a formula cell is read as its value. All sheets when absent. */
  readonly formulasOf?: (sheetName: string) => boolean;
}

/** So long after they were read, notes between those that change are read again before they are written back. */
const notesStayFreshMs = 5_000;

/** A sheet and what is known of it. */
interface KnownSheet {
  readonly sheet: Sheet;
  readonly name: string;
  id: number | undefined;
  hidden: boolean | undefined;
  rows: readonly (readonly CellValue[])[] | undefined;
  notes: ReadonlyMap<string, string> | undefined;
  shown: ReadonlyMap<string, string | null> | undefined;
  notesReadAt: number;
  view: SheetSnapshot;
}

export function openWorkbook(spreadsheet: Spreadsheet, options: OpenOptions = {}): GoogleWorkbook {
  const withFormulas = options.formulasOf ?? (() => true);
  let known = spreadsheet.getSheets().map((sheet) => newKnownSheet(sheet));
  let snapshot: WorkbookSnapshot | undefined;

  const idOf = (each: KnownSheet) => {
    each.id ??= each.sheet.getSheetId();
    return each.id;
  };
  const sheetIds: SheetIds = {
    idOf(name) {
      const found = known.find((each) => each.name === name);
      return found && idOf(found);
    },
    nameOf: (id) => known.find((each) => idOf(each) === id)?.name,
  };

  function newKnownSheet(sheet: Sheet): KnownSheet {
    const each: KnownSheet = {
      sheet,
      name: sheet.getName(),
      id: undefined,
      hidden: undefined,
      rows: undefined,
      notes: undefined,
      shown: undefined,
      notesReadAt: 0,
      view: undefined as unknown as SheetSnapshot,
    };
    each.view = viewOf(each);
    return each;
  }

  function viewOf(each: KnownSheet): SheetSnapshot {
    return {
      name: each.name,
      get hidden() {
        each.hidden ??= each.sheet.isSheetHidden();
        return each.hidden;
      },
      get rows() {
        each.rows ??= readRows(each.sheet, sheetIds, withFormulas(each.name));
        return each.rows;
      },
      get notes() {
        if (!each.notes) {
          each.notes = readNotes(each.sheet);
          each.notesReadAt = Date.now();
        }
        return each.notes;
      },
      get shown() {
        each.shown ??= readShown(each.sheet, each.view.rows);
        return each.shown;
      },
    };
  }

  function makeSheet({ name, createBefore }: SheetPatch): KnownSheet {
    if (createBefore === undefined) throw new Error(`工作簿里没有工作表「${name}」，请恢复这张表后再试。`);
    const before = createBefore === null ? -1 : known.findIndex((each) => each.name === createBefore);
    const position = before < 0 ? known.length : before;
    const each = newKnownSheet(spreadsheet.insertSheet(name, position));
    Object.assign(each, { hidden: false, rows: [], notes: new Map() });
    known = [...known.slice(0, position), each, ...known.slice(position)];
    return each;
  }

  function applyToSheet(patch: SheetPatch, each: KnownSheet, isNew: boolean): void {
    const fresh = Date.now() - each.notesReadAt < notesStayFreshMs && !patch.insertRows?.length;
    writeSheet(each.sheet, patch, {
      sheets: sheetIds,
      isNew,
      notes: isNew || fresh ? each.notes : undefined,
      sheetNamed: (name) => known.find((other) => other.name === name)?.sheet,
    });
    remember(each, patch);
  }

  /** What the sheet holds now, without reading it again. */
  function remember(each: KnownSheet, patch: SheetPatch): void {
    const { rows, notes } = each;
    const after = applySheetPatch(
      { name: each.name, hidden: false, rows: rows ?? [], notes: notes ?? new Map() },
      { ...patch, edits: rows ? (patch.edits ?? []).map(asWritten) : [] },
    );
    each.rows = rows && after.rows;
    each.notes = notes && after.notes;
    each.shown = undefined;
    each.hidden = patch.layout?.hidden ?? each.hidden;
    each.view = viewOf(each);
    // Formulas follow their cells, on other sheets too.
    if (patch.insertRows?.length) known.filter(holdsFormulas).forEach(forget);
  }

  function forget(each: KnownSheet): void {
    each.rows = undefined;
    each.notes = undefined;
    each.shown = undefined;
    each.view = viewOf(each);
  }

  return {
    spreadsheet,
    get snapshot() {
      snapshot ??= { sheets: known.map((each) => each.view) };
      return snapshot;
    },
    apply(patch) {
      snapshot = undefined;
      let name = "";
      try {
        // Links and lists may lead to sheets that come later in the patch.
        const made = new Set<KnownSheet>();
        for (const sheetPatch of patch.sheets) {
          if (!known.some((each) => each.name === sheetPatch.name)) made.add(makeSheet(sheetPatch));
        }
        for (const sheetPatch of patch.sheets) {
          name = sheetPatch.name;
          const each = known.find((one) => one.name === name);
          if (!each) continue;
          applyToSheet(sheetPatch, each, made.has(each));
          // A second patch of the sheet finds something there.
          made.delete(each);
        }
      } catch (error) {
        for (const each of known) forget(each);
        throw explainRefusal(error, name);
      }
    },
  };
}

/** Cells that somebody else has protected. */
export class SheetRefusedError extends Error {
  constructor(sheet: string) {
    super(
      `工作表「${sheet}」里有受保护的单元格，当前账号不能修改。` +
        "请表格所有者在“数据 → 保护工作表和范围”里给当前账号编辑权限，或删除这项保护，然后再运行一次。",
    );
    this.name = "SheetRefusedError";
  }
}

/** The platform speaks the language of the acting user. */
function explainRefusal(error: unknown, sheet: string): unknown {
  const message = error instanceof Error ? error.message : String(error);
  return /edit a protected (?:cell|range|sheet)|受保护的(?:单元格|范围|工作表|对象)/i.test(message)
    ? new SheetRefusedError(sheet)
    : error;
}

function holdsFormulas({ rows }: KnownSheet): boolean {
  return (rows ?? []).some((row) => row.some((value) => typeof value === "object" && value?.kind === "formula"));
}

function asWritten(edit: CellEdit): CellEdit {
  const { value } = edit;
  if (typeof value !== "string") return edit;
  return { ...edit, value: cleanCellText(value) || null };
}
