/** 统计: a report with charts, and all figures as tables. Drafts while anything bars the ranking from being published. */
import { noticeOf } from "../../award/notice-sheet.ts";
import { judgeAward } from "../../check/judge.ts";
import { awardName } from "../../notice/notice.ts";
import { placeReviewed } from "../../review-book/find-reviewed.ts";
import { severityLabels } from "../../schema/choices.ts";
import { showReliability } from "../../scoring/agreement.ts";
import { showInterval, showRate } from "../../scoring/rates.ts";
import { layOutPrintedTable, type PrintedTable } from "../../tables/printed-table.ts";
import { type AwardStatistics, countAward, type FunnelLine } from "../award-statistics.ts";
import { draftSuffix } from "../draft.ts";
import { whatBarsPublishing } from "../publish-guard.ts";
import {
  describeColumns,
  describeDraft,
  groupTable,
  quotaLabels,
  splitName,
  splits,
  statisticsTables,
  steps,
  wonRate,
} from "../statistics-tables.ts";
import { type ChartData, columnTags, type Form, type FormContext, listRows, type TagRecord } from "./form.ts";

/** In the chart; the table has all. */
const mostRules = 8;
const nameTag = "名称";
const rateTag = "获奖率";
const intervalTag = "获奖率的区间";

function statisticsOf({ application, award, review }: FormContext): AwardStatistics {
  const { findings } = judgeAward(application, noticeOf(application));
  return countAward(award, review && placeReviewed(award, review), findings);
}

/** How many matters are open; 0 without a review, which has no ranking to be wrong about. */
function countOpen({ application, reviewSnapshot }: FormContext): number {
  return reviewSnapshot ? whatBarsPublishing(application, reviewSnapshot, noticeOf(application)).length : 0;
}

function describeTotal({ total, units, quotas, scores }: AwardStatistics, open: number): string {
  const known = quotas.units.length;
  const sent = units.slice(0, known).filter(({ submitted }) => submitted > 0).length;
  const clean = { count: total.clean, of: total.submitted };
  const cancelled = total.cancelled > 0 ? `（其中取消资格 ${total.cancelled} 个）` : "";
  const barred = total.barred > 0 ? `（其中 ${total.barred} 个取消资格或有错误，不参评）` : "";
  const start = `${known} 个单位中有 ${sent} 个报送，共申报案例 ${total.submitted} 个${cancelled}。经检查没有错误的 ${total.clean} 个，占 ${showRate(clean)}；各单位推荐 ${total.recommended} 个${barred}。`;
  if (!scores) return `${start}评审还没有结果。`;
  const pending = total.pending > 0 ? `，待评 ${total.pending} 个、结果未定` : "";
  const prizes =
    scores.awards.length > 1
      ? `（${scores.awards.map(({ label, awarded }) => `${label} ${awarded} 个`).join("，")}）`
      : "";
  const won = `${open > 0 ? "暂按现有评分" : ""}获奖 ${total.won} 个${prizes}，占已排名的 ${showRate(wonRate(total))}（95% 置信区间 ${showInterval(wonRate(total))}）`;
  return `${start}排出名次的 ${total.ranked} 个${pending}；${won}。${open > 0 ? describeDraft(open) : ""}`;
}

function describeQuotas({ quotas }: AwardStatistics): string {
  const sum = (key: "quota" | "recommended") => quotas.units.reduce((all, line) => all + line[key], 0);
  const full = quotas.units.filter(({ quota, recommended }) => quota > 0 && recommended >= quota).length;
  return `推荐名额共 ${sum("quota")} 个，已推荐 ${sum("recommended")} 个，使用率 ${showRate({ count: sum("recommended"), of: sum("quota") })}；用满名额的单位 ${full} 个，一个也没有推荐的 ${quotas.units.filter(({ recommended }) => recommended === 0).length} 个。`;
}

function describeRules({ rules }: AwardStatistics): string {
  const of = (severity: string) =>
    rules.filter((rule) => rule.severity === severity).reduce((sum, { findings }) => sum + findings, 0);
  const [first] = rules;
  const most = first ? `，其中最多的是“${first.name}”（${first.findings} 条）` : "";
  return `按通知逐条检查，共查出${severityLabels.error} ${of("error")} 条${most}，${severityLabels.warning} ${of("warning")} 条，${severityLabels.info} ${of("info")} 条。`;
}

function describeScores({ scores }: AwardStatistics): string {
  if (!scores) return "还没有排名，评分质量待汇总排名以后统计。";
  const { agreement, meanRange, arbitrated, lines } = scores;
  const { cases, single, mean } = agreement;
  const reliable =
    single === undefined && mean === undefined
      ? "评分还不够比较一致性。"
      : `各组合在一起，${cases} 个案例、${agreement.scores} 份初评审评分的一致性：一名专家的分 ICC(1,1) 为 ${showReliability(single, cases)}，各案例平均分 ICC(1,k) 为 ${showReliability(mean, cases)}（越接近 1 越一致）。`;
  const known = lines.flatMap(({ doubtful }) => doubtful ?? []);
  const doubt =
    known.length === 0
      ? ""
      : `按评分模型推算，获奖与否难分的案例（获奖概率在 20%—80% 之间）共 ${known.reduce((sum, each) => sum + each, 0)} 个，都在获奖线附近。`;
  return `${reliable}同一案例各专家总分的极差平均 ${meanRange.toFixed(1)} 分；因分歧较大请人复评的 ${arbitrated.count} 个，占参加评审的 ${showRate(arbitrated)}（95% 置信区间 ${showInterval(arbitrated)}）。${doubt}`;
}

/** The steps that have been reached: without a ranking nobody has been ranked, and none of the rest can be told. */
function reachedSteps({ scores }: AwardStatistics): readonly (typeof steps)[number][] {
  const afterwards = new Set<string>(["ranked", "pending", "won"]);
  return scores ? steps : steps.filter(({ key }) => !afterwards.has(key));
}

function tagLines(lines: readonly FunnelLine[], statistics: AwardStatistics): TagRecord[] {
  const reached = reachedSteps(statistics);
  return lines.map((line) => ({
    [nameTag]: line.label,
    ...Object.fromEntries(steps.map((step) => [step.label, reached.includes(step) ? line[step.key] : "—"])),
    [rateTag]: showRate(wonRate(line)),
    [intervalTag]: showInterval(wonRate(line)),
  }));
}

function valuesOf({ award }: FormContext, statistics: AwardStatistics, open: number): TagRecord {
  const { notice } = award.settings;
  const groups = groupTable(statistics.scores?.lines ?? []);
  const [{ label: groupName } = { label: "" }] = groups.columns;
  return {
    活动名称: awardName(notice),
    总体情况: describeTotal(statistics, open),
    分布: splits.map(({ key, label }) => ({ 分类: splitName(label), 行: tagLines(statistics[key], statistics) })),
    名额情况: describeQuotas(statistics),
    单位: tagLines(statistics.units, statistics).map(({ [intervalTag]: _, ...row }, i) => {
      const line = statistics.quotas.units[i];
      return {
        ...row,
        [quotaLabels.quota]: line?.quota ?? "",
        [quotaLabels.used]: line ? showRate({ count: line.recommended, of: line.quota }) : "",
      };
    }),
    问题情况: describeRules(statistics),
    评分情况: describeScores(statistics),
    获奖线: statistics.scores
      ? [{ 组: listRows(groups).map(({ [groupName]: name = "", ...rest }) => ({ [nameTag]: name, ...rest })) }]
      : [],
    统计说明: describeColumns(award.settings),
  };
}

function chartsOf(statistics: AwardStatistics): Record<string, ChartData> {
  const { total, fields, quotas, rules } = statistics;
  const reached = reachedSteps(statistics).filter(({ key }) => key !== "cancelled" && key !== "barred");
  const ofFields = reached.filter(({ key }) => key === "submitted" || key === "recommended" || key === "won");
  const shown = rules.slice(0, mostRules);
  return {
    总体: {
      categories: reached.map(({ label }) => label),
      series: [{ name: "案例数", values: reached.map(({ key }) => total[key]) }],
    },
    领域: {
      categories: fields.map(({ label }) => label),
      series: ofFields.map(({ key, label }) => ({ name: label, values: fields.map((line) => line[key]) })),
    },
    名额: {
      categories: quotas.groups.map(({ label }) => label),
      series: [
        {
          name: "名额使用率（%）",
          values: quotas.groups.map(({ quota, recommended }) =>
            quota === 0 ? 0 : Math.round((1000 * recommended) / quota) / 10,
          ),
        },
      ],
    },
    问题: {
      categories: shown.map(({ name }) => name),
      series: [{ name: "条数", values: shown.map(({ findings }) => findings) }],
    },
  };
}

const funnelTags = { [nameTag]: "这一行是哪个", ...columnTags([...steps, { label: rateTag }]) };

/** What the report tells, to be looked at. */
export interface StatisticsView {
  /** In a paragraph each. */
  readonly total: string;
  readonly quotas: string;
  readonly rules: string;
  readonly scores: string;
  /** By the names that the charts of the template have. */
  readonly charts: Readonly<Record<string, ChartData>>;
  readonly tables: readonly PrintedTable[];
}

/** @returns undefined where there is no case yet */
export function viewStatistics(context: FormContext): StatisticsView | undefined {
  const { submissions, settings } = context.award;
  if (submissions.length === 0) return undefined;
  const statistics = statisticsOf(context);
  const open = countOpen(context);
  return {
    total: describeTotal(statistics, open),
    quotas: describeQuotas(statistics),
    rules: describeRules(statistics),
    scores: describeScores(statistics),
    charts: chartsOf(statistics),
    tables: statisticsTables(statistics, settings, open),
  };
}

export const statisticsReport: Form = {
  name: "统计",
  aliases: ["统计报告"],
  template: "统计报告",
  byUnit: "none",
  tags: {
    活动名称: "通知的名称，不含“征集”",
    总体情况: "申报到获奖各多少，一段话",
    分布: {
      分类: "按领域、按赛道、按学段、按第一作者身份",
      行: { ...funnelTags, ...columnTags([{ label: intervalTag }]) },
    },
    名额情况: "名额用了多少，一段话",
    单位: { ...funnelTags, ...columnTags([{ label: quotaLabels.quota }, { label: quotaLabels.used }]) },
    问题情况: "查出多少问题，一段话",
    评分情况: "专家评分一致不一致，一段话",
    获奖线: { 组: { [nameTag]: "领域和赛道，其下各奖项", ...columnTags(groupTable([]).columns.slice(1)) } },
    统计说明: "各列是什么、各个率怎样算，一段话",
  },
  charts: { 总体: "各步的案例数", 领域: "各领域的案例数", 名额: "各组名额的使用率", 问题: "最多的几类问题" },
  build(context) {
    if (context.award.submissions.length === 0) return { documents: [], missing: ["还没有案例，请先导入"] };
    const statistics = statisticsOf(context);
    const open = countOpen(context);
    const { settings } = context.award;
    return {
      isDraft: open > 0,
      documents: [{ fileName: "统计报告", values: valuesOf(context, statistics, open), charts: chartsOf(statistics) }],
      workbooks: [
        {
          fileName: `统计表${open > 0 ? draftSuffix : ""}`,
          patch: {
            sheets: statisticsTables(statistics, settings, open).map(layOutPrintedTable),
            properties: { title: `${awardName(settings.notice)}统计表`, creator: "评案簿" },
          },
        },
      ],
    };
  },
};
