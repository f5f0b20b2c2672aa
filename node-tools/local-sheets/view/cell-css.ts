import type { CellStyle } from "../../../apps-script/core/workbook/port.ts";

const pixelsOfPoint = 4 / 3;

/** Later styles win, property by property. */
export function mergeStyles(styles: readonly CellStyle[]): CellStyle {
  const font = Object.assign({}, ...styles.map((style) => style.font)) as NonNullable<CellStyle["font"]>;
  const merged = Object.assign({}, ...styles) as CellStyle;
  return Object.keys(font).length > 0 ? { ...merged, font } : merged;
}

/** Inline CSS. Names and colours come from files that anybody may have made, so only what is well formed gets in. */
export function cellCss({ font, fill, horizontal, vertical, wrap, border, borderColor, indent }: CellStyle): string {
  const rules: string[] = [];
  const colour = (value: string | undefined) => (value && /^[0-9A-Fa-f]{6}$/.test(value) ? `#${value}` : undefined);
  if (font?.name && /^[\p{L}\p{N} _-]+$/u.test(font.name)) rules.push(`font-family:"${font.name}",var(--cell-font)`);
  if (font?.size) rules.push(`font-size:${Math.round(font.size * pixelsOfPoint * 10) / 10}px`);
  if (font?.bold !== undefined) rules.push(`font-weight:${font.bold ? 600 : 400}`);
  if (colour(font?.color)) rules.push(`color:${colour(font?.color)}`);
  if (colour(fill)) rules.push(`background-color:${colour(fill)}`);
  if (horizontal) rules.push(`text-align:${horizontal}`, `justify-content:${flexPlace[horizontal]}`);
  if (vertical) rules.push(`align-items:${flexPlace[vertical]}`);
  if (wrap) rules.push("white-space:pre-wrap", "overflow-wrap:anywhere");
  if (indent) rules.push(`padding-left:${4 + indent * 9}px`);
  if (border && border !== "none") {
    rules.push(`box-shadow:inset -1px -1px 0 ${colour(borderColor) ?? "#000"}`);
  }
  return rules.join(";");
}

const flexPlace = {
  left: "flex-start",
  center: "center",
  right: "flex-end",
  top: "flex-start",
  middle: "center",
  bottom: "flex-end",
} as const;
