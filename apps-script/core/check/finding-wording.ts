import type { Finding } from "../rules/rule.ts";
import { severityLabels } from "../schema/choices.ts";

/** `错误 2 项，警告 1 项，提示 0 项` */
export function describeCounts(counts: Readonly<Record<Finding["severity"], number>>): string {
  const parts = (["error", "warning", "info"] as const).map((s) => `${severityLabels[s]} ${counts[s]} 项`);
  return parts.join("，");
}

/** Width in the unit of column widths: a Chinese character takes two. */
function displayWidth(text: string): number {
  let width = 0;
  for (const character of text) width += (character.codePointAt(0) ?? 0) > 0xff ? 2 : 1;
  return width;
}

/** Height in points of a row whose texts wrap inside their columns. */
export function wrappedHeight(cells: readonly { readonly text: string; readonly width: number }[]): number {
  const lines = cells.map(({ text, width }) => Math.ceil(displayWidth(text) / Math.max(1, width - 2)));
  return 6 + 15 * Math.max(1, ...lines);
}
