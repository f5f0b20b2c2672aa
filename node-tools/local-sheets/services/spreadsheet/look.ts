import type { CellStyle } from "../../../../apps-script/core/workbook/port.ts";

export type Side = "top" | "left" | "bottom" | "right";

/** How one cell looks. Equal looks are the same object; a property that is absent has the platform's default. */
export interface Look {
  readonly fontFamily?: string;
  /** Points. */
  readonly fontSize?: number;
  readonly bold?: boolean;
  /** Colours are `RRGGBB`. */
  readonly fontColor?: string;
  readonly background?: string;
  readonly horizontal?: "left" | "center" | "right";
  readonly vertical?: "top" | "middle" | "bottom";
  readonly wrap?: "WRAP" | "OVERFLOW" | "CLIP";
  readonly numberFormat?: string;
  /** `STYLE RRGGBB`, style as BorderStyle names it. */
  readonly top?: string;
  readonly left?: string;
  readonly bottom?: string;
  readonly right?: string;
  /** What the platform does not know, kept for files. */
  readonly locked?: false;
  readonly indent?: number;
}

/** undefined takes a property off. */
export type LookChange = { readonly [Key in keyof Look]?: Look[Key] | undefined };

const known = new Map<string, Look>();
const keys = [
  "fontFamily", "fontSize", "bold", "fontColor", "background", "horizontal", "vertical", "wrap", "numberFormat",
  "top", "left", "bottom", "right", "locked", "indent",
] as const; // biome-ignore format: one list

function intern(look: LookChange): Look | undefined {
  const entries = keys.flatMap((key) => (look[key] === undefined ? [] : [[key, look[key]] as const]));
  if (entries.length === 0) return undefined;
  const key = JSON.stringify(entries);
  let shared = known.get(key);
  if (shared === undefined) {
    shared = Object.freeze(Object.fromEntries(entries)) as Look;
    known.set(key, shared);
  }
  return shared;
}

/** A change that answers fast for looks that it has met before, as for the cells of one area. */
export function lookChanger(change: LookChange): (look: Look | undefined) => Look | undefined {
  const results = new Map<Look | undefined, Look | undefined>();
  return (look) => {
    if (results.has(look)) return results.get(look);
    const result = intern({ ...look, ...change });
    results.set(look, result);
    return result;
  };
}

/** Of changes with the same key, so that each is worked out once for a whole table of cells. */
export function lookChangers(): (
  key: string,
  change: () => LookChange,
) => (look: Look | undefined) => Look | undefined {
  const known = new Map<string, (look: Look | undefined) => Look | undefined>();
  return (key, change) => {
    const changer = known.get(key) ?? lookChanger(change());
    known.set(key, changer);
    return changer;
  };
}

const borderStyles = { thin: "SOLID", medium: "SOLID_MEDIUM" } as const;

export function changeOfStyle(style: CellStyle): LookChange {
  const { font, fill, horizontal, vertical, wrap, border, borderColor, numberFormat, locked, indent } = style;
  const side = border && border !== "none" ? `${borderStyles[border]} ${borderColor ?? "000000"}` : undefined;
  return {
    ...(font?.name === undefined ? {} : { fontFamily: font.name }),
    ...(font?.size === undefined ? {} : { fontSize: font.size }),
    ...(font?.bold === undefined ? {} : { bold: font.bold || undefined }),
    ...(font?.color === undefined ? {} : { fontColor: font.color }),
    ...(fill === undefined ? {} : { background: fill.toUpperCase() }),
    ...(horizontal === undefined ? {} : { horizontal }),
    ...(vertical === undefined ? {} : { vertical }),
    ...(wrap === undefined ? {} : { wrap: wrap ? "WRAP" : undefined }),
    ...(border === undefined ? {} : { top: side, left: side, bottom: side, right: side }),
    ...(numberFormat === undefined ? {} : { numberFormat: numberFormat === "General" ? undefined : numberFormat }),
    ...(locked === undefined ? {} : { locked: locked ? undefined : false }),
    ...(indent === undefined ? {} : { indent: indent || undefined }),
  };
}

/** Borders that do not go around the cell are no part of the port. */
export function styleOfLook(look: Look): CellStyle {
  const { fontFamily, fontSize, bold, fontColor, background, horizontal, vertical, wrap, numberFormat } = look;
  const font = {
    ...(fontFamily === undefined ? {} : { name: fontFamily }),
    ...(fontSize === undefined ? {} : { size: fontSize }),
    ...(bold === undefined ? {} : { bold }),
    ...(fontColor === undefined ? {} : { color: fontColor }),
  };
  const isBoxed = look.top !== undefined && [look.left, look.bottom, look.right].every((side) => side === look.top);
  const [line, lineColor] = (isBoxed ? look.top : undefined)?.split(" ") ?? [];
  return {
    ...(Object.keys(font).length > 0 ? { font } : {}),
    ...(background === undefined ? {} : { fill: background }),
    ...(horizontal === undefined ? {} : { horizontal }),
    ...(vertical === undefined ? {} : { vertical }),
    ...(wrap === "WRAP" ? { wrap: true } : {}),
    ...(line === undefined ? {} : { border: line === "SOLID_MEDIUM" || line === "SOLID_THICK" ? "medium" : "thin" }),
    ...(lineColor === undefined || lineColor === "000000" ? {} : { borderColor: lineColor }),
    ...(numberFormat === undefined ? {} : { numberFormat }),
    ...(look.locked === undefined ? {} : { locked: look.locked }),
    ...(look.indent === undefined ? {} : { indent: look.indent }),
  };
}

/** Of an argument of a script. @returns undefined for null, which takes a colour off */
export function readColour(argument: unknown): string | undefined {
  if (argument === null || argument === undefined || argument === "") return undefined;
  const text = String(argument);
  const short = /^#([0-9a-f])([0-9a-f])([0-9a-f])$/i.exec(text);
  if (short)
    return short
      .slice(1)
      .map((digit) => digit + digit)
      .join("")
      .toUpperCase();
  if (!/^#[0-9a-f]{6}$/i.test(text)) throw new Error(`The colour ${text} is not supported by the local Sheets`);
  return text.slice(1).toUpperCase();
}

export const showColour = (colour: string): string => `#${colour.toLowerCase()}`;
