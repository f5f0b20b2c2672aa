import type { SheetLayout, SheetPatch, WorkbookPatch, WorkbookSnapshot } from "../../core/workbook/port.ts";
import type { SheetIds } from "./cell-values.ts";
import { KnownSheet } from "./known-sheet.ts";
import { type OwnProtection, ownProtection, protectionMark, protectSheet } from "./protect.ts";
import { writeSheet } from "./write-sheet.ts";

type Spreadsheet = GoogleAppsScript.Spreadsheet.Spreadsheet;
type Sheet = GoogleAppsScript.Spreadsheet.Sheet;

export interface GoogleWorkbook {
  readonly spreadsheet: Spreadsheet;
  /** The workbook as it is now, patches included. Each part of a sheet is read when it is first needed. */
  readonly snapshot: WorkbookSnapshot;
  /**
   * @throws CellTextError when a text is longer than a cell can hold
   * @throws SheetRefusedError when somebody's protection is in the way
   * @throws Error when the platform fails; what was written until then stays
   */
  apply(patch: WorkbookPatch): void;
  /** The add-on's protection of a sheet as a whole; asked for once. */
  protectionOf(sheet: Sheet): OwnProtection | undefined;
  /** See `protectSheet`. */
  protect(sheet: Sheet, isProtected: boolean, styles: NonNullable<SheetLayout["styles"]>): void;
}

export interface OpenOptions {
  /** Sheets whose formulas matter; elsewhere a formula cell is read as its value. All sheets when absent. */
  readonly formulasOf?: (sheetName: string) => boolean;
}

export function openWorkbook(spreadsheet: Spreadsheet, options: OpenOptions = {}): GoogleWorkbook {
  const withFormulas = options.formulasOf ?? (() => true);
  const links: SheetIds = {
    idOf: (name) => find(name)?.id,
    nameOf: (id) => known.find((each) => each.id === id)?.name,
  };
  let known = spreadsheet.getSheets().map((sheet) => new KnownSheet(sheet, links, withFormulas));
  let snapshot: WorkbookSnapshot | undefined;
  const protections = new Map<number, OwnProtection | undefined>();

  const protectionOf = (sheet: Sheet) => {
    const id = sheet.getSheetId();
    if (!protections.has(id)) protections.set(id, ownProtection(sheet));
    return protections.get(id);
  };
  const protect: GoogleWorkbook["protect"] = (sheet, isProtected, styles) => {
    const own = protectionOf(sheet);
    protectSheet(sheet, isProtected, styles, own);
    // What is made or removed is not known any more.
    if (isProtected !== (own?.description === protectionMark)) protections.delete(sheet.getSheetId());
  };

  const find = (name: string) => known.find((each) => each.name === name);

  function makeSheet({ name, createBefore }: SheetPatch): KnownSheet {
    if (createBefore === undefined) throw new Error(`工作簿里没有工作表「${name}」，请恢复这张表后再试。`);
    const before = createBefore === null ? -1 : known.findIndex((each) => each.name === createBefore);
    const position = before < 0 ? known.length : before;
    const each = new KnownSheet(spreadsheet.insertSheet(name, position), links, withFormulas);
    each.rememberEmpty();
    known = [...known.slice(0, position), each, ...known.slice(position)];
    return each;
  }

  function applyToSheet(patch: SheetPatch, each: KnownSheet, isNew: boolean): void {
    const movesRows = (patch.insertRows?.length ?? 0) > 0;
    writeSheet(each.sheet, patch, {
      sheets: links,
      isNew,
      notes: isNew ? each.view.notes : movesRows ? undefined : each.freshNotes,
      sheetNamed: (name) => find(name)?.sheet,
      protect,
    });
    each.remember(patch);
    // Formulas follow their cells, on other sheets too.
    if (movesRows) for (const other of known) if (other.hasFormulasOf(each.name)) other.forget();
  }

  return {
    spreadsheet,
    protectionOf,
    protect,
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
          if (!find(sheetPatch.name)) made.add(makeSheet(sheetPatch));
        }
        for (const sheetPatch of patch.sheets) {
          name = sheetPatch.name;
          const each = find(name);
          if (!each) continue;
          applyToSheet(sheetPatch, each, made.has(each));
          // A second patch of the sheet finds something there.
          made.delete(each);
        }
      } catch (error) {
        for (const each of known) each.forget();
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

/** Google's messages come in the language of the acting user. */
function explainRefusal(error: unknown, sheet: string): unknown {
  const message = error instanceof Error ? error.message : String(error);
  return /edit a protected (?:cell|range|sheet)|受保护的(?:单元格|范围|工作表|对象)/i.test(message)
    ? new SheetRefusedError(sheet)
    : error;
}
