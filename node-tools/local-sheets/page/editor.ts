import { make } from "./dom.ts";

export type Step = "down" | "up" | "left" | "right" | "none";

export interface EditorEvents {
  /** @param step where the selection goes afterwards */
  commit(text: string, step: Step): void;
  /** A key that is no text, while no cell is open. @returns whether it did something */
  key(event: KeyboardEvent): boolean;
  paste(text: string): void;
  copy(): string;
  /** Text for the formula bar. */
  changed(text: string): void;
  closed(): void;
}

/**
 * The place where people type. It holds the focus all the time, unseen, so that an input method finds a text box from
 * the first key on; with the first text it opens over the cell.
 */
export class CellEditor {
  readonly element: HTMLTextAreaElement;
  readonly #events: EditorEvents;
  #mode: "closed" | "typing" | "editing" = "closed";

  constructor(host: HTMLElement, events: EditorEvents) {
    this.#events = events;
    this.element = make("textarea", {
      class: "editor",
      attributes: { "aria-label": "编辑单元格", spellcheck: "false", rows: "1", "data-testid": "editor" },
    });
    host.append(this.element);
    this.element.addEventListener("keydown", (event) => this.#key(event));
    this.element.addEventListener("input", () => {
      if (this.#mode === "closed") this.#setMode("typing");
      this.#fit();
      events.changed(this.element.value);
    });
    this.element.addEventListener("compositionstart", () => {
      if (this.#mode === "closed") this.#setMode("typing");
    });
    this.element.addEventListener("paste", (event) => {
      if (this.isOpen) return;
      event.preventDefault();
      events.paste(event.clipboardData?.getData("text/plain") ?? "");
    });
    this.element.addEventListener("copy", (event) => {
      if (this.isOpen) return;
      event.preventDefault();
      event.clipboardData?.setData("text/plain", events.copy());
    });
    this.element.addEventListener("cut", (event) => {
      if (!this.isOpen) event.preventDefault();
    });
  }

  get isOpen(): boolean {
    return this.#mode !== "closed";
  }

  focus(): void {
    this.element.focus({ preventScroll: true });
  }

  /** Puts the editor over a cell. */
  place(box: { left: number; top: number; width: number; height: number } | undefined): void {
    const { style } = this.element;
    if (!box) {
      style.left = "-1000px";
      return;
    }
    style.left = `${box.left}px`;
    style.top = `${box.top}px`;
    style.minWidth = `${box.width + 1}px`;
    style.minHeight = `${box.height + 1}px`;
    this.#fit();
  }

  open(text: string): void {
    this.element.value = text;
    this.#setMode("editing");
    this.focus();
    this.element.setSelectionRange(text.length, text.length);
    this.#fit();
    this.#events.changed(text);
  }

  /** Keeps what was typed. */
  finish(step: Step = "none"): void {
    if (!this.isOpen) return;
    const text = this.element.value;
    this.#setMode("closed");
    this.#events.commit(text, step);
  }

  cancel(): void {
    this.#setMode("closed");
  }

  #setMode(mode: "closed" | "typing" | "editing"): void {
    this.#mode = mode;
    this.element.classList.toggle("open", mode !== "closed");
    if (mode !== "closed") return;
    this.element.value = "";
    this.#fit();
    this.#events.closed();
  }

  #fit(): void {
    const { style } = this.element;
    style.height = "0";
    style.width = "0";
    if (!this.isOpen) return;
    style.height = `${Math.min(this.element.scrollHeight + 2, 260)}px`;
    style.width = `${Math.min(Math.max(this.element.scrollWidth + 12, 0), 480)}px`;
    style.height = `${Math.min(this.element.scrollHeight + 2, 260)}px`;
  }

  #key(event: KeyboardEvent): void {
    if (event.isComposing) return;
    if (!this.isOpen) {
      if (this.#events.key(event)) event.preventDefault();
      return;
    }
    if (event.key === "Escape") this.cancel();
    else if (event.key === "Enter" && (event.altKey || event.ctrlKey || event.metaKey)) this.#insert("\n");
    else if (event.key === "Enter") this.finish(event.shiftKey ? "up" : "down");
    else if (event.key === "Tab") this.finish(event.shiftKey ? "left" : "right");
    else if (this.#mode === "typing" && arrows[event.key]) this.finish(arrows[event.key]);
    else return;
    event.preventDefault();
  }

  #insert(text: string): void {
    this.element.setRangeText(text, this.element.selectionStart, this.element.selectionEnd, "end");
    this.#fit();
    this.#events.changed(this.element.value);
  }
}

const arrows: Readonly<Record<string, Step>> = {
  ArrowDown: "down",
  ArrowUp: "up",
  ArrowLeft: "left",
  ArrowRight: "right",
};
