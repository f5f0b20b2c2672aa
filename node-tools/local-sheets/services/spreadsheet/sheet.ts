import type { Area } from "../../../../apps-script/core/workbook/port.ts";
import { refuseUnsupported, standInFor } from "../unsupported.ts";
import { contains, type RowShift, readNotation } from "./areas.ts";
import { formatsFor, showConditionalFormat } from "./conditional-format.ts";
import { showFilter } from "./filter.ts";
import { type Home, ranges, sheets } from "./home.ts";
import { readColour } from "./look.ts";
import { ProtectedError } from "./protected-error.ts";
import { protect, protectionsOf } from "./protection.ts";
import { clearCells } from "./range.ts";
import { makeRangeList } from "./range-list.ts";
import { renameSheet } from "./rename-sheet.ts";
import type { SheetModel } from "./sheet-model.ts";
import { deleteRows, insertRows } from "./shift-rows.ts";

type Sheet = GoogleAppsScript.Spreadsheet.Sheet;
type ScriptRange = GoogleAppsScript.Spreadsheet.Range;
type Supported =
  | "getSheetId"
  | "getName"
  | "setName"
  | "getIndex"
  | "isSheetHidden"
  | "hideSheet"
  | "showSheet"
  | "setTabColor"
  | "getLastRow"
  | "getLastColumn"
  | "getMaxRows"
  | "getMaxColumns"
  | "insertRowsBefore"
  | "insertRowsAfter"
  | "insertColumnsAfter"
  | "deleteRows"
  | "getRange"
  | "getDataRange"
  | "getRangeList"
  | "getFilter"
  | "setFrozenRows"
  | "setFrozenColumns"
  | "setColumnWidth"
  | "setColumnWidths"
  | "setRowHeight"
  | "setRowHeights"
  | "hideColumns"
  | "showColumns"
  | "getColumnGroupDepth"
  | "setConditionalFormatRules"
  | "getConditionalFormatRules"
  | "protect"
  | "getProtections"
  | "activate"
  | "clear"
  | "getParent"
  | "setActiveRange"
  | "setActiveSelection";

const outside = "The coordinates of the range are outside the dimensions of the sheet.";

class FakeSheet implements Pick<Sheet, Supported> {
  readonly #home: Home;
  readonly #sheet: SheetModel;

  constructor(home: Home, sheet: SheetModel) {
    this.#home = home;
    this.#sheet = sheet;
  }

  getSheetId(): number {
    this.#call("getSheetId");
    return this.#sheet.id;
  }

  getName(): string {
    this.#call("getName");
    return this.#sheet.name;
  }

  setName(name: string): Sheet {
    this.#change("setName");
    renameSheet(this.#home.model, this.#sheet, name);
    return this.#self();
  }

  getIndex(): number {
    this.#call("getIndex");
    return this.#home.model.sheets.indexOf(this.#sheet) + 1;
  }

  isSheetHidden(): boolean {
    this.#call("isSheetHidden");
    return this.#sheet.isHidden;
  }

  hideSheet(): Sheet {
    this.#change("hideSheet");
    if (this.#home.model.sheets.every((sheet) => sheet.isHidden || sheet === this.#sheet)) {
      throw new Error("You can't hide all the sheets in a document.");
    }
    this.#sheet.isHidden = true;
    return this.#self();
  }

  showSheet(): Sheet {
    this.#change("showSheet");
    this.#sheet.isHidden = false;
    return this.#self();
  }

  setTabColor(colour: string | null): Sheet {
    this.#change("setTabColor");
    this.#sheet.tabColor = readColour(colour);
    return this.#self();
  }

  getLastRow(): number {
    this.#call("getLastRow");
    return this.#sheet.lastRow;
  }

  getLastColumn(): number {
    this.#call("getLastColumn");
    return this.#sheet.lastColumn;
  }

  getMaxRows(): number {
    this.#call("getMaxRows");
    return this.#sheet.rows;
  }

  getMaxColumns(): number {
    this.#call("getMaxColumns");
    return this.#sheet.columns;
  }

  /** The new rows look like the one that they are put before. */
  insertRowsBefore(before: number, count: number): Sheet {
    this.#changeRows("insertRowsBefore", { kind: "insert", at: before, count });
    if (before < 1 || before > this.#sheet.rows) throw new Error("Those rows are out of bounds.");
    insertRows(this.#home.model, this.#sheet, before, count, before);
    return this.#self();
  }

  /** The new rows look like the one that they are put after. */
  insertRowsAfter(after: number, count: number): Sheet {
    this.#changeRows("insertRowsAfter", { kind: "insert", at: after + 1, count });
    if (after < 1 || after > this.#sheet.rows) throw new Error("Those rows are out of bounds.");
    insertRows(this.#home.model, this.#sheet, after + 1, count, after);
    return this.#self();
  }

  insertColumnsAfter(after: number, count: number): Sheet {
    this.#change("insertColumnsAfter");
    if (after !== this.#sheet.columns) {
      throw new Error("Sheet.insertColumnsAfter in the middle of a sheet is not supported by the local Sheets");
    }
    this.#home.model.checkSize(count * this.#sheet.rows);
    this.#sheet.columns += count;
    this.#home.model.restructure();
    return this.#self();
  }

  deleteRows(first: number, count: number): void {
    this.#changeRows("deleteRows", { kind: "delete", at: first, count });
    const { rows, frozen } = this.#sheet;
    if (first < 1 || count < 1 || first + count - 1 > rows) throw new Error("Those rows are out of bounds.");
    if (count === rows) throw new Error("You can't delete all the rows on the sheet.");
    if (first <= frozen.rows + 1 && first + count - 1 >= rows) {
      throw new Error("Sorry, it is not possible to delete all non-frozen rows.");
    }
    deleteRows(this.#home.model, this.#sheet, first, count);
  }

  getRange(first: number | string, column?: number, height = 1, width = 1): ScriptRange {
    this.#call("getRange");
    const area = typeof first === "string" ? this.#areaOf(first) : areaAt(first, column, height, width);
    if (!contains(this.#sheet.whole, area)) throw new Error(outside);
    return this.#home.make.range(this.#home, this.#sheet, area);
  }

  getDataRange(): ScriptRange {
    this.#call("getDataRange");
    const { lastRow, lastColumn } = this.#sheet;
    const area = { top: 1, left: 1, bottom: Math.max(1, lastRow), right: Math.max(1, lastColumn) };
    return this.#home.make.range(this.#home, this.#sheet, area);
  }

  getRangeList(notations: string[]): GoogleAppsScript.Spreadsheet.RangeList {
    this.#call("getRangeList");
    if (notations.length === 0) throw new Error("A list of ranges needs one range at least.");
    const areas = [...notations].map((notation) => this.#areaOf(notation));
    if (!areas.every((area) => contains(this.#sheet.whole, area))) throw new Error(outside);
    return makeRangeList(this.#home, this.#sheet, areas);
  }

  getFilter(): GoogleAppsScript.Spreadsheet.Filter | null {
    this.#call("getFilter");
    return this.#sheet.filter ? showFilter(this.#home, this.#sheet) : null;
  }

  setFrozenRows(rows: number): void {
    this.#change("setFrozenRows");
    if (rows < 0 || rows >= this.#sheet.rows) throw new Error("You can't freeze all visible rows on the sheet.");
    if (this.#sheet.merges.some(({ top, bottom }) => top <= rows && bottom > rows)) {
      throw new Error("You can't freeze rows which contain only part of a merged cell.");
    }
    this.#sheet.frozen = { ...this.#sheet.frozen, rows };
  }

  setFrozenColumns(columns: number): void {
    this.#change("setFrozenColumns");
    if (columns < 0 || columns >= this.#sheet.columns) {
      throw new Error("You can't freeze all visible columns on the sheet.");
    }
    if (this.#sheet.merges.some(({ left, right }) => left <= columns && right > columns)) {
      throw new Error("You can't freeze columns which contain only part of a merged cell.");
    }
    this.#sheet.frozen = { ...this.#sheet.frozen, columns };
  }

  setColumnWidth(column: number, pixels: number): Sheet {
    return this.#setWidths("setColumnWidth", column, 1, pixels);
  }

  setColumnWidths(first: number, count: number, pixels: number): Sheet {
    return this.#setWidths("setColumnWidths", first, count, pixels);
  }

  setRowHeight(row: number, pixels: number): Sheet {
    return this.#setHeights("setRowHeight", row, 1, pixels);
  }

  setRowHeights(first: number, count: number, pixels: number): Sheet {
    return this.#setHeights("setRowHeights", first, count, pixels);
  }

  hideColumns(first: number, count = 1): void {
    this.#change("hideColumns");
    this.#eachColumn(first, count, (column) => {
      this.#sheet.columnSizes.set(column, { ...this.#sheet.columnSizes.get(column), hidden: true });
    });
  }

  showColumns(first: number, count = 1): void {
    this.#change("showColumns");
    this.#eachColumn(first, count, (column) => {
      const { hidden: _hidden, ...size } = this.#sheet.columnSizes.get(column) ?? {};
      this.#sheet.columnSizes.set(column, size);
    });
  }

  getColumnGroupDepth(column: number): number {
    this.#call("getColumnGroupDepth");
    this.#eachColumn(column, 1, () => {});
    return this.#sheet.columnSizes.get(column)?.depth ?? 0;
  }

  setConditionalFormatRules(rules: GoogleAppsScript.Spreadsheet.ConditionalFormatRule[]): void {
    this.#change("setConditionalFormatRules", true);
    this.#sheet.conditionalFormats = formatsFor(this.#sheet, rules);
  }

  getConditionalFormatRules(): GoogleAppsScript.Spreadsheet.ConditionalFormatRule[] {
    this.#call("getConditionalFormatRules", true);
    return this.#sheet.conditionalFormats.map((format) =>
      showConditionalFormat(this.#home, { sheet: this.#sheet, format }),
    );
  }

  protect(): GoogleAppsScript.Spreadsheet.Protection {
    this.#call("protect", true);
    return protect(this.#home, this.#sheet, undefined);
  }

  getProtections(type: GoogleAppsScript.Spreadsheet.ProtectionType): GoogleAppsScript.Spreadsheet.Protection[] {
    this.#call("getProtections", true);
    return protectionsOf(this.#home, this.#sheet, type);
  }

  activate(): Sheet {
    this.#call("activate");
    this.#select({ top: 1, left: 1, bottom: 1, right: 1 });
    return this.#self();
  }

  clear(...options: unknown[]): Sheet {
    this.#call("clear", true);
    if (options.length > 0) throw new Error("Sheet.clear(options) is not supported by the local Sheets");
    this.#home.model.guardCells(this.#sheet, [this.#sheet.whole], this.#actor());
    clearCells(this.#home, this.#sheet, this.#sheet.whole);
    return this.#self();
  }

  getParent(): GoogleAppsScript.Spreadsheet.Spreadsheet {
    this.#call("getParent");
    return this.#home.make.spreadsheet(this.#home);
  }

  setActiveRange(range: ScriptRange): ScriptRange {
    this.#call("setActiveRange");
    this.#select(this.#ownArea(range));
    return range;
  }

  setActiveSelection(selection: ScriptRange | string): ScriptRange {
    this.#call("setActiveSelection");
    const area = typeof selection === "string" ? this.#areaOf(selection) : this.#ownArea(selection);
    this.#select(area);
    return this.#home.make.range(this.#home, this.#sheet, area);
  }

  #setWidths(method: string, first: number, count: number, pixels: number): Sheet {
    this.#change(method);
    this.#eachColumn(first, count, (column) => {
      this.#sheet.columnSizes.set(column, { ...this.#sheet.columnSizes.get(column), pixels });
    });
    return this.#self();
  }

  #setHeights(method: string, first: number, count: number, pixels: number): Sheet {
    this.#change(method);
    if (first < 1 || first + count - 1 > this.#sheet.rows) throw new Error("Those rows are out of bounds.");
    for (let row = first; row < first + count; row += 1) this.#sheet.heights.set(row, pixels);
    return this.#self();
  }

  #eachColumn(first: number, count: number, visit: (column: number) => void): void {
    if (first < 1 || first + count - 1 > this.#sheet.columns) throw new Error("Those columns are out of bounds.");
    for (let column = first; column < first + count; column += 1) visit(column);
  }

  #areaOf(notation: string): Area {
    const found = readNotation(notation, this.#sheet);
    if (found === undefined || (found.sheet !== undefined && found.sheet !== this.#sheet.name)) {
      throw new Error(`Range not found: ${notation}`);
    }
    return found.area;
  }

  #ownArea(range: ScriptRange): Area {
    const { sheet, areas } = ranges.get(range);
    if (sheet !== this.#sheet) throw new Error("The range is not on this sheet.");
    return areas[0] as Area;
  }

  #select(area: Area): void {
    this.#home.model.selections.set(this.#actor(), { sheet: this.#sheet, area });
  }

  #actor(): string {
    return this.#home.environment.actor();
  }

  #call(method: string, movesCells = false): void {
    this.#home.environment.call(`Sheet.${method}`, movesCells);
    if (!this.#home.model.sheets.includes(this.#sheet)) throw new Error("The sheet has been deleted.");
  }

  #change(method: string, movesCells = false): void {
    this.#call(method, movesCells);
    this.#home.model.guardSheet(this.#sheet, this.#actor());
  }

  /** Rows may not come in between, or go from, protected ones. */
  #changeRows(method: string, { kind, at, count }: RowShift): void {
    this.#change(method);
    const { access } = this.#home.model;
    for (const protection of this.#sheet.protections) {
      const { area } = protection;
      if (area === undefined || protection.allows(this.#actor(), access)) continue;
      const isTouched =
        kind === "insert" ? area.top < at && at <= area.bottom : area.top < at + count && at <= area.bottom;
      if (isTouched) throw new ProtectedError();
    }
  }

  #self(): Sheet {
    return standInFor<Sheet>(this);
  }
}

function areaAt(row: number, column: number | undefined, height: number, width: number): Area {
  if (column === undefined || !Number.isInteger(row) || !Number.isInteger(column)) {
    throw new Error("The parameters don't match the method signature for SpreadsheetApp.Sheet.getRange.");
  }
  if (row < 1) throw new Error("The starting row of the range is too small.");
  if (column < 1) throw new Error("The starting column of the range is too small.");
  if (height < 1) throw new Error("The number of rows in the range must be at least 1.");
  if (width < 1) throw new Error("The number of columns in the range must be at least 1.");
  return { top: row, left: column, bottom: row + height - 1, right: column + width - 1 };
}

export function makeSheet(home: Home, sheet: SheetModel): Sheet {
  const shown = refuseUnsupported<Sheet>("Sheet", new FakeSheet(home, sheet));
  return sheets.add(shown, sheet);
}
