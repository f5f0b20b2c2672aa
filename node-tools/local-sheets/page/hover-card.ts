import type { CellView } from "../protocol.ts";
import { make } from "./dom.ts";

interface Places {
  placeOf(target: EventTarget | null): { row: number; column: number } | undefined;
  follow(link: string): void;
}

const delayMilliseconds = 250;

/** The card beside a cell that shows its note or where its link leads. */
export class HoverCard {
  readonly #card = make("div", { class: "hover-card", role: "note", attributes: { hidden: "" } });
  readonly #host: HTMLElement;
  readonly #places: Places;
  #timer = 0;
  #shown = "";

  constructor(
    host: HTMLElement,
    cellAt: (place: { row: number; column: number }) => CellView | undefined,
    places: Places,
  ) {
    this.#host = host;
    this.#places = places;
    host.append(this.#card);
    host.addEventListener("mouseover", (event) => {
      if (this.#card.contains(event.target as Node)) return;
      const place = places.placeOf(event.target);
      const key = place ? `${place.row}:${place.column}` : "";
      if (key === this.#shown) return;
      clearTimeout(this.#timer);
      const note = place && cellAt(place)?.note;
      // A note may come to the cell while the pointer rests on it.
      this.#shown = note ? key : "";
      if (!note) {
        if (!this.#card.dataset.pinned) this.hide();
        return;
      }
      const element = (event.target as HTMLElement).closest<HTMLElement>("[data-cell]");
      this.#timer = window.setTimeout(
        () => element && this.#show(element, make("div", { text: note }), false),
        delayMilliseconds,
      );
    });
  }

  showLink(target: HTMLElement, link: string): void {
    const element = target.closest<HTMLElement>("[data-cell]");
    if (!element) return;
    const isInside = link.startsWith("#");
    const text = isInside ? `转到 ${link.slice(1)}` : link;
    const button = make("button", {
      class: "link-button",
      text,
      set: { type: "button" },
      on: {
        click: () => {
          this.hide();
          this.#places.follow(link);
        },
      },
    });
    this.#show(element, button, true);
  }

  #show(cell: HTMLElement, content: HTMLElement, pinned: boolean): void {
    this.#card.replaceChildren(content);
    this.#card.hidden = false;
    if (pinned) this.#card.dataset.pinned = "1";
    else delete this.#card.dataset.pinned;
    const host = this.#host.getBoundingClientRect();
    const box = cell.getBoundingClientRect();
    const { width, height } = this.#card.getBoundingClientRect();
    const right = box.right - host.left + 4;
    const fits = right + width < host.width;
    const below = pinned || !fits;
    const left = pinned ? box.left - host.left : fits ? right : Math.max(4, box.left - host.left - width - 4);
    const top = below && pinned ? box.bottom - host.top + 2 : box.top - host.top;
    this.#card.style.left = `${Math.max(4, Math.min(left, host.width - width - 8))}px`;
    this.#card.style.top = `${Math.max(4, Math.min(top, host.height - height - 8))}px`;
  }

  hide(): void {
    clearTimeout(this.#timer);
    this.#card.hidden = true;
    delete this.#card.dataset.pinned;
  }
}
