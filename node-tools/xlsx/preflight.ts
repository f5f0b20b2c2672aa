import { basename } from "node:path";
import { InputError } from "../errors.ts";
import { type ZipArchive, ZipError } from "./package/zip-archive.ts";
import { openZip } from "./zip.ts";

/** The parts of an .xlsx package by their names without a leading slash. */
export type PackageParts = Map<string, Buffer>;

/** `edit`: the workbook will be saved again, so nothing in it may be lost by that. */
export type Purpose = "edit" | "input";

/**
 * Unpacks an .xlsx file and makes sure that it is one that can be read, and with purpose `edit` saved again without loss.
 * @throws InputError that says what is wrong with the file and what to do
 */
export function openPackage(path: string, bytes: Buffer, purpose: Purpose): PackageParts {
  const say = (text: string) => new InputError(path, `「${basename(path)}」${text}`);
  if (bytes.length >= 8 && bytes.readUInt32BE(0) === 0xd0cf11e0) throw say(explainOle(bytes));
  let parts: PackageParts;
  try {
    const archive = openZip(bytes);
    refuseOtherKinds(archive, say);
    parts = new Map(archive.names.map((name) => [name, Buffer.from(archive.read(name) ?? [])]));
  } catch (error) {
    if (error instanceof ZipError) throw say(explainZip(error, bytes));
    throw error;
  }
  refuseOddXml(parts, say);
  if (purpose === "edit") {
    const lost = findLostParts(parts);
    if (lost.length > 0) {
      throw say(
        `含有保存后会丢失的内容：${lost.join("、")}。为免丢失，没有做任何改动。` +
          "请先在原文件中删除这些内容，或把它们移到另一个文件，保存后再试。",
      );
    }
  }
  return parts;
}

export function explainOle(bytes: Buffer): string {
  if (bytes.includes(Buffer.from("EncryptedPackage", "utf16le"))) {
    return "设有打开密码，无法读取。请用 Excel 或 WPS 打开，取消密码后另存。";
  }
  if (bytes.includes(Buffer.from("WordDocument", "utf16le"))) {
    return "是 Word 文档（.doc），不是表格。请选择 .xlsx 或 .csv 文件。";
  }
  return "是旧版的 .xls 格式（只改扩展名不会改变格式）。请用 Excel 或 WPS 打开，另存为「Excel 工作簿（*.xlsx）」。";
}

export function explainZip(error: ZipError, bytes: Buffer): string {
  switch (error.reason) {
    case "truncated":
      return "不完整或已损坏，可能没有下载或复制完。请重新取得这个文件。";
    case "encrypted":
      return "是加密的压缩包，无法读取。请取消密码后再试。";
    case "too large":
      return "解压后过大，不像正常的表格，出于安全没有读取。请只保留需要的工作表和数据，另存为 .xlsx 后再试。";
    case "unsupported":
      return "使用了不支持的压缩方式。请用 Excel 或 WPS 打开，另存为「Excel 工作簿（*.xlsx）」。";
    case "not a zip": {
      const head = bytes.subarray(0, 1024).toString("latin1").trimStart().toLowerCase();
      if (/^(\ufeff|ï»¿)?<(!doctype html|html|table|\?xml|meta|style|head)/.test(head)) {
        return "其实是网页（HTML 或 XML）文件，只是扩展名写作 .xlsx。请用 Excel 或 WPS 打开，另存为「Excel 工作簿（*.xlsx）」。";
      }
      if (head.startsWith("%pdf")) return "其实是 PDF 文件。请提供原来的表格文件。";
      return "不是 .xlsx 表格（可能是改了扩展名的 CSV 或其他文件）。请用 Excel 或 WPS 打开，另存为「Excel 工作簿（*.xlsx）」。";
    }
  }
}

const workbookTypes =
  /application\/vnd\.(openxmlformats-officedocument\.spreadsheetml\.(sheet|template)\.main\+xml|ms-excel\.(sheet|template)\.macroEnabled\.main\+xml)/i;

export function refuseOtherKinds(archive: ZipArchive, say: (text: string) => InputError): void {
  const read = (name: string) => {
    const content = archive.sizeOf(name) < 4_000_000 ? archive.read(name) : undefined;
    return Buffer.from(content ?? []).toString("utf8");
  };
  const openDocument = read("mimetype");
  if (openDocument.includes("opendocument")) {
    throw say(
      "是 OpenDocument 格式（.ods 等）。请用 LibreOffice、Excel 或 WPS 打开，另存为「Excel 工作簿（*.xlsx）」。",
    );
  }
  const types = read("[Content_Types].xml");
  if (workbookTypes.test(types)) return;
  if (types.includes("wordprocessingml")) throw say("是 Word 文档（.docx），不是表格。请选择 .xlsx 或 .csv 文件。");
  if (types.includes("presentationml")) throw say("是演示文稿（.pptx），不是表格。请选择 .xlsx 或 .csv 文件。");
  if (types.includes("sheet.binary")) {
    throw say("是二进制工作簿（.xlsb）。请用 Excel 打开，另存为「Excel 工作簿（*.xlsx）」。");
  }
  throw say("是压缩包，不是 .xlsx 表格。请解压后选择里面的表格文件。");
}

function refuseOddXml(parts: PackageParts, say: (text: string) => InputError): void {
  for (const [name, content] of parts) {
    if (!/\.(xml|rels|vml)$/i.test(name)) continue;
    if (content.includes("<!DOCTYPE")) {
      throw say(
        "内部含有正常表格不会有的 XML 声明（DOCTYPE），出于安全没有读取。请用 Excel 或 WPS 打开，另存为新的 .xlsx。",
      );
    }
    if ((content[0] === 0xff && content[1] === 0xfe) || (content[0] === 0xfe && content[1] === 0xff)) {
      throw say("内部文字编码不是 UTF-8。请用 Excel 或 WPS 打开，另存为新的 .xlsx。");
    }
  }
  const workbook = parts.get("xl/workbook.xml");
  if (!workbook)
    throw say("内部结构不完整（缺少工作簿部分）。请用 Excel 或 WPS 打开，另存为「Excel 工作簿（*.xlsx）」。");
  const heads = [...parts].filter(([name]) =>
    /^xl\/(workbook|styles|sharedStrings|worksheets\/[^/]+)\.xml$/.test(name),
  );
  for (const [, content] of heads) {
    const head = content.subarray(0, 2_000).toString("utf8");
    if (/<\w+:(workbook|worksheet|styleSheet|sst)[\s>]/.test(head) || head.includes("purl.oclc.org/ooxml")) {
      throw say("由别的程序以少见的写法生成，无法直接读取。请用 Excel 或 WPS 打开，另存为「Excel 工作簿（*.xlsx）」。");
    }
  }
}

/** What a round trip loses, in the words of the office programs' menus. */
const lostParts: readonly (readonly [RegExp, string])[] = [
  [/^xl\/(charts|chartsheets|chartEx)\//i, "图表"],
  [/^xl\/(pivotTables|pivotCache)\//i, "数据透视表"],
  [/^xl\/threadedComments\//i, "批注对话（线程批注）"],
  [/^xl\/(slicers|slicerCaches|timelines|timelineCaches)\//i, "切片器或日程表"],
  [/^xl\/(vbaProject\.bin|macrosheets\/)/i, "宏"],
  [/^xl\/dialogsheets\//i, "对话框工作表"],
  [/^xl\/externalLinks\//i, "指向其他工作簿的链接"],
  [/^xl\/(embeddings|activeX)\//i, "嵌入的对象"],
  [/^xl\/ctrlProps\//i, "表单控件"],
  [/^xl\/diagrams\//i, "SmartArt 图形"],
  [/^xl\/ink\//i, "墨迹"],
  [/^xl\/xmlMaps\.xml$/i, "XML 映射"],
  [/^xl\/(connections\.xml|queryTables\/|model\/)/i, "外部数据连接"],
  [/^xl\/cellimages\.xml$/i, "WPS 嵌入单元格的图片"],
  [/^xl\/(richData|metadata\.xml)/i, "数据类型或动态数组"],
  [/^_xmlsignatures\//i, "数字签名"],
];

function findLostParts(parts: PackageParts): string[] {
  const lost = new Set<string>();
  for (const [name, content] of parts) {
    for (const [pattern, what] of lostParts) if (pattern.test(name)) lost.add(what);
    if (/^xl\/drawings\/[^/]+\.xml$/i.test(name)) {
      if (/<(xdr:)?(sp|cxnSp|grpSp)[\s>]/.test(content.toString("utf8"))) lost.add("图形或文本框");
    }
    if (/^xl\/worksheets\/[^/]+\.xml$/i.test(name) && content.includes("<legacyDrawingHF"))
      lost.add("页眉页脚中的图片");
  }
  return [...lost];
}
