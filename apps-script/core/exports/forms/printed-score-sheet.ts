/** 评分表 to be filled in by hand: one page a submission, a file for each expert, nothing about authors. */
import { awardName, type Notice } from "../../notice/notice.ts";
import { buildScoreSheets } from "../../score-sheets/packets.ts";
import type { AnonymousSubmission } from "../../score-sheets/score-sheet.ts";
import type { Form, TagRecord, TagTree } from "./form.ts";

const itemTags: TagTree = {
  评分项: "评分项的名称",
  分值: "满分",
  评分依据: "通知中本领域的评分依据说明",
  得分: "已有的得分；没有则为空",
};

function dimensionsOf({ field, score }: AnonymousSubmission, { rubric }: Notice): TagRecord[] {
  return rubric.dimensions.map((dimension) => {
    const items = rubric.items.flatMap((item, n): (TagRecord & { 分值: number })[] => {
      if (item.dimension !== dimension.key) return [];
      const halves = score?.items[n];
      return [
        {
          评分项: item.label,
          分值: item.max,
          评分依据: field.criteria.value[item.key] ?? "",
          得分: halves === undefined ? "" : halves / 2,
        },
      ];
    });
    return {
      维度名称: dimension.label,
      维度分值: items.reduce((sum, item) => sum + item.分值, 0),
      首项: items.slice(0, 1),
      余项: items.slice(1),
    };
  });
}

function pageOf(submission: AnonymousSubmission, notice: Notice): TagRecord {
  const { score, reviewId, field, stage, title } = submission;
  const given = (score?.items ?? []).flatMap((halves) => halves ?? []);
  const isComplete = given.length === notice.rubric.items.length;
  return {
    评审编号: reviewId,
    领域: field.label,
    学段: stage,
    案例名称: title,
    维度: dimensionsOf(submission, notice),
    满分: notice.rubric.items.reduce((sum, item) => sum + item.max, 0),
    总分: isComplete ? given.reduce((a, b) => a + b, 0) / 2 : "",
    评语: score?.record.text("comment") ?? "",
    回避: score?.record.text("conflict") ?? "",
  };
}

export const printedScoreSheet: Form = {
  name: "评分表",
  aliases: ["纸质评分表"],
  template: "评分表",
  byUnit: "none",
  tags: {
    活动名称: "通知的名称，不含“征集”",
    专家编号: "如 E001",
    案例: {
      评审编号: "评审用的编号",
      领域: "领域",
      学段: "学段",
      案例名称: "案例名称",
      维度: {
        维度名称: "维度的名称",
        维度分值: "本维度各项满分之和",
        首项: itemTags,
        余项: itemTags,
      },
      满分: "各项满分之和",
      总分: "已评完时的总分；没有则为空",
      评语: "已有的评语",
      回避: "已有的回避说明",
    },
  },
  build({ application, reviewSnapshot, award }) {
    if (!reviewSnapshot) return { documents: [], missing: ["还没有评审工作簿，请先运行 casebook assign"] };
    const { notice } = award.settings;
    const sheets = buildScoreSheets(application, reviewSnapshot, notice);
    return {
      documents: sheets.map(({ expert, submissions }) => ({
        fileName: `纸质评分表-${expert}`,
        values: {
          活动名称: awardName(notice),
          专家编号: expert,
          案例: submissions.map((s) => pageOf(s, notice)),
        },
      })),
      ...(sheets.length === 0 ? { missing: ["还没有分派，请先运行 casebook assign"] } : {}),
    };
  },
};
