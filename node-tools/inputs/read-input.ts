import { basename } from "node:path";
import type { CellValue, SheetSnapshot } from "../../apps-script/core/workbook/port.ts";
import { readBytes } from "../disk/disk.ts";
import { digestBytes } from "../disk/files.ts";
import { decodeCsv } from "../documents/decode-text.ts";
import { readWorkbookBytes } from "../xlsx/exceljs/workbook.ts";
import { parseCsv } from "./parse-csv.ts";

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
 * Reads a table that somebody sent, workbook or text, told by its content. Nothing is converted: what a CSV holds
 * stays text, and a long number in a workbook stays the number that it has become.
 * @throws InputError that names the file, what is wrong and what to do
 */
export async function readInputTables(path: string): Promise<InputFile> {
  const bytes = readBytes(path);
  const file = basename(path);
  const common = { file, path, digest: digestBytes(bytes) };
  if (!isText(bytes, file)) {
    const { snapshot } = await readWorkbookBytes(path, bytes, "input");
    return { ...common, encoding: "", sheets: snapshot.sheets };
  }
  const { text, encoding } = decodeCsv(bytes, path);
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
