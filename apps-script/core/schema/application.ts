/** The shared workbook 申报工作簿: sheets and columns (DESIGN §3). */
import { chineseNumber } from "../text/chinese-number.ts";
import { type ColumnSpec, defineSheet } from "./sheet-spec.ts";

export const unitsSheet = defineSheet({
  key: "units",
  label: "单位",
  tabColor: "5B7DB1",
  frozenColumns: 2,
  columns: [
    {
      key: "code",
      identifies: "code",
      label: "单位代码",
      kind: "identifier",
      width: 12,
      help: "行政区划代码或学校代码，每个单位一个，不得重复。",
    },
    {
      key: "name",
      label: "单位名称",
      kind: "text",
      width: 26,
      help: "全称。其他表中的“推荐单位”一律写这个名称。",
      identifies: "unit",
    },
    {
      key: "kind",
      label: "类别",
      kind: "choice",
      width: 12,
      choices: "unitKinds",
      help: "教育局按赛道分名额，厅直属学校不分赛道。",
    },
    {
      key: "aliases",
      label: "别名",
      kind: "list",
      width: 26,
      help: "其他写法和地名简称，用顿号隔开，如：兴庆区、兴庆。导入和匿名检查都用得到。",
    },
    {
      key: "parent",
      label: "上级单位",
      kind: "text",
      width: 16,
      help: "如：银川市。用于上下级回避。",
      identifies: "unit",
    },
    {
      key: "email",
      label: "邮箱",
      kind: "text",
      width: 26,
      help: "经办人的谷歌账号邮箱，在线使用时据此划定可编辑的行。",
    },
    {
      key: "sealedCopy",
      label: "盖章件收讫",
      kind: "choice",
      width: 12,
      choices: "yesNo",
      help: "收到加盖公章的扫描件后填“是”。",
    },
  ],
});

function coAuthor<const N extends 2 | 3 | 4 | 5>(n: N) {
  const detail = { grouped: true } as const;
  return [
    { key: `author${n}.name`, label: `作者${n}`, kind: "name", width: 10, identifies: "name", ...detail },
    { key: `author${n}.unit`, label: `作者${n}单位`, kind: "text", width: 20, identifies: "unit", ...detail },
    {
      key: `author${n}.account`,
      label: `作者${n}教育云账号`,
      kind: "identifier",
      width: 18,
      identifies: "account",
      ...detail,
    },
    { key: `author${n}.role`, label: `作者${n}身份`, kind: "choice", choices: "roles", width: 20, ...detail },
  ] as const satisfies readonly ColumnSpec[];
}

/** The verdict on a row stands before everything else and stays in view; earlier versions had it behind the last column. */
const liveCheck = {
  key: "liveCheck",
  label: "即时检查",
  kind: "computed",
  width: 30,
  help: "随填随查，无需运行程序：“✓”表示未发现问题，否则写明几处错误、几处提醒和各是什么。",
} as const satisfies ColumnSpec;

/** Workbooks of earlier versions have it on the sheets of people from the next command on. */
const peopleCheck = { ...liveCheck, optional: true } as const satisfies ColumnSpec;

export const submissionsSheet = defineSheet({
  key: "submissions",
  label: "案例",
  tabColor: "2E7D5B",
  frozenColumns: 3,
  columns: [
    liveCheck,
    {
      key: "id",
      label: "案例编号",
      kind: "identifier",
      width: 16,
      help: "平台给出的编号，全区不得重复。",
      identifies: "code",
    },
    {
      key: "title",
      label: "案例名称",
      kind: "text",
      width: 34,
      help: "不得出现姓名、单位和地区。",
      identifies: "title",
    },
    {
      key: "field",
      label: "领域",
      kind: "choice",
      width: 14,
      choices: "fields",
      help: (n) => `${chineseNumber(n.fields.length)}个领域之一。`,
    },
    {
      key: "track",
      label: "赛道",
      kind: "choice",
      width: 8,
      choices: "tracks",
      help: (n) => `教育局推荐的案例填${n.tracks.map((t) => t.label).join("或")}；厅直属学校留空。`,
    },
    {
      key: "stage",
      label: "学段",
      kind: "choice",
      width: 8,
      choices: "submissionStages",
      help: (n) => `不属于${chineseNumber(n.stages.length)}个学段的填“${n.otherStage}”。`,
    },
    {
      key: "keywords",
      label: "关键词",
      kind: "list",
      width: 34,
      help: (n) => `${n.keywords.value.min}—${n.keywords.value.max} 个，用顿号隔开。`,
    },
    {
      key: "nominator",
      identifies: "unit",
      label: "推荐单位",
      kind: "choice",
      width: 22,
      choices: "unitNames",
      help: "与“单位”表的单位名称一致。",
    },
    { key: "author1.name", label: "第一作者", kind: "name", width: 10, identifies: "name" },
    { key: "author1.unit", label: "第一作者单位", kind: "text", width: 20, identifies: "unit" },
    {
      key: "author1.account",
      identifies: "account",
      label: "第一作者教育云账号",
      kind: "identifier",
      width: 20,
      help: "用账号认人；请按文本填写，勿成科学计数。",
    },
    { key: "author1.role", label: "第一作者身份", kind: "choice", width: 20, choices: "roles" },
    { key: "phone", label: "联系电话", kind: "identifier", width: 16, identifies: "account" },
    ...coAuthor(2),
    ...coAuthor(3),
    ...coAuthor(4),
    ...coAuthor(5),
    {
      key: "otherAuthors",
      label: "其他作者",
      kind: "list",
      width: 18,
      help: (n) => `每个案例限报 ${n.limits.authors.value} 人；第六位起写在这里的都会被指出。`,
    },
    { key: "submittedOn", label: "提交日期", kind: "date", width: 13, help: "年-月-日，如 2025-09-01。" },
    {
      key: "wordsSummary",
      label: "概要字数",
      kind: "number",
      width: 10,
      help: "导入正文时自动计数；没有正文时请手工填写。",
      grouped: true,
    },
    { key: "wordsInnovation", label: "特色字数", kind: "number", width: 10, grouped: true },
    { key: "wordsProcess", label: "过程字数", kind: "number", width: 10, grouped: true },
    { key: "wordsApplication", label: "应用字数", kind: "number", width: 10, grouped: true },
    { key: "wordsTotal", label: "总字数", kind: "number", width: 10, help: "四个部分合计。" },
    {
      key: "videoFile",
      label: "视频文件",
      kind: "text",
      width: 24,
      help: (n) => `文件名，须为 .${n.video.extension.value}，文件名里不得出现姓名和单位。`,
    },
    {
      key: "videoResolution",
      label: "视频分辨率",
      kind: "resolution",
      width: 13,
      help: "如 1920*1080。",
      grouped: true,
    },
    {
      key: "videoDuration",
      label: "视频时长",
      kind: "duration",
      width: 12,
      help: "时:分:秒，如 00:17:30。",
      grouped: true,
    },
    { key: "videoRecordedOn", label: "视频录制日期", kind: "date", width: 14, grouped: true },
    { key: "videoSubtitles", label: "视频字幕", kind: "choice", width: 10, choices: "presence", grouped: true },
    { key: "videoTitleCard", label: "片头案例名", kind: "choice", width: 12, choices: "presence", grouped: true },
    {
      key: "videoBrand",
      label: "品牌标识",
      kind: "choice",
      width: 10,
      choices: "presence",
      help: "视频中出现企业品牌标识或信息的填“有”。",
      grouped: true,
    },
    { key: "materials", label: "支撑材料", kind: "list", width: 28, help: "材料名称，用顿号隔开。" },
    { key: "link", label: "材料链接", kind: "text", width: 24 },
    { key: "priorAward", label: "曾获表彰", kind: "choice", width: 10, choices: "yesNo" },
    { key: "firstScore", label: "初评得分", kind: "number", width: 10, help: "0—100，可带小数。" },
    { key: "recommended", label: "推荐", kind: "choice", width: 8, choices: "yesNo" },
    { key: "recommendedOn", label: "推荐日期", kind: "date", width: 13 },
    { key: "status", label: "状态", kind: "choice", width: 12, choices: "submissionStatus", help: "留空视为有效。" },
    { key: "statusKind", label: "取消类别", kind: "choice", width: 20, choices: "cancellationKinds", grouped: true },
    { key: "statusReason", label: "状态说明", kind: "text", width: 24, grouped: true },
  ],
});

/** A section of a text, and its count beside it. */
function textSection<const Key extends "summary" | "innovation" | "process" | "application">(
  key: Key,
  label: string,
  width: number,
) {
  return [
    { key, label, kind: "longText", width },
    {
      key: `${key}Count`,
      label: `${label}字数`,
      kind: "computed",
      width: 11,
      help: "随填随算：字符数（不计空格）和上限，超过的标“▲”。英文单词和数字按字符计，比 Word 的字数略多，是否超限以“检查”为准。",
      // Workbooks of earlier versions have it from the next command on.
      optional: true,
    },
  ] as const satisfies readonly ColumnSpec[];
}

export const textsSheet = defineSheet({
  key: "texts",
  label: "正文",
  tabColor: "2E7D5B",
  frozenColumns: 2,
  columns: [
    { key: "nominator", label: "推荐单位", kind: "choice", width: 20, choices: "unitNames", identifies: "unit" },
    { key: "id", label: "案例编号", kind: "identifier", width: 16, identifies: "code" },
    { key: "title", label: "案例名称", kind: "text", width: 34, identifies: "title" },
    ...textSection("summary", "案例概要", 50),
    ...textSection("innovation", "特色与创新点", 50),
    ...textSection("process", "研究和实践过程", 70),
    ...textSection("application", "应用情况及推广价值", 50),
  ],
});

/** What is told of an expert; 评审专家 has the same columns. */
export const expertColumns = [
  { key: "nominator", label: "推荐单位", kind: "choice", width: 22, choices: "unitNames", identifies: "unit" },
  { key: "no", label: "序号", kind: "number", width: 6 },
  { key: "name", label: "专家姓名", kind: "name", width: 12, identifies: "name" },
  { key: "title", label: "职称", kind: "text", width: 14 },
  { key: "account", label: "教育云账号", kind: "identifier", width: 20, identifies: "account" },
  { key: "unit", label: "单位", kind: "text", width: 26, identifies: "unit" },
  { key: "phone", label: "联系电话", kind: "identifier", width: 16, identifies: "account" },
  { key: "stage", label: "学段", kind: "choice", width: 8, choices: "stages", help: "教育局推荐的专家必填。" },
  {
    key: "fields",
    label: "擅长领域",
    kind: "list",
    width: 24,
    help: (n) => `${chineseNumber(n.fields.length)}个领域中的一个或几个，用顿号隔开；可留空。`,
  },
  { key: "email", label: "邮箱", kind: "text", width: 24 },
  {
    key: "conflicts",
    label: "回避声明",
    kind: "list",
    width: 30,
    help: "需要回避的单位名称、案例编号、学校全称或作者姓名，用顿号隔开。",
  },
  { key: "submittedOn", label: "填报日期", kind: "date", width: 13 },
  { key: "status", label: "状态", kind: "choice", width: 8, choices: "expertStatus", help: "留空视为可用。" },
] as const satisfies readonly ColumnSpec[];

export const expertsSheet = defineSheet({
  key: "experts",
  label: "专家",
  tabColor: "8A5A9E",
  frozenColumns: 4,
  columns: [peopleCheck, ...expertColumns],
});

/** 专家 as a review workbook holds it: what was taken over, with nothing that calculates. */
export const takenExpertsSheet = defineSheet({ ...expertsSheet, columns: expertColumns });

export const liaisonsSheet = defineSheet({
  key: "liaisons",
  label: "联络员",
  tabColor: "8A5A9E",
  frozenColumns: 3,
  columns: [
    peopleCheck,
    { key: "nominator", label: "推荐单位", kind: "choice", width: 22, choices: "unitNames", identifies: "unit" },
    { key: "name", label: "姓名", kind: "name", width: 12, identifies: "name" },
    { key: "phone", label: "联系电话", kind: "identifier", width: 18, identifies: "account" },
    { key: "account", label: "教育云账号", kind: "identifier", width: 20, identifies: "account" },
  ],
});

export const settingsSheet = defineSheet({
  key: "settings",
  label: "参数",
  tabColor: "B7791F",
  columns: [
    { key: "item", label: "项目", kind: "text", width: 30 },
    { key: "value", label: "值", kind: "text", width: 18, help: "只改这一列。" },
    { key: "unit", label: "单位", kind: "text", width: 10 },
    { key: "note", label: "说明", kind: "text", width: 60 },
    { key: "article", label: "依据", kind: "text", width: 22 },
  ],
});

export const findingsSheet = defineSheet({
  key: "findings",
  label: "检查",
  tabColor: "C0392B",
  generated: { editable: [] },
  columns: [
    { key: "severity", label: "级别", kind: "computed", width: 8 },
    { key: "name", label: "问题类别", kind: "computed", width: 20, optional: true },
    { key: "id", label: "案例编号", kind: "computed", width: 16 },
    { key: "message", label: "问题", kind: "computed", width: 76 },
    { key: "link", label: "位置", kind: "computed", width: 9 },
    { key: "sheet", label: "工作表", kind: "computed", width: 9 },
    { key: "row", label: "行", kind: "computed", width: 7 },
    { key: "column", label: "列", kind: "computed", width: 18 },
    { key: "nominator", label: "推荐单位", kind: "computed", width: 22 },
    { key: "article", label: "依据", kind: "computed", width: 18 },
    { key: "code", label: "规则", kind: "computed", width: 22 },
  ],
});

export const quotaSheet = defineSheet({
  key: "quota",
  label: "配额",
  tabColor: "C0392B",
  frozenColumns: 3,
  generated: { editable: [] },
  columns: [
    { key: "nominator", label: "推荐单位", kind: "computed", width: 24 },
    { key: "field", label: "领域", kind: "computed", width: 14 },
    { key: "track", label: "赛道", kind: "computed", width: 8 },
    { key: "quota", label: "名额", kind: "computed", width: 8 },
    { key: "recommended", label: "已推荐", kind: "computed", width: 9 },
    { key: "remaining", label: "剩余", kind: "computed", width: 8 },
    {
      key: "bar",
      label: "使用情况",
      kind: "computed",
      width: 26,
      help: "每格一成。用文字画成，各种表格软件里都一样。",
      optional: true,
    },
    { key: "state", label: "状态", kind: "computed", width: 12 },
    {
      key: "eligible",
      label: "可推荐",
      kind: "computed",
      width: 9,
      help: "检查无误、可以推荐的案例数，由“检查”写入。",
    },
  ],
});

export const importRecordSheet = defineSheet({
  key: "importRecord",
  label: "导入记录",
  hidden: true,
  generated: { editable: [] },
  columns: [
    { key: "sheet", label: "工作表", kind: "computed", width: 10 },
    { key: "rowKey", label: "行标识", kind: "computed", width: 40 },
    { key: "occurrence", label: "同标识序", kind: "computed", width: 10 },
    { key: "source", label: "来源", kind: "computed", width: 40 },
    { key: "fingerprints", label: "导入值摘要", kind: "computed", width: 60 },
    { key: "cleaned", label: "清理记录", kind: "computed", width: 60 },
    { key: "disputes", label: "两份不一致", kind: "computed", width: 60, optional: true },
  ],
});

/** Winners of earlier years, for PRIOR-MATCH: what tells a case and its people again, and no more. */
export const priorSheet = defineSheet({
  key: "prior",
  label: "往届",
  hidden: true,
  generated: { editable: [] },
  columns: [
    { key: "year", label: "获奖年份", kind: "computed", width: 10 },
    { key: "award", label: "奖项", kind: "computed", width: 14 },
    { key: "title", label: "案例名称", kind: "computed", width: 42 },
    {
      key: "people",
      label: "作者及单位",
      kind: "computed",
      width: 42,
      help: "只为比对：不计标点、空格和繁简的姓名和单位，没有账号和电话。",
    },
    {
      key: "sample",
      label: "正文指纹",
      kind: "computed",
      width: 12,
      help: "由正文片段的一部分（约八分之一）算出的数字，用来比对相同与否，里面没有正文的字句。",
    },
    {
      key: "lists",
      label: "名单识别码",
      kind: "computed",
      width: 12,
      help: "由名单的文件名算出：同名而大半相同的名单再次导入时，更正原来的。",
    },
  ],
});

/** Narrow: programs compare them, people read what stands before them. */
const digestHelp = "供程序核对数据有没有被改动，不用看；拉宽本列可以看全。";

export const logSheet = defineSheet({
  key: "log",
  label: "日志",
  tabColor: "7F8C8D",
  generated: { editable: [] },
  columns: [
    { key: "time", label: "时间", kind: "computed", width: 20 },
    { key: "actor", label: "操作人", kind: "computed", width: 16 },
    { key: "action", label: "操作", kind: "computed", width: 14 },
    { key: "parameters", label: "参数", kind: "computed", width: 32 },
    { key: "outcome", label: "结果", kind: "computed", width: 60 },
    { key: "inputDigest", label: "输入摘要", kind: "computed", width: 9, help: digestHelp },
    { key: "previousDigest", label: "前序摘要", kind: "computed", width: 9, help: digestHelp },
  ],
});

/** What each unit has sent and lacks, as `casebook status` tells it. */
export const progressSheet = defineSheet({
  key: "progress",
  label: "进度",
  tabColor: "C0392B",
  frozenColumns: 1,
  generated: { editable: [] },
  columns: [
    { key: "nominator", label: "推荐单位", kind: "computed", width: 24, optional: true },
    { key: "missing", label: "还缺", kind: "computed", width: 54, optional: true },
    { key: "due", label: "最近期限", kind: "computed", width: 13, optional: true },
    {
      key: "daysLeft",
      label: "还有几天",
      kind: "computed",
      width: 11,
      optional: true,
      help: "到最近期限还有几天，随日期自动变化；“已过”是过了期限几天。",
    },
    {
      key: "errors",
      label: "待改错误",
      kind: "computed",
      width: 10,
      optional: true,
      help: "由“检查”写入；导入以后留空，检查后才有。",
    },
    { key: "submissions", label: "案例", kind: "computed", width: 8, optional: true },
    { key: "recommended", label: "推荐", kind: "computed", width: 8, optional: true },
    { key: "experts", label: "专家", kind: "computed", width: 8, optional: true },
    { key: "liaisons", label: "联络员", kind: "computed", width: 8, optional: true },
    { key: "sealed", label: "盖章件", kind: "computed", width: 9, optional: true },
  ],
});

/** The sheet of explanations; it has no table. */
export const guideSheetLabel = "说明";

/** The hidden sheet behind 即时检查: formulas that count how often each author appears. */
export const liveCheckSheetLabel = "即时计算";

/** Its columns that are longer than the rows of 案例, in a large award: above all those with a row for every author. */
export const liveLongSheetLabel = "即时计算2";

/** Where people paste a table to import it, in an online workbook. */
export const pasteSheetLabel = "粘贴区";

/** The notice that the workbook is run by, where it is none that the program brings along: hidden, behind all others. */
export const noticeSheet = defineSheet({
  key: "notice",
  label: "通知",
  hidden: true,
  generated: { editable: [] },
  columns: [
    { key: "part", label: "通知段号", kind: "number", width: 10 },
    { key: "text", label: "通知内容", kind: "identifier", width: 80 },
  ],
});

/** Order of the tabs; what is hidden is last because a hidden first sheet gets printed. */
export const applicationSheetOrder: readonly string[] = [
  guideSheetLabel,
  settingsSheet.label,
  unitsSheet.label,
  submissionsSheet.label,
  textsSheet.label,
  expertsSheet.label,
  liaisonsSheet.label,
  findingsSheet.label,
  quotaSheet.label,
  progressSheet.label,
  logSheet.label,
  liveCheckSheetLabel,
  priorSheet.label,
  importRecordSheet.label,
];

/** Names that belong to sheets of ours: none of these is another sheet renamed. */
export const applicationSheetLabels: readonly string[] = [
  ...applicationSheetOrder,
  liveLongSheetLabel,
  pasteSheetLabel,
  noticeSheet.label,
];

/** The quotas of one unit, in its form. */
export const unitQuotaLabel = "推荐名额";

/** Sheets of a unit form 填报表, after 说明. */
export const unitFormSheets = [submissionsSheet, textsSheet, expertsSheet, liaisonsSheet] as const;
