import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { planReview } from "../../../apps-script/core/panel/assign.ts";
import { reviewersSheet } from "../../../apps-script/core/schema/review.ts";
import { emptySnapshot } from "../../../apps-script/core/workbook/port.ts";
import { type AwardParts, directSchool, type ExpertRow, type SubmissionRow, validExpert } from "../award-builder.ts";
import { applyPatch, typeCell } from "../in-memory-workbook.ts";
import { jinfeng, notice, recommendedSubmission, shapotou, shared, units, yinchuan } from "../review-fixture.ts";

/** 兴庆区's, 小学. */
const submission = (changes: SubmissionRow = {}): SubmissionRow => ({
  ...recommendedSubmission(1),
  id: "A002",
  stage: "小学",
  field: "教学革新",
  track: "城市",
  "author1.name": "穆清辛",
  "author1.unit": "兴庆区第三小学",
  ...changes,
});
const expert = (changes: ExpertRow = {}): ExpertRow => ({
  ...validExpert(3, "同心县教育局", "小学"),
  name: "齐苒珂",
  unit: "同心县第九小学",
  account: "qi-09",
  ...changes,
});

/** One expert for one submission, or for the first of several. */
function assign(parts: Partial<AwardParts> & { submissions: SubmissionRow[]; experts: ExpertRow[] }) {
  return planReview(shared(parts), undefined, notice, { reviews: 1 });
}

interface Case {
  readonly name: string;
  readonly submission?: SubmissionRow;
  readonly others?: readonly SubmissionRow[];
  readonly expert?: ExpertRow;
  readonly settings?: Record<string, string>;
  readonly units?: AwardParts["units"];
  /** What the reason says; undefined where the pair is made. */
  readonly apart?: string;
}

const second = (name: string, unit: string, account: string | null): SubmissionRow => ({
  "author2.name": name,
  "author2.unit": unit,
  "author2.account": account,
  "author2.role": "教师",
});

const names: readonly Case[] = [
  { name: "nobody's name" },
  {
    name: "another unit, another account",
    submission: second("齐苒珂", "兴庆区第五小学", "other-1"),
    apart: "疑似同名",
  },
  { name: "no account", submission: second("齐苒珂", "兴庆区第五小学", null), apart: "疑似同名" },
  { name: "in 其他作者", submission: { otherAuthors: "穆清壬、齐苒珂" }, apart: "疑似同名：作者“齐苒珂”" },
  { name: "the first author", submission: { "author1.name": "齐苒珂" }, apart: "疑似同名" },
  { name: "with spaces and dots", submission: second("齐 苒·珂", "兴庆区第五小学", "o"), apart: "疑似同名" },
  { name: "a longer name", submission: second("齐苒珂娜", "兴庆区第五小学", "o") },
  { name: "参数 says 否", submission: { otherAuthors: "齐苒珂" }, settings: { 疑似回避: "否" } },
  { name: "both are told", submission: { otherAuthors: "齐苒珂" }, apart: "与专家 E001 齐苒珂（同心县第九小学）" },
];

const schools: readonly Case[] = [
  {
    name: "兴庆三小",
    expert: { unit: "兴庆三小" },
    apart: "疑似同校：作者单位“兴庆区第三小学”与专家 E001 齐苒珂的单位“兴庆三小”",
  },
  {
    name: "a campus",
    submission: { "author1.unit": "兴庆区第3小学（东校区）" },
    expert: { unit: "银川市兴庆三小" },
    apart: "疑似同校",
  },
  { name: "another district", submission: { "author1.unit": "金凤区第三小学" }, expert: { unit: "兴庆三小" } },
  { name: "another number", expert: { unit: "兴庆区第十三小学" } },
  { name: "another kind", expert: { unit: "兴庆三中" } },
  {
    name: "the place left out, in the nominator's",
    submission: { "author1.unit": "三小" },
    expert: { unit: "兴庆区第三小学" },
    apart: "疑似同校",
  },
  { name: "the place left out, elsewhere", submission: { "author1.unit": "三小" }, expert: { unit: "第3小学" } },
  { name: "the same to the letter is certain", expert: { unit: "兴庆区第三小学" }, apart: "本人单位与作者单位相同" },
  {
    name: "the direct school that nominates",
    submission: { nominator: "厅直属第一示例学校", track: null, "author1.unit": "示例附属园" },
    expert: { unit: "宁夏第一示例学校（南校区）" },
    apart: "疑似同校：推荐单位“厅直属第一示例学校”",
  },
  {
    name: "an alias of the author's own school",
    submission: { "author1.unit": "第一示例学校" },
    expert: { unit: "厅直属第一示例学校" },
    apart: "本人单位与作者单位相同",
  },
  { name: "参数 says 否", expert: { unit: "兴庆三小" }, settings: { 疑似回避: "否" } },
];

const declared: readonly Case[] = [
  { name: "an author's name", expert: { conflicts: "穆清辛" }, apart: "本人声明回避" },
  { name: "a school as it is written", expert: { conflicts: "兴庆区第三小学" }, apart: "本人声明回避" },
  {
    name: "a school in other words",
    expert: { conflicts: "兴庆三小" },
    apart: "疑似声明回避：专家 E001 齐苒珂声明的“兴庆三小”与作者单位“兴庆区第三小学”",
  },
  { name: "the bureau in other words", expert: { conflicts: "兴庆区教体局" }, apart: "本人声明回避" },
  { name: "another school", expert: { conflicts: "兴庆四小" } },
  { name: "another number", expert: { conflicts: "A0-02" } },
];

const group: readonly Case[] = [
  {
    name: "a namesake elsewhere bars the case alone",
    others: [submission({ id: "A008", otherAuthors: "齐苒珂", "author1.account": "x8" })],
  },
  {
    name: "of the same school in other words",
    others: [submission({ id: "A008", "author1.account": "x8", ...second("齐苒珂", "同心九小", "o") })],
    apart: "疑似同组作者：同组案例 A008 的作者“齐苒珂”",
  },
  {
    name: "in 其他作者 of the expert's own bureau",
    others: [submission({ id: "A008", nominator: "同心县教育局", otherAuthors: "齐苒珂", "author1.account": "x8" })],
    apart: "疑似同组作者",
  },
  {
    name: "in another group",
    others: [submission({ id: "A008", track: "乡村", "author1.account": "x8", ...second("齐苒珂", "同心九小", "o") })],
  },
];

const hierarchy: readonly Case[] = [
  ["银川市", "640104"],
  ["银川市教育体育局", "XQ"],
  ["银川", "XQ"],
  ["", "640104"],
  ["银州市", "640104"],
].map(([parent, code]) => ({
  name: `上级单位 “${parent}”, 单位代码 ${code}`,
  units: [
    { ...yinchuan, aliases: null },
    ...units.slice(1).map((u) => (u.name === "兴庆区教育局" ? { ...u, parent: parent!, code: code! } : u)),
  ],
  expert: { nominator: "银川市教育局", unit: "银川市教研室" },
  apart: "推荐单位为上下级",
}));

describe.for([
  { title: "疑似同名", cases: names },
  { title: "疑似同校", cases: schools },
  { title: "回避声明", cases: declared },
  { title: "疑似同组作者", cases: group },
  { title: "上下级", cases: hierarchy },
])("$title", ({ cases }) => {
  test.for(cases)("$name", ({ submission: changes, others = [], expert: about, settings = {}, units: own, apart }) => {
    const { result } = assign({
      submissions: [submission(changes), ...others],
      experts: [expert(about)],
      settings,
      ...(own ? { units: own } : {}),
    });
    const reason = result.unfilled.find((u) => u.submission === "A002")?.reason;
    expect(result.pairs.some((p) => p.submission === "A002")).toBe(apart === undefined);
    if (apart === undefined) expect(reason).toBeUndefined();
    else expect(reason).toContain(apart.replace(/^(疑似[^：]+)：/, "$1 1 名（"));
  });
});

describe("what it comes to", () => {
  const parts = { submissions: [submission({ otherAuthors: "齐苒珂" })], experts: [expert()] };
  const pair = {
    submission: "A002",
    expert: "E001",
    reason: "疑似同名：作者“齐苒珂”与专家 E001 齐苒珂（同心县第九小学）",
  };

  test("a review that is missing for this reason alone", () => {
    const plan = assign(parts);
    expect(plan.result.suspected).toEqual({ pairs: [pair], cleared: [], missing: 1 });
    expect(plan.suspicion).toEqual([expect.stringMatching(/1 对.*疑似同名 1 对.*少了 1 人次.*不回避.*疑似回避/)]);
  });

  test("another takes the case: nothing is missing", () => {
    const other = expert({
      name: "薛屿禾",
      account: "x",
      phone: "13800000001",
      nominator: shapotou.name!,
      unit: "沙坡头区第一小学",
    });
    const plan = assign({ ...parts, experts: [expert(), other] });
    expect(plan.result.suspected).toEqual({
      pairs: [{ ...pair, expert: expect.any(String), reason: expect.any(String) }],
      cleared: [],
      missing: 0,
    });
    expect(plan.suspicion[0]).toContain("没有案例因此缺专家");
  });

  test("missing for another reason too is not counted", () => {
    const plan = assign({ ...parts, experts: [expert({ stage: "初中" })] });
    expect(plan.result.suspected).toEqual({ pairs: [], cleared: [], missing: 0 });
    expect(plan.suspicion).toEqual([]);
  });

  const column = reviewersSheet.columns.findIndex(({ key }) => key === "cleared") + 1;
  test.for([
    { typed: "A002", passes: true },
    { typed: "ａ００２、A9", passes: true },
    { typed: "A003", passes: false },
    { typed: "", passes: false },
  ])("不回避 “$typed” lets it pass: $passes", ({ typed, passes }) => {
    const award = shared(parts);
    const review = applyPatch(emptySnapshot, planReview(award, undefined, notice, { reviews: 1 }).patch);
    const { result, suspicion } = planReview(award, typeCell(review, "评审专家", 2, column, typed), notice, {
      reviews: 1,
    });
    expect(result.pairs).toEqual(passes ? [{ submission: "A002", expert: "E001" }] : []);
    expect(result.suspected[passes ? "cleared" : "pairs"]).toEqual([pair]);
    expect(suspicion[0]).toContain(passes ? "放行" : "1 对");
  });

  test("不回避 lets nothing certain pass", () => {
    const award = shared({ ...parts, experts: [expert({ conflicts: "A002" })] });
    const review = applyPatch(emptySnapshot, planReview(award, undefined, notice, { reviews: 1 }).patch);
    const { result } = planReview(award, typeCell(review, "评审专家", 2, column, "A002"), notice, { reviews: 1 });
    expect(result.pairs).toEqual([]);
  });
});

/** Names and schools as people may write them, and who and what they are. */
const people = ["薛屿禾", "谭予宸", "邹阑栩", "廖钰昀"].map((name) => ({
  name,
  spellings: [name, `${name[0]} ${name.slice(1)}`, `${name[0]}·${name.slice(1)}`],
}));
const districts = ["兴庆", "金凤", "同心", "沙坡头"];
const numerals = ["", "一", "二", "三"];
const schoolSpellings = (district: string, n: number) => {
  const full = `${district}${district === "同心" ? "县" : "区"}`;
  return [
    `${full}第${numerals[n]}小学`,
    `${district}${numerals[n]}小`,
    `${full}第${n}小学（东校区）`,
    `${full}${numerals[n]}小`,
  ];
};
const school = fc.record({
  district: fc.constantFrom(...districts),
  number: fc.constantFrom(1, 2, 3),
  spelling: fc.nat(3),
});
const person = fc.record({ who: fc.nat(people.length - 1), spelling: fc.nat(2) });
const nominators = ["兴庆区教育局", jinfeng.name!, "同心县教育局", shapotou.name!, directSchool.name!];

test("no pair of a plan shares a name or a school, however written, whatever the order of the rows", () => {
  fc.assert(
    fc.property(
      fc.array(fc.record({ by: fc.nat(3), author: person, other: fc.option(person), school }), {
        minLength: 3,
        maxLength: 6,
      }),
      fc.array(fc.record({ by: fc.nat(4), person, school }), { minLength: 4, maxLength: 8 }),
      (cases, asked) => {
        const nameOf = ({ who, spelling }: { who: number; spelling: number }) => people[who]!.spellings[spelling]!;
        const unitOf = (s: { district: string; number: number; spelling: number }) =>
          schoolSpellings(s.district, s.number)[s.spelling]!;
        const submissions = cases.map((c, i) =>
          submission({
            id: `A${i}`,
            title: `课堂改进探索${i}`,
            nominator: nominators[c.by]!,
            "author1.name": nameOf(c.author),
            "author1.unit": unitOf(c.school),
            "author1.account": `author-${i}`,
            otherAuthors: c.other && c.other.who !== c.author.who ? nameOf(c.other) : null,
          }),
        );
        const experts = asked.map((e, i) =>
          expert({
            nominator: nominators[e.by]!,
            name: nameOf(e.person),
            unit: unitOf(e.school),
            account: `expert-${i}`,
            phone: `1390000000${i}`,
          }),
        );
        const { result } = assign({ submissions, experts });
        for (const { submission: id, expert: number } of result.pairs) {
          const about = cases[Number(id.slice(1))]!;
          const account = result.experts.find((e) => e.id === number)!.account;
          const of = asked[Number(account.slice(7))]!;
          expect(of.person.who).not.toBe(about.author.who);
          if (about.other) expect(of.person.who).not.toBe(about.other.who);
          expect(`${of.school.district}${of.school.number}`).not.toBe(`${about.school.district}${about.school.number}`);
        }
        const turned = assign({ submissions: [...submissions].reverse(), experts: [...experts].reverse() });
        expect(turned.result).toEqual(result);
      },
    ),
    { numRuns: 60 },
  );
});
