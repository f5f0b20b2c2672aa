import { areaAddress } from "../../core/workbook/addresses.ts";
import type { Area, CellStyle } from "../../core/workbook/port.ts";
import { mergeNeighbours, overlap, rangeOf } from "./areas.ts";

type Sheet = GoogleAppsScript.Spreadsheet.Sheet;
type RangeList = GoogleAppsScript.Spreadsheet.RangeList;
type Range = GoogleAppsScript.Spreadsheet.Range;
type StyledAreas = readonly { readonly area: Area; readonly style: CellStyle }[];

interface Property {
  /** The value of this property in a style as a key; undefined where the style says nothing about it. */
  readonly read: (style: CellStyle) => string | undefined;
  readonly set: (list: RangeList, value: string) => void;
}

/** Properties that the platform sets on many areas at once. */
const listed: readonly Property[] = [
  { read: ({ fill }) => fill, set: (list, fill) => list.setBackground(`#${fill}`) },
  { read: ({ font }) => font?.color, set: (list, colour) => list.setFontColor(`#${colour}`) },
  {
    read: ({ font }) => (font?.bold === undefined ? undefined : font.bold ? "bold" : "normal"),
    set: (list, weight) => list.setFontWeight(weight as "bold" | "normal"),
  },
  {
    read: ({ horizontal }) => horizontal,
    set: (list, value) => list.setHorizontalAlignment(value as "left" | "center" | "right"),
  },
  {
    read: ({ vertical }) => vertical,
    set: (list, value) => list.setVerticalAlignment(value as "top" | "middle" | "bottom"),
  },
  { read: ({ wrap }) => wrap?.toString(), set: (list, wrap) => list.setWrap(wrap === "true") },
  { read: ({ numberFormat }) => numberFormat, set: (list, format) => list.setNumberFormat(toSheetsFormat(format)) },
  {
    read: ({ border, borderColor }) => border && `${border} ${borderColor ?? "000000"}`,
    set: (list, value) => setBorder(list, value),
  },
];

/** Properties that it sets on one area at a time. */
const single: readonly {
  readonly read: Property["read"];
  readonly set: (range: Range, value: string) => void;
}[] = [
  { read: ({ font }) => font?.name, set: (range, name) => range.setFontFamily(name) },
  { read: ({ font }) => font?.size?.toString(), set: (range, size) => range.setFontSize(Number(size)) },
];

/** Styles in their order: each property given replaces the cell's own. The number of calls does not depend on the rows. */
export function writeStyles(sheet: Sheet, styles: StyledAreas): void {
  for (const { read, set } of single) {
    for (const { value, areas } of groupByValue(styles, read)) {
      for (const area of areas) set(rangeOf(sheet, area), value);
    }
  }
  for (const { read, set } of listed) {
    for (const { value, areas } of groupByValue(styles, read)) set(sheet.getRangeList(areas.map(areaAddress)), value);
  }
}

interface Group {
  readonly value: string;
  readonly areas: Area[];
}

/** Areas of equal value together, as far as no later area of another value lies over them. */
export function groupByValue(styles: StyledAreas, read: Property["read"]): Group[] {
  const groups: Group[] = [];
  for (const { area, style } of styles) {
    const value = read(style);
    if (value === undefined) continue;
    let found: Group | undefined;
    for (let i = groups.length - 1; i >= 0 && !found; i -= 1) {
      const group = groups[i];
      if (group?.value === value) found = group;
      else if (group?.areas.some((other) => overlap(other, area))) break;
    }
    if (found) found.areas.push(area);
    else groups.push({ value, areas: [area] });
  }
  return groups.map(({ value, areas }) => ({ value, areas: mergeNeighbours(areas) }));
}

/** A number format of .xlsx files as Sheets writes it: without languages and colours of its own. */
export function toSheetsFormat(format: string): string {
  return format.replace(/\[\$-[^\]]*\]/g, "");
}

function setBorder(list: RangeList, value: string): void {
  const [border = "", colour = ""] = value.split(" ");
  if (border === "none") {
    list.setBorder(false, false, false, false, false, false);
    return;
  }
  const { SOLID, SOLID_MEDIUM } = SpreadsheetApp.BorderStyle;
  list.setBorder(true, true, true, true, true, true, `#${colour}`, border === "medium" ? SOLID_MEDIUM : SOLID);
}
