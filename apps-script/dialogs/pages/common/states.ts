import { button, element } from "./dom.ts";

/** Says that something is on its way. */
export function loading(text: string): HTMLElement {
  return element(
    "div",
    { class: "state", role: "status" },
    element("span", { class: "spinner" }),
    element("p", {}, text),
  );
}

/** Says that there is nothing, and why that is. */
export function empty(title: string, text: string, tone: "good" | "plain" = "plain"): HTMLElement {
  return element(
    "div",
    { class: `state ${tone}`, role: "status" },
    element("span", { class: "mark", "aria-hidden": "true" }, tone === "good" ? "✓" : "—"),
    element("p", { class: "strong" }, title),
    element("p", {}, text),
  );
}

/** Says what went wrong and offers to do it again. */
export function failed(message: string, retry: () => void, retryLabel = "再试一次"): HTMLElement {
  return element(
    "div",
    { class: "state bad", role: "alert" },
    element("span", { class: "mark", "aria-hidden": "true" }, "!"),
    element("p", { class: "message" }, message),
    button(retryLabel, retry, { class: "primary" }),
  );
}

/** A line that says what has just happened. */
export function notice(message: string, tone: "good" | "bad" | "plain"): HTMLElement {
  return element("p", { class: `notice ${tone}`, role: tone === "bad" ? "alert" : "status" }, message);
}
