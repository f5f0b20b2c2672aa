/** 统计表: every figure of the award, a sheet for each subject. */
import type { Settings } from "../award/settings.ts";
import { awardName } from "../notice/notice.ts";
import { schoolsTrack } from "../ranking/group-overview.ts";
import { findingsSheet, quotaSheet, submissionsSheet } from "../schema/application.ts";
import { severityLabels } from "../schema/choices.ts";
import { groupOverviewSheet } from "../schema/review.ts";
import { labelOf } from "../schema/sheet-spec.ts";
import { showReliability } from "../scoring/agreement.ts";
import { fewestForRate, type Rate, wilsonInterval } from "../scoring/rates.ts";
import type { PrintedCell, PrintedColumn, PrintedRow, PrintedTable } from "../tables/printed-table.ts";
import { type AwardStatistics, type Funnel, type LineDoubt, nameGroup } from "./award-statistics.ts";
import { draftHeader } from "./draft.ts";

const count = (label: string): PrintedColumn => ({ label, width: 8 });
const share = (label: string): PrintedColumn => ({ label, width: 9, numberFormat: "0.0%" });
const few = "数少";

export type ReportSettings = Pick<Settings, "notice" | "schoolsRankApart">;

/** How far cases came, in this order. */
export const steps = [
  { key: "submitted", label: "申报" },
  { key: "cancelled", label: "取消资格" },
  { key: "clean", label: "检查无误" },
  { key: "recommended", label: "推荐" },
  { key: "ranked", label: "已排名" },
  { key: "pending", label: "待评" },
  { key: "barred", label: "不参评" },
  { key: "won", label: "获奖" },
] as const satisfies readonly { readonly key: keyof Funnel; readonly label: string }[];

const stepColumns = steps.map(({ label }) => count(label));
const rateColumns = [share("获奖率"), share("区间下限"), share("区间上限"), { label: "备注", width: 8 }];

export const wonRate = ({ won, ranked }: Pick<Funnel, "won" | "ranked">): Rate => ({ count: won, of: ranked });

/** The rate, the ends of its interval and a remark; the rate is empty where it would say too much. */
function rateCells(rate: Rate): PrintedCell[] {
  if (rate.of < fewestForRate) return [null, null, null, rate.of === 0 ? null : few];
  const [low = null, high = null] = wilsonInterval(rate) ?? [];
  return [rate.count / rate.of, low, high, null];
}

const funnelCells = (line: Funnel): PrintedCell[] => [
  ...steps.map(({ key }) => line[key]),
  ...rateCells(wonRate(line)),
];

const nominator = labelOf(submissionsSheet, "nominator");

/** Besides the units, of which there are many. */
export const splits = [
  { key: "fields", label: labelOf(submissionsSheet, "field") },
  { key: "tracks", label: labelOf(submissionsSheet, "track") },
  { key: "stages", label: labelOf(submissionsSheet, "stage") },
  { key: "roles", label: labelOf(submissionsSheet, "author1.role") },
] as const;

export const splitName = (label: string) => `按${label}`;

type Table = Pick<PrintedTable, "sheet" | "columns" | "rows"> & { readonly notes?: readonly string[] };

export const quotaLabels = {
  quota: labelOf(quotaSheet, "quota"),
  recommended: labelOf(quotaSheet, "recommended"),
  used: "使用率",
} as const;

function quotaTable(lines: AwardStatistics["quotas"]["units"], label: string): Table {
  return {
    sheet: `名额使用-${label}`,
    columns: [
      { label, width: 28, align: "left" },
      count(quotaLabels.quota),
      count(quotaLabels.recommended),
      share(quotaLabels.used),
    ],
    rows: lines.map((line) => [
      line.label,
      line.quota,
      line.recommended,
      line.quota === 0 ? null : line.recommended / line.quota,
    ]),
  };
}

export function ruleTable({ rules }: Pick<AwardStatistics, "rules">): Table {
  return {
    sheet: "检查出的问题",
    columns: [
      { label: labelOf(findingsSheet, "name"), width: 24, align: "left" },
      { label: labelOf(findingsSheet, "code"), width: 24 },
      { label: labelOf(findingsSheet, "severity"), width: 8 },
      { label: "条数", width: 8 },
      { label: "涉及案例", width: 10 },
    ],
    rows: rules.map((rule) => [rule.name, rule.code, severityLabels[rule.severity], rule.findings, rule.cases]),
  };
}

const overview = (key: Parameters<typeof labelOf<typeof groupOverviewSheet>>[1]) => labelOf(groupOverviewSheet, key);

/** The ranking groups; under each, where there are several awards, how many it has of each and down to which score. */
export function groupTable(lines: readonly LineDoubt[]): Table {
  const score = "0.00";
  return {
    sheet: "各组获奖线",
    columns: [
      { label: overview("group"), width: 32, align: "left" },
      { label: overview("ranked"), width: 9 },
      { label: overview("pending"), width: 8 },
      { label: overview("awarded"), width: 9 },
      { label: overview("line"), width: 12, numberFormat: score },
      { label: overview("mean"), width: 9, numberFormat: score },
      { label: overview("arbitrated"), width: 8 },
      { label: "获奖与否难分", width: 14 },
    ],
    rows: lines.flatMap(({ profile, doubtful = null }): PrintedRow[] => [
      [
        nameGroup(profile.group),
        profile.ranked,
        profile.pending,
        profile.awarded,
        profile.line,
        profile.mean,
        profile.arbitrated,
        doubtful,
      ],
      ...(profile.awards.length < 2
        ? []
        : profile.awards.map(({ label, awarded, line }) => [
            `　${label}`,
            null,
            null,
            awarded,
            line,
            null,
            null,
            null,
          ])),
    ]),
  };
}

const rounded = (value: number | undefined, digits: number) =>
  value === undefined ? null : Math.round(value * 10 ** digits) / 10 ** digits;

function agreementTable({ agreement, meanRange, arbitrated }: NonNullable<AwardStatistics["scores"]>): Table {
  const { single, mean, cases } = agreement;
  const reliability = (value: number | undefined) => {
    const shown = showReliability(value, cases);
    return /^[\d.]+$/.test(shown) ? rounded(value, 3) : shown;
  };
  const [rate = null, low = null, high = null] = rateCells(arbitrated);
  const percent = (value: PrintedCell) => (typeof value === "number" ? rounded(100 * value, 1) : null);
  return {
    sheet: "评分一致性",
    columns: [
      { label: "指标", width: 30, align: "left" },
      { label: "数值", width: 16 },
      { label: "说明", width: 60, align: "left" },
    ],
    rows: [
      ["至少两份初评审评分的案例", cases, "只算已排名的；复评的分不计入一致性"],
      ["初评审评分", agreement.scores, ""],
      ["每个案例平均几份", rounded(agreement.raters, 2), ""],
      [
        "ICC(1,1)",
        reliability(single),
        "一名专家的分有多可靠：组内相关系数，单因素随机模型（Shrout、Fleiss，1979）；各组合在一起算",
      ],
      ["ICC(1,k)", reliability(mean), "一个案例的平均分有多可靠；0 或以下说明案例之间的差别不比专家之间的大"],
      ["平均极差（分）", rounded(meanRange, 2), "同一案例最高总分减最低总分，各案例平均"],
      ["参加评审的案例", arbitrated.of, "分派了专家的，包括待评的和裁定取消的"],
      ["其中复评", arbitrated.count, ""],
      ["复评率（%）", percent(rate), arbitrated.of > 0 && rate === null ? few : "占参加评审的案例"],
      ["复评率区间下限（%）", percent(low), "95% 置信区间（Wilson）"],
      ["复评率区间上限（%）", percent(high), ""],
    ],
  };
}

/** What the columns mean. */
export const describeColumns = ({ notice, schoolsRankApart }: ReportSettings) =>
  `推荐＝已排名＋待评＋不参评；待评是缺评分或没有分派的，不参评是取消资格或有错误的，仍占名额，到“推荐”改为“否”为止。申报包括取消资格的。获奖率＝获奖÷已排名；区间是 95% 置信区间（Wilson）；不足 ${fewestForRate} 个的只写个数，不算百分比。${schoolsTrack}${schoolsRankApart ? "单独排名" : `与${notice.tracks.find(({ key }) => key === "urban")?.label}赛道一起排名，统计时单列`}。`;

/** What is said of figures that may still change. */
export const describeDraft = (open: number) => `还有 ${open} 项未定：已排名、获奖各数按现有评分暂算，不是评审结果。`;

/** In characters: a wider table is printed across. */
const widestPortrait = 96;

/**
 * All tables, each as a printed sheet.
 *
 * @param open how many matters bar the ranking from being published: the sheets are drafts while there are any
 */
export function statisticsTables(statistics: AwardStatistics, settings: ReportSettings, open: number): PrintedTable[] {
  const { quotas, scores, total, units } = statistics;
  const funnel = (sheet: string, label: string, lines: AwardStatistics["units"]): Table => ({
    sheet,
    columns: [{ label, width: 28, align: "left" }, ...stepColumns, ...rateColumns],
    rows: lines.map((line): PrintedRow => [line.label, ...funnelCells(line)]),
    notes: [describeColumns(settings)],
  });
  const tables = [
    funnel("总体", "范围", [{ label: "全部", ...total }]),
    funnel(splitName(nominator), nominator, units),
    ...splits.map(({ key, label }) => funnel(splitName(label), label, statistics[key])),
    quotaTable(quotas.units, nominator),
    quotaTable(quotas.groups, "领域和赛道"),
    ruleTable(statistics),
    ...(scores ? [agreementTable(scores), groupTable(scores.lines)] : []),
  ];
  const won = open > 0 ? `暂按现有评分获奖 ${total.won} 个` : `获奖 ${total.won} 个`;
  const whole = scores ? `申报 ${total.submitted} 个，待评 ${total.pending} 个，${won}` : `申报 ${total.submitted} 个`;
  return tables.map(({ notes = [], ...table }) => ({
    ...table,
    title: `${awardName(settings.notice)}统计：${table.sheet}`,
    landscape: table.columns.reduce((sum, { width }) => sum + width, 0) > widestPortrait,
    heading: [notes.length > 0 ? whole : `申报 ${total.submitted} 个`, "　　　　年　　月　　日"],
    closing: [...(open > 0 ? [describeDraft(open)] : []), ...notes],
    ...(open > 0 ? { header: draftHeader } : {}),
  }));
}
