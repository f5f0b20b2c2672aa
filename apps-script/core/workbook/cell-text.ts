import { formatDuration } from "../text/duration.ts";
import type { CellValue } from "./port.ts";

/** What a cell says, as text: dates as `YYYY-MM-DD`, times as `hh:mm:ss`, formulas by their last result. */
export function cellText(value: CellValue): string {
  if (value === null) return "";
  switch (typeof value) {
    case "string":
      return value;
    case "number":
      return String(value);
    case "boolean":
      return value ? "TRUE" : "FALSE";
  }
  switch (value.kind) {
    case "date":
      return value.iso.replace("T", " ");
    case "time":
      return formatDuration(value.seconds);
    case "error":
      return value.code;
    case "formula":
      return cellText(value.result);
    case "link":
      return value.text;
  }
}

export function isBlank(value: CellValue): boolean {
  return cellText(value).trim() === "";
}
