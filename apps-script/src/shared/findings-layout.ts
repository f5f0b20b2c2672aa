import { findingsSheet } from "../../core/schema/application.ts";
import { severityLabels } from "../../core/schema/choices.ts";
import { defaultPositions } from "../../core/tables/table-layout.ts";
import { columnLetters } from "../../core/workbook/addresses.ts";
import type { SheetLayout } from "../../core/workbook/port.ts";
import { bodySize, fontName, palette } from "../../core/workbook/theme.ts";

/** Rows of 检查 that are laid at first: as many as a new sheet has. Rows put in among them look the same. */
const laidRows = 1_000;

/**
 * How 检查 looks while its rows come and go: the severities' colours follow the words, so that a check writes values
 * alone.
 */
export function findingsLayout(): SheetLayout {
  const at = (key: string) => defaultPositions(findingsSheet).get(key) ?? 1;
  const column = (key: string) => ({ top: 2, left: at(key), bottom: laidRows, right: at(key) });
  const letter = columnLetters(at("severity"));
  const colour = (label: string, fill: string, color: string) => ({
    area: column("severity"),
    formula: `$${letter}2="${label}"`,
    style: { fill, font: { bold: true, color } },
  });
  return {
    styles: [
      {
        area: { top: 2, left: 1, bottom: laidRows, right: findingsSheet.columns.length },
        style: { font: { name: fontName, size: bodySize, color: palette.ink }, vertical: "middle", horizontal: "left" },
      },
      ...["nominator", "message", "article"].map((key) => ({ area: column(key), style: { wrap: true } })),
      ...["severity", "row"].map((key) => ({ area: column(key), style: { horizontal: "center" as const } })),
    ],
    conditionalFormats: [
      colour(severityLabels.error, palette.errorFill, palette.errorInk),
      colour(severityLabels.warning, palette.warningFill, palette.warningInk),
      colour(severityLabels.info, palette.computed, palette.softInk),
    ],
  };
}
