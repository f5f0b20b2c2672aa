/** 专家评审意见汇总: scores and comments of every ranked submission; experts by their numbers only. */

import type { Unit } from "../../award/award.ts";
import { awardName } from "../../notice/notice.ts";
import type { LastRanking } from "../../ranking/read-ranking.ts";
import { scoresByPair } from "../../ranking/standing.ts";
import type { ReviewData, ScoreRow } from "../../review-book/read-review.ts";
import { assignmentSheet, rankingFrame } from "../../schema/review.ts";
import { labelOf } from "../../schema/sheet-spec.ts";
import { chineseNumber } from "../../text/chinese-number.ts";
import { addToGroup } from "../../text/group-by.ts";
import { identifierKey, pairKey } from "../../text/identity.ts";
import { groupRuns } from "../group-runs.ts";
import { nameUnits } from "../name-files.ts";
import { rankingOrReason } from "../ranking-state.ts";
import { groupLabel } from "../wording.ts";
import type { Form, FormContext, TagRecord } from "./form.ts";

const cells = ["rank", "reviewId", "id", "title", "count", "mean", "range", "final", "award"] as const;
const expertTag = labelOf(assignmentSheet, "expert");

type Ranked = LastRanking["lines"][number];

function shown(record: Ranked, key: (typeof cells)[number]): string | number {
  const raw = record.raw(key);
  return typeof raw === "number" && ["mean", "range", "final"].includes(key) ? raw.toFixed(2) : record.text(key);
}

function opinion(expert: string, score: ScoreRow): TagRecord {
  const comment = score.record.text("comment");
  return { [expertTag]: expert, 总分: score.record.text("total"), 评语: comment === "" ? "（未写评语）" : comment };
}

function groupsOf(review: ReviewData, records: readonly Ranked[]): TagRecord[] {
  const scores = scoresByPair(review);
  const active = new Map<string, string[]>();
  for (const pair of review.pairs) if (pair.active) addToGroup(active, pair.reviewId, pair.expert);
  return groupRuns(records, (r) => groupLabel(r.text("field"), r.text("track"))).map(({ label, items }, g) => ({
    组名: `${chineseNumber(g + 1)}、${label}（${items.length} 个）`,
    案例: items.map((record, i) => {
      const reviewId = record.text("reviewId");
      const opinions = (active.get(reviewId) ?? []).sort().flatMap((expert) => {
        const score = scores.get(pairKey(reviewId, expert));
        return score && score.record.text("total") !== "" ? [opinion(expert, score)] : [];
      });
      return {
        序号: i + 1,
        ...Object.fromEntries(cells.map((key) => [labelOf(rankingFrame, key), shown(record, key)])),
        意见: opinions,
      };
    }),
  }));
}

function documentOf({ award, review }: FormContext, records: readonly Ranked[], unit: string): TagRecord {
  return {
    活动名称: awardName(award.settings.notice),
    案例数: records.length,
    推荐单位: unit,
    组: review ? groupsOf(review, records) : [],
  };
}

function ofUnit(context: FormContext, records: readonly Ranked[], unit: Unit): Ranked[] {
  const ids = new Set(context.award.submissions.filter((s) => s.unit === unit).map((s) => identifierKey(s.id)));
  return records.filter((r) => ids.has(identifierKey(r.text("id"))));
}

export const reviewOpinions: Form = {
  name: "专家评审意见汇总",
  aliases: ["评审意见汇总", "意见汇总"],
  template: "专家评审意见汇总",
  byUnit: "choice",
  tags: {
    活动名称: "通知的名称，不含“征集”",
    案例数: "本表的案例数",
    推荐单位: "只输出一个单位时的单位名称；否则为“全区”",
    组: {
      组名: "领域和赛道",
      案例: {
        序号: "从 1 起",
        ...Object.fromEntries(
          cells.map((key) => [labelOf(rankingFrame, key), `“${rankingFrame.label}”的“${labelOf(rankingFrame, key)}”`]),
        ),
        意见: { [expertTag]: "如 E001", 总分: "该专家给的总分", 评语: "该专家的评语" },
      },
    },
  },
  build(context) {
    const ranking = rankingOrReason(context.ranking);
    if (typeof ranking === "string") return { documents: [], missing: [ranking] };
    const records = ranking.lines;
    if (!context.units)
      return { documents: [{ fileName: "专家评审意见汇总", values: documentOf(context, records, "全区") }] };
    const names = nameUnits(context.units);
    const own = context.units.map((unit) => ofUnit(context, records, unit));
    return {
      documents: context.units.flatMap((unit, i) =>
        own[i]?.length
          ? [{ fileName: `专家评审意见汇总-${names[i]}`, values: documentOf(context, own[i], unit.name) }]
          : [],
      ),
      missing: context.units.flatMap((unit, i) => (own[i]?.length ? [] : [`${unit.name}没有已排名的案例`])),
    };
  },
};
