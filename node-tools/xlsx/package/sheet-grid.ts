import { columnLetters } from "../../../apps-script/core/workbook/addresses.ts";
import type { Area } from "../../../apps-script/core/workbook/port.ts";
import { type MapRow, moveFormula } from "../references.ts";
import { escapeXml, readAttributes } from "../xml.ts";
import { binaryToText, type Codec, ownCopy, textToBinary } from "./codec.ts";
import { elementsIn, MarkupError, renderAttributes, tagEnd } from "./markup.ts";
import type { PartText } from "./part-text.ts";
import type { Stretches } from "./segments.ts";
import { readText } from "./shared-strings.ts";

/** A cell that has been taken out of the text of its sheet to be changed. */
export interface GridCell {
  readonly column: number;
  /** Place in the list of cell styles. */
  style: number;
  /** `s`, `n`, `str`… as the attribute `t` has it. */
  type: string;
  /** Attributes other than address, style and type. */
  others: string;
  /** What stands in the element, in UTF-8 as a binary string. */
  inner: string;
}

interface GridRow {
  number: number;
  /** Where the element stands in the text; -1 for a new row. */
  readonly start: number;
  readonly inner: number;
  readonly innerEnd: number;
  readonly end: number;
  /** Of the start tag, without number and spans. */
  attributes: Record<string, string>;
  /** In the order of their columns; undefined while the row is as it was. */
  cells: GridCell[] | undefined;
  /** Where its cells stand among the looks of the sheet; -1 until the sheet has been read. */
  looks: number;
  looksEnd: number;
}

const perCell = 3;

/** Columns, styles and shared strings of cells in the order of reading: to ask for these nobody has to unpack the sheet. */
class CellLooks {
  #numbers = new Int32Array(perCell * 128);
  count = 0;

  /** @param string place in the list of shared strings; -1 for none */
  add(column: number, style: number, string: number): void {
    const at = perCell * this.count;
    if (at === this.#numbers.length) {
      const longer = new Int32Array(2 * at);
      longer.set(this.#numbers);
      this.#numbers = longer;
    }
    this.#numbers[at] = column;
    this.#numbers[at + 1] = style;
    this.#numbers[at + 2] = string;
    this.count += 1;
  }

  columnAt(cell: number): number {
    return this.#numbers[perCell * cell] ?? 0;
  }

  styleAt(cell: number): number {
    return this.#numbers[perCell * cell + 1] ?? 0;
  }

  stringAt(cell: number): number {
    return this.#numbers[perCell * cell + 2] ?? -1;
  }
}

/** The place in the list of shared strings that a cell of type `s` names; -1 when it names none. */
function sharedString(xml: string, inner: number, innerEnd: number, prefix: string): number {
  const open = `<${prefix}v>`;
  if (xml.startsWith(open, inner)) return Number(xml.slice(inner + open.length, xml.indexOf("<", inner + open.length)));
  const element = elementsIn(xml, inner, innerEnd).find(({ name }) => name === "v");
  return element ? Number(xml.slice(element.inner, element.innerEnd)) : -1;
}

/** What stands in a row, wherever it is put. */
export interface RowCopy {
  readonly attributes: Record<string, string>;
  readonly cells: readonly GridCell[];
}

export interface RestyledArea {
  readonly area: Area;
  readonly restyle: (style: number) => number;
}

interface RestyledColumn {
  readonly column: number;
  readonly restyle: (style: number) => number;
}

/** The columns of areas that overlap, from the left, each with all that becomes of its style. */
function restyledColumns(areas: readonly RestyledArea[]): RestyledColumn[] {
  const chains = new Map<number, RestyledArea["restyle"][]>();
  for (const { area, restyle } of areas) {
    for (let column = area.left; column <= area.right; column += 1) {
      const chain = chains.get(column);
      if (chain) chain.push(restyle);
      else chains.set(column, [restyle]);
    }
  }
  return [...chains]
    .sort(([a], [b]) => a - b)
    .map(([column, chain]) => {
      const known = new Map<number, number>();
      const restyle = (style: number) => {
        const seen = known.get(style);
        if (seen !== undefined) return seen;
        const changed = chain.reduce((before, each) => each(before), style);
        known.set(style, changed);
        return changed;
      };
      return { column, restyle };
    });
}

/** One cell as it is read: `text` from `inner` to `innerEnd` is what stands in the element. */
export interface CellSpot {
  row: number;
  column: number;
  style: number;
  type: string;
  text: string;
  inner: number;
  innerEnd: number;
}

const [quote, apostrophe, greater, slash, equals] = [34, 39, 62, 47, 61];

/** What the tags of cells say, read character by character: half a million of them are usual. */
class CellScanner {
  column = 0;
  style = 0;
  type = "";
  others = "";
  inner = 0;
  innerEnd = 0;
  end: number;
  readonly #open: string;
  readonly #shut: string;

  constructor(
    private readonly xml: string,
    from: number,
    private readonly to: number,
    prefix: string,
  ) {
    this.end = from;
    this.#open = `<${prefix}c`;
    this.#shut = `</${prefix}c>`;
  }

  next(): boolean {
    const { xml } = this;
    let at = xml.indexOf(this.#open, this.end);
    if (at < 0 || at >= this.to) return false;
    at += this.#open.length;
    this.style = 0;
    this.type = "";
    this.others = "";
    let column = 0;
    for (;;) {
      let code = xml.charCodeAt(at);
      while (code <= 32) code = xml.charCodeAt(++at);
      if (code === greater || code === slash) break;
      const nameStart = at;
      while (code !== equals && code > 32) code = xml.charCodeAt(++at);
      const nameEnd = at;
      while (code !== quote && code !== apostrophe) {
        code = xml.charCodeAt(++at);
        if (Number.isNaN(code) || code === greater) throw new MarkupError("a cell has a damaged tag");
      }
      const valueStart = at + 1;
      at = xml.indexOf(code === quote ? '"' : "'", valueStart);
      if (at < 0) throw new MarkupError("a cell has a damaged tag");
      const name = nameEnd - nameStart === 1 ? xml.charCodeAt(nameStart) : 0;
      if (name === 114) {
        for (let i = valueStart; i < at; i += 1) {
          const letter = xml.charCodeAt(i) & 0xdf;
          if (letter < 65 || letter > 90) break;
          column = column * 26 + letter - 64;
        }
      } else if (name === 115) this.style = Number(xml.slice(valueStart, at)) || 0;
      else if (name === 116) this.type = xml.slice(valueStart, at);
      else this.others += ` ${xml.slice(nameStart, at + 1)}`;
      at += 1;
    }
    this.column = column > 0 ? column : this.column + 1;
    if (xml.charCodeAt(at) === slash) {
      this.inner = at + 2;
      this.innerEnd = this.inner;
      this.end = this.inner;
      return true;
    }
    this.inner = at + 1;
    this.innerEnd = xml.indexOf(this.#shut, this.inner);
    if (this.innerEnd < 0 || this.innerEnd > this.to) throw new MarkupError("a cell has no end");
    this.end = this.innerEnd + this.#shut.length;
    return true;
  }
}

/**
 * The rows of a sheet over the text that they stand in. Rows that nobody changes are never taken apart and are written as they
 * were; a row that changes is taken apart into cells.
 */
export class SheetGrid {
  #rows: GridRow[] = [];
  readonly #looks = new CellLooks();
  /** The rows stand in the text as they follow each other. */
  readonly #isInOrder: boolean;

  /** @param text the sheet's part, of which the rows stand between `from` and `to` */
  constructor(
    private readonly text: PartText,
    from: number,
    to: number,
    private readonly prefix: string,
    private readonly codec: Codec,
  ) {
    const { xml } = this;
    const open = `<${prefix}row`;
    const shut = `</${prefix}row>`;
    let number = 0;
    let ascending = true;
    const attributesOf = rowAttributesReader();
    for (let at = xml.indexOf(open, from); at >= 0 && at < to; ) {
      const close = tagEnd(xml, at);
      const isEmpty = xml.charCodeAt(close - 1) === slash;
      const tag = xml.slice(at + open.length, isEmpty ? close - 1 : close);
      const given = Number(/\sr\s*=\s*["'](\d+)/.exec(tag)?.[1] ?? number + 1);
      if (given <= number) ascending = false;
      number = given;
      const inner = close + 1;
      const innerEnd = isEmpty ? inner : xml.indexOf(shut, inner);
      if (innerEnd < 0) throw new MarkupError("a row has no end");
      const end = isEmpty ? inner : innerEnd + shut.length;
      const unread = { attributes: attributesOf(tag), cells: undefined, looks: -1, looksEnd: -1 };
      this.#rows.push({ number, start: at, inner, innerEnd, end, ...unread });
      at = xml.indexOf(open, end);
    }
    this.#isInOrder = ascending;
    if (!ascending) this.#rows.sort((a, b) => a.number - b.number);
  }

  private get xml(): string {
    return this.text.xml;
  }

  /** Numbers of the rows that there are. */
  get lastRow(): number {
    return this.#rows.at(-1)?.number ?? 0;
  }

  /** Visits every cell, row by row; the spot is the same object each time. */
  scan(visit: (spot: CellSpot) => void): void {
    const spot: CellSpot = { row: 0, column: 0, style: 0, type: "", text: "", inner: 0, innerEnd: 0 };
    for (const row of this.#rows) {
      spot.row = row.number;
      if (row.cells) {
        for (const { column, style, type, inner } of row.cells) {
          Object.assign(spot, { column, style, type, text: inner, inner: 0, innerEnd: inner.length });
          visit(spot);
        }
        continue;
      }
      const scanner = new CellScanner(this.xml, row.inner, row.innerEnd, this.prefix);
      spot.text = this.xml;
      const isUnread = row.looks < 0;
      if (isUnread) row.looks = this.#looks.count;
      while (scanner.next()) {
        if (isUnread) this.#note(scanner, this.xml);
        spot.column = scanner.column;
        spot.style = scanner.style;
        spot.type = scanner.type;
        spot.inner = scanner.inner;
        spot.innerEnd = scanner.innerEnd;
        visit(spot);
      }
      if (isUnread) row.looksEnd = this.#looks.count;
    }
  }

  /** Visits the places in the list of shared strings that cells name. */
  sharedStrings(visit: (index: number) => void): void {
    for (const row of this.#rows) {
      if (row.cells) {
        for (const { type, inner } of row.cells)
          if (type === "s") visit(sharedString(inner, 0, inner.length, this.prefix));
        continue;
      }
      this.#readLooks(row);
      for (let cell = row.looks; cell < row.looksEnd; cell += 1) {
        const string = this.#looks.stringAt(cell);
        if (string >= 0) visit(string);
      }
    }
  }

  /** Whether the text has this, in rows that nobody changed as in others. */
  mentions(text: string): boolean {
    if (this.xml.includes(text)) return true;
    return this.#rows.some((row) => row.cells?.some(({ inner }) => inner.includes(text)));
  }

  /** The cell to be changed, if it is there. */
  find(row: number, column: number): GridCell | undefined {
    const found = this.#rows[this.#place(row)];
    if (found?.number !== row) return undefined;
    const cells = this.#open(found);
    const at = placeOf(cells, column);
    return cells[at]?.column === column ? cells[at] : undefined;
  }

  /** The cell to be changed, made when it is not there. @param styleOf what a new cell of a column looks like */
  ensure(row: number, column: number, styleOf: (column: number) => number): GridCell {
    const owner = this.#ensureRow(row);
    const cells = this.#open(owner);
    const at = placeOf(cells, column);
    const known = cells[at];
    if (known?.column === column) return known;
    const own = owner.attributes.s;
    const style = own === undefined ? styleOf(column) : Number(own);
    const cell: GridCell = { column, style, type: "", others: "", inner: "" };
    if (at === cells.length) cells.push(cell);
    else cells.splice(at, 0, cell);
    return cell;
  }

  /**
   * Changes how the cells of areas look, where they overlap one after the other; rows that look so already are not taken apart.
   * @param styleOf what a new cell of a column looks like
   * @param onChange told of every cell that has another style now
   */
  restyleAreas(
    areas: readonly RestyledArea[],
    styleOf: (column: number) => number,
    onChange: (before: number, after: number) => void,
  ): void {
    const byTop = areas.map(({ area }, index) => ({ area, index })).sort((a, b) => a.area.top - b.area.top);
    const edges = [...new Set(areas.flatMap(({ area }) => [area.top, area.bottom + 1]))].sort((a, b) => a - b);
    let open: typeof byTop = [];
    let next = 0;
    // Between two edges every row has the same areas.
    edges.forEach((top, i) => {
      open = open.filter(({ area }) => area.bottom >= top);
      for (let begun = byTop[next]; begun?.area.top === top; begun = byTop[next]) {
        open.push(begun);
        next += 1;
      }
      const ordered = open.sort((a, b) => a.index - b.index).flatMap(({ index }) => areas[index] ?? []);
      const columns = restyledColumns(ordered);
      if (columns.length === 0) return;
      for (let number = top; number < (edges[i + 1] ?? top); number += 1)
        this.#restyleRow(number, columns, styleOf, onChange);
    });
  }

  #restyleRow(
    number: number,
    columns: readonly RestyledColumn[],
    styleOf: (column: number) => number,
    onChange: (before: number, after: number) => void,
  ): void {
    const present = this.#rows[this.#place(number)];
    if (present?.number === number && !present.cells && this.#looksSo(present, columns)) return;
    const row = this.#ensureRow(number);
    const cells = this.#open(row);
    const own = row.attributes.s;
    const merged: GridCell[] = [];
    let at = 0;
    for (const { column, restyle } of columns) {
      let cell = cells[at];
      for (; cell && cell.column < column; cell = cells[at]) {
        merged.push(cell);
        at += 1;
      }
      if (cell?.column === column) {
        const before = cell.style;
        cell.style = restyle(before);
        if (cell.style !== before) onChange(before, cell.style);
        at += 1;
      } else {
        const style = restyle(own === undefined ? styleOf(column) : Number(own));
        cell = { column, style, type: "", others: "", inner: "" };
      }
      merged.push(cell);
    }
    row.cells = at < cells.length ? merged.concat(cells.slice(at)) : merged;
  }

  #looksSo(row: GridRow, columns: readonly RestyledColumn[]): boolean {
    this.#readLooks(row);
    let cell = row.looks;
    for (const { column, restyle } of columns) {
      while (cell < row.looksEnd && this.#looks.columnAt(cell) < column) cell += 1;
      if (cell === row.looksEnd || this.#looks.columnAt(cell) > column) return false;
      const style = this.#looks.styleAt(cell);
      if (restyle(style) !== style) return false;
    }
    return true;
  }

  #readLooks(row: GridRow): void {
    if (row.looks >= 0) return;
    const first = this.#looks.count;
    const xml = this.text.slice(row.inner, row.innerEnd);
    const scanner = new CellScanner(xml, 0, xml.length, this.prefix);
    while (scanner.next()) this.#note(scanner, xml);
    row.looks = first;
    row.looksEnd = this.#looks.count;
  }

  #note({ column, style, type, inner, innerEnd }: CellScanner, xml: string): void {
    this.#looks.add(column, style, type === "s" ? sharedString(xml, inner, innerEnd, this.prefix) : -1);
  }

  /** Height in points that somebody has chosen for a row. */
  heightOf(number: number): number | undefined {
    const row = this.#rows[this.#place(number)];
    return row?.number === number ? chosenHeight(row.attributes) : undefined;
  }

  /** The rows whose height somebody has chosen, in points. */
  heights(): { row: number; height: number }[] {
    return this.#rows.flatMap((row) => {
      const height = chosenHeight(row.attributes);
      return height === undefined ? [] : [{ row: row.number, height }];
    });
  }

  /** @returns whether it was another */
  setHeight(row: number, height: number): boolean {
    if (this.heightOf(row) === height) return false;
    const owner = this.#ensureRow(row);
    this.#open(owner);
    owner.attributes = { ...owner.attributes, ht: String(height), customHeight: "1" };
    return true;
  }

  /** Changes the cells for which `choose` tells something. */
  restyle(choose: (style: number) => number | undefined): void {
    for (const row of this.#rows) {
      if (!row.cells) {
        this.#readLooks(row);
        let at = row.looks;
        while (at < row.looksEnd && choose(this.#looks.styleAt(at)) === undefined) at += 1;
        if (at === row.looksEnd) continue;
      }
      for (const cell of this.#open(row)) cell.style = choose(cell.style) ?? cell.style;
    }
  }

  /** A row as it is now, to be put elsewhere. */
  take(number: number): RowCopy {
    const row = this.#rows[this.#place(number)];
    if (row?.number !== number) return { attributes: {}, cells: [] };
    const cells = this.#open(row).map((cell) => ({ ...cell }));
    return { attributes: row.attributes, cells };
  }

  /**
   * Puts cells and height of a row in the place of those of another.
   * @param mapFormula what becomes of its formulas
   */
  put(
    number: number,
    { attributes, cells }: RowCopy,
    mapFormula: (formula: string) => string,
    mapAreas: (areas: string) => string,
  ): void {
    const row = this.#ensureRow(number);
    row.attributes = attributes;
    row.cells = cells.map((cell) => ({ ...cell, inner: this.#mapFormula(cell.inner, mapFormula, mapAreas) }));
  }

  /** Takes away what formulas had as their results. */
  dropResults(): void {
    for (const row of this.#rows) {
      const start = `<${this.prefix}f`;
      if (!row.cells && !this.text.slice(row.inner, row.innerEnd).includes(start)) continue;
      for (const cell of this.#open(row)) {
        if (!cell.inner.includes(start)) continue;
        const value = elementsIn(cell.inner, 0, cell.inner.length).find(({ name }) => name === "v");
        if (value) cell.inner = cell.inner.slice(0, value.start) + cell.inner.slice(value.end);
      }
    }
  }

  removeFrom(first: number): void {
    this.#rows.length = this.#place(first);
  }

  /** Gives every row its new number. */
  move(mapRow: MapRow): void {
    for (const row of this.#rows) {
      const number = mapRow(row.number);
      if (number === row.number) continue;
      this.#open(row);
      row.number = number;
    }
  }

  /**
   * Rewrites formulas, and areas of array formulas and tables of values.
   * @param mention only rows that have this text are looked at
   * @returns whether any is another now
   */
  mapFormulas(map: (formula: string) => string, mapAreas: (areas: string) => string, mention = ""): boolean {
    const start = `<${this.prefix}f`;
    let changedAny = false;
    for (const row of this.#rows) {
      if (!row.cells) {
        const source = this.text.slice(row.inner, row.innerEnd);
        if (!source.includes(start) || !source.includes(mention)) continue;
      }
      const cells = row.cells ?? this.#parse(row);
      let changed = false;
      for (const cell of cells) {
        if (!cell.inner.includes(start)) continue;
        const inner = this.#mapFormula(cell.inner, map, mapAreas);
        if (inner === cell.inner) continue;
        cell.inner = inner;
        changed = true;
      }
      changedAny ||= changed;
      if (changed && !row.cells) {
        this.#open(row);
        row.cells = cells;
      }
    }
    return changedAny;
  }

  /** Gives every cell that shares the formula of another its own. */
  writeOutShared(): void {
    const masters = new Map<string, { formula: string; row: number; column: number }>();
    const start = `<${this.prefix}f`;
    for (const row of this.#rows) {
      if (!row.cells && !this.text.slice(row.inner, row.innerEnd).includes("shared")) continue;
      for (const cell of this.#open(row)) {
        if (!cell.inner.includes(start)) continue;
        const [element] = elementsIn(cell.inner, 0, cell.inner.length).filter(({ name }) => name === "f");
        if (!element) continue;
        const { t, si = "" } = readAttributes(cell.inner.slice(element.start + element.tag.length, element.inner));
        if (t !== "shared") continue;
        const own = readText(binaryToText(this.codec, cell.inner.slice(element.inner, element.innerEnd)));
        const master = masters.get(si);
        if (own !== "") masters.set(si, { formula: own, row: row.number, column: cell.column });
        const formula =
          own !== "" || !master
            ? own
            : moveFormula(master.formula, row.number - master.row, cell.column - master.column);
        const text = textToBinary(this.codec, escapeXml(formula));
        const written = `<${element.tag}>${text}</${element.tag}>`;
        cell.inner = cell.inner.slice(0, element.start) + written + cell.inner.slice(element.end);
      }
    }
  }

  /** What the cells of the rows that have changed take up; undefined for none. */
  changedArea(): Area | undefined {
    const rows = this.#rows.flatMap(({ number, cells }) => (cells && cells.length > 0 ? [{ number, cells }] : []));
    const [first, last] = [rows[0], rows.at(-1)];
    if (!first || !last) return undefined;
    let [left, right] = [Number.POSITIVE_INFINITY, 0];
    for (const { cells } of rows) {
      left = Math.min(left, cells[0]?.column ?? left);
      right = Math.max(right, cells.at(-1)?.column ?? right);
    }
    return { top: first.number, left, bottom: last.number, right };
  }

  /** The rows as they are now. */
  render(): Stretches {
    const chunks: Stretches[number][] = [];
    let [from, to] = [-1, -1];
    const flush = () => {
      if (from >= 0) chunks.push(this.text.piece(from, to));
      from = -1;
    };
    for (const row of this.#rows) {
      if (!row.cells) {
        // Neighbours that stay are one piece, and so is what stands between them.
        if (from >= 0 && to <= row.start && this.#isInOrder) to = row.end;
        else {
          flush();
          [from, to] = [row.start, row.end];
        }
        continue;
      }
      flush();
      chunks.push(this.#renderRow(row, row.cells));
    }
    flush();
    return chunks;
  }

  #renderRow({ number, attributes }: GridRow, cells: readonly GridCell[]): string {
    const { prefix } = this;
    const tag = `<${prefix}row r="${number}"${renderAttributes(attributes)}`;
    if (cells.length === 0) return `${tag}/>`;
    let text = `${tag}>`;
    for (const { column, style, type, others, inner } of cells) {
      text += `<${prefix}c r="${columnLetters(column)}${number}"`;
      if (style !== 0) text += ` s="${style}"`;
      if (type !== "") text += ` t="${type}"`;
      text += others;
      text += inner === "" ? "/>" : `>${inner}</${prefix}c>`;
    }
    return `${text}</${prefix}row>`;
  }

  #mapFormula(inner: string, map: (formula: string) => string, mapAreas: (areas: string) => string): string {
    const element = elementsIn(inner, 0, inner.length).find(({ name }) => name === "f");
    if (!element) return inner;
    const attributes = readAttributes(inner.slice(element.start + 1 + element.tag.length, element.inner));
    for (const name of ["ref", "r1", "r2"]) {
      const value = attributes[name];
      if (value !== undefined) attributes[name] = mapAreas(value);
    }
    const source = inner.slice(element.inner, element.innerEnd);
    const formula = source === "" ? "" : readText(binaryToText(this.codec, source));
    const mapped = formula === "" ? "" : map(formula);
    const text = mapped === formula ? source : textToBinary(this.codec, escapeXml(mapped));
    const tag = `<${element.tag}${renderAttributes(attributes)}`;
    const written = text === "" ? `${tag}/>` : `${tag}>${text}</${element.tag}>`;
    return inner.slice(0, element.start) + written + inner.slice(element.end);
  }

  /** Where a row stands or would stand in the list. */
  #place(number: number): number {
    const rows = this.#rows;
    if ((rows.at(-1)?.number ?? 0) < number) return rows.length;
    let [low, high] = [0, rows.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((rows[middle]?.number ?? 0) < number) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  #ensureRow(number: number): GridRow {
    const at = this.#place(number);
    const known = this.#rows[at];
    if (known?.number === number) return known;
    const row: GridRow = {
      number,
      start: -1,
      inner: -1,
      innerEnd: -1,
      end: -1,
      attributes: {},
      cells: [],
      looks: -1,
      looksEnd: -1,
    };
    if (at === this.#rows.length) this.#rows.push(row);
    else this.#rows.splice(at, 0, row);
    return row;
  }

  #open(row: GridRow): GridCell[] {
    if (row.cells) return row.cells;
    row.cells = this.#parse(row);
    return row.cells;
  }

  #parse(row: GridRow): GridCell[] {
    const cells: GridCell[] = [];
    const xml = this.text.slice(row.inner, row.innerEnd);
    const scanner = new CellScanner(xml, 0, xml.length, this.prefix);
    let ascending = true;
    while (scanner.next()) {
      const { column, style, type, others } = scanner;
      if (column <= (cells.at(-1)?.column ?? 0)) ascending = false;
      cells.push({ column, style, type, others, inner: xml.slice(scanner.inner, scanner.innerEnd) });
    }
    return ascending ? cells : cells.sort((a, b) => a.column - b.column);
  }
}

/** Reads start tags of rows, of which a sheet has few that differ in more than number and spans. */
function rowAttributesReader(): (tag: string) => Record<string, string> {
  const known = new Map<string, Record<string, string>>();
  return (tag) => {
    const alike = tag.replace(/\s(?:r|spans)\s*=\s*(?:"[^"]*"|'[^']*')/g, "");
    let attributes = known.get(alike);
    if (!attributes) {
      const { r: _, spans: __, ...rest } = readAttributes(tag);
      attributes = Object.fromEntries(Object.entries(rest).map(([name, value]) => [ownCopy(name), ownCopy(value)]));
      known.set(alike, attributes);
    }
    return attributes;
  };
}

/** A height that a program worked out from the texts is none. */
function chosenHeight({ ht, customHeight }: Record<string, string>): number | undefined {
  return ht !== undefined && (customHeight === "1" || customHeight === "true") ? Number(ht) : undefined;
}

function placeOf(cells: readonly GridCell[], column: number): number {
  if ((cells.at(-1)?.column ?? 0) < column) return cells.length;
  let [low, high] = [0, cells.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((cells[middle]?.column ?? 0) < column) low = middle + 1;
    else high = middle;
  }
  return low;
}
