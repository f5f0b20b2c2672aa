import type ExcelJS from "exceljs";
import { areaAddress, cellAddress } from "../../../apps-script/core/workbook/addresses.ts";
import type { Area, PrintSetup, SheetLayout } from "../../../apps-script/core/workbook/port.ts";
import type { SheetExtras } from "../intake.ts";
import {
  type DifferentialStyles,
  isConditionalExtension,
  renderConditionalFormat,
  renderValidation,
} from "../sheet-rules.ts";
import { inner } from "./inner-model.ts";
import type { StyleBook } from "./styles.ts";

const paperA4 = 9;
export const mmPerInch = 25.4;
/** Excel's default width of a column. */
export const usualWidth = 8.43;

/** What people may still do on a protected sheet; only locked cells keep their content. */
const protection = {
  sheet: true,
  formatCells: true,
  formatColumns: true,
  formatRows: true,
  insertRows: true,
  deleteRows: true,
  sort: true,
  autoFilter: true,
  selectLockedCells: true,
  selectUnlockedCells: true,
};

export function applyLayout(
  sheet: ExcelJS.Worksheet,
  kept: SheetExtras,
  differentialStyles: DifferentialStyles,
  layout: SheetLayout,
  styles: StyleBook,
): void {
  if (layout.hidden !== undefined) sheet.state = layout.hidden ? "hidden" : "visible";
  if (layout.tabColor !== undefined) sheet.properties.tabColor = { argb: `FF${layout.tabColor}` };
  for (const { column, width, hidden } of layout.widths ?? []) {
    const target = sheet.getColumn(column);
    target.width = width;
    if (hidden !== undefined) target.hidden = hidden;
  }
  for (const { row, height } of layout.heights ?? []) sheet.getRow(row).height = height;
  if (layout.frozen) freeze(sheet, layout.frozen);
  if (layout.filter) sheet.autoFilter = areaAddress(layout.filter);
  for (const { area, style } of layout.styles ?? []) {
    for (let row = area.top; row <= area.bottom; row += 1) {
      const cells = sheet.getRow(row);
      for (let column = area.left; column <= area.right; column += 1) {
        const cell = cells.getCell(column);
        cell.style = styles.merge(cell.style, style);
      }
    }
  }
  for (const area of layout.merges ?? []) merge(sheet, area);
  if (layout.validations) kept.rules.validations = layout.validations.map(renderValidation);
  if (layout.conditionalFormats) {
    kept.rules.conditionalFormats = layout.conditionalFormats.map((format, index) =>
      renderConditionalFormat(format, index + 1, differentialStyles),
    );
    kept.rules.extensions = kept.rules.extensions.filter((extension) => !isConditionalExtension(extension));
  }
  if (layout.protected !== undefined) {
    inner(sheet).sheetProtection = layout.protected ? { ...protection } : null;
  }
  if (layout.print) setUpPrinting(sheet, layout.print);
}

function freeze(sheet: ExcelJS.Worksheet, { rows, columns }: { rows: number; columns: number }): void {
  const { showGridLines, zoomScale } = sheet.views[0] ?? {};
  const common = {
    ...(showGridLines === undefined ? {} : { showGridLines }),
    ...(zoomScale === undefined ? {} : { zoomScale }),
  };
  const topLeftCell = cellAddress(rows + 1, columns + 1);
  sheet.views =
    rows + columns === 0
      ? [{ state: "normal", ...common }]
      : [{ state: "frozen", xSplit: columns, ySplit: rows, topLeftCell, activeCell: topLeftCell, ...common }];
}

function merge(sheet: ExcelJS.Worksheet, { top, left, bottom, right }: Area): void {
  if (top === bottom && left === right) return;
  const present = inner(sheet)._merges[cellAddress(top, left)]?.model;
  if (present && present.bottom === bottom && present.right === right) return;
  sheet.unMergeCells(top, left, bottom, right);
  sheet.mergeCellsWithoutStyle(top, left, bottom, right);
}

function setUpPrinting(sheet: ExcelJS.Worksheet, print: PrintSetup): void {
  const { titleRows, area, margins, header, footer } = print;
  const { printTitlesRow: _titles, printArea: _area, ...present } = sheet.pageSetup;
  const inches = (mm: number) => Math.round((mm / mmPerInch) * 1000) / 1000;
  sheet.pageSetup = {
    ...present,
    paperSize: paperA4,
    orientation: print.landscape ? "landscape" : "portrait",
    fitToPage: true,
    fitToWidth: 1,
    fitToHeight: 0,
    horizontalCentered: true,
    ...(titleRows ? { printTitlesRow: `${titleRows[0]}:${titleRows[1]}` } : {}),
    ...(area ? { printArea: areaAddress(area) } : {}),
    ...(margins
      ? {
          margins: {
            top: inches(margins.top),
            bottom: inches(margins.bottom),
            left: inches(margins.left),
            right: inches(margins.right),
            header: 0.3,
            footer: 0.3,
          },
        }
      : {}),
  };
  if (header !== undefined) sheet.headerFooter = { ...sheet.headerFooter, oddHeader: header };
  if (footer !== undefined) sheet.headerFooter = { ...sheet.headerFooter, oddFooter: footer };
}
