import { describe, expect, test } from "vitest";
import { planReview } from "../../../apps-script/core/panel/assign.ts";
import { type ExpertRow, type UnitRow, validExpert } from "../award-builder.ts";
import { defaultExperts, notice, recommendedSubmission, shapotou, shared, units } from "../review-fixture.ts";

const isSenior = (expert: ExpertRow) => expert.stage === "高中";
const ofSenior = (change: (expert: ExpertRow, unit: string) => ExpertRow[]) => () =>
  defaultExperts().flatMap((expert) => (isSenior(expert) ? change(expert, String(expert.nominator)) : [expert]));

/** The award with that many more senior experts, each of a new unit. */
function awardWith(experts: readonly ExpertRow[], more: number) {
  const added: UnitRow[] = Array.from({ length: more }, (_, i) => ({
    ...shapotou,
    code: `64999${i}`,
    name: `新设第${i}区教育局`,
    aliases: `新设第${i}区`,
    parent: "",
  }));
  const joining = added.map((unit, i) => ({
    ...validExpert(500 + i, String(unit.name), "高中"),
    unit: `新设第${i}区学校`,
  }));
  return shared({ units: [...units, ...added], experts: [...experts, ...joining] });
}

describe("why seniors lack experts, from the tables to the words, and the change that ends it", () => {
  const seniorIds = Array.from({ length: 40 }, (_, i) => recommendedSubmission(i))
    .filter((s) => s.stage === "高中")
    .map((s) => String(s.id))
    .join("、");

  test.for<{ name: string; experts: () => ExpertRow[]; told: RegExp }>([
    {
      name: "nobody of the stage",
      experts: ofSenior(() => []),
      told: /^高中：9 个案例共缺 18 人次评审；回避后每案仅余 2 名专家、来自 1 个推荐单位/m,
    },
    {
      name: "experts of one unit only",
      experts: ofSenior((expert, unit) => (unit === "沙坡头区教育局" ? [expert] : [])),
      told: /^高中：9 个案例共缺 9 人次评审；回避后每案仅余 7 名专家、来自 2 个推荐单位/m,
    },
    {
      name: "withdrawn",
      experts: ofSenior((expert, unit) => [unit === "沙坡头区教育局" ? expert : { ...expert, status: "退出" }]),
      told: /^高中：9 个案例共缺 9 人次评审；回避后每案仅余 7 名专家、来自 2 个推荐单位/m,
    },
    {
      name: "declared conflicts with every submission",
      experts: ofSenior((expert) => [{ ...expert, conflicts: seniorIds }]),
      told: /^高中：\d+ 个案例共缺 \d+ 人次评审；回避后每案仅余 2 名专家/m,
    },
  ])("$name", ({ experts, told }) => {
    const rows = experts();
    const { shortages } = planReview(awardWith(rows, 0), undefined, notice);
    expect(shortages.join("\n")).toMatch(told);
    const senior = shortages.find((text) => text.includes("高中"))!;
    const count = Number(/至少再增 (\d+) 个单位的 \d+ 名高中专家/.exec(senior)?.[1]);
    expect(planReview(awardWith(rows, count), undefined, notice).shortages).toEqual([]);
    expect(planReview(awardWith(rows, count - 1), undefined, notice).shortages).not.toEqual([]);
  });
});
