import { expect, test } from "vitest";
import { severityStyles } from "../../../apps-script/core/check/severity-styles.ts";

test("one area for each run of equal severities", () => {
  const findings = (["error", "error", "warning", "info", "info"] as const).map((severity) => ({ severity }));
  expect(severityStyles(findings, 4, 2).map(({ area }) => [area.top, area.bottom, area.left, area.right])).toEqual([
    [4, 5, 2, 2],
    [6, 6, 2, 2],
    [7, 8, 2, 2],
  ]);
  expect(severityStyles([], 4, 2)).toEqual([]);
});
