import { areaAddress } from "../../../../apps-script/core/workbook/addresses.ts";
import type { Area, Validation } from "../../../../apps-script/core/workbook/port.ts";
import { moveFormula } from "../../../xlsx/references.ts";
import { readNotation } from "./areas.ts";

export type Criterion =
  | { readonly kind: "VALUE_IN_LIST"; readonly values: readonly string[] }
  /** `sheet` is the sheet's id. */
  | { readonly kind: "VALUE_IN_RANGE"; readonly sheet: number; readonly area: Area }
  | { readonly kind: "NUMBER_BETWEEN"; readonly min: number; readonly max: number; readonly integer?: boolean }
  /** With the leading `=`; relative references count from `origin`, the top left cell that the rule was set on. */
  | {
      readonly kind: "CUSTOM_FORMULA";
      readonly formula: string;
      readonly origin: { readonly row: number; readonly column: number };
    };

/** Cells that got their rule together share the object. */
export interface ValidationRule {
  readonly criterion: Criterion;
  readonly allowInvalid: boolean;
  readonly helpText: string | null;
  readonly showDropdown: boolean;
}

interface SheetNames {
  idOf(name: string): number | undefined;
  nameOf(id: number): string | undefined;
}

const openGrid = { rows: 1_000, columns: 26 };

/** @param home name of the sheet that the rule stands on */
export function ruleOfValidation(validation: Validation, area: Area, home: string, sheets: SheetNames): ValidationRule {
  const common = { allowInvalid: false, helpText: validation.message || null, showDropdown: true };
  if (validation.kind === "number") {
    const { min, max, integer } = validation;
    return { ...common, criterion: { kind: "NUMBER_BETWEEN", min, max, ...(integer ? { integer } : {}) } };
  }
  const origin = { row: area.top, column: area.left };
  if (validation.kind === "custom") {
    return { ...common, criterion: { kind: "CUSTOM_FORMULA", formula: `=${validation.formula}`, origin } };
  }
  const allowInvalid = !validation.strict;
  if (typeof validation.source !== "string") {
    return { ...common, allowInvalid, criterion: { kind: "VALUE_IN_LIST", values: validation.source } };
  }
  const found = readNotation(validation.source.replace(/^=/, ""), openGrid);
  const sheet = sheets.idOf(found?.sheet ?? home);
  // A list by a defined name, or of a sheet that is gone, lets everything pass, as the platform does.
  if (!found || sheet === undefined) {
    return { ...common, allowInvalid: true, criterion: { kind: "VALUE_IN_LIST", values: [] } };
  }
  return { ...common, allowInvalid, criterion: { kind: "VALUE_IN_RANGE", sheet, area: found.area } };
}

/** @param area where cells with this rule lie; a formula is moved to its top left cell */
export function validationOfRule(rule: ValidationRule, area: Area, sheets: SheetNames): Validation | undefined {
  const { criterion, helpText } = rule;
  const message = helpText ?? "";
  switch (criterion.kind) {
    case "VALUE_IN_LIST":
      if (criterion.values.length === 0) return undefined;
      return listOf(criterion.values);
    case "VALUE_IN_RANGE": {
      const name = sheets.nameOf(criterion.sheet);
      return name === undefined ? undefined : listOf(`'${name.replaceAll("'", "''")}'!${fixedAddress(criterion.area)}`);
    }
    case "NUMBER_BETWEEN": {
      const { min, max, integer } = criterion;
      return { kind: "number", min, max, message, ...(integer ? { integer } : {}) };
    }
    case "CUSTOM_FORMULA": {
      const { formula, origin } = criterion;
      const moved = moveFormula(formula.replace(/^=/, ""), area.top - origin.row, area.left - origin.column);
      return { kind: "custom", formula: moved, message };
    }
  }
  function listOf(source: readonly string[] | string): Validation {
    return { kind: "list", source, strict: !rule.allowInvalid, ...(helpText ? { message: helpText } : {}) };
  }
}

function fixedAddress(area: Area): string {
  return areaAddress(area).replace(/([A-Z]+)(\d+)/g, "$$$1$$$2");
}

/** How a value reads in a list of choices. */
function choiceText(value: string | number | boolean): string {
  return typeof value === "boolean" ? String(value).toUpperCase() : String(value);
}

/**
 * Whether a cell may hold a value; an empty cell always may, and a rule that only warns lets everything pass.
 *
 * @param choices values of a range
 * @param evaluate result of a formula at the cell, counted from its origin
 */
export function satisfies(
  rule: ValidationRule,
  value: string | number | boolean | null,
  choices: (sheet: number, area: Area) => Iterable<string | number | boolean>,
  evaluate: (formula: string, origin: { readonly row: number; readonly column: number }) => unknown,
): boolean {
  if (rule.allowInvalid || value === null || value === "") return true;
  const { criterion } = rule;
  switch (criterion.kind) {
    case "VALUE_IN_LIST":
      return criterion.values.includes(choiceText(value));
    case "VALUE_IN_RANGE":
      for (const choice of choices(criterion.sheet, criterion.area)) {
        if (choiceText(choice) === choiceText(value)) return true;
      }
      return false;
    case "NUMBER_BETWEEN": {
      const { min, max, integer } = criterion;
      return typeof value === "number" && value >= min && value <= max && (!integer || Number.isInteger(value));
    }
    case "CUSTOM_FORMULA": {
      const result = evaluate(criterion.formula.slice(1), criterion.origin);
      return result === true || (typeof result === "number" && result !== 0);
    }
  }
}
