import type { PieceSink } from "./facts-collector.ts";
import { unpackZlib } from "./inflate.ts";
import { readingLimits, UnreadableError } from "./limits.ts";

/** Deflate packs at most 1032 bytes into one (RFC 1951): a shorter stream cannot pass the limit. */
const shortestBomb = Math.floor(readingLimits.partBytes / 1032);
const dictionaryBytes = 2048;

/** Encodings of Chinese whose tables the PDF reader does not bring along; text in them comes out empty. */
const foreignEncoding = /\/(?:GBK?p?-EUC|GBK2K|GBpc-EUC|UniGB-UCS2|UniGB-UTF16)-[HV]\b/;

/** Bytes around the `GB` of such an encoding's name. */
const nameBytes = { before: 4, after: 16 };

function inflatesTooFar(packed: Buffer): boolean {
  let size = 0;
  unpackZlib(packed, (content) => {
    size += content.length;
    return size <= readingLimits.partBytes;
  });
  return size > readingLimits.partBytes;
}

function usesForeignEncoding(bytes: Buffer): boolean {
  for (let at = bytes.indexOf("GB"); at >= 0; at = bytes.indexOf("GB", at + 2)) {
    const around = bytes.toString("latin1", Math.max(0, at - nameBytes.before), at + nameBytes.after);
    if (foreignEncoding.test(around)) return true;
  }
  return false;
}

/**
 * What has to be known of a PDF before its reader, which unpacks every stream whole, gets it.
 * @throws UnreadableError where a stream that is no picture unpacks to more than one part may
 */
export function preflightPdf(bytes: Buffer, sink: PieceSink): void {
  const end = Buffer.from("endstream");
  let from = 0;
  for (let at = bytes.indexOf("stream"); at >= 0; at = bytes.indexOf("stream", from)) {
    sink.budget.checkTime();
    const to = bytes.indexOf(end, at + 6);
    from = to < 0 ? bytes.length : to + end.length;
    const dictionary = bytes.toString("latin1", Math.max(0, at - dictionaryBytes), at);
    const own = dictionary.slice(dictionary.lastIndexOf(" obj"));
    const filters = own.match(/\/(?:FlateDecode|Fl)\b/g)?.length ?? 0;
    if (filters === 0 || /\/Subtype\s*\/Image/.test(own)) continue;
    const start = at + 6 + (bytes[at + 6] === 0x0d ? 2 : 1);
    if (filters > 1 || (from - start > shortestBomb && inflatesTooFar(bytes.subarray(start, from - end.length)))) {
      throw new UnreadableError("其中的数据解压后过大，疑为压缩炸弹，未读取；请重新导出 PDF 后提交");
    }
  }
  if (usesForeignEncoding(bytes)) {
    sink.addProblem("使用了未嵌入的中文编码，部分文字可能没有读到；请由 Word 或 WPS 重新导出 PDF，或由人工核对");
  }
}
