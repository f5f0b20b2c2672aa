/** The review workbook 评审工作簿 and the score sheet 评分表 (DESIGN §3). Rubric columns come from the notice. */
import type { Notice, RubricItem } from "../notice/notice.ts";
import { expertColumns, logSheet } from "./application.ts";
import { rounds } from "./choices.ts";
import { type ColumnSpec, defineSheet } from "./sheet-spec.ts";

export const reviewedSheet = defineSheet({
  key: "reviewed",
  label: "参评案例",
  tabColor: "2E7D5B",
  frozenColumns: 2,
  generated: { editable: ["material"] },
  columns: [
    { key: "reviewId", label: "评审编号", kind: "identifier", width: 12, help: "发给专家的编号，看不出单位和作者。" },
    { key: "id", label: "案例编号", kind: "identifier", width: 16 },
    { key: "title", label: "案例名称", kind: "text", width: 42 },
    { key: "field", label: "领域", kind: "text", width: 14 },
    { key: "track", label: "赛道", kind: "text", width: 8 },
    { key: "stage", label: "学段", kind: "text", width: 8 },
    { key: "nominator", label: "推荐单位", kind: "text", width: 22 },
    {
      key: "material",
      label: "评审材料",
      kind: "text",
      width: 36,
      help: "给专家看的匿名材料链接，由管理员填写；不要填“材料链接”里的原始地址。",
    },
    {
      key: "reviews",
      label: "应评专家数",
      kind: "number",
      width: 12,
      help: "分派时定下的每案专家数；评满才参加排名。",
    },
    {
      key: "unitCode",
      label: "单位代码",
      kind: "identifier",
      width: 11,
      help: "推荐单位的代码：单位更名以后凭它认出案例。",
      optional: true,
    },
    {
      key: "authorsDigest",
      label: "作者识别码",
      kind: "identifier",
      width: 11,
      help: "由作者姓名算出，看不出是谁；案例编号或推荐单位更正以后，凭它和案例名称认出案例。",
      optional: true,
    },
  ],
});

export const reviewersSheet = defineSheet({
  key: "reviewers",
  label: "评审专家",
  tabColor: "8A5A9E",
  frozenColumns: 1,
  columns: [
    { key: "expert", label: "专家编号", kind: "identifier", width: 10, help: "一经编定不再改变。" },
    ...expertColumns,
    { key: "capacity", label: "评审上限", kind: "number", width: 10, help: "该专家最多评几个案例；可留空。" },
    {
      key: "cleared",
      label: "不回避",
      kind: "list",
      width: 18,
      optional: true,
      help: "核实后确无关系、可以评的疑似回避案例：填案例编号，用顿号隔开，再运行一次分派。本人声明和已确认的回避不受影响。",
    },
  ],
});

export const assignmentSheet = defineSheet({
  key: "assignment",
  label: "分派",
  tabColor: "B7791F",
  frozenColumns: 3,
  generated: { editable: [] },
  columns: [
    { key: "reviewId", label: "评审编号", kind: "identifier", width: 12 },
    { key: "id", label: "案例编号", kind: "identifier", width: 16 },
    { key: "expert", label: "专家编号", kind: "identifier", width: 10 },
    { key: "expertName", label: "专家姓名", kind: "name", width: 12 },
    {
      key: "round",
      label: "轮次",
      kind: "text",
      width: 9,
      help: `${rounds.first}：第一轮评审，不是单位自己的初评；${rounds.arbitration}：分数相差过大，增一名专家再评；${rounds.spare}：获奖与否难分，增一名专家。`,
    },
    { key: "status", label: "状态", kind: "text", width: 9 },
    { key: "reason", label: "分派原因", kind: "text", width: 44 },
  ],
});

function rubricColumns(items: readonly RubricItem[]): readonly ColumnSpec[] {
  return items.map((item) => ({ key: `item.${item.key}`, label: item.label, kind: "number", width: 11 }));
}

/** 评分 of the review workbook: what came back, one row a submission and expert. */
export function scoresSheet(notice: Notice) {
  return {
    key: "scores",
    label: "评分",
    tabColor: "B7791F",
    frozenColumns: 2,
    generated: { editable: [] },
    columns: [
      { key: "reviewId", label: "评审编号", kind: "identifier", width: 12 },
      { key: "expert", label: "专家编号", kind: "identifier", width: 10 },
      ...rubricColumns(notice.rubric.items),
      { key: "total", label: "总分", kind: "number", width: 9 },
      { key: "comment", label: "评语", kind: "text", width: 40 },
      { key: "conflict", label: "回避", kind: "text", width: 10 },
      { key: "source", label: "来源", kind: "text", width: 28 },
      { key: "collectedAt", label: "收回时间", kind: "dateTime", width: 20 },
    ],
  } as const;
}

/** What people look for comes first; how it came about stands to the right. */
const rankingOutcome = [
  { key: "rank", label: "名次", kind: "number", width: 7 },
  { key: "id", label: "案例编号", kind: "identifier", width: 16 },
  { key: "final", label: "最终得分", kind: "number", width: 10 },
  { key: "award", label: "奖项", kind: "text", width: 12 },
  { key: "remark", label: "备注", kind: "text", width: 40 },
] as const satisfies readonly ColumnSpec[];

const rankingScores = [
  { key: "reviewId", label: "评审编号", kind: "identifier", width: 12 },
  { key: "title", label: "案例名称", kind: "text", width: 40 },
  { key: "field", label: "领域", kind: "text", width: 14 },
  { key: "track", label: "赛道", kind: "text", width: 9 },
  { key: "count", label: "评分数", kind: "number", width: 8 },
  { key: "mean", label: "平均分", kind: "number", width: 9 },
  { key: "trimmed", label: "去极值平均分", kind: "number", width: 14 },
  {
    key: "calibrated",
    label: "校准分",
    kind: "number",
    width: 9,
    help: "扣除各专家宽严差异后的平均分；差异与偶然波动无法区分时等于平均分。",
  },
  {
    key: "standardError",
    label: "标准误",
    kind: "number",
    width: 9,
    help: "校准分大约有多准：多数情况下误差不超过它的两倍。",
  },
  { key: "range", label: "极差", kind: "number", width: 8 },
] as const satisfies readonly ColumnSpec[];

const rankingMethods = [
  { key: "rawRank", label: "原始名次", kind: "number", width: 9, help: "按平均分排的组内名次。", optional: true },
  {
    key: "calibratedRank",
    label: "校准名次",
    kind: "number",
    width: 9,
    help: "按校准分排的组内名次。",
    optional: true,
  },
  {
    key: "probability",
    label: "获奖概率",
    kind: "number",
    width: 9,
    help: "按评分模型推算，该案例的真实水平在奖项线以上的可能性；仅供参考，不决定奖项。",
    optional: true,
  },
] as const satisfies readonly ColumnSpec[];

/** 汇总 but for its dimensions: what is the same under every notice. */
export const rankingFrame = defineSheet({
  key: "ranking",
  label: "汇总",
  tabColor: "C0392B",
  frozenColumns: 4,
  generated: { editable: [] },
  columns: [...rankingOutcome, ...rankingScores, ...rankingMethods],
});

/** 汇总: a column for each dimension of the rubric, named by its key, behind 极差. */
export function rankingSheet(notice: Notice) {
  const dimensions = notice.rubric.dimensions.map(
    ({ key, label }): ColumnSpec => ({ key, label, kind: "number", width: Math.max(9, 2 * label.length + 2) }),
  );
  return { ...rankingFrame, columns: [...rankingOutcome, ...rankingScores, ...dimensions, ...rankingMethods] } as const;
}

export const resultsSheet = defineSheet({
  key: "results",
  label: "结果",
  tabColor: "C0392B",
  generated: { editable: [] },
  columns: [
    { key: "field", label: "领域", kind: "text", width: 14 },
    { key: "track", label: "赛道", kind: "text", width: 9 },
    { key: "rank", label: "名次", kind: "number", width: 7 },
    { key: "final", label: "最终得分", kind: "number", width: 10 },
    { key: "award", label: "奖项", kind: "text", width: 12 },
    { key: "id", label: "案例编号", kind: "identifier", width: 16 },
    { key: "title", label: "案例名称", kind: "text", width: 42 },
    { key: "nominator", label: "推荐单位", kind: "text", width: 22 },
    { key: "authors", label: "作者", kind: "list", width: 36 },
  ],
});

/** How each ranking group stands, before 汇总; written by `rank`. */
export const groupOverviewSheet = defineSheet({
  key: "groupOverview",
  label: "各组情况",
  tabColor: "C0392B",
  frozenColumns: 1,
  generated: { editable: [] },
  columns: [
    { key: "group", label: "组别", kind: "text", width: 22, help: "领域和赛道：同一组里排名、定奖。" },
    { key: "cases", label: "参评", kind: "number", width: 8, help: "已排名、待评、取消三项之和。" },
    { key: "ranked", label: "已排名", kind: "number", width: 9 },
    { key: "pending", label: "待评", kind: "number", width: 8, help: "还没有评满的，不参加排名。" },
    { key: "cancelled", label: "取消", kind: "number", width: 8, help: "被裁定取消资格的。" },
    {
      key: "places",
      label: "获奖名额",
      kind: "number",
      width: 10,
      help: "各奖项的名额之和：评满的案例数乘以“参数”里的比例，四舍五入。",
    },
    { key: "awarded", label: "已获奖", kind: "number", width: 9, help: "“奖项”列写了奖项的，含裁定调整的。" },
    { key: "line", label: "获奖最低分", kind: "number", width: 12, help: "按名次获奖的案例中最低的最终得分。" },
    { key: "mean", label: "平均分", kind: "number", width: 9, help: "已排名案例最终得分的平均，以下三列同。" },
    { key: "median", label: "中位数", kind: "number", width: 9 },
    { key: "highest", label: "最高分", kind: "number", width: 9 },
    { key: "lowest", label: "最低分", kind: "number", width: 9 },
    { key: "arbitrated", label: "复评", kind: "number", width: 8, help: "分歧较大而请人复评过的案例数。" },
  ],
});

export const decisionsSheet = defineSheet({
  key: "decisions",
  label: "裁定",
  tabColor: "7F8C8D",
  columns: [
    { key: "id", label: "案例编号", kind: "identifier", width: 16 },
    {
      key: "decision",
      label: "决定",
      kind: "choice",
      width: 12,
      choices: "decisions",
      help: "取消资格要填取消类别；调整奖项要填调整后奖项；维持表示按排名的结果办，奖项线上并列而名额不足的，维持即都不给。填写后再运行一次汇总排名，没有生效的一格会标红，批注写明原因。",
    },
    { key: "kind", label: "取消类别", kind: "choice", width: 20, choices: "cancellationKinds" },
    { key: "reason", label: "理由", kind: "text", width: 50 },
    { key: "date", label: "日期", kind: "date", width: 13 },
    { key: "recorder", label: "记录人", kind: "name", width: 12 },
    {
      key: "award",
      label: "调整后奖项",
      kind: "choice",
      width: 14,
      choices: "awards",
      help: "决定为“调整奖项”时填写：奖项名称，或“未获奖”。",
    },
  ],
});

/** How each expert scores, for administrators; what is to be done comes first, the figures behind it. Written by `rank`. */
export const expertOverviewSheet = defineSheet({
  key: "expertOverview",
  label: "专家情况",
  tabColor: "8A5A9E",
  frozenColumns: 2,
  generated: { editable: [] },
  columns: [
    { key: "expert", label: "专家编号", kind: "identifier", width: 10 },
    { key: "name", label: "专家姓名", kind: "name", width: 12 },
    { key: "stage", label: "学段", kind: "text", width: 8 },
    { key: "assigned", label: "应评", kind: "number", width: 8 },
    { key: "scored", label: "已评", kind: "number", width: 8, help: "各项都已打分的案例数。" },
    { key: "status", label: "状态", kind: "text", width: 22, help: "交齐没有，还差几个。" },
    {
      key: "doubts",
      label: "待核实",
      kind: "text",
      width: 40,
      help: "打分上值得问一声的地方；是线索，不是结论。",
      optional: true,
    },
    {
      key: "late",
      label: "迟交",
      kind: "number",
      width: 8,
      help: "评审截止后才收回的评分数；只说交得早晚，与打分好坏无关。",
      optional: true,
    },
    {
      key: "mean",
      label: "平均分",
      kind: "number",
      width: 9,
      help: "这名专家所给总分的平均；与所评案例的水平也有关。",
    },
    {
      key: "severity",
      label: "宽严",
      kind: "number",
      width: 9,
      help: "同样的案例，这名专家比其他专家平均多给（正，偏宽）或少给（负，偏严）几分；评分少时向 0 收缩。",
    },
    { key: "severityError", label: "宽严标准误", kind: "number", width: 12, help: "“宽严”大约有多准。" },
    { key: "spread", label: "离散", kind: "number", width: 9, help: "这名专家所给总分的标准差；很小说明拉不开差距。" },
    {
      key: "agreement",
      label: "与同组一致性",
      kind: "number",
      width: 13,
      help: "这名专家的总分与同一案例其他专家平均分的相关系数：1 为完全一致，0 为毫无关系。",
    },
    { key: "sameScore", label: "打分雷同", kind: "number", width: 10, help: "给得最多的那个总分占全部评分的比例。" },
    {
      key: "component",
      label: "共评群",
      kind: "number",
      width: 9,
      help: "编号相同的专家有共评案例，或通过其他专家相连，宽严可以比较；编号不同的不能比较。",
    },
  ],
});

/** What a unit's own review wrote into 初评得分 of the shared workbook, and so what it may change there again. */
export const firstScoresSheet = defineSheet({
  key: "firstScores",
  label: "初评得分",
  tabColor: "C0392B",
  generated: { editable: [] },
  columns: [
    { key: "field", label: "领域", kind: "text", width: 14 },
    { key: "track", label: "赛道", kind: "text", width: 9 },
    { key: "rank", label: "名次", kind: "number", width: 7 },
    { key: "id", label: "案例编号", kind: "identifier", width: 16 },
    { key: "title", label: "案例名称", kind: "text", width: 42 },
    { key: "score", label: "初评得分", kind: "number", width: 10, help: "最终得分保留两位小数。" },
    { key: "before", label: "申报表原值", kind: "text", width: 12, help: "本次汇总之前申报工作簿里的初评得分。" },
    { key: "state", label: "情况", kind: "text", width: 14 },
    { key: "remark", label: "备注", kind: "text", width: 46 },
  ],
});

/** Where the online score sheets are kept: a hidden sheet of an online review workbook, no part of the .xlsx one. */
export const onlineSheetsSheet = defineSheet({
  key: "onlineSheets",
  label: "在线评分表",
  hidden: true,
  generated: { editable: [] },
  columns: [
    { key: "expert", label: "专家编号", kind: "identifier", width: 10 },
    { key: "file", label: "文件编号", kind: "identifier", width: 46 },
    { key: "status", label: "状态", kind: "text", width: 10 },
    { key: "digest", label: "内容摘要", kind: "identifier", width: 20 },
    { key: "reminded", label: "最近提醒", kind: "identifier", width: 14 },
  ],
});

/** What actions were computed from, in parts that a cell can hold: a hidden sheet of an online review workbook. */
export const archiveSheet = defineSheet({
  key: "archive",
  label: "档案",
  hidden: true,
  generated: { editable: [] },
  columns: [
    { key: "digest", label: "输入摘要", kind: "identifier", width: 30 },
    { key: "part", label: "序号", kind: "number", width: 8 },
    { key: "content", label: "内容", kind: "text", width: 60 },
  ],
});

/** How far an online score sheet has come. */
export const onlineStates = {
  made: "已新建",
  written: "已写入",
  shared: "已共享",
  /** The platform does not share it with the address. */
  refused: "不能共享",
  closed: "已截止",
} as const;

export const reviewSheetOrder: readonly string[] = [
  reviewedSheet.label,
  reviewersSheet.label,
  assignmentSheet.label,
  "评分",
  groupOverviewSheet.label,
  rankingFrame.label,
  resultsSheet.label,
  decisionsSheet.label,
  expertOverviewSheet.label,
  logSheet.label,
];

export const scoreSheetLabels = { scores: "评分", texts: "案例正文", rubric: "评分标准" } as const;

/** 评分 of an expert's score sheet. */
export function scoreSheet(notice: Notice) {
  return {
    key: "scoreSheet",
    label: scoreSheetLabels.scores,
    frozenColumns: 4,
    generated: { editable: [...notice.rubric.items.map((item) => `item.${item.key}`), "comment", "conflict"] },
    columns: [
      { key: "reviewId", label: "评审编号", kind: "identifier", width: 12 },
      { key: "state", label: "状态", kind: "computed", width: 10 },
      { key: "total", label: "总分", kind: "computed", width: 8 },
      { key: "title", label: "案例名称", kind: "text", width: 36 },
      { key: "field", label: "领域", kind: "text", width: 12 },
      { key: "stage", label: "学段", kind: "text", width: 7 },
      { key: "material", label: "评审材料", kind: "text", width: 24 },
      ...notice.rubric.items.map(
        (item): ColumnSpec => ({
          key: `item.${item.key}`,
          label: `${item.label}（${item.max}分）`,
          kind: "number",
          width: 10,
        }),
      ),
      { key: "comment", label: "评语", kind: "text", width: 36 },
      {
        key: "conflict",
        label: "回避",
        kind: "text",
        width: 16,
        help: "需要回避时填“是”并写明原因，如：是，本人参与指导。",
      },
    ],
  } as const;
}
