/** An award in review in the local Sheets: the review script as it is bundled, over a shared workbook of invented people. */
import { once } from "../../../apps-script/core/text/once.ts";
import type { ScriptProject } from "../../../node-tools/local-sheets/local-google.ts";
import { createLocalGoogle } from "../../../node-tools/local-sheets/runtime/create-local-google.ts";
import type { AwardParts, ExpertRow } from "../../core/award-builder.ts";
import { patchOf } from "../../core/in-memory-workbook.ts";
import { defaultExperts, shared } from "../../core/review-fixture.ts";
import {
  administrator,
  assign,
  copyAward,
  finishJob,
  type LocalAward,
  readProject,
  runReview,
} from "../../node-tools/local-sheets/local-award.ts";
import { agreeable, opened, testedDoubts } from "../../node-tools/local-sheets/platform.ts";

const pages = ["assignment", "help", "progress", "ranking"];

/** As it is bundled, its pages being no matter here. */
export const reviewProject = once((): ScriptProject => {
  const html = new Map(pages.map((page) => [page, `<p>${page}</p>`]));
  return { ...readProject("review"), html };
});

/** Experts with addresses of their own. */
export function expertsWithAddresses(rows: readonly ExpertRow[] = defaultExperts()): ExpertRow[] {
  return rows.map((row, i) => ({ ...row, email: `zj${i + 1}@example.org` }));
}

/** Two workbooks, connected; the clock inside the review window. */
export function newReview(parts: AwardParts = {}, count = 24, doubts = testedDoubts): LocalAward {
  const told: string[] = [];
  const answers: string[] = [];
  const google = createLocalGoogle({ now: new Date(2025, 10, 3, 9, 0, 0), doubts });
  google.surroundings = agreeable(told, answers);
  const award = shared({ experts: expertsWithAddresses(), ...parts }, count);
  const sharedId = google.addSpreadsheet("申报工作簿", administrator, patchOf(award));
  const reviewId = google.addSpreadsheet("评审工作簿", administrator, {
    sheets: [{ name: "工作表1", createBefore: null }],
  });
  google.bindScript(reviewId, reviewProject());
  answers.push(sharedId);
  google.run(reviewId, administrator, "connectApplication");
  return { google, shared: sharedId, review: reviewId, told, answers };
}

/** One case, and who reviews it. */
export const assigned = opened(() => {
  const award = newReview({}, 1);
  assign(award);
  return award;
}, copyAward);

/** As `assigned`, with the online score sheets made. */
export const handedOut = opened(() => {
  const award = assigned();
  runReview(award, "makeScoreSheets");
  finishJob(award);
  return award;
}, copyAward);

export function cellsOf(award: LocalAward, id: string, sheet: string) {
  return award.google.modelOf(id).snapshotOfSheet(sheet)?.rows ?? [];
}
