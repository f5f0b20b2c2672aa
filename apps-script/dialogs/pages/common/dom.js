/** An element with its children. Texts become text nodes, so that nothing from a cell is ever read as HTML. */
export function element(tag, properties = {}, ...children) {
  const made = document.createElement(tag);
  const { onClick, onInput, disabled, ...attributes } = properties;
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, String(value));
  if (disabled) made.setAttribute("disabled", "");
  if (onClick) made.addEventListener("click", onClick);
  if (onInput) made.addEventListener("input", onInput);
  for (const child of children) if (child !== undefined) made.append(child);
  return made;
}
/** A push button. */
export function button(label, onClick, properties = {}) {
  return element("button", { type: "button", ...properties, onClick }, label);
}
/** The element of page.html with this id. */
export function byId(id) {
  const found = document.getElementById(id);
  if (!found) throw new Error(`page.html has no #${id}`);
  return found;
}
/** A titled part of a page; undefined when there is nothing in it. */
export function section(title, ...children) {
  if (children.every((child) => child === undefined)) return undefined;
  return element("section", { class: "part" }, element("h2", {}, title), ...children);
}
/** A plain list of texts; undefined when there are none. */
export function textList(texts, className = "texts") {
  if (texts.length === 0) return undefined;
  return element("ul", { class: className }, ...texts.map((text) => element("li", {}, text)));
}
/** One large number and what it counts. */
export function fact(label, value, className = "") {
  return element(
    "div",
    { class: `fact ${className}`.trim() },
    element("dd", {}, String(value)),
    element("dt", {}, label),
  );
}
