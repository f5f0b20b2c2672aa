import { cellAddress } from "../../../../apps-script/core/workbook/addresses.ts";
import type { Area } from "../../../../apps-script/core/workbook/port.ts";
import { moveFormula } from "../../../xlsx/references.ts";
import { type Cells, cellCount, guardCells, readArgument } from "./home.ts";
import { type LookChange, lookChangers, readColour, type Side } from "./look.ts";
import { isFormula, type SheetModel } from "./sheet-model.ts";
import type { SheetsModel } from "./sheets-model.ts";
import { type CellInput, InputRefusal, writeInputs } from "./write-cells.ts";

/** Members of both, as their published types call them. */
export type SupportedBySetters =
  | "setValue"
  | "setBackground"
  | "setNumberFormat"
  | "setFontColor"
  | "setFontWeight"
  | "setHorizontalAlignment"
  | "setVerticalAlignment"
  | "setWrap"
  | "setFontSize"
  | "setFontFamily"
  | "setWrapStrategy"
  | "setBorder"
  | "clearContent"
  | "clearNote"
  | "clearDataValidations";

/** @throws Error with the message of the platform */
export function writeOrThrow({ home, sheet }: Cells, inputs: readonly CellInput[]): void {
  try {
    writeInputs(home.model, sheet, inputs);
  } catch (error) {
    if (!(error instanceof InputRefusal)) throw error;
    throw new Error(
      error.reason === "too long"
        ? "Your input contains more than the maximum of 50000 characters in a single cell."
        : `The data you entered in cell ${cellAddress(error.row, error.column)} violates the data validation rules set on this cell.`,
    );
  }
}

export function* cellsOf(area: Area): IterableIterator<[row: number, column: number]> {
  for (let row = area.top; row <= area.bottom; row += 1) {
    for (let column = area.left; column <= area.right; column += 1) yield [row, column];
  }
}

export function clearContents(model: SheetsModel, sheet: SheetModel, area: Area): void {
  for (const [row, column] of cellsOf({ ...area, bottom: Math.min(area.bottom, sheet.contents.lastRow) })) {
    if (sheet.contents.get(row, column) !== undefined) model.setContent(sheet, row, column, undefined);
  }
}

/** What Range and RangeList do alike: one thing to all of their cells. */
export abstract class CellSetters<Self> {
  readonly #type: string;
  readonly #cells: Cells;

  constructor(type: string, cells: Cells) {
    this.#type = type;
    this.#cells = cells;
  }

  #begin(method: string): Cells {
    this.#cells.home.environment.call(`${this.#type}.${method}`, true, cellCount(this.#cells));
    guardCells(this.#cells);
    return this.#cells;
  }

  #self(): Self {
    return this as unknown as Self;
  }

  #changeLooks(method: string, change: LookChange): Self {
    const { sheet, areas } = this.#begin(method);
    for (const area of areas) sheet.changeLooks(area, change);
    return this.#self();
  }

  setValue(value: unknown): Self {
    const cells = this.#begin("setValue");
    const { home, sheet, areas } = cells;
    const inputs = areas.flatMap((area) =>
      [...cellsOf(area)].map(([row, column]): CellInput => {
        const typed = readArgument(home, value, sheet.looks.get(row, column)?.numberFormat);
        if (!isFormula(typed.content)) return { row, column, ...typed };
        const formula = moveFormula(typed.content.formula, row - area.top, column - area.left);
        return { row, column, content: { formula } };
      }),
    );
    writeOrThrow(cells, inputs);
    return this.#self();
  }

  clearContent(): Self {
    const { home, sheet, areas } = this.#begin("clearContent");
    for (const area of areas) clearContents(home.model, sheet, area);
    return this.#self();
  }

  clearNote(): Self {
    const { sheet, areas } = this.#begin("clearNote");
    for (const area of areas) sheet.clearGrid(sheet.notes, area);
    return this.#self();
  }

  clearDataValidations(): Self {
    const { sheet, areas } = this.#begin("clearDataValidations");
    for (const area of areas) sheet.clearGrid(sheet.rules, area);
    return this.#self();
  }

  setBackground(colour: string | null): Self {
    return this.#changeLooks("setBackground", { background: readColour(colour) });
  }

  setFontColor(colour: string | null): Self {
    return this.#changeLooks("setFontColor", { fontColor: readColour(colour) });
  }

  setFontWeight(weight: string | null): Self {
    if (weight !== null && weight !== "bold" && weight !== "normal") throw new Error(`Invalid argument: ${weight}`);
    return this.#changeLooks("setFontWeight", { bold: weight === "bold" || undefined });
  }

  setNumberFormat(numberFormat: string): Self {
    return this.#changeLooks("setNumberFormat", {
      numberFormat: numberFormat === "General" ? undefined : numberFormat || undefined,
    });
  }

  setHorizontalAlignment(alignment: "left" | "center" | "normal" | "right" | null): Self {
    const isKnown = alignment === "left" || alignment === "center" || alignment === "right";
    if (!isKnown && alignment !== "normal" && alignment !== null) throw new Error(`Invalid argument: ${alignment}`);
    return this.#changeLooks("setHorizontalAlignment", { horizontal: isKnown ? alignment : undefined });
  }

  setVerticalAlignment(alignment: "top" | "middle" | "bottom" | null): Self {
    if (alignment !== null && !["top", "middle", "bottom"].includes(alignment)) {
      throw new Error(`Invalid argument: ${alignment}`);
    }
    return this.#changeLooks("setVerticalAlignment", { vertical: alignment ?? undefined });
  }

  setWrap(isWrapped: boolean): Self {
    return this.#changeLooks("setWrap", { wrap: isWrapped ? "WRAP" : undefined });
  }

  setWrapStrategy(strategy: GoogleAppsScript.Spreadsheet.WrapStrategy): Self {
    const name = String(strategy);
    if (name !== "WRAP" && name !== "CLIP" && name !== "OVERFLOW") throw new Error(`Invalid argument: ${name}`);
    return this.#changeLooks("setWrapStrategy", { wrap: name === "OVERFLOW" ? undefined : name });
  }

  setFontSize(size: number): Self {
    return this.#changeLooks("setFontSize", { fontSize: size });
  }

  setFontFamily(family: string | null): Self {
    return this.#changeLooks("setFontFamily", { fontFamily: family ?? undefined });
  }

  /** null leaves a side as it is, false takes its line off. */
  setBorder(
    top: boolean | null,
    left: boolean | null,
    bottom: boolean | null,
    right: boolean | null,
    vertical: boolean | null,
    horizontal: boolean | null,
    colour: string | null = null,
    style: unknown = null,
  ): Self {
    const { sheet, areas } = this.#begin("setBorder");
    const line = `${style === null ? "SOLID" : String(style)} ${readColour(colour) ?? "000000"}`;
    const changers = lookChangers();
    const wanted = (area: Area, row: number, column: number): readonly [Side, boolean | null][] => [
      ["top", row === area.top ? top : horizontal],
      ["bottom", row === area.bottom ? bottom : horizontal],
      ["left", column === area.left ? left : vertical],
      ["right", column === area.right ? right : vertical],
    ];
    for (const area of areas) {
      for (const [row, column] of cellsOf(area)) {
        const sides = wanted(area, row, column);
        const change = changers(sides.join(), () =>
          Object.fromEntries(sides.flatMap(([side, has]) => (has === null ? [] : [[side, has ? line : undefined]]))),
        );
        sheet.looks.set(row, column, change(sheet.looks.get(row, column)));
      }
    }
    return this.#self();
  }
}
