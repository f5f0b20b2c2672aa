import { mapInto } from "./character-map.ts";
import { comparisonMap } from "./clean.ts";

let room = new Uint16Array(0x4000);

/** A text as foldForComparison folds it, as UTF-16 units that stand until the next text is folded. */
export function foldToUnits(text: string): Uint16Array {
  if (room.length < text.length) room = new Uint16Array(2 * text.length);
  return room.subarray(0, mapInto(text, comparisonMap(), room, 0));
}
