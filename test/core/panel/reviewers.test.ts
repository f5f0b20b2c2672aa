import { describe, expect, test } from "vitest";
import { readAward } from "../../../apps-script/core/award/read-award.ts";
import { gatherExperts, type ReviewExpert } from "../../../apps-script/core/panel/reviewers.ts";
import { readReview } from "../../../apps-script/core/review-book/read-review.ts";
import { blankReviewSnapshot } from "../../../apps-script/core/review-book/review-workbook.ts";
import type { CellValue } from "../../../apps-script/core/workbook/port.ts";
import { directSchool, type ExpertRow, type SubmissionRow, validExpert } from "../award-builder.ts";
import { sheetNamed, typeCell } from "../in-memory-workbook.ts";
import { notice, recommendedSubmission, shared } from "../review-fixture.ts";

const qi = {
  ...validExpert(3, "同心县教育局"),
  name: "齐苒珂",
  account: "qi-09",
  phone: "13900000009",
  unit: "同心九小",
};
const lu = {
  ...validExpert(4, "兴庆区教育局"),
  name: "陆一鸣",
  account: "lu-10",
  phone: "13900000010",
  unit: "兴庆十小",
};

/** @param typed rows of 评审专家 by the labels of the columns */
function gather(
  experts: readonly ExpertRow[],
  typed: readonly Readonly<Record<string, CellValue>>[] = [],
  submissions: readonly SubmissionRow[] = [recommendedSubmission(0)],
) {
  let review = blankReviewSnapshot(notice);
  const header = sheetNamed(review, "评审专家").rows[0] ?? [];
  for (const [i, cells] of typed.entries())
    for (const [label, value] of Object.entries(cells))
      review = typeCell(review, "评审专家", i + 2, header.indexOf(label) + 1, value);
  const award = readAward(shared({ submissions, experts }), notice);
  return gatherExperts(award, readReview(review, notice));
}

const shown = (experts: readonly ReviewExpert[]) =>
  experts.map(({ id, name, nominators }) => `${id} ${name} ${nominators.map((unit) => unit.name).join("、")}`);
const typedQi = {
  专家编号: "E007",
  专家姓名: "齐苒珂",
  教育云账号: "qi-09",
  推荐单位: "同心县教育局",
  单位: "同心九小",
  学段: "小学",
};

describe("whose rows are one person's", () => {
  test.for<{ name: string; experts: ExpertRow[]; typed?: Record<string, CellValue>[]; found: string[] }>([
    {
      name: "two people, numbered by the code of the unit",
      experts: [lu, qi],
      found: ["E001 陆一鸣 兴庆区教育局", "E002 齐苒珂 同心县教育局"],
    },
    {
      name: "one account under two units",
      experts: [qi, { ...qi, nominator: "兴庆区教育局", name: "齐苒柯", phone: null }],
      found: ["E001 齐苒柯 兴庆区教育局、同心县教育局"],
    },
    {
      name: "no account, name and phone of one that has",
      experts: [qi, { ...qi, nominator: "兴庆区教育局", account: null }],
      found: ["E001 齐苒珂 兴庆区教育局、同心县教育局"],
    },
    {
      name: "no account, name and phone of two that have",
      experts: [qi, { ...qi, account: "qi-10" }, { ...qi, nominator: "兴庆区教育局", account: null }],
      found: ["E001 齐苒珂 兴庆区教育局", "E002 齐苒珂 同心县教育局", "E003 齐苒珂 同心县教育局"],
    },
    {
      name: "neither account nor phone: one a unit",
      experts: [qi, { ...qi, nominator: "兴庆区教育局" }].map((row) => ({ ...row, account: null, phone: null })),
      found: ["E001 齐苒珂 兴庆区教育局", "E002 齐苒珂 同心县教育局"],
    },
    {
      name: "placeholders are no account and no phone",
      experts: [qi, lu].map((row) => ({ ...row, account: "无", phone: "无" })),
      found: ["E001 陆一鸣 兴庆区教育局", "E002 齐苒珂 同心县教育局"],
    },
    {
      name: "a row of 评审专家 with the account keeps its number, the next goes on from the highest",
      experts: [lu, { ...qi, name: "齐苒柯", phone: "13900000099" }],
      typed: [{ ...typedQi, 联系电话: "13900000001" }],
      found: ["E007 齐苒珂 同心县教育局", "E008 陆一鸣 兴庆区教育局"],
    },
    {
      name: "a row of 评审专家 with name and phone",
      experts: [qi],
      typed: [{ ...typedQi, 教育云账号: null, 联系电话: "139 0000 0009" }],
      found: ["E007 齐苒珂 同心县教育局"],
    },
    {
      name: "a row typed without a number gets the next",
      experts: [],
      typed: [typedQi, { ...typedQi, 专家编号: null, 教育云账号: "other", 专家姓名: "程又青" }],
      found: ["E007 齐苒珂 同心县教育局", "E008 程又青 同心县教育局"],
    },
    {
      name: "one who has withdrawn before the first assignment gets none",
      experts: [{ ...qi, status: "退出" }],
      found: [],
    },
    {
      name: "withdrawn in one row of two",
      experts: [qi, { ...qi, nominator: "兴庆区教育局", status: "退出" }],
      found: ["E001 齐苒珂 兴庆区教育局、同心县教育局"],
    },
  ])("$name", ({ experts, typed, found }) => expect(shown(gather(experts, typed).experts)).toEqual(found));
});

test.for<{ name: string; expert?: ExpertRow; typed?: Record<string, CellValue>; note: RegExp; left: number }>([
  { name: "no name", expert: { ...qi, name: null }, note: /^“专家”表第 2 行没有专家姓名，/, left: 0 },
  {
    name: "two names",
    expert: { ...qi, name: "齐苒珂、陆一鸣" },
    note: /写了 2 人（齐苒珂、陆一鸣）.*请拆成 2 行/,
    left: 0,
  },
  {
    name: "no unit that is known",
    expert: { ...qi, nominator: "火星教育局" },
    note: /“火星教育局”不在单位表中/,
    left: 0,
  },
  { name: "no own unit", expert: { ...qi, unit: null }, note: /E001（齐苒珂）没有填“单位”/, left: 1 },
  { name: "no stage", expert: { ...qi, stage: "大学" }, note: /学段“大学”未填或无法识别.*“其他”/, left: 1 },
  {
    name: "a limit that is none",
    typed: { ...typedQi, 评审上限: "若干" },
    note: /第 2 行的评审上限“若干”不是 0 或正整数/,
    left: 1,
  },
  {
    name: "a typed unit that is not known",
    typed: { ...typedQi, 推荐单位: "火星教育局" },
    note: /请在“评审专家”表改正/,
    left: 0,
  },
  {
    name: "another phone than in 专家",
    expert: qi,
    typed: { ...typedQi, 联系电话: "13900000001" },
    note: /^E007 的“联系电话”在“评审专家”表第 2 行是“13900000001”，专家表第 2 行是“13900000009”/,
    left: 1,
  },
])("told: $name", ({ expert, typed, note, left }) => {
  const { experts, notes } = gather(expert ? [expert] : [], typed ? [typed] : []);
  expect(notes).toEqual([expect.stringMatching(note)]);
  expect(experts).toHaveLength(left);
});

describe("what is known of an expert", () => {
  const one = (expert: ExpertRow, typed: readonly Record<string, CellValue>[] = [], submissions?: SubmissionRow[]) => {
    const { experts, notes } = gather([expert], typed, submissions);
    expect(notes).toEqual([]);
    return experts[0];
  };

  test("an honest row, and nothing to say of it", () => {
    expect(one({ ...qi, fields: "教学革新、评价改革", conflicts: "A001、同心县" })).toMatchObject({
      ...{ id: "E001", name: "齐苒珂", account: "qi-09", ownUnits: ["同心九小"], stage: "小学", anyStage: false },
      ...{ fields: ["teaching", "evaluation"], capacity: undefined, available: true, declared: ["A001", "同心县"] },
    });
  });

  test("an expert of a school without a stage may review any", () => {
    const row = { ...qi, nominator: directSchool.name ?? null, stage: null };
    expect(one(row)).toMatchObject({ stage: "", anyStage: true });
  });

  test("what the administrator typed: the limit, who may pass, who has withdrawn", () => {
    const typed = { ...typedQi, 评审上限: "１２", 不回避: "a001、A002", 状态: "退出" };
    const found = one(qi, [typed]);
    expect(found).toMatchObject({ capacity: 12, available: false });
    expect([...(found?.cleared ?? [])]).toHaveLength(2);
  });

  test("a ruined account is none, and a placeholder an empty cell", () => {
    expect(one({ ...qi, account: "6.40105E+17" })?.account).toBe("");
    expect(one({ ...qi, account: "无" })).toMatchObject({ account: "", cells: { account: null } });
  });

  test("an author with the account is this expert, and one of the name and unit who has none", () => {
    const author = (account: string | null, unit: string) => [
      { ...recommendedSubmission(0), "author1.name": "齐苒珂", "author1.unit": unit, "author1.account": account },
    ];
    const isAuthor = (submissions: SubmissionRow[]) => {
      const award = readAward(shared({ submissions, experts: [qi] }), notice);
      const persons = one(qi, [], submissions)?.persons ?? new Set();
      return award.submissions.flatMap((s) => s.authors).some(({ person }) => persons.has(person));
    };
    expect(isAuthor(author("QI-09", "另一小学"))).toBe(true);
    expect(isAuthor(author(null, "同心九小"))).toBe(true);
    expect(isAuthor(author(null, "另一小学"))).toBe(false);
    expect(isAuthor(author("qi-77", "同心九小"))).toBe(false);
  });
});
