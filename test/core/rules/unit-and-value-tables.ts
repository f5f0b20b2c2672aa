import type { CleanedCell } from "../../../apps-script/core/award/award.ts";
import type { UnitRow } from "../award-builder.ts";
import { tongxin, xingqing } from "../award-builder.ts";
import { type RuleTable, submitted, written } from "./rule-table.ts";

const unitsAlone = (...units: UnitRow[]) => ({ units, submissions: [] });

const unitValue: RuleTable = {
  code: "UNIT-VALUE",
  cases: [
    { name: "valid", parts: unitsAlone(xingqing), finds: [] },
    {
      name: "no code",
      parts: unitsAlone({ ...xingqing, code: null }),
      finds: [{ at: "单位!2 单位代码", says: ["补填"] }],
      also: ["UNIT-PARENT"],
    },
    {
      name: "no name",
      parts: { ...unitsAlone({ ...xingqing, name: null }), experts: [], liaisons: [] },
      finds: [{ at: "单位!2 单位名称", says: ["补填"] }],
    },
    {
      name: "a placeholder for a code",
      parts: unitsAlone({ ...xingqing, code: "无" }),
      finds: [{ at: "单位!2 单位代码", says: ["“无”", "占位"] }],
      also: ["UNIT-PARENT"],
    },
    {
      name: "unknown kind",
      parts: { ...unitsAlone({ ...xingqing, kind: "学校" }), experts: [] },
      finds: [{ at: "单位!2 类别", says: ["“学校”", "教育局、厅直属学校"] }],
    },
    {
      name: "no kind",
      parts: { ...unitsAlone({ ...xingqing, kind: null }), experts: [] },
      finds: [{ at: "单位!2 类别", says: ["为空"] }],
    },
  ],
};

const yinchuan: UnitRow = { ...xingqing, code: "640100", name: "银川市教育局", aliases: null, parent: null };
const below = (parent: string | null, code = "640104") => unitsAlone({ ...xingqing, code, parent }, yinchuan);

const unitParent: RuleTable = {
  code: "UNIT-PARENT",
  cases: [
    ...["银川市教育局", "银川市", "银川", "银川市教育体育局", "银川市教体局", "宁夏银川市", "640100", "", null].map(
      (parent) => ({
        name: `${parent} above a county of the city`,
        parts: below(parent),
        finds: [],
      }),
    ),
    ...["自治区", "自治区教育厅", "宁夏回族自治区教育厅", "教育厅", "厅直属", "厅直属学校"].map((parent) => ({
      name: `${parent} is above all`,
      parts: below(parent, "X1"),
      finds: [],
    })),
    { name: "the city of the code, which has no row", parts: unitsAlone(tongxin), finds: [] },
    { name: "its own name", parts: unitsAlone({ ...yinchuan, parent: "银川市" }), finds: [] },
    {
      name: "a slip of the pen",
      parts: below("银州市"),
      finds: [
        { at: "单位!2 上级单位", says: ["“银州市”", "代码 640104", "银川市教育局为其上级", "改为“银川市教育局”"] },
      ],
    },
    {
      name: "a slip, and a code of one's own",
      parts: below("银州市", "XQ01"),
      finds: [{ at: "单位!2 上级单位", says: ["“银州市”", "不能按上下级回避", "自治区教育厅"] }],
    },
    {
      name: "another city than the code's, which has no row",
      parts: below("吴忠市"),
      finds: [{ at: "单位!2 上级单位", says: ["“吴忠市”", "银川市教育局为其上级"] }],
    },
  ],
};

const unitDuplicate: RuleTable = {
  code: "UNIT-DUPLICATE",
  cases: [
    { name: "two units", parts: unitsAlone(xingqing, tongxin), finds: [] },
    {
      name: "a unit bears its own name as an alias",
      parts: unitsAlone({ ...xingqing, aliases: "兴庆区教育局、兴庆、兴庆" }),
      finds: [],
    },
    {
      name: "one code",
      parts: unitsAlone(xingqing, { ...tongxin, code: "６40104" }),
      finds: [
        { at: "单位!2 单位代码", says: ["640104", "第 3 行", "同心县教育局"] },
        { at: "单位!3 单位代码", says: ["第 2 行"] },
      ],
      also: ["UNIT-PARENT"],
    },
    {
      name: "one alias",
      parts: unitsAlone(xingqing, { ...tongxin, aliases: "同心、兴庆" }),
      finds: [{ at: "单位!2 别名", says: ["“兴庆”"] }, { at: "单位!3 别名" }],
    },
    {
      name: "an alias that is another's name",
      parts: unitsAlone(xingqing, { ...tongxin, aliases: "兴庆区教育局" }),
      finds: [{ at: "单位!2 单位名称" }, { at: "单位!3 别名" }],
    },
    {
      name: "one name",
      parts: { ...unitsAlone(xingqing, { ...xingqing, code: "9", aliases: null }), liaisons: [{}, {}] },
      finds: [{ at: "单位!2 单位名称" }, { at: "单位!3 单位名称" }],
      also: ["EXPERT-COUNT", "UNIT-PARENT"],
    },
  ],
};

const unitSeal: RuleTable = {
  code: "UNIT-SEAL",
  cases: [
    { name: "是", parts: unitsAlone(xingqing), finds: [] },
    {
      name: "否",
      parts: unitsAlone({ ...xingqing, sealedCopy: "否" }),
      finds: [{ at: "单位!2 盖章件收讫", says: ["兴庆区教育局"] }],
    },
    { name: "empty", parts: unitsAlone({ ...xingqing, sealedCopy: null }), finds: [{ at: "单位!2 盖章件收讫" }] },
  ],
};

const setting: RuleTable = {
  code: "SETTING-VALUE",
  cases: [
    { name: "valid", parts: { settings: { 每案评审专家数: 5 } }, finds: [] },
    { name: "empty: the notice's value", parts: { settings: { 教育局城市赛道名额: null } }, finds: [] },
    {
      name: "a wrong value stops every other rule",
      parts: { ...submitted({ title: null, priorAward: "是" }), settings: { 教育局城市赛道名额: "三十五" } },
      finds: [{ at: "参数!2 值", says: ["教育局城市赛道名额", "三十五"] }],
    },
    {
      name: "two wrong values",
      parts: { settings: { 教育局城市赛道名额: -1, 计分方法: "总分" } },
      finds: [{ at: "参数!2 值" }, { at: "参数!16 值", says: ["总分"] }],
    },
  ],
};

const precision: RuleTable = {
  code: "DATA-PRECISION",
  cases: [
    {
      name: "long identifiers kept as text",
      parts: submitted({ "author1.account": "640104198001011234", id: "640104198001011234" }),
      finds: [],
    },
    { name: "a number of 15 digits", parts: submitted({ "author1.account": 640104198001011 }), finds: [] },
    ...([6.40104198001011e17, "6.40104E+17", "640104198001011000"] as const).map((typed) => ({
      name: `${typeof typed} ${typed}`,
      parts: submitted({ "author1.account": typed }),
      finds: [{ at: "案例!2 第一作者教育云账号", says: ["文本格式"] }],
    })),
    ...(
      [
        ["id", "案例编号"],
        ["phone", "联系电话"],
        ["author4.account", "作者4教育云账号"],
      ] as const
    ).map(([key, label]) => ({
      name: `案例 ${key}`,
      parts: submitted({ [key]: "6.40104E+17", ...(key === "author4.account" && { "author4.name": "冼霏霏" }) }),
      finds: [{ at: `案例!2 ${label}`, says: ["6.40104E+17"] }],
      also: key === "author4.account" ? ["AUTHOR-IDENTITY"] : [],
    })),
    {
      name: "单位",
      parts: unitsAlone({ ...xingqing, code: "6.40104E+17" }),
      finds: [{ at: "单位!2 单位代码" }],
      also: ["UNIT-PARENT"],
    },
    {
      name: "专家",
      parts: { experts: [{ account: "6.4E+17", phone: "1.39E+10" }] },
      finds: [{ at: "专家!2 教育云账号" }, { at: "专家!2 联系电话" }],
      also: ["EXPERT-COUNT"],
    },
    {
      name: "联络员",
      parts: { liaisons: [{ account: 6.40104198001011e17 }, { phone: "1.38E+10" }] },
      finds: [{ at: "联络员!2 教育云账号" }, { at: "联络员!3 联系电话" }],
    },
    {
      name: "正文",
      parts: { texts: [{ id: "6.4E+17", summary: "课堂" }] },
      finds: [{ at: "正文!2 案例编号" }],
      also: ["TEXT-ORPHAN"],
    },
  ],
};

const cell = (more: Partial<CleanedCell>): CleanedCell => ({
  sheet: "案例",
  row: 2,
  column: "案例名称",
  id: "A001",
  nominator: "兴庆区教育局",
  was: "=1+1",
  is: "=1+1",
  formula: true,
  ...more,
});

const formula: RuleTable = {
  code: "DATA-FORMULA",
  cases: [
    { name: "plain text", parts: submitted({}), finds: [] },
    {
      name: "a formula in a text column",
      parts: submitted({ title: { kind: "formula", formula: 'B1&"课堂"', result: "我的课堂" } }),
      finds: [{ at: "案例!2 案例名称", says: ['=B1&"课堂"', "我的课堂"] }],
    },
    {
      name: "counting words by a formula is fair, and 即时检查 is one",
      parts: submitted({
        wordsTotal: { kind: "formula", formula: "SUM(B1:B4)", result: 2700 },
        liveCheck: { kind: "formula", formula: '""', result: "" },
      }),
      finds: [],
    },
    {
      name: "an imported text that would run",
      parts: submitted({}),
      cleaned: [cell({ was: "=HYPERLINK(1)" })],
      finds: [{ at: "案例!2 案例名称", says: ["=HYPERLINK(1)", "按文本保存"] }],
    },
  ],
};

const cleaned: RuleTable = {
  code: "DATA-CLEANED",
  cases: [
    {
      name: "an identifier",
      parts: submitted({}),
      cleaned: [cell({ column: "案例编号", was: "Ａ001", is: "A001", formula: false })],
      finds: [{ at: "案例!2 案例编号", says: ["“Ａ001”", "“A001”"] }],
    },
    {
      name: "a look-alike",
      parts: submitted({}),
      cleaned: [cell({ column: "第一作者", was: "⽅文", is: "方文", formula: false })],
      finds: [{ at: "案例!2 第一作者", says: ["“⽅文”", "“方文”", "“⽅”（U+2F45）即“方”（U+65B9）"] }],
    },
    { name: "a text kept as it was", parts: submitted({}), cleaned: [cell({})], finds: [], also: ["DATA-FORMULA"] },
    { name: "nothing imported", parts: submitted({}), finds: [] },
  ],
};

const conflict: RuleTable = {
  code: "IMPORT-CONFLICT",
  cases: [
    { name: "nothing disputed", parts: submitted({}), finds: [] },
    {
      name: "a cell of which two files say different things",
      parts: submitted({}),
      disputed: [
        {
          ...{ sheet: "案例", row: 2, column: "案例名称", id: "A001", nominator: "兴庆区教育局" },
          told: [
            ["甲/导出.csv 第 2 行", "一"],
            ["乙/导出.csv 第 5 行", "二"],
          ],
        },
      ],
      finds: [
        { at: "案例!2 案例名称", says: ["“甲/导出.csv 第 2 行”为“一”", "“乙/导出.csv 第 5 行”为“二”", "请核实"] },
      ],
    },
  ],
};

const lookAlike: RuleTable = {
  code: "DATA-LOOK-ALIKE",
  cases: [
    { name: "characters in common use", parts: submitted({ title: "数字化教研方法" }), finds: [] },
    {
      name: "traditional and full-width ones are plain to see",
      parts: submitted({ title: "數字化ＡＩ教研" }),
      finds: [],
    },
    {
      name: "radicals in several cells",
      parts: submitted({ title: "数字化教研⽅法与⼤⼩⻄⾏", stage: "⼩学", nominator: "兴庆区教⾲局" }),
      finds: [
        { at: "案例!2 案例名称", says: ["“⽅”（U+2F45）即“方”（U+65B9）", "等 5 个字", "重新输入"] },
        { at: "案例!2 学段", says: ["“⼩”（U+2F29）即“小”（U+5C0F）"] },
        { at: "案例!2 推荐单位", says: ["“⾲”（U+2FB2）即“韭”（U+97ED）"] },
      ],
      also: ["SUB-NOMINATOR"],
    },
    {
      name: "a compatibility ideograph, in each sheet",
      parts: {
        submissions: [{}],
        experts: [{ title: "\uf9b4导教师" }],
        liaisons: [{ name: "\u{2f8a6}\uf90a" }, {}],
      },
      finds: [
        { at: "专家!2 职称", says: ["（U+F9B4）即“領”（U+9818）"] },
        { at: "联络员!2 姓名", says: ["（U+2F8A6）即“慈”（U+6148）、", "（U+F90A）即“金”（U+91D1）"] },
      ],
      also: ["EXPERT-COUNT"],
    },
    { name: "the text of a submission is compared as it is", parts: written({ summary: "⽤⼤数据" }), finds: [] },
  ],
};

const error: RuleTable = {
  code: "DATA-ERROR",
  cases: [
    { name: "a text", parts: submitted({ title: "N/A" }), finds: [] },
    {
      name: "an error value",
      parts: submitted({ title: { kind: "error", code: "#N/A" } }),
      finds: [{ at: "案例!2 案例名称", says: ["#N/A"] }],
    },
    {
      name: "a formula that shows an error",
      parts: submitted({ materials: { kind: "formula", formula: "ZZ1", result: { kind: "error", code: "#REF!" } } }),
      finds: [{ at: "案例!2 支撑材料", says: ["#REF!"] }],
      also: ["DATA-FORMULA"],
    },
    {
      name: "in a column with a list of values it is SUB-VALUE's",
      parts: submitted({ stage: { kind: "error", code: "#N/A" } }),
      finds: [],
      also: ["SUB-VALUE"],
    },
  ],
};

const otherName: RuleTable = {
  code: "UNIT-OTHER-NAME",
  cases: [
    { name: "the unit's name", parts: submitted({ nominator: "兴庆区教育局" }), finds: [] },
    { name: "the unit's name, spaces in it", parts: submitted({ nominator: "兴庆区 教育局" }), finds: [] },
    {
      name: "an alias",
      parts: submitted({ nominator: "兴庆" }),
      finds: [{ at: "案例!2 推荐单位", says: ["“兴庆”", "别名", "请改为“兴庆区教育局”"] }],
    },
    {
      name: "the code",
      parts: submitted({ nominator: "640104" }),
      finds: [{ at: "案例!2 推荐单位", says: ["“640104”", "单位代码"] }],
    },
    { name: "no unit", parts: submitted({ nominator: "没有的教育局" }), finds: [], also: ["SUB-NOMINATOR"] },
  ],
};

export const unitAndValueTables: readonly RuleTable[] = [
  unitValue,
  unitDuplicate,
  unitParent,
  unitSeal,
  otherName,
  setting,
  precision,
  formula,
  cleaned,
  conflict,
  lookAlike,
  error,
];
