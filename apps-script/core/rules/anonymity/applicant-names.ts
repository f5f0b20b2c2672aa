import type { Submission } from "../../award/award.ts";
import { foldFollowing, type HiddenMatch, type SearchableText } from "../../text/find-names.ts";
import { findHits, type Hit } from "./hit.ts";
import type { Place } from "./places.ts";

/** A word that makes two characters before it a person's name. */
const titlesAfterNames = ["老师", "教师", "校长", "主任", "园长", "工作室", "名师", "同志"];
const longestTitle = 3;
const latinLetter = /[A-Za-z\u00c0-\u024f]/;

const characterCount = (name: string) => [...name].length;

export function namesOf(submission: Submission): string[] {
  const names = new Set(submission.authors.map((a) => a.name).filter((name) => characterCount(name) >= 2));
  return [...names].sort((a, b) => b.length - a.length);
}

function isFollowedByTitle({ original }: SearchableText, end: number): boolean {
  // Room for spaces and invisible characters between the characters of the title.
  const next = foldFollowing(original.slice(end, end + longestTitle * 8));
  return titlesAfterNames.some((title) => next.startsWith(title));
}

/** 更高。明年 names no 高明, and 提高——明显 does not. */
const isSentenceEnd = ({ dots }: HiddenMatch) => dots.includes("。") || dots.length > 1;

/** `Tom` inside `automation` is no name. */
function isInsideLatinWord({ original }: SearchableText, start: number, end: number): boolean {
  const touches = (inside: number, outside: number) =>
    latinLetter.test(original.charAt(inside)) && latinLetter.test(original.charAt(outside));
  return touches(start, start - 1) || touches(end - 1, end);
}

export function findNameHits({ text, running }: Pick<Place, "text" | "running">, names: readonly string[]): Hit[] {
  return findHits(text, names, (name, match) => {
    if (isInsideLatinWord(text, match.start, match.end)) return undefined;
    if (!running || characterCount(name) > 2 || isFollowedByTitle(text, match.end)) return "error";
    return isSentenceEnd(match) ? undefined : "warning";
  });
}
