import type { Notice } from "../notice/notice.ts";
import type { Pair, ReviewData } from "../review-book/read-review.ts";
import { withdrawn } from "../schema/choices.ts";
import { openLedger } from "../score-sheets/score-ledger.ts";
import { isSameText } from "../text/clean.ts";
import { compareText } from "../text/compare.ts";
import { groupByFilledKey } from "../text/group-by.ts";
import { cleanCode } from "../text/identity.ts";

/** How far an expert's reviews have come. */
export interface ExpertProgress {
  /** 专家编号. */
  readonly expert: string;
  readonly name: string;
  /** The expert's own unit 单位. */
  readonly unit: string;
  readonly phone: string;
  readonly assigned: number;
  /** Pairs in force that still lack a complete score, in the order of 评审编号. */
  readonly open: readonly Pick<Pair, "reviewId" | "id">[];
  /** Something has come back. */
  readonly returned: boolean;
  /** 状态 is 退出: nobody is asked who will not review. */
  readonly withdrawn: boolean;
}

/** Every expert with a pair in force: first those of whom nothing has come, then by how much is open. */
export function readExpertProgress(review: ReviewData, notice: Notice): ExpertProgress[] {
  const ledger = openLedger(review, notice);
  const reviewers = new Map(review.tables.reviewers.rows.map((row) => [cleanCode(row.text("expert")), row]));
  const came = new Set(
    review.scores
      .filter(({ items, record }) => items.some((item) => item !== undefined) || record.text("conflict") !== "")
      .map(({ expert }) => expert),
  );
  const byExpert = groupByFilledKey(
    review.pairs.filter(({ active }) => active),
    (pair) => pair.expert,
  );
  const experts = [...byExpert].map(([expert, pairs]): ExpertProgress => {
    const row = reviewers.get(expert);
    return {
      expert,
      name: row?.text("name") ?? "",
      unit: row?.text("unit") ?? "",
      phone: row?.text("phone") ?? "",
      assigned: pairs.length,
      open: pairs
        .filter((pair) => !ledger.isSettled(pair))
        .map(({ reviewId, id }) => ({ reviewId, id }))
        .sort((a, b) => compareText(a.reviewId, b.reviewId)),
      returned: came.has(expert),
      withdrawn: isSameText(row?.text("status") ?? "", withdrawn),
    };
  });
  const silence = ({ open, returned }: ExpertProgress) => (open.length > 0 && !returned ? 1 : 0);
  return experts.sort(
    (a, b) => silence(b) - silence(a) || b.open.length - a.open.length || compareText(a.expert, b.expert),
  );
}

/** `E012 郝翊（示例第三小学，13900000000）：4 个案例都没有交`, without a full stop. */
export function describeOpen({ expert, name, unit, phone, assigned, open }: ExpertProgress): string {
  const where = [unit, phone].filter((part) => part !== "").join("，");
  const what =
    open.length === assigned
      ? `${assigned} 个案例${assigned > 1 ? "都" : ""}没有交`
      : `${assigned} 个案例还有 ${open.length} 个没有交`;
  return `${[expert, name].filter((part) => part !== "").join(" ")}${where && `（${where}）`}：${what}`;
}
