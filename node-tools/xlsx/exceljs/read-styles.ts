import type ExcelJS from "exceljs";
import type { Area, CellStyle } from "../../../apps-script/core/workbook/port.ts";
import { markedColours, readColour } from "../package/mark-colours.ts";
import { existingCells } from "./inner-model.ts";

type Style = Partial<ExcelJS.Style>;

/** The first two colours of every theme: paper and ink. The other ones differ from file to file. */
const themeColours = ["FFFFFF", "000000"];

function colourOf(colour: Partial<ExcelJS.Color> | undefined): string | undefined {
  if (!colour) return undefined;
  if (colour.argb) return colour.argb.slice(-6).toUpperCase();
  return colour.theme === undefined ? undefined : themeColours[colour.theme];
}

/**
 * The looks of one cell in the terms of the workbook port; undefined for a cell that has none of its own.
 * @param fillsUnderMarks colours, as JSON, that marked cells had before; those count, not the marks
 */
export function readCellStyle(style: Style, fillsUnderMarks: readonly string[]): CellStyle | undefined {
  const { horizontal, vertical, wrapText, indent } = style.alignment ?? {};
  const painted = style.fill?.type === "pattern" && style.fill.pattern === "solid" ? style.fill.fgColor : undefined;
  const mark = markedColours.get(painted?.argb ?? "");
  const fill = colourOf(mark ? readColour(fillsUnderMarks[mark.place - 1]) : painted);
  const font = readFont(style.font);
  const side = style.border?.top?.style;
  const isBoxed = side && style.border?.left && style.border.right && style.border.bottom;
  const line = colourOf(style.border?.top?.color);
  const result: CellStyle = {
    ...(font ? { font } : {}),
    ...(fill ? { fill } : {}),
    ...(horizontal === "left" || horizontal === "center" || horizontal === "right" ? { horizontal } : {}),
    ...(vertical === "top" || vertical === "middle" || vertical === "bottom" ? { vertical } : {}),
    ...(wrapText ? { wrap: true } : {}),
    ...(isBoxed ? { border: side === "medium" ? ("medium" as const) : ("thin" as const) } : {}),
    ...(isBoxed && line && line !== "000000" ? { borderColor: line } : {}),
    ...(style.numFmt && style.numFmt !== "General" ? { numberFormat: style.numFmt } : {}),
    ...(style.protection?.locked === false ? { locked: false } : {}),
    ...(indent ? { indent } : {}),
  };
  return Object.keys(result).length > 0 ? result : undefined;
}

function readFont(font: Partial<ExcelJS.Font> | undefined): CellStyle["font"] {
  // A font by the theme's scheme is the default of cells without a font of their own.
  if (!font || ((font as { scheme?: string }).scheme && !font.bold)) return undefined;
  const color = colourOf(font.color);
  const isUsual = font.name === "宋体" && font.size === 11 && !font.bold && (color ?? "000000") === "000000";
  if (isUsual) return undefined;
  return {
    ...(font.name ? { name: font.name } : {}),
    ...(font.size ? { size: font.size } : {}),
    ...(font.bold ? { bold: true } : {}),
    ...(color && color !== "000000" ? { color } : {}),
  };
}

interface Run {
  readonly left: number;
  readonly right: number;
  readonly style: CellStyle;
}

/** Areas of cells that look alike: runs within a row, joined with the same run of the row above. */
export function sameStyleAreas(
  sheet: ExcelJS.Worksheet,
  grid: Area,
  read: (style: Style) => CellStyle | undefined,
): { area: Area; style: CellStyle }[] {
  const known = new Map<object, CellStyle | undefined>();
  const interned = new Map<string, CellStyle>();
  const look = (style: Style): CellStyle | undefined => {
    if (known.has(style)) return known.get(style);
    const found = read(style);
    const key = JSON.stringify(found);
    const shared = found && (interned.get(key) ?? found);
    if (shared) interned.set(key, shared);
    known.set(style, shared);
    return shared;
  };
  const areas: { area: Area; style: CellStyle }[] = [];
  let open = new Map<string, { top: number; bottom: number; run: Run }>();
  const close = ({ top, bottom, run }: { top: number; bottom: number; run: Run }) =>
    areas.push({ area: { top, left: run.left, bottom, right: run.right }, style: run.style });
  const ids = new Map<CellStyle, number>();
  const idOf = (style: CellStyle) => {
    const id = ids.get(style) ?? ids.size;
    ids.set(style, id);
    return id;
  };
  sheet.eachRow({ includeEmpty: true }, (row, number) => {
    if (number > grid.bottom) return;
    const next = new Map<string, { top: number; bottom: number; run: Run }>();
    for (const run of runsOf(row, grid.right, look)) {
      const key = `${run.left}:${run.right}:${idOf(run.style)}`;
      const above = open.get(key);
      open.delete(key);
      next.set(key, { top: above?.top ?? number, bottom: number, run });
    }
    for (const ended of open.values()) close(ended);
    open = next;
  });
  for (const ended of open.values()) close(ended);
  return areas.sort((a, b) => a.area.top - b.area.top || a.area.left - b.area.left);
}

function runsOf(row: ExcelJS.Row, last: number, look: (style: Style) => CellStyle | undefined): Run[] {
  const runs: { left: number; right: number; style: CellStyle }[] = [];
  for (const cell of existingCells(row)) {
    const column = Number(cell.col);
    const style = column <= last ? look(cell.style) : undefined;
    if (!style) continue;
    const before = runs.at(-1);
    if (before && before.right === column - 1 && before.style === style) before.right = column;
    else runs.push({ left: column, right: column, style });
  }
  return runs;
}
