/** What is typed in 案例 against what the files say. */
import type { Submission, SubmissionKey } from "../award/award.ts";
import { sections } from "../rules/text/sections.ts";
import { dateIn, durationIn, wordCountIn } from "../rules/typed-cells.ts";
import { submissionsSheet } from "../schema/application.ts";
import { absent } from "../schema/choices.ts";
import { labelOf } from "../schema/sheet-spec.ts";
import { foldForComparison } from "../text/clean.ts";
import { formatDuration } from "../text/duration.ts";
import { formatResolution, parseResolution } from "../text/resolution.ts";
import type { CaseText, CaseVideo } from "./choose-files.ts";
import { type EvidenceFinding, findingOf, showName } from "./evidence-finding.ts";
import { baseName, countSections } from "./submitted-file.ts";

/** Further apart, the text counted is another one. */
const wordTolerance = 0.01;
/** Programs round the length of a video up or down. */
const secondsTolerance = 1;

const columnName = (key: SubmissionKey) => `“${labelOf(submissionsSheet, key)}”`;

function* wordDifferences(submission: Submission, { file, text }: CaseText): Iterable<EvidenceFinding> {
  const counts = countSections(text);
  const cells: [SubmissionKey, { low: number; high: number }][] = sections.flatMap(({ key, countColumn }) => {
    const count = counts.get(key);
    return count ? [[countColumn, count]] : [];
  });
  if (counts.size === sections.length) {
    const sum = (bound: "low" | "high") => [...counts.values()].reduce((total, count) => total + count[bound], 0);
    cells.push(["wordsTotal", { low: sum("low"), high: sum("high") }]);
  }
  for (const [key, { low, high }] of cells) {
    const stated = wordCountIn(submission.record, key);
    if (stated === undefined) continue;
    if (stated >= low * (1 - wordTolerance) && stated <= high * (1 + wordTolerance)) continue;
    yield findingOf(submission, {
      file: file.name,
      place: columnName(key),
      kind: "TEXT-COUNT-MISMATCH",
      severity: "warning",
      message: `${columnName(key)}填的是 ${stated}，文件中实际为 ${low} 字`,
      remedy: "更正字数，或核对上传的是否为最终稿。",
    });
  }
}

function* videoDifferences(submission: Submission, { file, video }: CaseVideo): Iterable<EvidenceFinding> {
  const { record } = submission;
  const differs = (key: SubmissionKey, typed: string, actual: string, remedy: string) =>
    findingOf(submission, {
      file: file.name,
      place: columnName(key),
      kind: "VIDEO-MISMATCH",
      severity: "warning",
      message: `${columnName(key)}填的是 ${typed}，视频文件实际为 ${actual}`,
      remedy,
    });
  const correct = "核对视频是否为最终版；填错的改正。";

  const stated = record.text("videoFile");
  if (stated !== "" && foldForComparison(baseName(stated)) !== foldForComparison(baseName(file.name)))
    yield differs(
      "videoFile",
      `“${stated}”`,
      `“${showName(baseName(file.name))}”`,
      "核对上传的视频；文件名填错的改正。",
    );

  const resolution = parseResolution(record.text("videoResolution"));
  const isSame = resolution?.width === video.width && resolution.height === video.height;
  if (resolution && video.width > 0 && !isSame)
    yield differs("videoResolution", formatResolution(resolution), formatResolution(video), correct);

  const seconds = durationIn(record, "videoDuration");
  if (seconds !== undefined && Math.abs(seconds - video.seconds) > secondsTolerance)
    yield differs("videoDuration", formatDuration(seconds), formatDuration(video.seconds), correct);

  // A file is made after the recording: a later day of recording cannot be.
  const recordedOn = dateIn(record, "videoRecordedOn");
  if (recordedOn !== undefined && video.encodedOn !== undefined && recordedOn > video.encodedOn)
    yield findingOf(submission, {
      file: file.name,
      place: columnName("videoRecordedOn"),
      kind: "VIDEO-MISMATCH",
      severity: "warning",
      message: `${columnName("videoRecordedOn")}填的是 ${recordedOn}，而视频文件在 ${video.encodedOn} 就已生成，录制不会晚于这一天`,
      remedy: "核对录制日期，改正填错的日期。",
    });

  if (record.text("videoSubtitles") === absent && video.subtitleTracks > 0)
    yield differs("videoSubtitles", `“${absent}”`, `含 ${video.subtitleTracks} 条字幕轨`, "核对后改正。");
}

/** Every value of the row that the files contradict; both are said. An empty or unreadable cell contradicts nothing. */
export function findDifferences(
  submission: Submission,
  text: CaseText | undefined,
  video: CaseVideo | undefined,
): EvidenceFinding[] {
  return [...(text ? wordDifferences(submission, text) : []), ...(video ? videoDifferences(submission, video) : [])];
}
