import type { FileFacts } from "../../apps-script/core/evidence/file-facts.ts";
import { type ByteSource, bufferSource } from "./byte-source.ts";
import { nestedSink, type PieceSink } from "./facts-collector.ts";
import { recogniseSignature, type Signature, signatureBytes } from "./file-signature.ts";
import { readingLimits, UnreadableError } from "./limits.ts";
import { openOfficePackage, shortName } from "./office-package.ts";
import { readOtherParts } from "./office-parts.ts";
import { openZip, type ZipPart } from "./open-zip.ts";
import { readDocx } from "./read-docx.ts";
import { readImage } from "./read-image.ts";
import { readPdf } from "./read-pdf.ts";
import { readPptx } from "./read-pptx.ts";
import { readText } from "./read-text.ts";
import { readVideo } from "./read-video.ts";
import { readXlsb } from "./read-xlsb.ts";
import { readXlsx } from "./read-xlsx.ts";
import { leavesFolder } from "./zip-names.ts";

type Kind = FileFacts["kind"];

const officeReaders = { docx: readDocx, pptx: readPptx, xlsx: readXlsx };

function recogniseOffice(parts: readonly ZipPart[]): keyof typeof officeReaders | "openDocument" | undefined {
  const has = (start: string) => parts.some((part) => part.name.toLowerCase().startsWith(start));
  if (has("mimetype") && has("content.xml")) return "openDocument";
  if (!has("[content_types].xml")) return undefined;
  return has("word/") ? "docx" : has("ppt/") ? "pptx" : has("xl/") ? "xlsx" : undefined;
}

const extensionsOf: Readonly<Record<Exclude<Kind, "other">, RegExp>> = {
  docx: /\.(?:docx|docm|dotx|dotm)$/i,
  pptx: /\.(?:pptx|pptm|ppsx|potx)$/i,
  xlsx: /\.(?:xlsx|xlsm|xltx|xlsb)$/i,
  pdf: /\.pdf$/i,
  text: /\.(?:txt|csv|tsv|md|srt|ass|vtt|lrc|log|json|xml|html?|js|css|py)$/i,
  image: /\.(?:jpe?g|png|gif|bmp|webp|tiff?|heic|heif|avif)$/i,
  video: /\.(?:mp4|m4v|mov|avi|mkv|webm|wmv|asf|flv|mpe?g|ts|mts|m2ts|rm|rmvb|3gp|vob)$/i,
  archive: /\.zip$/i,
};
const kindLabels: Readonly<Record<Exclude<Kind, "other">, string>> = {
  docx: " Word 文档（.docx）",
  pptx: "演示文稿（.pptx）",
  xlsx: "表格（.xlsx）",
  pdf: " PDF 文件",
  text: "文字文件",
  image: "图片",
  video: "视频",
  archive: "压缩包（.zip）",
};

/** Reports a name that says another kind: a program that opens files by their name will not open this one. */
function reportLyingName(name: string, kind: Kind, sink: PieceSink): void {
  if (kind === "other" || extensionsOf[kind].test(name)) return;
  const extension = /\.[^.]{1,8}$/.exec(name)?.[0];
  // Text may bear any name that no other kind of file bears.
  const claimed = Object.values(extensionsOf).some((pattern) => pattern.test(name));
  if (kind === "text" && !claimed) return;
  const mismatch = extension === undefined ? "文件名没有扩展名" : `文件名写的是 ${extension}`;
  sink.addProblem(`${mismatch}，其实是${kindLabels[kind]}；已按内容核查，请改正扩展名`);
}

/** Names and comments in a .zip; what it holds is not unpacked here. @throws UnreadableError */
async function readArchive(source: ByteSource, sink: PieceSink): Promise<void> {
  const { parts, comment } = await openZip(source, sink.budget);
  sink.addPiece("metadata", "压缩包的注释", comment);
  for (const part of parts) {
    sink.addPiece("metadata", "压缩包内的名称", part.name);
    sink.addPiece("metadata", `压缩包内“${part.name}”的注释`, part.comment);
    if (leavesFolder(part.name)) {
      sink.addProblem(`压缩包内的名称“${part.name.slice(0, 80)}”指向包外，未解压；请重新压缩后提交`);
    }
    if (part.encrypted) sink.addProblem("压缩包设有密码，内容无法核查；请取消密码后重新提交");
  }
}

async function readZip(
  source: ByteSource,
  sink: PieceSink,
  depth: number,
  setKind: (kind: Kind) => void,
): Promise<void> {
  const office = await openOfficePackage(source, sink.budget);
  const kind = recogniseOffice(office.zip.parts);
  if (kind === "openDocument") {
    throw new UnreadableError("是 OpenDocument 文档（.odt、.odp、.ods）；请另存为 .docx、.pptx 或 .xlsx 后重新提交");
  }
  if (kind === undefined) {
    setKind("archive");
    return readArchive(source, sink);
  }
  setKind(kind);
  const isBinary = kind === "xlsx" && office.part("xl/workbook.bin") !== undefined;
  const read = await (isBinary ? readXlsb : officeReaders[kind])(office, sink);
  await readOtherParts(office, read, sink, async (part, bytes) => {
    const where = `内嵌的“${shortName(part)}”`;
    if (depth >= readingLimits.nesting) {
      sink.addProblem(`${where}嵌套过深，未核查；请删去后重新保存`);
      return;
    }
    await readSource(bufferSource(shortName(part), bytes), nestedSink(sink, where), () => {}, depth + 1);
  });
}

async function readBySignature(
  signature: Signature,
  source: ByteSource,
  sink: PieceSink,
  depth: number,
  setKind: (kind: Kind) => void,
): Promise<void> {
  switch (signature.is) {
    case "empty":
      throw new UnreadableError("是空文件（0 字节）；请重新导出或重新上传");
    case "foreign":
      throw new UnreadableError(`是${signature.name}，无法读取；${signature.remedy}`);
    case "zip":
      return readZip(source, sink, depth, setKind);
    case "pdf":
      setKind("pdf");
      return readPdf(source, sink);
    case "image":
      setKind("image");
      return readImage(source, signature.format, "图片", sink);
    case "video":
      setKind("video");
      return readVideo(source, "视频", sink);
    case "audio":
      // Within a document nothing is wrong with a sound.
      return readVideo(source, "声音", depth === 0 ? sink : { ...sink, addProblem: () => {} });
    case "text":
      await readText(source, sink);
      return setKind("text");
    case "unknown":
      // Pictures and fonts of a program inside a document are of many kinds; a file that was handed in is not.
      if (depth === 0) {
        throw new UnreadableError(
          "格式无法识别；请改为 .docx、.pdf、.pptx、.xlsx、.txt、.jpg、.png 或 .mp4 后重新提交",
        );
      }
  }
}

/**
 * Reads a file, or a part of one, by what its bytes are.
 * @param setKind is called as soon as the kind is known, which may be before the reading fails
 * @throws UnreadableError where nothing more can be read
 */
export async function readSource(
  source: ByteSource,
  sink: PieceSink,
  setKind: (kind: Kind) => void,
  depth = 0,
): Promise<void> {
  const head = await source.read(0, Math.min(signatureBytes, source.size));
  const signature = recogniseSignature(head);
  await readBySignature(signature, source, sink, depth, (kind) => {
    setKind(kind);
    if (depth === 0) reportLyingName(source.name, kind, sink);
  });
}
