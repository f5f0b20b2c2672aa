/** The report on submitted files (`NAME.材料核查.xlsx`): what the evidence command found and read. */

import { findingsSheet, submissionsSheet } from "./application.ts";
import { keepsFile } from "./choices.ts";
import { reviewedSheet } from "./review.ts";
import { columnOf, defineSheet, labelOf } from "./sheet-spec.ts";

const wordColumn = (key: "wordsSummary" | "wordsInnovation" | "wordsProcess" | "wordsApplication" | "wordsTotal") => ({
  key,
  label: columnOf(submissionsSheet, key).label,
  kind: "number" as const,
  width: 10,
});

export const evidenceFindingsSheet = defineSheet({
  key: "evidenceFindings",
  label: "核查结果",
  tabColor: "C0392B",
  generated: { editable: [] },
  columns: [
    { key: "id", label: "案例编号", kind: "computed", width: 14 },
    { key: "nominator", label: "推荐单位", kind: "computed", width: 18 },
    { key: "file", label: "文件", kind: "computed", width: 28 },
    { key: "place", label: "位置", kind: "computed", width: 18 },
    { key: "message", label: "问题", kind: "computed", width: 52 },
    { key: "text", label: "文字", kind: "computed", width: 30 },
    { key: "remedy", label: "处理办法", kind: "computed", width: 38 },
    { key: "severity", label: "严重程度", kind: "computed", width: 9 },
    { key: "kind", label: labelOf(findingsSheet, "code"), kind: "computed", width: 22 },
  ],
});

export const evidenceFactsSheet = defineSheet({
  key: "evidenceFacts",
  label: "材料概况",
  tabColor: "2E7D5B",
  frozenColumns: 2,
  generated: { editable: [] },
  columns: [
    { key: "id", label: "案例编号", kind: "computed", width: 14 },
    { key: "nominator", label: "推荐单位", kind: "computed", width: 20 },
    { key: "title", label: "案例名称", kind: "computed", width: 34 },
    { key: "files", label: "文件数", kind: "number", width: 8 },
    { key: "text", label: "案例文本", kind: "computed", width: 26 },
    wordColumn("wordsSummary"),
    wordColumn("wordsInnovation"),
    wordColumn("wordsProcess"),
    wordColumn("wordsApplication"),
    wordColumn("wordsTotal"),
    { key: "video", label: "视频文件", kind: "computed", width: 26 },
    { key: "container", label: "封装格式", kind: "computed", width: 14 },
    { key: "megabytes", label: "大小（MB）", kind: "number", width: 11 },
    { key: "resolution", label: "视频分辨率", kind: "computed", width: 12 },
    { key: "duration", label: "视频时长", kind: "computed", width: 11 },
    { key: "encodedOn", label: "文件生成日期", kind: "computed", width: 13 },
    { key: "subtitles", label: "字幕轨", kind: "number", width: 8 },
    { key: "filled", label: "填入案例表的列", kind: "computed", width: 40 },
  ],
});

/** The files that are not among the anonymous copies for the experts, and what somebody has ruled about them (`未放入.xlsx`). */
export const leftOutSheet = defineSheet({
  key: "leftOut",
  label: "未放入",
  tabColor: "C0392B",
  frozenColumns: 2,
  columns: [
    { key: "reviewId", label: labelOf(reviewedSheet, "reviewId"), kind: "identifier", width: 12 },
    { key: "id", label: "案例编号", kind: "identifier", width: 14 },
    { key: "file", label: "文件", kind: "longText", width: 40 },
    { key: "reason", label: "原因", kind: "longText", width: 80 },
    {
      key: "ruling",
      label: "处理",
      kind: "choice",
      width: 10,
      help: `打开看过，确认没有身份信息的，写“${keepsFile}”，再做一次，文件就会放入（属性照样清除）。不写的，请改好文件后再做一次。`,
    },
  ],
});
