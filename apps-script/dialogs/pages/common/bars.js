import { element } from "./dom.ts";
import { grouped, percent } from "./numbers.ts";
/** Horizontal bars as a list that reads well without its drawing. */
export function horizontalBars(bars, most) {
  return element(
    "ul",
    { class: "bars" },
    ...bars.map(({ label, value, unit }) => {
      const fill = element("span", { class: "fill" });
      fill.style.width = `${percent(value, most)}%`;
      return element(
        "li",
        {},
        element("span", { class: "label" }, label),
        element("span", { class: "track" }, fill),
        element("span", { class: "value" }, `${grouped(value)} ${unit}`),
      );
    }),
  );
}
