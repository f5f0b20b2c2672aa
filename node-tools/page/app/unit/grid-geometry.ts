/** Sizes of the table of a form, in pixels: rows of one height need only a division to be found. */
import type { FormField } from "../../unit/form-protocol.ts";

export const rowHeight = 32;
export const headerHeight = 36;
/** Of the column with the numbers of the rows, which stays in view. */
export const numbersWidth = 64;

/** Of a long text no more is drawn than a cell shows. */
export const shownLetters = 60;

export const widthOf = ({ width }: FormField): number => Math.min(300, Math.max(72, width * 8 + 20));

/** Where each column begins, right of the numbers; and the end of the last. */
export function leftsOf(fields: readonly FormField[]): number[] {
  const lefts = [0];
  for (const each of fields) lefts.push((lefts.at(-1) ?? 0) + widthOf(each));
  return lefts;
}
