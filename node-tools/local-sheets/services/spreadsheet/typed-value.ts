/** What a cell holds; an empty cell holds nothing. Dates and times are serial numbers under a number format. */
export type Content = string | number | boolean | FormulaContent;

export interface FormulaContent {
  /** Without the leading `=`. */
  readonly formula: string;
}

export interface TypedValue {
  /** undefined empties the cell. */
  readonly content: Content | undefined;
  /** The format that comes with such a value where the cell has none of its own kind. */
  readonly numberFormat?: string;
}

/** Number format of plain text. */
const textFormat = "@";
const dayMs = 86_400_000;
const epoch = Date.UTC(1899, 11, 30);

/**
 * What a text becomes that is typed into a cell or handed to `setValues`, in a spreadsheet of Chinese locale.
 *
 * @param numberFormat the cell's own, if any
 * @param thisYear year of a date that is typed without one
 */
export function readTyped(text: string, numberFormat: string | undefined, thisYear: () => number): TypedValue {
  if (text === "") return { content: undefined };
  if (text.startsWith("'")) return { content: text.slice(1) };
  if (numberFormat === textFormat) return { content: text };
  if (text.startsWith("=") && text.length > 1) return { content: { formula: text.slice(1) } };
  const trimmed = text.trim();
  if (/^(?:true|false)$/i.test(trimmed)) return { content: trimmed.toLowerCase() === "true" };
  return readNumber(trimmed) ?? readMoment(trimmed, thisYear) ?? { content: text };
}

const number = /^([+-]?)((?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d*)?|\.\d+)(E[+-]?\d+)?(\s?%)?$/i;

function readNumber(text: string): TypedValue | undefined {
  const match = number.exec(text);
  if (!match) return undefined;
  const [, sign = "", digits = "", exponent = "", percent] = match;
  if (exponent !== "" && percent !== undefined) return undefined;
  const value = Number(`${sign}${digits.replaceAll(",", "")}${exponent}`);
  if (!Number.isFinite(value)) return undefined;
  const hasFraction = digits.includes(".");
  if (percent !== undefined) return { content: value / 100, numberFormat: hasFraction ? "0.00%" : "0%" };
  if (exponent !== "") return { content: value, numberFormat: "0.00E+00" };
  if (digits.includes(",")) return { content: value, numberFormat: hasFraction ? "#,##0.00" : "#,##0" };
  return { content: value };
}

/** Each with its parts in the order of `order`: year, month, day. */
const dates: readonly { readonly pattern: RegExp; readonly order: string; readonly format: string }[] = [
  { pattern: /^(\d{4})-(\d{1,2})-(\d{1,2})$/, order: "ymd", format: "yyyy-mm-dd" },
  { pattern: /^(\d{4})\/(\d{1,2})\/(\d{1,2})$/, order: "ymd", format: "yyyy/m/d" },
  { pattern: /^(\d{4})年(\d{1,2})月(\d{1,2})日$/, order: "ymd", format: 'yyyy"年"m"月"d"日"' },
  { pattern: /^(\d{4})[-/](\d{1,2})$/, order: "ym", format: "yyyy-mm" },
  { pattern: /^(\d{4})年(\d{1,2})月$/, order: "ym", format: 'yyyy"年"m"月"' },
  { pattern: /^(\d{1,2})[-/](\d{1,2})$/, order: "md", format: "m-d" },
  { pattern: /^(\d{1,2})月(\d{1,2})日$/, order: "md", format: 'm"月"d"日"' },
];

function readDate(text: string, thisYear: () => number): { serial: number; format: string } | undefined {
  for (const { pattern, order, format } of dates) {
    const match = pattern.exec(text);
    if (!match) continue;
    const part = (letter: string) => (order.includes(letter) ? Number(match[order.indexOf(letter) + 1]) : undefined);
    const year = part("y") ?? thisYear();
    const [month = 1, day = 1] = [part("m"), part("d")];
    const date = new Date(Date.UTC(year, month - 1, day));
    if (date.getUTCFullYear() !== year || date.getUTCMonth() !== month - 1 || date.getUTCDate() !== day)
      return undefined;
    const serial = (date.getTime() - epoch) / dayMs;
    return serial < 0 ? undefined : { serial, format };
  }
  return undefined;
}

const time = /^(上午|下午)?\s*(\d{1,4}):([0-5]\d)(?::([0-5]\d(?:\.\d{1,3})?))?\s*(AM|PM)?$/i;

function readTime(text: string): { serial: number; format: string } | undefined {
  const match = time.exec(text);
  if (!match) return undefined;
  const [, chineseHalf, hourText = "", minutes = "", seconds, half] = match;
  let hours = Number(hourText);
  const isHalved = chineseHalf !== undefined || half !== undefined;
  if (isHalved) {
    if (hours < 1 || hours > 12) return undefined;
    const isAfternoon = chineseHalf === "下午" || half?.toUpperCase() === "PM";
    hours = (hours % 12) + (isAfternoon ? 12 : 0);
  }
  const serial = (hours * 3600 + Number(minutes) * 60 + Number(seconds ?? 0)) / 86_400;
  if (hours >= 24) return { serial, format: "[h]:mm:ss" };
  return { serial, format: seconds === undefined ? "h:mm" : "h:mm:ss" };
}

function readMoment(text: string, thisYear: () => number): TypedValue | undefined {
  const alone = readDate(text, thisYear) ?? readTime(text);
  if (alone) return { content: alone.serial, numberFormat: alone.format };
  const [, datePart = "", timePart = ""] = /^(\S+?)(?:\s+|T)(\S.*)$/.exec(text) ?? [];
  const date = readDate(datePart, thisYear);
  const hour = readTime(timePart);
  if (!date || !hour || hour.serial >= 1) return undefined;
  return { content: date.serial + hour.serial, numberFormat: `${date.format} ${hour.format}` };
}
