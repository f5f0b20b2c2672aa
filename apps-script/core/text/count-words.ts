import { isInvisible } from "./characters.ts";

/** Each of these counts 1: ideographs and their marks, kana, full-width forms, enclosed numbers such as ① and ㈠. */
const WIDE =
  /[\u2460-\u24ff\u2776-\u2793\u2e80-\u2fff\u3001-\u303f\u3041-\u33ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\ufe10-\ufe1f\ufe30-\ufe6f\uff01-\uffe6]/;
/** Marks that programs class as Chinese or as Latin by the font or the language of the text. */
const DOUBTFUL = /[“”‘’—…·]/;
const SPACE = /\s/;

const Kind = { other: 0, space: 1, wide: 2, doubtful: 3, pairStart: 4, invisible: 5, askPair: 6 } as const;

function kindOf(unit: number): number {
  if (isInvisible(unit)) return Kind.invisible;
  const character = String.fromCharCode(unit);
  if (WIDE.test(character)) return Kind.wide;
  if (DOUBTFUL.test(character)) return Kind.doubtful;
  if (SPACE.test(character)) return Kind.space;
  // The first half of a supplementary ideograph.
  if (unit >= 0xd840 && unit <= 0xd88f) return Kind.pairStart;
  // The first half of a tag, a variation selector or another character that nobody sees, or of an emoji and the like.
  return unit >= 0xd800 && unit <= 0xdbff ? Kind.askPair : Kind.other;
}

let knownKinds: Uint8Array | undefined;

/** A table instead of regular expressions: texts by the thousand are counted at every check. */
function kinds(): Uint8Array {
  knownKinds ??= new Uint8Array(0x10000).map((_, unit) => kindOf(unit));
  return knownKinds;
}

const isPairEnd = (unit: number) => unit >= 0xdc00 && unit <= 0xdfff;

/**
 * 字数 as word processors count it: each Chinese character and full-width mark is 1, each run of other characters up to
 * a space or a Chinese character is 1 (`35.6%`, `K-12`, a URL). Programs differ on “”‘’—…·: `high` counts each of them,
 * `low` none. Limits are held against `low`, so that nobody is over a limit only by the choice of a program.
 */
export function countWords(text: string): { low: number; high: number } {
  const kindByUnit = kinds();
  let low = 0;
  let high = 0;
  let inLowRun = false;
  let inHighRun = false;
  for (let i = 0; i < text.length; i++) {
    const kind = kindByUnit[text.charCodeAt(i)];
    if (kind === Kind.wide) {
      low++;
      high++;
      inLowRun = false;
      inHighRun = false;
      continue;
    }
    if (kind === Kind.invisible) continue;
    if (kind === Kind.askPair && isInvisible(text.codePointAt(i) as number)) {
      i++;
      continue;
    }
    if (kind === Kind.other || kind === Kind.askPair) {
      if (!inLowRun) low++;
      if (!inHighRun) high++;
      inLowRun = true;
      inHighRun = true;
      continue;
    }
    inHighRun = false;
    if (kind === Kind.doubtful) {
      high++;
      continue;
    }
    inLowRun = false;
    if (kind !== Kind.pairStart || !isPairEnd(text.charCodeAt(i + 1))) continue;
    low++;
    high++;
    i++;
  }
  return { low, high };
}
