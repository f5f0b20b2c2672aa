/** Whether a copy from which properties were removed may go to the experts. */

import { keepsFile } from "../schema/choices.ts";
import type { Applicants } from "./applicants.ts";
import type { FileFacts, TextKind } from "./file-facts.ts";
import { findLeaks, type Leak } from "./find-leaks.ts";

/** Where nothing is shown: what is still there after the removal must not be. */
const unseen: ReadonlySet<TextKind> = new Set(["property", "metadata"]);
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
  const shown = leaks.filter(({ severity }) => severity === "error");
  const [worst] = shown;
  if (worst) return `${list(shown)}。${worst.remedy}${orKeep}。`;
  if (facts.problem === undefined) return undefined;
  return `${withoutName(facts.problem)}。${orKeep}。`;
}

/** Whether a text names the applicants of a case. */
export function namesApplicants(text: string, applicants: Applicants): boolean {
  return findLeaks([{ kind: "metadata", place: "", text }], applicants).length > 0;
}
