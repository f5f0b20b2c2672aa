/** Reads a workbook or a document for the page that prints it. */
import { host } from "#host";
import { cellText } from "../../apps-script/core/workbook/cell-text.ts";
import type { CellStyle, CellValue, SheetLayout, SheetSnapshot } from "../../apps-script/core/workbook/port.ts";
import { noteKey } from "../../apps-script/core/workbook/port.ts";
import { InputError } from "../errors.ts";
import { openZip, unzipParts } from "../office-files/zip.ts";
import { openWorkbook } from "../xlsx/open-workbook.ts";
import { readAsPatch } from "../xlsx/package/read-looks.ts";
import { ZipError } from "../xlsx/package/zip-archive.ts";
import { showNumber } from "../xlsx/shown-number.ts";
import type { PrintedCell, PrintedFile, PrintedRow, PrintedSheet } from "./print-protocol.ts";

const usualWidth = 9;

/**
 * An .xlsx or .docx; of a .zip each of them that it holds.
 * @throws InputError for what is something else, or damaged
 */
export function readForPrint(path: string, bytes: Uint8Array): PrintedFile[] {
  if (!/\.zip$/i.test(path)) return [readFile(path, bytes)];
  return explainZip(path, () =>
    unzipParts(bytes)
      .filter(({ name }) => /\.(?:xlsx|docx)$/i.test(name))
      .map(({ name, content }) => readFile(name, content)),
  );
}

function readFile(path: string, bytes: Uint8Array): PrintedFile {
  if (/\.docx$/i.test(path)) return { kind: "document", parts: readParts(path, bytes) };
  return openWorkbook(path, bytes, "input", host.codec, (book) => {
    const layouts = new Map(readAsPatch(book).sheets.map(({ name, layout }) => [name, layout]));
    const sheets = book.snapshot.sheets.flatMap((sheet) => {
      const printed = sheet.hidden ? undefined : printedSheet(sheet, layouts.get(sheet.name) ?? {});
      return printed ? [printed] : [];
    });
    if (sheets.length === 0) throw new InputError(path, `「${path}」里没有可以打印的内容。`);
    return { kind: "sheets", sheets } as const;
  });
}

function explainZip<T>(path: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof ZipError)) throw error;
    throw new InputError(path, `「${path}」已损坏，无法打印。请重新生成这个文件。`);
  }
}

const readParts = (path: string, bytes: Uint8Array): Record<string, string> =>
  explainZip(path, () => {
    const archive = openZip(bytes);
    const wanted = archive.names.filter((name) => /^word\/(?:[^/]+\.xml|_rels\/document\.xml\.rels)$/.test(name));
    return Object.fromEntries(wanted.map((name) => [name, host.codec.decode(archive.read(name) ?? new Uint8Array())]));
  });

function mergeStyle(before: CellStyle | undefined, style: CellStyle): CellStyle {
  return { ...before, ...style, ...((before?.font || style.font) && { font: { ...before?.font, ...style.font } }) };
}

/** The cells of the print area, or of all that says anything; undefined for a sheet without any. */
function printedSheet(sheet: SheetSnapshot, layout: SheetLayout): PrintedSheet | undefined {
  const valueAt = (row: number, column: number): CellValue => {
    const value = sheet.rows[row - 1]?.[column - 1] ?? null;
    return typeof value === "object" && value?.kind === "formula" ? value.result : value;
  };
  const textAt = (row: number, column: number, format?: string) => {
    const value = valueAt(row, column);
    return (typeof value === "number" && format ? showNumber(value, format) : undefined) ?? cellText(value);
  };
  const used = sheet.rows.flatMap((cells, r) => cells.flatMap((_, c) => (textAt(r + 1, c + 1) === "" ? [] : [[r, c]])));
  if (used.length === 0) return undefined;
  const { top, left, bottom, right } = layout.print?.area ?? {
    top: 1,
    left: 1,
    bottom: 1 + used.reduce((most, [row = 0]) => Math.max(most, row), 0),
    right: 1 + used.reduce((most, [, column = 0]) => Math.max(most, column), 0),
  };
  const hidden = new Set(layout.widths?.filter((width) => width.hidden).map(({ column }) => column));
  const columns = Array.from({ length: right - left + 1 }, (_, i) => left + i).filter((column) => !hidden.has(column));
  const styles = new Map<string, CellStyle>();
  for (const { area, style } of layout.styles ?? []) {
    for (let row = Math.max(top, area.top); row <= Math.min(bottom, area.bottom); row += 1) {
      for (let column = Math.max(left, area.left); column <= Math.min(right, area.right); column += 1) {
        const key = noteKey(row, column);
        styles.set(key, mergeStyle(styles.get(key), style));
      }
    }
  }
  const merges = new Map((layout.merges ?? []).map((area) => [noteKey(area.top, area.left), area]));
  const covered = new Set<string>();
  for (const area of merges.values()) {
    for (let row = area.top; row <= area.bottom; row += 1)
      for (let column = area.left; column <= area.right; column += 1) covered.add(noteKey(row, column));
    covered.delete(noteKey(area.top, area.left));
  }
  const heights = new Map(layout.heights?.map(({ row, height }) => [row, height]));
  const cellAt = (row: number, column: number): PrintedCell => {
    const area = merges.get(noteKey(row, column));
    const style = styles.get(noteKey(row, column)) ?? {};
    return {
      text: textAt(row, column, style.numberFormat),
      isNumber: typeof valueAt(row, column) === "number",
      columns: area ? columns.filter((each) => each >= area.left && each <= area.right).length : 1,
      rows: area ? Math.min(bottom, area.bottom) - area.top + 1 : 1,
      style,
    };
  };
  const rowsFrom = (from: number, to: number): PrintedRow[] =>
    Array.from({ length: Math.max(0, to - from + 1) }, (_, i) => from + i).map((row) => ({
      height: heights.get(row),
      cells: columns.filter((column) => !covered.has(noteKey(row, column))).map((column) => cellAt(row, column)),
    }));
  const [first, last] = layout.print?.titleRows ?? [top, top - 1];
  const widths = new Map(layout.widths?.map(({ column, width }) => [column, width]));
  return {
    widths: columns.map((column) => widths.get(column) ?? usualWidth),
    opening: rowsFrom(top, first - 1),
    head: rowsFrom(first, last),
    rows: rowsFrom(last + 1, bottom),
    setup: layout.print ?? { landscape: false },
  };
}
