import { describeMaterials, explainPattern, fillMaterials } from "../../core/review-book/fill-materials.ts";
import { readReview } from "../../core/review-book/read-review.ts";
import { askText, runAction, runReading, tell } from "../actions/action.ts";
import { ActionError } from "../actions/action-error.ts";
import { appendLogRow } from "../actions/log.ts";
import { digestReview, openBooks } from "./books.ts";

const title = "填写评审材料";
/** A dialog is lower than a terminal. */
const mostLines = 10;

/** 填写评审材料: 评审材料 of every case by a pattern with its number; what stands there already stays. */
export function fillReviewMaterials(): void {
  runReading(title, (asking) => {
    const question =
      "按案例的编号填“参评案例”表的“评审材料”，已经填了的不改。请写出网址的样子，如 https://example.org/{评审编号}.zip：";
    const pattern = askText(asking, title, question);
    if (pattern !== undefined && pattern !== "") fill(pattern);
  });
}

function fill(pattern: string): void {
  runAction(title, (context) => {
    const wrong = explainPattern(pattern);
    if (wrong !== undefined) throw new ActionError(`${wrong}。没有做任何改动。`);
    const { review, notice } = openBooks();
    if (readReview(review.snapshot, notice).reviewed.length === 0)
      throw new ActionError("“参评案例”表还是空的，请先点“分派专家”。");
    const inputs = [digestReview(review)];
    const materials = fillMaterials(review.snapshot, notice, pattern);
    if (materials.filled > 0) {
      review.apply({ sheets: [materials.patch] });
      appendLogRow(review, context, {
        action: title,
        parameters: pattern,
        outcome: `新填 ${materials.filled}，原样保留 ${materials.kept.length}`,
        inputs,
      });
    }
    tell(context, title, describeMaterials(materials, mostLines).join("\n"));
  });
}
