/** Which of our workbooks a file is, by the names of its sheets (DESIGN §3). */

import {
  applicationSheetLabels,
  guideSheetLabel,
  logSheet,
  submissionsSheet,
  unitFormSheets,
} from "../schema/application.ts";
import { reviewSheetOrder, scoreSheetLabels } from "../schema/review.ts";
import { foldForComparison } from "../text/clean.ts";

export const workbookLabels = {
  application: "申报工作簿",
  review: "评审工作簿",
  scoreSheet: "评分表",
  unitForm: "填报表",
} as const;

export type WorkbookKind = keyof typeof workbookLabels;

const formLabels: readonly string[] = [guideSheetLabel, ...unitFormSheets.map(({ label }) => label)];
const scoreLabels = Object.values(scoreSheetLabels);
const inSeveral: ReadonlySet<string> = new Set([logSheet.label, scoreSheetLabels.scores]);
const ofTheApplication = applicationSheetLabels.filter((label) => !formLabels.includes(label) && !inSeveral.has(label));
const ofTheReview = reviewSheetOrder.filter((label) => !inSeveral.has(label));
/** People rename and delete sheets: as many of its own are enough to know a workbook by. */
const ENOUGH = 3;

/** @returns undefined for a workbook that is none of ours */
export function whichWorkbook(sheetNames: readonly string[]): WorkbookKind | undefined {
  const names = new Set(sheetNames.map(foldForComparison));
  const count = (labels: readonly string[]) => labels.filter((label) => names.has(foldForComparison(label))).length;
  if (count(ofTheReview) >= ENOUGH) return "review";
  if (count(ofTheApplication) >= ENOUGH) return "application";
  if (count(scoreLabels) >= 2 && count([scoreSheetLabels.scores]) > 0) return "scoreSheet";
  return count(formLabels) >= ENOUGH && count([submissionsSheet.label]) > 0 ? "unitForm" : undefined;
}
