import { civilDate, dateSerial, readDateTime, toNumber } from "../typed-text.ts";
import { errors, isError, type Scalar } from "../values.ts";
import { type FunctionTable, ofSingles, oneCell, type SpreadsheetFunction } from "./define.ts";

/** A function of whole numbers. */
function ofIntegers(least: number, most: number, f: (a: number, b: number, c: number) => Scalar): SpreadsheetFunction {
  return ofSingles(least, most, (...args) => {
    const numbers = args.slice(0, most).map((arg) => (arg === undefined ? 1 : toNumber(arg)));
    const broken = numbers.find(isError);
    if (broken) return broken;
    const [a = 1, b = 1, c = 1] = numbers.map((number) => Math.floor(number as number));
    return f(a, b, c);
  });
}

/** A function of a date or time cell, or of one written as text. */
function ofSerial(f: (serial: number) => Scalar): SpreadsheetFunction {
  return ofSingles(1, 1, (value) => {
    const serial = toNumber(value as Scalar);
    if (typeof serial !== "number") return serial;
    return serial < 0 ? errors.number : f(serial);
  });
}

const secondsOf = (serial: number) => Math.round((serial - Math.floor(serial)) * 86_400) % 86_400;

function now(f: (serial: number) => number): SpreadsheetFunction {
  return {
    least: 0,
    most: 0,
    volatile: true,
    size: () => oneCell,
    run: (_, { surroundings }) => f(surroundings.now()),
  };
}

/** The same day some months on, or the last day of a shorter month. */
function addMonths(serial: number, months: number): number {
  const { year, month, day } = civilDate(serial);
  const last = dateSerial(year, month + months + 1, 0);
  return Math.min(dateSerial(year, month + months, day), last);
}

const readText = (read: (text: string) => number | undefined) =>
  ofSingles(1, 1, (value) => (typeof value === "string" ? (read(value) ?? errors.value) : toNumber(value as Scalar)));

export const dateFunctions: FunctionTable = {
  DATE: ofIntegers(3, 3, (year, month, day) => {
    const serial = dateSerial(year >= 0 && year < 1900 ? year + 1900 : year, month, day);
    return serial < 0 ? errors.number : serial;
  }),
  TIME: ofIntegers(3, 3, (hours, minutes, seconds) => {
    const time = (hours * 3600 + minutes * 60 + seconds) / 86_400;
    return time < 0 ? errors.number : time % 1;
  }),
  DATEVALUE: readText((text) => {
    const serial = readDateTime(text);
    return serial === undefined || serial < 1 ? undefined : Math.floor(serial);
  }),
  TIMEVALUE: readText((text) => {
    const serial = readDateTime(text);
    return serial === undefined ? undefined : serial % 1;
  }),
  YEAR: ofSerial((serial) => civilDate(serial).year),
  MONTH: ofSerial((serial) => civilDate(serial).month),
  DAY: ofSerial((serial) => civilDate(serial).day),
  HOUR: ofSerial((serial) => Math.floor(secondsOf(serial) / 3600)),
  MINUTE: ofSerial((serial) => Math.floor(secondsOf(serial) / 60) % 60),
  SECOND: ofSerial((serial) => secondsOf(serial) % 60),
  WEEKDAY: ofIntegers(1, 2, (serial, type) => {
    const fromMonday = (civilDate(serial).weekday + 6) % 7;
    if (type === 1) return ((fromMonday + 1) % 7) + 1;
    return type === 2 ? fromMonday + 1 : type === 3 ? fromMonday : errors.number;
  }),
  DAYS: ofIntegers(2, 2, (end, start) => end - start),
  EDATE: ofIntegers(2, 2, (serial, months) => addMonths(serial, months)),
  EOMONTH: ofIntegers(2, 2, (serial, months) => {
    const { year, month } = civilDate(serial);
    return dateSerial(year, month + months + 1, 0);
  }),
  NOW: now((serial) => serial),
  TODAY: now(Math.floor),
};
