import { button, element } from "./dom.ts";
/** Says that something is on its way. */
export function loading(text) {
  return element(
    "div",
    { class: "state", role: "status" },
    element("span", { class: "spinner" }),
    element("p", {}, text),
  );
}
/** Says that there is nothing, and why that is. */
export function empty(title, text, tone = "plain") {
  return element(
    "div",
    { class: `state ${tone}`, role: "status" },
    element("span", { class: "mark", "aria-hidden": "true" }, tone === "good" ? "✓" : "—"),
    element("p", { class: "strong" }, title),
    element("p", {}, text),
  );
}
/** Says what went wrong and offers to do it again. */
export function failed(message, retry, retryLabel = "再试一次") {
  return element(
    "div",
    { class: "state bad", role: "alert" },
    element("span", { class: "mark", "aria-hidden": "true" }, "!"),
    element("p", { class: "message" }, message),
    button(retryLabel, retry, { class: "primary" }),
  );
}
/** A line that tells what has just happened. */
export function notice(message, tone) {
  return element("p", { class: `notice ${tone}`, role: tone === "bad" ? "alert" : "status" }, message);
}
