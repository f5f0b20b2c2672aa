import { describe, expect, test } from "vitest";
import { readPriorWinners } from "../../../apps-script/core/award/prior-winners.ts";
import { readAward } from "../../../apps-script/core/award/read-award.ts";
import { buildPriorPage } from "../../../apps-script/core/evidence/prior-page.ts";
import { planPrior } from "../../../apps-script/core/import/plan-prior.ts";
import { ningxia2025 } from "../../../apps-script/core/notice/ningxia-2025.ts";
import { composeSection } from "../../generator/prose.ts";
import { makeRandom } from "../../generator/random.ts";
import { makeSnapshot } from "../award-builder.ts";
import { csv } from "../import/import-inputs.ts";
import { applyPatch } from "../in-memory-workbook.ts";

const random = makeRandom(17);
const [copied, own] = [composeSection(random, 900), composeSection(random, 500)];
const list = csv("名单.csv", [
  ["案例名称", "作者", "奖项", "正文"],
  ["旧<案例>", "温虚构", "一等奖", `${own}${copied}`],
  ["别的案例", "章虚构", "一等奖", composeSection(random, 900)],
]);
const start = makeSnapshot({ texts: [{ process: `${copied}${composeSection(random, 300)}` }] });
const snapshot = applyPatch(start, planPrior(start, [list], 2023, ningxia2025).patch);
const award = readAward(snapshot, ningxia2025);
const prior = readPriorWinners(snapshot);

describe("the page beside earlier winners", () => {
  test("shows what both texts say, marked, and no other winner", () => {
    const { html, pairs, missing } = buildPriorPage(award, prior, [list]);
    expect([pairs, missing]).toEqual([1, []]);
    expect(html).toContain("旧&lt;案例&gt;");
    expect(html).toContain("2023 年一等奖");
    const marked = [...html.matchAll(/<mark>([^<]*)<\/mark>/g)].map(([, text]) => text ?? "");
    expect(marked.filter((text) => text.includes(copied.slice(10, 200))).length).toBe(4);
    expect(html).not.toContain("别的案例");
  });

  test("tells the winner whose text the files do not hold", () => {
    const { pairs, missing, html } = buildPriorPage(award, prior, [
      csv("名单.csv", [
        ["案例名称", "作者"],
        ["旧<案例>", "温虚构"],
      ]),
    ]);
    expect([pairs, missing]).toEqual([0, ["2023 年一等奖“旧<案例>”"]]);
    expect(html).toContain("没有与本届相近的案例的正文");
  });
});
