/**
 * Formulas bear their values in the file, so that a program that does not calculate (a preview, a phone, Excel before
 * editing is allowed) shows them too.
 */
import { isOwnFormula } from "../../apps-script/core/application-book/application-book.ts";
import { addToGroup } from "../../apps-script/core/text/group-by.ts";
import { applySheetPatch } from "../../apps-script/core/workbook/apply-patch.ts";
import { quoteSheet } from "../../apps-script/core/workbook/formula.ts";
import type {
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
}

type FormulaValue = Extract<CellValue, { kind: "formula" }>;

interface OwnFormula {
  readonly sheet: string;
  readonly row: number;
  readonly column: number;
  readonly value: FormulaValue;
}

/** A sheet as it was before it was first changed, and what has changed since. */
interface ChangedSheet {
  readonly before: Pick<SheetSnapshot, "rows"> | undefined;
  readonly patches: SheetPatch[];
}

type Cells = Pick<SheetSnapshot, "name" | "hidden" | "rows">;

/** Keeps the values of our formulas true: on saving those are calculated that hang on changed cells. */
export class CalculatedWorkbook implements Workbook {
  readonly #changed = new Map<string, ChangedSheet>();
  #hasMovedRows = false;

  constructor(private readonly workbook: Workbook) {}

  get snapshot(): WorkbookSnapshot {
    return this.workbook.snapshot;
  }

  apply(patch: WorkbookPatch): void {
    for (const sheet of patch.sheets) this.#remember(sheet);
    this.workbook.apply(patch);
  }

  toBuffer(): Uint8Array {
    const sheets = this.#changed.size === 0 ? [] : this.#valuesOf(this.#cells());
    this.#changed.clear();
    if (sheets.length > 0) this.workbook.apply({ sheets });
    return this.workbook.toBuffer();
  }

  #remember(patch: SheetPatch): void {
    const { name, edits = [], clearFrom, insertRows = [] } = patch;
    if (edits.length === 0 && clearFrom === undefined && insertRows.length === 0) return;
    if (insertRows.length > 0) this.#hasMovedRows = true;
    const known = this.#changed.get(name);
    if (known) known.patches.push(patch);
    else {
      const sheet = this.workbook.snapshot.sheets.find((each) => each.name === name);
      // What has been read is at hand; after the change it would have to be read again.
      const before = sheet && clearFrom !== 1 ? { rows: sheet.rows } : undefined;
      this.#changed.set(name, { before, patches: [patch] });
    }
  }

  /** The cells as they are now. */
  #cells(): Cells[] {
    const { sheets } = this.workbook.snapshot;
    if (this.#hasMovedRows) return [...sheets];
    return sheets.map((sheet): Cells => {
      const { name, hidden } = sheet;
      const changed = this.#changed.get(name);
      if (!changed) return sheet;
      let rows: SheetSnapshot["rows"] | undefined;
      return {
        name,
        hidden,
        get rows() {
          const start: SheetSnapshot = { name, hidden, rows: changed.before?.rows ?? [], notes: new Map() };
          rows ??= changed.patches.reduce(applySheetPatch, start).rows;
          return rows;
        },
      };
    });
  }

  #valuesOf(sheets: readonly Cells[]): SheetPatch[] {
    const own = sheets.filter(({ hidden }) => !hidden).flatMap(ownFormulas);
    const stale = this.#mayChangeAll(sheets) ? own : this.#dependents(own);
    if (stale.length === 0) return [];
    const calculation = new Calculation(snapshotSource({ sheets }));
    const edits = new Map<string, CellEdit[]>();
    for (const { sheet, row, column, value } of stale) {
      const result = resultFor(calculation.valueOf(sheet, row, column));
      if (result !== value.result) addToGroup(edits, sheet, { row, column, value: { ...value, result } });
    }
    return [...edits].map(([name, own]) => ({ name, edits: own }));
  }

  /** Whether a hidden sheet, on which all else hangs, has new formulas or some that name a changed sheet. */
  #mayChangeAll(sheets: readonly Cells[]): boolean {
    const names = this.#spellings();
    return sheets.some(({ name, hidden, rows }) => {
      if (!hidden) return false;
      const patches = this.#changed.get(name)?.patches ?? [];
      if (patches.some(({ edits = [] }) => edits.some(({ value }) => isFormula(value)))) return true;
      return rows.some((cells) => cells.some((cell) => isFormula(cell) && namesOneOf(names, cell)));
    });
  }

  /** The changed sheets as formulas name them. */
  #spellings(): string[] {
    return [...this.#changed.keys()].flatMap((name) => [`${name}!`, `${quoteSheet(name)}!`]);
  }

  /** Formulas that were written, and those that look at changed cells or at each other. */
  #dependents(formulas: readonly OwnFormula[]): OwnFormula[] {
    const changed = new ChangedCells();
    for (const [sheet, { patches }] of this.#changed) {
      for (const { edits = [], clearFrom } of patches) {
        for (const { row, column } of edits) changed.add({ sheet, top: row, bottom: row, left: column, right: column });
        if (clearFrom === undefined) continue;
        changed.add({ sheet, top: clearFrom, bottom: Number.POSITIVE_INFINITY, left: 1, right: widestSheet });
      }
    }
    const names = this.#spellings();
    let waiting = formulas
      .filter(({ sheet, value }) => this.#changed.has(sheet) || namesOneOf(names, value))
      .map((formula) => {
        const { sheet, row, column, value } = formula;
        const node = parseFormula(value.formula);
        const own = { sheet, top: row, bottom: row, left: column, right: column };
        const place = { sheet, row, column, rowShift: 0, columnShift: 0 };
        return { formula, own, looksAt: [own, ...(node ? referencesIn(node, place) : [])] };
      });
    const found: OwnFormula[] = [];
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
}

/** Columns of a sheet in Excel. */
const widestSheet = 16_384;

function isFormula(value: CellValue | undefined): value is FormulaValue {
  return typeof value === "object" && value?.kind === "formula";
}

function namesOneOf(spellings: readonly string[], { formula }: FormulaValue): boolean {
  return spellings.some((each) => formula.includes(each));
}

function ownFormulas({ name, rows }: Cells): OwnFormula[] {
  const own: OwnFormula[] = [];
  rows.forEach((cells, r) => {
    cells.forEach((value, c) => {
      if (isFormula(value) && isOwnFormula(value.formula)) own.push({ sheet: name, row: r + 1, column: c + 1, value });
    });
  });
  return own;
}

/** An error says that our calculator does not know the formula as people changed it: then no value is better than that. */
function resultFor(result: Result): FormulaValue["result"] {
  return typeof result === "object" ? null : result;
}
