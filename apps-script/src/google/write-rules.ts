import { areaAddress, columnLetters } from "../../core/workbook/addresses.ts";
import type { Area, SheetLayout, Validation } from "../../core/workbook/port.ts";
import { mergeNeighbours, rangeOf } from "./areas.ts";

type Sheet = GoogleAppsScript.Spreadsheet.Sheet;
type ConditionalFormatRule = GoogleAppsScript.Spreadsheet.ConditionalFormatRule;
type DataValidation = GoogleAppsScript.Spreadsheet.DataValidation;

/**
 * Replaces the validations of the columns that get one; columns that people added keep theirs.
 *
 * @param rangeNamed the range that a reference such as `'单位'!$B$2:$B$60` means; undefined when there is no such sheet
 */
export function writeValidations(
  sheet: Sheet,
  validations: NonNullable<SheetLayout["validations"]>,
  rangeNamed: (reference: string) => GoogleAppsScript.Spreadsheet.Range | undefined,
): void {
  if (validations.length === 0) return;
  sheet.getRangeList(wholeColumns(sheet, validations)).clearDataValidations();
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

/** Down to the last row of the sheet, so that a drop-down below the rows that are ready now goes too. */
function wholeColumns(sheet: Sheet, areas: readonly { readonly area: Area }[]): string[] {
  const bottom = sheet.getMaxRows();
  const columns = new Set(areas.flatMap(({ area }) => range(area.left, area.right)));
  const whole = [...columns].sort((a, b) => a - b).map((column) => ({ top: 1, left: column, bottom, right: column }));
  return mergeNeighbours(whole).map(areaAddress);
}

const range = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, i) => from + i);

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

/** A formula with its places left out: rows and columns move, what is asked of them stays. */
const withoutPlaces = (formula: string) =>
  formula
    .replace(/^=/, "")
    .replace(/\$?\b[A-Z]{1,3}\$?\d+\b/g, "#")
    .replace(/\s/g, "");

/** The conditional formats that the add-on did not make, recognised by their conditions. */
function formatsOfPeople(sheet: Sheet, ours: ReadonlySet<string>): ConditionalFormatRule[] {
  return sheet.getConditionalFormatRules().filter((rule) => {
    // A colour scale has no condition.
    const [formula, ...more] = rule.getBooleanCondition()?.getCriteriaValues() ?? [];
    return typeof formula !== "string" || more.length > 0 || !ours.has(withoutPlaces(formula));
  });
}

/** Replaces the conditional formats that the add-on made; the first that is satisfied counts, those of people come last. */
export function writeConditionalFormats(sheet: Sheet, formats: NonNullable<SheetLayout["conditionalFormats"]>): void {
  const ours = formats.map(({ area, formula, style }) => {
    const builder = SpreadsheetApp.newConditionalFormatRule().whenFormulaSatisfied(`=${formula}`);
    if (style.fill) builder.setBackground(`#${style.fill}`);
    if (style.font?.color) builder.setFontColor(`#${style.font.color}`);
    if (style.font?.bold !== undefined) builder.setBold(style.font.bold);
    return builder.setRanges([rangeOf(sheet, area)]).build();
  });
  const others = formatsOfPeople(sheet, new Set(formats.map(({ formula }) => withoutPlaces(formula))));
  if (ours.length > 0) sheet.setConditionalFormatRules([...ours, ...others]);
}
