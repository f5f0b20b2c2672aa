import { areaAddress } from "../../../../apps-script/core/workbook/addresses.ts";
import type { Area } from "../../../../apps-script/core/workbook/port.ts";
import { moveFormula } from "../../../xlsx/references.ts";
import { displayText } from "../../display-text.ts";
import { defineEnumeration } from "../enumeration.ts";
import { refuseUnsupported, standInFor } from "../unsupported.ts";
import { cellArea, columnsOf, contains, intersects, rowsOf, sizeOf } from "./areas.ts";
import { CellSetters, cellsOf, clearContents, type SupportedBySetters, writeOrThrow } from "./cell-setters.ts";
import { plainValue } from "./cell-values.ts";
import { makeRule, ruleFor, rules } from "./data-validation.ts";
import { showFilter } from "./filter.ts";
import { checkSize, guardCells, type Home, ranges, readArgument, scriptValue } from "./home.ts";
import { type LookChange, lookChangers, readColour, showColour } from "./look.ts";
import { protect } from "./protection.ts";
import { isFormula, type SheetModel } from "./sheet-model.ts";
import type { CellInput } from "./write-cells.ts";

type ScriptRange = GoogleAppsScript.Spreadsheet.Range;

type SupportedOfRange =
  | SupportedBySetters
  | "setDataValidation"
  | "setDataValidations"
  | "copyTo"
  | "getValues"
  | "setValues"
  | "getDisplayValues"
  | "getFormulas"
  | "setFormula"
  | "setFormulas"
  | "getNotes"
  | "setNotes"
  | "setNote"
  | "getBackgrounds"
  | "getNumberFormats"
  | "getCell"
  | "setBackgrounds"
  | "setNumberFormats"
  | "getDataValidations"
  | "clearFormat"
  | "clear"
  | "merge"
  | "breakApart"
  | "getMergedRanges"
  | "protect"
  | "activate"
  | "createFilter"
  | "shiftColumnGroupDepth"
  | "getRow"
  | "getColumn"
  | "getNumRows"
  | "getNumColumns"
  | "getLastRow"
  | "getLastColumn"
  | "getA1Notation"
  | "getSheet";

export const WrapStrategy = defineEnumeration("WRAP", "OVERFLOW", "CLIP");

export const CopyPasteType = defineEnumeration("PASTE_NORMAL", "PASTE_FORMAT", "PASTE_DATA_VALIDATION");

/** Beyond it the platform leaves a depth as it is. */
const deepestGroup = 8;

const noLook = {
  fontFamily: undefined,
  fontSize: undefined,
  bold: undefined,
  fontColor: undefined,
  background: undefined,
  horizontal: undefined,
  vertical: undefined,
  wrap: undefined,
  numberFormat: undefined,
  top: undefined,
  left: undefined,
  bottom: undefined,
  right: undefined,
} as const;

class FakeRange extends CellSetters<ScriptRange> implements Pick<ScriptRange, SupportedOfRange> {
  readonly #home: Home;
  readonly #sheet: SheetModel;
  readonly #area: Area;

  constructor(home: Home, sheet: SheetModel, area: Area) {
    super("Range", { home, sheet, areas: [area] });
    this.#home = home;
    this.#sheet = sheet;
    this.#area = area;
  }

  // biome-ignore lint/suspicious/noExplicitAny: as published
  getValues(): any[][] {
    this.#read("getValues");
    return this.#table((row, column) => scriptValue(this.#home, this.#sheet, row, column));
  }

  getDisplayValues(): string[][] {
    this.#read("getDisplayValues");
    return this.#table((row, column) => {
      const format = this.#sheet.looks.get(row, column)?.numberFormat;
      return displayText(plainValue(this.#home.model.valueOf(this.#sheet, row, column), format), format);
    });
  }

  getFormulas(): string[][] {
    this.#read("getFormulas");
    return this.#table((row, column) => {
      const content = this.#sheet.contents.get(row, column);
      return isFormula(content) ? `=${content.formula}` : "";
    });
  }

  getNotes(): string[][] {
    this.#read("getNotes");
    return this.#table((row, column) => this.#sheet.notes.get(row, column) ?? "");
  }

  getBackgrounds(): string[][] {
    this.#read("getBackgrounds");
    return this.#table((row, column) => showColour(this.#sheet.looks.get(row, column)?.background ?? "FFFFFF"));
  }

  /** Counted from the first cell of the range, which is 1, 1. */
  getCell(row: number, column: number): ScriptRange {
    this.#call("getCell");
    const cell = cellArea(this.#area.top + row - 1, this.#area.left + column - 1);
    if (!contains(this.#area, cell)) throw new Error("Cell reference out of range");
    return this.#home.make.range(this.#home, this.#sheet, cell);
  }

  getNumberFormats(): string[][] {
    this.#read("getNumberFormats");
    return this.#table((row, column) => this.#sheet.looks.get(row, column)?.numberFormat ?? "General");
  }

  getDataValidations(): (GoogleAppsScript.Spreadsheet.DataValidation | null)[][] {
    this.#read("getDataValidations");
    return this.#table((row, column) => {
      const rule = this.#sheet.rules.get(row, column);
      return rule ? makeRule(this.#home, rule) : null;
    });
  }

  setValues(values: readonly (readonly unknown[])[]): ScriptRange {
    this.#write("setValues", values);
    const inputs = this.#inputs(values, (value, row, column) =>
      readArgument(this.#home, value, this.#sheet.looks.get(row, column)?.numberFormat),
    );
    return this.#put(inputs);
  }

  setFormula(formula: string): ScriptRange {
    this.#write("setFormula");
    const text = String(formula).replace(/^=/, "");
    const { top, left } = this.#area;
    const inputs = [...cellsOf(this.#area)].map(
      ([row, column]): CellInput => ({
        row,
        column,
        content: text === "" ? undefined : { formula: moveFormula(text, row - top, column - left) },
      }),
    );
    return this.#put(inputs);
  }

  setFormulas(formulas: string[][]): ScriptRange {
    this.#write("setFormulas", formulas);
    const inputs = this.#inputs(formulas, (value) => {
      const text = String(value ?? "").replace(/^=/, "");
      return { content: text === "" ? undefined : { formula: text } };
    });
    return this.#put(inputs);
  }

  setNote(note: string | null): ScriptRange {
    this.#write("setNote");
    for (const [row, column] of cellsOf(this.#area)) this.#sheet.notes.set(row, column, note || undefined);
    return this.#self();
  }

  setNotes(notes: (string | null)[][]): ScriptRange {
    this.#write("setNotes", notes);
    this.#each(notes, (note, row, column) => this.#sheet.notes.set(row, column, note || undefined));
    return this.#self();
  }

  setBackgrounds(colours: (string | null)[][]): ScriptRange {
    this.#write("setBackgrounds", colours);
    this.#changeEach(colours, (colour) => ({ background: readColour(colour) }));
    return this.#self();
  }

  setNumberFormats(formats: string[][]): ScriptRange {
    this.#write("setNumberFormats", formats);
    this.#changeEach(formats, (format) => ({
      numberFormat: format === "" || format === "General" ? undefined : format,
    }));
    return this.#self();
  }

  setDataValidation(rule: GoogleAppsScript.Spreadsheet.DataValidation | null): ScriptRange {
    this.#write("setDataValidation");
    const placed = rule === null ? undefined : ruleFor(rules.get(rule), this.#area);
    for (const [row, column] of cellsOf(this.#area)) this.#sheet.rules.set(row, column, placed);
    return this.#self();
  }

  setDataValidations(table: (GoogleAppsScript.Spreadsheet.DataValidation | null)[][]): ScriptRange {
    this.#write("setDataValidations", table);
    this.#each(table, (rule, row, column) => {
      const placed =
        rule === null ? undefined : ruleFor(rules.get(rule), { top: row, left: column, bottom: row, right: column });
      this.#sheet.rules.set(row, column, placed);
    });
    return this.#self();
  }

  /** One row's looks or validations, again and again over the rows of the destination. */
  copyTo(destination: ScriptRange, type?: unknown, transposed?: boolean): void {
    this.#read("copyTo");
    const isKnown = type === CopyPasteType.PASTE_DATA_VALIDATION || type === CopyPasteType.PASTE_FORMAT;
    if (!isKnown || transposed || rowsOf(this.#area) !== 1)
      throw new Error(
        "Range.copyTo of anything but one row of looks or validations is not supported by the local Sheets",
      );
    const cells = ranges.get(destination);
    guardCells(cells);
    for (const area of cells.areas) {
      if (columnsOf(area) !== columnsOf(this.#area))
        throw new Error("Range.copyTo between different widths is not supported by the local Sheets");
      for (const [row, column] of cellsOf(area)) {
        const from = this.#area.left + column - area.left;
        if (type === CopyPasteType.PASTE_FORMAT) {
          cells.sheet.looks.set(row, column, this.#sheet.looks.get(this.#area.top, from));
          continue;
        }
        // A formula counts from the cell that the rule was set on, so it moves along.
        cells.sheet.rules.set(row, column, this.#sheet.rules.get(this.#area.top, from));
      }
    }
  }

  clearFormat(): ScriptRange {
    this.#write("clearFormat");
    this.#sheet.changeLooks(this.#area, noLook);
    return this.#self();
  }

  clear(...options: unknown[]): ScriptRange {
    this.#write("clear");
    if (options.length > 0) throw new Error("Range.clear(options) is not supported by the local Sheets");
    clearCells(this.#home, this.#sheet, this.#area);
    return this.#self();
  }

  merge(): ScriptRange {
    this.#write("merge");
    const { frozen, merges } = this.#sheet;
    const isCut = (first: number, last: number, edge: number) => first <= edge && last > edge;
    if (isCut(this.#area.top, this.#area.bottom, frozen.rows)) {
      throw new Error("You can't merge frozen and non-frozen rows.");
    }
    if (isCut(this.#area.left, this.#area.right, frozen.columns)) {
      throw new Error("You can't merge frozen and non-frozen columns.");
    }
    this.#guardMerges();
    if (sizeOf(this.#area) === 1) return this.#self();
    const { top, left } = this.#area;
    for (const [row, column] of cellsOf(this.#area)) {
      if (row !== top || column !== left) this.#home.model.setContent(this.#sheet, row, column, undefined);
    }
    this.#sheet.merges = [...merges.filter((merge) => !intersects(merge, this.#area)), this.#area];
    return this.#self();
  }

  breakApart(): ScriptRange {
    this.#write("breakApart");
    this.#guardMerges();
    this.#sheet.merges = this.#sheet.merges.filter((merge) => !intersects(merge, this.#area));
    return this.#self();
  }

  getMergedRanges(): ScriptRange[] {
    this.#call("getMergedRanges");
    return this.#sheet.merges
      .filter((merge) => intersects(merge, this.#area))
      .map((merge) => this.#home.make.range(this.#home, this.#sheet, merge));
  }

  protect(): GoogleAppsScript.Spreadsheet.Protection {
    this.#home.environment.call("Range.protect", true);
    return protect(this.#home, this.#sheet, this.#area);
  }

  activate(): ScriptRange {
    this.#call("activate");
    const { model, environment } = this.#home;
    model.selections.set(environment.actor(), { sheet: this.#sheet, area: this.#area });
    return this.#self();
  }

  shiftColumnGroupDepth(delta: number): ScriptRange {
    this.#call("shiftColumnGroupDepth");
    this.#home.model.guardSheet(this.#sheet, this.#home.environment.actor());
    const { columnSizes } = this.#sheet;
    for (let column = this.#area.left; column <= this.#area.right; column += 1) {
      const { depth = 0, ...size } = columnSizes.get(column) ?? {};
      const shifted = Math.min(deepestGroup, Math.max(0, depth + delta));
      columnSizes.set(column, shifted > 0 ? { ...size, depth: shifted } : size);
    }
    return this.#self();
  }

  createFilter(): GoogleAppsScript.Spreadsheet.Filter {
    this.#call("createFilter");
    guardCells({ home: this.#home, sheet: this.#sheet, areas: [this.#area] });
    if (this.#sheet.filter) throw new Error("You can't create a filter in a sheet that already has a filter.");
    this.#sheet.filter = this.#area;
    return showFilter(this.#home, this.#sheet);
  }

  getRow(): number {
    this.#call("getRow");
    return this.#area.top;
  }

  getColumn(): number {
    this.#call("getColumn");
    return this.#area.left;
  }

  getNumRows(): number {
    this.#call("getNumRows");
    return rowsOf(this.#area);
  }

  getNumColumns(): number {
    this.#call("getNumColumns");
    return columnsOf(this.#area);
  }

  getLastRow(): number {
    this.#call("getLastRow");
    return this.#area.bottom;
  }

  getLastColumn(): number {
    this.#call("getLastColumn");
    return this.#area.right;
  }

  getA1Notation(): string {
    this.#call("getA1Notation");
    return areaAddress(this.#area);
  }

  getSheet(): GoogleAppsScript.Spreadsheet.Sheet {
    this.#call("getSheet");
    return this.#home.make.sheet(this.#home, this.#sheet);
  }

  #call(method: string): void {
    this.#home.environment.call(`Range.${method}`);
  }

  #read(method: string): void {
    this.#home.environment.call(`Range.${method}`, true, sizeOf(this.#area));
    // Rows may have gone since the range was made.
    if (!contains(this.#sheet.whole, this.#area)) {
      throw new Error("The coordinates of the range are outside the dimensions of the sheet.");
    }
  }

  #write(method: string, table?: readonly (readonly unknown[])[]): void {
    this.#read(method);
    if (table) checkSize(table, rowsOf(this.#area), columnsOf(this.#area));
    guardCells({ home: this.#home, sheet: this.#sheet, areas: [this.#area] });
  }

  #guardMerges(): void {
    if (this.#sheet.merges.every((merge) => !intersects(merge, this.#area) || contains(this.#area, merge))) return;
    throw new Error("You must select all cells in a merged range to merge or unmerge them.");
  }

  #table<T>(cellAt: (row: number, column: number) => T): T[][] {
    const { top, left } = this.#area;
    const [height, width] = [rowsOf(this.#area), columnsOf(this.#area)];
    return Array.from({ length: height }, (_, i) => Array.from({ length: width }, (_, j) => cellAt(top + i, left + j)));
  }

  #each<T>(table: readonly (readonly T[])[], visit: (value: T, row: number, column: number) => void): void {
    const { top, left } = this.#area;
    for (let i = 0; i < table.length; i += 1) {
      const cells = table[i] as readonly T[];
      for (let j = 0; j < cells.length; j += 1) visit(cells[j] as T, top + i, left + j);
    }
  }

  #changeEach<T>(table: readonly (readonly T[])[], change: (value: T) => LookChange): void {
    const changers = lookChangers();
    const { looks } = this.#sheet;
    this.#each(table, (value, row, column) => {
      looks.set(row, column, changers(String(value), () => change(value))(looks.get(row, column)));
    });
  }

  #inputs<T>(
    table: readonly (readonly T[])[],
    read: (value: T, row: number, column: number) => Pick<CellInput, "content" | "numberFormat">,
  ): CellInput[] {
    const inputs: CellInput[] = [];
    this.#each(table, (value, row, column) => inputs.push({ row, column, ...read(value, row, column) }));
    return inputs;
  }

  #put(inputs: readonly CellInput[]): ScriptRange {
    writeOrThrow({ home: this.#home, sheet: this.#sheet, areas: [this.#area] }, inputs);
    return this.#self();
  }

  #self(): ScriptRange {
    return standInFor<ScriptRange>(this);
  }
}

/** Contents and looks; notes stay. */
export function clearCells(home: Home, sheet: SheetModel, area: Area): void {
  clearContents(home.model, sheet, area);
  sheet.clearGrid(sheet.looks, area);
  if (home.environment.doubts.clearTakesValidations) sheet.clearGrid(sheet.rules, area);
}

export function makeRange(home: Home, sheet: SheetModel, area: Area): ScriptRange {
  const range = refuseUnsupported<ScriptRange>("Range", new FakeRange(home, sheet, area));
  return ranges.add(range, { home, sheet, areas: [area] });
}
