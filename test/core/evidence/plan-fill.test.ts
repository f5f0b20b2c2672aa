import { describe, expect, test } from "vitest";
import type { SubmissionKey } from "../../../apps-script/core/award/award.ts";
import { readAward } from "../../../apps-script/core/award/read-award.ts";
import { planFill } from "../../../apps-script/core/evidence/plan-fill.ts";
import { ningxia2025 } from "../../../apps-script/core/notice/ningxia-2025.ts";
import type { CellValue, WorkbookSnapshot } from "../../../apps-script/core/workbook/port.ts";
import { makeSnapshot, type SubmissionRow } from "../award-builder.ts";
import { applyPatch } from "../in-memory-workbook.ts";

const read = {
  wordsSummary: 321,
  videoDuration: "00:16:40",
  videoRecordedOn: { kind: "date", iso: "2025-05-05" },
} as const;
const empty: SubmissionRow = { wordsSummary: null, videoDuration: null, videoRecordedOn: null };

function fill(snapshot: WorkbookSnapshot, values: Partial<Record<SubmissionKey, CellValue>>) {
  const [submission] = readAward(snapshot, ningxia2025).submissions;
  if (!submission) throw new Error("no submission");
  return planFill(snapshot, [{ submission, values: new Map(Object.entries(values) as [SubmissionKey, CellValue][]) }]);
}

const columns = (plan: ReturnType<typeof fill>) => plan.filled.map(({ column, value }) => `${column}=${value}`);

describe("filling in what the files say", () => {
  test.for([
    { name: "empty cells", row: empty, filled: ["概要字数=321", "视频时长=00:16:40", "视频录制日期=2025-05-05"] },
    {
      name: "typed cells stay",
      row: { ...empty, wordsSummary: 300 },
      filled: ["视频时长=00:16:40", "视频录制日期=2025-05-05"],
    },
    {
      name: "spaces are nothing",
      row: { wordsSummary: 300, videoDuration: "　", videoRecordedOn: "5 月" },
      filled: ["视频时长=00:16:40"],
    },
  ])("$name", ({ row, filled }) => expect(columns(fill(makeSnapshot({ submissions: [row] }), read))).toEqual(filled));

  test("what was filled in follows the files, what somebody types over it stays", () => {
    const before = makeSnapshot({ submissions: [empty] });
    const filled = applyPatch(before, fill(before, read).patch);
    expect(columns(fill(filled, read))).toEqual([]);
    expect(columns(fill(filled, { ...read, videoDuration: "00:18:00" }))).toEqual(["视频时长=00:18:00"]);

    const cases = filled.sheets.find((sheet) => sheet.name === "案例");
    const column = (cases?.rows[0] ?? []).indexOf("视频时长") + 1;
    const typed = applyPatch(filled, { sheets: [{ name: "案例", edits: [{ row: 2, column, value: "00:17:00" }] }] });
    expect(columns(fill(typed, { ...read, videoDuration: "00:18:00" }))).toEqual([]);
  });

  test("字数 stay once the text stands in 正文", () => {
    const before = makeSnapshot({ submissions: [empty] });
    const filled = applyPatch(before, fill(before, read).patch);
    const text = ["兴庆区教育局", "A001", "题目", "课堂"].map((value, i) => ({ row: 2, column: i + 1, value }));
    const imported = applyPatch(filled, { sheets: [{ name: "正文", edits: text }] });
    expect(columns(fill(filled, { wordsSummary: 2 }))).toEqual(["概要字数=2"]);
    expect(columns(fill(imported, { wordsSummary: 2 }))).toEqual([]);
  });
});
