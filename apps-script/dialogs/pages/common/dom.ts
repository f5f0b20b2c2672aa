type Child = Node | string | undefined;

interface Properties {
  readonly class?: string;
  readonly [attribute: `aria-${string}` | `data-${string}`]: string;
  readonly role?: string;
  readonly id?: string;
  readonly title?: string;
  readonly type?: string;
  readonly value?: string;
  readonly placeholder?: string;
  readonly colspan?: string;
  readonly scope?: string;
  readonly tabindex?: string;
  readonly disabled?: boolean;
  readonly onClick?: (event: Event) => void;
  readonly onInput?: (event: Event) => void;
}

/** An element with its children. Texts become text nodes, so that nothing from a cell is ever read as HTML. */
export function element<T extends keyof HTMLElementTagNameMap>(
  tag: T,
  properties: Properties = {},
  ...children: readonly Child[]
): HTMLElementTagNameMap[T] {
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
export function button(label: string, onClick: () => void, properties: Properties = {}): HTMLButtonElement {
  return element("button", { type: "button", ...properties, onClick }, label);
}

/** The element of page.html with this id. */
export function byId<T extends HTMLElement = HTMLElement>(id: string): T {
  const found = document.getElementById(id);
  if (!found) throw new Error(`page.html has no #${id}`);
  return found as T;
}

/** A titled part of a page; undefined when there is nothing in it. */
export function section(title: string, ...children: readonly Child[]): HTMLElement | undefined {
  if (children.every((child) => child === undefined)) return undefined;
  return element("section", { class: "part" }, element("h2", {}, title), ...children);
}

/** A plain list of texts; undefined when there are none. */
export function textList(texts: readonly string[], className = "texts"): HTMLElement | undefined {
  if (texts.length === 0) return undefined;
  return element("ul", { class: className }, ...texts.map((text) => element("li", {}, text)));
}

/** One large number and what it counts. */
export function fact(label: string, value: string | number, className = ""): HTMLElement {
  return element(
    "div",
    { class: `fact ${className}`.trim() },
    element("dd", {}, String(value)),
    element("dt", {}, label),
  );
}
