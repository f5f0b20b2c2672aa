/** TEXT: numbers and dates written by a format such as `0.00`, `#,##0`, `0%`, `yyyy-mm-dd` or `hh:mm`. */
import { civilDate } from "./typed-text.ts";

const datePart = /"([^"]*)"|\\(.)|y+|m+|d+|h+|s+|am\/pm|./gis;

function two(value: number, wide: boolean): string {
  return wide ? String(value).padStart(2, "0") : String(value);
}

function formatDate(serial: number, format: string): string {
  const parts = [...format.matchAll(datePart)];
  const kinds = parts.map(([part]) => part[0]?.toLowerCase() ?? "");
  const seconds = Math.round((serial - Math.floor(serial)) * 86_400);
  const { year, month, day } = civilDate(serial);
  const hour = Math.floor(seconds / 3600);
  const half = /am\/pm/i.test(format);
  // Minutes and months share a letter: next to hours or seconds it means minutes.
  const isMinute = (i: number) => {
    const letters = /[ymdhs]/;
    const before = kinds
      .slice(0, i)
      .reverse()
      .find((kind) => letters.test(kind));
    const after = kinds.slice(i + 1).find((kind) => letters.test(kind));
    return before === "h" || after === "s";
  };
  return parts
    .map(([part, quoted, escaped], i) => {
      if (quoted !== undefined || escaped !== undefined) return quoted ?? escaped;
      const wide = part.length > 1;
      switch (part.length === 5 ? "half" : kinds[i]) {
        case "half":
          return hour < 12 ? "AM" : "PM";
        case "y":
          return part.length > 2 ? String(year) : two(year % 100, true);
        case "m":
          return two(isMinute(i) ? Math.floor(seconds / 60) % 60 : month, wide);
        case "d":
          return two(day, wide);
        case "h":
          return two(half ? hour % 12 || 12 : hour, wide);
        case "s":
          return two(seconds % 60, wide);
        default:
          return part;
      }
    })
    .join("");
}

function formatNumber(value: number, format: string): string {
  const match = /[#0][#0,]*(?:\.[#0]+)?/.exec(format);
  if (!match) return format.replace(/"([^"]*)"/g, "$1");
  const [pattern] = match;
  const [whole = "", fraction = ""] = pattern.split(".");
  const percent = format.includes("%");
  const scaled = Number((Math.abs(value) * (percent ? 100 : 1)).toPrecision(15));
  const least = (part: string) => part.replace(/[^0]/g, "").length;
  const [digits = "", decimals = ""] = scaled.toFixed(fraction.length).split(".");
  const padded = digits.replace(/^0+/, "").padStart(least(whole), "0");
  const grouped = whole.includes(",") ? padded.replace(/\B(?=(\d{3})+$)/g, ",") : padded;
  const kept = decimals.slice(0, least(fraction)) + decimals.slice(least(fraction)).replace(/0+$/, "");
  const written = grouped + (kept === "" ? "" : `.${kept}`);
  const around = (part: string) => part.replace(/"([^"]*)"/g, "$1");
  const sign = value < 0 && Number(scaled.toFixed(fraction.length)) !== 0 ? "-" : "";
  return sign + around(format.slice(0, match.index)) + written + around(format.slice(match.index + pattern.length));
}

export function formatValue(value: number, format: string): string {
  return /[ymdhs]/i.test(format.replace(/"[^"]*"/g, "")) ? formatDate(value, format) : formatNumber(value, format);
}
