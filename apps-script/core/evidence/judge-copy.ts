/** Whether a copy from which properties were removed may go to the experts. */

import { keepsFile } from "../schema/choices.ts";
import type { Applicants } from "./applicants.ts";
import type { FileFacts, TextKind } from "./file-facts.ts";
import { findLeaks, type Leak } from "./find-leaks.ts";

/** Where nothing is shown: what is still there after the removal must not be. */
const unseen: ReadonlySet<TextKind> = new Set(["property", "metadata"]);
/** Beside the text: names of fields, alternative texts, what was hidden. */
const beside: ReadonlySet<TextKind> = new Set(["hidden", "alt"]);
const mostTold = 3;

const list = (leaks: readonly Leak[]) => {
  const told = leaks.slice(0, mostTold).map(({ message }) => message);
  const more = leaks.length - told.length;
  return told.join("；") + (more > 0 ? `；另有 ${more} 处` : "");
};

/** `「3.docx」是…`: the name that the copy had in between says nothing to anybody. */
const withoutName = (problem: string) => problem.replace(/^「[^」]*」/, "").replace(/。$/, "");

/**
 * Why a copy stays out, in Chinese with what to do; undefined where nothing is found in it.
 * @param isKept whether somebody has looked at it and wants it in
 */
export function judgeCopy(facts: FileFacts, applicants: Applicants, isKept: boolean): string | undefined {
  const leaks = findLeaks(facts.pieces, applicants);
  const hidden = leaks.filter(({ kind }) => unseen.has(kind));
  const [first] = hidden;
  if (first) return `${list(hidden)}，程序无法清除；${first.remedy}`;
  if (isKept) return undefined;
  const orKeep = `打开看过、确认没有身份信息的，在“处理”写“${keepsFile}”，再做一次`;
  // Where nothing runs on, two characters are no word by chance.
  const told = leaks.filter(({ severity, kind }) => severity === "error" || beside.has(kind));
  const [worst] = told;
  if (worst) return `${list(told)}。${worst.remedy}${orKeep}。`;
  if (facts.problem === undefined) return undefined;
  return `${withoutName(facts.problem)}。${orKeep}。`;
}

/** What anybody who opens the file sees. */
const shown: ReadonlySet<TextKind> = new Set(["body", "header", "footnote", "comment", "inserted", "notes"]);
/** Authors of comments and changes are numbered in the copy; chapters of a film go. */
const changedOnPurpose = /的作者(?:缩写)?$|的字幕$/;

/** A track of positions that has gone may have been a little longer than the film. */
const mostSecondsApart = 2;

function shownAt({ pieces }: FileFacts): Map<string, string> {
  const texts = new Map<string, string>();
  for (const { kind, place, text } of pieces)
    if (shown.has(kind) && !changedOnPurpose.test(place)) texts.set(place, `${texts.get(place) ?? ""}${text}\n`);
  return texts;
}

/**
 * Why a copy that shows something else than what was handed in stays out, in Chinese with what to do; undefined where both show
 * the same.
 */
export function compareCopy(original: FileFacts, copy: FileFacts): string | undefined {
  const before = shownAt(original);
  const after = shownAt(copy);
  const places = [...new Set([...before.keys(), ...after.keys()])].filter((at) => before.get(at) !== after.get(at));
  const [film, copied] = [original.video, copy.video];
  const isOtherFilm =
    film?.format !== copied?.format ||
    film?.width !== copied?.width ||
    film?.height !== copied?.height ||
    Math.abs((film?.seconds ?? 0) - (copied?.seconds ?? 0)) > mostSecondsApart;
  if (isOtherFilm) places.push("视频的画面或时长");
  const [first] = places;
  if (first === undefined) return undefined;
  const more = places.length > 1 ? `等 ${places.length} 处` : "";
  return `清除身份信息之后，${first}${more}与原件不一致，为免专家看到的不是原件，没有放入；请用原程序打开后重新导出，再提交`;
}

/** Whether a text names the applicants of a case. */
export function namesApplicants(text: string, applicants: Applicants): boolean {
  return findLeaks([{ kind: "metadata", place: "", text }], applicants).length > 0;
}
