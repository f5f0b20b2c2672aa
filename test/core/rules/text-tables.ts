import { tongxin, xingqing } from "../award-builder.ts";
import { noCounts, prose, type RuleTable, submitted, written } from "./rule-table.ts";

const full = { summary: prose(500), innovation: prose(500), process: prose(2000), application: prose(500) };

const section: RuleTable = {
  code: "TEXT-SECTION",
  cases: [
    { name: "every section at its limit", parts: written(full), finds: [] },
    ...(
      [
        ["summary", "案例概要", 501],
        ["innovation", "特色与创新点", 501],
        ["process", "研究和实践过程", 2001],
        ["application", "应用情况及推广价值", 501],
      ] as const
    ).map(([key, label, words]) => ({
      name: `${key} one over`,
      parts: written({ summary: "短", [key]: prose(words) }),
      finds: [{ at: `正文!2 ${label}`, says: [`${words} 字`, `限 ${words - 1} 字`] }],
    })),
    {
      name: "two sections over, two findings",
      parts: written({ summary: prose(600), application: prose(700) }),
      finds: [{ at: "正文!2 案例概要" }, { at: "正文!2 应用情况及推广价值" }],
    },
    { name: "doubtful marks do not push it over", parts: written({ summary: `${prose(500)}——“”……` }), finds: [] },
    {
      name: "an expression of other characters is one word",
      parts: written({ summary: `${prose(499)}35.6%` }),
      finds: [],
    },
    {
      name: "no text: judged by the 字数 columns",
      parts: submitted({ wordsSummary: 501, wordsProcess: "2000" }),
      finds: [{ at: "案例!2 概要字数", says: ["501 字"] }],
    },
    {
      name: "text first, 字数 second",
      parts: written({ summary: prose(480) }, { wordsSummary: 600 }),
      finds: [],
      also: ["TEXT-COUNT-MISMATCH"],
    },
    {
      name: "hard in every field",
      parts: submitted({ field: "评价改革", wordsProcess: 2001 }),
      finds: [{ at: "案例!2 过程字数" }],
    },
  ],
};

const total: RuleTable = {
  code: "TEXT-TOTAL",
  cases: [
    { name: "3500 in all", parts: written(full, { field: "评价改革" }), finds: [] },
    {
      name: "3501 in evaluation",
      parts: written({ ...full, process: prose(2001) }, { field: "评价改革" }),
      finds: [{ at: "案例!2 总字数", severity: "error", says: ["3501 字", "评价改革", "超出 1 字"] }],
      also: ["TEXT-SECTION"],
    },
    ...["教学革新", "教研创新", "教育治理升级"].map((field) => ({
      name: `3501 in ${field}`,
      parts: written({ ...full, process: prose(2001) }, { field }),
      finds: [{ at: "案例!2 总字数", severity: "warning" as const, says: ["原则上"] }],
      also: ["TEXT-SECTION"],
    })),
    { name: "the 总字数 cell at the limit", parts: submitted({ wordsTotal: 3500 }), finds: [] },
    {
      name: "the 总字数 cell over",
      parts: submitted({ wordsTotal: 3501 }),
      finds: [{ at: "案例!2 总字数", severity: "warning" }],
    },
    {
      name: "no 总字数: the sections are added up",
      parts: submitted({ wordsTotal: null, wordsProcess: 2400, wordsSummary: 500 }),
      finds: [{ at: "案例!2 总字数", severity: "warning", says: ["3700 字"] }],
      also: ["TEXT-SECTION"],
    },
  ],
};

/** 200 different characters; 100 of them make 93 shingles of eight. */
const shared = Array.from({ length: 200 }, (_, i) => String.fromCodePoint(0x5000 + i * 3)).join("");
const other = Array.from({ length: 200 }, (_, i) => String.fromCodePoint(0x7000 + i * 3)).join("");

const two = (first: string, second: string, settings = {}) => ({
  units: [xingqing, tongxin],
  submissions: [noCounts, { ...noCounts, nominator: tongxin.name ?? null }],
  texts: [
    { id: "A001", process: first },
    { id: "A002", nominator: tongxin.name ?? null, process: second },
  ],
  settings,
});

const duplicate: RuleTable = {
  code: "TEXT-DUPLICATE",
  cases: [
    { name: "unrelated texts", parts: two(shared, other), finds: [] },
    {
      name: "equal up to spaces and punctuation",
      parts: two(shared, [...shared].join("， ")),
      finds: [
        { at: "正文!2 案例编号", says: ["A002（同心县教育局）", "100%"] },
        { at: "正文!3 案例编号", says: ["A001（兴庆区教育局）", "100%"] },
      ],
    },
    {
      // 193 shingles; the half of the text shares 93 of them: 93 / 193 = 0.48.
      name: "under the threshold",
      parts: two(shared, shared.slice(0, 100)),
      finds: [],
    },
    {
      name: "参数 lowers the threshold",
      parts: two(shared, shared.slice(0, 100), { 文本雷同阈值: 0.48 }),
      finds: [{ at: "正文!2 案例编号", says: ["48%"] }, { at: "正文!3 案例编号" }],
    },
    {
      name: "one submission on two rows is no other submission",
      parts: {
        submissions: [noCounts, { ...noCounts, id: "A001" }],
        texts: [{ process: shared }, { process: shared }],
      },
      finds: [],
      also: ["SUB-ID-DUPLICATE"],
    },
    { name: "texts too short to compare", parts: two("课堂实践", "课堂实践"), finds: [] },
  ],
};

const countMismatch: RuleTable = {
  code: "TEXT-COUNT-MISMATCH",
  cases: [
    { name: "2 % off", parts: written({ summary: prose(500) }, { wordsSummary: 490, wordsTotal: 510 }), finds: [] },
    {
      name: "more than 2 % off",
      parts: written({ summary: prose(500) }, { wordsSummary: 489, wordsTotal: 511 }),
      finds: [
        { at: "案例!2 概要字数", says: ["489", "500 字"] },
        { at: "案例!2 总字数", says: ["511", "500 字"] },
      ],
    },
    {
      name: "between the two counts of the doubtful marks",
      parts: written({ summary: `${prose(90)}${"“”".repeat(5)}` }, { wordsSummary: 95 }),
      finds: [],
    },
    { name: "empty cells", parts: written({ summary: prose(100) }), finds: [] },
    {
      name: "a count for a section that is not there",
      parts: written({ summary: prose(100) }, { wordsProcess: 1500 }),
      finds: [{ at: "案例!2 过程字数", says: ["1500", "0 字"] }],
    },
  ],
};

const orphan: RuleTable = {
  code: "TEXT-ORPHAN",
  cases: [
    { name: "the text of a submission", parts: written({ id: " Ａ001", summary: "课堂" }), finds: [] },
    {
      name: "an unknown id",
      parts: { texts: [{ id: "A999", summary: "课堂" }] },
      finds: [{ at: "正文!2 案例编号", says: ["A999", "兴庆区教育局"] }],
    },
    {
      name: "the id of another unit's submission",
      parts: { units: [xingqing, tongxin], texts: [{ nominator: tongxin.name ?? null, summary: "课堂" }] },
      finds: [{ at: "正文!2 案例编号", says: ["同心县教育局"] }],
    },
    {
      name: "a second text of one submission",
      parts: { submissions: [noCounts], texts: [{ summary: "课堂" }, { summary: "教研" }] },
      finds: [{ at: "正文!3 案例编号", says: ["只保留一行"] }],
    },
  ],
};

const missing: RuleTable = {
  code: "TEXT-MISSING",
  cases: [
    { name: "no text, no 字数", parts: submitted(noCounts), finds: [{ at: "案例!2 总字数", says: ["正文", "导入"] }] },
    { name: "text without 字数", parts: written({ summary: "课堂" }), finds: [] },
    { name: "one 字数 cell", parts: submitted({ ...noCounts, wordsSummary: 300 }), finds: [] },
    {
      name: "a row of 正文 with nothing in it",
      parts: written({ title: "以学情诊断改进课堂的实践（之1）", summary: " " }),
      finds: [{ at: "案例!2 总字数" }],
    },
  ],
};

export const textTables: readonly RuleTable[] = [section, total, duplicate, countMismatch, orphan, missing];
