import { bureauQuotaLabel } from "../award/settings.ts";
import type { Notice } from "../notice/notice.ts";
import type { LimitKey } from "../rules/live.ts";
import { dateConstant, readDate } from "../workbook/formula.ts";
import type { CellEdit } from "../workbook/port.ts";
import type { CalculationSheet } from "./calculation-sheet.ts";

interface Limit {
  readonly key: LimitKey;
  readonly label: string;
  readonly value: (notice: Notice) => number | string;
  /** The 项目 of 参数 that overrides it. */
  readonly setting?: string;
}

const limitsOf = (notice: Notice): readonly Limit[] => [
  {
    key: "quotaUrban",
    label: bureauQuotaLabel(notice, "urban"),
    value: (n) => n.quotas.bureau.urban.value,
    setting: bureauQuotaLabel(notice, "urban"),
  },
  {
    key: "quotaRural",
    label: bureauQuotaLabel(notice, "rural"),
    value: (n) => n.quotas.bureau.rural.value,
    setting: bureauQuotaLabel(notice, "rural"),
  },
  { key: "quotaSchool", label: "厅直属学校名额", value: (n) => n.quotas.school.value, setting: "厅直属学校名额" },
  { key: "authors", label: "作者上限", value: (n) => n.limits.authors.value, setting: "每个案例作者上限" },
  {
    key: "firstAuthored",
    label: "第一作者上限",
    value: (n) => n.limits.firstAuthored.value,
    setting: "每人第一作者案例上限",
  },
  {
    key: "participations",
    label: "参与上限",
    value: (n) => n.limits.participations.value,
    setting: "每人参与案例上限",
  },
  { key: "submittedFrom", label: "提交开始", value: (n) => n.windows.submission.value.from, setting: "提交开始日期" },
  { key: "submittedTo", label: "提交截止", value: (n) => n.windows.submission.value.to, setting: "提交截止日期" },
  {
    key: "recommendedFrom",
    label: "推荐开始",
    value: (n) => n.windows.recommendation.value.from,
    setting: "推荐开始日期",
  },
  { key: "recommendedTo", label: "推荐截止", value: (n) => n.windows.recommendation.value.to, setting: "推荐截止日期" },
  { key: "summary", label: "概要字数", value: (n) => n.text.sections.summary.value },
  { key: "innovation", label: "特色字数", value: (n) => n.text.sections.innovation.value },
  { key: "process", label: "过程字数", value: (n) => n.text.sections.process.value },
  { key: "application", label: "应用字数", value: (n) => n.text.sections.application.value },
  { key: "total", label: "总字数", value: (n) => n.text.total.value },
  { key: "keywordsMin", label: "关键词至少", value: (n) => n.keywords.value.min },
  { key: "keywordsMax", label: "关键词至多", value: (n) => n.keywords.value.max },
  { key: "videoWidth", label: "视频宽", value: (n) => n.video.resolution.value.width },
  { key: "videoHeight", label: "视频高", value: (n) => n.video.resolution.value.height },
  { key: "videoMinutesMin", label: "视频最短", value: (n) => n.video.minutes.value.min },
  { key: "videoMinutesMax", label: "视频最长", value: (n) => n.video.minutes.value.max },
  { key: "recencyYears", label: "录制年限", value: (n) => n.video.recencyYears.value },
  {
    key: "expertDeadline",
    label: "专家推荐截止",
    value: (n) => n.expertDeadline.value,
    setting: "专家推荐截止日期",
  },
];

/** The 项目 of 参数 that live checks follow. */
export function followedSettings(notice: Notice): string[] {
  return limitsOf(notice).flatMap((l) => l.setting ?? []);
}

/** 项目 of 参数 → the cell of its value, such as `'参数'!$B$5`. */
export type SettingCells = ReadonlyMap<string, string>;

/** A reference to the cell of 即时计算 that holds a limit. */
export type LimitReference = (key: LimitKey) => string;

const noLimit = "99999";

function limitValue({ key, value, setting }: Limit, notice: Notice, settings: SettingCells): CellEdit["value"] {
  const initial = value(notice);
  const constant = typeof initial === "string" ? dateConstant(initial) : String(initial);
  const unread = key.endsWith("From") ? "0" : noLimit;
  const cell = setting === undefined ? undefined : settings.get(setting);
  // What the formula cannot read in 参数 is no limit: the rules may read it.
  const read = typeof initial === "string" ? readDate(String(cell), unread) : `IFERROR(VALUE(${cell}),${noLimit})`;
  const formula = cell === undefined ? constant : `IF(${cell}="",${constant},${read})`;
  return cell === undefined && typeof initial === "number" ? initial : { kind: "formula", formula, result: null };
}

/** Writes the limits into 即时计算, following 参数 where there is one. */
export function addLimits(sheet: CalculationSheet, notice: Notice, settings: SettingCells): LimitReference {
  const limits = limitsOf(notice);
  sheet.addCells(
    "限额",
    limits.map((l) => l.label),
  );
  const column = sheet.addCells(
    "值",
    limits.map((l) => limitValue(l, notice, settings)),
  );
  return (key) =>
    sheet.namedCell(
      column,
      limits.findIndex((l) => l.key === key),
    );
}
