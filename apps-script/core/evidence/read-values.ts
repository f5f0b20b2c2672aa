import type { SubmissionKey } from "../award/award.ts";
import { sections } from "../rules/text/sections.ts";
import { present } from "../schema/choices.ts";
import { writeDuration } from "../text/duration.ts";
import { formatResolution } from "../text/resolution.ts";
import type { CellValue } from "../workbook/port.ts";
import type { CaseText, CaseVideo } from "./choose-files.ts";
import { baseName, countSections } from "./submitted-file.ts";

/** What the files say, by column of 案例. 字数 are counted low, as the rules count them. */
export function readValues(text: CaseText | undefined, video: CaseVideo | undefined): Map<SubmissionKey, CellValue> {
  const values = new Map<SubmissionKey, CellValue>();
  if (text) {
    const counts = countSections(text.text);
    let total = 0;
    for (const { key, countColumn } of sections) {
      const count = counts.get(key);
      if (!count) continue;
      values.set(countColumn, count.low);
      total += count.low;
    }
    if (counts.size === sections.length) values.set("wordsTotal", total);
  }
  if (video) {
    const { width, height, seconds, encodedOn, subtitleTracks } = video.video;
    values.set("videoFile", baseName(video.file.name));
    if (width > 0 && height > 0) values.set("videoResolution", formatResolution({ width, height }));
    if (seconds > 0) values.set("videoDuration", writeDuration(seconds));
    if (encodedOn !== undefined) values.set("videoRecordedOn", { kind: "date", iso: encodedOn });
    // Without a track the subtitles may be part of the picture: only a person can see that.
    if (subtitleTracks > 0) values.set("videoSubtitles", present);
  }
  return values;
}
