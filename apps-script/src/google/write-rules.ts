import { columnLetters } from "../../core/workbook/formula.ts";
import type { Area, SheetLayout, Validation } from "../../core/workbook/port.ts";
import { mergeNeighbours, rangeOf } from "./areas.ts";

type Sheet = GoogleAppsScript.Spreadsheet.Sheet;
type DataValidation = GoogleAppsScript.Spreadsheet.DataValidation;

/**
 * Replaces all validations of the sheet.
 *
 * @param rangeNamed the range that a reference such as `'单位'!$B$2:$B$60` means; undefined when there is no such sheet
 */
export function writeValidations(
  sheet: Sheet,
  validations: NonNullable<SheetLayout["validations"]>,
  rangeNamed: (reference: string) => GoogleAppsScript.Spreadsheet.Range | undefined,
): void {
  sheet.getRange(1, 1, sheet.getMaxRows(), sheet.getMaxColumns()).clearDataValidations();
  const alike = new Map<string, { validation: Validation; areas: Area[] }>();
  validations.forEach(({ area, validation }, i) => {
    // A formula counts from the top left cell of each area.
    const key = validation.kind === "custom" || isWhole(validation) ? String(i) : JSON.stringify(validation);
    const known = alike.get(key);
    if (known) known.areas.push(area);
    else alike.set(key, { validation, areas: [area] });
  });
  for (const { validation, areas } of alike.values()) {
    const built = buildValidation(validation, areas[0], rangeNamed);
    if (!built) continue;
    for (const area of mergeNeighbours(areas)) rangeOf(sheet, area).setDataValidation(built);
  }
}

const isWhole = (validation: Validation) => validation.kind === "number" && validation.integer === true;

function buildValidation(
  validation: Validation,
  area: Area | undefined,
  rangeNamed: (reference: string) => GoogleAppsScript.Spreadsheet.Range | undefined,
): DataValidation | undefined {
  const builder = SpreadsheetApp.newDataValidation();
  if (validation.message !== undefined) builder.setHelpText(validation.message);
  switch (validation.kind) {
    case "list": {
      builder.setAllowInvalid(!validation.strict);
      if (typeof validation.source !== "string") {
        return builder.requireValueInList([...validation.source], true).build();
      }
      const range = rangeNamed(validation.source);
      return range && builder.requireValueInRange(range, true).build();
    }
    case "number": {
      const { min, max } = validation;
      builder.setAllowInvalid(false);
      if (!validation.integer) return builder.requireNumberBetween(min, max).build();
      const cell = area ? `${columnLetters(area.left)}${area.top}` : "A1";
      const formula = `=AND(ISNUMBER(${cell}),${cell}>=${min},${cell}<=${max},${cell}=INT(${cell}))`;
      return builder.requireFormulaSatisfied(formula).build();
    }
    case "custom":
      return builder.setAllowInvalid(false).requireFormulaSatisfied(`=${validation.formula}`).build();
  }
}

/** Replaces all conditional formats of the sheet; the first that is satisfied counts. */
export function writeConditionalFormats(sheet: Sheet, formats: NonNullable<SheetLayout["conditionalFormats"]>): void {
  sheet.setConditionalFormatRules(
    formats.map(({ area, formula, style }) => {
      const builder = SpreadsheetApp.newConditionalFormatRule().whenFormulaSatisfied(`=${formula}`);
      if (style.fill) builder.setBackground(`#${style.fill}`);
      if (style.font?.color) builder.setFontColor(`#${style.font.color}`);
      if (style.font?.bold !== undefined) builder.setBold(style.font.bold);
      return builder.setRanges([rangeOf(sheet, area)]).build();
    }),
  );
}
