/** The tables of the accuracy benchmark, as Markdown. */
import type { ArbitrationRule } from "../../apps-script/core/award/settings.ts";
import { arbitrationRules as arbitrationLabels } from "../../apps-script/core/schema/choices.ts";
import {
  type Design,
  type Method,
  measureAccuracy,
  measureCoverage,
  measureProbabilities,
  methods,
  region,
} from "./accuracy.ts";
import { arbitrationRules, measureArbitration } from "./arbitration.ts";

const ruleLabels: Record<ArbitrationRule, string> = { ...arbitrationLabels, higherTwo: "0.1.0 的规则" };

const labels: Record<Method, string> = {
  mean: "平均分",
  median: "中位数",
  zScore: "标准化分",
  calibrated: "校准分",
  robust: "稳健校准分",
};

const designs: readonly { readonly name: string; readonly design: Design }[] = [
  { name: "每案 3 人，宽严标准差 4 分", design: region },
  { name: "每案 5 人，宽严标准差 4 分", design: { ...region, perSubmission: 5 } },
  { name: "每案 3 人，宽严标准差 2 分", design: { ...region, severity: 2 } },
  { name: "每案 3 人，没有宽严差异", design: { ...region, severity: 0 } },
  { name: "每案 3 人，专家 4 人一群互不相连", design: { ...region, block: 4 } },
  { name: "每案 3 人，专家 23 人一群互不相连", design: { ...region, block: 23 } },
  { name: "每案 5 人，5% 的分数离谱", design: { ...region, perSubmission: 5, blunders: 0.05 } },
];

/** Worlds that the model does not expect. */
const harder: typeof designs = [
  { name: "每名专家只有 6 个评分", design: { ...region, submissions: 184 } },
  { name: "每案 2 人", design: { ...region, perSubmission: 2 } },
  { name: "一名专家比别人严 25 分", design: { ...region, extreme: -25 } },
  { name: "只打 5 的倍数", design: { ...region, step: 5 } },
  { name: "波动大于水平差别", design: { ...region, quality: 3, noise: 8 } },
  { name: "宽严标准差 8 分，专家 4 人一群", design: { ...region, severity: 8, block: 4 } },
  { name: "分数挤在上限（约三成打满）", design: { ...region, highest: 80 } },
];

const runs = 5;
/** Ranking groups: four fields, two tracks. */
const groups = 8;
const row = (cells: readonly string[]) => `| ${cells.join(" | ")} |`;
const head = (...cells: string[]) => [row(cells), row(cells.map((_, i) => (i === 0 ? "---" : "---:")))];

/** Simulates for a few seconds. */
export function describeAccuracy(): string {
  const lines = head(
    `${region.submissions} 个案例，${region.reviewers} 名专家，${runs} 次模拟：τ / 前 30% 命中率`,
    ...methods.map((method) => labels[method]),
  );
  for (const { name, design } of designs) {
    const found = measureAccuracy(design, runs);
    const cells = methods.map((method) => `${found[method].tau.toFixed(3)} / ${found[method].precision.toFixed(3)}`);
    lines.push(row([name, ...cells]));
  }
  lines.push("", ...head("所给获奖概率", "案例数", "真正在线上的比例"));
  for (const { from, to, submissions, truly } of measureProbabilities(region, groups, runs)) {
    const band = `${Math.round(from * 100)}–${Math.round(to * 100)}%`;
    lines.push(row([band, String(submissions), `${(truly * 100).toFixed(1)}%`]));
  }
  lines.push(
    "",
    ...head(
      "模型没有料到的情形",
      "τ：平均分",
      "τ：校准分",
      "两倍标准误以内",
      "70–80% 的实际在线上",
      "稳健：两倍标准误以内",
      "稳健：70–80%",
    ),
  );
  for (const { name, design } of [{ name: "对照：每案 3 人，宽严标准差 4 分", design: region }, ...harder]) {
    const { mean, calibrated } = measureAccuracy(design, runs);
    const cells = [false, true].flatMap((robust) => {
      const band = measureProbabilities(design, groups, runs, robust)[7]!;
      return [measureCoverage(design, runs, robust), band.truly].map((share) => `${(share * 100).toFixed(1)}%`);
    });
    lines.push(row([name, mean.tau.toFixed(3), calibrated.tau.toFixed(3), ...cells]));
  }
  return [...lines, "", ...describeArbitration()].join("\n");
}

/** 复评 by each rule. */
function describeArbitration(): string[] {
  const world: Design = { ...region, submissions: 400, reviewers: 40 };
  const [threshold, times] = [20, 12];
  const shares = [0, 0.05, 0.1];
  const lines = head("复评：误差（分）/ 全部案例的 τ", "复评案例", ...arbitrationRules.map((rule) => ruleLabels[rule]));
  for (const perSubmission of [2, 3]) {
    for (const blunders of shares) {
      const { arbitrated, byRule } = measureArbitration({ ...world, perSubmission, blunders }, threshold, times);
      const cells = arbitrationRules.map((rule) => {
        const { error, tau } = byRule.get(rule)!;
        return `${error.toFixed(1)} / ${tau.toFixed(3)}`;
      });
      const name = `每案 ${perSubmission} 人，${blunders === 0 ? "没有离谱的分数" : `${blunders * 100}% 的分数离谱`}`;
      lines.push(row([name, String(arbitrated), ...cells]));
    }
  }
  return lines;
}
