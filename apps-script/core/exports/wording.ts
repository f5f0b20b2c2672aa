import type { Author, Submission } from "../award/award.ts";
import type { Notice } from "../notice/notice.ts";

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
