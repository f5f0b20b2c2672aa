import type { InputError } from "../errors.ts";
import type { Codec } from "./package/codec.ts";
import type { ZipArchive, ZipError } from "./package/zip-archive.ts";

/** `edit`: the workbook will be saved again, so nothing in it may be lost by that. */
export type Purpose = "edit" | "input";

/** Whether bytes begin as the files of older office programs do, and those with a password. */
export const isOle = (bytes: Uint8Array) => [0xd0, 0xcf, 0x11, 0xe0].every((byte, i) => bytes[i] === byte);

const inUtf16 = (text: string) => [...text].join("\0");

/** @param content the file as a binary string */
export function explainOle(content: string): string {
  if (content.includes(inUtf16("EncryptedPackage"))) {
    return "设有打开密码，无法读取。请用 Excel 或 WPS 打开，取消密码后另存。";
  }
  if (content.includes(inUtf16("WordDocument"))) {
    return "是 Word 文档（.doc），不是表格。请选择 .xlsx 或 .csv 文件。";
  }
  return "是旧版的 .xls 格式（只改扩展名不会改变格式）。请用 Excel 或 WPS 打开，另存为「Excel 工作簿（*.xlsx）」。";
}

/** @param start of the file, as a binary string */
export function explainZip(error: ZipError, start: string): string {
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
      const head = start.trimStart().toLowerCase();
      if (/^(\ufeff|ï»¿)?<(!doctype html|html|table|\?xml|meta|style|head)/.test(head)) {
        return "其实是网页（HTML 或 XML）文件，只是改了扩展名。请用 Excel 或 WPS 打开，另存为「Excel 工作簿（*.xlsx）」。";
      }
      if (head.startsWith("%pdf")) return "其实是 PDF 文件。请提供原来的表格文件。";
      return "不是 .xlsx 表格（可能是改了扩展名的 CSV 或其他文件）。请用 Excel 或 WPS 打开，另存为「Excel 工作簿（*.xlsx）」。";
    }
  }
}

const workbookTypes =
  /application\/vnd\.(openxmlformats-officedocument\.spreadsheetml\.(sheet|template)\.main\+xml|ms-excel\.(sheet|template)\.macroEnabled\.main\+xml)/i;

export function refuseOtherKinds(archive: ZipArchive, codec: Codec, say: (text: string) => InputError): void {
  const read = (name: string) => {
    const known = archive.find(name);
    const content = known === undefined || archive.sizeOf(known) > 4_000_000 ? undefined : archive.read(known);
    // Of UTF-16 the letters are left.
    return content ? codec.decode(content).replaceAll("\0", "") : "";
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
