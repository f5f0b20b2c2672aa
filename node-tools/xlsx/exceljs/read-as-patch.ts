import type ExcelJS from "exceljs";
import type {
  Area,
  CellEdit,
  NoteEdit,
  PrintSetup,
  SheetLayout,
  SheetPatch,
  SheetSnapshot,
  WorkbookPatch,
} from "../../../apps-script/core/workbook/port.ts";
import { readBytes } from "../../disk/disk.ts";
import { mmPerInch } from "../package/sheet-layout.ts";
import type { Purpose } from "../preflight.ts";
import { readArea } from "../references.ts";
import { parseConditionalFormats, parseValidations } from "../sheet-rules-read.ts";
import { readWorkbookBytes } from "../workbook.ts";
import { loadBook, usualWidth } from "./book.ts";
import { inner, mergesOf } from "./inner-model.ts";
import { emptySheetExtras, type SheetExtras, type WorkbookExtras } from "./intake.ts";
import { readCellStyle, sameStyleAreas } from "./read-styles.ts";

/** Rules and widths for whole columns end this far below and beside what is there. */
const spareRows = 200;
const spareColumns = 10;
const leastRows = 1_000;
const leastColumns = 26;

/**
 * Everything of an .xlsx that a spreadsheet can take: values, notes and looks, as one patch that makes its sheets.
 * The fills of findings are left off; the next check makes them again. Pictures, tables and defined names are no part
 * of the port: with `edit` a file is refused that saving would spoil.
 * @throws InputError that names the file, what is wrong and what to do
 */
export async function readWorkbookAsPatch(path: string, purpose: Purpose = "input"): Promise<WorkbookPatch> {
  const bytes = readBytes(path);
  const { book, extras } = await loadBook(path, bytes, purpose);
  const { sheets } = readWorkbookBytes(path, bytes, purpose).snapshot;
  const { title, creator } = extras.properties;
  return {
    sheets: sheets.map((snapshot) => readSheet(book, extras, snapshot)),
    ...(title || creator ? { properties: { title, creator } } : {}),
  };
}

function readSheet(book: ExcelJS.Workbook, extras: WorkbookExtras, snapshot: SheetSnapshot): SheetPatch {
  const sheet = book.getWorksheet(snapshot.name);
  if (!sheet) throw new Error(`no sheet ${snapshot.name}`);
  const kept = extras.sheets.get(snapshot.name) ?? emptySheetExtras();
  const edits: CellEdit[] = [];
  snapshot.rows.forEach((cells, i) => {
    cells.forEach((value, j) => {
      if (value !== null) edits.push({ row: i + 1, column: j + 1, value });
    });
  });
  const notes: NoteEdit[] = [...kept.notes.values()].map(({ row, column, text }) => ({ row, column, text }));
  return {
    name: snapshot.name,
    createBefore: null,
    edits,
    ...(notes.length > 0 ? { notes } : {}),
    layout: readLayout(sheet, kept, extras, snapshot),
  };
}

function readLayout(
  sheet: ExcelJS.Worksheet,
  kept: SheetExtras,
  extras: WorkbookExtras,
  snapshot: SheetSnapshot,
): SheetLayout {
  const widest = snapshot.rows.reduce((width, row) => Math.max(width, row.length), 0);
  const grid: Area = {
    top: 1,
    left: 1,
    bottom: Math.max(leastRows, snapshot.rows.length + spareRows),
    right: Math.max(leastColumns, widest + spareColumns),
  };
  const tabColor = sheet.properties.tabColor?.argb?.slice(-6);
  const widths = readWidths(sheet, grid.right);
  const heights = readHeights(sheet, grid.bottom);
  const view = (sheet.views as ExcelJS.Worksheet["views"] | null)?.[0];
  const frozen =
    view?.state === "frozen" ? { rows: view.ySplit ?? 0, columns: view.xSplit ?? 0 } : { rows: 0, columns: 0 };
  const filter = readFilter(sheet);
  const cellStyles = sameStyleAreas(sheet, grid, (style) => readCellStyle(style, extras.fillsUnderMarks));
  const merges = mergesOf(sheet).map(({ top, left, bottom, right }) => ({ top, left, bottom, right }));
  const validations = kept.rules.validations.flatMap((xml) => parseValidations(xml, grid));
  const conditionalFormats = parseConditionalFormats(kept.rules.conditionalFormats, extras.differentialStyles, grid);
  const isProtected = inner(sheet).sheetProtection?.sheet;
  return {
    hidden: snapshot.hidden,
    ...(tabColor ? { tabColor } : {}),
    ...(widths.length > 0 ? { widths } : {}),
    ...(heights.length > 0 ? { heights } : {}),
    ...(frozen.rows + frozen.columns > 0 ? { frozen } : {}),
    ...(filter ? { filter } : {}),
    ...(cellStyles.length > 0 ? { styles: cellStyles } : {}),
    ...(merges.length > 0 ? { merges } : {}),
    ...(validations.length > 0 ? { validations } : {}),
    ...(conditionalFormats.length > 0 ? { conditionalFormats } : {}),
    ...(isProtected ? { protected: true } : {}),
    print: readPrint(sheet),
  };
}

function readWidths(sheet: ExcelJS.Worksheet, last: number): NonNullable<SheetLayout["widths"]> {
  const fallback = sheet.properties.defaultColWidth ?? usualWidth;
  return (sheet.columns ?? []).slice(0, last).flatMap((column, index) => {
    if (column.width === undefined && !column.hidden) return [];
    return [{ column: index + 1, width: column.width ?? fallback, ...(column.hidden ? { hidden: true } : {}) }];
  });
}

function readHeights(sheet: ExcelJS.Worksheet, last: number): NonNullable<SheetLayout["heights"]> {
  const heights: { row: number; height: number }[] = [];
  sheet.eachRow({ includeEmpty: false }, (row, number) => {
    if (number <= last && row.height) heights.push({ row: number, height: row.height });
  });
  return heights;
}

function readFilter(sheet: ExcelJS.Worksheet): Area | undefined {
  const filter = sheet.autoFilter as unknown;
  return typeof filter === "string" ? readArea(filter) : undefined;
}

function readPrint(sheet: ExcelJS.Worksheet): PrintSetup {
  const { orientation, printTitlesRow, printArea, margins } = sheet.pageSetup;
  const [first, last] = (printTitlesRow ?? "").split(":").map(Number);
  const area = printArea ? readArea(printArea.replace(/\$/g, "")) : undefined;
  const { oddHeader: header, oddFooter: footer } = sheet.headerFooter ?? {};
  const mm = (inches: number) => Math.round(inches * mmPerInch);
  return {
    landscape: orientation === "landscape",
    ...(first && last ? { titleRows: [first, last] as const } : {}),
    ...(area ? { area } : {}),
    ...(margins
      ? {
          margins: {
            top: mm(margins.top),
            bottom: mm(margins.bottom),
            left: mm(margins.left),
            right: mm(margins.right),
          },
        }
      : {}),
    ...(header ? { header } : {}),
    ...(footer ? { footer } : {}),
  };
}
