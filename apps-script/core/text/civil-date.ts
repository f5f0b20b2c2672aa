import { removeInvisible, replaceSpaces } from "./characters.ts";
import { toHalfWidth } from "./clean.ts";

/** Civil dates are `YYYY-MM-DD` strings without a time zone; they compare as strings. */

const MS_PER_DAY = 86_400_000;
/** Day 0 of spreadsheet serial numbers (the 1900 system, right from 1900-03-01 on). */
const SERIAL_EPOCH = Date.UTC(1899, 11, 30);
/** Serial numbers from 1982 to 2119: wide enough for any date here, and no other number that people type in a date cell. */
const SERIAL_MIN = 30_000;
const SERIAL_MAX = 80_000;

const SERIAL = /^\d{5}(?:\.\d+)?$/;
const COMPACT = /^(\d{4})(\d\d)(\d\d)$/;
const DATE = String.raw`(\d{4}) ?(?:年|[-/.\u2010-\u2015]) ?(\d{1,2}) ?(?:月|[-/.\u2010-\u2015]) ?(\d{1,2})(?: ?[日号]|\.)?`;
const WEEKDAY = String.raw`(?: ?\(?(?:星期|周)[一二三四五六日天]\)?)?`;
const HALF = "[上下]午|[AP]M";
const TIME = String.raw`(?:(?:T| )? ?(${HALF})? ?(\d{1,2})(?::|时|点)(?:(\d{1,2})(?:(?::|分)(?:\d{1,2}(?:\.\d+)?秒?)?)?)?(?: ?([AP]M))?(?: ?(Z|UTC|GMT|(?:UTC|GMT)?[+-]\d\d(?::?\d\d)?))?)?`;
const OFFSET = /([+-])(\d\d):?(\d\d)?$/;
/** China keeps UTC+8 the year round. */
const CHINA_MINUTES = 8 * 60;
const WRITTEN = new RegExp(`^${DATE}${WEEKDAY}${TIME}$`, "i");

const pad = (n: number, width: number) => String(n).padStart(width, "0");

function daysInMonth(year: number, month: number): number {
  return new Date(Date.UTC(year, month, 0)).getUTCDate();
}

function makeDate(year: number, month: number, day: number): string | undefined {
  if (year < 1900 || month < 1 || month > 12 || day < 1 || day > daysInMonth(year, month)) return undefined;
  return `${pad(year, 4)}-${pad(month, 2)}-${pad(day, 2)}`;
}

function fromSerial(serial: number): string | undefined {
  if (!(serial >= SERIAL_MIN && serial <= SERIAL_MAX)) return undefined;
  return new Date(SERIAL_EPOCH + Math.floor(serial) * MS_PER_DAY).toISOString().slice(0, 10);
}

/** Minutes since midnight. @param half 上午, 下午, AM, PM or "" */
function minutesOf(half: string, hour: number, minute: number): number {
  const hours = half === "" ? hour : (hour % 12) + (/[下P]/i.test(half) ? 12 : 0);
  return hours * 60 + minute;
}

function minutesAhead(zone: string): number {
  const [, sign, hours = "0", minutes = "0"] = OFFSET.exec(zone) ?? [];
  return (sign === "-" ? -1 : 1) * (Number(hours) * 60 + Number(minutes));
}

/** The day in China, so many minutes after midnight UTC of a day. */
function dayInChina(date: string, minutes: number): string {
  return new Date(toUtc(date) + (minutes + CHINA_MINUTES) * 60_000).toISOString().slice(0, 10);
}

/**
 * Reads a date as people and spreadsheets write it: `2025-07-15`, `2025/7/15`, `2025.7.15`, `2025年7月15日`,
 * `20250715`, a serial number (as a number or as digits), each with a weekday or a time behind it.
 * A zone behind the time makes it an instant, as platforms store it: then it is the day in China.
 * Undefined: impossible dates, two-digit years, a month without a day, anything else.
 */
export function parseCivilDate(s: string | number): string | undefined {
  const text = replaceSpaces(toHalfWidth(removeInvisible(String(s))), " ").trim();
  if (SERIAL.test(text)) return fromSerial(Number(text));
  const parts = COMPACT.exec(text) ?? WRITTEN.exec(text);
  const date = parts ? makeDate(Number(parts[1]), Number(parts[2]), Number(parts[3])) : undefined;
  const [half = "", hour = "0", minute = "0", halfBehind = "", zone] = parts?.slice(4) ?? [];
  if (date === undefined || zone === undefined) return date;
  return dayInChina(date, minutesOf(half + halfBehind, Number(hour), Number(minute)) - minutesAhead(zone));
}

function toUtc(iso: string): number {
  return Date.UTC(Number(iso.slice(0, 4)), Number(iso.slice(5, 7)) - 1, Number(iso.slice(8, 10)));
}

/** The same day `years` later (earlier where negative); 29 February becomes 28 February in a common year. */
export function addYears(iso: string, years: number): string {
  const year = Number(iso.slice(0, 4)) + years;
  const month = Number(iso.slice(5, 7));
  const day = Math.min(Number(iso.slice(8, 10)), daysInMonth(year, month));
  return `${pad(year, 4)}-${pad(month, 2)}-${pad(day, 2)}`;
}

/** Days from one day to another; negative where the other is earlier. */
export function daysBetween(from: string, to: string): number {
  return Math.round((toUtc(to) - toUtc(from)) / MS_PER_DAY);
}

/** `2025年7月15日`. */
export function chineseDate(iso: string): string {
  const [year, month, day] = iso.split("-").map(Number);
  return `${year}年${month}月${day}日`;
}

/** `YYYY-MM-DD HH:mm:ss` by the clocks of a place that is so many minutes ahead of UTC. */
export function writeClock(date: Date, minutesAhead: number): string {
  return new Date(date.getTime() + minutesAhead * 60_000).toISOString().slice(0, 19).replace("T", " ");
}
