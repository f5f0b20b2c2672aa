/** The title of a sheet and what is said below it, above its table. */
import type { CellStyle } from "../workbook/port.ts";
import { bodySize, fontName, palette } from "../workbook/theme.ts";

export const titleStyle: CellStyle = {
  font: { name: fontName, size: 15, bold: true, color: palette.title },
  vertical: "middle",
  horizontal: "left",
};
export const hintStyle: CellStyle = {
  font: { name: fontName, size: bodySize, color: palette.ink },
  fill: palette.band,
  wrap: true,
  vertical: "middle",
  horizontal: "left",
  indent: 1,
};
