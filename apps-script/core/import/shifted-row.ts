/**
 * Rows of a text that a mark divides into columns (.csv), where a mark inside a cell that nobody put in quotes moves the
 * rest of the row, and a quote too many swallows the rows below: recognised by what the columns hold, never by the number of
 * cells alone, since people write remarks beside a table.
 */
import type { ColumnSpec } from "../schema/sheet-spec.ts";
import { parseCivilDate } from "../text/civil-date.ts";
import { parseDuration } from "../text/duration.ts";
import { isPhone } from "../text/phone.ts";
import { parseResolution } from "../text/resolution.ts";
import { comparableText, isVacant } from "../workbook/fingerprint.ts";
import type { CellValue } from "../workbook/port.ts";
import { type CleaningContext, readNumber, recallChoice } from "./clean-cell.ts";
import type { RecognisedTable } from "./recognise.ts";

type Cells = readonly CellValue[];

/** Whether a text is what a column holds; undefined where a column may hold anything. */
function fits({ key, kind, choices }: ColumnSpec, text: string, context: CleaningContext): boolean | undefined {
  switch (kind) {
    case "choice":
      return choices && recallChoice(key, choices, text, context) !== undefined;
    case "date":
      return parseCivilDate(text) !== undefined;
    case "duration":
      return parseDuration(text) !== undefined || readNumber(text) !== undefined;
    case "number":
      return readNumber(text) !== undefined;
    case "resolution":
      return parseResolution(text) !== undefined;
    case "identifier":
      return key === "phone" ? isPhone(text) : key.endsWith("account") ? !/[\u4e00-\u9fff]/.test(text) : undefined;
    default:
      return undefined;
  }
}

interface Tally {
  readonly fitting: number;
  readonly misfits: readonly number[];
}

/** So many cells too many (or, negative, too few) are looked for. */
const shifts = [1, 2, 3, -1, -2];
/** Of these, which no running text of ours is full of. */
const marks = [",", "\t", ";", "|"];

/** `C0002` → `A0000`. */
const shapeOf = (text: string) =>
  text
    .trim()
    .replace(/[A-Za-z]/g, "A")
    .replace(/\d/g, "0");

/**
 * Judges the rows of a table: the reason why a row is not taken, or undefined.
 *
 * @param rows all data rows, which show what people write beside the table
 * @param specOf the column of the contract at a position
 */
export function makeShiftJudge(
  table: RecognisedTable,
  rows: readonly Cells[],
  specOf: (key: string) => ColumnSpec,
  context: CleaningContext,
): (cells: Cells) => string | undefined {
  const specs = new Map<number, ColumnSpec>();
  for (const [key, columns] of table.columns) for (const { index } of columns) specs.set(index, specOf(key));
  const width = Math.max(...table.headed) + 1;
  const isBeside = (index: number) =>
    2 * rows.filter((cells) => !isVacant(cells[index] ?? null)).length > rows.length || table.headed.has(index);

  function tally(textAt: (index: number) => string): Tally {
    let fitting = 0;
    const misfits: number[] = [];
    for (const [index, spec] of specs) {
      const text = textAt(index);
      const verdict = text === "" ? undefined : fits(spec, text, context);
      if (verdict) fitting += 1;
      if (verdict === false) misfits.push(index);
    }
    return { fitting, misfits: misfits.sort((a, b) => a - b) };
  }

  /** The row as it would be with so many cells joined into one at a place, or so many put in there. */
  const restored = (textAt: (index: number) => string, shift: number, place: number) => (index: number) => {
    if (index < place) return textAt(index);
    if (shift > 0) return index === place ? "" : textAt(index + shift);
    return index < place - shift ? "" : textAt(index + shift);
  };

  function explainShift(textAt: (index: number) => string, asItIs: Tally): string | undefined {
    for (const shift of shifts) {
      for (let place = 0; place < width; place++) {
        const { fitting, misfits } = tally(restored(textAt, shift, place));
        if (misfits.length > 1 || misfits.length > asItIs.misfits.length - 2 || fitting < asItIs.fitting + 2) continue;
        return describe(shift, asItIs.misfits[0]);
      }
    }
    return undefined;
  }

  const headerOf = (index: number) => [...table.columns.values()].flat().find((c) => c.index === index)?.header ?? "";
  function describe(shift: number, misfit: number | undefined): string {
    const count = shift > 0 ? `多出 ${shift} 格` : `少了 ${-shift} 格`;
    const from = misfit === undefined ? "" : `，从“${headerOf(misfit)}”一列起内容错位`;
    const why =
      shift > 0 ? "多半是前面某一格的文字里有分隔符（如逗号）而没有加双引号" : "多半是漏了一个分隔符（如逗号）";
    return `这一行${count}${from}，${why}，此行未导入。请打开文件改正这一行（文字里有分隔符的，整格用双引号括起来），或另存为 .xlsx 后重新导入。`;
  }

  /** Cells past the last header, where nothing says that the rest of the row stands right. */
  function explainOverflow(cells: Cells, textAt: (index: number) => string, asItIs: Tally): string | undefined {
    const beyond = cells.flatMap((value, index) =>
      index >= width && !isVacant(value) && !isBeside(index) ? [index] : [],
    );
    if (beyond.length === 0) return undefined;
    const lastFilled = [...table.headed].sort((a, b) => b - a).find((index) => textAt(index) !== "") ?? 0;
    const spec = specs.get(lastFilled);
    const isRemark = asItIs.misfits.length === 0 && spec && fits(spec, textAt(lastFilled), context) === true;
    return isRemark ? undefined : describe(cells.length - width, asItIs.misfits[0]);
  }

  /** Lines of other rows inside a cell: one with a number like the row's own in its place, or as many marks as a row has. */
  function explainSwallowed(cells: Cells, textAt: (index: number) => string): string | undefined {
    const keyColumn = ["id", "code", "account", "phone"].flatMap((key) => table.columns.get(key) ?? [])[0]?.index;
    const own = keyColumn === undefined ? "" : shapeOf(textAt(keyColumn));
    for (const [index, value] of cells.entries()) {
      if (typeof value !== "string" || !value.includes("\n")) continue;
      const lines = value.split("\n");
      const isRow = (line: string, mark: string) =>
        own.length > 1 && keyColumn !== undefined && shapeOf(line.split(mark)[keyColumn] ?? "") === own;
      const isManifold = (mark: string) =>
        specs.get(index)?.kind !== "longText" && value.split(mark).length > Math.max(3, (width - 1) * 0.6);
      if (!marks.some((mark) => isManifold(mark) || lines.slice(1).some((line) => isRow(line, mark)))) continue;
      return `“${headerOf(index)}”一格里连着下面 ${lines.length - 1} 行的内容，多半是双引号不成对，这几行都未导入。请打开文件补上或删去多余的双引号，或另存为 .xlsx 后重新导入。`;
    }
    return undefined;
  }

  return (cells) => {
    const textAt = (index: number) => comparableText(cells[index] ?? null);
    const swallowed = explainSwallowed(cells, textAt);
    if (swallowed !== undefined) return swallowed;
    const asItIs = tally(textAt);
    const shift = asItIs.misfits.length < 2 ? undefined : explainShift(textAt, asItIs);
    return shift ?? explainOverflow(cells, textAt, asItIs);
  };
}
