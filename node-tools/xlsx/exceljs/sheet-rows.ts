import { columnLetters, columnNumber } from "../../../apps-script/core/workbook/addresses.ts";
import type { Area } from "../../../apps-script/core/workbook/port.ts";
import { dayMs, epochSerial } from "../cell-values.ts";

/** More empty formatted rows than this below the last value are a slip of the hand, not a form to fill in. */
const emptyRowsKept = 20_000;

/** Brings the rows of a sheet into the form that ExcelJS reads without loss. @param filtered the area of a filter, whose hidden rows are shown */
export function tidyRows(sheetData: string, filtered?: Area): string {
  let rows = sheetData;
  const lastValue = Math.max(rows.lastIndexOf("</v>"), rows.lastIndexOf("</is>"), rows.lastIndexOf("</f>"), 0);
  const lastRowEnd = rows.indexOf("</row>", lastValue);
  if (lastRowEnd >= 0 && rows.length - lastRowEnd > emptyRowsKept * 20) {
    const after = rows.slice(lastRowEnd + "</row>".length);
    if ((after.match(/<row[\s>]/g) ?? []).length > emptyRowsKept) rows = rows.slice(0, lastRowEnd + "</row>".length);
  }
  if (/\st="d"/.test(rows)) rows = numberDates(rows);
  if (/<row(?![^>]*\sr=")[\s>]/.test(rows) || /<c(?![^>]*\sr=")[\s>]/.test(rows)) rows = numberCells(rows);
  if (filtered) {
    rows = rows.replace(/<row\s[^>]*\shidden="[^>]*>/g, (tag) => {
      const row = Number(/\sr="(\d+)"/.exec(tag)?.[1]);
      return row > filtered.top && row <= filtered.bottom ? tag.replace(/\shidden="[^"]*"/, "") : tag;
    });
  }
  // A height that a program only worked out would become fixed: ExcelJS marks every height as chosen.
  return rows.replace(/<row\s[^>]*?\sht="[^>]*>/g, (tag) =>
    /customHeight="(1|true)"/.test(tag) ? tag : tag.replace(/\sht="[^"]*"/, ""),
  );
}

/** Some programs write dates as text of type `d`, of which ExcelJS would read the year. */
function numberDates(rows: string): string {
  return rows.replace(
    /(<c\s[^>]*)\st="d"([^>]*>(?:<f[\s\S]*?(?:<\/f>|\/>))?<v>)([^<]*)/g,
    (whole, start, middle, iso) => {
      const [date = "", time = "00:00:00"] = String(iso).replace(/Z$/, "").split("T");
      const serial = Date.parse(`${date}T${time.slice(0, 8)}Z`) / dayMs + epochSerial;
      return Number.isNaN(serial) ? whole : `${start}${middle}${serial}`;
    },
  );
}

/** Some programs leave out row numbers and addresses, which then count up from the one before. */
function numberCells(rows: string): string {
  let row = 0;
  let column = 0;
  return rows.replace(/<(row|c)(\s[^>]*?)?(\/?)>/g, (whole, tag: string, attributes = "", slash = "") => {
    const given = /\sr="([A-Z]*)(\d+)"/.exec(attributes);
    if (tag === "row") {
      row = given ? Number(given[2]) : row + 1;
      column = 0;
    } else {
      column = given ? columnNumber(given[1] ?? "") : column + 1;
    }
    if (given) return whole;
    return `<${tag} r="${tag === "row" ? row : `${columnLetters(column)}${row}`}"${attributes}${slash}>`;
  });
}
