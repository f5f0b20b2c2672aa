import { describe, expect, test } from "vitest";
import { assessMaterials } from "../../../apps-script/core/evidence/assess-materials.ts";
import type { VideoFacts } from "../../../apps-script/core/evidence/file-facts.ts";
import { type SubmittedFile, summariseFile } from "../../../apps-script/core/evidence/submitted-file.ts";
import { date, makeAward, type SubmissionRow } from "../award-builder.ts";

const characters = (count: number) => "课".repeat(count);

function document(counts: readonly [number, number, number, number], name = "案例.docx"): SubmittedFile {
  const labels = ["1.案例概要", "2.案例的特色与创新点", "3.案例的研究和实践过程", "4.案例的应用情况及推广价值"];
  const paragraphs = counts.flatMap((count, i) => [
    { text: `${labels[i]}（限 500 字以内）`, heading: true },
    { text: characters(count), heading: false },
  ]);
  return summariseFile(name, { kind: "docx", paragraphs });
}

function film(facts: Partial<VideoFacts> = {}, name = "show1.mp4"): SubmittedFile {
  const video = {
    container: "mp4",
    format: "AVC",
    width: 1920,
    height: 1080,
    seconds: 1050,
    bytes: 9,
    subtitleTracks: 0,
  };
  return summariseFile(name, { kind: "video", paragraphs: [], video: { ...video, encodedOn: "2025-06-01", ...facts } });
}

function findingsOf(row: SubmissionRow, files: readonly SubmittedFile[]): string[] {
  const award = makeAward({ submissions: [row] });
  const [submission] = award.submissions;
  if (!submission) throw new Error("no submission");
  return assessMaterials(award, [{ submission, files }])
    .findings.map((f) => `${f.severity} ${f.kind} ${f.place}`.trim())
    .sort();
}

const honest = document([400, 400, 1500, 400]);

describe("what the files say against the row and the notice", () => {
  test.for<{ name: string; row?: SubmissionRow; files: SubmittedFile[]; found: string[] }>([
    { name: "all as typed", files: [honest, film()], found: [] },
    { name: "1 % off is the same text", files: [document([404, 400, 1500, 400]), film()], found: [] },
    {
      name: "more than 1 % off is another",
      files: [document([405, 400, 1500, 400]), film()],
      found: ["warning TEXT-COUNT-MISMATCH “概要字数”"],
    },
    {
      name: "a section over its limit, and typed as such",
      row: { wordsSummary: 501, wordsTotal: 2801 },
      files: [document([501, 400, 1500, 400]), film()],
      found: ["error TEXT-SECTION 正文"],
    },
    {
      name: "nothing typed contradicts nothing",
      row: { wordsSummary: null, wordsTotal: null },
      files: [document([1, 400, 1500, 400]), film()],
      found: [],
    },
    { name: "no document", files: [film()], found: ["warning TEXT-MISSING"] },
    {
      name: "a document without the headings",
      files: [
        film(),
        summariseFile("说明.docx", { kind: "docx", paragraphs: [{ text: "案例概要如下", heading: false }] }),
      ],
      found: ["warning TEXT-MISSING"],
    },
    { name: "no video", files: [honest], found: ["error VIDEO-MISSING"] },
    { name: "a second off is the same video", files: [honest, film({ seconds: 1051 })], found: [] },
    {
      name: "more is another",
      files: [honest, film({ seconds: 1051.2 })],
      found: ["warning VIDEO-MISMATCH “视频时长”"],
    },
    {
      name: "another size, too small",
      files: [honest, film({ width: 960, height: 540 })],
      found: ["error VIDEO-RESOLUTION 视频", "warning VIDEO-MISMATCH “视频分辨率”"],
    },
    {
      name: "too short though typed as long enough",
      files: [honest, film({ seconds: 899 })],
      found: ["error VIDEO-DURATION 视频", "warning VIDEO-MISMATCH “视频时长”"],
    },
    {
      name: "15 minutes to the second",
      row: { videoDuration: "00:15:00" },
      files: [honest, film({ seconds: 900 })],
      found: [],
    },
    { name: "made after the recording", files: [honest, film({ encodedOn: "2025-08-30" })], found: [] },
    {
      name: "made before the recording",
      files: [honest, film({ encodedOn: "2025-05-31" })],
      found: ["warning VIDEO-MISMATCH “视频录制日期”"],
    },
    {
      name: "made more than a year before the submission",
      row: { videoRecordedOn: null },
      files: [honest, film({ encodedOn: "2024-08-31" })],
      found: ["error VIDEO-RECENCY 视频"],
    },
    {
      name: "a year before to the day",
      row: { videoRecordedOn: null },
      files: [honest, film({ encodedOn: "2024-09-01" })],
      found: [],
    },
    {
      name: "made after the submission",
      row: { submittedOn: date("2025-08-01") },
      files: [honest, film({ encodedOn: "2025-08-02" })],
      found: ["warning VIDEO-RECENCY 视频"],
    },
    {
      name: "made on the day of the submission",
      row: { submittedOn: date("2025-08-01") },
      files: [honest, film({ encodedOn: "2025-08-01" })],
      found: [],
    },
    {
      name: "a .mov that is named .mp4",
      files: [honest, film({ container: "mov" })],
      found: ["error VIDEO-FORMAT 视频"],
    },
    {
      name: "an honest .avi, typed as .mp4",
      files: [honest, film({ container: "avi" }, "show1.avi")],
      found: ["error VIDEO-FORMAT 视频", "warning VIDEO-MISMATCH “视频文件”"],
    },
    {
      name: "another name than typed",
      files: [honest, film({}, "终稿/other.mp4")],
      found: ["warning VIDEO-MISMATCH “视频文件”"],
    },
    {
      name: "a track of subtitles where none are typed",
      row: { videoSubtitles: "无" },
      files: [honest, film({ subtitleTracks: 1 })],
      found: ["warning VIDEO-MISMATCH “视频字幕”"],
    },
    { name: "burned-in subtitles cannot be seen", files: [honest, film({ subtitleTracks: 0 })], found: [] },
    {
      name: "of two videos the one that is named",
      files: [honest, film({ seconds: 60 }, "a.mp4"), film()],
      found: ["info VIDEO-SEVERAL 视频"],
    },
    {
      name: "a heading without text",
      row: { wordsSummary: null, wordsTotal: null },
      files: [document([0, 400, 1500, 400]), film()],
      found: ["warning TEXT-SECTION-MISSING"],
    },
  ])("$name", ({ row = {}, files, found }) => expect(findingsOf(row, files)).toEqual(found));
});
