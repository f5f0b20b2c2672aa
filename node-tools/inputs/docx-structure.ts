import { SaxesParser, type SaxesTagNS } from "saxes";
import type { DocumentBlock, DocumentCell } from "../../apps-script/core/import/document.ts";
import { InputError } from "../errors.ts";
import { basename } from "../host/paths.ts";
import { openZip } from "../office-files/zip.ts";
import { allElements, attributesOf, MarkupError, plainMarkup } from "../xlsx/package/markup.ts";
import { type ZipArchive, ZipError } from "../xlsx/package/zip-archive.ts";

/** What a text of some thousand characters never reaches; more is no form that somebody filled in. */
export const docxLimits = { partBytes: 64 * 1024 * 1024, depth: 400, paragraphs: 100_000, characters: 5_000_000 };

/** Transitional and strict OOXML (ECMA-376 part 1 and part 4). */
const wordNamespaces = new Set([
  "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
  "http://purl.oclc.org/ooxml/wordprocessingml/main",
]);
const mathNamespaces = new Set([
  "http://schemas.openxmlformats.org/officeDocument/2006/math",
  "http://purl.oclc.org/ooxml/officeDocument/math",
]);
const compatibilityNamespace = "http://schemas.openxmlformats.org/markup-compatibility/2006";
const saveAs = "请用 Word 或 WPS 打开，另存为「Word 文档（*.docx）」后再导入。";

/** Why a document cannot be read, in words that follow its name. */
class Refusal extends Error {}

/**
 * Paragraphs and tables of a .docx in reading order: the visible text, with what tracked changes inserted and without
 * what they deleted; hidden text, prompts of empty fields, pictures, automatic numbers, headers and notes are left out.
 * The text of a text box follows the paragraph that it is anchored in.
 *
 * @throws InputError that names the file, what is wrong and what to do
 */
export function readDocxStructure(path: string, bytes: Buffer): DocumentBlock[] {
  try {
    return parseBody(readMainPart(bytes));
  } catch (error) {
    if (error instanceof Refusal) throw new InputError(path, `「${basename(path)}」${error.message}`);
    if (error instanceof MarkupError)
      throw new InputError(path, `「${basename(path)}」的内容已损坏，读不出来。${saveAs}`);
    if (error instanceof ZipError) throw new InputError(path, `「${basename(path)}」${explainZip(error, bytes)}`);
    throw error;
  }
}

function explainZip(error: ZipError, bytes: Buffer): string {
  switch (error.reason) {
    case "not a zip":
      return explainOtherFormat(bytes);
    case "encrypted":
      return "是加密的压缩包，无法读取。请取消密码后再导入。";
    case "too large":
      return "解压后过大，不像正常的文档，出于安全没有读取。请只保留正文和必要的图片，另存为 .docx 后再导入。";
    case "unsupported":
      return `使用了不支持的压缩方式。${saveAs}`;
    case "truncated":
      return "不完整或已损坏，可能没有下载或复制完。请重新取得这个文件。";
  }
}

function explainOtherFormat(bytes: Buffer): string {
  if (bytes.length >= 8 && bytes.readUInt32BE(0) === 0xd0cf11e0) {
    return bytes.includes(Buffer.from("EncryptedPackage", "utf16le"))
      ? "设有打开密码，无法读取。请用 Word 或 WPS 打开，取消密码后另存。"
      : `是旧版的 .doc 或 .wps 格式（只改扩展名不会改变格式）。${saveAs}`;
  }
  const head = bytes.subarray(0, 1024).toString("latin1").trimStart().toLowerCase();
  if (head.startsWith("{\\rtf")) return `是 RTF 格式。${saveAs}`;
  if (head.startsWith("%pdf")) return "其实是 PDF 文件。请提供原来的 Word 文档（.docx）。";
  if (/^(\ufeff|ï»¿)?<(!doctype html|html|\?xml|meta|head)/.test(head))
    return `其实是网页（HTML 或 XML）文件。${saveAs}`;
  return `不是 Word 文档，或者已经损坏。如能用 Word 或 WPS 打开，${saveAs.slice(1)}`;
}

function readPart(archive: ZipArchive, wanted: string): string | undefined {
  const name = archive.names.find((each) => each.toLowerCase() === wanted.toLowerCase());
  if (name === undefined) return undefined;
  if (archive.sizeOf(name) > docxLimits.partBytes) throw new ZipError("too large");
  const content = archive.read(name) ?? new Uint8Array();
  const encoding = content[0] === 0xff && content[1] === 0xfe ? "utf-16le" : "utf-8";
  return new TextDecoder(encoding).decode(content);
}

/** The part that the package names as its document; word/document.xml where it names none. */
function readMainPart(bytes: Buffer): string {
  const archive = openZip(bytes);
  const relations = plainMarkup(readPart(archive, "_rels/.rels") ?? "");
  const { Target = "word/document.xml" } =
    allElements(relations, "Relationship")
      .map((element) => attributesOf(relations, element))
      .find(({ Type }) => Type?.endsWith("/relationships/officeDocument")) ?? {};
  const target = Target.replace(/^\//, "");
  const main = target.endsWith(".xml") ? readPart(archive, target) : undefined;
  if (main !== undefined && /(^|\/)word\//i.test(target)) return main;
  const { names } = archive;
  if (names.some((name) => name.startsWith("xl/")))
    throw new Refusal("其实是表格文件。请把扩展名改回 .xlsx 后再导入。");
  if (names.some((name) => name.startsWith("ppt/"))) throw new Refusal("其实是演示文稿。请提供 Word 文档（.docx）。");
  if (names.includes("content.xml")) throw new Refusal(`是 OpenDocument（.odt）格式。${saveAs}`);
  throw new Refusal(`里没有文档正文，不是 Word 文档，或者已经损坏。${saveAs}`);
}

interface Frame {
  readonly blocks: DocumentBlock[];
}
interface OpenParagraph {
  readonly text: string[];
  /** Blocks of text boxes anchored here. */
  readonly boxed: DocumentBlock[];
}
interface OpenTable {
  readonly rows: DocumentCell[][];
}
interface OpenCell extends Frame {
  span: number;
  continued: boolean;
}

/** Elements whose content a reader of the page does not see, or sees elsewhere. */
const unseen = new Set(["del", "moveFrom", "rt", "instrText", "delText", "footnotePr", "sectPr"]);
const isOff = (value: string | undefined) => value === "0" || value === "false" || value === "off";

/** Builds blocks from the events of the parser. */
class BodyBuilder {
  readonly body: DocumentBlock[] = [];
  private readonly frames: Frame[] = [{ blocks: this.body }];
  private readonly paragraphs: OpenParagraph[] = [];
  private readonly tables: OpenTable[] = [];
  private readonly cells: OpenCell[] = [];
  /** Whether each open content control shows its prompt only. */
  private readonly prompts: boolean[] = [];
  private readonly path: string[] = [];
  /** Depth at which something unseen began; 0 for none. */
  private skippedFrom = 0;
  private isHiddenRun = false;
  private takesText = false;
  private total = { paragraphs: 0, characters: 0 };

  open(tag: SaxesTagNS): void {
    const parent = this.path.at(-1) ?? "";
    const name = this.nameOf(tag);
    this.path.push(name);
    if (this.path.length > docxLimits.depth) throw new Refusal(`的结构嵌套过深，不像正常的文档。${saveAs}`);
    if (this.skippedFrom > 0) return;
    if (name === "mc:Fallback" || (name.startsWith("w:") && unseen.has(name.slice(2)))) {
      this.skippedFrom = this.path.length;
      return;
    }
    const value = this.attribute(tag, "val");
    switch (name) {
      case "w:p":
        this.total.paragraphs += 1;
        if (this.total.paragraphs > docxLimits.paragraphs) {
          throw new Refusal(`超过 ${docxLimits.paragraphs} 段，不像申报材料。请只保留正文后再导入。`);
        }
        this.paragraphs.push({ text: [], boxed: [] });
        break;
      case "w:r":
        this.isHiddenRun = false;
        break;
      case "w:vanish":
        if (this.path.at(-3) === "w:r") this.isHiddenRun = !isOff(value);
        break;
      case "w:t":
      case "m:t":
        this.takesText = true;
        break;
      case "w:tab":
        if (parent === "w:r") this.add("\t");
        break;
      case "w:br":
      case "w:cr":
        this.add("\n");
        break;
      case "w:noBreakHyphen":
        this.add("-");
        break;
      case "w:txbxContent":
        this.frames.push({ blocks: [] });
        break;
      case "w:sdt":
        this.prompts.push(false);
        break;
      case "w:showingPlcHdr":
        if (this.prompts.length > 0 && !isOff(value)) this.prompts[this.prompts.length - 1] = true;
        break;
      case "w:tbl":
        this.tables.push({ rows: [] });
        break;
      case "w:tr":
        this.tables.at(-1)?.rows.push([]);
        break;
      case "w:gridBefore":
        this.pad(Number(value ?? 0));
        break;
      case "w:tc": {
        const cell: OpenCell = { blocks: [], span: 1, continued: false };
        this.cells.push(cell);
        this.frames.push(cell);
        break;
      }
      case "w:gridSpan":
        this.changeCell({ span: Math.min(64, Math.max(1, Number(value) || 1)) });
        break;
      case "w:vMerge":
      case "w:hMerge":
        this.changeCell({ continued: value !== "restart" });
        break;
    }
  }

  text(text: string): void {
    if (this.takesText) this.add(text);
  }

  close(): void {
    const name = this.path.pop() ?? "";
    if (this.skippedFrom > 0) {
      if (this.path.length < this.skippedFrom) this.skippedFrom = 0;
      return;
    }
    switch (name) {
      case "w:t":
      case "m:t":
        this.takesText = false;
        break;
      case "w:r":
        this.isHiddenRun = false;
        break;
      case "w:p": {
        const { text, boxed } = this.paragraphs.pop() as OpenParagraph;
        this.frames.at(-1)?.blocks.push({ kind: "paragraph", text: text.join("") }, ...boxed);
        break;
      }
      case "w:txbxContent": {
        const { blocks } = this.frames.pop() as Frame;
        (this.paragraphs.at(-1)?.boxed ?? this.body).push(...blocks);
        break;
      }
      case "w:sdt":
        this.prompts.pop();
        break;
      case "w:tc": {
        this.frames.pop();
        const { blocks, span, continued } = this.cells.pop() as OpenCell;
        this.tables
          .at(-1)
          ?.rows.at(-1)
          ?.push(continued ? [] : blocks);
        this.pad(span - 1);
        break;
      }
      case "w:tbl": {
        const table = this.tables.pop();
        if (table) this.frames.at(-1)?.blocks.push({ kind: "table", rows: table.rows });
        break;
      }
    }
  }

  private nameOf(tag: SaxesTagNS): string {
    if (wordNamespaces.has(tag.uri)) return `w:${tag.local}`;
    if (mathNamespaces.has(tag.uri)) return `m:${tag.local}`;
    return tag.uri === compatibilityNamespace ? `mc:${tag.local}` : "";
  }

  private attribute(tag: SaxesTagNS, local: string): string | undefined {
    return Object.values(tag.attributes).find((a) => a.local === local && wordNamespaces.has(a.uri))?.value;
  }

  private add(text: string): void {
    if (this.skippedFrom > 0 || this.isHiddenRun || this.prompts.includes(true)) return;
    this.total.characters += text.length;
    if (this.total.characters > docxLimits.characters) {
      throw new Refusal(`的文字超过 ${docxLimits.characters} 个字符，不像申报材料。请只保留正文后再导入。`);
    }
    this.paragraphs.at(-1)?.text.push(text);
  }

  private pad(count: number): void {
    const row = this.tables.at(-1)?.rows.at(-1);
    for (let i = 0; i < Math.min(count, 64); i += 1) row?.push([]);
  }

  private changeCell(change: Partial<Pick<OpenCell, "span" | "continued">>): void {
    const cell = this.cells.at(-1);
    if (cell) Object.assign(cell, change);
  }
}

function parseBody(xml: string): DocumentBlock[] {
  const parser = new SaxesParser({ xmlns: true });
  const builder = new BodyBuilder();
  parser.on("doctype", () => {
    throw new Refusal(`里有文档类型声明（DTD），正常的 Word 文档没有，出于安全没有读取。${saveAs}`);
  });
  parser.on("error", () => {
    throw new Refusal(`的内容已损坏，读不出来。${saveAs}`);
  });
  parser.on("opentag", (tag) => builder.open(tag));
  parser.on("text", (text) => builder.text(text));
  parser.on("cdata", (text) => builder.text(text));
  parser.on("closetag", () => builder.close());
  parser.write(xml).close();
  return builder.body;
}
