import type { Area } from "../../../../apps-script/core/workbook/port.ts";
import { defineEnumeration } from "../enumeration.ts";
import { refuseUnsupported, standInFor } from "../unsupported.ts";
import { type Home, Registry, ranges } from "./home.ts";
import type { Criterion, ValidationRule } from "./validation-rule.ts";

type Rule = GoogleAppsScript.Spreadsheet.DataValidation;
type Builder = GoogleAppsScript.Spreadsheet.DataValidationBuilder;
type SupportedOfRule = "getAllowInvalid" | "getCriteriaType" | "getCriteriaValues" | "getHelpText";
type SupportedOfBuilder =
  | "requireValueInList"
  | "requireValueInRange"
  | "requireNumberBetween"
  | "requireFormulaSatisfied"
  | "setAllowInvalid"
  | "setHelpText"
  | "build";

const mostChoices = 500;

/** As reference of the platform names them; more of them than can be built here, for scripts that compare. */
export const DataValidationCriteria = defineEnumeration(
  "VALUE_IN_LIST",
  "VALUE_IN_RANGE",
  "NUMBER_BETWEEN",
  "CUSTOM_FORMULA",
);

/** Behind each rule that a script holds. */
export const rules = new Registry<ValidationRule>("DataValidation");

const placedRules = new WeakMap<ValidationRule, Map<string, ValidationRule>>();

/** A rule on the cells that it is set on: the references of its formula count from their first one. */
export function ruleFor(rule: ValidationRule, { top, left }: Area): ValidationRule {
  if (rule.criterion.kind !== "CUSTOM_FORMULA") return rule;
  const known = placedRules.get(rule) ?? new Map<string, ValidationRule>();
  placedRules.set(rule, known);
  const key = `${top}:${left}`;
  const placed = known.get(key) ?? {
    ...rule,
    criterion: { ...rule.criterion, origin: { row: top, column: left } },
  };
  known.set(key, placed);
  return placed;
}

class FakeDataValidation implements Pick<Rule, SupportedOfRule> {
  readonly #home: Home;
  readonly #rule: ValidationRule;

  constructor(home: Home, rule: ValidationRule) {
    this.#home = home;
    this.#rule = rule;
  }

  getAllowInvalid(): boolean {
    this.#call("getAllowInvalid");
    return this.#rule.allowInvalid;
  }

  getHelpText(): string {
    this.#call("getHelpText");
    return this.#rule.helpText as string;
  }

  getCriteriaType(): GoogleAppsScript.Spreadsheet.DataValidationCriteria {
    this.#call("getCriteriaType");
    // A constant is an object here and the number of an enum in the published types.
    const constant = DataValidationCriteria[this.#rule.criterion.kind];
    return constant as unknown as GoogleAppsScript.Spreadsheet.DataValidationCriteria;
  }

  // biome-ignore lint/suspicious/noExplicitAny: as published
  getCriteriaValues(): any[] {
    this.#call("getCriteriaValues");
    const { criterion, showDropdown } = this.#rule;
    switch (criterion.kind) {
      case "VALUE_IN_LIST":
        return [[...criterion.values], showDropdown];
      case "VALUE_IN_RANGE": {
        const sheet = this.#home.model.sheetOfId(criterion.sheet);
        return sheet ? [this.#home.make.range(this.#home, sheet, criterion.area), showDropdown] : [];
      }
      case "NUMBER_BETWEEN":
        return [criterion.min, criterion.max];
      case "CUSTOM_FORMULA":
        return [criterion.formula];
    }
  }

  #call(method: string): void {
    this.#home.environment.call(`DataValidation.${method}`);
  }
}

export function makeRule(home: Home, rule: ValidationRule): Rule {
  const shown = refuseUnsupported<Rule>("DataValidation", new FakeDataValidation(home, rule));
  return rules.add(shown, rule);
}

class FakeDataValidationBuilder implements Pick<Builder, SupportedOfBuilder> {
  readonly #home: Home;
  #criterion: Criterion | undefined;
  #allowInvalid = true;
  #helpText: string | null = null;
  #showDropdown = true;

  constructor(home: Home) {
    this.#home = home;
  }

  requireValueInList(values: string[], showDropdown = true): Builder {
    this.#call("requireValueInList");
    const texts = [...values].map(String);
    if (texts.length > mostChoices) {
      throw new Error(
        `The data validation rule has more items than the limit of ${mostChoices}. Use the "List from a range" criteria instead.`,
      );
    }
    this.#showDropdown = showDropdown;
    return this.#require({ kind: "VALUE_IN_LIST", values: texts });
  }

  requireValueInRange(range: GoogleAppsScript.Spreadsheet.Range, showDropdown = true): Builder {
    this.#call("requireValueInRange");
    const { sheet, areas } = ranges.get(range);
    this.#showDropdown = showDropdown;
    return this.#require({ kind: "VALUE_IN_RANGE", sheet: sheet.id, area: areas[0] as Area });
  }

  requireNumberBetween(min: number, max: number): Builder {
    this.#call("requireNumberBetween");
    return this.#require({ kind: "NUMBER_BETWEEN", min, max });
  }

  requireFormulaSatisfied(formula: string): Builder {
    this.#call("requireFormulaSatisfied");
    const text = formula.startsWith("=") ? formula : `=${formula}`;
    return this.#require({ kind: "CUSTOM_FORMULA", formula: text, origin: { row: 1, column: 1 } });
  }

  setAllowInvalid(allowInvalid: boolean): Builder {
    this.#call("setAllowInvalid");
    this.#allowInvalid = allowInvalid;
    return standInFor<Builder>(this);
  }

  setHelpText(helpText: string): Builder {
    this.#call("setHelpText");
    this.#helpText = helpText;
    return standInFor<Builder>(this);
  }

  build(): Rule {
    this.#call("build");
    if (this.#criterion === undefined) throw new Error("A data validation rule without a criterion cannot be built.");
    return makeRule(this.#home, {
      criterion: this.#criterion,
      allowInvalid: this.#allowInvalid,
      helpText: this.#helpText,
      showDropdown: this.#showDropdown,
    });
  }

  #require(criterion: Criterion): Builder {
    this.#criterion = criterion;
    return standInFor<Builder>(this);
  }

  #call(method: string): void {
    this.#home.environment.call(`DataValidationBuilder.${method}`);
  }
}

export function makeDataValidationBuilder(home: Home): Builder {
  return refuseUnsupported<Builder>("DataValidationBuilder", new FakeDataValidationBuilder(home));
}
