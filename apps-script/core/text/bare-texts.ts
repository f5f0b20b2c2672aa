import { mapInto } from "./character-map.ts";
import { comparisonMap } from "./clean.ts";

/** Texts as foldForComparison folds them, as UTF-16 units, one behind the other. */
export interface BareTexts {
  units: Uint16Array;
  /** Text i is `units[starts[i]] … units[starts[i + 1] - 1]`. */
  starts: Uint32Array;
}

export function joinBareTexts(texts: readonly string[]): BareTexts {
  const map = comparisonMap();
  const units = new Uint16Array(texts.reduce((sum, text) => sum + text.length, 0));
  const starts = new Uint32Array(texts.length + 1);
  let end = 0;
  texts.forEach((text, i) => {
    end = mapInto(text, map, units, end);
    starts[i + 1] = end;
  });
  return { units: units.subarray(0, end), starts };
}
