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
  for (const { area, columns } of joinColumns(validations)) {
    const built = columns.map((validation, i) => buildValidation(validation, area.left + i, area.top, rangeNamed));
    const [rule] = built;
    const [first] = columns;
    if (first && columns.every((each) => each === first || (!isFormula(each) && isSame(each, first)))) {
      if (rule) rangeOf(sheet, area).setDataValidation(rule);
      continue;
    }
    // One row, which is copied down: a call for each rule would cost more, a rule for each cell too much.
    const row = rangeOf(sheet, { ...area, bottom: area.top }).setDataValidations([built.map((each) => each ?? null)]);
    if (area.bottom > area.top)
      row.copyTo(rangeOf(sheet, area), SpreadsheetApp.CopyPasteType.PASTE_DATA_VALIDATION, false);
  }
}

interface Columns {
  readonly area: Area;
  /** From the left. */
  readonly columns: Validation[];
}

/** Neighbouring columns of the same height together. */
function joinColumns(validations: NonNullable<SheetLayout["validations"]>): Columns[] {
  // A formula over several columns counts from the first of them.
  const isOne = ({ area, validation }: (typeof validations)[number]) =>
    validation.kind === "custom" && area.left < area.right;
  const wide = validations.filter(isOne).map(({ area, validation }) => ({ area, columns: [validation] }));
  const single = validations.flatMap((each) =>
    isOne(each)
      ? []
      : range(each.area.left, each.area.right).map((column) => ({
          area: { ...each.area, left: column, right: column },
          validation: each.validation,
        })),
  );
  single.sort((a, b) => a.area.top - b.area.top || a.area.bottom - b.area.bottom || a.area.left - b.area.left);
  const joined: Columns[] = [];
  for (const { area, validation } of single) {
    const last = joined[joined.length - 1];
    const { top, bottom, right } = last?.area ?? { top: 0, bottom: 0, right: 0 };
    if (last && top === area.top && bottom === area.bottom && right + 1 === area.left) {
      joined[joined.length - 1] = { area: { ...last.area, right: area.right }, columns: [...last.columns, validation] };
    } else joined.push({ area, columns: [validation] });
  }
  return [...joined, ...wide];
}

/** Down to the last row of the sheet, so that a drop-down below the rows that are ready now goes too. */
function wholeColumns(sheet: Sheet, areas: readonly { readonly area: Area }[]): string[] {
  const bottom = sheet.getMaxRows();
  const columns = new Set(areas.flatMap(({ area }) => range(area.left, area.right)));
  const whole = [...columns].sort((a, b) => a - b).map((column) => ({ top: 1, left: column, bottom, right: column }));
  return mergeNeighbours(whole).map(areaAddress);
}

const range = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, i) => from + i);

const isSame = (a: Validation, b: Validation) => JSON.stringify(a) === JSON.stringify(b);
const isFormula = (validation: Validation) =>
  validation.kind === "custom" || (validation.kind === "number" && validation.integer === true);

/** @param column of the cell that it is set on, as is `row` */
function buildValidation(
  validation: Validation,
  column: number,
  row: number,
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
      const cell = `${columnLetters(column)}${row}`;
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
  if (formats.length === 0) return;
  const ours = formats.map(({ area, formula, style }) => {
    const builder = SpreadsheetApp.newConditionalFormatRule().whenFormulaSatisfied(`=${formula}`);
    if (style.fill) builder.setBackground(`#${style.fill}`);
    if (style.font?.color) builder.setFontColor(`#${style.font.color}`);
    if (style.font?.bold !== undefined) builder.setBold(style.font.bold);
    return builder.setRanges([rangeOf(sheet, area)]).build();
  });
  const others = formatsOfPeople(sheet, new Set(formats.map(({ formula }) => withoutPlaces(formula))));
  sheet.setConditionalFormatRules([...ours, ...others]);
}
