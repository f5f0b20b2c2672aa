import { describe, expect, test } from "vitest";
import { groupFindings, makeSearch, type Severity } from "../../../apps-script/dialogs/pages/group-findings.ts";
import type { FindingsView, FindingView } from "../../../apps-script/dialogs/views.ts";

const finding = (nominator: string, code: string, severity: Severity, id = ""): FindingView => ({
  severity,
  code,
  sheet: "案例",
  row: 4,
  column: 1,
  columnLabel: "总字数",
  id,
  nominator,
  message: "正文 超过 Limit。",
  article: "附件5",
});
const findings = [
  finding("甲局", "A", "warning", "1"),
  finding("乙局", "A", "error", "2"),
  finding("甲局", "B", "error", "3"),
  finding("甲局", "B", "error", "4"),
  finding("", "C", "info", "5"),
];

describe("groupFindings", () => {
  test.for([
    {
      by: "unit",
      groups: [
        ["甲局", "1 3 4"],
        ["乙局", "2"],
        ["", "5"],
      ],
    },
    {
      by: "rule",
      groups: [
        ["B", "3 4"],
        ["A", "1 2"],
        ["C", "5"],
      ],
    },
  ] as const)("by $by, the worst first", ({ by, groups }) => {
    expect(groupFindings(findings, by).map((g) => [g.key, g.findings.map((f) => f.id).join(" ")])).toEqual(groups);
  });

  test("counts by severity", () => {
    expect(groupFindings(findings, "unit")[0]!.counts).toEqual({ error: 2, warning: 1, info: 0 });
  });
});

describe("makeSearch", () => {
  const view: FindingsView = {
    unit: "",
    checkedAt: "",
    counts: { error: 3, warning: 1, info: 1 },
    findings,
    rules: { B: { name: "没有字幕", finds: "视频没有字幕。", remedy: "配上字幕。" } },
    left: 0,
  };
  const every: readonly Severity[] = ["error", "warning", "info"];
  test.for([
    { name: "everything", ids: "1 2 3 4 5" },
    { name: "one severity", severities: ["warning"], ids: "1" },
    { name: "no severity", severities: [], ids: "" },
    { name: "a unit", unit: "乙局", ids: "2" },
    { name: "findings about no unit", unit: "", ids: "5" },
    { name: "text: case and spaces do not matter", text: " 超过limit ", ids: "1 2 3 4 5" },
    { name: "text of the rule", text: "没有字幕", ids: "3 4" },
    { name: "all together", severities: ["error"], unit: "甲局", text: "b", ids: "3 4" },
    { name: "nothing", text: "不存在", ids: "" },
  ] as { name: string; severities?: Severity[]; unit?: string; text?: string; ids: string }[])(
    "$name",
    ({ severities, unit, text, ids }) => {
      const found = makeSearch(view)({ severities: new Set(severities ?? every), unit, text: text ?? "" });
      expect(found.map((f) => f.id).join(" ")).toBe(ids);
    },
  );
});
