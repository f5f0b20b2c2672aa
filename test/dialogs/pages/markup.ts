import type { ComponentChildren, VNode } from "preact";

/**
 * What a page without state comes to: `<p class="strong">甲</p>`. Texts stand as they are, not escaped; the browser suite
 * has the whole.
 */
export function markup(node: ComponentChildren): string {
  if (Array.isArray(node)) return node.map(markup).join("");
  if (node === null || node === undefined || typeof node === "boolean") return "";
  if (typeof node !== "object") return String(node);
  const { type, props } = node as VNode<Record<string, unknown>>;
  const { children, ...attributes } = props;
  if (typeof type === "function") return markup((type as (props: object) => ComponentChildren)(props));
  const written = Object.entries(attributes).map(([name, value]) =>
    value === undefined || typeof value === "function" ? "" : ` ${name}="${value}"`,
  );
  return `<${type}${written.join("")}>${markup(children as ComponentChildren)}</${type}>`;
}
