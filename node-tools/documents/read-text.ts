import { InputError } from "../errors.ts";
import type { ByteSource } from "./byte-source.ts";
import { decodeText } from "./decode-text.ts";
import type { PieceSink } from "./facts-collector.ts";
import { readingLimits, UnreadableError } from "./limits.ts";

/** Text in UTF-8, UTF-16 or GB18030, line by line. @throws UnreadableError where it is none */
export async function readText(source: ByteSource, sink: PieceSink): Promise<void> {
  const bytes = await source.read(0, Math.min(source.size, readingLimits.textFileBytes));
  if (source.size > bytes.length) sink.addProblem("文字文件过大，只核查了开头部分；请拆分后重新提交");
  let text: string;
  try {
    // A cut may fall inside a character.
    text = decodeText(source.size > bytes.length ? trimToLine(bytes) : bytes, source.name).text;
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    throw new UnreadableError("不是可识别的文字，或编码无法识别；请用记事本或 WPS 打开，另存为 UTF-8 编码后重新提交");
  }
  let line = 0;
  for (const paragraph of text.split(/\r\n?|\n/)) {
    line += 1;
    sink.addPiece("body", `第 ${line} 行`, paragraph);
    sink.addParagraph(paragraph, false);
  }
}

function trimToLine(bytes: Buffer): Buffer {
  const at = bytes.lastIndexOf(0x0a);
  return at < 0 ? bytes : bytes.subarray(0, at + 1);
}
