import type { TableRow } from "../tables/table.ts";
import { parseCivilDate } from "../text/civil-date.ts";
import { toHalfWidth } from "../text/clean.ts";
import { parseDuration, timeCellToDuration } from "../text/duration.ts";
import { perText } from "../text/per-text.ts";
import type { CellValue } from "../workbook/port.ts";

function resultOf(value: CellValue): CellValue {
  return typeof value === "object" && value !== null && value.kind === "formula" ? value.result : value;
}

/** The same days and counts stand in many rows, and several rules read them. */
const readDate = perText(parseCivilDate);
const readCount = perText((text) => {
  const match = /^(\d+|\d{1,3}(?:,\d{3})+)(?:\.0+)?\s*字?$/.exec(toHalfWidth(text));
  return match?.[1] === undefined ? undefined : Number(match[1].replace(/,/g, ""));
});

/** A cell's date as `YYYY-MM-DD`; undefined when it is empty or cannot be read. */
export function dateIn<K extends string>(record: TableRow<K>, key: K): string | undefined {
  return readDate(record.text(key));
}

/** A cell's duration in seconds; undefined when it is empty or cannot be read. */
export function durationIn<K extends string>(record: TableRow<K>, key: K): number | undefined {
  const value = resultOf(record.raw(key));
  if (typeof value === "object" && value !== null && value.kind === "time") return timeCellToDuration(value.seconds);
  return parseDuration(record.text(key));
}

/** A 字数 cell; `512字` and `1,512` are read as well. undefined when it is empty or no whole number. */
export function wordCountIn<K extends string>(record: TableRow<K>, key: K): number | undefined {
  return readCount(record.text(key));
}

/** Whether a cell holds something that `read` cannot read. */
export function isUnreadable<K extends string>(
  record: TableRow<K>,
  key: K,
  read: (record: TableRow<K>, key: K) => unknown,
): boolean {
  return record.text(key) !== "" && read(record, key) === undefined;
}
