import type { SheetLayout, SheetPatch, WorkbookPatch } from "../../../../apps-script/core/workbook/port.ts";
import { kindOfFormat } from "../../../xlsx/cell-values.ts";
import { contains, intersects } from "./areas.ts";
import { contentOf } from "./cell-values.ts";
import { changeOfStyle } from "./look.ts";
import { ProtectionModel } from "./protection-model.ts";
import type { SheetModel } from "./sheet-model.ts";
import type { SheetsModel } from "./sheets-model.ts";
import { insertRows } from "./shift-rows.ts";
import { pixelsOfHeight, pixelsOfWidth } from "./sizes.ts";
import { ruleOfValidation } from "./validation-rule.ts";

/** The add-on knows its own protections by this name, which a file does not keep. */
const fileProtection = "评案簿";
const spareRows = 1_000;

/** Marks are left out: in a file they are fills, which come with its styles. @throws Error when a sheet is missing */
export function applyPatch(model: SheetsModel, patch: WorkbookPatch): void {
  // Links and lists may lead to sheets that come later in the patch.
  for (const sheetPatch of patch.sheets) findOrMake(model, sheetPatch);
  for (const sheetPatch of patch.sheets) applySheetPatch(model, findOrMake(model, sheetPatch), sheetPatch);
  if (patch.properties) model.fileProperties = { ...model.fileProperties, ...patch.properties };
}

function findOrMake(model: SheetsModel, { name, createBefore }: SheetPatch): SheetModel {
  const present = model.sheetNamed(name);
  if (present) return present;
  if (createBefore === undefined) throw new Error(`no sheet ${name}`);
  const before = model.sheets.findIndex((sheet) => sheet.name === createBefore);
  return model.addSheet(name, before < 0 ? model.sheets.length : before);
}

function applySheetPatch(model: SheetsModel, sheet: SheetModel, patch: SheetPatch): void {
  const insertions = [...(patch.insertRows ?? [])].sort((a, b) => b.before - a.before);
  for (const { before, count } of insertions) {
    if (before <= sheet.rows) insertRows(model, sheet, before, count);
  }
  if (patch.clearFrom !== undefined) clearFrom(model, sheet, patch.clearFrom);
  grow(model, sheet, patch);
  const arrays = (patch.edits ?? []).flatMap(({ value }) =>
    typeof value === "object" && value?.kind === "formula" && value.array ? [value.array] : [],
  );
  for (const { row, column, value } of patch.edits ?? []) {
    // What an array formula shows is calculated again, and has no room where a value stands.
    const cell = { top: row, left: column, bottom: row, right: column };
    if (arrays.some((area) => contains(area, cell) && (area.top !== row || area.left !== column))) continue;
    const { content, kind, numberFormat } = contentOf(model, value);
    const present = kindOfFormat(sheet.looks.get(row, column)?.numberFormat);
    model.setContent(sheet, row, column, content);
    if (kind !== present && (kind !== "number" || typeof content === "number")) {
      sheet.changeLooks(cell, { numberFormat });
    }
  }
  for (const { row, column, text } of patch.notes ?? []) sheet.notes.set(row, column, text || undefined);
  if (patch.layout) applyLayout(model, sheet, patch.layout);
}

function clearFrom(model: SheetsModel, sheet: SheetModel, first: number): void {
  const area = { ...sheet.whole, top: first };
  for (const [row, column] of [...sheet.contents.entries()]) {
    if (row >= first) model.setContent(sheet, row, column, undefined);
  }
  sheet.clearGrid(sheet.notes, area);
  sheet.clearGrid(sheet.looks, area);
}

function grow(model: SheetsModel, sheet: SheetModel, { edits = [], notes = [], layout }: SheetPatch): void {
  const areas = [...(layout?.styles ?? []), ...(layout?.validations ?? []), ...(layout?.conditionalFormats ?? [])];
  let [rows, columns] = [sheet.rows, sheet.columns];
  for (const { row, column } of [...edits, ...notes]) {
    if (row > rows) rows = row + spareRows;
    columns = Math.max(columns, column);
  }
  for (const { area } of areas) {
    rows = Math.max(rows, area.bottom);
    columns = Math.max(columns, area.right);
  }
  for (const { column } of layout?.widths ?? []) columns = Math.max(columns, column);
  model.checkSize(rows * columns - sheet.rows * sheet.columns);
  sheet.rows = rows;
  sheet.columns = columns;
  model.restructure();
}

function applyLayout(model: SheetsModel, sheet: SheetModel, layout: SheetLayout): void {
  if (layout.hidden !== undefined) sheet.isHidden = layout.hidden;
  if (layout.tabColor !== undefined) sheet.tabColor = layout.tabColor.toUpperCase();
  for (const { column, width, hidden, grouped } of layout.widths ?? []) {
    const depth = grouped ? { depth: 1 } : {};
    sheet.columnSizes.set(column, { pixels: pixelsOfWidth(width), ...(hidden ? { hidden } : {}), ...depth });
  }
  for (const { row, height } of layout.heights ?? []) sheet.heights.set(row, pixelsOfHeight(height));
  if (layout.frozen) sheet.frozen = { ...layout.frozen };
  if (layout.filter) sheet.filter = layout.filter;
  for (const { area, style } of layout.styles ?? []) sheet.changeLooks(area, changeOfStyle(style));
  for (const area of layout.merges ?? []) {
    sheet.merges = [...sheet.merges.filter((merge) => !intersects(merge, area)), area];
    for (const [row, column] of [...sheet.contents.entries()]) {
      if (sheet.isCovered(row, column)) model.setContent(sheet, row, column, undefined);
    }
  }
  if (layout.validations) {
    const names = {
      idOf: (name: string) => model.sheetNamed(name)?.id,
      nameOf: (id: number) => model.sheetOfId(id)?.name,
    };
    sheet.clearGrid(sheet.rules, sheet.whole);
    for (const { area, validation } of layout.validations) {
      const rule = ruleOfValidation(validation, area, sheet.name, names);
      for (let row = area.top; row <= area.bottom; row += 1) {
        for (let column = area.left; column <= area.right; column += 1) sheet.rules.set(row, column, rule);
      }
    }
  }
  if (layout.conditionalFormats) {
    sheet.conditionalFormats = layout.conditionalFormats.map(({ area, formula, style: { fill, font } }) => ({
      ranges: [area],
      formula: `=${formula}`,
      ...(fill ? { background: fill.toUpperCase() } : {}),
      ...(font?.color ? { fontColor: font.color.toUpperCase() } : {}),
      ...(font?.bold ? { bold: true } : {}),
    }));
  }
  if (layout.protected !== undefined) {
    sheet.protections = sheet.protections.filter(({ description, area }) => area || description !== fileProtection);
    if (layout.protected) protectSheet(sheet);
  }
  if (layout.print) sheet.print = layout.print;
}

function protectSheet(sheet: SheetModel): void {
  const protection = new ProtectionModel(undefined);
  protection.description = fileProtection;
  protection.unprotected = sheet.unlockedAreas();
  protection.closeToEditors();
  sheet.protections.push(protection);
}
