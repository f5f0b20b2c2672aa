import type { PieceSink } from "./facts-collector.ts";
import type { OfficePackage } from "./office-package.ts";
import { readPart } from "./open-zip.ts";

/** Records of shared strings, of cells and of formulas with a text, and where it begins in them (MS-XLSB 2.4). */
const textAt: Readonly<Record<number, number>> = { 19: 1, 6: 8, 8: 8 };

/** Numbers of up to `most` bytes, seven bits in each, the lowest first (MS-XLSB 2.1.4). */
function readNumber(bytes: Buffer, at: number, most: number): { value: number; next: number } {
  let value = 0;
  for (let i = 0; i < most; i += 1) {
    const byte = bytes[at + i] ?? 0;
    value += (byte & 0x7f) * 128 ** i;
    if (byte < 0x80) return { value, next: at + i + 1 };
  }
  return { value, next: at + most };
}

/** The texts of shared strings and of cells. */
function textsIn(bytes: Buffer): string[] {
  const texts: string[] = [];
  for (let at = 0; at < bytes.length; ) {
    const type = readNumber(bytes, at, 2);
    const size = readNumber(bytes, type.next, 4);
    const end = size.next + size.value;
    const start = size.next + (textAt[type.value] ?? Number.POSITIVE_INFINITY);
    if (start + 4 <= end && end <= bytes.length) {
      const length = bytes.readUInt32LE(start) * 2;
      if (start + 4 + length <= end) texts.push(bytes.toString("utf16le", start + 4, start + 4 + length));
    }
    at = end;
  }
  return texts;
}

/**
 * The texts of cells of a binary workbook; the other parts are searched as bytes. Gives the names of the parts it has read.
 */
export async function readXlsb({ zip }: OfficePackage, sink: PieceSink): Promise<ReadonlySet<string>> {
  sink.addProblem("是二进制工作簿（.xlsb），只核查了其中能认出的文字，可能有遗漏；请另存为 .xlsx 后重新提交");
  const read = new Set<string>();
  for (const part of zip.parts) {
    if (!/^xl\/(?:sharedStrings|worksheets\/[^/]+)\.bin$/i.test(part.name)) continue;
    for (const text of textsIn(await readPart(part))) {
      sink.addPiece("body", "单元格", text);
      sink.addParagraph(text, false);
    }
    // Headers and drop-downs stand in the parts of sheets as well.
    if (/sharedStrings/i.test(part.name)) read.add(part.name);
  }
  return read;
}
