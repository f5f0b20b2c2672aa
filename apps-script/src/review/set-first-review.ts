import { noticeOf } from "../../core/award/notice-sheet.ts";
import { readAward } from "../../core/award/read-award.ts";
import { readReview } from "../../core/review-book/read-review.ts";
import { unitsSheet } from "../../core/schema/application.ts";
import { assignmentSheet } from "../../core/schema/review.ts";
import { askText, runAction, runReading, tell } from "../actions/action.ts";
import { ActionError } from "../actions/action-error.ts";
import { appendLogRow } from "../actions/log.ts";
import { firstReviewKey, firstReviewUnit, openReviewBook, openShared } from "./books.ts";

const title = "设为单位初评";

/** 设为单位初评: from now on this is the review of one unit's own submissions, or again that of the award. */
export function setFirstReview(): void {
  runReading(title, (asking) => {
    const typed = askText(asking, title, `${describeNow()}请填写单位名称，只评该单位的案例；留空为全区的评审：`);
    if (typed !== undefined) set(typed);
  });
}

function describeNow(): string {
  const now = firstReviewUnit();
  return now ? `现在是“${now.name}”的初评。` : "现在是全区的评审。";
}

function set(typed: string): void {
  runAction(title, (context) => {
    const { snapshot } = openShared({ formulasOf: () => false });
    const notice = noticeOf(snapshot);
    const { resolveUnit } = readAward(snapshot, notice);
    const unit = typed === "" ? undefined : resolveUnit(typed);
    if (typed !== "" && !unit)
      throw new ActionError(`申报工作簿的“${unitsSheet.label}”表里没有“${typed}”，或不止一个。未做任何改动。`);
    if (unit?.name === firstReviewUnit()?.name) return tell(context, title, `${describeNow()}没有变化。`);
    const review = openReviewBook(notice);
    if (readReview(review.snapshot, notice).pairs.length > 0)
      throw new ActionError(
        `“${assignmentSheet.label}”表里已有分派，不能改变评审范围。请另建一个评审工作簿，连接同一个申报工作簿。`,
      );
    const properties = PropertiesService.getDocumentProperties();
    if (unit) properties.setProperty(firstReviewKey, unit.name);
    else properties.deleteProperty(firstReviewKey);
    const outcome = unit ? `“${unit.name}”的初评` : "全区的评审";
    appendLogRow(review, context, { action: title, parameters: "", outcome, inputs: [] });
    tell(context, title, `本工作簿现在是${outcome}。`);
  });
}
