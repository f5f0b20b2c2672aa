import { describe, expect, test } from "vitest";
import { judgeAward } from "../../../apps-script/core/check/judge.ts";
import { ningxia2025 } from "../../../apps-script/core/notice/ningxia-2025.ts";
import { makeSnapshot } from "../award-builder.ts";

const codes = (expertsMoved: boolean) => {
  const snapshot = makeSnapshot({ experts: [], liaisons: [], submissions: [{ priorAward: "是" }] });
  return new Set(judgeAward(snapshot, ningxia2025, { expertsMoved }).findings.map((finding) => finding.code));
};

describe("a check after the experts were moved", () => {
  test("leaves the rules about 专家 out and no others", () => {
    const [before, after] = [codes(false), codes(true)];
    expect(before).toContain("EXPERT-COUNT");
    expect([...before].filter((code) => !after.has(code)).every((code) => code.startsWith("EXPERT-"))).toBe(true);
    expect(after).toEqual(new Set([...before].filter((code) => !code.startsWith("EXPERT-"))));
    expect(after).toContain("LIAISON-COUNT");
  });
});
