import { expect, test } from "vitest";
import { assessMaterials } from "../../../apps-script/core/evidence/assess-materials.ts";
import { buildEvidenceReport } from "../../../apps-script/core/evidence/build-report.ts";
import { type EvidenceFinding, sortFindings } from "../../../apps-script/core/evidence/evidence-finding.ts";
import { summariseFile } from "../../../apps-script/core/evidence/submitted-file.ts";
import { emptySnapshot } from "../../../apps-script/core/workbook/port.ts";
import { makeAward } from "../award-builder.ts";
import { applyPatch } from "../in-memory-workbook.ts";
import { notice, rowsOf } from "../review-fixture.ts";

const finding: EvidenceFinding = {
  ...{ id: "A001", nominator: "兴庆区教育局", file: "a\u200b.docx", place: "第 3 段", kind: "ANON-NAME" },
  ...{ severity: "error", message: "出现作者姓名", text: "柳知远", remedy: "请删去后重新提交。" },
};
const video = {
  ...{ container: "mp4", format: "AVC", width: 1920, height: 1080, seconds: 1050, bytes: 5.25 * 1024 * 1024 },
  ...{ encodedOn: "2025-06-01", subtitleTracks: 0 },
};

function report(findings: readonly EvidenceFinding[]) {
  const award = makeAward({ submissions: [{}, { id: "A002" }] });
  const materials = award.submissions.map((submission, i) => ({
    submission,
    files: i === 0 ? [summariseFile("片/show1.mp4", { kind: "video", paragraphs: [], video })] : [],
  }));
  const { assessed } = assessMaterials(award, materials);
  const filled = ["视频时长", "视频分辨率"].map((column) => ({
    ...{ id: "A001", nominator: "兴庆区教育局", row: 2, column, value: "" },
  }));
  return buildEvidenceReport(notice, { assessed, findings, filled });
}

test("findings row by row as they were handed over, the cells safe to read", () => {
  const patch = report([finding, { ...finding, id: "A002", severity: "info", text: "长".repeat(401) }]);
  const rows = rowsOf(applyPatch(emptySnapshot, patch), patch.sheets[0]?.name ?? "");
  expect(rows.map((row) => Object.values(row))).toEqual([
    [
      "A001",
      "兴庆区教育局",
      "a.docx",
      "第 3 段",
      "出现作者姓名",
      "柳知远",
      "请删去后重新提交。",
      "错误",
      "出现作者姓名（ANON-NAME）",
    ],
    [
      "A002",
      "兴庆区教育局",
      "a.docx",
      "第 3 段",
      "出现作者姓名",
      `${"长".repeat(400)}…`,
      "请删去后重新提交。",
      "提示",
      "出现作者姓名（ANON-NAME）",
    ],
  ]);
  const { heights = [], styles = [], filter } = patch.sheets[0]?.layout ?? {};
  expect([filter, report([]).sheets[0]?.layout?.filter].map((area) => area?.bottom)).toEqual([3, 2]);
  const [first = 0, second = 0] = [2, 3].map((row) => heights.find((each) => each.row === row)?.height);
  expect(second).toBeGreaterThan(first);
  expect(styles.filter(({ style }) => style.wrap && style.fill === undefined).map(({ area }) => area)).toEqual(
    expect.arrayContaining([3, 4, 5, 6, 7, 9].map((left) => ({ top: 2, left, bottom: 3, right: left }))),
  );
});

test("what the files of each submission say, and what of it was filled in", () => {
  const patch = report([]);
  const [first, second] = rowsOf(applyPatch(emptySnapshot, patch), patch.sheets[1]?.name ?? "").map(Object.values);
  expect(first?.slice(3)).toEqual([
    ...[1, null, null, null, null, null, null],
    ...["片/show1.mp4", "mp4", 5.3, "1920*1080", "00:17:30", "2025-06-01", 0, "视频时长、视频分辨率"],
  ]);
  expect(second?.slice(3, 4)).toEqual([0]);
  expect(second?.slice(4)).toEqual(Array(14).fill(null));
});

test("by unit and submission, errors first, then by file and code", () => {
  const sorted = [
    finding,
    { ...finding, kind: "ANON-UNIT" },
    { ...finding, file: "b.docx" },
    { ...finding, severity: "warning" as const, file: "" },
    { ...finding, severity: "info" as const, file: "" },
    { ...finding, id: "A002" },
    { ...finding, nominator: "同心县教育局" },
  ];
  expect(sortFindings([...sorted].reverse())).toEqual(sorted);
});
