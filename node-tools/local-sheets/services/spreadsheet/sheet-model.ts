import type { Area, PrintSetup } from "../../../../apps-script/core/workbook/port.ts";
import { areasOfEqual, cellArea, contains } from "./areas.ts";
import { Grid } from "./grid.ts";
import { type Look, type LookChange, lookChanger } from "./look.ts";
import type { ProtectionModel } from "./protection-model.ts";
import type { Content, FormulaContent } from "./typed-value.ts";
import type { ValidationRule } from "./validation-rule.ts";

export interface ConditionalFormat {
  readonly ranges: readonly Area[];
  /** With the leading `=`; relative references count from the top left cell of the first range. */
  readonly formula: string;
  readonly background?: string;
  readonly fontColor?: string;
  readonly bold?: boolean;
}

export interface ColumnSize {
  readonly pixels?: number;
  readonly hidden?: boolean;
  /** How many groups of columns it lies in. */
  readonly depth?: number;
}

const usualRows = 1_000;
const usualColumns = 26;

/** Functions whose result may fill more cells than their own. */
const spilling =
  /\b(?:ARRAYFORMULA|ARRAY_CONSTRAIN|FILTER|FREQUENCY|QUERY|SEQUENCE|SORT|SPLIT|TRANSPOSE|UNIQUE)\(|^\s*\{/i;
const constrained = /^ARRAY_CONSTRAIN\(.*,\s*(\d+)\s*,\s*(\d+)\s*\)$/is;

export const isFormula = (content: Content | undefined): content is FormulaContent => typeof content === "object";

/** One sheet as the platform keeps it; who may change it is asked elsewhere. */
export class SheetModel {
  readonly id: number;
  name: string;
  isHidden = false;
  /** `RRGGBB` */
  tabColor: string | undefined;
  rows: number;
  columns: number;
  readonly contents = new Grid<Content>();
  readonly notes = new Grid<string>();
  readonly looks = new Grid<Look>();
  readonly rules = new Grid<ValidationRule>();
  readonly columnSizes = new Map<number, ColumnSize>();
  /** Pixels by row. */
  heights = new Map<number, number>();
  frozen = { rows: 0, columns: 0 };
  filter: Area | undefined;
  merges: Area[] = [];
  conditionalFormats: ConditionalFormat[] = [];
  protections: ProtectionModel[] = [];
  /** Kept for files; scripts cannot read it on the platform. */
  print: PrintSetup | undefined;
  readonly #spillers = new Map<FormulaContent, { row: number; column: number }>();

  constructor(id: number, name: string, rows = usualRows, columns = usualColumns) {
    this.id = id;
    this.name = name;
    this.rows = rows;
    this.columns = columns;
  }

  /** As it is in a copy of its spreadsheet, protections aside. */
  copy(): SheetModel {
    const made = new SheetModel(this.id, this.name, this.rows, this.columns);
    made.isHidden = this.isHidden;
    made.tabColor = this.tabColor;
    made.contents.copyFrom(this.contents);
    made.notes.copyFrom(this.notes);
    made.looks.copyFrom(this.looks);
    made.rules.copyFrom(this.rules);
    for (const [column, size] of this.columnSizes) made.columnSizes.set(column, size);
    made.heights = new Map(this.heights);
    made.frozen = { ...this.frozen };
    made.filter = this.filter;
    made.merges = [...this.merges];
    made.conditionalFormats = [...this.conditionalFormats];
    made.print = this.print;
    for (const [content, place] of this.#spillers) made.#spillers.set(content, place);
    return made;
  }

  get whole(): Area {
    return { top: 1, left: 1, bottom: this.rows, right: this.columns };
  }

  get hasSpillers(): boolean {
    return this.#spillers.size > 0;
  }

  setContent(row: number, column: number, content: Content | undefined): void {
    const before = this.contents.get(row, column);
    if (isFormula(before)) this.#spillers.delete(before);
    const added = content === "" ? undefined : isFormula(content) ? { ...content } : content;
    this.contents.set(row, column, added);
    if (isFormula(added) && spilling.test(added.formula)) this.#spillers.set(added, { row, column });
  }

  /** After rows have moved. */
  findSpillers(): void {
    if (this.#spillers.size === 0) return;
    this.#spillers.clear();
    for (const [row, column, content] of this.contents.entries()) {
      if (isFormula(content) && spilling.test(content.formula)) this.#spillers.set(content, { row, column });
    }
  }

  /** Areas that array formulas of a fixed size fill, whatever the values there. */
  spilledAreas(): Area[] {
    return [...this.#spillers].flatMap(([{ formula }, { row, column }]) => {
      const [, rows, columns] = constrained.exec(formula) ?? [];
      if (rows === undefined || columns === undefined) return [];
      return [{ top: row, left: column, bottom: row + Number(rows) - 1, right: column + Number(columns) - 1 }];
    });
  }

  /** 0 on an empty sheet. A formula that shows nothing counts, as on the platform. */
  get lastRow(): number {
    return Math.min(this.rows, Math.max(this.contents.lastRow, ...this.spilledAreas().map((area) => area.bottom)));
  }

  get lastColumn(): number {
    return Math.min(this.columns, Math.max(this.contents.lastColumn, ...this.spilledAreas().map((area) => area.right)));
  }

  changeLooks(area: Area, change: LookChange): void {
    const changed = lookChanger(change);
    for (let row = area.top; row <= area.bottom; row += 1) {
      for (let column = area.left; column <= area.right; column += 1) {
        this.looks.set(row, column, changed(this.looks.get(row, column)));
      }
    }
  }

  clearGrid(grid: Grid<unknown>, { top, left, bottom, right }: Area): void {
    const last = Math.min(bottom, grid.lastRow);
    for (let row = top; row <= last; row += 1) {
      for (let column = left; column <= right; column += 1) grid.set(row, column, undefined);
    }
  }

  /** The merged area that a cell lies in. */
  mergeAt(row: number, column: number): Area | undefined {
    if (this.merges.length === 0) return undefined;
    const cell = cellArea(row, column);
    return this.merges.find((area) => contains(area, cell));
  }

  /** Whether a cell is covered by the first cell of its merged area. */
  isCovered(row: number, column: number): boolean {
    const merge = this.mergeAt(row, column);
    return merge !== undefined && (merge.top !== row || merge.left !== column);
  }

  /** Cells that a file's sheet protection would leave open. */
  unlockedAreas(): Area[] {
    const unlocked: [number, number, true][] = [];
    for (const [row, column, look] of this.looks.entries()) {
      if (look.locked === false) unlocked.push([row, column, true]);
    }
    return areasOfEqual(unlocked).map(({ area }) => area);
  }
}
