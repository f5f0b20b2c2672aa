import Papa from "papaparse";
import { findDelimiter } from "../../apps-script/core/import/csv-text.ts";
import type { CellValue, SheetSnapshot } from "../../apps-script/core/workbook/port.ts";
import { readBytes } from "../disk/disk.ts";
import { digestBytes } from "../disk/files.ts";
import { decodeText } from "../documents/decode-text.ts";
import { InputError } from "../errors.ts";
import { basename } from "../host/paths.ts";
import { readWorkbookBytes } from "../office-files/workbook.ts";

export interface InputFile {
  /** Base name. */
  readonly file: string;
  readonly path: string;
  /** SHA-256 in hex. */
  readonly digest: string;
  /** `UTF-8`, `UTF-8 BOM`, `UTF-16LE`, `UTF-16BE`, `GB18030`; empty for a workbook. */
  readonly encoding: string;
  /** A CSV makes one sheet, named like the file without its extension. */
  readonly sheets: readonly SheetSnapshot[];
}

/**
 * Reads a table that somebody sent, workbook or text, whichever its content is. Nothing is converted: what a CSV holds
 * stays text, and a long number in a workbook stays the number that it has become.
 * @throws InputError that names the file, what is wrong and what to do
 */
export function readInputTables(path: string): InputFile {
  const bytes = readBytes(path);
  const file = basename(path);
  const common = { file, path, digest: digestBytes(bytes) };
  if (!isText(bytes, file)) {
    const { snapshot } = readWorkbookBytes(path, bytes, "input");
    return { ...common, encoding: "", sheets: snapshot.sheets };
  }
  const { text, encoding } = decodeText(bytes, path);
  const rows = parseCsv(text, path).map(emptyToNull);
  return {
    ...common,
    encoding,
    sheets: [{ name: file.replace(/\.[^.]*$/, ""), hidden: false, rows, notes: new Map() }],
  };
}

/** As in a workbook, nothing stands for the empty cells at the end of a row. */
function emptyToNull(row: readonly string[]): CellValue[] {
  const cells: CellValue[] = row.map((cell) => (cell === "" ? null : cell));
  while (cells.length > 0 && cells.at(-1) === null) cells.pop();
  return cells;
}

/** A file that is called a workbook is judged as one, so that its message speaks of workbooks. */
function isText(bytes: Buffer, file: string): boolean {
  const magic = bytes.toString("hex", 0, 4);
  if (magic === "504b0304" || magic === "d0cf11e0") return false;
  return !/\.(xlsx|xlsm|xls|et|ods)$/i.test(file);
}

/**
 * Rows of text cells; nothing is converted, rows may differ in length. The delimiter is the one of tab `, ; | ，` that
 * splits the first rows most evenly.
 * @throws InputError on an unclosed quote, with the line
 */
export function parseCsv(text: string, file = "CSV 文件"): string[][] {
  const { data, errors } = Papa.parse<string[]>(text, { delimiter: findDelimiter(text, splitHead), header: false });
  const broken = errors.find((error) => error.type === "Quotes");
  if (broken) {
    const line = text.slice(0, broken.index ?? 0).split(/\r\n|\n|\r/).length;
    throw new InputError(
      file,
      `「${basename(file)}」第 ${line} 行附近的双引号不成对，无法分清各列。请用 Excel 或 WPS 打开检查这一行，另存为 .xlsx 后再导入。`,
    );
  }
  while (data.length > 0 && data.at(-1)?.every((cell) => cell === "")) data.pop();
  return data;
}

function splitHead(text: string, delimiter: string, preview: number): string[][] {
  return Papa.parse<string[]>(text, { delimiter, header: false, preview }).data;
}
