import { toHalfWidth } from "../text/clean.ts";
import { cellText } from "../workbook/cell-text.ts";
import type { CellValue } from "../workbook/port.ts";

/** What stands in the cell of one criterion. Scores are whole numbers of half points, so that sums stay exact. */
export type ItemScore =
  | { readonly kind: "empty" }
  | { readonly kind: "score"; readonly halves: number }
  /** `reason` says in Chinese what is wrong and what the cell must be. */
  | { readonly kind: "invalid"; readonly reason: string };

const numeric = /^[+-]?(\d+(\.\d*)?|\.\d+)$/;

function numberIn(value: CellValue): number | undefined {
  if (typeof value === "number") return value;
  if (value !== null && typeof value === "object") return value.kind === "formula" ? numberIn(value.result) : undefined;
  if (typeof value !== "string") return undefined;
  const text = toHalfWidth(cleanSpaces(value));
  return numeric.test(text) ? Number(text) : undefined;
}

function cleanSpaces(text: string): string {
  return text.replace(/[\s\u200b\ufeff]/g, "");
}

/**
 * Reads the score of one criterion: a number or a numeric text, full-width digits included, 0…`max` in steps of half a
 * point. Anything else is no score.
 *
 * @param max points
 */
export function readItemScore(value: CellValue, max: number): ItemScore {
  const shown = cellText(value).trim();
  if (cleanSpaces(shown) === "") return { kind: "empty" };
  const allowed = `应为 0—${max}、以 0.5 为一档的数`;
  const points = numberIn(value);
  if (points === undefined || !Number.isFinite(points))
    return { kind: "invalid", reason: `“${shown}”不是分数，${allowed}` };
  if (points < 0 || points > max) return { kind: "invalid", reason: `${shown} 超出范围，${allowed}` };
  const halves = points * 2;
  if (!Number.isInteger(halves)) return { kind: "invalid", reason: `${shown} 不是 0.5 的整数倍，${allowed}` };
  return { kind: "score", halves };
}
