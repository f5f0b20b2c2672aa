import type { SubmissionKey } from "../award/award.ts";
import { absent, present } from "../schema/choices.ts";
import { rangeIn } from "../tables/place.ts";
import { quote, substituteAll } from "../workbook/formula.ts";
import { named, oneOf, type ProblemSources, together, when } from "./problem-text.ts";

/** VIDEO-*; without a file only that is said. */
export function videoProblems(sources: ProblemSources): string {
  const { notice, submissions, limit, compute, submittedOn, recordedOn } = sources;
  const at = (key: SubmissionKey) => rangeIn(submissions, key);
  const file = at("videoFile");
  const extension = `.${notice.video.extension.value}`;
  const earliest = compute("最早录制", earliestRecording(submittedOn, limit("recencyYears")));
  const dated = `(${submittedOn}>0)*(${recordedOn}>0)`;
  const seconds = durationSeconds(at("videoDuration"), compute);
  const minutes = compute("视频分钟", `IFERROR(ROUND(${seconds},0)/60,-1)`);
  const wrongDuration = `(${at("videoDuration")}<>"")*((${minutes}<${limit("videoMinutesMin")})+(${minutes}>${limit("videoMinutesMax")}))`;
  const facts = together(
    when(
      `RIGHT(LOWER(TRIM(${file})),${extension.length})<>${quote(extension)}`,
      quote(`${named("videoFile")}不是 ${extension}`),
    ),
    when(
      `(${at("videoResolution")}<>"")*(1-${isLargeEnough(at("videoResolution"), sources)})`,
      quote(`${named("videoResolution")}低于 `),
      limit("videoWidth"),
      quote("*"),
      limit("videoHeight"),
      quote(" 或写法不对"),
    ),
    when(
      `${wrongDuration}>0`,
      quote(`${named("videoDuration")}不在 `),
      limit("videoMinutesMin"),
      quote("—"),
      limit("videoMinutesMax"),
      quote(" 分钟内或写法不对"),
    ),
    when(`${dated}*(${recordedOn}>${submittedOn})`, quote(`${named("videoRecordedOn")}晚于提交日期`)),
    when(
      `${dated}*(${recordedOn}<${earliest})`,
      quote(`${named("videoRecordedOn")}不在提交前 `),
      limit("recencyYears"),
      quote(" 年内"),
    ),
    when(`${at("videoSubtitles")}=${quote(absent)}`, quote(`${named("videoSubtitles")}没有`)),
    when(`${at("videoTitleCard")}=${quote(absent)}`, quote(`${named("videoTitleCard")}没有`)),
    when(`${at("videoBrand")}=${quote(present)}`, quote(`${named("videoBrand")}不得出现`)),
  );
  return `IF(TRIM(${file})="",${quote(`；缺${named("videoFile")}`)},${facts})`;
}

/** The same day some years before; 29 February becomes 28 February. */
function earliestRecording(date: string, years: string): string {
  const shifted = `DATE(YEAR(${date})-${years},MONTH(${date}),DAY(${date}))`;
  return `IF(${date}>0,${shifted}-(DAY(${shifted})<>DAY(${date})),0)`;
}

/** Seconds of a duration, negative where it cannot be read; a time of three hours or more was typed as mm:ss. */
function durationSeconds(range: string, compute: ProblemSources["compute"]): string {
  const written = substituteAll(`TRIM(${range})`, [
    ["：", ":"],
    ["小时", ":"],
    ["分钟", ":"],
    ["分", ":"],
    ["秒", ""],
  ]);
  const colons = compute("视频时长", written);
  const text = `TIMEVALUE(IF(LEN(${colons})-LEN(SUBSTITUTE(${colons},":",""))=1,"0:","")&${colons}&IF(RIGHT(${colons},1)=":","00",""))`;
  const time = compute("视频时刻", `IFERROR(IF(ISNUMBER(${range}),${range},${text}),-1)`);
  return `86400*IF((${time}>=0.125)*ISERROR(FIND("时",${range})),${time}/60,${time})`;
}

/** Names in use for 16:9 pictures, with their heights. */
const namedResolutions = ["720P", "1080P", "1440P", "2K", "2160P", "4K"];

function isLargeEnough(range: string, { limit, compute }: ProblemSources): string {
  const written = substituteAll(`UPPER(${range})`, [
    ["×", "*"],
    ["X", "*"],
    ["＊", "*"],
    [" ", ""],
  ]);
  const pair = compute("分辨率", written);
  const width = `VALUE(LEFT(${pair},FIND("*",${pair})-1))`;
  const height = `VALUE(MID(${pair},FIND("*",${pair})+1,9))`;
  return `IFERROR((${width}>=${limit("videoWidth")})*(${height}>=${limit("videoHeight")}),1*${oneOf(pair, namedResolutions)})`;
}
