/** The official forms, in the order of a working award. */
import { readAward } from "../../award/read-award.ts";
import type { Notice } from "../../notice/notice.ts";
import { readRanking } from "../../ranking/read-ranking.ts";
import { placeReviewed } from "../../review-book/find-reviewed.ts";
import { readReview } from "../../review-book/read-review.ts";
import type { WorkbookSnapshot } from "../../workbook/port.ts";
import { caseTemplate } from "./case-template.ts";
import { certificates } from "./certificates.ts";
import { expertRecommendation } from "./expert-recommendation.ts";
import type { Form, FormContext } from "./form.ts";
import { printedScoreSheet } from "./printed-score-sheet.ts";
import { circularForm, publicationForm, publicNoticeForm } from "./published-lists.ts";
import { recommendationSummary } from "./recommendation-summary.ts";
import { reviewOpinions } from "./review-opinions.ts";
import { statisticsReport } from "./statistics-report.ts";

export const officialForms: readonly Form[] = [
  caseTemplate,
  expertRecommendation,
  recommendationSummary,
  printedScoreSheet,
  reviewOpinions,
  publicNoticeForm,
  certificates,
  circularForm,
  publicationForm,
  statisticsReport,
];

/** What stands for every form where forms are asked for by name. */
export const everyForm = "全部";

export function findForm(name: string): Form | undefined {
  return officialForms.find((form) => [form.name, form.template, ...form.aliases].includes(name.trim()));
}

/**
 * What the forms are filled from. `units` is left open: the caller resolves what was asked for.
 * @throws WorkbookStructureError when a sheet or column of either workbook is missing
 */
export function readFormContext(
  application: WorkbookSnapshot,
  reviewSnapshot: WorkbookSnapshot | undefined,
  notice: Notice,
  chainHead: string,
): FormContext {
  const award = readAward(application, notice);
  const review = reviewSnapshot && placeReviewed(award, readReview(reviewSnapshot, award.settings.notice));
  const ranking = review && readRanking(award, review);
  return { application, reviewSnapshot, award, review, ranking, units: undefined, chainHead };
}
