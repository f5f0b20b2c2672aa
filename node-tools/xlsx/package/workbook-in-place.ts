/**
 * Changes an .xlsx file where it stands, so that all that people and programs have put into it outlives us.
 *
 * - The zip's directory is read; an entry is unpacked when somebody asks for it, and entries that nobody changed are copied
 *   without being unpacked (`zip-archive.ts`).
 * - A part that changes is changed in its own text: elements are found, replaced or put in the place that the schema gives
 *   them, in the spelling of the part (prefix, strict or transitional); everything between stays as it came (`markup.ts`).
 * - Of a sheet the rows are found by a scan; only rows that change are taken apart and written anew (`sheet-grid.ts`). Sheets are
 *   held as binary strings, a byte a character, while they are read, and are unpacked again where they change (`part-text.ts`);
 *   texts in them are decoded cell by cell (`codec.ts`), and they are packed piece by piece.
 * - Styles, differential styles and number formats are added at the ends of the lists of the stylesheet, so that no number in
 *   any part changes its meaning (`style-table.ts`).
 * - Texts are written into their cells, not into the list of shared strings: no other part changes, and every program reads them.
 *   A shared string that no cell has any more is emptied on saving, so that what was deleted is gone from the file.
 * - The chain of calculation goes when formulas or rows change; programs make it anew.
 */

import { seenText } from "../../../apps-script/core/tables/shown-cell.ts";
import { areaAddress, cellAddress } from "../../../apps-script/core/workbook/addresses.ts";
import {
  type Area,
  type CellValue,
  noteKey,
  type PlainValue,
  type SheetPatch,
  type SheetSnapshot,
  type WorkbookPatch,
  type WorkbookSnapshot,
} from "../../../apps-script/core/workbook/port.ts";
import { isPlain, kindOfFormat, serialOfIso, serialOfTime, storableText, toFileFormula } from "../cell-values.ts";
import type { MapRow } from "../references.ts";
import { showNumber } from "../shown-number.ts";
import { escapeSpreadsheetText, escapeText, escapeXml } from "../xml.ts";
import { CellReader, days1904 } from "./cell-values.ts";
import { type Codec, textToBinary } from "./codec.ts";
import { nameProgram, readFillsUnderMarks, writeFillsUnderMarks, writeProperties } from "./file-properties.ts";
import { insertRows, makeMapRow } from "./insert-rows.ts";
import { withPrefix } from "./markup.ts";
import { PackageFile } from "./package-file.ts";
import { readRelationships } from "./part-relationships.ts";
import { type Stretches, unpackStretches } from "./segments.ts";
import { SharedStrings } from "./shared-strings.ts";
import type { GridCell } from "./sheet-grid.ts";
import { applyLayout } from "./sheet-layout.ts";
import { SheetNotes } from "./sheet-notes.ts";
import { emptySheet, SheetPart } from "./sheet-part.ts";
import { emptyStylesheet, StyleTable } from "./style-table.ts";
import { WorkbookPart } from "./workbook-part.ts";
import { ZipArchive } from "./zip-archive.ts";

/** A sheet larger than this is no table that people keep; 即时计算 has a row for every author and paper. */
const sheetLimits = { rows: 1_000_000, columns: 2_000 };

/** The longest text that a cell of a spreadsheet holds, in UTF-16 code units. */
const longestCellText = 32_767;

/** A text too long for its cell; whoever made the patch must split it. */
export class CellTextError extends RangeError {
  override readonly name = "CellTextError";

  constructor(
    readonly sheet: string,
    readonly row: number,
    readonly column: number,
    readonly length: number,
  ) {
    super(
      `工作表「${sheet}」的单元格 ${cellAddress(row, column)} 有 ${length} 个字符，超过单元格的上限 ${longestCellText} 个。`,
    );
  }
}

/** A sheet with cells where no table of people's has any. */
export class SheetSizeError extends RangeError {
  override readonly name = "SheetSizeError";

  constructor(
    readonly sheet: string,
    readonly row: number,
    readonly column: number,
  ) {
    super(`sheet ${sheet} has cells as far as ${cellAddress(row, column)}`);
  }

  get limits() {
    return sheetLimits;
  }
}

export interface OpenSheet {
  readonly name: string;
  readonly part: SheetPart;
  readonly notes: SheetNotes;
}

const spreadsheet = "application/vnd.openxmlformats-officedocument.spreadsheetml";

/** A workbook with no sheet yet: the first patch must make one. */
export function newWorkbookInPlace(codec: Codec): WorkbookInPlace {
  const file = new PackageFile(new ZipArchive(new Uint8Array(), codec), codec);
  const head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
  const types = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
  file.writeText(
    "[Content_Types].xml",
    `${head}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">` +
      '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>' +
      '<Default Extension="xml" ContentType="application/xml"/></Types>',
  );
  const relationships = (...targets: readonly (readonly [string, string])[]) =>
    `${head}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">${targets
      .map(([type, target], i) => `<Relationship Id="rId${i + 1}" Type="${types}/${type}" Target="${target}"/>`)
      .join("")}</Relationships>`;
  file.writeText("_rels/.rels", relationships(["officeDocument", "xl/workbook.xml"]));
  file.addPart(
    "xl/workbook.xml",
    `${head}<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="${types}"><sheets></sheets></workbook>`,
    `${spreadsheet}.sheet.main+xml`,
  );
  file.writeText("xl/_rels/workbook.xml.rels", relationships(["styles", "styles.xml"]));
  file.addPart("xl/styles.xml", emptyStylesheet, `${spreadsheet}.styles+xml`);
  return new WorkbookInPlace(file);
}

/** What is thrown in place of what a damaged part throws, which may be found when a change first needs it. */
type Explain = (error: unknown) => unknown;

const mainPart = (file: PackageFile) =>
  readRelationships(file, "").find(({ type }) => type === "officeDocument")?.target ?? "xl/workbook.xml";

/** The names of the sheets, of which nothing is read. @throws ZipError, MarkupError */
export function listSheets(archive: ZipArchive, codec: Codec): string[] {
  const file = new PackageFile(archive, codec);
  return new WorkbookPart(file, mainPart(file)).sheets.map(({ name }) => name);
}

/** @throws ZipError, MarkupError, SheetSizeError when the bytes are no workbook that can be read */
export function openWorkbookInPlace(bytes: Uint8Array, codec: Codec, explain?: Explain): WorkbookInPlace {
  const book = new WorkbookInPlace(new PackageFile(new ZipArchive(bytes, codec), codec), explain);
  // What cannot be read is reported now, not when a sheet is first looked at.
  for (const sheet of book.snapshot.sheets) void sheet.rows;
  return book;
}

type SheetCells = Pick<SheetSnapshot, "rows" | "shown" | "merges">;

export class WorkbookInPlace {
  readonly workbook: WorkbookPart;
  readonly #strings: SharedStrings;
  readonly #stringsPath: string | undefined;
  readonly styles: StyleTable;
  readonly #stylesPath: string | undefined;
  readonly #fills: string[];
  readonly #open = new Map<string, OpenSheet>();
  #version = 0;
  /** The same until the next patch: what is worked out of a snapshot is kept by it. */
  #snapshot: WorkbookSnapshot | undefined;
  /** What the cells of a sheet hold, until something changes it. */
  readonly #cells = new Map<string, SheetCells>();
  #isChanged = false;
  /** Cells have gone that may have been the last with their text. */
  #mayHaveSpareStrings = false;

  constructor(
    readonly file: PackageFile,
    private readonly explain: Explain = (error) => error,
  ) {
    const main = mainPart(file);
    this.workbook = new WorkbookPart(file, main);
    const relationships = readRelationships(file, main);
    const find = (wanted: string) =>
      relationships.find(({ type, target }) => type === wanted && file.archive.has(target))?.target;
    this.#stringsPath = find("sharedStrings");
    this.#strings = new SharedStrings(this.#stringsPath === undefined ? undefined : file.readText(this.#stringsPath));
    this.#stylesPath = find("styles");
    this.#fills = readFillsUnderMarks(file);
    this.styles = new StyleTable(
      this.#stylesPath === undefined ? undefined : file.readText(this.#stylesPath),
      this.#fills,
    );
  }

  /** The workbook as it is now, patches included; a sheet is read when it is first looked at. */
  get snapshot(): WorkbookSnapshot {
    this.#snapshot ??= this.#takeSnapshot();
    return this.#snapshot;
  }

  #takeSnapshot(): WorkbookSnapshot {
    const version = this.#version;
    const sheets = this.workbook.sheets.filter(({ type }) => type === "worksheet");
    return {
      sheets: sheets.map(({ name, hidden }) => {
        let known: SheetSnapshot | undefined;
        const read = () => {
          if (!known && version !== this.#version) {
            throw new Error(`sheet ${name} has changed since this snapshot was taken`);
          }
          known ??= { name, hidden, notes: this.#sheet(name).notes.texts, ...this.#readCells(name) };
          return known;
        };
        return {
          name,
          hidden,
          get rows() {
            return read().rows;
          },
          get notes() {
            return read().notes;
          },
          get shown() {
            return read().shown;
          },
          get merges() {
            return read().merges;
          },
        };
      }),
    };
  }

  /** @throws CellTextError when a text is longer than a cell can hold */
  apply(patch: WorkbookPatch): void {
    this.#explained(() => this.#apply(patch));
  }

  /** The .xlsx file; equal workbooks and patches make equal bytes. */
  toBuffer(): Uint8Array {
    return this.#explained(() => {
      const { archive, codec } = this.file;
      for (const { path, pieces } of this.#changedSheets())
        archive.writePacked(path, codec.fromBinary(unpackStretches(pieces)));
      this.#writeOtherParts();
      return archive.pack();
    });
  }

  /** As `toBuffer`: one sheet is packed while the next is written. */
  async toBytes(): Promise<Uint8Array> {
    try {
      let packing: Promise<void> | undefined;
      for (const { path, pieces } of this.#changedSheets()) {
        await packing;
        packing = this.file.archive.writePiecesPacked(path, pieces);
        packing.catch(() => {});
      }
      await packing;
      this.#writeOtherParts();
      await this.file.archive.packLarge();
      return this.file.archive.pack();
    } catch (error) {
      throw this.explain(error);
    }
  }

  #explained<T>(work: () => T): T {
    try {
      return work();
    } catch (error) {
      throw this.explain(error);
    }
  }

  #apply(patch: WorkbookPatch): void {
    this.#version += 1;
    this.#snapshot = undefined;
    this.#isChanged = true;
    for (const sheet of patch.sheets) this.#applySheet(sheet);
    if (!patch.properties) return;
    for (const { name, type } of this.workbook.sheets) if (type === "worksheet") this.#sheet(name).notes.dropAuthors();
    writeProperties(this.file, patch.properties.title ?? "", patch.properties.creator ?? "");
  }

  *#changedSheets(): Iterable<{ readonly path: string; readonly pieces: Stretches }> {
    if (!this.#isChanged) return;
    for (const { part, notes } of this.#open.values()) {
      notes.save();
      if (part.isChanged) yield { path: part.path, pieces: part.render() };
      part.letGo();
    }
  }

  /** What changes with the sheets, when these have been written. */
  #writeOtherParts(): void {
    if (!this.#isChanged) return;
    this.#emptySpareStrings();
    const styles = this.styles.render();
    if (styles !== undefined && this.#stylesPath !== undefined) this.file.writeText(this.#stylesPath, styles);
    writeFillsUnderMarks(this.file, this.#fills);
    this.#dropCalculationChain();
    this.workbook.calculateOnLoad();
    this.workbook.save();
    nameProgram(this.file);
  }

  /** A sheet in its parts, for what the port has no words for. */
  sheet(name: string): OpenSheet {
    this.#cells.delete(name);
    return this.#sheet(name);
  }

  #sheet(name: string): OpenSheet {
    const known = this.#open.get(name);
    if (known) return known;
    const entry = this.workbook.sheets.find((sheet) => sheet.name === name && sheet.type === "worksheet");
    if (!entry) throw new Error(`no sheet named ${name}`);
    const part = new SheetPart(this.file, entry.path, name);
    const sheet = { name, part, notes: new SheetNotes(this.file, part) };
    this.#open.set(name, sheet);
    return sheet;
  }

  #readCells(name: string): SheetCells {
    const known = this.#cells.get(name);
    if (known) return known;
    const { part } = this.#sheet(name);
    const reader = new CellReader(this.file.codec, this.#strings, this.styles, this.workbook.date1904, part.prefix);
    const { merges } = part;
    const covered = new CoveredCells(merges);
    const links = expandLinks(part.readLinks());
    const rows: CellValue[][] = [];
    const shown = new Map<string, string | null>();
    const formats: (string | undefined)[] = [];
    let line: CellValue[] = [];
    let current = 0;
    part.grid.scan((spot) => {
      const value = reader.read(spot);
      if (value === null) return;
      const { row, column, style } = spot;
      if (row !== current) {
        current = row;
        line = [];
      }
      if (covered.has(row, column)) return;
      if (row > sheetLimits.rows || column > sheetLimits.columns) throw new SheetSizeError(name, row, column);
      if (line.length === 0) {
        while (rows.length < row - 1) rows.push([]);
        line = rows[row - 1] ?? [];
        if (rows.length < row) rows.push(line);
      }
      while (line.length < column - 1) line.push(null);
      const target = links.size > 0 ? links.get(noteKey(row, column)) : undefined;
      line[column - 1] = target === undefined ? value : withLink(value, target);
      const number = typeof value === "object" && value.kind === "formula" ? value.result : value;
      if (typeof number !== "number") return;
      formats[style] ??= this.styles.numberFormat(style);
      const format = formats[style];
      if (format === undefined || format === "General" || format === "@") return;
      const text = seenText(number, showNumber(number, format));
      if (text !== undefined) shown.set(noteKey(row, column), text);
    });
    part.letGo();
    const cells = { rows, shown, merges };
    this.#cells.set(name, cells);
    return cells;
  }

  #applySheet(patch: SheetPatch): void {
    const { name } = patch;
    if (!this.workbook.sheets.some((sheet) => sheet.name === name)) {
      if (patch.createBefore === undefined)
        throw new Error(`no sheet named ${name}, and the patch does not say to make it`);
      this.workbook.addSheet(name, patch.createBefore, emptySheet);
    }
    const { part, notes } = this.#sheet(name);
    if (patch.edits?.length) this.#cells.delete(name);
    if (patch.insertRows && patch.insertRows.length > 0) this.insertRows(name, makeMapRow(patch.insertRows));
    if (patch.clearFrom !== undefined) this.#clearFrom(name, patch.clearFrom);
    if (patch.edits && patch.edits.length > 0) {
      const styleOf = part.columnStyles();
      for (const { row, column, value } of patch.edits) this.#writeCell(name, part, row, column, value, styleOf);
      part.isChanged = true;
    }
    for (const { row, column, text } of patch.notes ?? []) {
      if (text === null || text === "") notes.delete(row, column);
      else notes.set(row, column, checkLength(name, row, column, text));
    }
    if (patch.marks) {
      const marked = this.styles.markedStyles();
      if (marked.size > 0) part.grid.restyle((style) => (marked.has(style) ? this.styles.unmark(style) : undefined));
      const styleOf = part.columnStyles();
      for (const { row, column, mark } of patch.marks) {
        const cell = part.grid.ensure(row, column, styleOf);
        cell.style = this.styles.mark(cell.style, mark);
      }
      if (marked.size > 0 || patch.marks.length > 0) part.isChanged = true;
    }
    if (patch.layout) {
      const readsOtherwise = applyLayout(this.workbook, name, part, this.styles, patch.layout);
      if (readsOtherwise) this.#cells.delete(name);
    }
  }

  /** Moves rows down, with all that names them. */
  insertRows(name: string, mapRow: MapRow): void {
    this.#cells.clear();
    const names = this.workbook.sheets.filter(({ type }) => type === "worksheet").map((sheet) => sheet.name);
    const sheets = names.map((each) => this.#sheet(each));
    this.#sheet(name).notes.move(mapRow);
    insertRows(this.file, this.workbook, sheets, name, mapRow);
  }

  #clearFrom(name: string, first: number): void {
    const { part, notes } = this.#sheet(name);
    const merges = part.merges;
    const kept = merges.filter(({ bottom }) => bottom < first);
    if (kept.length < merges.length) {
      part.merges = kept;
      this.#cells.delete(name);
    }
    notes.deleteFrom(first);
    part.removeLinksFrom(first);
    if (part.grid.lastRow < first) return;
    this.#cells.delete(name);
    part.grid.removeFrom(first);
    part.isChanged = true;
    this.#mayHaveSpareStrings = true;
  }

  /** Gives a cell a text or number and changes nothing else about it. */
  fillCell(sheet: string, row: number, cell: GridCell, value: string | number): void {
    if (cell.type === "s") this.#mayHaveSpareStrings = true;
    const { type, xml } = this.#value(value, sheet, row, cell.column, "inlineStr");
    cell.type = type;
    cell.inner = textToBinary(this.file.codec, withPrefix(xml, this.#sheet(sheet).part.prefix));
  }

  #writeCell(
    sheet: string,
    part: SheetPart,
    row: number,
    column: number,
    value: CellValue,
    styleOf: (column: number) => number,
  ): void {
    part.removeLink(row, column);
    const { grid, prefix } = part;
    let cell = grid.find(row, column);
    if (cell?.inner.includes("shared") && /\st\s*=\s*["']shared["']/.test(cell.inner)) {
      grid.writeOutShared();
      cell = grid.find(row, column);
    }
    if (!cell && (value === null || value === "")) return;
    cell ??= grid.ensure(row, column, styleOf);
    if (cell.type === "s") this.#mayHaveSpareStrings = true;
    cell.others = "";
    const plain = isPlain(value) ? value : value.kind === "link" ? value.text : value.result;
    const format = formatFor(plain, this.styles.numberFormat(cell.style));
    if (format) cell.style = this.styles.change(cell.style, format);
    const own = (xml: string) => textToBinary(this.file.codec, withPrefix(xml, prefix));
    if (!isPlain(value) && value.kind === "formula") {
      // An empty text is a value too: no program has to calculate it before it is shown.
      const { type, xml } =
        plain === "" ? { type: "str", xml: "<v></v>" } : this.#value(plain, sheet, row, column, "str");
      const array = value.array ? ` t="array" ref="${areaAddress(value.array)}"` : "";
      cell.type = type;
      cell.inner = own(`<f${array}>${escapeText(toFileFormula(value.formula))}</f>${xml}`);
      return;
    }
    const { type, xml } = this.#value(plain, sheet, row, column, "inlineStr");
    cell.type = type;
    cell.inner = own(xml);
    if (!isPlain(value) && value.kind === "link" && value.target !== "" && value.text !== "") {
      part.addLink(row, column, value.target);
    }
  }

  #value(
    value: PlainValue,
    sheet: string,
    row: number,
    column: number,
    text: "str" | "inlineStr",
  ): { type: string; xml: string } {
    if (value === null) return { type: "", xml: "" };
    if (typeof value === "boolean") return { type: "b", xml: `<v>${value ? 1 : 0}</v>` };
    if (typeof value === "number") {
      if (!Number.isFinite(value)) throw new RangeError(`not a finite number in ${sheet} ${cellAddress(row, column)}`);
      return { type: "", xml: `<v>${value}</v>` };
    }
    if (typeof value === "string") {
      const clean = checkLength(sheet, row, column, storableText(value));
      if (clean === "") return { type: "", xml: "" };
      const escaped = escapeSpreadsheetText(escapeText(clean));
      return text === "str"
        ? { type: "str", xml: `<v>${escaped}</v>` }
        : { type: "inlineStr", xml: `<is><t xml:space="preserve">${escaped}</t></is>` };
    }
    if (value.kind === "error") return { type: "e", xml: `<v>${escapeXml(value.code)}</v>` };
    const shift = this.workbook.date1904 ? days1904 : 0;
    const serial = value.kind === "time" ? serialOfTime(value) : serialOfIso(value.iso) - shift;
    return { type: "", xml: `<v>${serial}</v>` };
  }

  #emptySpareStrings(): void {
    if (!this.#mayHaveSpareStrings || this.#stringsPath === undefined) return;
    this.#mayHaveSpareStrings = false;
    const used = new Set<number>();
    for (const { name, type, path } of this.workbook.sheets) {
      if (type !== "worksheet") continue;
      const { grid } = this.#open.get(name)?.part ?? new SheetPart(this.file, path, name);
      grid.sharedStrings((index) => used.add(index));
    }
    const xml = this.#strings.withoutSpare(used);
    if (xml !== undefined) this.file.writeText(this.#stringsPath, xml);
  }

  #dropCalculationChain(): void {
    const chain = this.file.archive.names.find((name) => /^xl\/calcChain\.xml$/i.test(name));
    if (chain === undefined) return;
    this.file.removePart(chain);
    this.workbook.removeRelationshipTo(chain);
  }
}

function checkLength(sheet: string, row: number, column: number, text: string): string {
  if (text.length > longestCellText) throw new CellTextError(sheet, row, column, text.length);
  return text;
}

const dateFormat = { numberFormat: "yyyy-mm-dd" };
const dateTimeFormat = { numberFormat: "yyyy-mm-dd hh:mm:ss" };
const timeFormat = { numberFormat: "[h]:mm:ss" };

/** A date is a number that only its format makes a date. */
function formatFor(value: PlainValue, present: string): { numberFormat: string } | undefined {
  if (value === null || typeof value !== "object" || value.kind === "error") return undefined;
  if (kindOfFormat(present) === value.kind) return undefined;
  if (value.kind === "time") return timeFormat;
  return value.iso.length > 10 ? dateTimeFormat : dateFormat;
}

/** The cells that lie under merged cells; asked row by row, downwards. */
class CoveredCells {
  readonly #areas: Area[];
  #open: Area[] = [];
  #next = 0;
  #row = 0;

  constructor(areas: readonly Area[]) {
    this.#areas = [...areas].sort((a, b) => a.top - b.top);
  }

  has(row: number, column: number): boolean {
    if (row !== this.#row) {
      this.#row = row;
      this.#open = this.#open.filter(({ bottom }) => bottom >= row);
      for (let area = this.#areas[this.#next]; area && area.top <= row; area = this.#areas[this.#next]) {
        if (area.bottom >= row) this.#open.push(area);
        this.#next += 1;
      }
    }
    return this.#open.some(
      ({ top, left, right }) => column >= left && column <= right && (row !== top || column !== left),
    );
  }
}

const widestLink = 1_000;

function expandLinks(links: readonly { area: Area; target: string }[]): Map<string, string> {
  const targets = new Map<string, string>();
  for (const { area, target } of links) {
    if ((area.bottom - area.top + 1) * (area.right - area.left + 1) > widestLink) continue;
    for (let row = area.top; row <= area.bottom; row += 1) {
      for (let column = area.left; column <= area.right; column += 1) targets.set(noteKey(row, column), target);
    }
  }
  return targets;
}

/** Office programs make links of addresses that people type; there the text is what was meant. */
function withLink(value: CellValue, target: string): CellValue {
  if (typeof value !== "string" || target.startsWith("mailto:") || isSameAddress(value, target)) return value;
  return { kind: "link", text: value, target };
}

function isSameAddress(text: string, target: string): boolean {
  const bare = (address: string) =>
    address
      .trim()
      .replace(/^https?:\/\//i, "")
      .replace(/\/$/, "");
  return bare(text) === bare(target) || encodeURI(bare(text)) === bare(target);
}
