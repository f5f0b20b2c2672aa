/** Characters to hide a name with, by Node's own tables where they tell: another source than the table of the core. */

const range = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, i) => from + i);
const charactersOf = (codes: readonly number[]) => codes.map((code) => String.fromCodePoint(code));

/** Everything that Unicode calls ignorable, controls, and the blank of braille. */
export const invisibles = [
  ...charactersOf(
    range(0, 0x3ffff).filter((code) => /\p{Default_Ignorable_Code_Point}/u.test(String.fromCodePoint(code))),
  ),
  ...charactersOf(range(0xe0000, 0xe0fff)),
  ...charactersOf(range(0, 0x1f).filter((code) => code < 9 || code > 0xd)),
  "\u2800",
];

export const spaces = [" ", "\u3000", "\u00a0", "\u2003", "\t", "\n", "\r\n", "\u2028"];

/** Every dot, stop, hyphen and dash that people type between the parts of a name. */
export const dots = [..."·‧•∙⋅・･ꞏ․⸱⸳᛫.．。｡﹒-‐‑‒–—―−－﹣"];

/** Ideographs that NFKC takes for others: radicals of Kangxi, compatibility ideographs of both planes. */
export const sameByNfkc = [...range(0x2f00, 0x2fd5), ...range(0xf900, 0xfaff), ...range(0x2f800, 0x2fa1d)]
  .map((code) => String.fromCodePoint(code))
  .map((c) => [c, c.normalize("NFKC")] as const)
  .filter(([c, plain]) => c !== plain && /^\p{Script=Han}$/u.test(plain));

const traditional: Readonly<Record<string, string>> = {
  张: "張",
  欧: "歐",
  阳: "陽",
  丽: "麗",
  葉: "叶",
  華: "华",
  龍: "龙",
  方: "⽅",
  𬭎: "鋐",
  𠮷: "吉",
};

/** Other spellings of one character. */
export function lookAlikesOf(c: string): string[] {
  const wide = c > " " && c <= "~" ? [String.fromCharCode(c.charCodeAt(0) + 0xfee0)] : [];
  const other = traditional[c] === undefined ? [] : [traditional[c]];
  const decomposed = c.normalize("NFD") === c ? [] : [c.normalize("NFD")];
  const byNfkc = sameByNfkc.filter(([, plain]) => plain === c || other.includes(plain)).map(([alike]) => alike);
  return [...wide, ...other, ...decomposed, ...byNfkc];
}

/** The radicals of CJK, U+2E80… */
export const cjkRadicals = charactersOf(range(0x2e80, 0x2ef3).filter((code) => code !== 0x2e9a));

/** The ideographs of GB 2312, in its order. */
export const commonIdeographs = range(0xb0, 0xf7).flatMap((row) =>
  range(0xa1, 0xfe)
    .map((cell) => new TextDecoder("gbk").decode(Uint8Array.of(row, cell)))
    .filter((c) => /^\p{Unified_Ideograph}$/u.test(c)),
);
