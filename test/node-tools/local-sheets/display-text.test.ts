import { expect, test } from "vitest";
import { displayText, inputText } from "../../../node-tools/local-sheets/display-text.ts";

test.for([
  [null, undefined, ""],
  [true, undefined, "TRUE"],
  [1 / 3, undefined, "0.333333333333333"],
  [0.1 + 0.2, "General", "0.3"],
  [85.5, "0.00", "85.50"],
  [1234567.891, "#,##0.0", "1,234,567.9"],
  [0.256, "0.0%", "25.6%"],
  [13_800_138_000, "@", "13800138000"],
  [{ kind: "date", iso: "2025-07-05" }, "yyyy-mm-dd", "2025-07-05"],
  [{ kind: "date", iso: "2025-07-05T08:30:00" }, "yyyy/m/d hh:mm", "2025/07/05 08:30:00"],
  [{ kind: "date", iso: "2025-07-05" }, "yyyy年m月d日", "2025年7月5日"],
  [{ kind: "time", seconds: 93_605 }, "[h]:mm:ss", "26:00:05"],
  [{ kind: "error", code: "#N/A" }, undefined, "#N/A"],
] as const)("%j as %s is %s", ([value, format, text]) => {
  expect(displayText(value, format)).toBe(text);
});

test.for([
  ["普通文字", undefined, "普通文字"],
  ["00123", undefined, "'00123"],
  ["00123", "@", "00123"],
  ["=1+1", undefined, "'=1+1"],
  ["2025-07-15", undefined, "'2025-07-15"],
  ["TRUE", undefined, "'TRUE"],
  [0.256, "0.0%", "25.6%"],
  [{ kind: "date", iso: "2025-07-15" }, "yyyy年m月d日", "2025-07-15"],
] as const)("%j under %s is typed as %s", ([value, format, text]) => {
  expect(inputText(value, format)).toBe(text);
});
