import type { CellStyle, PlainValue } from "../../../apps-script/core/workbook/port.ts";
import { displayText, inputText } from "../display-text.ts";
import type { CellView, SheetView, WindowView } from "../protocol.ts";
import { plainValue } from "../services/spreadsheet/cell-values.ts";
import { styleOfLook } from "../services/spreadsheet/look.ts";
import type { SpreadsheetModel } from "../services/spreadsheet/model.ts";
import { type ConditionalFormat, isFormula, type SheetModel } from "../services/spreadsheet/sheet-model.ts";
import type { ValidationRule } from "../services/spreadsheet/validation-rule.ts";
import { cellCss, mergeStyles } from "./cell-css.ts";

const spareRows = 20;
const leastRows = 60;
const leastColumns = 20;
const usualPixels = 100;

export function describeSheet(sheet: SheetModel): SheetView {
  const laidOut = Math.max(leastColumns, ...sheet.columnSizes.keys());
  return {
    name: sheet.name,
    hidden: sheet.isHidden,
    tabColor: sheet.tabColor ? `#${sheet.tabColor}` : "",
    rows: Math.min(sheet.rows, Math.max(leastRows, sheet.lastRow + spareRows)),
    columns: Math.min(sheet.columns, Math.max(laidOut, sheet.lastColumn + 2)),
    frozenRows: sheet.frozen.rows,
    frozenColumns: sheet.frozen.columns,
    widths: Object.fromEntries(
      [...sheet.columnSizes].map(([column, { pixels, hidden }]) => [column, hidden ? 0 : (pixels ?? usualPixels)]),
    ),
    heights: Object.fromEntries(sheet.heights),
    merges: sheet.merges,
  };
}

/** The cells of these rows that show something, as this user sees them. */
export function pictureRows(
  model: SpreadsheetModel,
  sheet: SheetModel,
  rows: { readonly top: number; readonly bottom: number },
  user: string,
): WindowView {
  const { columns } = describeSheet(sheet);
  const formats = sheet.conditionalFormats.filter(({ ranges }) =>
    ranges.some((range) => range.top <= rows.bottom && range.bottom >= rows.top),
  );
  const guarded = !model.mayEdit(user) || sheet.protections.length > 0;
  const css = new Interned<string>();
  const lists = new Interned<readonly string[]>();
  const cssOfLook = new Map<unknown, { style: CellStyle; css: string }>();
  const entriesOfRule = new Map<ValidationRule, number>();
  const result: Record<number, Record<number, CellView>> = {};
  for (let row = rows.top; row <= Math.min(rows.bottom, sheet.rows); row += 1) {
    const rowFormats = formats.map((format) => ({ format, isPerRow: saysTheSameOfARow(format), holds: undefined }));
    const cells: Record<number, CellView> = {};
    for (let column = 1; column <= columns; column += 1) {
      const look = sheet.looks.get(row, column);
      let own = cssOfLook.get(look);
      if (!own) {
        const style = look ? styleOfLook(look) : {};
        own = { style, css: cellCss(style) };
        cssOfLook.set(look, own);
      }
      const format = conditionalStyle(model, sheet, rowFormats, row, column);
      const style = format ? cellCss(mergeStyles([own.style, format])) : own.css;
      const value = plainValue(model.valueOf(sheet, row, column), look?.numberFormat);
      const shown = displayText(value, look?.numberFormat);
      const input = inputOf(model, sheet, row, column);
      const note = sheet.notes.get(row, column);
      const rule = sheet.rules.get(row, column);
      const link = linkOf(model, sheet, row, column);
      const area = { top: row, left: column, bottom: row, right: column };
      const cell: CellView = {
        ...(shown === "" ? {} : { t: shown }),
        ...(input === shown ? {} : { i: input }),
        ...(style === "" ? {} : { s: css.indexOf(style, style) }),
        ...(note ? { note } : {}),
        ...(rule && hasList(rule) ? { list: listIndex(model, rule, entriesOfRule, lists) } : {}),
        ...(guarded && !model.mayWrite(sheet, area, user) ? { locked: true as const } : {}),
        ...(link === undefined ? {} : { link }),
        ...(look?.horizontal === undefined && isRightAligned(value) ? { right: true as const } : {}),
      };
      if (Object.keys(cell).length > 0) cells[column] = cell;
    }
    if (Object.keys(cells).length > 0) result[row] = cells;
  }
  return { styles: css.items, lists: lists.items, rows: result };
}

/** What the formula bar shows: typed again, it makes the same. What an array formula spilled here is nobody's to type. */
export function inputOf(model: SpreadsheetModel, sheet: SheetModel, row: number, column: number): string {
  const content = sheet.contents.get(row, column);
  if (content === undefined) return "";
  if (isFormula(content)) return `=${content.formula}`;
  const format = sheet.looks.get(row, column)?.numberFormat;
  return inputText(plainValue(model.valueOf(sheet, row, column), format), format);
}

/** Where a formula that is nothing but a link leads: `#'案例'!B5` or an address. */
function linkOf(model: SpreadsheetModel, sheet: SheetModel, row: number, column: number): string | undefined {
  const content = sheet.contents.get(row, column);
  if (!isFormula(content)) return undefined;
  const url = /^HYPERLINK\(\s*"((?:[^"]|"")*)"/i.exec(content.formula)?.[1]?.replaceAll('""', '"');
  const [, id, range] = /^#gid=(\d+)&range=(\S+)$/.exec(url ?? "") ?? [];
  const target = id === undefined ? undefined : model.sheetOfId(Number(id));
  return target ? `#'${target.name.replaceAll("'", "''")}'!${range}` : url;
}

interface RowFormat {
  readonly format: ConditionalFormat;
  readonly isPerRow: boolean;
  holds: boolean | undefined;
}

/** A formula that names columns only with `$` says the same of every cell of a row. */
function saysTheSameOfARow({ formula }: ConditionalFormat): boolean {
  const bare = formula.replace(/"[^"]*"/g, '""');
  return !/(?<![$A-Za-z.])[A-Z]{1,3}\$?\d/.test(bare) && !/COLUMN/i.test(bare);
}

/** The first format that holds wins, property by property. */
function conditionalStyle(
  model: SpreadsheetModel,
  sheet: SheetModel,
  formats: readonly RowFormat[],
  row: number,
  column: number,
): CellStyle | undefined {
  let style: CellStyle | undefined;
  for (const each of formats) {
    const { ranges, formula, background, fontColor, bold } = each.format;
    const [first] = ranges;
    const isIn = ranges.some(
      (range) => row >= range.top && row <= range.bottom && column >= range.left && column <= range.right,
    );
    if (!first || !isIn) continue;
    const judge = () => {
      const result = model.evaluate(formula.replace(/^=/, ""), sheet, row, column, {
        row: first.top,
        column: first.left,
      });
      return result === true || (typeof result === "number" && result !== 0);
    };
    if (each.isPerRow) each.holds ??= judge();
    if (!(each.holds ?? judge())) continue;
    const font = { ...(fontColor ? { color: fontColor } : {}), ...(bold ? { bold } : {}) };
    style = mergeStyles([{ font, ...(background ? { fill: background } : {}) }, style ?? {}]);
  }
  return style;
}

function hasList({ criterion, showDropdown }: ValidationRule): boolean {
  return showDropdown && (criterion.kind === "VALUE_IN_LIST" || criterion.kind === "VALUE_IN_RANGE");
}

function listIndex(
  model: SpreadsheetModel,
  rule: ValidationRule,
  known: Map<ValidationRule, number>,
  lists: Interned<readonly string[]>,
): number {
  let index = known.get(rule);
  if (index === undefined) {
    index = lists.indexOf(entriesOf(model, rule));
    known.set(rule, index);
  }
  return index;
}

function entriesOf(model: SpreadsheetModel, { criterion }: ValidationRule): readonly string[] {
  if (criterion.kind === "VALUE_IN_LIST") return criterion.values;
  const sheet = criterion.kind === "VALUE_IN_RANGE" ? model.sheetOfId(criterion.sheet) : undefined;
  if (criterion.kind !== "VALUE_IN_RANGE" || !sheet) return [];
  const { top, left, bottom, right } = criterion.area;
  const entries: string[] = [];
  for (let row = top; row <= Math.min(bottom, sheet.lastRow); row += 1) {
    for (let column = left; column <= right; column += 1) {
      const format = sheet.looks.get(row, column)?.numberFormat;
      const text = displayText(plainValue(model.valueOf(sheet, row, column), format), format);
      if (text !== "") entries.push(text);
    }
  }
  return entries;
}

function isRightAligned(value: PlainValue): boolean {
  return typeof value === "number" || (typeof value === "object" && value !== null && value.kind !== "error");
}

/** A list without repetitions; items are found by a key. */
class Interned<T> {
  readonly items: T[] = [];
  readonly #places = new Map<string, number>();

  indexOf(item: T, key = JSON.stringify(item)): number {
    const place = this.#places.get(key) ?? this.items.push(item) - 1;
    this.#places.set(key, place);
    return place;
  }
}
