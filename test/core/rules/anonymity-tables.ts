import type { SubmissionRow, UnitRow } from "../award-builder.ts";
import { directSchool, tongxin, xingqing } from "../award-builder.ts";
import { noCounts, type RuleTable, submitted, written } from "./rule-table.ts";

const by = (name: string, more: SubmissionRow = {}): SubmissionRow => ({
  "author1.name": name,
  "author1.unit": "兴庆区第二小学",
  ...more,
});

const inText = (text: string, row: SubmissionRow = {}) => written({ application: text }, row);

const name: RuleTable = {
  code: "ANON-NAME",
  cases: [
    { name: "no name", parts: inText("学校组织教师开展教研。", by("柏翊霏")), finds: [] },
    {
      name: "in the text",
      parts: inText("课题由柏翊霏老师主持，效果显著。", by("柏翊霏")),
      finds: [{ at: "正文!2 应用情况及推广价值", severity: "error", says: ["“柏翊霏”", "【柏翊霏】老师", "删去"] }],
    },
    {
      name: "two words that meet at a stop or a dash are no name",
      parts: inText("要求更高。明年起推广，提高——明显见效。", by("高明")),
      finds: [],
    },
    {
      name: "a dot of any kind inside",
      parts: inText("由高-明老师和高。明老师主讲。", by("高明")),
      finds: [{ at: "正文!2 应用情况及推广价值", severity: "error", says: ["【高-明】"] }],
    },
    {
      name: "in traditional characters: what stands there and what it is",
      parts: inText("由張⻰主講。", by("张龙")),
      finds: [
        {
          at: "正文!2 应用情况及推广价值",
          severity: "warning",
          says: ["【張⻰】", "“張”（U+5F35）即“张”（U+5F20）", "“⻰”（U+2EF0）即“龙”（U+9F99）"],
        },
      ],
    },
    {
      name: "hidden by spaces and zero-width characters",
      parts: inText("课题由柏\u200b翊　霏主持。", by("柏翊霏")),
      finds: [{ at: "正文!2 应用情况及推广价值", severity: "error" }],
    },
    {
      name: "in every other place",
      parts: {
        submissions: [
          {
            ...noCounts,
            ...by("柏翊霏"),
            title: "柏翊霏的课堂",
            keywords: "柏翊霏、课堂、教研",
            videoFile: "柏翊霏-展示.mp4",
            materials: "调查表、柏翊霏的教案",
          },
        ],
        texts: [{ title: "柏翊霏的课", summary: "柏翊霏", innovation: "柏翊霏", process: "柏翊霏" }],
      },
      finds: [
        { at: "案例!2 案例名称" },
        { at: "案例!2 关键词" },
        { at: "案例!2 视频文件" },
        { at: "案例!2 支撑材料" },
        { at: "正文!2 案例名称" },
        { at: "正文!2 案例概要" },
        { at: "正文!2 特色与创新点" },
        { at: "正文!2 研究和实践过程" },
      ],
    },
    { name: "材料链接 is not shown to experts", parts: submitted(by("柏翊霏", { link: "柏翊霏" })), finds: [] },
    {
      name: "a co-author and one in 其他作者, one finding a cell",
      parts: inText("柏翊霏和冼澜思、佘昱妍", {
        "author2.name": "冼澜思",
        "author2.account": "nx2",
        otherAuthors: "佘昱妍",
      }),
      finds: [{ at: "正文!2 应用情况及推广价值", says: ["“冼澜思”", "“佘昱妍”"] }],
    },
    {
      name: "the author of another submission",
      parts: {
        ...inText("柏翊霏老师主持"),
        ...{ submissions: [noCounts, { ...noCounts, ...by("柏翊霏"), wordsSummary: 100 }] },
      },
      finds: [],
    },
    {
      name: "two characters, bare in running text: may be a word",
      parts: inText("形成高明的做法。", by("高明")),
      finds: [{ at: "正文!2 应用情况及推广价值", severity: "warning", says: ["“高明”", "核对"] }],
    },
    ...["老师", "教师", "校长", "主任", "园长", "工作室", "名师", "同志"].map((title) => ({
      name: `two characters before ${title}`,
      parts: inText(`邀请高明 ${title}指导。`, by("高明")),
      finds: [{ at: "正文!2 应用情况及推广价值", severity: "error" as const }],
    })),
    {
      name: "two characters before another word",
      parts: inText("邀请高明老乡指导。", by("高明")),
      finds: [{ at: "正文!2 应用情况及推广价值", severity: "warning" }],
    },
    ...(
      [
        ["videoFile", "视频文件", "高明.mp4"],
        ["title", "案例名称", "高明的课堂"],
        ["keywords", "关键词", "高明、课堂、教研"],
        ["materials", "支撑材料", "高明教案"],
      ] as const
    ).map(([key, label, typed]) => ({
      name: `two characters in ${key}`,
      parts: submitted(by("高明", { [key]: typed })),
      finds: [{ at: `案例!2 ${label}`, severity: "error" as const }],
    })),
    {
      name: "two characters twice, the worse counts",
      parts: inText("高明的做法由高明老师提出。", by("高明")),
      finds: [{ at: "正文!2 应用情况及推广价值", severity: "error", says: ["高明】老师"] }],
    },
    {
      name: "a shorter name inside a longer one is not quoted again",
      parts: inText("课题由柏翊霏主持。", by("柏翊霏", { otherAuthors: "柏翊" })),
      finds: [{ at: "正文!2 应用情况及推广价值", says: ["“柏翊霏”"], lacks: ["“柏翊”"] }],
    },
    {
      name: "a name with a middle dot",
      parts: inText("课题由买买提艾力主持。", by("买买提·艾力")),
      finds: [{ at: "正文!2 应用情况及推广价值", severity: "error" }],
    },
    { name: "a Latin name inside a word", parts: inText("automation", by("Tom")), finds: [] },
    {
      name: "a Latin name of its own",
      parts: inText("由 TOM 主持", by("Tom")),
      finds: [{ at: "正文!2 应用情况及推广价值", severity: "error" }],
    },
    { name: "one character names nobody", parts: inText("高质量", by("高")), finds: [] },
  ],
};

const ofSchool = (more: SubmissionRow = {}): SubmissionRow => ({
  nominator: directSchool.name ?? null,
  track: null,
  "author1.unit": directSchool.name ?? null,
  ...more,
});

const unit: RuleTable = {
  code: "ANON-UNIT",
  cases: [
    { name: "no unit", parts: inText("本案例在我校实施。"), finds: [] },
    {
      name: "an author's unit, a space in it",
      parts: inText("本案例在启明 实验小学实施。", by("柏翊霏", { "author1.unit": "启明实验小学" })),
      finds: [{ at: "正文!2 应用情况及推广价值", severity: "error", says: ["启明实验小学", "我校"] }],
    },
    {
      name: "a co-author's unit in the file name",
      parts: submitted({
        "author2.name": "冼澜思",
        "author2.account": "nx2",
        "author2.unit": "启明实验小学",
        videoFile: "启明实验小学.mp4",
      }),
      finds: [{ at: "案例!2 视频文件" }],
    },
    {
      name: "a direct school's name and alias",
      parts: {
        units: [xingqing, directSchool],
        submissions: [
          ofSchool({ title: "第一示例学校的实践", materials: "厅直属第一示例学校课表", "author1.unit": "校办" }),
        ],
      },
      finds: [
        { at: "案例!2 案例名称", says: ["第一示例学校"] },
        { at: "案例!2 支撑材料", says: ["厅直属第一示例学校"] },
      ],
    },
    { name: "another unit", parts: inText("借鉴启明实验小学的经验。"), finds: [] },
    {
      name: "a unit that is a common word",
      parts: inText("教研室组织活动。", by("柏翊霏", { "author1.unit": "教研室" })),
      finds: [],
    },
    {
      name: "two characters in running text are a hint",
      parts: inText("第二中学也来观摩。", by("柏翊霏", { "author1.unit": "二中" })),
      finds: [{ at: "正文!2 应用情况及推广价值", severity: "warning" }],
    },
  ],
};

const yinchuan: UnitRow = {
  ...xingqing,
  code: "640100",
  name: "银川市教育局",
  aliases: "银川市、银川",
  parent: "自治区教育厅",
};
const zhongning: UnitRow = {
  ...xingqing,
  code: "640521",
  name: "中宁县教育局",
  aliases: "中宁县、中宁",
  parent: "中卫市",
};
const ofTongxin = { nominator: tongxin.name ?? null };
const ofZhongning = { nominator: zhongning.name ?? null };

/** One submission of a unit whose authors' units tell no place. */
const region = (units: UnitRow[], text: string, row: SubmissionRow = {}) => ({
  units,
  ...inText(text, { "author1.unit": "启明实验小学", ...row }),
});

const at = "正文!2 应用情况及推广价值";

const regions: RuleTable = {
  code: "ANON-REGION",
  cases: [
    {
      name: "by chance in traditional characters, or across a dash",
      parts: inText("師生高興慶祝，玩得尽兴——庆功会上。"),
      finds: [],
    },
    {
      name: "in traditional characters",
      parts: inText("在興慶區開展。"),
      finds: [{ at: "正文!2 应用情况及推广价值", severity: "error", says: ["“兴庆区”", "【興慶區】"] }],
    },
    { name: "no place", parts: region([xingqing], "在全县推广。"), finds: [] },
    {
      name: "full name",
      parts: region([xingqing], "经验在兴庆区推广。"),
      finds: [{ at, severity: "error", says: ["“兴庆区”", "【兴庆区】推广"] }],
    },
    { name: "short form", parts: region([xingqing], "经验在兴庆推广。"), finds: [{ at, severity: "error" }] },
    { name: "hidden", parts: region([xingqing], "经验在兴\u200b庆推广。"), finds: [{ at, severity: "error" }] },
    {
      name: "the superior city, full",
      parts: region([xingqing], "经验在银川市推广。"),
      finds: [{ at, severity: "error" }],
    },
    {
      name: "the superior city, short",
      parts: region([xingqing], "经验在银川推广。"),
      finds: [{ at, severity: "error" }],
    },
    {
      name: "the superior city with a bureau of its own",
      parts: region([xingqing, { ...yinchuan, aliases: "银川市、凤城" }], "经验在凤城推广。"),
      finds: [{ at, severity: "error", says: ["凤城"] }],
    },
    {
      name: "the city's own bureau",
      parts: region([yinchuan], "银川的做法", { nominator: "银川市教育局" }),
      finds: [{ at }],
    },
    {
      name: "宁夏 and 自治区 never count",
      parts: region([yinchuan], "宁夏回族自治区教育厅", { nominator: "银川市教育局" }),
      finds: [],
    },
    { name: "another district", parts: region([xingqing, zhongning], "借鉴中宁县的经验。"), finds: [] },
    {
      name: "同心 is a word",
      parts: region([tongxin], "全体教师同心协力。", ofTongxin),
      finds: [{ at, severity: "warning", says: ["核对"] }],
    },
    {
      name: "同心县 is none",
      parts: region([tongxin], "在同心县推广。", ofTongxin),
      finds: [{ at, severity: "error" }],
    },
    {
      name: "同心县 where the alias is 同心 alone",
      parts: region([{ ...tongxin, aliases: "同心" }], "在同心县推广。", ofTongxin),
      finds: [{ at, severity: "error" }],
    },
    {
      name: "the word and the place in one cell",
      parts: region([tongxin], "同心协力，在同心县推广。", ofTongxin),
      finds: [{ at, severity: "error" }],
    },
    { name: "its own word elsewhere", parts: region([tongxin, xingqing], "教师同心协力。"), finds: [] },
    { name: "中宁 inside 其中宁夏", parts: region([zhongning], "其中宁夏智慧教育平台", ofZhongning), finds: [] },
    { name: "中卫 inside 初中卫生", parts: region([zhongning], "初中卫生与健康", ofZhongning), finds: [] },
    {
      name: "中卫 as a place",
      parts: region([zhongning], "在中卫推广", ofZhongning),
      finds: [{ at, severity: "error" }],
    },
    {
      name: "the district of an author from elsewhere",
      parts: region([xingqing, zhongning], "在中宁推广。", {
        "author2.name": "冼澜思",
        "author2.account": "nx2",
        "author2.unit": "中宁县第三小学",
      }),
      finds: [{ at, severity: "error", says: ["中宁"] }],
    },
    {
      name: "not repeated inside an ANON-UNIT hit",
      parts: region([xingqing], "在兴庆区第二小学实施。", { "author1.unit": "兴庆区第二小学" }),
      finds: [],
      also: ["ANON-UNIT"],
    },
    {
      name: "beside an ANON-UNIT hit",
      parts: region([xingqing], "在兴庆区第二小学实施，在兴庆区推广。", { "author1.unit": "兴庆区第二小学" }),
      finds: [{ at, says: ["【兴庆区】推广"] }],
      also: ["ANON-UNIT"],
    },
    {
      name: "none for a direct school",
      parts: {
        units: [yinchuan, { ...directSchool, name: "银川启明学校", aliases: "启明学校", parent: "银川市" }],
        ...inText("在银川推广。", { nominator: "银川启明学校", track: null, "author1.unit": "银川启明学校" }),
      },
      finds: [],
    },
    ...(
      [
        ["title", "案例名称", "兴庆区的实践"],
        ["keywords", "关键词", "兴庆、课堂、教研"],
        ["videoFile", "视频文件", "兴庆.mp4"],
        ["materials", "支撑材料", "兴庆区调查表"],
      ] as const
    ).map(([key, label, typed]) => ({
      name: `in ${key}`,
      parts: submitted({ [key]: typed }),
      finds: [{ at: `案例!2 ${label}`, severity: "error" as const }],
    })),
  ],
};

export const anonymityTables: readonly RuleTable[] = [name, unit, regions];
