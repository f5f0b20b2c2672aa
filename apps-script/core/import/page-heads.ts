/** A form of several pages in one grid: each page begins with its title, its entries and the header once more. */
import { cellText } from "../workbook/cell-text.ts";
import { comparableText, isVacant } from "../workbook/fingerprint.ts";
import type { CellValue } from "../workbook/port.ts";
import { type AboveGrid, readAboveGrid, stageInWords } from "./above-grid.ts";
import type { RecognisedTable } from "./recognise.ts";
import { GRID_ENTRY } from "./row-nature.ts";

type Rows = readonly (readonly CellValue[])[];

export interface PageHead extends AboveGrid {
  /** 0-based index of its first row; its last one is the repeated header. */
  readonly from: number;
  readonly header: number;
  readonly stage: string | undefined;
}

const TITLE = /附件|推荐表|名单|汇总表|信息表|登记表/;

/** The heads of the pages behind the first, in order. */
export function findPageHeads(rows: Rows, table: RecognisedTable, stages: readonly string[]): PageHead[] {
  const headers = new Map([...table.columns.values()].flat().map((c) => [c.index, comparableText(c.header)]));
  const filledIn = (row: number) => (rows[row] ?? []).flatMap((value, index) => (isVacant(value) ? [] : [index]));
  const textAt = (row: number, index: number) => comparableText(rows[row]?.[index] ?? null);
  const isHeader = (row: number) => {
    const known = filledIn(row).filter((index) => headers.has(index));
    return known.length >= 2 && known.length === headers.size && known.every((i) => headers.get(i) === textAt(row, i));
  };
  const isTitle = (row: number) => {
    const filled = filledIn(row);
    if (filled.some((index) => GRID_ENTRY.test(textAt(row, index)))) return true;
    return filled.length === 0 || (filled.length === 1 && TITLE.test(textAt(row, filled[0] as number)));
  };
  const heads: PageHead[] = [];
  for (let header = table.firstRow; header < rows.length; header++) {
    if (!isHeader(header)) continue;
    let from = header;
    while (from > table.firstRow && isTitle(from - 1)) from--;
    const titleRows = rows.slice(from, header);
    const above = readAboveGrid(titleRows);
    const titles = titleRows.map((cells) => cells.map(cellText).join(" ")).filter((title) => !title.includes("单位"));
    heads.push({ from, header, ...above, stage: stageInWords(titles.join(" "), stages, [above.nominator]) });
  }
  return heads;
}
