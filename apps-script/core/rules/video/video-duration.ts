import { formatDuration } from "../../text/duration.ts";
import { quote, substituteAll } from "../../workbook/formula.ts";
import { allOf, anyOf, type LiveSources, named, removeDigits, when } from "../live.ts";
import { durationIn } from "../typed-cells.ts";
import { defineVideoRule } from "./video-rule.ts";

/** `parseDuration` in formulas; -1 where they cannot tell. Units become h, m and s, a clock the same. */
function secondsOf({ at, bare, compute }: LiveSources): string {
  const typed = at("videoDuration");
  const letters = compute(
    "视频时长",
    substituteAll(`LOWER(${bare("videoDuration")})`, [
      ["：", ":"],
      ["小时", "h"],
      ["时", "h"],
      ["分钟", "m"],
      ["分", "m"],
      ["秒钟", "s"],
      ["秒", "s"],
      ["min", "m"],
      ["′", "m"],
      ["″", "s"],
      ["'", "m"],
      ['"', "s"],
    ]),
  );
  const colons = compute("视频冒号", `LEN(${letters})-LEN(SUBSTITUTE(${letters},":",""))`);
  const clock = `IF(${colons}=2,SUBSTITUTE(SUBSTITUTE(${letters},":","h",1),":","m"),SUBSTITUTE(${letters},":","m"))&"s"`;
  const endsInDigit = `ISNUMBER(VALUE(RIGHT(${letters},1)))*ISNUMBER(FIND("m",${letters}))`;
  const units = compute("视频单位", `IF(${colons}>0,${clock},IF(${endsInDigit},${letters}&"s",${letters}))`);
  const hourEnd = compute("视频时止", `IFERROR(FIND("h",${units}),0)`);
  const minuteEnd = compute("视频分止", `IFERROR(FIND("m",${units}),${hourEnd})`);
  const secondEnd = compute("视频秒止", `IFERROR(FIND("s",${units}),${minuteEnd})`);
  const part = (from: string, to: string) => {
    const digits = `MID(${units},${from}+1,${to}-${from}-1)`;
    return `IF(${to}>${from},VALUE(${digits}),0)`;
  };
  const hours = compute("视频时", `IFERROR(${part("0", hourEnd)},-9999)`);
  const minutes = compute("视频分", `IFERROR(${part(hourEnd, minuteEnd)},-9999)`);
  const seconds = compute("视频秒", `IFERROR(${part(minuteEnd, secondEnd)},-9999)`);
  const isPlain = `(${removeDigits(
    substituteAll(units, [
      ["h", ""],
      ["m", ""],
      ["s", ""],
      [".", ""],
    ]),
  )}="")*(${secondEnd}=LEN(${units}))`;
  const isClock = `IF(${colons}=0,1,(${seconds}<60)*(${secondEnd}-${minuteEnd}>2)*IF(${colons}=2,${minutes}<60,${colons}=1))`;
  const total = compute("视频总秒", `IF(${isPlain}*${isClock}=1,ROUND(3600*${hours}+60*${minutes}+${seconds},0),-1)`);
  // A time cell of three hours or more was typed as mm:ss.
  const meant = (whole: string) => `IF(${whole}>=10800,ROUND(${whole}/60,0),${whole})`;
  const ofCell = `IF((${typed}>0)*(${typed}<1),${meant(`ROUND(86400*${typed},0)`)},-1)`;
  return compute(
    "视频秒数",
    `IFERROR(IF(${letters}="",-1,IF(ISNUMBER(${typed}),${ofCell},IF(${colons}=2,${meant(total)},${total}))),-1)`,
  );
}

export const videoDuration = defineVideoRule({
  code: "VIDEO-DURATION",
  name: "视频时长不符",
  finds: ({ video: { minutes } }) =>
    `视频时长不在 ${minutes.value.min} 至 ${minutes.value.max} 分钟之内（首尾都算在内）。`,
  remedy: "重新剪辑视频；时长填错的改正。",
  column: "videoDuration",
  article: (notice) => notice.video.minutes.article,
  live: {
    problems(live) {
      const { limit } = live;
      const seconds = secondsOf(live);
      const [least, most] = [limit("videoMinutesMin"), limit("videoMinutesMax")];
      return when(
        allOf(`${seconds}>=0`, anyOf(`${seconds}<60*${least}`, `${seconds}>60*${most}`)),
        quote(`${named("videoDuration")}不在 `),
        least,
        quote("—"),
        most,
        quote(" 分钟内"),
      );
    },
    leaves: "少见的写法，存为数字的时长。",
  },
  judge({ record }, video) {
    const seconds = durationIn(record, "videoDuration");
    const { min, max } = video.minutes.value;
    if (seconds === undefined || (seconds >= min * 60 && seconds <= max * 60)) return undefined;
    const direction = seconds < min * 60 ? "短于" : "长于";
    return `视频时长 ${formatDuration(seconds)}，${direction}要求的 ${min} 至 ${max} 分钟；请重新剪辑，填错的请改正。`;
  },
});
