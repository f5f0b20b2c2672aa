import mediaInfoFactory from "mediainfo.js";
import type { VideoFacts } from "../../apps-script/core/evidence/file-facts.ts";
import type { ByteSource } from "./byte-source.ts";
import type { PieceSink } from "./facts-collector.ts";
import { readingLimits } from "./limits.ts";
import { printableRuns } from "./printable-runs.ts";
import { describePosition } from "./read-image.ts";
import { readSubtitles } from "./read-subtitles.ts";
import { restoreChinese } from "./restore-chinese.ts";

type Track = Readonly<Record<string, unknown>> & { readonly "@type": string };

/** Fields in which MediaInfo describes the coding; the rest is what somebody or some program wrote into the file. */
const technical =
  /^(?:@|Format|Codec|InternetMediaType|ID$|UniqueID|StreamOrder|.*Mode|Channel|ColorSpace|Chroma|ScanType|ScanOrder|colour|transfer|matrix|Encoded_Library|Encoded_Application|Encoded_Date|Tagged_Date|File_|FileSize|FileExtension|IsStreamable|Default|Forced|AlternateGroup|Language|Standard|DisplayAspect|Delay|Rotation|Compression|Duration|Source_|BufferSize|TimeCode|HDR|Alignment|MuxingMode|Interleave|Menu)/i;

const containers: readonly (readonly [RegExp, string])[] = [
  [/^MPEG-4 QuickTime|^QuickTime/i, "mov"],
  [/^MPEG-4/i, "mp4"],
  [/^WebM/i, "webm"],
  [/^Matroska/i, "mkv"],
  [/^AVI/i, "avi"],
  [/^Windows Media/i, "wmv"],
  [/^Flash Video/i, "flv"],
  [/^(?:MPEG-TS|BDAV)/i, "ts"],
  [/^MPEG-PS/i, "mpg"],
  [/^RealMedia/i, "rm"],
];

const text = (value: unknown) => (typeof value === "string" ? value : typeof value === "number" ? String(value) : "");
const number = (value: unknown) => {
  const parsed = Number.parseFloat(text(value));
  return Number.isFinite(parsed) ? parsed : 0;
};

function containerOf(general: Track): string {
  const format = `${text(general.Format)} ${text(general.Format_Profile)}`.trim();
  return containers.find(([pattern]) => pattern.test(format))?.[1] ?? format.toLowerCase();
}

/** Where films keep their tags. */
const endBytes = 64 * 1024;
const eightHours = 8 * 3600 * 1000;

/** `2025-06-01 20:00:00 UTC` is the 2nd of June in China. */
function civilDate(encoded: string): string | undefined {
  const match = /(\d{4})-(\d\d)-(\d\d)[ T](\d\d):(\d\d):(\d\d)/.exec(encoded);
  if (!match) return undefined;
  const [year, month, day, hour, minute, second] = match.slice(1).map(Number) as [
    number,
    number,
    number,
    number,
    number,
    number,
  ];
  if (year < 1990) return undefined;
  const isLocal = /[+-]\d{4}$/.test(encoded.trim());
  const utc = Date.UTC(year, month - 1, day, hour, minute, second);
  return new Date(isLocal ? utc : utc + eightHours).toISOString().slice(0, 10);
}

/** Width and height as they are shown: a phone held upright records 1920 × 1080 and notes a quarter turn. */
function shownSize(video: Track): { width: number; height: number } {
  const [width, height] = [number(video.Width), number(video.Height)];
  const turned = Math.round(number(video.Rotation) / 90) % 2 !== 0;
  return turned ? { width: height, height: width } : { width, height };
}

function addTags(track: Track, index: number, where: string, sink: PieceSink): void {
  const of =
    track["@type"] === "General" ? where : `${where}第 ${index + 1} 个${trackLabels[track["@type"]] ?? "数据"}轨`;
  const add = (name: string, value: unknown) => {
    const written = text(value);
    const position = /(-?[\d.]+)°([NS]) (-?[\d.]+)°([EW])/.exec(written);
    if (position) {
      const [, latitude, north, longitude, east] = position;
      const sign = (hemisphere: string | undefined) => (hemisphere === "S" || hemisphere === "W" ? -1 : 1);
      const words = describePosition(Number(latitude) * sign(north), Number(longitude) * sign(east));
      sink.addPiece("metadata", `${of}的拍摄位置`, words);
    } else if (typeof value === "string") sink.addPiece("metadata", `${of}的标签“${name}”`, restoreChinese(written));
  };
  for (const [name, value] of Object.entries(track)) {
    if (name === "extra" && typeof value === "object" && value !== null) {
      for (const [extra, own] of Object.entries(value)) {
        if (!/^(?:Codec|Source_)/.test(extra)) add(extra, own);
      }
    } else if (!technical.test(name)) add(name, value);
  }
}

const trackLabels: Readonly<Record<string, string>> = {
  Video: "画面",
  Audio: "声音",
  Text: "字幕",
  Menu: "章节",
  Image: "图片",
};

/** @returns what MediaInfo says; undefined where it knows nothing of the format */
async function analyze(source: ByteSource, sink: PieceSink): Promise<readonly Track[]> {
  const mediaInfo = await mediaInfoFactory({ format: "object" });
  let left: number = readingLimits.videoBytesRead;
  try {
    const result = await mediaInfo.analyzeData(source.size, async (length, offset) => {
      sink.budget.checkTime();
      left -= length;
      // An empty chunk ends the reading; what is known by then is kept.
      return left < 0 ? new Uint8Array(0) : source.read(offset, length);
    });
    return (result.media?.track ?? []) as unknown as readonly Track[];
  } finally {
    mediaInfo.close();
  }
}

/**
 * A film's or a sound's facts and tags by MediaInfo, which reads the index and some samples, never the whole.
 * @param where what the places begin with
 */
export async function readVideo(source: ByteSource, where: string, sink: PieceSink): Promise<void> {
  const tracks = await analyze(source, sink);
  const general = tracks.find((track) => track["@type"] === "General");
  const video = tracks.find((track) => track["@type"] === "Video");
  tracks.forEach((track, i) => {
    addTags(track, tracks.slice(0, i).filter((t) => t["@type"] === track["@type"]).length, where, sink);
  });
  if (/^(?:mp4|mov)$/.test(general ? containerOf(general) : "")) await readSubtitles(source, where, sink);
  // MediaInfo loses what it cannot decode; the words still stand at one end of the file.
  if (JSON.stringify(tracks).includes("\ufffd")) {
    const length = Math.min(endBytes, source.size);
    const ends = Buffer.concat([await source.read(0, length), await source.read(source.size - length, length)]);
    const gbk = new TextDecoder("gb18030").decode(ends).match(/[\u4e00-\u9fff]{2,}/g) ?? [];
    sink.addPiece("metadata", `${where}的标签`, [printableRuns(ends), ...gbk].join("\n"));
  }
  if (!general || !video) {
    const isSound = tracks.some((track) => track["@type"] === "Audio");
    sink.addProblem(
      isSound
        ? "只有声音，没有画面；请提交带画面的视频"
        : "视频不完整或已损坏，读不到画面信息；请重新导出并确认能够播放后提交",
    );
    return;
  }
  const { width, height } = shownSize(video);
  const encodedOn = civilDate(text(general.Recorded_Date) || text(general.Encoded_Date) || text(video.Encoded_Date));
  const facts: VideoFacts = {
    container: containerOf(general),
    format: text(video.Format),
    width,
    height,
    seconds: number(general.Duration) || number(video.Duration),
    bytes: source.size,
    ...(encodedOn !== undefined && { encodedOn }),
    subtitleTracks: tracks.filter((track) => track["@type"] === "Text").length,
  };
  sink.video = facts;
  if (facts.seconds === 0 || width === 0) {
    sink.addProblem("视频不完整，读不到时长或画面大小；请重新导出并确认能够播放后提交");
  } else if (number(general.IsTruncated) !== 0 || text(general.IsTruncated) === "Yes") {
    sink.addProblem("视频不完整（结尾缺失）；请重新导出或重新上传");
  }
}
