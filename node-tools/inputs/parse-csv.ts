import { basename } from "node:path";
import Papa from "papaparse";
import { findDelimiter } from "../../apps-script/core/import/csv-text.ts";
import { InputError } from "../errors.ts";

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
