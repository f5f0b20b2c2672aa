import { areaAddress, cellAddress } from "../../../apps-script/core/workbook/addresses.ts";
import type { SheetView } from "../protocol.ts";
import { type Rectangle, readAddress } from "./addresses.ts";
import { CellStore } from "./cell-store.ts";
import { byId, make } from "./dom.ts";
import { CellEditor, type Step } from "./editor.ts";
import { Grid } from "./grid.ts";
import { HoverCard } from "./hover-card.ts";
import { showPopup } from "./overlays.ts";
import { formatTabSeparated, parseTabSeparated } from "./tab-separated.ts";

export interface SheetPlace {
  readonly file: string;
  readonly user: string;
}

export interface SheetPanelEvents {
  /** Types these texts; what stood there comes back. */
  write(sheet: string, row: number, column: number, values: string[][]): Promise<string[][] | undefined>;
  selected(sheet: string, row: number, column: number): void;
  follow(link: string): void;
  editNote(sheet: string, row: number, column: number, note: string): void;
  failed(error: Error): void;
}

interface Undo {
  readonly sheet: string;
  readonly row: number;
  readonly column: number;
  readonly values: string[][];
}

const longestUndo = 50;

/** The grid of one sheet with what people do in it: select, type, paste, undo. */
export class SheetPanel {
  readonly #events: SheetPanelEvents;
  readonly #editor: CellEditor;
  readonly #formula = byId<HTMLTextAreaElement>("formula");
  readonly #addressField = byId<HTMLInputElement>("address");
  readonly #card: HoverCard;
  #undo: Undo[] = [];
  #grid: Grid | undefined;
  #store: CellStore | undefined;
  #sheet: SheetView | undefined;
  #active = { row: 1, column: 1 };
  #anchor = { row: 1, column: 1 };
  #corner = { row: 1, column: 1 };
  #closePopup: (() => void) | undefined;

  constructor(events: SheetPanelEvents) {
    this.#events = events;
    const host = byId("sheet");
    this.#editor = new CellEditor(host, {
      commit: (text, step) => this.#commit(text, step),
      key: (event) => this.#key(event),
      paste: (text) => this.#paste(text),
      copy: () => this.#copy(),
      changed: (text) => {
        this.#formula.value = text;
      },
      closed: () => this.#tellActive(),
    });
    this.#card = new HoverCard(host, (place) => this.#store?.cell(place.row, place.column), {
      placeOf: (target) => this.#grid?.placeOf(target),
      follow: (link) => events.follow(link),
    });
    host.addEventListener("mouseup", () => {
      if (!this.#editor.isOpen) this.#editor.focus();
    });
    host.addEventListener("contextmenu", (event) => this.#contextMenu(event));
    this.#listenToBar();
  }

  #listenToBar(): void {
    this.#formula.addEventListener("keydown", (event) => {
      if (event.isComposing) return;
      if (event.key === "Enter" && !event.altKey) this.#commit(this.#formula.value, "down");
      else if (event.key === "Escape") this.#tellActive();
      else return;
      event.preventDefault();
      this.#editor.focus();
    });
    this.#addressField.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" && event.key !== "Escape") return;
      // The cell gets the focus: the same Enter would start a line in it.
      event.preventDefault();
      const place = event.key === "Enter" ? readAddress(this.#addressField.value) : undefined;
      this.#editor.focus();
      if (place && this.#sheet)
        void this.goTo(Math.min(place.row, this.#sheet.rows), Math.min(place.column, this.#sheet.columns));
    });
    this.#addressField.addEventListener("blur", () => this.#tellActive());
  }

  get sheetName(): string {
    return this.#sheet?.name ?? "";
  }

  get active(): { readonly row: number; readonly column: number } {
    return this.#active;
  }

  focus(): void {
    this.#editor.focus();
  }

  /** Writes what is being typed, before anything else comes to the screen. */
  finish(): void {
    this.#editor.finish();
  }

  /** Shows a sheet; the same sheet of the same file keeps its place and is only painted anew. */
  async show(place: SheetPlace, sheet: SheetView, isSame: boolean): Promise<void> {
    const scrolled = isSame ? this.#grid?.scrolledTo : undefined;
    if (isSame && this.#grid && this.#store && JSON.stringify(this.#sheet) === JSON.stringify(sheet)) {
      this.#store.expire();
      this.#grid.askPaint();
      return;
    }
    this.#grid?.destroy();
    this.#sheet = sheet;
    const store = new CellStore({ ...place, sheet: sheet.name }, () => this.#painted(), this.#events.failed);
    this.#store = store;
    const grid = new Grid(byId("grid"), sheet, store, {
      press: (row, column, event) => this.#press(row, column, event),
      drag: (row, column) => this.#select(this.#anchor, { row, column }),
      open: (row, column) => this.#open(row, column),
      dropDown: (row, column) => this.#dropDown(row, column),
      pressColumn: (column) => this.#selectLine({ row: 1, column }, { row: sheet.rows, column }),
      pressRow: (row) => this.#selectLine({ row, column: 1 }, { row, column: sheet.columns }),
      scrolled: () => {
        this.#placeEditor();
        this.#closePopup?.();
        this.#card.hide();
      },
    });
    this.#grid = grid;
    if (!isSame) this.#active = { row: 1, column: 1 };
    this.#select(this.#active, isSame ? this.#corner : this.#active);
    if (scrolled) await grid.scrollTo(scrolled);
  }

  #painted(): void {
    this.#grid?.paint();
    if (!this.#editor.isOpen) this.#tellActive();
    this.#placeEditor();
  }

  async goTo(row: number, column: number): Promise<void> {
    this.#select({ row, column }, { row, column });
    await this.#grid?.reveal(row, column);
    this.#placeEditor();
  }

  get #selection(): Rectangle {
    const { row, column } = this.#corner;
    return {
      top: Math.min(this.#anchor.row, row),
      left: Math.min(this.#anchor.column, column),
      bottom: Math.max(this.#anchor.row, row),
      right: Math.max(this.#anchor.column, column),
    };
  }

  #press(row: number, column: number, event: MouseEvent): void {
    this.#editor.finish();
    this.#select(event.shiftKey ? this.#anchor : { row, column }, { row, column });
    this.#editor.focus();
    const link = this.#store?.cell(row, column)?.link;
    if (link && !event.shiftKey) this.#card.showLink(event.target as HTMLElement, link);
  }

  #selectLine(anchor: { row: number; column: number }, corner: { row: number; column: number }): void {
    this.#editor.finish();
    this.#select(anchor, corner);
    this.#editor.focus();
  }

  #select(anchor: { row: number; column: number }, corner: { row: number; column: number }): void {
    const moved = anchor.row !== this.#active.row || anchor.column !== this.#active.column;
    this.#anchor = anchor;
    this.#corner = corner;
    this.#active = anchor;
    this.#grid?.select(anchor, this.#selection);
    this.#tellActive();
    this.#placeEditor();
    this.#card.hide();
    if (moved || anchor === corner) this.#events.selected(this.sheetName, anchor.row, anchor.column);
  }

  #input(row: number, column: number): string {
    const cell = this.#store?.cell(row, column);
    return cell?.i ?? cell?.t ?? "";
  }

  #tellActive(): void {
    const { row, column } = this.#active;
    // Cells arrive at any time: what is being typed in the bar stays.
    if (document.activeElement !== this.#addressField) this.#addressField.value = areaAddress(this.#selection);
    if (document.activeElement !== this.#formula) this.#formula.value = this.#input(row, column);
  }

  #placeEditor(): void {
    const element = this.#grid?.element(this.#active.row, this.#active.column);
    const host = byId("sheet").getBoundingClientRect();
    const box = element?.getBoundingClientRect();
    this.#editor.place(
      box && { left: box.left - host.left, top: box.top - host.top, width: box.width, height: box.height },
    );
  }

  #open(row: number, column: number, text = this.#input(row, column)): void {
    if (this.#store?.cell(row, column)?.list !== undefined && this.#editor.isOpen === false)
      this.#dropDown(row, column);
    else this.#editor.open(text);
  }

  #commit(text: string, step: Step): void {
    const { row, column } = this.#active;
    if (text !== this.#input(row, column)) void this.#write(row, column, [[text]]);
    this.#step(step);
    this.#editor.focus();
  }

  async #write(row: number, column: number, values: string[][], isUndo = false): Promise<void> {
    const sheet = this.sheetName;
    const before = await this.#events.write(sheet, row, column, values);
    if (before && !isUndo) this.#undo = [...this.#undo, { sheet, row, column, values: before }].slice(-longestUndo);
  }

  #step(step: Step, extend = false, distance = 1): void {
    if (step === "none" || !this.#sheet) return;
    const from = extend ? this.#corner : this.#active;
    const next = { ...from };
    const forward = step === "down" || step === "right" ? 1 : -1;
    const along = step === "down" || step === "up" ? "row" : "column";
    const last = along === "row" ? this.#sheet.rows : this.#sheet.columns;
    for (let left = distance; left > 0; left -= 1) {
      let at = next[along] + forward;
      while (along === "column" && this.#sheet.widths[at] === 0) at += forward;
      if (at < 1 || at > last) break;
      next[along] = at;
    }
    this.#select(extend ? this.#anchor : next, next);
    void this.#grid?.reveal(next.row, next.column).then(() => this.#placeEditor());
  }

  #key(event: KeyboardEvent): boolean {
    const control = event.ctrlKey || event.metaKey;
    const arrow = ({ ArrowDown: "down", ArrowUp: "up", ArrowLeft: "left", ArrowRight: "right" } as const)[event.key];
    if (arrow === "down" && event.altKey) this.#dropDown(this.#active.row, this.#active.column);
    else if (arrow) this.#step(arrow, event.shiftKey, control ? 1_000 : 1);
    else if (event.key === "PageDown") this.#step("down", event.shiftKey, this.#grid?.pageRows);
    else if (event.key === "PageUp") this.#step("up", event.shiftKey, this.#grid?.pageRows);
    else if (event.key === "Home") void this.goTo(control ? 1 : this.#active.row, 1);
    else if (event.key === "Tab") this.#step(event.shiftKey ? "left" : "right");
    else if (event.key === "Enter" || event.key === "F2") this.#open(this.#active.row, this.#active.column);
    else if (event.key === "Delete" || event.key === "Backspace") this.#clear();
    else if (control && event.key.toLowerCase() === "z") this.#undoLast();
    else return false;
    return true;
  }

  #clear(): void {
    const { top, left, bottom, right } = this.#selection;
    const values = Array.from({ length: bottom - top + 1 }, () => Array<string>(right - left + 1).fill(""));
    void this.#write(top, left, values);
  }

  #undoLast(): void {
    const last = this.#undo.pop();
    if (last) void this.#events.write(last.sheet, last.row, last.column, last.values);
  }

  #paste(text: string): void {
    if (text === "") return;
    const values = parseTabSeparated(text);
    const width = Math.max(...values.map((row) => row.length));
    const { top, left, bottom, right } = this.#selection;
    const [only] = values[0] ?? [];
    // One value fills the whole selection, as everywhere.
    const fill = values.length === 1 && width === 1 && (bottom > top || right > left);
    const pasted = fill
      ? Array.from({ length: bottom - top + 1 }, () => Array<string>(right - left + 1).fill(only ?? ""))
      : values.map((row) => [...row, ...Array<string>(width - row.length).fill("")]);
    void this.#write(top, left, pasted);
    if (!fill) this.#select({ row: top, column: left }, { row: top + values.length - 1, column: left + width - 1 });
  }

  #copy(): string {
    const { top, left, bottom, right } = this.#selection;
    const rows: string[][] = [];
    for (let row = top; row <= bottom; row += 1) {
      const cells: string[] = [];
      for (let column = left; column <= right; column += 1) cells.push(this.#store?.cell(row, column)?.t ?? "");
      rows.push(cells);
    }
    return formatTabSeparated(rows);
  }

  #dropDown(row: number, column: number): void {
    this.#editor.finish();
    this.#select({ row, column }, { row, column });
    const element = this.#grid?.element(row, column);
    const entries = this.#store?.entries(row, this.#store.cell(row, column));
    if (!element || !entries) {
      this.#editor.open(this.#input(row, column));
      return;
    }
    const present = this.#input(row, column);
    const choose = (text: string) => {
      this.#closePopup?.();
      void this.#write(row, column, [[text]]);
    };
    const option = (text: string) =>
      make("button", {
        class: text === present ? "option present" : "option",
        text,
        role: "option",
        set: { type: "button" },
        on: { click: () => choose(text) },
      });
    const other = make("button", {
      class: "option other",
      text: "输入其他内容…",
      set: { type: "button" },
      on: {
        click: () => {
          this.#closePopup?.();
          this.#editor.open(present);
        },
      },
    });
    const list = make("div", { class: "options", role: "listbox", attributes: { "aria-label": "可选内容" } });
    list.append(...entries.map(option), other);
    const box = element.getBoundingClientRect();
    list.style.minWidth = `${box.width}px`;
    this.#closePopup = showPopup(box, list, () => {
      this.#closePopup = undefined;
      if (!this.#editor.isOpen) this.#editor.focus();
    });
  }

  #contextMenu(event: MouseEvent): void {
    const place = this.#grid?.placeOf(event.target);
    if (!place) return;
    event.preventDefault();
    this.#editor.finish();
    this.#select(place, place);
    const cell = this.#store?.cell(place.row, place.column);
    const item = (text: string, action: () => void) =>
      make("button", {
        class: "option",
        text,
        role: "menuitem",
        set: { type: "button" },
        on: {
          click: () => {
            close();
            action();
          },
        },
      });
    const list = make(
      "div",
      { class: "options", role: "menu" },
      item(cell?.note ? "修改批注" : "插入批注", () =>
        this.#events.editNote(this.sheetName, place.row, place.column, cell?.note ?? ""),
      ),
      item("清除内容", () => this.#clear()),
      item(`复制 ${cellAddress(place.row, place.column)}`, () => void navigator.clipboard.writeText(this.#copy())),
    );
    const close = showPopup(new DOMRect(event.clientX, event.clientY, 0, 0), list, () => this.#editor.focus());
  }
}
