import { type ByteSource, bufferSource } from "../documents/byte-source.ts";
import { FactsCollector } from "../documents/facts-collector.ts";
import { recogniseSignature, type Signature, signatureBytes } from "../documents/file-signature.ts";
import { ReadingBudget, UnreadableError } from "../documents/limits.ts";
import { preflightPdf } from "../documents/pdf-preflight.ts";
import { asfChanges } from "./clean-asf.ts";
import { cleanImage, imageExtension } from "./clean-image.ts";
import { matroskaChanges } from "./clean-matroska.ts";
import { cleanMetafile } from "./clean-metafile.ts";
import { movieFileChanges } from "./clean-movie.ts";
import { cleanOffice } from "./clean-office.ts";
import { riffChanges } from "./clean-riff.ts";
import { cleanSound } from "./clean-sound.ts";
import { cleanSvg } from "./clean-svg.ts";
import { type Change, type Cleaned, changedCopy, copyChanged, oneChunk, type Reveals, readWhole } from "./cleaned.ts";

/** Changes whenever a cleaner does: what an older one has made is made again. */
export const cleanersVersion = 3;

const textExtension = /\.(?:txt|csv|tsv|md|srt|ass|vtt|lrc|json|js|css|py)$/i;
/** They hold more than is shown: who wrote them, pictures with properties of their own. */
const notOnlyText = /\.(?:html?|xhtml|mht|mhtml|eml|msg|ipynb|xml|fodt|fods|fodp|opml|vcf|ics|svg)$/i;
const markup = /^\s*(?:<\?xml|<!DOCTYPE|<html|<svg|MIME-Version:|From:|Return-Path:|Received:|BEGIN:V)/i;

async function movie(source: ByteSource, head: Buffer): Promise<{ extension: string; changes: Change[] }> {
  const mark = (from: number, to: number) => head.toString("latin1", from, to);
  if (mark(4, 8) === "ftyp" || /^(?:moov|mdat|wide|free|skip|pnot)$/.test(mark(4, 8))) {
    const isQuickTime = mark(4, 8) !== "ftyp" || mark(8, 12) === "qt  ";
    return { extension: isQuickTime ? ".mov" : ".mp4", changes: await movieFileChanges(source) };
  }
  if (head.readUInt32BE(0) === 0x1a45dfa3) {
    const isWeb = head.subarray(0, 64).includes("webm");
    return { extension: isWeb ? ".webm" : ".mkv", changes: await matroskaChanges(source) };
  }
  if (mark(0, 4) === "RIFF") return { extension: ".avi", changes: await riffChanges(source) };
  if (head.readUInt32BE(0) === 0x3026b275) return { extension: ".wmv", changes: await asfChanges(source) };
  throw new UnreadableError("这种视频无法清除其中的身份信息；请导出为 .mp4 后重新提交");
}

/** The library for PDF takes an eighth of a second to load, and no other command needs it. */
async function cleanPdfOf(bytes: Buffer, reveals: Reveals) {
  const { cleanPdf } = await import("./clean-pdf.ts");
  return cleanPdf(bytes, reveals);
}

async function pdf(source: ByteSource, reveals: Reveals): Promise<Cleaned> {
  const bytes = await readWhole(source);
  preflightPdf(bytes, new FactsCollector(new ReadingBudget()));
  const cleaned = await cleanPdfOf(bytes, reveals);
  return { extension: ".pdf", bytes: oneChunk(cleaned.bytes), without: cleaned.without };
}

/** Fonts, metafiles of Windows and pictures of PowerPoint hold no words of their own. */
const withoutWords = /\.(?:odttf|fntdata|ttf|otf|emf|wmf|wdp)$/i;

/** A formula as older programs keep it: an OLE object that holds numbers, and nobody's name. */
function isFormula(bytes: Buffer): boolean {
  const has = (stream: string) => bytes.includes(Buffer.from(stream, "utf16le"));
  return has("Equation Native") && !has("Ole10Native") && !has("Package") && !has("SummaryInformation");
}

const embedded = (what: string) =>
  new UnreadableError(`${what}，无法清除其中的身份信息；请删去它，或把它改成图片，重新保存后提交`);

/** What lies in a document, as it would be cleaned on its own. @throws UnreadableError for what is not understood */
function embeddedCleaner(reveals: Reveals) {
  return async (path: string, bytes: Buffer, depth: number): Promise<Buffer> => {
    const name = path.slice(path.lastIndexOf("/") + 1);
    const signature = recogniseSignature(bytes.subarray(0, signatureBytes));
    try {
      return await cleanEmbedded(signature, name, bytes, depth);
    } catch (error) {
      if (!(error instanceof UnreadableError) || error.message.includes(name)) throw error;
      throw new UnreadableError(`里面的“${name}”${error.message}`);
    }
  };

  async function cleanEmbedded(signature: Signature, name: string, bytes: Buffer, depth: number): Promise<Buffer> {
    if (signature.is === "image") return cleanImage(bytes, signature.format);
    if (signature.is === "pdf") return Buffer.from((await cleanPdfOf(bytes, reveals)).bytes);
    if (signature.is === "zip") {
      const cleaned = await cleanOffice(bytes, reveals, embeddedCleaner(reveals), depth);
      if (!cleaned) throw embedded(`里面嵌有打包文件“${name}”`);
      return cleaned.bytes;
    }
    if (signature.is === "video") return changedCopy(bytes, (await movie(bufferSource(name, bytes), bytes)).changes);
    if (signature.is === "audio" || /\.mp3$/i.test(name)) return cleanSound(name, bytes);
    if (signature.is === "foreign") {
      if (isFormula(bytes)) return bytes;
      throw embedded(`里面嵌有“${name}”（${signature.name.trim()}）`);
    }
    if (signature.is === "text" && /\.svg$/i.test(name)) return cleanSvg(bytes);
    if (/\.(?:emf|wmf)$/i.test(name)) return cleanMetafile(bytes);
    if (signature.is === "empty" || withoutWords.test(name)) return bytes;
    throw embedded(`里面嵌有“${name}”`);
  }
}

async function bySignature(signature: Signature, source: ByteSource, head: Buffer, reveals: Reveals): Promise<Cleaned> {
  switch (signature.is) {
    case "empty":
      throw new UnreadableError("是空文件（0 字节）；请重新导出或重新上传");
    case "foreign":
      throw new UnreadableError(`是${signature.name}，无法清除其中的身份信息；${signature.remedy}`);
    case "zip": {
      const cleaned = await cleanOffice(await readWhole(source), reveals, embeddedCleaner(reveals));
      if (!cleaned)
        throw new UnreadableError(
          "是 OpenDocument 文档或其他打包文件，无法清除其中的身份信息；请另存为 .docx、.pptx、.xlsx 或 .pdf 后重新提交",
        );
      return { extension: cleaned.extension, bytes: oneChunk(cleaned.bytes), without: [] };
    }
    case "pdf":
      return pdf(source, reveals);
    case "image": {
      const bytes = await cleanImage(await readWhole(source), signature.format);
      const isAvif = signature.format === "heic" && /^avi[fs]$/.test(head.toString("latin1", 8, 12));
      return { extension: isAvif ? ".avif" : imageExtension(signature.format), bytes: oneChunk(bytes), without: [] };
    }
    case "video": {
      const { extension, changes } = await movie(source, head);
      return { extension, bytes: copyChanged(source, changes), without: [] };
    }
    case "text": {
      if (/\.svg$/i.test(source.name) || /^\s*<svg/i.test(head.toString("latin1", 0, 200)))
        return { extension: ".svg", bytes: oneChunk(cleanSvg(await readWhole(source))), without: [] };
      if (notOnlyText.test(source.name) || markup.test(head.toString("latin1", 0, 200)))
        throw new UnreadableError(
          "是网页、邮件或程序的数据，无法清除其中的身份信息；请打开后打印或导出为 .pdf，再提交",
        );
      const extension = textExtension.exec(source.name)?.[0]?.toLowerCase() ?? ".txt";
      return { extension, bytes: copyChanged(source, []), without: [] };
    }
    case "audio":
      throw new UnreadableError("只有声音，无法清除其中的身份信息；请放进带画面的 .mp4 后重新提交");
    case "unknown":
      throw new UnreadableError(
        "格式无法识别，不知道其中有没有身份信息；请改为 .docx、.pdf、.pptx、.xlsx、.txt、.jpg、.png 或 .mp4 后重新提交",
      );
  }
}

/**
 * A submitted file without what tells who made it; what is shown in it is not touched. The bytes are read where they are asked for,
 * films piece by piece.
 * @throws UnreadableError in Chinese, half a sentence with the remedy, for a file of which not all can be told and removed
 */
export async function cleanFile(source: ByteSource, reveals: Reveals): Promise<Cleaned> {
  const head = await source.read(0, Math.min(signatureBytes, source.size));
  return bySignature(recogniseSignature(head), source, head, reveals);
}
