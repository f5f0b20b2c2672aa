import { areaAddress, columnLetters } from "../../core/workbook/addresses.ts";
import type { Area, CellEdit } from "../../core/workbook/port.ts";
import { boundingArea, type CellPlace, exactAreas, rangeOf, rowsPerCall, sliceRows } from "./areas.ts";
import { formatOf, literalText, type SerialOf, type SheetIds, type SheetValue, toSheetValue } from "./cell-values.ts";
import { type Block, type EncodedEdit, type List, planWrites, type Write } from "./plan-writes.ts";
import { clockOf } from "./spreadsheet-clock.ts";

type Sheet = GoogleAppsScript.Spreadsheet.Sheet;

/** The longest text that a cell of Sheets holds, in UTF-16 code units. */
const longestCellText = 50_000;
/** Longer calls fail on the platform; bytes of UTF-8, about. */
const bytesPerCall = 5_000_000;

/** A text too long for its cell; whoever made the patch must split it. */
export class CellTextError extends RangeError {
  constructor(sheet: string, row: number, column: number, length: number) {
    super(
      `工作表「${sheet}」第 ${row} 行第 ${column} 列（${columnLetters(column)}${row}）的文字有 ${length} 个字符，` +
        `超过单元格上限 ${longestCellText} 个；请删短或拆成几个单元格后再试。`,
    );
    this.name = "CellTextError";
  }
}

/** @throws CellTextError */
export function checkCellText(sheet: string, row: number, column: number, text: string): void {
  if (text.length > longestCellText) throw new CellTextError(sheet, row, column, text.length);
}

/**
 * Writes these cells and no others; the grid must be large enough.
 *
 * @param isEmpty whether a row is known to hold nothing, so that cells between the edits need not be read
 * @param isNew whether the sheet was made just now, so that no cell is formatted yet
 * @throws CellTextError before anything is written
 */
export function writeCells(
  sheet: Sheet,
  name: string,
  edits: readonly CellEdit[],
  sheets: SheetIds,
  isEmpty: (row: number) => boolean,
  isNew: boolean,
): void {
  const encoded = edits.map(({ row, column, value }): EncodedEdit => {
    const text = typeof value === "object" && value?.kind === "link" ? value.text : value;
    if (typeof text === "string") checkCellText(name, row, column, text);
    return { row, column, value: toSheetValue(value, sheets) };
  });
  setFormats(sheet, edits);
  const writes = planWrites(encoded, isEmpty);
  const formatAt = isNew ? undefined : formatsOf(sheet, writes);
  for (const write of writes) {
    if (write.kind === "block") writeBlock(sheet, write, isEmpty, formatAt);
    else for (const block of writeList(sheet, write, formatAt)) writeBlock(sheet, block, isEmpty, formatAt);
  }
}

/**
 * Writes one value in many places; a text without its apostrophe where it is plain text anyway.
 * @returns what has to be written by itself, because it is not known yet how a cell of plain text takes it
 */
function writeList(sheet: Sheet, { areas, value }: List, formatAt: FormatAt | undefined): Block[] {
  const write = (places: readonly Area[], text: SheetValue) => {
    for (let i = 0; i < places.length; i += rowsPerCall) {
      sheet.getRangeList(places.slice(i, i + rowsPerCall).map(areaAddress)).setValue(text);
    }
  };
  if (!formatAt || !isQuoted(value)) {
    write(areas, value);
    return [];
  }
  const cells = areas.flatMap(cellsOf);
  const isPlain = ({ row, column }: CellPlace) => formatAt(row, column) === "@";
  const [plain, others] = [exactAreas(cells.filter(isPlain)), exactAreas(cells.filter((cell) => !isPlain(cell)))];
  write(others, value);
  if (mayBeTaken.test(value)) return plain.map((area) => ({ kind: "block", area, values: filledWith(area, value) }));
  write(plain, value.slice(1));
  return [];
}

function cellsOf({ top, left, bottom, right }: Area): CellPlace[] {
  const cells: CellPlace[] = [];
  for (let row = top; row <= bottom; row += 1)
    for (let column = left; column <= right; column += 1) cells.push({ row, column });
  return cells;
}

const filledWith = ({ top, left, bottom, right }: Area, value: SheetValue): SheetValue[][] =>
  Array.from({ length: bottom - top + 1 }, () => Array.from({ length: right - left + 1 }, () => value));

/** A serial number is a date only where the format says so; the format must stand there first, or a text column keeps it as text. */
function setFormats(sheet: Sheet, edits: readonly CellEdit[]): void {
  const byFormat = new Map<string, Map<string, CellEdit>>();
  for (const edit of edits) {
    const format = formatOf(edit.value);
    if (format === undefined) continue;
    const known = byFormat.get(format) ?? new Map<string, CellEdit>();
    byFormat.set(format, known.set(`${edit.row}:${edit.column}`, edit));
  }
  for (const [format, cells] of byFormat) {
    sheet.getRangeList(exactAreas([...cells.values()]).map(areaAddress)).setNumberFormat(format);
  }
}

type Line = readonly (SheetValue | undefined)[];

type FormatAt = (row: number, column: number) => string | undefined;

/** The number formats of the cells of all blocks that may hold texts: read at once, when they are first asked for. */
function formatsOf(sheet: Sheet, writes: readonly Write[]): FormatAt {
  let known: readonly { readonly top: number; readonly left: number; readonly formats: string[][] }[] | undefined;
  const read = () => {
    const corners = writes.flatMap((write) => {
      const mayHoldTexts = (value: unknown) => value === undefined || isQuoted(value);
      if (write.kind === "list" ? !isQuoted(write.value) : !write.values.some((line) => line.some(mayHoldTexts)))
        return [];
      return (write.kind === "list" ? write.areas : [write.area]).flatMap(({ top, left, bottom, right }) => [
        { row: top, column: left },
        { row: bottom, column: right },
      ]);
    });
    return sliceRows(boundingArea(corners)).map((slice) => ({
      ...slice,
      formats: rangeOf(sheet, slice).getNumberFormats(),
    }));
  };
  return (row, column) => {
    known ??= read();
    const slice = known.find(({ top, formats }) => row >= top && row < top + formats.length);
    return slice?.formats[row - slice.top]?.[column - slice.left];
  };
}

/** @param formatAt undefined where no cell is formatted yet */
function writeBlock(
  sheet: Sheet,
  { area, values }: Block,
  isEmpty: (row: number) => boolean,
  formatAt: FormatAt | undefined,
): void {
  let from = 0;
  while (from < values.length) {
    let to = from;
    let bytes = 0;
    while (to < values.length && to - from < rowsPerCall) {
      const size = sizeOf(values[to] ?? []);
      if (to > from && bytes + size > bytesPerCall) break;
      bytes += size;
      to += 1;
    }
    const slice = { ...area, top: area.top + from, bottom: area.top + to - 1 };
    const range = rangeOf(sheet, slice);
    const lines = values.slice(from, to);
    const gaps = lines.some((line, i) => line.includes(undefined) && !isEmpty(slice.top + i));
    const filled = gaps
      ? fillGaps(
          range,
          lines,
          clockOf(() => sheet),
        )
      : lines.map((line) => line.map((value) => value ?? ""));
    if (formatAt) writeTexts(range, filled, (i, j) => formatAt(slice.top + i, slice.left + j));
    else range.setValues(filled);
    from = to;
  }
}

const isQuoted = (value: unknown): value is string => typeof value === "string" && value.startsWith("'");

/** What a cell of plain text might still take for a formula, or for an apostrophe of its own. */
const mayBeTaken = /^'[\s\u200b-\u200d\u3000\ufeff]*[=+\-@＝＋－＠']/;
/** Document property: `stay` or `go`, once it is known what becomes of an apostrophe in a cell of plain text. */
const apostrophesKey = "casebook.apostrophes";

/**
 * Writes values whose texts may bear an apostrophe. In a cell of plain text (`@`) it may stay in the value (sheetquery #20
 * says so, Google nothing), so it is left away there. Only before what might be taken for a formula it is put, until it is
 * known what becomes of it: that is found once, at the first such cell.
 */
function writeTexts(
  range: GoogleAppsScript.Spreadsheet.Range,
  values: readonly (readonly unknown[])[],
  formatAt: FormatAt,
): void {
  const properties = PropertiesService.getDocumentProperties();
  const known = values.some((line) => line.some(isQuoted)) ? properties.getProperty(apostrophesKey) : "go";
  const without = (isLeft: (value: string) => boolean) =>
    values.map((line, i) =>
      line.map((value, j) =>
        known !== "go" && isQuoted(value) && formatAt(i, j) === "@" && isLeft(value) ? value.slice(1) : value,
      ),
    );
  const bare = without(() => true);
  const safe = known === "stay" ? bare : without((value) => !mayBeTaken.test(value));
  range.setValues(safe);
  const [row, column] = known === null ? findCell(safe, (value, i, j) => value !== bare[i]?.[j]) : [];
  if (row === undefined || column === undefined) return;
  const stays = range.getCell(row + 1, column + 1).getValues()[0]?.[0] === safe[row]?.[column];
  if (stays) range.setValues(bare);
  properties.setProperty(apostrophesKey, stays ? "stay" : "go");
}

function findCell(
  values: readonly (readonly unknown[])[],
  isWanted: (value: unknown, i: number, j: number) => boolean,
): readonly [row: number, column: number] | readonly [] {
  for (const [i, line] of values.entries()) {
    const j = line.findIndex((value, column) => isWanted(value, i, column));
    if (j >= 0) return [i, j];
  }
  return [];
}

function sizeOf(line: Line): number {
  let bytes = 0;
  for (const value of line) bytes += typeof value === "string" ? 3 * value.length : 8;
  return bytes;
}

const spill = /^=ARRAY_CONSTRAIN\(ARRAYFORMULA\([\s\S]*\),(\d+),(\d+)\)$/i;

/** Fills the gaps between edits with what the cells hold at this moment: people may have typed since they were read. */
function fillGaps(range: GoogleAppsScript.Spreadsheet.Range, lines: readonly Line[], serialOf: SerialOf): unknown[][] {
  const [top, left] = [range.getRow(), range.getColumn()];
  const present = range.getValues();
  const formulas = range.getFormulas();
  const spilled = new Set<string>();
  formulas.forEach((line, i) => {
    line.forEach((formula, j) => {
      const size = spill.exec(formula);
      if (!size) return;
      for (let r = 0; r < Number(size[1]); r += 1)
        for (let c = 0; c < Number(size[2]); c += 1) if (r + c > 0) spilled.add(`${i + r}:${j + c}`);
    });
  });
  return lines.map((line, i) =>
    line.map((value, j) => {
      if (value !== undefined) return value;
      const formula = formulas[i]?.[j];
      if (formula) return formula;
      return spilled.has(`${i}:${j}`) ? "" : keep(present[i]?.[j], (date) => serialOf(date, top + i, left + j));
    }),
  );
}

/** Encodes a value that was read, so that writing it back changes nothing. */
function keep(value: unknown, serialOf: (date: Date) => number): unknown {
  if (typeof value === "string") return literalText(value);
  if (Object.prototype.toString.call(value) === "[object Date]") return serialOf(value as Date);
  return value;
}
