import { cleanIdentifier } from "./clean.ts";

const NUMBER = String.raw`(\d+(?:\.\d+)?)`;
const HOURS = `(?:${NUMBER}(?:个?小时|时|hours?|hrs?|h))?`;
const MINUTES = `(?:${NUMBER}(?:分钟|分|minutes?|mins?|m|[′'’‘]))?`;
const SECONDS = `(?:${NUMBER}(秒钟|秒|seconds?|secs?|s|[″"”“]|['′’]{2})?)?`;
const WITH_UNITS = new RegExp(`^${HOURS}${MINUTES}${SECONDS}$`, "i");
const CLOCK = /^(?:(\d{1,3}):)?(\d{1,4}):(\d\d(?:\.\d+)?)$/;

/**
 * From three hours on, a time in a column of videos was typed as mm:ss and read by a spreadsheet as hh:mm, whether it comes
 * as a time cell or as the text of one.
 */
const MISREAD_FROM_SECONDS = 3 * 3600;

const toNumber = (digits: string | undefined) => (digits === undefined ? 0 : Number(digits));

/**
 * Reads a duration into whole seconds: `17:30` (mm:ss), `00:17:30`, `17:30:00` (mm:ss as well), `17分30秒`, `17分`, `17.5分钟`, `17′30″`, `17min30s`,
 * `1050秒`. A number without a unit is undefined: nobody can tell minutes from seconds.
 */
export function parseDuration(s: string): number | undefined {
  const text = cleanIdentifier(s);
  const clock = CLOCK.exec(text);
  if (clock) {
    const [, hours, minutes, seconds] = clock;
    if (Number(seconds) >= 60 || (hours !== undefined && Number(minutes) >= 60)) return undefined;
    const whole = toNumber(hours) * 3600 + toNumber(minutes) * 60 + toNumber(seconds);
    return hours === undefined ? Math.round(whole) : timeCellToDuration(whole);
  }
  const units = WITH_UNITS.exec(text);
  if (!units) return undefined;
  const [, hours, minutes, seconds, secondsUnit] = units;
  if (minutes === undefined && secondsUnit === undefined && (hours === undefined || seconds !== undefined))
    return undefined;
  return Math.round(toNumber(hours) * 3600 + toNumber(minutes) * 60 + toNumber(seconds));
}

/** Seconds of a spreadsheet's time cell → seconds meant: `17:30` typed for 17 min 30 s arrives as 17 h 30 min. */
export function timeCellToDuration(seconds: number): number {
  return Math.round(seconds >= MISREAD_FROM_SECONDS ? seconds / 60 : seconds);
}

/** Seconds → a text that `parseDuration` reads as them: `hh:mm:ss`, from three hours on `mm:ss`. */
export function writeDuration(seconds: number): string {
  const whole = Math.round(seconds);
  if (whole < MISREAD_FROM_SECONDS) return formatDuration(whole);
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, "0")}`;
}

/** Seconds → `hh:mm:ss`. */
export function formatDuration(seconds: number): string {
  const whole = Math.round(seconds);
  return [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, whole % 60]
    .map((part) => String(part).padStart(2, "0"))
    .join(":");
}
