import type { SubmissionRow } from "../award-builder.ts";
import { date } from "../award-builder.ts";
import { type RuleTable, submitted } from "./rule-table.ts";

type Expectation = readonly [name: string, row: SubmissionRow, says?: readonly string[]];

/** Each row alone: with `says` it is found in this column, without it is clean. */
function table(code: string, column: string, rows: readonly Expectation[]): RuleTable {
  return {
    code,
    cases: rows.map(([name, row, says]) => ({
      name,
      parts: submitted(row),
      finds: says ? [{ at: `案例!2 ${column}`, says }] : [],
    })),
  };
}

const noVideo: SubmissionRow = {
  videoFile: null,
  videoResolution: "320*240",
  videoDuration: "00:01:00",
  videoRecordedOn: date("2020-01-01"),
  videoSubtitles: "无",
  videoTitleCard: "无",
  videoBrand: "有",
};

export const videoTables: readonly RuleTable[] = [
  table("VIDEO-MISSING", "视频文件", [
    ["a file", {}],
    ["no file, and nothing else is said of the video", noVideo, ["视频", "补交"]],
  ]),
  table("VIDEO-FORMAT", "视频文件", [
    [".mp4", { videoFile: "show.mp4" }],
    [".MP4", { videoFile: "show.MP4" }],
    ["full-width", { videoFile: "show．ｍｐ４ " }],
    [".avi", { videoFile: "show.avi" }, ["show.avi", ".mp4"]],
    [".mp4.avi", { videoFile: "show.mp4.avi" }, ["show.mp4.avi"]],
    ["no extension", { videoFile: "showmp4" }, ["showmp4"]],
  ]),
  table("VIDEO-RESOLUTION", "视频分辨率", [
    ["exactly the least", { videoResolution: "1280*720" }],
    ["1080P", { videoResolution: "1080P" }],
    ["too narrow", { videoResolution: "1279×720" }, ["1279*720", "1280*720"]],
    ["too low", { videoResolution: "1280x719" }, ["1280*719"]],
    ["portrait", { videoResolution: "720*1280" }, ["720*1280", "竖屏"]],
    ["unreadable", { videoResolution: "高清" }, ["高清", "无法识别"]],
  ]),
  table("VIDEO-DURATION", "视频时长", [
    ["exactly 15 minutes", { videoDuration: "15:00" }],
    ["exactly 20 minutes", { videoDuration: "20分钟" }],
    ["a time cell typed as mm:ss", { videoDuration: { kind: "time", seconds: 63000 } }],
    ["a time cell in hours, minutes, seconds", { videoDuration: { kind: "time", seconds: 1050 } }],
    ["14:59", { videoDuration: "00:14:59" }, ["00:14:59", "短于", "15"]],
    ["20:01", { videoDuration: "20:01" }, ["00:20:01", "长于", "20"]],
  ]),
  table("VIDEO-RECENCY", "视频录制日期", [
    ["the same day a year before", { videoRecordedOn: date("2024-09-01") }],
    ["the day of submission", { videoRecordedOn: date("2025-09-01") }],
    ["a day too early", { videoRecordedOn: date("2024-08-31") }, ["2024-08-31", "2025-09-01", "2024-09-01"]],
    ["after the submission", { videoRecordedOn: date("2025-09-02") }, ["2025-09-02", "晚于", "2025-09-01"]],
  ]),
  {
    code: "VIDEO-UNKNOWN",
    cases: [
      { name: "all facts given", parts: submitted({}), finds: [] },
      ...(
        [
          ["videoResolution", "视频分辨率"],
          ["videoDuration", "视频时长"],
          ["videoRecordedOn", "视频录制日期"],
          ["videoSubtitles", "视频字幕"],
          ["videoTitleCard", "片头案例名"],
          ["videoBrand", "品牌标识"],
        ] as const
      ).map(([key, label]) => ({
        name: `no ${key}`,
        parts: submitted({ [key]: null }),
        finds: [{ at: `案例!2 ${label}`, says: [label, "补填"] }],
      })),
      {
        name: "no file: nothing is unknown",
        parts: submitted({ ...noVideo, videoResolution: null, videoBrand: null }),
        finds: [],
        also: ["VIDEO-MISSING"],
      },
    ],
  },
  table("VIDEO-SUBTITLES", "视频字幕", [
    ["有", { videoSubtitles: "有" }],
    ["无", { videoSubtitles: "无" }, ["字幕"]],
  ]),
  table("VIDEO-TITLE-CARD", "片头案例名", [
    ["有", { videoTitleCard: "有" }],
    ["无", { videoTitleCard: "无" }, ["片头"]],
  ]),
  table("VIDEO-BRAND", "品牌标识", [
    ["无", { videoBrand: "无" }],
    ["有", { videoBrand: "有" }, ["品牌"]],
  ]),
];
