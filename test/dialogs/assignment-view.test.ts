import { describe, expect, test } from "vitest";
import type { ReviewPlan } from "../../apps-script/core/panel/review-plan.ts";
import { buildAssignmentView } from "../../apps-script/dialogs/assignment-view.ts";

const stages = ["小学", "初中", "高中"];

function plan(experts: readonly (readonly [stage: string, load: number])[]): ReviewPlan {
  return {
    result: {
      reviews: 3,
      seed: 7,
      pairs: [],
      experts: experts.map(([stage, load], i) => ({
        id: `E${i}`,
        account: `${i}`,
        nominator: "云帆实验学校",
        stage,
        load,
      })),
      unfilled: [{ submission: "NX-1", missing: 2, reason: "专家不足。" }],
      moved: 4,
      suspected: {
        pairs: [{ submission: "NX-1", expert: "E0", reason: "疑似同名：作者“某”与专家 E0 某" }],
        cleared: [],
        missing: 2,
      },
    },
    patch: { sheets: [] },
    facts: {
      fieldMismatch: 1,
      fieldMismatchFloor: 0,
      loaded: 3,
      oneField: 2,
      sharedMax: 2,
      sharedSd: 0.5,
      groups: 1,
      components: 1,
      submissions: 10,
      added: 20,
      kept: 6,
      gaveWay: 1,
      proved: true,
    },
    quality: ["最优性证书：成立。"],
    gaps: [],
    shortages: ["小学：1 个案例共缺 2 人次评审。"],
    certificate: { submissions: [], experts: [] },
    suspicion: ["疑似回避：1 对。"],
    difference: ["－ NX-1 E1"],
    notes: ["请核对。"],
  };
}

describe("buildAssignmentView", () => {
  test("carries the facts of the plan", () => {
    expect(buildAssignmentView(plan([["小学", 3]]), "digest", stages)).toEqual({
      token: "digest",
      reviews: 3,
      seed: 7,
      submissions: 10,
      experts: 1,
      kept: 6,
      added: 20,
      moved: 4,
      loads: [{ stage: "小学", bars: [{ load: 3, experts: 1 }] }],
      shortages: ["小学：1 个案例共缺 2 人次评审。"],
      unfilled: [{ submission: "NX-1", missing: 2, reason: "专家不足。" }],
      suspected: 1,
      suspicion: ["疑似回避：1 对。", "NX-1 × E0：疑似同名：作者“某”与专家 E0 某"],
      quality: ["最优性证书：成立。"],
      notes: ["－ NX-1 E1", "请核对。"],
    });
  });

  test.for([
    { name: "nobody", experts: [], loads: [] },
    {
      name: "loads ascend, equal ones are counted together",
      experts: [
        ["小学", 10],
        ["小学", 9],
        ["小学", 10],
      ],
      loads: [
        {
          stage: "小学",
          bars: [
            { load: 9, experts: 1 },
            { load: 10, experts: 2 },
          ],
        },
      ],
    },
    {
      name: "stages stand as in the notice, whoever comes first",
      experts: [
        ["高中", 1],
        ["初中", 2],
        ["小学", 3],
      ],
      loads: [
        { stage: "小学", bars: [{ load: 3, experts: 1 }] },
        { stage: "初中", bars: [{ load: 2, experts: 1 }] },
        { stage: "高中", bars: [{ load: 1, experts: 1 }] },
      ],
    },
    {
      name: "experts without a stage come last",
      experts: [
        ["", 0],
        ["高中", 1],
      ],
      loads: [
        { stage: "高中", bars: [{ load: 1, experts: 1 }] },
        { stage: "未填学段", bars: [{ load: 0, experts: 1 }] },
      ],
    },
  ] as const)("loads: $name", ({ experts, loads }) => {
    expect(buildAssignmentView(plan(experts), "", stages).loads).toEqual(loads);
  });
});
