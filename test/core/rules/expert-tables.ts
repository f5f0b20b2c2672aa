import type { AwardParts, ExpertRow, LiaisonRow } from "../award-builder.ts";
import { date, directSchool, tongxin, validExpert, validLiaison, xingqing } from "../award-builder.ts";
import type { RuleTable } from "./rule-table.ts";

const stages = ["小学", "初中", "高中"];
const complete = Array.from({ length: 15 }, (_, i) => validExpert(i, "兴庆区教育局", stages[Math.floor(i / 5)]));

/** The complete table of 兴庆区教育局 with its first rows laid over. */
const experts = (...rows: ExpertRow[]): AwardParts => ({
  experts: complete.map((expert, i) => ({ ...expert, ...rows[i] })),
});
const liaisons = (...rows: LiaisonRow[]): AwardParts => ({
  liaisons: rows.map((row, i) => ({ ...validLiaison(i), ...row })),
});

const required: RuleTable = {
  code: "EXPERT-REQUIRED",
  cases: [
    {
      name: "the columns of 附件6, nothing else",
      parts: experts({ no: null, email: null, fields: null, submittedOn: null }),
      finds: [],
    },
    {
      name: "no nominator",
      parts: experts({ nominator: null }),
      finds: [{ at: "专家!2 推荐单位" }],
      also: ["EXPERT-COUNT"],
    },
    ...(
      [
        ["name", "专家姓名"],
        ["title", "职称"],
        ["account", "教育云账号"],
        ["unit", "单位"],
        ["phone", "联系电话"],
      ] as const
    ).map(([key, label]) => ({
      name: `no ${key}`,
      parts: experts({ [key]: null }),
      finds: [{ at: `专家!2 ${label}`, says: [label, "补填"] }],
    })),
    ...(
      [
        ["name", "专家姓名", "无"],
        ["account", "教育云账号", "暂无"],
        ["account", "教育云账号", "00000000000"],
        ["unit", "单位", "同上"],
        ["phone", "联系电话", "11111111111"],
      ] as const
    ).map(([key, label, text]) => ({
      name: `${text} is no ${key}`,
      parts: experts({ [key]: text }),
      finds: [{ at: `专家!2 ${label}`, says: [label, `“${text}”`, "补填"] }],
    })),
    { name: "an expert without 职称 may say so", parts: experts({ title: "无" }), finds: [] },
    {
      name: "a ruined account counts as filled",
      parts: experts({ account: "6.4E+17" }),
      finds: [],
      also: ["DATA-PRECISION"],
    },
  ],
};

const nominator: RuleTable = {
  code: "EXPERT-NOMINATOR",
  cases: [
    { name: "a unit's name", parts: experts(), finds: [] },
    {
      name: "no unit's name",
      parts: experts({ nominator: "不存在的教育局" }),
      finds: [{ at: "专家!2 推荐单位", says: ["不存在的教育局"] }],
      also: ["EXPERT-COUNT"],
    },
    {
      name: "empty is EXPERT-REQUIRED's",
      parts: experts({ nominator: null }),
      finds: [],
      also: ["EXPERT-REQUIRED", "EXPERT-COUNT"],
    },
  ],
};

const value: RuleTable = {
  code: "EXPERT-VALUE",
  cases: [
    {
      name: "valid values",
      parts: experts({ status: "退出", fields: "教学革新、数字化赋能评价改革", submittedOn: "2025/7/1" }),
      finds: [],
    },
    { name: "empty values", parts: experts({ status: null, fields: null, submittedOn: null }), finds: [] },
    { name: "status", parts: experts({ status: "已退出" }), finds: [{ at: "专家!2 状态", says: ["已退出", "退出"] }] },
    { name: "date", parts: experts({ submittedOn: "七月" }), finds: [{ at: "专家!2 填报日期", says: ["七月"] }] },
    {
      name: "fields",
      parts: experts({ fields: "教学革新、数学" }),
      finds: [{ at: "专家!2 擅长领域", severity: "warning", says: ["“数学”"] }],
    },
  ],
};

const goodPhones = ["13912345678", "139 1234 5678", "0951-5559291", "0951 5559291-801", "010-12345678", 13912345678];
const badPhones = ["12345", "12912345678", "1391234567", "5559291", "139123456789", "0951-55"];

const phone: RuleTable = {
  code: "EXPERT-PHONE",
  cases: [
    ...goodPhones.map((typed) => ({ name: String(typed), parts: experts({ phone: typed }), finds: [] })),
    ...badPhones.map((typed) => ({
      name: typed,
      parts: experts({ phone: typed }),
      finds: [{ at: "专家!2 联系电话", says: [typed, "手机号"] }],
    })),
    {
      name: "an empty one is EXPERT-REQUIRED's",
      parts: experts({ phone: null }),
      finds: [],
      also: ["EXPERT-REQUIRED"],
    },
    {
      name: "a ruined one is DATA-PRECISION's",
      parts: experts({ phone: "1.39E+10" }),
      finds: [],
      also: ["DATA-PRECISION"],
    },
  ],
};

const stage: RuleTable = {
  code: "EXPERT-STAGE",
  cases: [
    { name: "a known stage", parts: experts(), finds: [] },
    {
      name: "missing",
      parts: experts({ stage: null }),
      finds: [{ at: "专家!2 学段", says: ["没有填学段"] }],
      also: ["EXPERT-COUNT"],
    },
    {
      name: "unknown",
      parts: experts({ stage: "其他" }),
      finds: [{ at: "专家!2 学段", says: ["其他"] }],
      also: ["EXPERT-COUNT"],
    },
    {
      name: "none needed on a direct school's row",
      parts: {
        units: [directSchool],
        submissions: [],
        experts: [0, 1].map((i) => validExpert(i, directSchool.name as string, "")),
      },
      finds: [],
    },
  ],
};

const count: RuleTable = {
  code: "EXPERT-COUNT",
  cases: [
    { name: "5 + 5 + 5, 退出 ones counted", parts: experts({ status: "退出" }), finds: [] },
    {
      name: "one missing, one too many",
      parts: experts({ stage: "初中" }),
      finds: [
        { at: "单位!2 单位名称", stage: "小学", says: ["兴庆区教育局", "4 名小学", "还差 1 名"] },
        { at: "单位!2 单位名称", stage: "初中", says: ["6 名初中", "多出 1 名"] },
      ],
    },
    {
      name: "an unknown stage counts in none",
      parts: experts({ stage: "学前" }),
      finds: [{ at: "单位!2 单位名称", stage: "小学" }],
      also: ["EXPERT-STAGE"],
    },
    {
      name: "duplicates count",
      parts: { experts: complete.map((e, i) => (i === 1 ? { ...complete[0] } : e)) },
      finds: [],
      also: ["EXPERT-DUPLICATE"],
    },
    {
      name: "a unit with no table at all",
      parts: { units: [xingqing, tongxin], experts: complete },
      finds: stages.map((s) => ({ at: "单位!3 单位名称", stage: s, says: ["同心县教育局", "0 名", "还差 5 名"] })),
    },
    {
      name: "a direct school: two, whatever the stage",
      parts: {
        units: [directSchool],
        submissions: [],
        experts: ["小学", ""].map((s, i) => validExpert(i, directSchool.name as string, s)),
      },
      finds: [],
    },
    {
      name: "a direct school with one",
      parts: { units: [directSchool], submissions: [], experts: [validExpert(0, directSchool.name as string, "")] },
      finds: [{ at: "单位!2 单位名称", says: ["1 名", "应为 2 名", "还差 1 名"] }],
    },
  ],
};

const duplicate: RuleTable = {
  code: "EXPERT-DUPLICATE",
  cases: [
    { name: "namesakes", parts: experts({ name: "冼霏霏" }, { name: "冼霏霏" }), finds: [] },
    {
      name: "one account, two names",
      parts: experts({ name: "冼霏霏", account: "zj 1" }, { name: "佘昱妍", account: "ＺＪ1" }),
      finds: [
        { at: "专家!2 专家姓名", says: ["冼霏霏", "第 3 行"] },
        { at: "专家!3 专家姓名", says: ["第 2 行"] },
      ],
    },
    {
      name: "one name and phone",
      parts: experts({ name: "冼霏霏", phone: "139 1234 5678" }, { name: "冼 霏霏", phone: "13912345678" }),
      finds: [{ at: "专家!2 专家姓名" }, { at: "专家!3 专家姓名" }],
    },
    {
      name: "in two units",
      parts: {
        units: [xingqing, directSchool],
        experts: [
          ...complete,
          validExpert(0, directSchool.name as string, ""),
          validExpert(20, directSchool.name as string, ""),
        ],
      },
      finds: [
        { at: "专家!2 专家姓名", says: ["厅直属第一示例学校"] },
        { at: "专家!17 专家姓名", says: ["兴庆区教育局，小学"] },
      ],
    },
    {
      name: "ruined accounts",
      parts: experts({ account: "6.4E+17" }, { account: "6.4E+17" }),
      finds: [],
      also: ["DATA-PRECISION"],
    },
  ],
};

const deadline: RuleTable = {
  code: "EXPERT-DEADLINE",
  cases: [
    { name: "the last day", parts: experts({ submittedOn: date("2025-07-18") }), finds: [] },
    { name: "no date", parts: experts({ submittedOn: null }), finds: [] },
    {
      name: "a day late",
      parts: experts({ submittedOn: date("2025-07-19") }),
      finds: [{ at: "专家!2 填报日期", says: ["2025-07-19", "2025-07-18"] }],
    },
  ],
};

const isAuthor: RuleTable = {
  code: "EXPERT-IS-AUTHOR",
  cases: [
    { name: "no author", parts: experts(), finds: [] },
    {
      name: "by account",
      parts: experts({ name: "冼霏霏", account: "nx202500001" }),
      finds: [{ at: "专家!2 专家姓名", says: ["冼霏霏", "A001"] }],
    },
    {
      name: "by name and unit, the author without an account",
      parts: {
        ...experts({ name: "冼霏霏", unit: "兴庆区第二小学", account: null }),
        submissions: [{ "author2.name": "冼霏霏", "author2.unit": "兴庆区第二小学" }],
      },
      finds: [{ at: "专家!2 专家姓名" }],
      also: ["EXPERT-REQUIRED", "AUTHOR-IDENTITY"],
    },
    { name: "a namesake elsewhere", parts: experts({ name: "赖澜澜", unit: "兴庆区第九小学" }), finds: [] },
  ],
};

const conflict: RuleTable = {
  code: "EXPERT-CONFLICT",
  cases: [
    { name: "a unit, an alias, a submission", parts: experts({ conflicts: "兴庆区教育局、兴庆、a001" }), finds: [] },
    ...["无", "没有", "无回避", "否", "/"].map((conflicts) => ({
      name: `nothing to declare: ${conflicts}`,
      parts: experts({ conflicts }),
      finds: [],
    })),
    ...["兴庆区第三小学", "兴庆三小", "兴庆区第三小学（东校区）", "穆清辛", "穆清辛、兴庆区教体局"].map(
      (conflicts) => ({
        name: `what assignment obeys: ${conflicts}`,
        parts: {
          ...experts({ conflicts }),
          submissions: [{ "author1.name": "穆清辛", "author1.unit": "兴庆区第三小学" }],
        },
        finds: [],
      }),
    ),
    {
      name: "a school without a submission",
      parts: experts({ conflicts: "某某小学" }),
      finds: [
        { at: "专家!2 回避声明", says: ["“某某小学”", "0 个", "自动避开"], lacks: ["不起作用"], severity: "info" },
      ],
    },
    {
      name: "what each entry does, where one does nothing",
      parts: {
        ...experts({ conflicts: "兴庆区、某某小学、A999、A001、兴庆三小、穆清辛" }),
        submissions: [{ id: "A001", "author1.name": "穆清辛", "author1.unit": "兴庆区第三小学" }],
      },
      finds: [
        {
          at: "专家!2 回避声明",
          says: [
            "“兴庆区”：避开兴庆区教育局推荐的案例（现有 1 个）",
            "“A001”：避开编号为 A001 的案例",
            "“兴庆三小”：避开作者是这个单位的案例（现有 1 个，其中 1 个校名写法不同）",
            "“穆清辛”：避开作者叫这个姓名的案例（现有 1 个）",
            "“某某小学”：目前没有作者是这个单位的案例（0 个）",
            "“A999”：对不上任何单位、案例编号、作者单位或作者姓名，不起作用",
          ],
        },
      ],
    },
  ],
};

const liaisonCount: RuleTable = {
  code: "LIAISON-COUNT",
  cases: [
    { name: "two", parts: liaisons({}, {}), finds: [] },
    { name: "one", parts: liaisons({}), finds: [{ at: "单位!2 单位名称", says: ["1 名联络员", "还差 1 名"] }] },
    { name: "three", parts: liaisons({}, {}, {}), finds: [{ at: "单位!2 单位名称", says: ["多出 1 名"] }] },
    { name: "none at all", parts: liaisons(), finds: [{ at: "单位!2 单位名称", says: ["0 名"] }] },
  ],
};

const liaisonNominator: RuleTable = {
  code: "LIAISON-NOMINATOR",
  cases: [
    { name: "a unit's name", parts: liaisons({}, {}), finds: [] },
    {
      name: "no unit's name",
      parts: liaisons({}, {}, { nominator: "兴庆" }),
      finds: [{ at: "联络员!4 推荐单位", says: ["“兴庆区教育局”"] }],
    },
    {
      name: "empty",
      parts: liaisons({}, {}, { nominator: null }),
      finds: [{ at: "联络员!4 推荐单位", says: ["为空"] }],
    },
  ],
};

const liaisonRequired: RuleTable = {
  code: "LIAISON-REQUIRED",
  cases: [
    { name: "a name, no phone, no account", parts: liaisons({ phone: null }, {}), finds: [] },
    { name: "no name", parts: liaisons({ name: null }, {}), finds: [{ at: "联络员!2 姓名", says: ["姓名", "补填"] }] },
    {
      name: "a placeholder",
      parts: liaisons({ name: "待定" }, {}),
      finds: [{ at: "联络员!2 姓名", says: ["“待定”", "占位"] }],
    },
  ],
};

const liaisonPhone: RuleTable = {
  code: "LIAISON-PHONE",
  cases: [
    ...goodPhones.map((typed) => ({ name: String(typed), parts: liaisons({ phone: typed }, {}), finds: [] })),
    ...badPhones.map((typed) => ({
      name: typed,
      parts: liaisons({ phone: typed }, {}),
      finds: [{ at: "联络员!2 联系电话", says: [typed] }],
    })),
  ],
};

const cell: RuleTable = {
  code: "EXPERT-CELL",
  cases: [
    { name: "one person", parts: experts({ name: "欧阳 明" }), finds: [] },
    { name: "one with a title", parts: experts({ name: "冼霏霏老师" }), finds: [] },
    {
      name: "two on two lines",
      parts: experts({ name: "冼霏霏\n阎翊琬" }),
      finds: [{ at: "专家!2 专家姓名", says: ["2 人", "冼霏霏、阎翊琬", "一行"] }],
    },
  ],
};

const liaisonCell: RuleTable = {
  code: "LIAISON-CELL",
  cases: [
    {
      name: "two in one cell count as two",
      parts: liaisons({ name: "冼霏霏、阎翊琬" }),
      finds: [{ at: "联络员!2 姓名", says: ["2 人", "每行填一人"] }],
    },
    { name: "one each", parts: liaisons({ name: "冼霏霏" }, { name: "阎翊琬（办公室）" }), finds: [] },
  ],
};

export const expertTables: readonly RuleTable[] = [
  required,
  nominator,
  value,
  phone,
  stage,
  count,
  duplicate,
  deadline,
  isAuthor,
  conflict,
  liaisonCount,
  liaisonNominator,
  liaisonRequired,
  liaisonPhone,
  cell,
  liaisonCell,
];
