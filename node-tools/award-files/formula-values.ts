/**
 * Formulas bear their values in the file, so that a program that does not calculate (a preview, a phone, Excel before
 * editing is allowed) shows them too.
 */
import { isOwnFormula } from "../../apps-script/core/application-book/application-book.ts";
import { addToGroup } from "../../apps-script/core/text/group-by.ts";
import { applySheetPatch } from "../../apps-script/core/workbook/apply-patch.ts";
import { quoteSheet } from "../../apps-script/core/workbook/formula.ts";
import type {
  Area,
  CellEdit,
  CellValue,
  SheetPatch,
  SheetSnapshot,
  WorkbookPatch,
  WorkbookSnapshot,
} from "../../apps-script/core/workbook/port.ts";
import { ChangedCells } from "../calculator/changed-cells.ts";
import { Calculation, type Result } from "../calculator/index.ts";
import { parseFormula } from "../calculator/parse.ts";
import { referencesIn } from "../calculator/references.ts";
import { snapshotSource } from "../calculator/snapshot-source.ts";

/** A workbook as a host keeps it. */
export interface Workbook {
  readonly snapshot: WorkbookSnapshot;
  apply(patch: WorkbookPatch): void;
  toBuffer(): Uint8Array;
  /** As `toBuffer`, beside what else is done. */
  toBytes(): Promise<Uint8Array>;
}

type FormulaValue = Extract<CellValue, { kind: "formula" }>;

interface PlacedFormula {
  readonly sheet: string;
  readonly row: number;
  readonly column: number;
  readonly value: FormulaValue;
}

type Rows = SheetSnapshot["rows"];

/** A sheet as it was before it was first written to, and what has been written since. */
interface WrittenSheet {
  /** None where the sheet is new or its rows have moved. */
  readonly before: Rows | undefined;
  readonly patches: SheetPatch[];
}

type Cells = Pick<SheetSnapshot, "name" | "hidden" | "rows">;

/** Keeps the values of our formulas true: on saving those are calculated that hang on changed cells. */
export class CalculatedWorkbook implements Workbook {
  readonly #written = new Map<string, WrittenSheet>();
  #hasMovedRows = false;

  /** @param isMeant whose values are kept true; as in the programs that people use, of all with `() => true` */
  constructor(
    private readonly workbook: Workbook,
    private readonly isMeant: (formula: string) => boolean = isOwnFormula,
  ) {}

  get snapshot(): WorkbookSnapshot {
    return this.workbook.snapshot;
  }

  apply(patch: WorkbookPatch): void {
    const sheets = patch.sheets.map((sheet) => this.#remember(sheet));
    this.workbook.apply({ ...patch, sheets });
  }

  toBuffer(): Uint8Array {
    this.#writeValues();
    return this.workbook.toBuffer();
  }

  async toBytes(): Promise<Uint8Array> {
    this.#writeValues();
    return this.workbook.toBytes();
  }

  #writeValues(): void {
    const sheets = this.#newValues();
    this.#written.clear();
    this.#hasMovedRows = false;
    if (sheets.length > 0) this.workbook.apply({ sheets });
  }

  /** The patch; formulas that stand there already keep their values. */
  #remember(patch: SheetPatch): SheetPatch {
    const { name, edits = [], clearFrom, insertRows = [] } = patch;
    if (edits.length === 0 && clearFrom === undefined && insertRows.length === 0) return patch;
    if (insertRows.length > 0) this.#hasMovedRows = true;
    const sheet = this.workbook.snapshot.sheets.find((each) => each.name === name);
    let written = this.#written.get(name);
    if (!written) {
      // What has been read is at hand; once it is changed it would have to be read again.
      written = { before: this.#hasMovedRows ? undefined : sheet?.rows, patches: [] };
      this.#written.set(name, written);
    }
    const { before, patches } = written;
    const kept =
      before && sheet?.hidden === false && edits.some(({ value }) => isFormula(value))
        ? { ...patch, edits: edits.map((edit) => withValue(edit, before)) }
        : patch;
    patches.push(kept);
    return kept;
  }

  /** The cells as they are now. */
  #cells(changed: ChangedCells): Cells[] {
    const { sheets } = this.workbook.snapshot;
    if (this.#hasMovedRows) return [...sheets];
    return sheets.map((sheet): Cells => {
      const { name, hidden } = sheet;
      const written = this.#written.get(name);
      if (!written) return sheet;
      if (written.before && !changed.sheets.includes(name)) return { name, hidden, rows: written.before };
      let rows: Rows | undefined;
      return {
        name,
        hidden,
        get rows() {
          const start: SheetSnapshot = { name, hidden, rows: written.before ?? [], notes: new Map() };
          rows ??= written.patches.reduce(applySheetPatch, start).rows;
          return rows;
        },
      };
    });
  }

  #newValues(): SheetPatch[] {
    const changed = new ChangedCells();
    for (const [sheet, { before, patches }] of this.#written) {
      if (!before) changed.addSheet(sheet);
      else for (const patch of patches) for (const area of changedAreas(before, patch)) changed.add({ sheet, ...area });
    }
    if (changed.sheets.length === 0) return [];
    const sheets = this.#cells(changed);
    const meant = sheets.filter(({ hidden }) => !hidden).flatMap((sheet) => formulasOf(sheet, this.isMeant));
    const stale = mayChangeAll(sheets, changed) ? meant : dependents(meant, changed);
    if (stale.length === 0) return [];
    const calculation = new Calculation(snapshotSource({ sheets }));
    const edits = new Map<string, CellEdit[]>();
    for (const { sheet, row, column, value } of stale) {
      const result = resultFor(calculation.valueOf(sheet, row, column));
      if (result !== value.result) addToGroup(edits, sheet, { row, column, value: { ...value, result } });
    }
    return [...edits].map(([name, all]) => ({ name, edits: all }));
  }
}

/** A formula with the value that it has where it stands already. */
function withValue(edit: CellEdit, before: Rows): CellEdit {
  const { row, column, value } = edit;
  if (!isFormula(value) || value.result !== null) return edit;
  const present = before[row - 1]?.[column - 1];
  return isFormula(present) && isSameCell(present, value)
    ? { ...edit, value: { ...value, result: present.result } }
    : edit;
}

const isBlank = (value: CellValue | undefined) => value === undefined || value === null || value === "";

/** Whether cells hold the same; of formulas the values do not count. */
function isSameCell(a: CellValue | undefined, b: CellValue | undefined): boolean {
  if (a === b || (isBlank(a) && isBlank(b))) return true;
  if (typeof a !== "object" || typeof b !== "object") return false;
  if (!isFormula(a) || !isFormula(b)) return JSON.stringify(a) === JSON.stringify(b);
  return a.formula === b.formula && isSameArea(a.array, b.array);
}

function isSameArea(a: Area | undefined, b: Area | undefined): boolean {
  return a?.top === b?.top && a?.left === b?.left && a?.bottom === b?.bottom && a?.right === b?.right;
}

const oneCell = (row: number, column: number): Area => ({ top: row, bottom: row, left: column, right: column });

/** The cells that are others after a patch. */
function* changedAreas(before: Rows, { edits = [], clearFrom }: SheetPatch): Iterable<Area> {
  const edited = new Set<number>();
  for (const { row, column, value } of edits) {
    if (clearFrom !== undefined) edited.add(row * widestSheet + column);
    if (!isSameCell(before[row - 1]?.[column - 1], value)) yield oneCell(row, column);
  }
  if (clearFrom === undefined) return;
  for (let row = clearFrom; row <= before.length; row += 1) {
    for (const [i, value] of (before[row - 1] ?? []).entries()) {
      if (!isBlank(value) && !edited.has(row * widestSheet + i + 1)) yield oneCell(row, i + 1);
    }
  }
}

/** Columns of a sheet in Excel. */
const widestSheet = 16_384;

/** The sheets as formulas name them. */
function spellingsOf(sheets: readonly string[]): string[] {
  return sheets.flatMap((name) => [`${name}!`, `${quoteSheet(name)}!`]);
}

/** Whether a hidden sheet with formulas, on which all else hangs, has changed or names a sheet that has. */
function mayChangeAll(sheets: readonly Cells[], changed: ChangedCells): boolean {
  const names = spellingsOf(changed.sheets);
  return sheets.some(({ name, hidden, rows }) => {
    if (!hidden) return false;
    const meant = changed.sheets.includes(name) ? isFormula : (cell: CellValue) => namesOneOf(names, cell);
    return rows.some((cells) => cells.some(meant));
  });
}

/** Formulas that have no value yet, and those that look at changed cells or at each other. */
function dependents(formulas: readonly PlacedFormula[], changed: ChangedCells): PlacedFormula[] {
  const sheets = new Set(changed.sheets);
  const names = spellingsOf(changed.sheets);
  let waiting = formulas
    .filter(({ sheet, value }) => value.result !== null && (sheets.has(sheet) || namesOneOf(names, value)))
    .map((formula) => {
      const { sheet, row, column, value } = formula;
      const node = parseFormula(value.formula);
      const own = { sheet, ...oneCell(row, column) };
      const place = { sheet, row, column, rowShift: 0, columnShift: 0 };
      return { formula, own, looksAt: [own, ...(node ? referencesIn(node, place) : [])] };
    });
  const found = formulas.filter(({ value }) => value.result === null);
  for (let before = -1; before !== found.length; ) {
    before = found.length;
    waiting = waiting.filter(({ formula, own, looksAt }) => {
      if (!looksAt.some((area) => changed.touch(area))) return true;
      found.push(formula);
      changed.add(own);
      return false;
    });
  }
  return found;
}

function isFormula(value: CellValue | undefined): value is FormulaValue {
  return typeof value === "object" && value?.kind === "formula";
}

function namesOneOf(spellings: readonly string[], cell: CellValue): boolean {
  return isFormula(cell) && spellings.some((each) => cell.formula.includes(each));
}

function formulasOf({ name, rows }: Cells, isMeant: (formula: string) => boolean): PlacedFormula[] {
  const found: PlacedFormula[] = [];
  rows.forEach((cells, r) => {
    cells.forEach((value, c) => {
      if (isFormula(value) && isMeant(value.formula)) found.push({ sheet: name, row: r + 1, column: c + 1, value });
    });
  });
  return found;
}

/** An error says that our calculator does not know the formula as people changed it: then no value is better than that. */
function resultFor(result: Result): FormulaValue["result"] {
  return typeof result === "object" ? null : result;
}
