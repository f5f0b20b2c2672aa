/** The figures of the report, for the page to draw. */
import { noticeOf } from "../../../apps-script/core/award/notice-sheet.ts";
import { readFormContext } from "../../../apps-script/core/exports/forms/index.ts";
import { viewStatistics } from "../../../apps-script/core/exports/forms/statistics-report.ts";
import type { PrintedCell, PrintedTable } from "../../../apps-script/core/tables/printed-table.ts";
import { openForReading } from "../../award-files/award-files.ts";
import { requireSettings } from "../../award-files/settings-guard.ts";
import type { FigureTable, ReportFigures } from "../protocol.ts";
import { openReviewToRead } from "./award-overview.ts";

/** As a spreadsheet shows it. */
function showCell(cell: PrintedCell | undefined, numberFormat = ""): string {
  if (typeof cell !== "number" || numberFormat === "") return String(cell ?? "");
  const [, decimals = "", percent = ""] = /^0(?:\.(0+))?(%?)$/.exec(numberFormat) ?? [];
  return `${(percent === "" ? cell : 100 * cell).toFixed(decimals.length)}${percent}`;
}

function tableToShow({ sheet, columns, rows, closing }: PrintedTable): FigureTable {
  return {
    title: sheet,
    labels: columns.map(({ label }) => label),
    numbers: columns.flatMap(({ label, align }) => (align === "left" ? [] : label)),
    rows: rows.map((row) =>
      "heading" in row ? [row.heading] : columns.map(({ numberFormat }, i) => showCell(row[i], numberFormat)),
    ),
    notes: closing,
  };
}

/** @throws InputError, WorkbookStructureError */
export function readStatistics(path: string): ReportFigures | undefined {
  const { snapshot } = openForReading(`/${path}`).workbook;
  requireSettings(`/${path}`, snapshot);
  const review = openReviewToRead(path)?.workbook.snapshot;
  const view = viewStatistics(readFormContext(snapshot, review, noticeOf(snapshot), ""));
  return view && { ...view, tables: view.tables.map(tableToShow) };
}
