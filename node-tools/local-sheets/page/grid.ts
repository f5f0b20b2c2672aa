import { type RowComponent, TabulatorFull } from "tabulator-tables";
import { cellAddress, columnLetters } from "../../../apps-script/core/workbook/addresses.ts";
import type { CellView, SheetView } from "../protocol.ts";
import type { Rectangle } from "./addresses.ts";
import type { CellStore } from "./cell-store.ts";
import { make } from "./dom.ts";

const usualWidth = 90;
/** Pixels of rows beyond the visible ones. */
const renderedAbove = 240;
const usualHeight = 24;
const numbersWidth = 46;
/** Texts flow over at most this many empty neighbours. */
const longestOverflow = 12;

export interface GridEvents {
  press(row: number, column: number, event: MouseEvent): void;
  drag(row: number, column: number): void;
  open(row: number, column: number): void;
  dropDown(row: number, column: number): void;
  pressColumn(column: number): void;
  pressRow(row: number): void;
  scrolled(): void;
}

/** One sheet on the screen: Tabulator keeps the rows in view, this paints their cells. */
export class Grid {
  readonly sheet: SheetView;
  readonly #host: HTMLElement;
  readonly #store: CellStore;
  readonly #events: GridEvents;
  readonly #table: TabulatorFull;
  readonly #widths: number[] = [];
  readonly #mergesByCell = new Map<string, Rectangle>();
  readonly #hiddenByMerge = new Set<string>();
  readonly #built: Promise<void>;
  #active = { row: 1, column: 1 };
  #selection: Rectangle = { top: 1, left: 1, bottom: 1, right: 1 };
  #paintAsked = false;

  constructor(host: HTMLElement, sheet: SheetView, store: CellStore, events: GridEvents) {
    this.#host = host;
    this.sheet = sheet;
    this.#store = store;
    this.#events = events;
    for (let column = 1; column <= sheet.columns; column += 1) {
      this.#widths[column] = sheet.widths[column] ?? usualWidth;
    }
    for (const merge of sheet.merges) this.#noteMerge(merge);
    this.#table = this.#build();
    this.#built = new Promise((resolve) => {
      this.#table.on("tableBuilt", () => {
        this.#watch();
        this.paint();
        resolve();
      });
    });
    this.#table.on("columnResized", (column) => {
      this.#widths[Number(column.getField())] = column.getWidth();
      this.paint();
      events.scrolled();
    });
  }

  #noteMerge(merge: Rectangle): void {
    this.#mergesByCell.set(cellAddress(merge.top, merge.left), merge);
    for (let row = merge.top; row <= Math.min(merge.bottom, merge.top + 200); row += 1) {
      for (let column = merge.left; column <= merge.right; column += 1) {
        if (row !== merge.top || column !== merge.left) this.#hiddenByMerge.add(cellAddress(row, column));
      }
    }
  }

  #build(): TabulatorFull {
    const { rows, columns, frozenRows, frozenColumns } = this.sheet;
    return new TabulatorFull(this.#host, {
      data: Array.from({ length: rows }, (_, i) => ({ row: i + 1 })),
      index: "row",
      height: "100%",
      layout: "fitData",
      frozenRows,
      renderVerticalBuffer: renderedAbove,
      placeholder: "",
      columnDefaults: { headerSort: false, resizable: "header", minWidth: 24 },
      columns: [
        {
          title: "",
          field: "row",
          width: numbersWidth,
          frozen: true,
          resizable: false,
          cssClass: "row-number",
          formatter: (cell) => String(cell.getRow().getData().row),
        },
        ...Array.from({ length: columns }, (_, i) => ({
          title: columnLetters(i + 1),
          field: String(i + 1),
          width: this.#widths[i + 1] || usualWidth,
          visible: this.#widths[i + 1] !== 0,
          frozen: i < frozenColumns,
          formatter: () => make("div", { class: "content" }),
        })),
      ],
      rowFormatter: (row) => this.#prepareRow(row),
    });
  }

  /** Tabulator makes a row's elements once; what they show is painted whenever they come into view. */
  #prepareRow(component: RowComponent): void {
    const { row } = component.getData();
    const element = component.getElement();
    element.dataset.row = String(row);
    element.style.setProperty("--row-height", `${this.#heightOf(row)}px`);
    for (const cell of element.querySelectorAll<HTMLElement>(".tabulator-cell")) {
      const column = Number(cell.getAttribute("tabulator-field"));
      if (column > 0) cell.dataset.cell = cellAddress(row, column);
    }
  }

  #heightOf(row: number): number {
    return this.sheet.heights[row] ?? usualHeight;
  }

  #watch(): void {
    const observer = new MutationObserver(() => this.askPaint());
    for (const table of this.#host.querySelectorAll(".tabulator-table, .tabulator-frozen-rows-holder")) {
      observer.observe(table, { childList: true });
    }
    this.#holder.addEventListener("scroll", () => this.#events.scrolled());
    this.#host.addEventListener("mousedown", (event) => this.#press(event));
    this.#host.addEventListener("dblclick", (event) => {
      const place = this.placeOf(event.target);
      if (place) this.#events.open(place.row, place.column);
    });
  }

  #press(event: MouseEvent): void {
    if (event.button !== 0) return;
    const target = event.target as HTMLElement;
    const header = target.closest<HTMLElement>(".tabulator-col");
    if (header && !target.closest(".tabulator-col-resize-handle")) {
      const column = Number(header.getAttribute("tabulator-field"));
      if (column > 0) this.#events.pressColumn(column);
      return;
    }
    const number = target.closest<HTMLElement>(".row-number.tabulator-cell");
    if (number) {
      event.preventDefault();
      this.#events.pressRow(Number(number.parentElement?.dataset.row));
      return;
    }
    const place = this.placeOf(target);
    if (!place) return;
    event.preventDefault();
    if (target.closest(".drop")) {
      this.#events.dropDown(place.row, place.column);
      return;
    }
    this.#events.press(place.row, place.column, event);
    const move = (moved: MouseEvent) => {
      const under = this.placeOf(document.elementFromPoint(moved.clientX, moved.clientY));
      if (under) this.#events.drag(under.row, under.column);
    };
    const end = () => {
      document.removeEventListener("mousemove", move);
      document.removeEventListener("mouseup", end);
    };
    document.addEventListener("mousemove", move);
    document.addEventListener("mouseup", end);
  }

  get #holder(): HTMLElement {
    return this.#host.querySelector<HTMLElement>(".tabulator-tableholder") ?? this.#host;
  }

  placeOf(target: EventTarget | null): { row: number; column: number } | undefined {
    const cell = (target as HTMLElement | null)?.closest<HTMLElement>("[data-cell]");
    if (!cell || !this.#host.contains(cell)) return undefined;
    return { row: Number(cell.parentElement?.dataset.row), column: Number(cell.getAttribute("tabulator-field")) };
  }

  element(row: number, column: number): HTMLElement | undefined {
    return this.#host.querySelector<HTMLElement>(`[data-cell="${cellAddress(row, column)}"]`) ?? undefined;
  }

  select(active: { row: number; column: number }, selection: Rectangle): void {
    this.#active = active;
    this.#selection = selection;
    this.askPaint();
  }

  /** Brings a cell into view. */
  async reveal(row: number, column: number): Promise<void> {
    await this.#built;
    const holder = this.#holder;
    if (row > this.sheet.frozenRows) {
      const element = this.element(row, column);
      const inView =
        element !== undefined &&
        element.getBoundingClientRect().top >= holder.getBoundingClientRect().top &&
        element.getBoundingClientRect().bottom <= holder.getBoundingClientRect().top + holder.clientHeight;
      if (!element) {
        await this.#table.scrollToRow(row, "top", false).catch(() => undefined);
        // Some rows above it, but no more than Tabulator has rendered there: the rest would stay empty.
        holder.scrollTop -= Math.min(renderedAbove - usualHeight, holder.clientHeight / 2);
      } else if (!inView) element.scrollIntoView({ block: "nearest", inline: "nearest" });
    }
    if (column > this.sheet.frozenColumns) {
      let left = 0;
      let frozen = numbersWidth;
      for (let each = 1; each < column; each += 1) {
        if (each <= this.sheet.frozenColumns) frozen += this.#widths[each] ?? 0;
        else left += this.#widths[each] ?? 0;
      }
      const width = this.#widths[column] ?? usualWidth;
      const visible = holder.clientWidth - frozen;
      if (left < holder.scrollLeft) holder.scrollLeft = left;
      else if (left + width > holder.scrollLeft + visible) holder.scrollLeft = Math.min(left, left + width - visible);
    }
    this.askPaint();
  }

  get scrolledTo(): { top: number; left: number } {
    return { top: this.#holder.scrollTop, left: this.#holder.scrollLeft };
  }

  async scrollTo({ top, left }: { top: number; left: number }): Promise<void> {
    await this.#built;
    this.#holder.scrollTop = top;
    this.#holder.scrollLeft = left;
  }

  /** How many rows a page up or down moves. */
  get pageRows(): number {
    return Math.max(1, Math.floor(this.#holder.clientHeight / usualHeight) - 1);
  }

  askPaint(): void {
    if (this.#paintAsked) return;
    this.#paintAsked = true;
    requestAnimationFrame(() => {
      this.#paintAsked = false;
      this.paint();
    });
  }

  /** Paints every row that is in the document. */
  paint(): void {
    const rows = [...this.#host.querySelectorAll<HTMLElement>(".tabulator-row[data-row]")];
    for (const element of rows) {
      const row = Number(element.dataset.row);
      this.#store.want(row, row);
      this.#paintRow(element, row);
    }
    const { left, right } = this.#selection;
    for (const header of this.#host.querySelectorAll<HTMLElement>(".tabulator-col")) {
      const column = Number(header.getAttribute("tabulator-field"));
      header.classList.toggle("chosen", column >= left && column <= right);
    }
  }

  #paintRow(element: HTMLElement, row: number): void {
    const { top, bottom, left, right } = this.#selection;
    const isIn = row >= top && row <= bottom;
    for (const outer of element.children) {
      if (!(outer instanceof HTMLElement)) continue;
      const column = Number(outer.getAttribute("tabulator-field"));
      if (!(column > 0)) {
        outer.classList.toggle("chosen", isIn);
        continue;
      }
      const isActive = this.#active.row === row && this.#active.column === column;
      outer.classList.toggle("chosen", isIn && column >= left && column <= right);
      outer.classList.toggle("active", isActive);
      const cell = this.#store.cell(row, column);
      const css = this.#store.css(row, cell);
      this.#paintCell(outer, row, column, cell, css, isActive);
    }
  }

  #paintCell(
    outer: HTMLElement,
    row: number,
    column: number,
    cell: CellView | undefined,
    css: string,
    isActive: boolean,
  ): void {
    const inner = outer.querySelector<HTMLElement>(".content");
    if (!inner) return;
    const name = cellAddress(row, column);
    const merge = this.#mergesByCell.get(name);
    const wraps = css.includes("pre-wrap");
    const overflow = merge || wraps || !cell?.t ? 0 : this.#overflowWidth(row, column, cell, css);
    const isList = cell?.list !== undefined;
    const key = `${css}|${cell?.t ?? ""}|${cell?.note ? 1 : 0}${cell?.locked ? 1 : 0}${isList ? 1 : 0}${cell?.link ? 1 : 0}|${overflow}|${isActive}`;
    if (inner.dataset.key === key) return;
    inner.dataset.key = key;
    const shape = merge ? this.#mergeShape(merge) : overflow > 0 ? `width:${overflow}px;z-index:1;` : "";
    inner.style.cssText = css + (css === "" ? "" : ";") + shape;
    inner.className = [
      "content",
      cell?.right ? "right" : "",
      cell?.link ? "link" : "",
      wraps ? "wraps" : "",
      merge ? "merged" : "",
    ].join(" ");
    outer.classList.toggle("covered", this.#hiddenByMerge.has(name));
    outer.classList.toggle("noted", cell?.note !== undefined);
    outer.classList.toggle("locked", cell?.locked === true);
    outer.classList.toggle("spreads", merge !== undefined || overflow > 0);
    inner.replaceChildren(make("span", { class: "text", text: cell?.t ?? "" }));
    if (isList && isActive) inner.append(make("span", { class: "drop", attributes: { "aria-label": "打开下拉列表" } }));
  }

  #mergeShape({ top, left, bottom, right }: Rectangle): string {
    let width = 0;
    let height = 0;
    for (let column = left; column <= right; column += 1) width += this.#widths[column] ?? usualWidth;
    for (let row = top; row <= bottom; row += 1) height += this.#heightOf(row);
    return `width:${width}px;height:${height}px;z-index:2;`;
  }

  /** Pixels that a text takes over empty cells at its right; 0 when it fits. */
  #overflowWidth(row: number, column: number, cell: CellView, css: string): number {
    if (cell.right || css.includes("text-align") || cell.list !== undefined) return 0;
    const size = Number(/font-size:([\d.]+)px/.exec(css)?.[1] ?? 13);
    let needed = 10;
    for (const letter of cell.t ?? "") needed += letter > "\u2e7f" ? size : size * 0.56;
    let width = this.#widths[column] ?? usualWidth;
    if (needed <= width) return 0;
    const last = Math.min(this.sheet.columns, column + longestOverflow);
    for (let next = column + 1; next <= last && width < needed; next += 1) {
      const neighbour = this.#store.cell(row, next);
      if (neighbour?.t || this.#hiddenByMerge.has(cellAddress(row, next)) || next === this.sheet.frozenColumns + 1)
        break;
      width += this.#widths[next] ?? usualWidth;
    }
    return width > (this.#widths[column] ?? usualWidth) ? Math.min(width, needed) : 0;
  }

  destroy(): void {
    this.#table.destroy();
  }
}
