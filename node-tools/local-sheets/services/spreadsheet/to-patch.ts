import { trimRows } from "../../../../apps-script/core/workbook/apply-patch.ts";
import {
  type CellEdit,
  type CellStyle,
  type CellValue,
  type NoteEdit,
  noteKey,
  type SheetLayout,
  type SheetPatch,
  type SheetSnapshot,
  type WorkbookPatch,
  type WorkbookSnapshot,
} from "../../../../apps-script/core/workbook/port.ts";
import { moveFormula } from "../../../xlsx/references.ts";
import { areasOfEqual } from "./areas.ts";
import { cellValue } from "./cell-values.ts";
import { styleOfLook } from "./look.ts";
import type { SheetModel } from "./sheet-model.ts";
import type { SheetsModel } from "./sheets-model.ts";
import { heightOfPixels, widthOfPixels } from "./sizes.ts";
import { validationOfRule } from "./validation-rule.ts";

export function toSnapshot(model: SheetsModel): WorkbookSnapshot {
  return { sheets: model.sheets.map((sheet) => snapshotOf(model, sheet)) };
}

export function snapshotOf(model: SheetsModel, sheet: SheetModel): SheetSnapshot {
  const [height, width] = [sheet.lastRow, sheet.lastColumn];
  const rows: CellValue[][] = [];
  for (let row = 1; row <= height; row += 1) {
    const cells: CellValue[] = [];
    const end = sheet.hasSpillers ? width : sheet.contents.lastColumnOf(row);
    for (let column = 1; column <= end; column += 1) cells.push(cellValue(model, sheet, row, column));
    rows.push(cells);
  }
  const notes = new Map([...sheet.notes.entries()].map(([row, column, text]) => [noteKey(row, column), text]));
  return { name: sheet.name, hidden: sheet.isHidden, rows: trimRows(rows), notes };
}

export function toPatch(model: SheetsModel): WorkbookPatch {
  const sheets = model.sheets.map((sheet): SheetPatch => {
    const edits: CellEdit[] = [...sheet.contents.entries()].map(([row, column]) => ({
      row,
      column,
      value: cellValue(model, sheet, row, column),
    }));
    const notes: NoteEdit[] = [...sheet.notes.entries()].map(([row, column, text]) => ({ row, column, text }));
    return {
      name: sheet.name,
      createBefore: null,
      edits,
      ...(notes.length > 0 ? { notes } : {}),
      layout: layoutOf(model, sheet),
    };
  });
  return { sheets, ...(model.fileProperties ? { properties: model.fileProperties } : {}) };
}

const orNothing = <Key extends string, T>(key: Key, items: readonly T[]) =>
  (items.length > 0 ? { [key]: items } : {}) as { [K in Key]?: readonly T[] };

function layoutOf(model: SheetsModel, sheet: SheetModel): SheetLayout {
  const protection = sheet.protections.find(({ area, isWarningOnly }) => area === undefined && !isWarningOnly);
  const looks = areasOfEqual(sheet.looks.entries()).flatMap(({ area, value }) => {
    const { locked: _locked, ...style } = styleOfLook(value);
    const kept: CellStyle = protection ? style : styleOfLook(value);
    return Object.keys(kept).length > 0 ? [{ area, style: kept }] : [];
  });
  const unlocked = (protection?.unprotected ?? []).map((area) => ({ area, style: { locked: false } }));
  const names = {
    idOf: (name: string) => model.sheetNamed(name)?.id,
    nameOf: (id: number) => model.sheetOfId(id)?.name,
  };
  const validations = areasOfEqual(sheet.rules.entries()).flatMap(({ area, value }) => {
    const validation = validationOfRule(value, area, names);
    return validation ? [{ area, validation }] : [];
  });
  const { frozen } = sheet;
  return {
    hidden: sheet.isHidden,
    ...(sheet.tabColor ? { tabColor: sheet.tabColor } : {}),
    ...orNothing("widths", widthsOf(sheet)),
    ...orNothing("heights", heightsOf(sheet)),
    ...(frozen.rows + frozen.columns > 0 ? { frozen: { ...frozen } } : {}),
    ...(sheet.filter ? { filter: sheet.filter } : {}),
    ...orNothing("styles", [...looks, ...unlocked]),
    ...orNothing("merges", sheet.merges),
    ...orNothing("validations", validations),
    ...orNothing("conditionalFormats", conditionalFormatsOf(sheet)),
    ...(protection ? { protected: true } : {}),
    ...(sheet.print ? { print: sheet.print } : {}),
  };
}

const usualPixels = 100;

function widthsOf(sheet: SheetModel) {
  return [...sheet.columnSizes]
    .sort(([a], [b]) => a - b)
    .map(([column, { pixels, hidden, depth = 0 }]) => ({
      column,
      width: widthOfPixels(pixels ?? usualPixels),
      ...(hidden ? { hidden } : {}),
      ...(depth > 0 ? { grouped: true } : {}),
    }));
}

function heightsOf(sheet: SheetModel) {
  return [...sheet.heights].sort(([a], [b]) => a - b).map(([row, pixels]) => ({ row, height: heightOfPixels(pixels) }));
}

function conditionalFormatsOf(sheet: SheetModel) {
  return sheet.conditionalFormats.flatMap(({ ranges, formula, background, fontColor, bold }) => {
    const font = { ...(fontColor ? { color: fontColor } : {}), ...(bold ? { bold } : {}) };
    const style: CellStyle = {
      ...(background ? { fill: background } : {}),
      ...(Object.keys(font).length > 0 ? { font } : {}),
    };
    const [first] = ranges;
    return ranges.map((area) => ({
      area,
      formula: moveFormula(formula.slice(1), area.top - (first?.top ?? 1), area.left - (first?.left ?? 1)),
      style,
    }));
  });
}
