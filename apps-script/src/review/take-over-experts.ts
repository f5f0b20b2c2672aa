import { noticeOf } from "../../core/award/notice-sheet.ts";
import { planTakeOver } from "../../core/review-book/take-over-experts.ts";
import { expertsSheet } from "../../core/schema/application.ts";
import { firstLines } from "../../core/text/list.ts";
import { type ActionContext, runAsked, tell } from "../actions/action.ts";
import { ActionError } from "../actions/action-error.ts";
import { appendLogRow } from "../actions/log.ts";
import { areExpertsMoved, markExpertsMoved } from "../application/experts-moved.ts";
import { openWorkbook } from "../google/workbook.ts";
import { digestAward, firstReviewUnit, openReviewBook, openShared, sharedSpreadsheet } from "./books.ts";

const title = "移交专家名单";
/** Somebody may type while rows are copied; then what is new is copied as well. */
const rounds = 3;

/** Reads both workbooks anew, since people type at any moment. */
function planNow() {
  const shared = openShared({ formulasOf: () => false });
  const notice = noticeOf(shared.snapshot);
  const review = openReviewBook(notice);
  return { shared, review, plan: planTakeOver(shared.snapshot, review.snapshot, notice) };
}

/** 移交专家名单: copies 专家 into the review workbook, verifies the copy, and empties the sheet in the shared workbook. */
export function takeOverExperts(): void {
  runAsked(
    title,
    (context) => {
      const unit = firstReviewUnit();
      if (unit)
        throw new ActionError(
          `这是“${unit.name}”的初评，不移交专家：申报工作簿“${expertsSheet.label}”表里该单位的专家直接参加分派，另请的专家填在“评审专家”表。`,
        );
      const { shared, plan } = planNow();
      if (plan.rows === 0 && areExpertsMoved(shared.spreadsheet)) {
        tell(context, title, "申报工作簿的“专家”表里没有新的专家，无需移交。");
        return undefined;
      }
      const question = [
        `申报工作簿的“专家”表有 ${plan.rows} 行，其中 ${plan.added} 行评审工作簿里还没有。`,
        "将把它们移到评审工作簿的“专家”表，并从申报工作簿清空。此后各单位看不到专家名单，分派以评审工作簿为准。",
        "（谷歌表格的版本记录里仍可能看到以前的名单。）",
      ];
      return {
        question: question.join("\n"),
        perform: () => moveAll(context),
      };
    },
    sharedSpreadsheet,
  );
}

function moveAll(context: ActionContext): void {
  let added = 0;
  const differing: string[] = [];
  for (let round = 1; ; round++) {
    const { shared, review, plan } = planNow();
    if (!plan.copy) {
      markExpertsMoved(shared.spreadsheet, context.now);
      const inputs = [digestAward(shared.snapshot, [expertsSheet])];
      shared.apply(plan.clear);
      if (plan.rows > 0) {
        const outcome = `移交 ${plan.rows} 行，新增 ${added} 行${differing.length > 0 ? `，${differing.length} 处与已有内容不同` : ""}`;
        appendLogRow(openWorkbook(review.spreadsheet), context, { action: title, parameters: "", outcome, inputs });
      }
      const notes =
        differing.length > 0 ? `\n以下内容与评审工作簿不同，保留原值：\n${firstLines(differing, 10).join("\n")}` : "";
      tell(
        context,
        title,
        `已移交 ${plan.rows} 行专家（新增 ${added} 行）。请在申报工作簿再运行一次“检查全部”，去掉检查表中关于专家的旧条目。${notes}`,
      );
      return;
    }
    if (round > rounds) throw new ActionError("移交时有人一直在改“专家”表，没有清空。请稍后再运行一次。");
    added += plan.added;
    differing.push(...plan.differing);
    review.apply(plan.copy);
    SpreadsheetApp.flush();
  }
}
