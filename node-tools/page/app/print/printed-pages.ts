/** A text in the head or foot of every page, with the numbers that the browser counts. */
export interface PageText {
  readonly side: "left" | "center" | "right";
  readonly parts: readonly (string | { readonly count: "page" | "pages" })[];
  /** Points. */
  readonly size: number;
  readonly font: string;
  readonly color?: string;
}

/** Pages of one size; lengths in points. */
export interface PrintedPages {
  readonly width: number;
  readonly height: number;
  readonly margins: { readonly top: number; readonly right: number; readonly bottom: number; readonly left: number };
  readonly head: readonly PageText[];
  readonly foot: readonly PageText[];
  /** Around every page, this far from its edge. */
  readonly frame?: { readonly space: number; readonly width: number; readonly line: string };
  readonly body: HTMLElement;
}

export type Css = Readonly<Record<string, string | undefined>>;

/** An element with a style of its own; the content policy allows none in the markup. */
export function make<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  css: Css,
  ...children: readonly (Node | string)[]
): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(css)) if (value !== undefined) element.style.setProperty(name, value);
  element.append(...children);
  return element;
}

export const points = (value: number) => `${Math.round(value * 100) / 100}pt`;
export const millimetres = (value: number) => Math.round(((value * 25.4) / 72) * 100) / 100;
export const fromMillimetres = (value: number) => (value * 72) / 25.4;

/** What a computer may have in place of the fonts that official forms name. */
const fonts: readonly (readonly [RegExp, string])[] = [
  [
    /标宋/,
    '"方正小标宋简体", "FZXiaoBiaoSong-B05S", "STZhongsong", "华文中宋", "SimSun", "Songti SC", "Noto Serif CJK SC", serif',
  ],
  [/仿宋/, '"仿宋_GB2312", "FangSong", "仿宋", "STFangsong", "SimSun", "Songti SC", "Noto Serif CJK SC", serif'],
  [/楷体/, '"楷体_GB2312", "KaiTi", "楷体", "STKaiti", "Kaiti SC", "Noto Serif CJK SC", serif'],
  [/黑体|雅黑|等线/, '"SimHei", "黑体", "Microsoft YaHei", "Heiti SC", "Noto Sans CJK SC", "Noto Sans SC", sans-serif'],
  [/./, '"SimSun", "宋体", "Songti SC", "Noto Serif CJK SC", serif'],
];

/** @param east of Chinese characters @param west of the others, where it is another */
export function fontStack(east: string, west?: string): string {
  const stack = fonts.find(([pattern]) => pattern.test(east))?.[1] ?? "serif";
  if (!west || !/^[\w ]+$/.test(west)) return stack;
  // Of the same widths, where a computer has no Times.
  return west === "Times New Roman" ? `"Times New Roman", Times, "Liberation Serif", ${stack}` : `"${west}", ${stack}`;
}

export const colour = (value: string | undefined) =>
  value && /^[0-9A-Fa-f]{6}$/.test(value) ? `#${value}` : undefined;

const cssString = (text: string) => `"${text.replace(/[\\"\n\r\f<]/g, (c) => `\\${c.charCodeAt(0).toString(16)} `)}"`;

/** The rule of a box in the margin of a page. */
export function pageText(edge: "top" | "bottom", { side, parts, size, font, color }: PageText): string {
  const content = parts.map((part) => (typeof part === "string" ? cssString(part) : `counter(${part.count})`));
  return `@${edge}-${side} { content: ${content.join(" ")}; font: ${points(size)} ${font}; color: ${color ?? "#000"}; white-space: pre; }`;
}
