import type ExcelJS from "exceljs";
import { cellAddress, columnLetters } from "../../../apps-script/core/workbook/addresses.ts";
import type { RowInsertion } from "../../../apps-script/core/workbook/port.ts";
import { moveNotes } from "../notes.ts";
import { makeMapRow } from "../package/insert-rows.ts";
import { type MapRow, mapAreaRows, mapFormulaRows } from "../references.ts";
import { moveRules } from "../sheet-rules.ts";
import { type InnerRow, type InnerSheet, inner } from "./inner-model.ts";
import type { WorkbookExtras } from "./intake.ts";
import { moveLinks } from "./links.ts";

/** All insertions in one pass over the rows; formulas that point at the sheet follow, wherever they stand. */
export function insertRows(
  book: ExcelJS.Workbook,
  sheet: ExcelJS.Worksheet,
  extras: WorkbookExtras,
  insertions: readonly RowInsertion[],
): void {
  const mapRow = makeMapRow(insertions);
  moveRows(inner(sheet), mapRow);
  for (const each of book.worksheets) moveFormulas(each, sheet.name, mapRow);
  for (const [name, kept] of extras.sheets) {
    kept.rules = moveRules(kept.rules, name, sheet.name, mapRow);
    kept.links = moveLinks(kept.links, name, sheet.name, mapRow);
    if (name === sheet.name) kept.notes = moveNotes(kept.notes, mapRow);
  }
  extras.names = extras.names.map((name) => ({
    ...name,
    xml: name.xml.replace(/>([^<]*)</, (_, formula: string) => `>${mapFormulaRows(formula, "", sheet.name, mapRow)}<`),
  }));
}

function moveRows(sheet: InnerSheet, mapRow: MapRow): void {
  const moved: (InnerRow | undefined)[] = [];
  for (const row of sheet._rows) {
    if (!row) continue;
    const number = mapRow(row._number);
    if (number !== row._number) renumber(row, number);
    moved[number - 1] = row;
  }
  sheet._rows = moved;
  const merges: InnerSheet["_merges"] = {};
  for (const range of Object.values(sheet._merges)) {
    range.model.top = mapRow(range.model.top);
    range.model.bottom = mapRow(range.model.bottom);
    merges[cellAddress(range.model.top, range.model.left)] = range;
  }
  sheet._merges = merges;
  for (const pageBreak of sheet.rowBreaks) pageBreak.id = mapRow(pageBreak.id);
  for (const { range } of sheet._media) {
    for (const anchor of [range?.tl, range?.br]) if (anchor) anchor.nativeRow = mapRow(anchor.nativeRow + 1) - 1;
  }
  for (const { table } of Object.values(sheet.tables)) {
    if (table?.tableRef) table.tableRef = mapAreaRows(table.tableRef, mapRow);
    if (table?.autoFilterRef) table.autoFilterRef = mapAreaRows(table.autoFilterRef, mapRow);
  }
  const { autoFilter, pageSetup } = sheet;
  if (typeof autoFilter === "string") sheet.autoFilter = mapAreaRows(autoFilter, mapRow);
  if (pageSetup.printArea) pageSetup.printArea = mapAreaRows(pageSetup.printArea, mapRow);
  // The master of a merged cell has its new address only now.
  for (const row of sheet._rows) {
    for (const cell of row?._cells ?? []) {
      const master = cell?._value._master;
      if (cell && master) cell._value.model.master = master._address;
    }
  }
}

function renumber(row: InnerRow, number: number): void {
  row._number = number;
  row._cells.forEach((cell, index) => {
    if (!cell) return;
    cell._address = `${columnLetters(index + 1)}${number}`;
    cell._value.model.address = cell._address;
  });
}

function moveFormulas(sheet: ExcelJS.Worksheet, inserted: string, mapRow: MapRow): void {
  for (const row of inner(sheet)._rows) {
    for (const cell of row?._cells ?? []) {
      const model = cell?._value.model;
      if (model?.formula === undefined) continue;
      model.formula = mapFormulaRows(model.formula, sheet.name, inserted, mapRow);
      if (model.ref !== undefined && sheet.name === inserted) model.ref = mapAreaRows(model.ref, mapRow);
    }
  }
}
