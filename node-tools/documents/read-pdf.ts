import { getDocumentProxy } from "unpdf";
import type { ByteSource } from "./byte-source.ts";
import type { PieceSink } from "./facts-collector.ts";
import { readingLimits, UnreadableError } from "./limits.ts";
import { preflightPdf } from "./pdf-preflight.ts";
import { readXmp } from "./read-xmp.ts";
import { decodeAddress, restoreChinese } from "./restore-chinese.ts";

type Document = Awaited<ReturnType<typeof getDocumentProxy>>;
type Page = Awaited<ReturnType<Document["getPage"]>>;

const infoLabels: Readonly<Record<string, string>> = {
  Title: "标题",
  Author: "作者",
  Subject: "主题",
  Keywords: "关键词",
  Creator: "创建程序",
  Producer: "生成程序",
};
/** What the reader adds to the Info dictionary by itself. */
const ofTheReader = /^(?:PDFFormatVersion|Language|EncryptFilterName|Is[A-Z]|CreationDate|ModDate|Trapped)/;

async function readInfo(document: Document, sink: PieceSink): Promise<void> {
  const { info, metadata } = await document.getMetadata();
  const add = (name: string, value: unknown) => {
    if (typeof value === "string")
      sink.addPiece("property", `文档属性“${infoLabels[name] ?? name}”`, restoreChinese(value));
  };
  for (const [name, value] of Object.entries(info as Record<string, unknown>)) {
    if (name === "Custom" && typeof value === "object" && value !== null) {
      for (const [custom, own] of Object.entries(value)) add(custom, own);
    } else if (!ofTheReader.test(name)) add(name, value);
  }
  const raw: unknown = metadata?.getRaw();
  if (typeof raw === "string") await readXmp(Buffer.from(raw), "文档", sink);
}

/** Names of attached files and titles of the outline. */
async function readAttachmentsAndOutline(document: Document, sink: PieceSink): Promise<void> {
  const attachments = (await document.getAttachments()) as Record<
    string,
    { filename?: string; description?: string }
  > | null;
  for (const [name, { filename, description }] of Object.entries(attachments ?? {})) {
    sink.addPiece("metadata", "附件的名称", filename ?? name);
    sink.addPiece("metadata", "附件的说明", description ?? "");
    sink.addProblem(`带有附件“${filename ?? name}”，其内容未核查；请删去附件后重新导出`);
  }
  const open = [...((await document.getOutline()) ?? [])];
  for (let i = 0; i < open.length && i < readingLimits.pieces; i += 1) {
    const item = open[i];
    sink.addPiece("hidden", "书签", restoreChinese(item?.title ?? ""));
    open.push(...(item?.items ?? []));
  }
}

/** Names of layers, labels of pages, and scripts. */
async function readSidePanels(document: Document, sink: PieceSink): Promise<void> {
  for (const [, layer] of (await document.getOptionalContentConfig()) as Iterable<[string, { name?: string }]>) {
    sink.addPiece("hidden", "图层的名称", restoreChinese(layer.name ?? ""));
  }
  const labels = new Set((await document.getPageLabels()) ?? []);
  sink.addPiece("hidden", "页码标签", restoreChinese([...labels].join("\n")));
  const scripts = Object.values((await document.getJSActions()) ?? {}).flat();
  sink.addPiece("hidden", "脚本", restoreChinese(scripts.join("\n")));
}

interface Line {
  readonly text: string;
  /** Where on the page, in hundredths of its height from the bottom. */
  readonly height: number;
}

/** What stands on a page by lines, in the order in which the file has them. */
async function readLines(page: Page): Promise<Line[]> {
  const { items } = await page.getTextContent();
  const [, bottom = 0, , top = 0] = page.view;
  const lines: Line[] = [];
  let text = "";
  let height: number | undefined;
  const flush = () => {
    if (text.trim() !== "") lines.push({ text, height: height ?? 50 });
    text = "";
    height = undefined;
  };
  for (const item of items) {
    if (!("str" in item)) continue;
    if (item.str.trim() !== "") height ??= Math.round(((item.transform[5] - bottom) / (top - bottom || 1)) * 100);
    text += item.str;
    if (item.hasEOL) flush();
  }
  flush();
  return lines;
}

async function readAnnotations(page: Page, place: string, sink: PieceSink): Promise<void> {
  for (const annotation of (await page.getAnnotations()) as Record<string, unknown>[]) {
    const written = (name: string): string => {
      const value = annotation[name];
      if (typeof value === "string") return value;
      const inner = typeof value === "object" && value !== null && "str" in value ? value.str : "";
      return typeof inner === "string" ? inner : "";
    };
    const isLink = annotation.subtype === "Link";
    const isField = annotation.subtype === "Widget";
    sink.addPiece(isLink ? "alt" : "comment", `${place}${isLink ? "链接的说明" : "批注"}`, written("contentsObj"));
    if (!isLink && !isField) sink.addPiece("comment", `${place}批注的作者`, written("titleObj"));
    sink.addPiece("body", `${place}表单域`, written("fieldValue"));
    sink.addPiece("hidden", `${place}表单域的名称`, written("fieldName"));
    sink.addPiece("alt", `${place}表单域的提示`, written("alternativeText"));
    sink.addPiece("metadata", `${place}链接`, decodeAddress(written("url") || written("unsafeUrl")));
    const file = annotation.file as { filename?: string } | undefined;
    sink.addPiece("metadata", `${place}附件的名称`, file?.filename ?? "");
  }
}

interface StructureNode {
  readonly alt?: string;
  readonly children?: readonly StructureNode[];
}

async function readAlternativeTexts(page: Page, place: string, sink: PieceSink): Promise<void> {
  const open = [(await page.getStructTree()) as StructureNode | null];
  for (let node = open.pop(); node; node = open.pop()) {
    sink.addPiece("alt", `${place}图形的替代文字`, node.alt ?? "");
    open.push(...(node.children ?? []));
  }
}

const pageNumber = /^[—–\-\s/第页共of]*\d+[—–\-\s/第页共of\d]*$/;
/** Hundredths of the page at its top and bottom where page numbers stand. */
const margin = 10;

const sameLine = (line: Line) => `${line.height} ${line.text.trim()}`;

/** What stands at the same height of most pages is their header or footer, and no text of the submission. */
function findRunningLines(pages: readonly (readonly Line[])[]): ReadonlySet<string> {
  const counts = new Map<string, number>();
  for (const lines of pages) {
    for (const line of new Set(lines.map(sameLine))) counts.set(line, (counts.get(line) ?? 0) + 1);
  }
  return new Set([...counts].filter(([, count]) => pages.length > 1 && count * 2 > pages.length).map(([line]) => line));
}

function addPages(pages: readonly (readonly Line[])[], sink: PieceSink): void {
  const running = findRunningLines(pages);
  pages.forEach((lines, i) => {
    const body: string[] = [];
    for (const line of lines) {
      const isNumber = (line.height < margin || line.height > 100 - margin) && pageNumber.test(line.text.trim());
      if (isNumber || running.has(sameLine(line))) sink.addPiece("header", `第 ${i + 1} 页页眉页脚`, line.text);
      else {
        body.push(line.text);
        sink.addParagraph(line.text, false);
      }
    }
    sink.addPiece("body", `第 ${i + 1} 页`, body.join("\n"));
  });
}

async function readDocument(document: Document, sink: PieceSink): Promise<void> {
  await readInfo(document, sink);
  await readAttachmentsAndOutline(document, sink);
  await readSidePanels(document, sink);
  const pages: Line[][] = [];
  let broken = 0;
  try {
    for (let i = 1; i <= document.numPages; i += 1) {
      sink.budget.checkTime();
      try {
        const page = await document.getPage(i);
        pages.push(await readLines(page));
        await readAnnotations(page, `第 ${i} 页`, sink);
        await readAlternativeTexts(page, `第 ${i} 页`, sink);
        page.cleanup();
      } catch {
        broken += 1;
        pages.push([]);
      }
    }
  } finally {
    addPages(pages, sink);
  }
  if (broken > 0) sink.addProblem(`有 ${broken} 页无法读取；请重新导出 PDF 后提交`);
  else if (pages.every((lines) => lines.length === 0)) {
    sink.addProblem("没有可读取的文字，可能是扫描件或图片；请提交由 Word 或 WPS 导出的 PDF，或由人工核对");
  }
}

/** Text by page, Info, XMP, annotations, outline, names of attachments. @throws UnreadableError */
export async function readPdf(source: ByteSource, sink: PieceSink): Promise<void> {
  if (source.size > readingLimits.wholeFileBytes) {
    throw new UnreadableError("PDF 过大，未核查；请压缩其中的图片后重新导出");
  }
  const bytes = await source.read(0, source.size);
  preflightPdf(bytes, sink);
  let document: Document;
  try {
    document = await getDocumentProxy(new Uint8Array(bytes), { verbosity: 0 });
  } catch (error) {
    const name = error instanceof Error ? error.name : "";
    throw new UnreadableError(
      name === "PasswordException"
        ? "设有打开密码，无法读取；请取消密码后重新提交"
        : "不是完整的 PDF，或已损坏；请重新导出并确认能够打开后提交",
    );
  }
  try {
    await readDocument(document, sink);
  } finally {
    await document.destroy();
  }
}
