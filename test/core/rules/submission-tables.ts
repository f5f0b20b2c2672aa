import { sampleTexts, writeSample } from "../../../apps-script/core/text/text-sample.ts";
import { composeSection, copySentences } from "../../generator/prose.ts";
import { makeRandom } from "../../generator/random.ts";
import { date, directSchool, tongxin, xingqing } from "../award-builder.ts";
import { type RuleTable, submitted, written } from "./rule-table.ts";

const bothUnits = { units: [xingqing, directSchool] };
const ofSchool = { nominator: directSchool.name ?? null, track: null };

const required: RuleTable = {
  code: "SUB-REQUIRED",
  cases: [
    { name: "a complete row", parts: submitted({}), finds: [] },
    ...(
      [
        ["id", "案例编号"],
        ["title", "案例名称"],
        ["field", "领域"],
        ["stage", "学段"],
        ["nominator", "推荐单位"],
        ["author1.name", "第一作者"],
        ["author1.unit", "第一作者单位"],
        ["author1.account", "第一作者教育云账号"],
        ["author1.role", "第一作者身份"],
        ["submittedOn", "提交日期"],
        ["track", "赛道"],
      ] as const
    ).map(([key, label]) => ({
      name: `no ${key}`,
      parts: submitted({ [key]: null }),
      finds: [{ at: `案例!2 ${label}`, says: [label, "补填"] }],
    })),
    ...(
      [
        ["id", "案例编号", "无"],
        ["id", "案例编号", "0"],
        ["title", "案例名称", "待补"],
        ["nominator", "推荐单位", "/"],
        ["author1.name", "第一作者", "暂无"],
        ["author1.unit", "第一作者单位", "同上"],
        ["author1.account", "第一作者教育云账号", "未注册"],
        ["author1.account", "第一作者教育云账号", "1111111111"],
      ] as const
    ).map(([key, label, text]) => ({
      name: `${text} is no ${key}`,
      parts: submitted({ [key]: text }),
      finds: [{ at: `案例!2 ${label}`, says: [label, `“${text}”`, "补填"] }],
    })),
    { name: "0 may be a title", parts: submitted({ title: "0" }), finds: [] },
    {
      name: "spaces and zero-width characters alone",
      parts: submitted({ title: "　\u200b " }),
      finds: [{ at: "案例!2 案例名称" }],
    },
    { name: "a direct school needs no track", parts: { ...bothUnits, ...submitted(ofSchool) }, finds: [] },
    {
      name: "a ruined account counts as filled",
      parts: submitted({ "author1.account": "6.40104E+17" }),
      finds: [],
      also: ["DATA-PRECISION"],
    },
    {
      name: "no other column is required",
      parts: submitted({ phone: null, firstScore: null, materials: null, link: null, priorAward: null, status: null }),
      finds: [],
    },
  ],
};

const idDuplicate: RuleTable = {
  code: "SUB-ID-DUPLICATE",
  cases: [
    { name: "two ids", parts: submitted({ id: "A001" }, { id: "A002" }), finds: [] },
    {
      name: "one id in two units",
      parts: {
        units: [xingqing, tongxin],
        submissions: [{ id: "A001" }, {}, { id: "A001", nominator: tongxin.name ?? null }],
      },
      finds: [
        { at: "案例!2 案例编号", says: ["A001", "第 4 行", "同心县教育局"] },
        { at: "案例!4 案例编号", says: ["A001", "第 2 行", "兴庆区教育局"] },
      ],
    },
    {
      name: "up to width, case and spaces",
      parts: submitted({ id: "A001" }, { id: " ａ００１" }),
      finds: [{ at: "案例!2 案例编号" }, { at: "案例!3 案例编号" }],
    },
    { name: "a hyphen makes another id", parts: submitted({ id: "1-11" }, { id: "11-1" }), finds: [] },
    {
      name: "ruined ids identify nothing",
      parts: submitted({ id: "6.4E+17" }, { id: "6.4E+17" }),
      finds: [],
      also: ["DATA-PRECISION"],
    },
  ],
};

const value: RuleTable = {
  code: "SUB-VALUE",
  cases: [
    ...(
      [
        ["field", "领域", "教学创新"],
        ["track", "赛道", "城乡"],
        ["stage", "学段", "大学"],
        ["author1.role", "第一作者身份", "家长"],
        ["videoSubtitles", "视频字幕", "是"],
        ["videoTitleCard", "片头案例名", "√"],
        ["videoBrand", "品牌标识", "没有"],
        ["priorAward", "曾获表彰", "无"],
        ["recommended", "推荐", "同意"],
        ["status", "状态", "正常"],
        ["statusKind", "取消类别", "超期"],
        ["firstScore", "初评得分", "100.5"],
        ["firstScore", "初评得分", "-1"],
        ["firstScore", "初评得分", "优"],
        ["submittedOn", "提交日期", "2025-09-31"],
        ["videoRecordedOn", "视频录制日期", "去年六月"],
        ["recommendedOn", "推荐日期", "10月20日"],
        ["videoDuration", "视频时长", "17.5"],
        ["wordsProcess", "过程字数", "约两千"],
      ] as const
    ).map(([key, label, typed]) => ({
      name: `${key} = ${typed}`,
      parts: submitted({ [key]: typed }),
      finds: [{ at: `案例!2 ${label}`, says: [label, typed, "请改正"] }],
    })),
    {
      name: "a co-author's role",
      parts: submitted({ "author2.name": "冼霏霏", "author2.account": "nx9", "author2.role": "专家" }),
      finds: [{ at: "案例!2 作者2身份" }],
    },
    {
      name: "every valid value",
      parts: submitted(
        { field: "数字化赋能教学革新", track: "乡村", stage: "其他", firstScore: 0, submittedOn: 45901, status: "" },
        {
          stage: "高中",
          firstScore: 100,
          submittedOn: "2025年9月1日",
          videoDuration: { kind: "time", seconds: 63000 },
        },
        { field: "评价改革", "author1.role": "教育管理人员", firstScore: "88.5", videoDuration: "17′30″" },
        { status: "取消资格", statusKind: "抄袭剽窃", wordsTotal: "2,700" },
      ),
      finds: [],
    },
    {
      name: "a direct school's track is ignored",
      parts: { ...bothUnits, ...submitted({ ...ofSchool, track: "城乡" }) },
      finds: [],
      also: ["SUB-TRACK"],
    },
  ],
};

const nominator: RuleTable = {
  code: "SUB-NOMINATOR",
  cases: [
    { name: "the unit's name", parts: submitted({ nominator: "兴庆区教育局" }), finds: [] },
    { name: "the unit's name, spaces in it", parts: submitted({ nominator: "兴庆区 教育局" }), finds: [] },
    {
      name: "an unknown unit",
      parts: submitted({ nominator: "不存在的教育局" }),
      finds: [{ at: "案例!2 推荐单位", says: ["不存在的教育局", "单位"] }],
    },
    { name: "an alias", parts: submitted({ nominator: "兴庆" }), finds: [] },
    { name: "the code", parts: submitted({ nominator: "640104" }), finds: [] },
    {
      name: "a longer form is no name, and the name is offered",
      parts: submitted({ nominator: "银川市兴庆区教育局" }),
      finds: [{ at: "案例!2 推荐单位", says: ["银川市兴庆区教育局", "“兴庆区教育局”"] }],
    },
  ],
};

const track: RuleTable = {
  code: "SUB-TRACK",
  cases: [
    { name: "a direct school without a track", parts: { ...bothUnits, ...submitted(ofSchool) }, finds: [] },
    { name: "a bureau with a track", parts: submitted({ track: "乡村" }), finds: [] },
    {
      name: "a direct school with a track",
      parts: { ...bothUnits, ...submitted({ ...ofSchool, track: "城市" }) },
      finds: [{ at: "案例!2 赛道", says: ["厅直属第一示例学校", "城市", "清空"] }],
    },
  ],
};

const eligibility: RuleTable = {
  code: "SUB-ELIGIBILITY",
  cases: [
    { name: "a researcher in research", parts: submitted({ field: "教研创新", "author1.role": "教研员" }), finds: [] },
    {
      name: "an official in teaching",
      parts: submitted({ "author1.name": "冼霏霏", "author1.role": "教育行政部门工作人员" }),
      finds: [{ at: "案例!2 第一作者身份", says: ["冼霏霏", "教育行政部门工作人员", "教学革新"] }],
    },
    {
      name: "a manager as co-author in research",
      parts: submitted({
        field: "教研创新",
        "author2.name": "冼霏霏",
        "author2.account": "nx9",
        "author2.role": "教育教学管理人员",
      }),
      finds: [{ at: "案例!2 作者2身份", says: ["冼霏霏", "教研创新"] }],
    },
    ...["教育治理升级", "评价改革"].flatMap((field) =>
      ["教育教学管理人员", "教育管理人员", "教育行政部门工作人员"].map((role) => ({
        name: `${role} in ${field}`,
        parts: submitted({ field, "author1.role": role }),
        finds: [],
      })),
    ),
  ],
};

const window: RuleTable = {
  code: "SUB-WINDOW",
  cases: [
    {
      name: "first and last day",
      parts: submitted({ submittedOn: date("2025-07-15") }, { submittedOn: date("2025-10-15T23:59:59") }),
      finds: [],
    },
    {
      name: "a day before and a day after",
      parts: submitted({ submittedOn: date("2025-07-14") }, { submittedOn: "2025/10/16" }),
      finds: [
        { at: "案例!2 提交日期", says: ["2025-07-14", "早于", "2025-07-15"] },
        { at: "案例!3 提交日期", says: ["2025-10-16", "晚于", "2025-10-15"] },
      ],
    },
    {
      name: "参数 moves the window",
      parts: { ...submitted({ submittedOn: date("2025-10-16") }), settings: { 提交截止日期: "2025-10-20" } },
      finds: [],
    },
  ],
};

const keywords: RuleTable = {
  code: "SUB-KEYWORDS",
  cases: [
    { name: "three", parts: submitted({ keywords: "甲乙、丙丁、戊己" }), finds: [] },
    { name: "five, other separators", parts: submitted({ keywords: "甲乙；丙丁;戊己，庚辛,壬癸" }), finds: [] },
    { name: "different signs make different keywords", parts: submitted({ keywords: "C++、C#、C" }), finds: [] },
    {
      name: "two",
      parts: submitted({ keywords: "甲乙、丙丁" }),
      finds: [{ at: "案例!2 关键词", says: ["2 个", "3—5", "补足"] }],
    },
    {
      name: "six",
      parts: submitted({ keywords: "甲、乙、丙、丁、戊、己" }),
      finds: [{ at: "案例!2 关键词", says: ["6 个", "删减"] }],
    },
    {
      name: "three, one of them twice",
      parts: submitted({ keywords: "AI、ＡＩ、课堂" }),
      finds: [{ at: "案例!2 关键词", says: ["2 个", "重复"] }],
    },
    { name: "none", parts: submitted({ keywords: null }), finds: [{ at: "案例!2 关键词", says: ["0 个"] }] },
  ],
};

const priorAward: RuleTable = {
  code: "SUB-PRIOR-AWARD",
  cases: [
    { name: "否 and empty", parts: submitted({ priorAward: "否" }, { priorAward: null }), finds: [] },
    { name: "是", parts: submitted({ priorAward: "是" }), finds: [{ at: "案例!2 曾获表彰", says: ["表彰", "核实"] }] },
  ],
};

const titleDuplicate: RuleTable = {
  code: "SUB-TITLE-DUPLICATE",
  cases: [
    { name: "two titles", parts: submitted({ title: "作业设计与管理" }, { title: "作业设计和管理" }), finds: [] },
    {
      name: "up to width, spaces and punctuation",
      parts: {
        units: [xingqing, tongxin],
        submissions: [
          { title: "AI作业设计，与管理" },
          { title: "ＡＩ 作业设计与管理", nominator: tongxin.name ?? null },
        ],
      },
      finds: [
        { at: "案例!2 案例名称", says: ["AI作业设计，与管理", "A002（同心县教育局）"] },
        { at: "案例!3 案例名称", says: ["A001（兴庆区教育局）"] },
      ],
    },
    {
      name: "one submission on two rows is no other submission",
      parts: submitted({ id: "A001", title: "作业设计" }, { id: "A001", title: "作业设计" }),
      finds: [],
      also: ["SUB-ID-DUPLICATE"],
    },
    { name: "empty titles", parts: submitted({ title: null }, { title: null }), finds: [], also: ["SUB-REQUIRED"] },
  ],
};

const sampled = (text: string) => {
  const [sample] = sampleTexts([text]);
  return sample ? writeSample(sample) : null;
};
const random = makeRandom(41);
const oldText = composeSection(random, 1500);

const priorMatch: RuleTable = {
  code: "PRIOR-MATCH",
  cases: [
    { name: "no earlier winners", parts: submitted({}), finds: [] },
    {
      name: "the same title up to marks, and an author of the same name and unit",
      parts: {
        ...submitted({ title: "AI，作业设计与管理", "author1.name": "欧阳 澜妍", "author1.unit": "兴庆区第二小学" }),
        prior: [{ year: 2023, award: "一等奖", title: "ＡＩ作业设计与管理", people: "别人、欧阳澜妍/兴庆区第二小学" }],
      },
      finds: [
        {
          at: "案例!2 案例名称",
          says: ["2023 年一等奖“ＡＩ作业设计与管理”", "名称相同", "作者欧阳澜妍同名同单位", "曾获表彰”改为“是”"],
          lacks: ["正文"],
        },
      ],
    },
    {
      name: "a word more in the title, a co-author of the same name elsewhere",
      parts: {
        ...submitted({ title: "以学情诊断改进课堂的实践研究", "author2.name": "唐思鹤", "author2.account": "nx7" }),
        prior: [{ year: 2022, title: "以学情诊断改进课堂的实践", people: "唐思鹤/同心县第一小学" }],
      },
      finds: [
        {
          at: "案例!2 案例名称",
          says: ["2022 年获奖案例", "名称相近 92%", "作者唐思鹤同名，是否同一人请核对"],
        },
      ],
    },
    {
      name: "a subtitle more, an author of the same name",
      parts: {
        ...submitted({ title: "以学情诊断改进课堂——某县三年行动的回顾与展望", "author1.name": "唐思鹤" }),
        prior: [{ year: 2022, title: "以学情诊断改进课堂", people: "唐思鹤" }],
      },
      finds: [{ at: "案例!2 案例名称", says: ["名称只多出一段", "唐思鹤同名"] }],
    },
    {
      name: "a short title within another",
      parts: {
        ...submitted({ title: "校园阅读三年行动的回顾与展望", "author1.name": "唐思鹤" }),
        prior: [{ year: 2022, title: "校园阅读", people: "唐思鹤" }],
      },
      finds: [],
    },
    {
      name: "a masked name",
      parts: {
        ...submitted({ title: "作业设计与管理", "author1.name": "唐思鹤" }),
        prior: [{ year: 2023, title: "作业设计与管理", people: "唐某鹤" }],
      },
      finds: [{ at: "案例!2 案例名称", says: ["名称相同", "唐思鹤（名单上打了码）同名", "请核对"] }],
    },
    {
      name: "a masked name of somebody else, or longer",
      parts: {
        ...submitted({ title: "作业设计与管理", "author1.name": "唐思鹤" }),
        prior: [
          { year: 2023, title: "作业设计与管理", people: "唐某澜" },
          { year: 2022, title: "作业设计与管理", people: "唐某" },
        ],
      },
      finds: [],
    },
    {
      name: "the same title by others",
      parts: {
        ...submitted({ title: "作业设计与管理" }),
        prior: [{ year: 2023, title: "作业设计与管理", people: "别人" }],
      },
      finds: [],
    },
    {
      name: "the same author, another title",
      parts: {
        ...submitted({ title: "作业设计与管理", "author1.name": "唐思鹤" }),
        prior: [{ year: 2023, title: "作业批改与辅导", people: "唐思鹤/兴庆区第二小学" }],
      },
      finds: [],
    },
    {
      name: "60 % of the text, title and people new",
      parts: {
        ...written({ process: copySentences(random, oldText, composeSection(random, 1500), 0.6, 2) }),
        prior: [{ year: 2024, award: "优秀案例", title: "旧名", people: "别人", sample: sampled(oldText) }],
      },
      finds: [
        { at: "案例!2 案例名称", says: ["2024 年优秀案例“旧名”", "正文相同内容约占较短一篇的 "], lacks: ["作者"] },
      ],
    },
    {
      name: "a text of one's own",
      parts: {
        ...written({ process: composeSection(random, 1500) }),
        prior: [{ year: 2024, title: "旧名", people: "别人", sample: sampled(oldText) }],
      },
      finds: [],
    },
    {
      name: "somebody typed into the hidden sheet",
      parts: {
        ...written({ process: composeSection(random, 1500) }),
        prior: [{ year: "去年", title: "旧名", people: "、/、", sample: "看不懂" }],
      },
      finds: [],
    },
  ],
};

export const submissionTables: readonly RuleTable[] = [
  required,
  idDuplicate,
  value,
  nominator,
  track,
  eligibility,
  window,
  keywords,
  priorAward,
  titleDuplicate,
  priorMatch,
];
