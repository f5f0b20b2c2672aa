import { mapFormulaRows, moveFormula } from "../../../xlsx/references.ts";
import { type RowShift, shiftArea, shiftAreas } from "./areas.ts";
import { isFormula, type SheetModel } from "./sheet-model.ts";
import type { SheetsModel } from "./sheets-model.ts";
import type { ValidationRule } from "./validation-rule.ts";

/**
 * Empty rows come in before row `before`; everything below moves down, and references on every sheet follow.
 *
 * @param like row (as counted before) whose looks and validations the new rows get
 */
export function insertRows(model: SheetsModel, sheet: SheetModel, before: number, count: number, like?: number): void {
  if (count < 1) return;
  model.checkSize(count * sheet.columns);
  const shift: RowShift = { kind: "insert", at: before, count };
  for (const grid of [sheet.contents, sheet.notes, sheet.looks, sheet.rules]) grid.insertRows(before, count);
  sheet.rows += count;
  if (like !== undefined) {
    const from = like >= before ? like + count : like;
    for (let row = before; row < before + count; row += 1) {
      sheet.looks.copyRow(from, row);
      sheet.rules.copyRow(from, row);
    }
  }
  moveRest(model, sheet, shift);
}

export function deleteRows(model: SheetsModel, sheet: SheetModel, first: number, count: number): void {
  if (count < 1) return;
  const shift: RowShift = { kind: "delete", at: first, count };
  for (const grid of [sheet.contents, sheet.notes, sheet.looks, sheet.rules]) grid.deleteRows(first, count);
  sheet.rows -= count;
  sheet.frozen.rows = Math.min(sheet.frozen.rows, sheet.rows - 1);
  moveRest(model, sheet, shift);
}

function moveRest(model: SheetsModel, sheet: SheetModel, shift: RowShift): void {
  const heights = [...sheet.heights].flatMap(([row, pixels]) => {
    const moved = shiftArea({ top: row, bottom: row, left: 1, right: 1 }, shift);
    return moved ? [[moved.top, pixels] as const] : [];
  });
  sheet.heights = new Map(heights);
  sheet.merges = shiftAreas(sheet.merges, shift);
  sheet.filter = sheet.filter && shiftArea(sheet.filter, shift);
  sheet.protections = sheet.protections.filter((protection) => protection.shift(shift));
  for (const selection of model.selections.values()) {
    if (selection.sheet === sheet) selection.area = shiftArea(selection.area, shift) ?? selection.area;
  }
  for (const each of model.sheets) {
    moveFormulas(model, each, sheet, shift);
    moveRules(each, sheet, shift);
    each.conditionalFormats = each.conditionalFormats.flatMap((format) => {
      const ranges = each === sheet ? shiftAreas(format.ranges, shift) : format.ranges;
      const top = each === sheet ? format.ranges[0]?.top : undefined;
      const formula = moveText(fromSurvivor(format.formula, top, shift), each, sheet, shift);
      return ranges.length === 0 ? [] : [{ ...format, ranges, formula }];
    });
  }
  model.restructure();
}

function moveFormulas(model: SheetsModel, each: SheetModel, moved: SheetModel, shift: RowShift): void {
  for (const [row, column, content] of each.contents.entries()) {
    if (!isFormula(content)) continue;
    const formula = moveLinks(moveText(content.formula, each, moved, shift), moved, shift);
    if (formula !== content.formula) model.setContent(each, row, column, { formula });
  }
  each.findSpillers();
}

/** References of a formula that stands on `home`. */
function moveText(formula: string, home: SheetModel, moved: SheetModel, shift: RowShift): string {
  // Most formulas of other sheets name no cell of this one.
  if (home !== moved && !formula.includes(moved.name.replaceAll("'", "''"))) return formula;
  const end = shift.at + shift.count;
  return mapFormulaRows(formula, home.name, moved.name, (row, edge) => {
    if (shift.kind === "insert") return row >= shift.at ? row + shift.count : row;
    if (row < shift.at) return row;
    if (row >= end) return row - shift.count;
    return edge === "first" ? shift.at : edge === "last" ? shift.at - 1 : 0;
  });
}

/** A link to a cell of the spreadsheet names it in an address. */
function moveLinks(formula: string, moved: SheetModel, shift: RowShift): string {
  const prefix = `#gid=${moved.id}&range=`;
  if (!formula.includes(prefix)) return formula;
  return formula.replace(/(#gid=(\d+)&range=[A-Z]+)(\d+)/g, (whole, start: string, id: string, row: string) => {
    if (Number(id) !== moved.id) return whole;
    const area = shiftArea({ top: Number(row), bottom: Number(row), left: 1, right: 1 }, shift);
    return area ? `${start}${area.top}` : whole;
  });
}

function moveRules(each: SheetModel, moved: SheetModel, shift: RowShift): void {
  const results = new Map<ValidationRule, ValidationRule>();
  for (const [row, column, rule] of each.rules.entries()) {
    let result = results.get(rule);
    if (result === undefined) {
      result = moveRule(rule, each, moved, shift);
      results.set(rule, result);
    }
    if (result !== rule) each.rules.set(row, column, result);
  }
}

function moveRule(rule: ValidationRule, home: SheetModel, moved: SheetModel, shift: RowShift): ValidationRule {
  const { criterion } = rule;
  if (criterion.kind === "VALUE_IN_RANGE" && criterion.sheet === moved.id) {
    const area = shiftArea(criterion.area, shift);
    return area ? { ...rule, criterion: { ...criterion, area } } : rule;
  }
  if (criterion.kind !== "CUSTOM_FORMULA") return rule;
  const { row, column } = criterion.origin;
  const formula = moveText(
    fromSurvivor(criterion.formula, home === moved ? row : undefined, shift),
    home,
    moved,
    shift,
  );
  const origin = home === moved ? shiftRow(row, shift) : row;
  return { ...rule, criterion: { ...criterion, formula, origin: { row: origin, column } } };
}

/** A row, or the first one after it that does not go. */
function shiftRow(row: number, { kind, at, count }: RowShift): number {
  if (row < at) return row;
  return kind === "insert" ? row + count : Math.max(at, row - count);
}

/** When the cell goes away that a formula counts from, it counts from the first cell that stays. */
function fromSurvivor(formula: string, row: number | undefined, { kind, at, count }: RowShift): string {
  const end = at + count;
  if (row === undefined || kind === "insert" || row < at || row >= end) return formula;
  return `=${moveFormula(formula.slice(1), end - row, 0)}`;
}
