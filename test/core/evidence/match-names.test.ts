import { describe, expect, test } from "vitest";
import { makeNameMatcher } from "../../../apps-script/core/evidence/match-names.ts";
import { makeAward, tongxin, xingqing } from "../award-builder.ts";

const award = makeAward({
  units: [xingqing, tongxin],
  submissions: [
    { id: "A001" },
    { id: "A0012" },
    { id: "JX-2025-7" },
    { id: "B9" },
    { id: "B9", nominator: "同心县教育局" },
    { id: "" },
  ],
});
const match = makeNameMatcher(award.submissions);

describe("the submission that a name means", () => {
  test.for([
    { name: "A001", rows: [2] },
    { name: "兴庆区-A001-学情诊断", rows: [2] },
    { name: "A0012.zip", rows: [3] },
    { name: "ａ００１ 材料", rows: [2] },
    { name: "XA001", rows: [] },
    { name: "A00", rows: [] },
    { name: "A001和A0012", rows: [2, 3] },
    { name: "jx-2025-7(终稿).zip", rows: [4] },
    { name: "JX-2025-77", rows: [] },
    { name: "B9", rows: [5, 6] },
    { name: "同心县教育局B9", rows: [6] },
    { name: "B9", near: "同心县教育局报送", rows: [6] },
    { name: "其他材料", rows: [] },
  ])("$near $name", ({ name, near, rows }) => {
    const found = match(name, near);
    const submissions =
      found.kind === "one" ? [found.submission] : found.kind === "several" ? [...found.submissions] : [];
    expect(submissions.map((s) => s.record.row).sort()).toEqual(rows);
    expect(found.kind).toBe(rows.length === 0 ? "none" : rows.length === 1 ? "one" : "several");
  });
});
