/** Numbers, dates and times that stand in a text. */
import { type CellError, errors, type Scalar } from "./values.ts";

const dayMilliseconds = 86_400_000;
const epoch = Date.UTC(1899, 11, 30);

/** Serial number of a civil date; month and day may overflow. */
export function dateSerial(year: number, month: number, day: number): number {
  return (Date.UTC(year, month - 1, day) - epoch) / dayMilliseconds;
}

export interface CivilDate {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  /** 0 is Sunday. */
  readonly weekday: number;
}

export function civilDate(serial: number): CivilDate {
  const date = new Date(epoch + Math.floor(serial) * dayMilliseconds);
  return {
    year: date.getUTCFullYear(),
    month: date.getUTCMonth() + 1,
    day: date.getUTCDate(),
    weekday: date.getUTCDay(),
  };
}

const dateText = /^(\d{4})(?:-(\d{1,2})-(\d{1,2})|\/(\d{1,2})\/(\d{1,2})|年(\d{1,2})月(\d{1,2})日)$/;
const timeText = /^(\d{1,4}):([0-5]?\d)(?::([0-5]?\d(?:\.\d+)?))?(?:\s*([AP])M)?$/i;

/** Serial number of a date in a text. */
export function readDate(text: string): number | undefined {
  const match = dateText.exec(text);
  if (!match) return undefined;
  const [year, month, day] = match.slice(1).filter(Boolean).map(Number);
  if (year === undefined || month === undefined || day === undefined) return undefined;
  const serial = dateSerial(year, month, day);
  const read = civilDate(serial);
  return read.month === month && read.day === day ? serial : undefined;
}

/** Fraction of a day (above 1 for a duration of over 24 hours). */
export function readTime(text: string): number | undefined {
  const match = timeText.exec(text);
  if (!match) return undefined;
  const [, hours, minutes, seconds, half] = match;
  const hour = half ? (Number(hours) % 12) + (half.toUpperCase() === "P" ? 12 : 0) : Number(hours);
  return (hour * 3600 + Number(minutes) * 60 + Number(seconds ?? 0)) / 86_400;
}

/** Serial number of a date, a time, or a date and a time. */
export function readDateTime(text: string): number | undefined {
  const [first = "", ...rest] = text.trim().split(/[ T]+(?=\d)/);
  const day = readDate(first);
  if (day === undefined) return readTime(text.trim());
  if (rest.length === 0) return day;
  const time = readTime(rest.join(" "));
  return time === undefined ? undefined : day + time;
}

const numberText = /^[+-]?(?:\d{1,3}(?:,\d{3})+|\d+)?(?:\.\d*)?(?:E[+-]?\d+)?%?$/i;

/** A number, percentage, date or time in a text. */
export function readNumber(text: string): number | undefined {
  const trimmed = text.trim();
  if (!/\d/.test(trimmed)) return undefined;
  if (!numberText.test(trimmed)) return readDateTime(trimmed);
  const percent = trimmed.endsWith("%");
  const value = Number((percent ? trimmed.slice(0, -1) : trimmed).replace(/,/g, ""));
  return Number.isFinite(value) ? value / (percent ? 100 : 1) : undefined;
}

/** A value in arithmetic: empty is 0, a text counts when it spells a number or a date. */
export function toNumber(value: Scalar): number | CellError {
  if (typeof value === "number") return value;
  if (value === null) return 0;
  if (typeof value === "boolean") return value ? 1 : 0;
  if (typeof value === "string") return readNumber(value) ?? errors.value;
  return value;
}
