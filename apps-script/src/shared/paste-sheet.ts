import { findingsSheet, pasteSheetLabel } from "../../core/schema/application.ts";
import type { CellValue, SheetPatch } from "../../core/workbook/port.ts";
import { bodySize, fontName, palette } from "../../core/workbook/theme.ts";

const instruction =
  "把一张带表头的表格从第 2 行起粘贴到这里，再点菜单“评案簿 → 导入（从本表的粘贴区）”。" +
  "一次一张，表头上方可以有标题行；全部收下后这里会自动清空。";

/** 粘贴区: an instruction in row 1; people paste below. */
export function pasteSheet(): SheetPatch {
  const wide = { top: 1, left: 1, bottom: 1, right: 12 };
  // As text: otherwise Sheets ruins long numbers and turns texts such as 1-2 into dates.
  const below = { top: 2, left: 1, bottom: 1_000, right: 60 };
  return {
    name: pasteSheetLabel,
    createBefore: findingsSheet.label,
    edits: [{ row: 1, column: 1, value: instruction }],
    layout: {
      tabColor: palette.softInk,
      heights: [{ row: 1, height: 30 }],
      frozen: { rows: 1, columns: 0 },
      styles: [
        { area: below, style: { numberFormat: "@" } },
        {
          area: wide,
          style: {
            font: { name: fontName, size: bodySize, bold: true, color: palette.title },
            fill: palette.band,
            vertical: "middle",
          },
        },
      ],
    },
  };
}

export const hasInstruction = ([first]: readonly (readonly CellValue[])[]): boolean => first?.[0] === instruction;

/** What was pasted, without the instruction; rows keep their numbers. */
export function pastedRows(rows: readonly (readonly CellValue[])[]): (readonly CellValue[])[] {
  return hasInstruction(rows) ? [[], ...rows.slice(1)] : [...rows];
}
