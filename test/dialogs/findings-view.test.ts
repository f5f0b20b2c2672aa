import { describe, expect, test } from "vitest";
import { ningxia2025 } from "../../apps-script/core/notice/ningxia-2025.ts";
import type { Finding } from "../../apps-script/core/rules/rule.ts";
import { buildFindingsView } from "../../apps-script/dialogs/findings-view.ts";

const finding = (rest: Partial<Finding>): Finding => ({
  code: "TEXT-SECTION",
  severity: "error",
  sheet: "案例",
  row: 4,
  column: "总字数",
  id: "NX-1",
  nominator: "兴庆区教育局",
  message: "超过限制。",
  article: "附件5",
  ...rest,
});
const build = (findings: readonly Finding[], unit = "") =>
  buildFindingsView(findings, {
    unit,
    checkedAt: "2025-10-20 09:31:08",
    columnOf: (f) => f.column.length,
    notice: ningxia2025,
  });

describe("buildFindingsView", () => {
  test("keeps every member of a finding and adds the position of its column", () => {
    expect(build([finding({})])).toMatchObject({
      unit: "",
      checkedAt: "2025-10-20 09:31:08",
      counts: { error: 1, warning: 0, info: 0 },
      left: 0,
      findings: [
        {
          code: "TEXT-SECTION",
          severity: "error",
          sheet: "案例",
          row: 4,
          column: 3,
          columnLabel: "总字数",
          id: "NX-1",
          nominator: "兴庆区教育局",
          message: "超过限制。",
          article: "附件5",
        },
      ],
    });
  });

  test.for([
    { name: "all", unit: "", ids: ["a", "b", "c", "d"], warning: 2 },
    { name: "one unit", unit: "贺兰县教育局", ids: ["b", "d"], warning: 1 },
    { name: "two units of one officer", unit: "贺兰县教育局、云帆实验学校", ids: ["b", "c", "d"], warning: 2 },
    { name: "a unit without findings", unit: "同心县教育局", ids: [], warning: 0 },
  ])("units: $name", ({ unit, ids, warning }) => {
    const view = build(
      [
        finding({ id: "a" }),
        finding({ id: "b", nominator: "贺兰县教育局" }),
        finding({ id: "c", nominator: "云帆实验学校", severity: "warning" }),
        finding({ id: "d", nominator: "贺兰县教育局", severity: "warning" }),
      ],
      unit,
    );
    expect(view.findings.map((f) => f.id)).toEqual(ids);
    expect(view.counts.warning).toBe(warning);
  });

  test("describes the rules that found something, and no other", () => {
    const { rules } = build([finding({}), finding({ code: "UNIT-SEAL" }), finding({ code: "NOT-A-RULE" })]);
    expect(Object.keys(rules).sort()).toEqual(["TEXT-SECTION", "UNIT-SEAL"]);
    expect(rules["TEXT-SECTION"]!.name).toBe("单项字数超限");
    expect(rules["TEXT-SECTION"]!.remedy).toMatch(/[\u4e00-\u9fff]/);
  });

  test("leaves out the last of too many and counts them all", () => {
    const view = build([
      ...Array.from({ length: 5_000 }, () => finding({})),
      ...Array.from({ length: 7 }, () => finding({ severity: "info", code: "UNIT-SEAL" })),
    ]);
    expect(view.findings).toHaveLength(5_000);
    expect(view.left).toBe(7);
    expect(view.counts).toEqual({ error: 5_000, warning: 0, info: 7 });
    expect(view.findings.every((f) => f.severity === "error")).toBe(true);
  });
});
