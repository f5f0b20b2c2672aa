import { cellAddress } from "../../apps-script/core/workbook/addresses.ts";
import { InputError } from "../errors.ts";
import type { Codec } from "./package/codec.ts";
import { MarkupError } from "./package/markup.ts";
import { listSheets, openWorkbookInPlace, SheetSizeError, type WorkbookInPlace } from "./package/workbook-in-place.ts";
import { ZipArchive, ZipError } from "./package/zip-archive.ts";
import { explainOle, explainZip, isOle, type Purpose, refuseOtherKinds } from "./preflight.ts";

/** What no change may touch, or what would be wrong after one, and the way out. */
const untouchable: readonly (readonly [RegExp, string])[] = [
  [
    /^xl\/(vbaProject\.bin|macrosheets\/)/i,
    "含有宏（.xlsm）。为免宏随改动出错，没有做任何改动。请另存为「Excel 工作簿（*.xlsx）」后再试。",
  ],
  [/^_xmlsignatures\//i, "带有数字签名，任何改动都会使签名失效，没有做任何改动。请先在原文件中删除签名，另存后再试。"],
  [
    /^xl\/revisions\//i,
    "开启了“共享工作簿”的修订记录，改动后记录会与内容不符，没有做任何改动。请先停止共享，另存后再试。",
  ],
];

/**
 * Opens an .xlsx file, or an .xlsm as input.
 *
 * @param path for messages
 * @param purpose with `edit` a workbook is refused that no change may touch
 * @param read what is read of it, so that what cannot be read is explained as well
 * @param inspect throws when it is not the workbook that is wanted, by the names of its sheets, before anything else is
 *   said of it
 * @param opened the same bytes, opened before and not changed since
 * @throws InputError that names the file, what is wrong and what to do
 */
export function openWorkbook<T>(
  path: string,
  bytes: Uint8Array,
  purpose: Purpose,
  codec: Codec,
  read: (book: WorkbookInPlace) => T,
  inspect?: (sheets: readonly string[]) => void,
  opened?: WorkbookInPlace,
): T {
  const name = path.slice(Math.max(path.lastIndexOf("/"), path.lastIndexOf("\\")) + 1);
  const say = (text: string, cause?: unknown) => new InputError(path, `「${name}」${text}`, { cause });
  if (isOle(bytes)) throw say(explainOle(codec.toBinary(bytes)));
  const explain = (error: unknown) => {
    if (error instanceof ZipError) return say(explainZip(error, codec.toBinary(bytes.subarray(0, 1024))), error);
    if (error instanceof MarkupError) return say(explainMarkup(error), error);
    if (!(error instanceof SheetSizeError)) return error;
    const { sheet, row, column, limits } = error;
    const where = column > limits.columns ? `第 ${column} 列` : `第 ${row} 行`;
    return say(
      `的工作表「${sheet}」在${where}（${cellAddress(row, column)}）还有内容，超出可处理的范围（${limits.rows} 行、${limits.columns} 列）。` +
        "请删除多余的行列，或把需要的数据复制到新文件后再试。",
      error,
    );
  };
  try {
    if (bytes.length === 0) throw new ZipError("not a zip");
    const archive = new ZipArchive(bytes, codec);
    refuseOtherKinds(archive, codec, say);
    if (inspect) inspect(listSheets(archive, codec));
    for (const [part, text] of purpose === "edit" ? untouchable : []) {
      if (archive.names.some((each) => part.test(each))) throw say(text);
    }
    return read(opened ?? openWorkbookInPlace(bytes, codec, explain));
  } catch (error) {
    throw explain(error);
  }
}

function explainMarkup({ reason, part }: MarkupError): string {
  switch (reason) {
    case "declaration":
      return "内部含有正常表格不会有的 XML 声明（DOCTYPE），出于安全没有读取。请用 Excel 或 WPS 打开，另存为新的 .xlsx。";
    case "encoding":
      return "内部文字的编码认不出。请用 Excel 或 WPS 打开，另存为新的 .xlsx。";
    case "missing":
      return `的内部结构无法解读（缺少${part}）。请用 Excel 或 WPS 打开，另存为新的「Excel 工作簿（*.xlsx）」后再试。`;
    case "damaged":
      return "的内部结构无法解读（有一部分已损坏）。请用 Excel 或 WPS 打开，另存为新的「Excel 工作簿（*.xlsx）」后再试。";
  }
}
