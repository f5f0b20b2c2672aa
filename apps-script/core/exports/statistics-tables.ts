/** 统计表: every figure of the award, a sheet for each subject. */
import { awardName, type Notice } from "../notice/notice.ts";
import { findingsSheet, quotaSheet, submissionsSheet } from "../schema/application.ts";
import { severityLabels } from "../schema/choices.ts";
import { groupOverviewSheet } from "../schema/review.ts";
import { labelOf } from "../schema/sheet-spec.ts";
import { fewestForRate, type Rate, showInterval, showRate } from "../scoring/rates.ts";
import type { PrintedColumn, PrintedRow, PrintedTable } from "../tables/printed-table.ts";
import { type AwardStatistics, type FunnelLine, type LineDoubt, nameGroup } from "./award-statistics.ts";

const count = (label: string): PrintedColumn => ({ label, width: 8 });

/** What a line of cases tells, behind its label. */
export const funnelColumns = [
  count("申报"),
  count("检查无误"),
  count("推荐"),
  count("参评"),
  count("获奖"),
  { label: "获奖率", width: 14 },
  { label: "获奖率的区间", width: 18 },
] as const satisfies readonly PrintedColumn[];

export const wonRate = ({ won, reviewed }: Pick<FunnelLine, "won" | "reviewed">): Rate => ({
  count: won,
  of: reviewed,
});

const funnelCells = (line: Omit<FunnelLine, "label">) => [
  line.submitted,
  line.clean,
  line.recommended,
  line.reviewed,
  line.won,
  showRate(wonRate(line)),
  showInterval(wonRate(line)),
];

const nominator = labelOf(submissionsSheet, "nominator");
const funnelSubjects = [
  { key: "units", label: nominator },
  { key: "fields", label: labelOf(submissionsSheet, "field") },
  { key: "tracks", label: labelOf(submissionsSheet, "track") },
  { key: "stages", label: labelOf(submissionsSheet, "stage") },
  { key: "roles", label: labelOf(submissionsSheet, "author1.role") },
] as const;

type Table = Pick<PrintedTable, "sheet" | "columns" | "rows">;

/** 申报 to 获奖 by unit, field, track, stage and role. */
export function funnelTables(statistics: AwardStatistics): Table[] {
  return funnelSubjects.map(({ key, label }) => ({
    sheet: `按${label}`,
    columns: [{ label, width: 28, align: "left" }, ...funnelColumns],
    rows: statistics[key].map((line): PrintedRow => [line.label, ...funnelCells(line)]),
  }));
}

export const quotaColumns = [
  { label: labelOf(quotaSheet, "quota"), width: 10 },
  { label: labelOf(quotaSheet, "recommended"), width: 10 },
  { label: "使用率", width: 14 },
] as const satisfies readonly PrintedColumn[];

export function quotaTable(lines: AwardStatistics["quotas"]["units"], label: string): Table {
  return {
    sheet: `名额使用-${label}`,
    columns: [{ label, width: 28, align: "left" }, ...quotaColumns],
    rows: lines.map((line) => [
      line.label,
      line.quota,
      line.recommended,
      showRate({ count: line.recommended, of: line.quota }),
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

export function groupTable(lines: readonly LineDoubt[]): Table {
  const score = "0.00";
  return {
    sheet: "各组获奖线",
    columns: [
      { label: overview("group"), width: 32, align: "left" },
      { label: overview("ranked"), width: 9 },
      { label: overview("awarded"), width: 9 },
      { label: overview("line"), width: 12, numberFormat: score },
      { label: overview("mean"), width: 9, numberFormat: score },
      { label: overview("arbitrated"), width: 8 },
      { label: "获奖与否难分", width: 14 },
    ],
    rows: lines.map(({ profile, doubtful }) => [
      nameGroup(profile.group),
      profile.ranked,
      profile.awarded,
      profile.line,
      profile.mean,
      profile.arbitrated,
      doubtful ?? "—",
    ]),
  };
}

const decimals = (value: number | undefined) => (value === undefined ? "—" : value.toFixed(3));

function agreementTable({ agreement, meanRange, arbitrated }: NonNullable<AwardStatistics["scores"]>): Table {
  return {
    sheet: "评分一致性",
    columns: [
      { label: "指标", width: 34, align: "left" },
      { label: "数值", width: 16 },
      { label: "说明", width: 60, align: "left" },
    ],
    rows: [
      ["至少两份评分的案例", agreement.cases, "只算初评审，复评的分不计入一致性"],
      ["评分", agreement.scores, ""],
      [
        "ICC(1,1)",
        decimals(agreement.single),
        "一名专家的分有多可靠：组内相关系数，单因素随机模型（Shrout、Fleiss，1979）",
      ],
      ["ICC(1,k)", decimals(agreement.mean), `平均 ${agreement.raters.toFixed(2)} 名专家的平均分有多可靠`],
      ["平均极差", meanRange.toFixed(2), "同一案例最高总分减最低总分，各案例平均"],
      [
        "复评",
        `${arbitrated.count}/${arbitrated.of}`,
        `占参评 ${showRate(arbitrated)}，区间 ${showInterval(arbitrated)}`,
      ],
    ],
  };
}

/** In what way the rates are told. */
export const rateNote = `获奖率＝获奖÷参评；区间是 95% 置信区间（Wilson）；不足 ${fewestForRate} 个的只写个数，不算百分比。`;

/** In characters: a wider table is printed across. */
const widestPortrait = 96;

/** All tables, each as a printed sheet. */
export function statisticsTables(statistics: AwardStatistics, notice: Notice): PrintedTable[] {
  const { quotas, scores, total } = statistics;
  const whole: Table = {
    sheet: "总体",
    columns: [{ label: "范围", width: 28, align: "left" }, ...funnelColumns],
    rows: [["全部", ...funnelCells(total)]],
  };
  const tables = [
    whole,
    ...funnelTables(statistics),
    quotaTable(quotas.units, nominator),
    quotaTable(quotas.groups, "领域和赛道"),
    ruleTable(statistics),
    ...(scores ? [agreementTable(scores), groupTable(scores.lines)] : []),
  ];
  return tables.map((table) => ({
    ...table,
    title: `${awardName(notice)}统计：${table.sheet}`,
    landscape: table.columns.reduce((sum, { width }) => sum + width, 0) > widestPortrait,
    heading: [`申报 ${total.submitted} 个，获奖 ${total.won} 个`, "　　　　年　　月　　日"],
    closing: table.columns.some(({ label }) => label === "获奖率") ? [rateNote] : [],
  }));
}
