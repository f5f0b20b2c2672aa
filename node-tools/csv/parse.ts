import { basename } from "node:path";
import Papa from "papaparse";
import { InputError } from "../errors.ts";

/** In the order in which they win a tie: the rarer inside a cell, the earlier. */
const delimiters = ["\t", ",", ";", "|", "，"];

/**
 * Rows of text cells; nothing is converted, rows may differ in length. The delimiter is the one of tab `, ; | ，` that
 * splits the first rows most evenly.
 * @throws InputError on an unclosed quote, with the line
 */
export function parseCsv(text: string, file = "CSV 文件"): string[][] {
  const { data, errors } = Papa.parse<string[]>(text, { delimiter: findDelimiter(text), header: false });
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

function findDelimiter(text: string): string {
  const head = text.slice(0, 50_000);
  let best = { delimiter: ",", score: 0 };
  for (const delimiter of delimiters) {
    const widths = Papa.parse<string[]>(head, { delimiter, header: false, preview: 20 })
      .data.map((row) => row.length)
      .filter((width) => width > 1);
    const tally = new Map<number, number>();
    for (const width of widths) tally.set(width, (tally.get(width) ?? 0) + 1);
    const score = Math.max(0, ...[...tally].map(([width, rows]) => rows * Math.min(width, 4)));
    if (score > best.score) best = { delimiter, score };
  }
  return best.delimiter;
}
