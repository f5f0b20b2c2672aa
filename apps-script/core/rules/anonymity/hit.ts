import { cleanText } from "../../text/clean.ts";
import { findHidden, type HiddenMatch, type SearchableText } from "../../text/find-names.ts";
import type { Severity } from "../rule.ts";
import { nameLookAlikes } from "../wording.ts";

/** A name, unit or region that stands in a text; indexes into the original text, `end` exclusive. */
export interface Hit {
  readonly needle: string;
  readonly start: number;
  readonly end: number;
  readonly severity: Severity;
}

const contextLength = 8;
const named = 4;

export const overlaps = (a: { start: number; end: number }, b: { start: number; end: number }): boolean =>
  a.start < b.end && b.start < a.end;

/**
 * Hits of needles in a text, the longer needles first; a shorter one inside a hit of a longer one is not repeated.
 *
 * @param judge the severity of an occurrence, or undefined where it means something else
 */
export function findHits(
  text: SearchableText,
  needles: readonly string[],
  judge: (needle: string, match: HiddenMatch) => Severity | undefined,
): Hit[] {
  const hits: Hit[] = [];
  for (const needle of needles) {
    for (const match of findHidden(text, needle)) {
      if (hits.some((hit) => overlaps(hit, match))) continue;
      const severity = judge(needle, match);
      if (severity !== undefined) hits.push({ needle, start: match.start, end: match.end, severity });
    }
  }
  return hits.sort((a, b) => a.start - b.start);
}

/** Whether a short name comes about only because two words meet at a stop or a dash: 其中——卫生 is not in 中卫. */
export const joinsWords = (name: string, { dots }: HiddenMatch): boolean => dots !== "" && [...name].length <= 2;

/** The hit with a little of what stands around it: `…由[海明]老师主讲…`. */
function excerpt({ original }: SearchableText, { start, end }: Hit): string {
  const from = Math.max(0, start - contextLength);
  const to = Math.min(original.length, end + contextLength);
  const before = `${from > 0 ? "…" : ""}${original.slice(from, start)}`;
  const after = `${original.slice(end, to)}${to < original.length ? "…" : ""}`;
  return cleanText(`${before}【${original.slice(start, end)}】${after}`).replace(/\s+/g, " ");
}

export const worstOf = (hits: readonly Hit[]): Severity =>
  hits.some((hit) => hit.severity === "error") ? "error" : "warning";

/** `“海明”（…由【海明】老师主讲…）、…`: each needle once, errors first. */
export function quoteHits(text: SearchableText, hits: readonly Hit[]): string {
  const ranked = [...hits].sort((a, b) => (a.severity === b.severity ? 0 : a.severity === "error" ? -1 : 1));
  const byNeedle = new Map<string, Hit>();
  for (const hit of ranked) if (!byNeedle.has(hit.needle)) byNeedle.set(hit.needle, hit);
  const quoted = [...byNeedle.values()].map((hit) => {
    const alike = nameLookAlikes(text.original.slice(hit.start, hit.end), hit.needle);
    return `“${hit.needle}”（${excerpt(text, hit)}${alike && `，其中${alike}`}）`;
  });
  return quoted.slice(0, named).join("、") + (quoted.length > named ? ` 等 ${quoted.length} 处` : "");
}
