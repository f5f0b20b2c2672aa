import type { Author, Submission } from "../award/award.ts";
import type { Notice } from "../notice/notice.ts";

/** 2025年全区教育数字化创新应用案例: the award's name without the word for collecting. */
export function awardName(notice: Notice): string {
  return notice.title.replace(/征集$/, "");
}

/** 、-separated, in order. */
export function joinNames(authors: readonly Author[]): string {
  return authors
    .map((a) => a.name)
    .filter((name) => name !== "")
    .join("、");
}

export function trackLabelOf(notice: Notice, submission: Submission): string {
  return notice.tracks.find((t) => t.key === submission.track)?.label ?? "";
}

/** 教学革新 · 城市赛道; the field alone where there is no track. */
export function groupLabel(field: string, track: string): string {
  return track === "" ? field : `${field} · ${track}赛道`;
}

const digits = "〇一二三四五六七八九";

/** 1…99 in Chinese numerals, for 一、二、三、. */
export function chineseOrdinal(n: number): string {
  if (n < 10) return digits[n] ?? "";
  const tens = Math.floor(n / 10);
  const ones = n % 10;
  return `${tens === 1 ? "" : digits[tens]}十${ones === 0 ? "" : digits[ones]}`;
}
