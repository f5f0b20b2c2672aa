import type { PlainValue } from "../../apps-script/core/workbook/port.ts";
import { showNumber } from "../xlsx/shown-number.ts";

/** What a cell shows under a number format. Dates and times as ours are written. */
export function displayText(value: PlainValue, format: string | undefined): string {
  if (value === null) return "";
  if (typeof value === "string") return value;
  if (typeof value === "boolean") return value ? "TRUE" : "FALSE";
  if (typeof value === "number") return numberText(value, format);
  switch (value.kind) {
    case "date":
      return dateText(value.iso, format);
    case "time":
      return durationText(value.seconds);
    case "error":
      return value.code;
  }
}

function numberText(value: number, format: string | undefined): string {
  if (!format || format === "General" || format === "@") return plainNumber(value);
  return showNumber(value, format) ?? plainNumber(value);
}

/** Fifteen significant digits, as spreadsheets calculate. */
function plainNumber(value: number): string {
  return String(Number(value.toPrecision(15)));
}

function dateText(iso: string, format: string | undefined): string {
  const [day = "", time = ""] = iso.split("T");
  const [year = "", month = "", date = ""] = day.split("-");
  if (format?.includes("年")) return `${year}年${Number(month)}月${Number(date)}日${time ? ` ${time}` : ""}`;
  const separator = format?.includes("/") ? "/" : "-";
  return [year, month, date].join(separator) + (time ? ` ${time}` : "");
}

function durationText(seconds: number): string {
  const two = (n: number) => String(n).padStart(2, "0");
  return `${Math.floor(seconds / 3600)}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`;
}

/** A text that would become something else if it were typed; an apostrophe keeps it. */
const looksTyped = /^(?:['=+]|[-\d.,:/年月日%\s]+$|\d{4}-\d|true$|false$|#)/i;

/** A constant as somebody would type it to get the same again. */
export function inputText(value: PlainValue, format: string | undefined): string {
  if (typeof value === "string") return looksTyped.test(value) && format !== "@" ? `'${value}` : value;
  if (typeof value === "number") return format?.includes("%") ? `${plainNumber(value * 100)}%` : plainNumber(value);
  return displayText(value, undefined);
}
