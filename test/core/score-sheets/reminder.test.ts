import { expect, test } from "vitest";
import { writeReminder } from "../../../apps-script/core/score-sheets/reminder.ts";
import { notice } from "../review-fixture.ts";

test("a reminder tells the number, the deadline and the way, and no submission", () => {
  const { subject, body } = writeReminder("E007", 3, "https://example.org/s", notice);
  expect(subject).toBe("请在 2025-11-30 前完成案例评分（E007）");
  expect(body).toContain("专家编号 E007）还有 3 个案例没有评完");
  expect(body.split("\n")).toContain("https://example.org/s");
});
