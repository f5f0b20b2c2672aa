import { guessUtf16 } from "../../apps-script/core/import/csv-text.ts";
import { InputError } from "../errors.ts";
import { basename } from "../host/paths.ts";

type TextEncoding = "UTF-8" | "UTF-8 BOM" | "UTF-16LE" | "UTF-16BE" | "GB18030";

interface DecodedText {
  readonly text: string;
  readonly encoding: TextEncoding;
}

/**
 * The text of a file, without its byte order mark. Tried in this order: byte order mark, UTF-16 without one (every
 * other byte of the separators and line ends is NUL), strict UTF-8, GB18030.
 * @throws InputError when the bytes are no text, or look like Big5, which cannot be distinguished from GB18030 with certainty
 */
export function decodeText(bytes: Uint8Array, file = "CSV 文件"): DecodedText {
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) {
    const text = decodeStrictly(bytes, "utf-8");
    if (text !== undefined) return refuseBinary({ text, encoding: "UTF-8 BOM" }, file);
  }
  const utf16 = guessUtf16(bytes);
  if (utf16) {
    const text = decodeStrictly(bytes, utf16 === "UTF-16LE" ? "utf-16le" : "utf-16be");
    if (text !== undefined) return refuseBinary({ text, encoding: utf16 }, file);
  }
  const utf8 = decodeStrictly(bytes, "utf-8");
  if (utf8 !== undefined) return refuseBinary({ text: utf8, encoding: "UTF-8" }, file);
  const gb18030 = decodeStrictly(bytes, "gb18030");
  const big5 = decodeStrictly(bytes, "big5");
  if (big5 !== undefined && (gb18030 === undefined || commonness(big5) > commonness(gb18030) + 0.2)) {
    throw new InputError(
      file,
      `「${basename(file)}」像是 Big5（繁体）编码，无法可靠读取。请用 Excel 或 WPS 打开，另存为「CSV UTF-8」后再导入。`,
    );
  }
  if (gb18030 !== undefined) return refuseBinary({ text: gb18030, encoding: "GB18030" }, file);
  throw notText(file);
}

function decodeStrictly(bytes: Uint8Array, encoding: string): string | undefined {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

/** The share of the characters beyond ASCII that everyday text, simplified or traditional, uses. */
function commonness(text: string): number {
  commonCharacters ??= listCommonCharacters();
  let common = 0;
  let all = 0;
  for (const character of text.slice(0, 20_000)) {
    if (character.charCodeAt(0) < 0x80) continue;
    all += 1;
    if (commonCharacters.has(character)) common += 1;
  }
  return all === 0 ? 1 : common / all;
}

let commonCharacters: ReadonlySet<string> | undefined;

/** The first levels of GB 2312 and Big5, which hold what is used every day, full-width forms and punctuation. */
function listCommonCharacters(): Set<string> {
  return new Set([
    ...decodeRows("gb18030", [0xa3, 0xa3], [[0xa1, 0xfe]]),
    ...decodeRows("gb18030", [0xb0, 0xd7], [[0xa1, 0xfe]]),
    ...decodeRows(
      "big5",
      [0xa4, 0xc6],
      [
        [0x40, 0x7e],
        [0xa1, 0xfe],
      ],
    ),
    ..."，。、；：？！“”‘’（）《》【】—…·　",
  ]);
}

type Range = readonly [first: number, last: number];

function decodeRows(encoding: string, leads: Range, trails: readonly Range[]): string {
  const bytes: number[] = [];
  for (let lead = leads[0]; lead <= leads[1]; lead += 1) {
    for (const [first, last] of trails) for (let trail = first; trail <= last; trail += 1) bytes.push(lead, trail);
  }
  return new TextDecoder(encoding).decode(Uint8Array.from(bytes));
}

function refuseBinary(decoded: DecodedText, file: string): DecodedText {
  let controls = 0;
  for (let i = 0; i < decoded.text.length; i += 1) {
    const code = decoded.text.charCodeAt(i);
    if (code === 0) throw notText(file);
    if (code < 0x20 && code !== 9 && code !== 10 && code !== 13) controls += 1;
  }
  if (controls > 0 && controls * 50 > decoded.text.length) throw notText(file);
  return decoded;
}

function notText(file: string): InputError {
  return new InputError(
    file,
    `「${basename(file)}」不是文字表格，内容无法识别。请用 Excel 或 WPS 打开原文件，另存为 .xlsx 或「CSV UTF-8」后再导入。`,
  );
}
