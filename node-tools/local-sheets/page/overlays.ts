import type { AlertButtons, Button } from "../local-google.ts";
import type { Answer } from "../protocol.ts";
import { byId, make } from "./dom.ts";

const buttonSets: Readonly<Record<AlertButtons, readonly (readonly [Button, string])[]>> = {
  OK: [["OK", "确定"]],
  OK_CANCEL: [
    ["CANCEL", "取消"],
    ["OK", "确定"],
  ],
  YES_NO: [
    ["NO", "否"],
    ["YES", "是"],
  ],
  YES_NO_CANCEL: [
    ["CANCEL", "取消"],
    ["NO", "否"],
    ["YES", "是"],
  ],
};

export interface Question {
  readonly kind: "alert" | "prompt";
  readonly title: string;
  readonly message: string;
  readonly buttons: AlertButtons;
}

/** An alert or prompt; Esc and the cross close it. */
export function showQuestion({ kind, title, message, buttons }: Question): { answer: Promise<Answer>; close(): void } {
  let close = () => {};
  const answer = new Promise<Answer>((resolve) => {
    const input =
      kind === "prompt"
        ? make("input", { class: "prompt-input", attributes: { "aria-label": title || message } })
        : undefined;
    const finish = (button: Button) => {
      backdrop.remove();
      resolve({ button, text: input?.value ?? "" });
    };
    const set = buttonSets[buttons];
    const main = set.at(-1)?.[0] ?? "OK";
    const box = make(
      "div",
      {
        class: "dialog question",
        role: kind === "alert" ? "alertdialog" : "dialog",
        attributes: { "aria-modal": "true", "aria-label": title || message, tabindex: "-1" },
        on: {
          keydown: (event) => {
            event.stopPropagation();
            if (event.key === "Escape") finish("CLOSE");
            if (event.key === "Enter" && event.target === input && !event.isComposing) finish(main);
          },
        },
      },
      crossButton(() => finish("CLOSE")),
      title ? make("h2", { text: title }) : undefined,
      make("p", { class: "message", text: message }),
      input,
      make(
        "div",
        { class: "buttons" },
        ...set.map(([button, text]) =>
          make("button", {
            text,
            class: button === main ? "main" : "",
            set: { type: "button" },
            on: { click: () => finish(button) },
          }),
        ),
      ),
    );
    const backdrop = make("div", { class: "backdrop" }, box);
    byId("layer").append(backdrop);
    (input ?? box.querySelector<HTMLElement>("button.main") ?? box).focus();
    close = () => backdrop.remove();
  });
  return { answer, close };
}

export function crossButton(close: () => void): HTMLButtonElement {
  return make("button", {
    class: "cross",
    text: "✕",
    set: { type: "button" },
    attributes: { "aria-label": "关闭" },
    on: { click: close },
  });
}

const toastMilliseconds = 6_000;

export function showToast(message: string, title = "", kind: "plain" | "error" = "plain"): void {
  const toast = make(
    "div",
    { class: `toast ${kind}`, role: kind === "error" ? "alert" : "status" },
    make(
      "div",
      { class: "toast-text" },
      title ? make("strong", { text: title }) : undefined,
      make("span", { text: message }),
    ),
    crossButton(() => toast.remove()),
  );
  byId("toasts").append(toast);
  setTimeout(() => toast.remove(), kind === "error" ? toastMilliseconds * 2 : toastMilliseconds);
}

/** A list that drops down from an element; the arrow keys, Enter and Esc work in it. */
export function showPopup(anchor: DOMRect, content: HTMLElement, closed: () => void = () => {}): () => void {
  const popup = make("div", { class: "popup" }, content);
  const close = () => {
    document.removeEventListener("mousedown", outside, true);
    if (!popup.isConnected) return;
    popup.remove();
    closed();
  };
  const outside = (event: MouseEvent) => {
    if (!popup.contains(event.target as Node)) close();
  };
  popup.addEventListener("keydown", (event) => {
    event.stopPropagation();
    const items = [...popup.querySelectorAll<HTMLElement>("button:not([disabled])")];
    const at = items.indexOf(document.activeElement as HTMLElement);
    if (event.key === "Escape") close();
    else if (event.key === "ArrowDown") items[Math.min(at + 1, items.length - 1)]?.focus();
    else if (event.key === "ArrowUp") items[Math.max(at - 1, 0)]?.focus();
    else return;
    event.preventDefault();
  });
  byId("layer").append(popup);
  const { width, height } = popup.getBoundingClientRect();
  popup.style.left = `${Math.max(4, Math.min(anchor.left, innerWidth - width - 8))}px`;
  popup.style.top = `${anchor.bottom + height + 8 > innerHeight ? Math.max(4, anchor.top - height) : anchor.bottom}px`;
  document.addEventListener("mousedown", outside, true);
  popup.querySelector<HTMLElement>("button:not([disabled])")?.focus({ preventScroll: true });
  return close;
}
