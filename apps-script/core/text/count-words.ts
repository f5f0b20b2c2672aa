import { removeInvisible } from "./characters.ts";

/** Each of these counts 1: ideographs and their marks, kana, full-width forms, enclosed numbers such as ① and ㈠. */
const WIDE_RANGES =
  "\\u2460-\\u24ff\\u2776-\\u2793\\u2e80-\\u2fff\\u3001-\\u303f\\u3041-\\u33ff\\u3400-\\u4dbf\\u4e00-\\u9fff\\uf900-\\ufaff" +
  "\\ufe10-\\ufe1f\\ufe30-\\ufe6f\\uff01-\\uffe6";
const WIDE = `[${WIDE_RANGES}]|[\\ud840-\\ud88f][\\udc00-\\udfff]`;

/** Marks that programs class as Chinese or as Latin by the font or the language of the text. */
const DOUBTFUL = "“”‘’—…·";

const DOUBTFUL_ALL = new RegExp(`[${DOUBTFUL}]`, "g");
const WORDS_WITHOUT_DOUBTFUL = new RegExp(`${WIDE}|[^\\s${WIDE_RANGES}\\ud840-\\ud88f]+`, "g");
const WORDS_WITH_DOUBTFUL = new RegExp(`${WIDE}|[${DOUBTFUL}]|[^\\s${WIDE_RANGES}\\ud840-\\ud88f${DOUBTFUL}]+`, "g");

const countMatches = (s: string, pattern: RegExp) => s.match(pattern)?.length ?? 0;

/**
 * 字数 as word processors count it: each Chinese character and full-width mark is 1, each run of other characters up to
 * a space or a Chinese character is 1 (`35.6%`, `K-12`, a URL). Programs differ on “”‘’—…·: `high` counts each of them,
 * `low` none. Limits are held against `low`, so that nobody is over a limit only by the choice of a program.
 */
export function countWords(text: string): { low: number; high: number } {
  const visible = removeInvisible(text);
  return {
    low: countMatches(visible.replace(DOUBTFUL_ALL, ""), WORDS_WITHOUT_DOUBTFUL),
    high: countMatches(visible, WORDS_WITH_DOUBTFUL),
  };
}
