/** .svg without what drawing programs write beside the picture: titles, properties, names of files, notes. */
import { UnreadableError } from "../documents/limits.ts";
import { allElements, MarkupError, plainMarkup, splice } from "../xlsx/package/markup.ts";
import { damaged } from "./cleaned.ts";

const droppedElements = ["metadata", "title", "desc", "namedview"];
const ofPrograms =
  /(?<!\s)\s+(?:(?:inkscape|sodipodi|adobe|sketch|figma|serif)[\w-]*:[\w.-]+|aria-label|data-[\w-]+)\s*=\s*(?:"[^"]*"|'[^']*')/g;
const aboveLatin = 0x80;

/** Characters that are written as numbers would not be found by a search. */
const asCharacters = (text: string) =>
  text.replace(/&#(?:x([\da-f]{1,6})|(\d{1,7}));/gi, (whole, hex?: string, decimal?: string) => {
    const code = hex === undefined ? Number(decimal) : Number.parseInt(hex, 16);
    return code >= aboveLatin && code <= 0x10ffff ? String.fromCodePoint(code) : whole;
  });

/** @throws UnreadableError */
export function cleanSvg(bytes: Buffer): Buffer {
  try {
    const text = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
    let svg = plainMarkup(text.replace(/<!DOCTYPE[^>[]*>/, ""));
    for (const name of droppedElements)
      svg = splice(
        svg,
        allElements(svg, name).map(({ start, end }) => ({ start, end, text: "" })),
      );
    if (/data:|file:|<script/i.test(svg))
      throw new UnreadableError("里面还有图片或脚本，无法清除其中的身份信息；请另存为 .png 后重新提交");
    return Buffer.from(asCharacters(svg.replace(ofPrograms, "")));
  } catch (error) {
    if (error instanceof MarkupError || error instanceof TypeError) throw damaged();
    throw error;
  }
}
