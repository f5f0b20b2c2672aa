import type { Area } from "../../../../apps-script/core/workbook/port.ts";
import { kindOfFormat } from "../../../xlsx/cell-values.ts";
import { isFormula, type SheetModel } from "./sheet-model.ts";
import type { SheetsModel } from "./sheets-model.ts";
import type { TypedValue } from "./typed-value.ts";
import { satisfies } from "./validation-rule.ts";

export interface CellInput extends TypedValue {
  readonly row: number;
  readonly column: number;
}

const longestContent = 50_000;

/** What a cell may not hold, and where. */
export class InputRefusal extends Error {
  readonly reason: "too long" | "invalid";
  readonly row: number;
  readonly column: number;

  constructor(reason: "too long" | "invalid", { row, column }: CellInput) {
    super(reason);
    this.reason = reason;
    this.row = row;
    this.column = column;
  }
}

/**
 * Writes all of the cells or, when one of them may not hold what it should, none. Cells that are covered by a merged
 * cell take nothing.
 *
 * @throws InputRefusal
 */
export function writeInputs(model: SheetsModel, sheet: SheetModel, inputs: readonly CellInput[]): void {
  for (const input of inputs) {
    const { content } = input;
    const text = isFormula(content) ? content.formula : content;
    if (typeof text === "string" && text.length > longestContent) throw new InputRefusal("too long", input);
  }
  const open = sheet.merges.length === 0 ? inputs : inputs.filter(({ row, column }) => !sheet.isCovered(row, column));
  const before = open.map(({ row, column }) => ({ row, column, content: sheet.contents.get(row, column) }));
  for (const { row, column, content } of open) model.setContent(sheet, row, column, content);
  const refused = open.find((input) => !isAllowed(model, sheet, input));
  if (refused !== undefined) {
    for (const { row, column, content } of before) model.setContent(sheet, row, column, content);
    throw new InputRefusal("invalid", refused);
  }
  for (const { row, column, numberFormat } of open) {
    if (numberFormat !== undefined) adoptFormat(sheet, row, column, numberFormat);
  }
}

/** A date makes its cell a date cell; a percentage, only where the cell has no format of its own. */
function adoptFormat(sheet: SheetModel, row: number, column: number, numberFormat: string): void {
  const present = sheet.looks.get(row, column)?.numberFormat;
  const kind = kindOfFormat(numberFormat);
  if (present !== undefined && (kind === "number" || kindOfFormat(present) !== "number")) return;
  sheet.changeLooks({ top: row, left: column, bottom: row, right: column }, { numberFormat });
}

function isAllowed(model: SheetsModel, sheet: SheetModel, { row, column, content }: CellInput): boolean {
  const rule = sheet.rules.get(row, column);
  if (rule === undefined || content === undefined || isFormula(content)) return true;
  return satisfies(
    rule,
    content,
    (id, area) => choicesIn(model, model.sheetOfId(id), area),
    (formula, origin) => model.evaluate(formula, sheet, row, column, origin),
  );
}

function* choicesIn(
  model: SheetsModel,
  sheet: SheetModel | undefined,
  area: Area,
): IterableIterator<string | number | boolean> {
  if (sheet === undefined) return;
  for (let row = area.top; row <= Math.min(area.bottom, sheet.lastRow); row += 1) {
    for (let column = area.left; column <= area.right; column += 1) {
      const value = model.valueOf(sheet, row, column);
      if (value !== null && value !== "" && typeof value !== "object") yield value;
    }
  }
}
