import type { Area, WorkbookPatch } from "../../../../apps-script/core/workbook/port.ts";
import { intersects, isCovered } from "./areas.ts";
import {
  type Calculator,
  type FormulaSource,
  type MakeCalculator,
  makeCalculation,
  type Result,
} from "./calculator.ts";
import { ProtectedError } from "./protected-error.ts";
import type { FileAccess, ProtectionModel } from "./protection-model.ts";
import { isFormula, SheetModel } from "./sheet-model.ts";
import type { Content } from "./typed-value.ts";

const largestSpreadsheet = 10_000_000;
const firstSheetName = "工作表1";
/** Over so many changed cells everything is calculated again. */
const manyChanges = 20_000;

/** What a spreadsheet learns when it becomes a file. */
export interface ModelSurroundings {
  readonly access: FileAccess;
  now(): number;
}

/** A spreadsheet that is no file yet: whoever has it may do everything. */
const nobodyElse: ModelSurroundings = {
  access: { rightOf: () => "owner", owner: () => "", editors: () => [], isOfDomain: () => false },
  now: Date.now,
};

export interface DeveloperMetadata {
  readonly key: string;
  value: string | null;
  /** The spreadsheet whose script alone sees it; absent where every script does. */
  readonly project?: string | undefined;
}

/** The sheets of a spreadsheet, what its formulas show, and who may write where. */
export class SheetsModel {
  readonly sheets: SheetModel[] = [];
  timeZone = "Asia/Shanghai";
  locale = "zh_CN";
  readonly metadata: DeveloperMetadata[] = [];
  /** What each user has selected, by e-mail. */
  readonly selections = new Map<string, { sheet: SheetModel; area: Area }>();
  fileProperties: WorkbookPatch["properties"];
  #surroundings = nobodyElse;
  readonly #calculator: Calculator;
  #changes: { sheet: string; row: number; column: number }[] = [];
  #isStale = false;
  #nextSheet = 0;

  constructor(makeCalculator: MakeCalculator = makeCalculation) {
    this.#calculator = makeCalculator(this.#formulaSource(), () => this.now());
  }

  attach(surroundings: ModelSurroundings): void {
    this.#surroundings = surroundings;
  }

  get access(): FileAccess {
    return this.#surroundings.access;
  }

  now(): number {
    return this.#surroundings.now();
  }

  /** A spreadsheet has one sheet at least. */
  ensureSheet(rows?: number, columns?: number): void {
    if (this.sheets.length === 0) this.addSheet(firstSheetName, 0, rows, columns);
  }

  select(user: string, sheetName: string, row: number, column: number): void {
    const sheet = this.sheetNamed(sheetName);
    if (sheet === undefined) throw new Error(`no sheet ${sheetName}`);
    this.selections.set(user, { sheet, area: { top: row, left: column, bottom: row, right: column } });
  }

  selectionOf(user: string): { sheet: string; row: number; column: number } {
    const { sheet, area } = this.selected(user);
    return { sheet: sheet.name, row: area.top, column: area.left };
  }

  sheetNamed(name: string): SheetModel | undefined {
    return this.sheets.find((sheet) => sheet.name === name);
  }

  sheetOfId(id: number): SheetModel | undefined {
    return this.sheets.find((sheet) => sheet.id === id);
  }

  /** @param index 0-based place among the sheets */
  addSheet(name: string, index: number, rows?: number, columns?: number): SheetModel {
    // The platform gives the first sheet 0 and the others numbers without order.
    const id = this.#nextSheet === 0 ? 0 : (this.#nextSheet * 2_654_435_761) % 2_147_483_647;
    this.#nextSheet += 1;
    const sheet = new SheetModel(id, name, rows, columns);
    this.checkSize(sheet.rows * sheet.columns);
    this.sheets.splice(index, 0, sheet);
    this.restructure();
    return sheet;
  }

  /** Becomes a copy: sheets keep their numbers, metadata and settings come along, rights do not. */
  copyFrom(source: SheetsModel, protections: "lost" | "open" | "kept"): void {
    this.#copyFrom(source, (sheet) => {
      if (protections === "lost") return [];
      // Those of areas are lost where those of sheets are open.
      const kept = sheet.protections.filter(({ area }) => protections === "kept" || area === undefined);
      return kept.map((each) => each.copy(protections === "open"));
    });
  }

  /** Becomes the same spreadsheet in a copied world. */
  twinOf(source: SheetsModel): void {
    this.#copyFrom(source, ({ protections }) => protections.map((each) => each.twin()));
    for (const [user, { sheet, area }] of source.selections) {
      const twin = this.sheetOfId(sheet.id);
      if (twin !== undefined) this.selections.set(user, { sheet: twin, area });
    }
  }

  #copyFrom(source: SheetsModel, protectionsOf: (sheet: SheetModel) => ProtectionModel[]): void {
    const copies = source.sheets.map((sheet) => {
      const made = sheet.copy();
      made.protections = protectionsOf(sheet);
      return made;
    });
    this.sheets.splice(0, this.sheets.length, ...copies);
    this.#nextSheet = source.#nextSheet;
    this.timeZone = source.timeZone;
    this.locale = source.locale;
    this.metadata.splice(0, this.metadata.length, ...source.metadata.map((entry) => ({ ...entry })));
    this.fileProperties = source.fileProperties;
    this.restructure();
  }

  /** @throws Error when the spreadsheet would become larger than the platform allows */
  checkSize(moreCells: number): void {
    const cells = this.sheets.reduce((sum, sheet) => sum + sheet.rows * sheet.columns, moreCells);
    if (cells <= largestSpreadsheet) return;
    throw new Error(
      `This action would increase the number of cells in the workbook above the limit of ${largestSpreadsheet} cells.`,
    );
  }

  setContent(sheet: SheetModel, row: number, column: number, content: Content | undefined): void {
    sheet.setContent(row, column, content);
    if (this.#isStale) return;
    this.#changes.push({ sheet: sheet.name, row, column });
    if (this.#changes.length > manyChanges) this.restructure();
  }

  /** Sheets, names or rows have moved: every formula is calculated again when next looked at. */
  restructure(): void {
    this.#isStale = true;
    this.#changes = [];
  }

  /** What a cell shows; null when it is empty, dates as serial numbers. */
  valueOf(sheet: SheetModel, row: number, column: number): Result {
    const content = sheet.contents.get(row, column);
    if (content !== undefined && !isFormula(content)) return content;
    if (content === undefined && !sheet.hasSpillers) return null;
    return this.#calculated().valueOf(sheet.name, row, column);
  }

  /** A formula (without `=`) as if it stood in a cell, its relative references counting from `origin`. */
  evaluate(
    formula: string,
    sheet: SheetModel,
    row: number,
    column: number,
    origin?: { readonly row: number; readonly column: number },
  ): Result {
    return this.#calculated().evaluate(formula, sheet.name, row, column, origin);
  }

  mayEdit(user: string): boolean {
    const right = this.access.rightOf(user);
    return right === "owner" || right === "edit";
  }

  mayWrite(sheet: SheetModel, area: Area, user: string): boolean {
    if (!this.mayEdit(user)) return false;
    return sheet.protections.every((protection) => {
      if (protection.allows(user, this.access)) return true;
      if (protection.area !== undefined) return !intersects(protection.area, area);
      return isCovered(area, protection.unprotected);
    });
  }

  /** @throws ProtectedError */
  guardCells(sheet: SheetModel, areas: readonly Area[], user: string): void {
    if (!areas.every((area) => this.mayWrite(sheet, area, user))) throw new ProtectedError();
  }

  /** Of what belongs to the sheet as a whole: its name, rows, columns, filter. @throws ProtectedError */
  guardSheet(sheet: SheetModel, user: string): void {
    const closed = sheet.protections.filter(({ area }) => area === undefined);
    if (!this.mayEdit(user) || !closed.every((each) => each.allows(user, this.access))) throw new ProtectedError();
  }

  selected(user: string): { sheet: SheetModel; area: Area } {
    const selected = this.selections.get(user);
    if (selected !== undefined && this.sheets.includes(selected.sheet)) return selected;
    const sheet = this.sheets.find(({ isHidden }) => !isHidden) ?? this.sheets[0];
    if (sheet === undefined) throw new Error("a spreadsheet without a sheet");
    return { sheet, area: { top: 1, left: 1, bottom: 1, right: 1 } };
  }

  #calculated(): Calculator {
    if (this.#isStale) this.#calculator.invalidate();
    else if (this.#changes.length > 0) this.#calculator.invalidate(this.#changes);
    this.#isStale = false;
    this.#changes = [];
    return this.#calculator;
  }

  #formulaSource(): FormulaSource {
    return {
      sheetNames: () => this.sheets.map((sheet) => sheet.name),
      cell: (name, row, column) => {
        const content = this.sheetNamed(name)?.contents.get(row, column);
        return isFormula(content) ? content : { value: content ?? null };
      },
      filled: (name) => this.sheetNamed(name)?.contents.entries() ?? [],
      extent: (name) => {
        const sheet = this.sheetNamed(name);
        return { rows: sheet?.rows ?? 0, columns: sheet?.columns ?? 0 };
      },
    };
  }
}
