import { isBuiltIn } from "../notice/built-in.ts";
import type { Award, DateWindow, Notice, TrackKey } from "../notice/notice.ts";
import { arbitrationRules, scoreMethods, yes, yesNo } from "../schema/choices.ts";
import { type Table, WorkbookStructureError } from "../tables/table.ts";
import { parseCivilDate } from "../text/civil-date.ts";
import { toHalfWidth } from "../text/clean.ts";
import { cellText } from "../workbook/cell-text.ts";

export type ScoreMethod = keyof typeof scoreMethods;

/** `higherTwo` is 相近两个 as rankings up to 0.1.0 took it: no choice any more, but their logs are recomputed by it. */
export type ArbitrationRule = keyof typeof arbitrationRules | "higherTwo";

/** What an administrator has decided: the notice with the overrides of 参数, and the choices the notice leaves open. */
export interface Settings {
  readonly notice: Notice;
  readonly reviews: number;
  readonly method: ScoreMethod;
  readonly arbitrationRange: number;
  /** What stands after 复评, unless the method calibrates. */
  readonly arbitrationRule: ArbitrationRule;
  /** Reviews that may be asked for beyond k and 复评, where the award is least certain. */
  readonly spareReviews: number;
  readonly awards: readonly Award[];
  readonly nearDuplicate: number;
  readonly seed: number;
  /** 上下级回避. */
  readonly hierarchyConflict: boolean;
  /** 疑似回避. */
  readonly suspicionConflict: boolean;
  /** Direct schools rank in a group of their own instead of with 城市. */
  readonly schoolsRankApart: boolean;
}

export interface SettingProblem {
  readonly row: number;
  readonly label: string;
  readonly message: string;
  readonly article: string;
}

/** A line for each wrong cell of 参数, with the remedy. @param sheet the name of the sheet in the workbook */
export function describeSettingProblems(sheet: string, problems: readonly SettingProblem[]): string[] {
  return problems.map(({ row, message }) => `“${sheet}”表第 ${row} 行：${message}`);
}

type SettingsTable = Table<"item" | "value" | "unit" | "note" | "article">;
type Draft = { -readonly [K in keyof Settings]: Settings[K] };

/** One row of 参数. */
export interface SettingSpec {
  readonly label: string;
  readonly unit: string;
  readonly note: string;
  readonly article: (notice: Notice) => string;
  /** The cell's value when nobody has changed it. */
  readonly initial: (notice: Notice) => string | number;
  /** Takes the cell over into the settings, or says in Chinese what it must be. */
  readonly apply: (text: string, draft: Draft) => string | undefined;
}

const open = "参数（通知未规定）";

function numberSetting(
  label: string,
  unit: string,
  note: string,
  range: { min: number; max: number; integer: boolean },
  article: (notice: Notice) => string,
  initial: (notice: Notice) => number,
  assign: (draft: Draft, value: number) => void,
): SettingSpec {
  return {
    label,
    unit,
    note,
    article,
    initial,
    apply(text, draft) {
      const value = /^\d+(\.\d+)?$/.test(text) ? Number(text) : Number.NaN;
      const fits = value >= range.min && value <= range.max && (!range.integer || Number.isInteger(value));
      if (!fits) return `应为 ${range.min}—${range.max} 之间的${range.integer ? "整数" : "数"}`;
      assign(draft, value);
      return undefined;
    },
  };
}

function dateSetting(
  label: string,
  note: string,
  article: (notice: Notice) => string,
  initial: (notice: Notice) => string,
  assign: (draft: Draft, value: string) => void,
): SettingSpec {
  return {
    label,
    unit: "日期",
    note,
    article,
    initial,
    apply(text, draft) {
      const date = parseCivilDate(text);
      if (date === undefined) return "应为日期，如 2025-10-15";
      assign(draft, date);
      return undefined;
    },
  };
}

function choiceSetting(
  label: string,
  note: string,
  choices: readonly string[],
  initial: string,
  assign: (draft: Draft, value: string) => void,
): SettingSpec {
  return {
    label,
    unit: "",
    note: `${note}可填：${choices.join("、")}。`,
    article: () => open,
    initial: () => initial,
    apply(text, draft) {
      if (!choices.includes(text)) return `应为${choices.map((c) => `“${c}”`).join("或")}`;
      assign(draft, text);
      return undefined;
    },
  };
}

function withNotice(draft: Draft, change: Partial<Notice>): void {
  draft.notice = { ...draft.notice, ...change };
}

function windowSettings(name: string, key: keyof Notice["windows"], note: string): SettingSpec[] {
  const edge = (suffix: string, side: keyof DateWindow): SettingSpec =>
    dateSetting(
      `${name}${suffix}`,
      note,
      (n) => n.windows[key].article,
      (n) => n.windows[key].value[side],
      (draft, value) => {
        const cited = draft.notice.windows[key];
        const changed = { ...cited, value: { ...cited.value, [side]: value } };
        withNotice(draft, { windows: { ...draft.notice.windows, [key]: changed } });
      },
    );
  return [edge("开始日期", "from"), edge("截止日期", "to")];
}

function limitSetting(label: string, unit: string, key: keyof Notice["limits"]): SettingSpec {
  return numberSetting(
    label,
    unit,
    "含第一作者案例；全区所有申报案例一并计算。",
    { min: 1, max: 50, integer: true },
    (n) => n.limits[key].article,
    (n) => n.limits[key].value,
    (draft, value) =>
      withNotice(draft, { limits: { ...draft.notice.limits, [key]: { ...draft.notice.limits[key], value } } }),
  );
}

/** 项目 of 参数 with a bureau's quota on a track. */
export function bureauQuotaLabel(notice: Notice, key: TrackKey): string {
  return `教育局${trackLabel(notice, key)}赛道名额`;
}

const trackLabel = (notice: Notice, key: TrackKey) => notice.tracks.find((t) => t.key === key)?.label ?? "";

function bureauQuota(notice: Notice, key: TrackKey): SettingSpec {
  return numberSetting(
    bureauQuotaLabel(notice, key),
    "个",
    "每个教育局、每个领域可推荐的案例数。",
    { min: 0, max: 10000, integer: true },
    (n) => n.quotas.bureau[key].article,
    (n) => n.quotas.bureau[key].value,
    (draft, value) => {
      const { quotas } = draft.notice;
      withNotice(draft, {
        quotas: { ...quotas, bureau: { ...quotas.bureau, [key]: { ...quotas.bureau[key], value } } },
      });
    },
  );
}

/** `优秀案例 30%；入围案例 20%` */
export function formatAwards(awards: readonly Award[]): string {
  return awards.map((a) => `${a.label} ${Math.round(a.share * 10000) / 100}%`).join("；");
}

function parseAwards(text: string): Award[] | undefined {
  const parts = text
    .split(/[;；、，,\n]/)
    .map((p) => p.trim())
    .filter((p) => p !== "");
  const awards: Award[] = [];
  for (const part of parts) {
    const match = /^(.*?)[\s:：]*(\d+(?:\.\d+)?)\s*%$/.exec(part);
    const label = match?.[1]?.trim();
    if (!match || !label) return undefined;
    awards.push({ label, share: Number(match[2]) / 100 });
  }
  const total = awards.reduce((sum, a) => sum + a.share, 0);
  const distinct = new Set(awards.map((a) => a.label)).size === awards.length;
  return awards.length > 0 && distinct && total <= 1 + 1e-9 ? awards : undefined;
}

/** Labels of the rows that hold the first and the last day of 评审. */
export const reviewWindowLabels = { from: "评审开始日期", to: "评审截止日期" } as const;
export const awardsLabel = "奖项及比例";
export const spareReviewsLabel = "加评次数";

const awardsSetting: SettingSpec = {
  label: awardsLabel,
  unit: "",
  note: "每个排名组中各奖项所占比例，四舍五入；几个奖项用分号隔开，从高到低，如：优秀案例 30%。",
  article: () => open,
  initial: (n) => formatAwards(n.defaults.awards),
  apply(text, draft) {
    const awards = parseAwards(text);
    if (!awards) return "应写成“奖项名称 百分比”，如：优秀案例 30%；各奖项名称不同，比例合计不超过 100%";
    draft.awards = awards;
    // The drop-down of 裁定 offers them.
    withNotice(draft, { defaults: { ...draft.notice.defaults, awards } });
    return undefined;
  },
};

const quotaSettings = (notice: Notice): SettingSpec[] => [
  bureauQuota(notice, "urban"),
  bureauQuota(notice, "rural"),
  numberSetting(
    "厅直属学校名额",
    "个",
    "每所厅直属学校、每个领域可推荐的案例数。",
    { min: 0, max: 10000, integer: true },
    (n) => n.quotas.school.article,
    (n) => n.quotas.school.value,
    (draft, value) =>
      withNotice(draft, { quotas: { ...draft.notice.quotas, school: { ...draft.notice.quotas.school, value } } }),
  ),
];

const limitAndDateSettings: readonly SettingSpec[] = [
  limitSetting("每个案例作者上限", "人", "authors"),
  limitSetting("每人第一作者案例上限", "个", "firstAuthored"),
  limitSetting("每人参与案例上限", "个", "participations"),
  ...windowSettings("提交", "submission", "案例提交时间，首尾两天都算在内。"),
  ...windowSettings("推荐", "recommendation", "报送推荐案例时间，首尾两天都算在内。"),
  ...windowSettings("评审", "review", "评审委员会评审时间，首尾两天都算在内。"),
  dateSetting(
    "专家推荐截止日期",
    "《专家推荐表》报送截止日期。",
    (n) => n.expertDeadline.article,
    (n) => n.expertDeadline.value,
    (draft, value) => withNotice(draft, { expertDeadline: { ...draft.notice.expertDeadline, value } }),
  ),
];

/** How often a submission is scored, how its score comes about, and what it wins. */
const scoreSettings: readonly SettingSpec[] = [
  numberSetting(
    "每案评审专家数",
    "人",
    "每个参评案例由几名专家评审，须来自不同推荐单位。",
    { min: 1, max: 20, integer: true },
    () => open,
    (n) => n.defaults.reviews,
    (draft, value) => {
      draft.reviews = value;
    },
  ),
  choiceSetting(
    "计分方法",
    "最终得分的计算方法；校准分扣除各专家打分的宽严差异，稳健校准分另外减轻个别异常分数的影响。",
    Object.values(scoreMethods),
    scoreMethods.mean,
    (draft, value) => {
      draft.method = (Object.keys(scoreMethods) as ScoreMethod[]).find((key) => scoreMethods[key] === value) ?? "mean";
    },
  ),
  numberSetting(
    "极差复评阈值",
    "分",
    "同一案例最高分与最低分之差大于此值时增加一名专家复评。",
    { min: 0, max: 100, integer: false },
    () => open,
    (n) => n.defaults.arbitrationRange,
    (draft, value) => {
      draft.arbitrationRange = value;
    },
  ),
  choiceSetting(
    "复评计分",
    "复评之后最终得分怎样取：中位数取排在中间的分数，双数取中间两个的平均；相近两个取差距最小的两个的平均；平均取全部分数。计分方法为校准分、稳健校准分时以校准的结果为准。",
    Object.values(arbitrationRules),
    arbitrationRules.median,
    (draft, value) => {
      const rules = Object.keys(arbitrationRules) as (keyof typeof arbitrationRules)[];
      draft.arbitrationRule = rules.find((key) => arbitrationRules[key] === value) ?? "median";
    },
  ),
  numberSetting(
    spareReviewsLabel,
    "次",
    "极差复评之外还能多请专家评几次：给获奖与否最难分辨的案例各增加一名宽严适中的专家；0 为不加评。",
    { min: 0, max: 10000, integer: true },
    () => open,
    () => 0,
    (draft, value) => {
      draft.spareReviews = value;
    },
  ),
  awardsSetting,
];

/** What is alike, who reviews whom, who ranks with whom. */
const separationSettings = (notice: Notice): SettingSpec[] => [
  numberSetting(
    "文本雷同阈值",
    "",
    "两个案例文本的相似度达到此值时提醒核对；完全相同为 1。",
    { min: 0.2, max: 1, integer: false },
    () => open,
    (n) => n.defaults.nearDuplicate,
    (draft, value) => {
      draft.nearDuplicate = value;
    },
  ),
  choiceSetting("上下级回避", "上级单位与下级单位推荐的专家互不评审对方案例。", yesNo, yes, (draft, value) => {
    draft.hierarchyConflict = value === yes;
  }),
  choiceSetting(
    "疑似回避",
    "专家与作者同名（不论单位、账号），或单位写法不同、疑似同一学校的，也不评该案例；只放行个别专家的，在“评审专家”表的“不回避”列填案例编号。",
    yesNo,
    yes,
    (draft, value) => {
      draft.suspicionConflict = value === yes;
    },
  ),
  choiceSetting(
    "厅直属学校单独排名",
    `填“否”时厅直属学校与${trackLabel(notice, "urban")}赛道一起排名。`,
    yesNo,
    "否",
    (draft, value) => {
      draft.schoolsRankApart = value === yes;
    },
  ),
  numberSetting(
    "分派随机种子",
    "",
    "种子和数据相同，分派结果就相同，便于复核。",
    { min: 0, max: 4294967295, integer: true },
    () => open,
    (n) => n.defaults.seed,
    (draft, value) => {
      draft.seed = value;
    },
  ),
];

/** Every row of 参数, in order. */
export const settingSpecs = (notice: Notice): readonly SettingSpec[] => [
  ...quotaSettings(notice),
  ...limitAndDateSettings,
  ...scoreSettings,
  ...separationSettings(notice),
];

export function defaultSettings(notice: Notice): Settings {
  return {
    notice,
    reviews: notice.defaults.reviews,
    method: "mean",
    arbitrationRange: notice.defaults.arbitrationRange,
    arbitrationRule: "median",
    spareReviews: 0,
    awards: notice.defaults.awards,
    nearDuplicate: notice.defaults.nearDuplicate,
    seed: notice.defaults.seed,
    hierarchyConflict: true,
    suspicionConflict: true,
    schoolsRankApart: false,
  };
}

/** 项目 of 参数 that names the notice of a workbook which bears its own. */
const noticeItem = "通知编号";

/** The rows of a new 参数, as its columns stand: 项目, 值, 单位, 说明, 依据. */
export function initialSettingRows(notice: Notice): (readonly [string, string | number, string, string, string])[] {
  const rows = settingSpecs(notice).map(
    (s) => [s.label, s.initial(notice), s.unit, s.note, s.article(notice)] as const,
  );
  const own = [noticeItem, notice.id, "", "本工作簿按这份通知办理，请勿改动；换一份通知须新建工作簿。", open] as const;
  return isBuiltIn(notice.id) ? rows : [...rows, own];
}

/** Without its sheet 通知 the workbook would be judged by another notice. */
function refuseOtherNotice(table: SettingsTable, notice: Notice): void {
  const named = table.rows.find((row) => row.text("item") === noticeItem)?.text("value") ?? "";
  if (named === "" || named === notice.id) return;
  throw new WorkbookStructureError(
    `本工作簿按通知 ${named} 办理（“${table.name}”表的“${noticeItem}”），但读到的是通知 ${notice.id}：` +
      "隐藏的“通知”表不见了或改了名，或“值”被改动过。请从备份文件恢复；没有做任何改动。",
  );
}

/**
 * Reads 参数. A row that is missing or whose value is empty keeps the notice's value; a wrong value is a problem.
 *
 * @throws WorkbookStructureError when 参数 names another notice
 */
export function readSettings(table: SettingsTable, notice: Notice): { settings: Settings; problems: SettingProblem[] } {
  const draft: Draft = { ...defaultSettings(notice) };
  const problems: SettingProblem[] = [];
  refuseOtherNotice(table, notice);
  const specs = new Map(settingSpecs(notice).map((s) => [s.label, s]));
  const seen = new Map<string, number>();
  for (const row of table.rows) {
    const label = row.text("item");
    const spec = specs.get(label);
    const value = toHalfWidth(cellText(row.raw("value")).trim());
    if (!spec || value === "") continue;
    const article = spec.article(notice);
    const earlier = seen.get(label);
    const wrong = earlier === undefined ? spec.apply(value, draft) : `与第 ${earlier} 行重复，只能保留一行`;
    seen.set(label, row.row);
    if (wrong !== undefined)
      problems.push({ row: row.row, label, message: `“${label}”的值“${value}”无效：${wrong}。`, article });
  }
  for (const key of ["submission", "recommendation", "review"] as const) {
    const { from, to } = draft.notice.windows[key].value;
    if (from <= to || problems.length > 0) continue;
    const names = { submission: "提交", recommendation: "推荐", review: "评审" } as const;
    const row = seen.get(`${names[key]}截止日期`) ?? table.headerRow;
    problems.push({
      row,
      label: `${names[key]}截止日期`,
      message: `${names[key]}截止日期 ${to} 早于开始日期 ${from}，请改正其中一个。`,
      article: draft.notice.windows[key].article,
    });
  }
  return { settings: draft, problems };
}
