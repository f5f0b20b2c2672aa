import type { SubmissionRow } from "../award-builder.ts";
import { tongxin, xingqing } from "../award-builder.ts";
import { type RuleTable, submitted } from "./rule-table.ts";

const author = (
  n: 1 | 2 | 3 | 4 | 5,
  name: string,
  account: string | null,
  unit = "兴庆区第五小学",
): SubmissionRow => ({
  [`author${n}.name`]: name,
  [`author${n}.unit`]: unit,
  [`author${n}.account`]: account,
  [`author${n}.role`]: "教师",
});

const five: SubmissionRow = {
  ...author(2, "冼霏霏", "nx2"),
  ...author(3, "阎翊琬", "nx3"),
  ...author(4, "鄂铖霁", "nx4"),
  ...author(5, "柏澜思", "nx5"),
};

const count: RuleTable = {
  code: "AUTHOR-COUNT",
  cases: [
    { name: "five", parts: submitted(five), finds: [] },
    {
      name: "six, one in 其他作者",
      parts: submitted({ ...five, otherAuthors: "佘昱妍" }),
      finds: [{ at: "案例!2 其他作者", says: ["6 位", "限报 5 人", "佘昱妍"] }],
    },
    {
      name: "two columns, four in 其他作者",
      parts: submitted({ ...author(2, "冼霏霏", "nx2"), otherAuthors: "佘昱妍、郝衡铖、翁霁霏、龚翊琬" }),
      finds: [{ at: "案例!2 其他作者", says: ["龚翊琬"] }],
    },
    {
      name: "参数 lowers the limit",
      parts: { ...submitted(five), settings: { 每个案例作者上限: 4 } },
      finds: [{ at: "案例!2 作者5", says: ["限报 4 人", "柏澜思"] }],
    },
  ],
};

const lead = (account: string | null, name = "王翊霏", unit = "兴庆区第二小学") => author(1, name, account, unit);

const alike = (one: string, two: string, of = "王翊霏") => submitted(lead(one), lead(two, of));

const lookalike: RuleTable = {
  code: "ACCOUNT-LOOKALIKE",
  cases: [
    ...(
      [
        ["nx0O1", "nx001"],
        ["nxl23", "nx123"],
        ["nxI23", "nx123"],
        ["640104001.0", "640104001"],
        ["00640104", "640104"],
      ] as const
    ).map(([one, two]) => ({
      name: `${one} and ${two}, one name and unit`,
      parts: alike(one, two),
      finds: [
        { at: "案例!2 第一作者教育云账号", says: [one, "“案例”表第 3 行", two, "核对"] },
        { at: "案例!3 第一作者教育云账号", says: [two, "“案例”表第 2 行", one] },
      ],
    })),
    {
      name: "an author and an expert",
      parts: {
        ...submitted(lead("nx0O1")),
        experts: [{ name: "王翊霏", unit: "兴庆区第二小学", account: "nx001" }],
      },
      finds: [
        { at: "案例!2 第一作者教育云账号", says: ["“专家”表第 2 行"] },
        { at: "专家!2 教育云账号", says: ["“案例”表第 2 行"] },
      ],
      also: ["EXPERT-COUNT"],
    },
    { name: "another name", parts: alike("nx0O1", "nx001", "王霁霏"), finds: [] },
    {
      name: "another unit",
      parts: submitted(lead("nx0O1"), lead("nx001", "王翊霏", "兴庆区第三小学")),
      finds: [],
    },
    { name: "other accounts", parts: alike("nx101", "nx102"), finds: [] },
    {
      name: "another letter case is one account",
      parts: alike("NX77", "nx77"),
      finds: [],
      also: ["AUTHOR-FIRST-LIMIT"],
    },
    { name: "S and 5, which people tell apart", parts: alike("nxS1", "nx51"), finds: [] },
  ],
};

const firstLimit: RuleTable = {
  code: "AUTHOR-FIRST-LIMIT",
  cases: [
    { name: "one led", parts: submitted(lead("nx77"), {}), finds: [] },
    {
      name: "two led, in two districts, one of them cancelled",
      parts: {
        units: [xingqing, tongxin],
        submissions: [lead("nx77"), { ...lead("nx77"), nominator: tongxin.name ?? null, status: "取消资格" }],
      },
      finds: [
        { at: "案例!2 第一作者", says: ["王翊霏", "2 个案例", "A001", "A002（同心县教育局）", "限 1 个"] },
        { at: "案例!3 第一作者", says: ["A001（兴庆区教育局）"] },
      ],
    },
    { name: "one name, two accounts", parts: submitted(lead("nx77"), lead("nx78")), finds: [] },
    {
      name: "full-width digits in the account",
      parts: submitted(lead("nx77"), lead("ｎｘ７７")),
      finds: [{ at: "案例!2 第一作者" }, { at: "案例!3 第一作者" }],
    },
    { name: "other signs make another account", parts: submitted(lead("nx-77"), lead("nx77")), finds: [] },
    {
      name: "without an account: name and unit",
      parts: submitted(lead(null), lead(null)),
      finds: [{ at: "案例!2 第一作者" }, { at: "案例!3 第一作者" }],
      also: ["SUB-REQUIRED"],
    },
    {
      name: "without an account: merged with the only account of that name and unit",
      parts: submitted(lead("nx77"), lead(null)),
      finds: [{ at: "案例!2 第一作者" }, { at: "案例!3 第一作者" }],
      also: ["SUB-REQUIRED"],
    },
    {
      name: "without an account: not merged where two accounts have that name and unit",
      parts: submitted(lead("nx77"), lead("nx78"), lead(null)),
      finds: [],
      also: ["SUB-REQUIRED"],
    },
    {
      name: "a unit alone is nobody",
      parts: submitted(lead(null, ""), lead(null, "")),
      finds: [],
      also: ["SUB-REQUIRED"],
    },
    {
      name: "a ruined account identifies nobody",
      parts: submitted(lead("6.40104E+17"), lead("6.40104E+17", "冼霏霏")),
      finds: [],
      also: ["DATA-PRECISION"],
    },
    {
      name: "leading one, co-author of another",
      parts: submitted(lead("nx77"), author(2, "王翊霏", "nx77", "兴庆区第二小学")),
      finds: [],
    },
    {
      name: "one submission on two rows counts once",
      parts: submitted({ ...lead("nx77"), id: "A001" }, { ...lead("nx77"), id: "A001" }),
      finds: [],
      also: ["SUB-ID-DUPLICATE"],
    },
    {
      name: "rows without 案例编号 are submissions of their own",
      parts: submitted({ ...lead("nx77"), id: null }, { ...lead("nx77"), id: null }),
      finds: [{ at: "案例!2 第一作者", says: ["第 3 行"] }, { at: "案例!3 第一作者" }],
      also: ["SUB-REQUIRED"],
    },
    {
      name: "参数 raises the limit",
      parts: { ...submitted(lead("nx77"), lead("nx77")), settings: { 每人第一作者案例上限: 2 } },
      finds: [],
    },
  ],
};

const participant = author(2, "王翊霏", "nx77");

const totalLimit: RuleTable = {
  code: "AUTHOR-TOTAL-LIMIT",
  cases: [
    { name: "three, one of them led", parts: submitted(lead("nx77"), participant, participant), finds: [] },
    {
      name: "four, one of them led, one of them cancelled",
      parts: submitted(lead("nx77"), participant, { ...participant, status: "取消资格" }, author(5, "王翊霏", "nx77")),
      finds: [
        { at: "案例!2 第一作者", says: ["王翊霏", "4 个案例", "A002", "A003", "A004", "限 3 个"] },
        { at: "案例!3 作者2" },
        { at: "案例!4 作者2" },
        { at: "案例!5 作者5", says: ["A001"] },
      ],
    },
    {
      name: "four rows, two of them one submission",
      parts: submitted(participant, participant, participant, { ...participant, id: "A003" }),
      finds: [],
      also: ["SUB-ID-DUPLICATE"],
    },
    {
      name: "names alone identify nobody",
      parts: submitted(...Array.from({ length: 4 }, () => ({ otherAuthors: "王翊霏" }))),
      finds: [],
    },
  ],
};

const repeated: RuleTable = {
  code: "AUTHOR-REPEATED",
  cases: [
    {
      name: "one account twice",
      parts: submitted({ ...lead("nx77"), ...author(3, "王翊霏", "nx77") }),
      finds: [{ at: "案例!2 作者3", says: ["王翊霏", "第一作者"] }],
    },
    {
      name: "namesakes with accounts",
      parts: submitted({ ...lead("nx77"), ...author(3, "王翊霏", "nx78") }),
      finds: [],
    },
    {
      name: "name and unit without an account",
      parts: submitted({ ...lead("nx77"), ...author(3, "王 翊霏", null, "兴庆区第二小学") }),
      finds: [{ at: "案例!2 作者3" }],
      also: ["AUTHOR-IDENTITY"],
    },
  ],
};

const identity: RuleTable = {
  code: "AUTHOR-IDENTITY",
  cases: [
    {
      name: "one account under two names",
      parts: submitted(lead("nx77"), author(2, "冼霏霏", "nx77"), author(3, "王 翊霏", "nx77")),
      finds: [
        { at: "案例!2 第一作者教育云账号", says: ["nx77", "王翊霏", "冼霏霏"] },
        { at: "案例!3 作者2教育云账号", says: ["冼霏霏", "王翊霏"] },
        { at: "案例!4 作者3教育云账号" },
      ],
    },
    { name: "one account under one name", parts: submitted(lead("nx77"), author(2, "王翊霏", "nx77")), finds: [] },
    {
      name: "a co-author without an account",
      parts: submitted(author(2, "冼霏霏", null)),
      finds: [{ at: "案例!2 作者2教育云账号", says: ["冼霏霏", "补填"] }],
    },
    {
      name: "a co-author with a ruined account",
      parts: submitted(author(2, "冼霏霏", "6.40104E+17")),
      finds: [{ at: "案例!2 作者2教育云账号", says: ["冼霏霏", "损坏"] }],
      also: ["DATA-PRECISION"],
    },
    {
      name: "the first author's account is SUB-REQUIRED's",
      parts: submitted(lead(null)),
      finds: [],
      also: ["SUB-REQUIRED"],
    },
    {
      name: "a placeholder is no account",
      parts: submitted(author(2, "冼霏霏", "无")),
      finds: [{ at: "案例!2 作者2教育云账号", says: ["冼霏霏", "“无”", "占位", "补填"] }],
    },
    {
      name: "同上 is no unit",
      parts: submitted(author(2, "冼霏霏", "nx2", "同上")),
      finds: [{ at: "案例!2 作者2单位", says: ["冼霏霏", "“同上”", "补填"] }],
    },
    {
      name: "无 is no name beside an account",
      parts: submitted(author(2, "无", "nx2")),
      finds: [{ at: "案例!2 作者2", says: ["“无”", "补填"] }],
    },
    {
      name: "无 in all cells of a co-author is none",
      parts: submitted({ ...author(2, "无", "/", "-"), "author2.role": "无" }),
      finds: [],
    },
    {
      name: "strangers do not share a placeholder",
      parts: submitted(author(2, "冼霏霏", "暂无", "兴庆区第三小学"), author(2, "阎翊琬", "暂无", "兴庆区第四小学")),
      finds: [{ at: "案例!2 作者2教育云账号" }, { at: "案例!3 作者2教育云账号" }],
    },
    { name: "其他作者 has no place for accounts", parts: submitted({ otherAuthors: "冼霏霏" }), finds: [] },
  ],
};

const cell: RuleTable = {
  code: "AUTHOR-CELL",
  cases: [
    { name: "one person", parts: submitted(lead("nx77")), finds: [] },
    {
      name: "one with a title and a unit in brackets",
      parts: submitted(lead("nx77", "王翊霏老师（兴庆区二小）")),
      finds: [],
    },
    { name: "one of another people", parts: submitted(lead("nx77", "阿依古丽·买买提")), finds: [] },
    { name: "one whose name holds 和", parts: submitted(lead("nx77", "和绍华")), finds: [] },
    {
      name: "two",
      parts: submitted({ ...lead("nx77", "王翊霏、冼霏霏"), ...author(3, "阎翊琬 鄂铖霁", "nx3") }),
      finds: [
        { at: "案例!2 第一作者", says: ["2 人", "王翊霏、冼霏霏", "作者"] },
        { at: "案例!2 作者3", says: ["阎翊琬、鄂铖霁"] },
      ],
    },
    {
      name: "one and others without a name",
      parts: submitted(lead("nx77", "王翊霏等3人")),
      finds: [{ at: "案例!2 第一作者", says: ["王翊霏等3人", "不止"] }],
    },
    {
      name: "they count: six of them",
      parts: submitted(lead("nx77", "王翊霏、冼霏霏、阎翊琬、鄂铖霁、柏澜思、佘昱妍")),
      finds: [{ at: "案例!2 第一作者", says: ["6 人"] }],
      also: ["AUTHOR-COUNT"],
    },
    {
      name: "they count: four participations behind others",
      parts: submitted(
        lead("nx77"),
        author(2, "冼霏霏、王翊霏", "b1", "兴庆区第二小学"),
        author(2, "阎翊琬、王翊霏", "b2", "兴庆区第二小学"),
        author(3, "鄂铖霁和王翊霏", "b3", "兴庆区第二小学"),
      ),
      finds: [{ at: "案例!3 作者2" }, { at: "案例!4 作者2" }, { at: "案例!5 作者3" }],
      also: ["AUTHOR-TOTAL-LIMIT"],
    },
    {
      name: "as many accounts as people are theirs, in this order",
      parts: submitted(lead("nx78", "冼霏霏"), author(2, "王翊霏、冼霏霏", "nx77、nx79", "兴庆区第二小学"), {
        ...lead("nx77"),
      }),
      finds: [{ at: "案例!3 作者2" }],
    },
    {
      name: "one account beside two is nobody's: strangers do not share it",
      parts: submitted(
        lead("nx77", "王翊霏、冼霏霏", "兴庆区第三小学"),
        lead("nx77", "阎翊琬、鄂铖霁", "兴庆区第四小学"),
      ),
      finds: [{ at: "案例!2 第一作者" }, { at: "案例!3 第一作者" }],
    },
    { name: "其他作者 is a list", parts: submitted({ otherAuthors: "冼霏霏、王翊霏" }), finds: [] },
    {
      name: "a placeholder is nobody",
      parts: submitted({ ...author(2, "无", "无", "无"), otherAuthors: "/" }),
      finds: [],
    },
  ],
};

export const authorTables: readonly RuleTable[] = [count, lookalike, firstLimit, totalLimit, repeated, identity, cell];
