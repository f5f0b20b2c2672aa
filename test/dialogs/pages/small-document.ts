/** As much of a document as the parts of pages need that only make elements; the browser suite has the whole. */

export class SmallElement {
  readonly attributes: Record<string, string> = {};
  readonly children: (SmallElement | string)[] = [];
  readonly listeners: Record<string, () => void> = {};
  constructor(readonly name: string) {}
  setAttribute(name: string, value: string): void {
    this.attributes[name] = value;
  }
  append(...children: (SmallElement | string)[]): void {
    this.children.push(...children);
  }
  addEventListener(event: string, listener: () => void): void {
    this.listeners[event] = listener;
  }
  set textContent(text: string) {
    this.children.splice(0, this.children.length, text);
  }
}

/** Puts it in place of the document that a page would have. */
export function useSmallDocument(): void {
  const createElement = (name: string) => new SmallElement(name);
  Object.assign(globalThis, {
    document: { createElement, createElementNS: (_space: string, name: string) => createElement(name) },
  });
}

/** `<p class="strong">甲</p>`; an SVG element too. */
export function markup(node: unknown): string {
  if (!(node instanceof SmallElement)) return String(node);
  const attributes = Object.entries(node.attributes).map(([name, value]) => ` ${name}="${value}"`);
  return `<${node.name}${attributes.join("")}>${node.children.map(markup).join("")}</${node.name}>`;
}
