import type { Mark } from "../../../apps-script/core/workbook/port.ts";

/** Base colours of the marks: near those that Excel's own cell styles use, but none of them. */
const markColours: Record<Mark, { red: number; green: number; blue: number }> = {
  error: { red: 0xff, green: 0xc0, blue: 0xd0 },
  warning: { red: 0xff, green: 0xe8, blue: 0xa0 },
  info: { red: 0xdd, green: 0xe8, blue: 0xf8 },
};

/** The lowest three bits of green and of blue say which fill lies under a mark; the eye does not notice them. */
export const places = 64;

export function markColour(mark: Mark, place: number): string {
  const { red, green, blue } = markColours[mark];
  return [0xff, red, green + 7 - (place & 7), blue + (place >> 3)]
    .map((channel) => channel.toString(16).padStart(2, "0"))
    .join("")
    .toUpperCase();
}

export const markedColours = new Map<string, { mark: Mark; place: number }>();
for (const mark of ["error", "warning", "info"] as const) {
  for (let place = 0; place < places; place += 1) markedColours.set(markColour(mark, place), { mark, place });
}

/** As the list of fills under marks has it. */
export interface Colour {
  readonly argb?: string;
  readonly theme?: number;
  readonly tint?: number;
  readonly indexed?: number;
}

/** A property that another program or a person has changed counts as none. */
export function readColour(json: string | undefined): Colour | undefined {
  try {
    const colour = JSON.parse(json ?? "null") as Colour | null;
    return colour && ("argb" in colour || "theme" in colour || "indexed" in colour) ? colour : undefined;
  } catch {
    return undefined;
  }
}
