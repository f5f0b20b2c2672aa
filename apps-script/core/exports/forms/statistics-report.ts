/** 统计: a report of four pages with charts, and all figures as tables. */
import { noticeOf } from "../../award/notice-sheet.ts";
import { judgeAward } from "../../check/judge.ts";
import { awardName } from "../../notice/notice.ts";
import { placeReviewed } from "../../review-book/find-reviewed.ts";
import { severityLabels } from "../../schema/choices.ts";
import { showInterval, showRate } from "../../scoring/rates.ts";
import { layOutPrintedTable } from "../../tables/printed-table.ts";
import { type AwardStatistics, countAward } from "../award-statistics.ts";
import {
  funnelColumns,
  funnelTables,
  groupTable,
  quotaColumns,
  rateNote,
  statisticsTables,
  wonRate,
} from "../statistics-tables.ts";
import { type ChartData, columnTags, type Form, type FormContext, listRows, type TagRecord } from "./form.ts";

/** In the chart of a report of four pages; the table has all. */
const mostRules = 8;
const nameTag = "名称";

const named = (rows: readonly TagRecord[], label: string): TagRecord[] =>
  rows.map(({ [label]: name = "", ...rest }) => ({ [nameTag]: name, ...rest }));

function statisticsOf({ application, award, review }: FormContext): AwardStatistics {
  const { findings } = judgeAward(application, noticeOf(application));
  return countAward(award, review && placeReviewed(award, review), findings);
}

function describeTotal({ total, units, quotas }: AwardStatistics): string {
  const known = new Set(quotas.units.map(({ label }) => label));
  const sent = units.filter(({ label, submitted }) => known.has(label) && submitted > 0).length;
  const clean = { count: total.clean, of: total.submitted };
  const start = `${known.size} 个单位中有 ${sent} 个报送，共申报案例 ${total.submitted} 个。经检查没有错误的 ${total.clean} 个，占 ${showRate(clean)}；各单位推荐 ${total.recommended} 个。`;
  if (total.reviewed === 0) return `${start}评审还没有结果。`;
  return `${start}参加评审并排出名次的 ${total.reviewed} 个，获奖 ${total.won} 个，获奖率 ${showRate(wonRate(total))}（95% 置信区间 ${showInterval(wonRate(total))}）。`;
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
  const reliable =
    agreement.single === undefined || agreement.mean === undefined
      ? "评分还不够比较一致性。"
      : `${agreement.cases} 个案例、${agreement.scores} 份评分的一致性：一名专家的分 ICC(1,1) 为 ${agreement.single.toFixed(2)}，各案例平均分 ICC(1,k) 为 ${agreement.mean.toFixed(2)}（越接近 1 越一致）。`;
  const known = lines.flatMap(({ doubtful }) => doubtful ?? []);
  const doubt =
    known.length === 0
      ? ""
      : `按评分模型推算，获奖与否难分的案例（获奖概率在 20%—80% 之间）共 ${known.reduce((sum, each) => sum + each, 0)} 个，都在获奖线附近。`;
  return `${reliable}同一案例各专家总分的极差平均 ${meanRange.toFixed(1)} 分；因分歧较大请人复评的 ${arbitrated.count} 个，占参评的 ${showRate(arbitrated)}（95% 置信区间 ${showInterval(arbitrated)}）。${doubt}`;
}

function valuesOf(context: FormContext, statistics: AwardStatistics): TagRecord {
  const { notice } = context.award.settings;
  const [units, ...others] = funnelTables(statistics);
  const quotas = new Map(statistics.quotas.units.map((line) => [line.label, line]));
  const unitRows = units ? named(listRows(units), units.columns[0]?.label ?? "") : [];
  const groups = statistics.scores ? groupTable(statistics.scores.lines) : { columns: [], rows: [] };
  return {
    活动名称: awardName(notice),
    总体情况: describeTotal(statistics),
    分布: others.map(({ sheet, columns, rows }) => ({
      分类: sheet,
      行: named(listRows({ columns, rows }), columns[0]?.label ?? ""),
    })),
    名额情况: describeQuotas(statistics),
    单位: unitRows.map(({ [interval]: _, ...row }) => {
      const line = quotas.get(String(row[nameTag]));
      const used = line && showRate({ count: line.recommended, of: line.quota });
      return { ...row, [quotaColumns[0].label]: line?.quota ?? "", [quotaColumns[2].label]: used ?? "" };
    }),
    问题情况: describeRules(statistics),
    评分情况: describeScores(statistics),
    组: named(listRows(groups), groups.columns[0]?.label ?? ""),
    统计说明: rateNote,
  };
}

function chartsOf({ total, fields, quotas, rules }: AwardStatistics): Record<string, ChartData> {
  const steps = funnelColumns.slice(0, 5).map(({ label }) => label);
  const counts = [total.submitted, total.clean, total.recommended, total.reviewed, total.won];
  const shown = rules.slice(0, mostRules);
  return {
    总体: { categories: steps, series: [{ name: "案例数", values: counts }] },
    领域: {
      categories: fields.map(({ label }) => label),
      series: (["submitted", "recommended", "won"] as const).map((key, i) => ({
        name: ["申报", "推荐", "获奖"][i] ?? "",
        values: fields.map((line) => line[key]),
      })),
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

const unitTags = { [nameTag]: "单位名称", ...columnTags(funnelColumns.slice(0, -1)) };
const interval = funnelColumns[6].label;
const funnelTags = { [nameTag]: "这一行是哪个", ...columnTags(funnelColumns) };

export const statisticsReport: Form = {
  name: "统计",
  aliases: ["统计报告"],
  template: "统计报告",
  byUnit: "none",
  tags: {
    活动名称: "通知的名称，不含“征集”",
    总体情况: "申报到获奖各多少，一段话",
    分布: { 分类: "按领域、按赛道、按学段、按第一作者身份", 行: funnelTags },
    名额情况: "名额用了多少，一段话",
    单位: { ...unitTags, ...columnTags(quotaColumns.filter((_, i) => i !== 1)) },
    问题情况: "查出多少问题，一段话",
    评分情况: "专家评分一致不一致，一段话",
    组: { [nameTag]: "领域和赛道", ...columnTags(groupTable([]).columns.slice(1)) },
    统计说明: "各个率怎样算，一段话",
  },
  build(context) {
    if (context.award.submissions.length === 0) return { documents: [], missing: ["还没有案例，请先导入"] };
    const statistics = statisticsOf(context);
    const { notice } = context.award.settings;
    const tables = statisticsTables(statistics, notice);
    return {
      documents: [{ fileName: "统计报告", values: valuesOf(context, statistics), charts: chartsOf(statistics) }],
      workbooks: [
        {
          fileName: "统计表",
          patch: {
            sheets: tables.map(layOutPrintedTable),
            properties: { title: `${awardName(notice)}统计表`, creator: "评案簿" },
          },
        },
      ],
    };
  },
};
