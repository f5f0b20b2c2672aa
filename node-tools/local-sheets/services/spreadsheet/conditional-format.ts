import type { Area } from "../../../../apps-script/core/workbook/port.ts";
import { refuseUnsupported, standInFor } from "../unsupported.ts";
import { type Home, Registry, ranges } from "./home.ts";
import { readColour } from "./look.ts";
import type { ConditionalFormat, SheetModel } from "./sheet-model.ts";

type Rule = GoogleAppsScript.Spreadsheet.ConditionalFormatRule;
type Condition = GoogleAppsScript.Spreadsheet.BooleanCondition;
type Builder = GoogleAppsScript.Spreadsheet.ConditionalFormatRuleBuilder;
type ScriptRange = GoogleAppsScript.Spreadsheet.Range;
type SupportedOfBuilder = "whenFormulaSatisfied" | "setBackground" | "setFontColor" | "setBold" | "setRanges" | "build";

interface PlacedFormat {
  readonly sheet: SheetModel;
  readonly format: ConditionalFormat;
}

const formats = new Registry<PlacedFormat>("ConditionalFormatRule");

export function showConditionalFormat(home: Home, placed: PlacedFormat): Rule {
  const rule: Pick<Rule, "getRanges" | "getBooleanCondition"> = {
    getBooleanCondition() {
      home.environment.call("ConditionalFormatRule.getBooleanCondition");
      return showCondition(home, placed.format);
    },
    getRanges() {
      home.environment.call("ConditionalFormatRule.getRanges");
      return placed.format.ranges.map((area) => home.make.range(home, placed.sheet, area));
    },
  };
  return formats.add(refuseUnsupported<Rule>("ConditionalFormatRule", rule), placed);
}

function showCondition(home: Home, { formula }: ConditionalFormat): Condition {
  const condition: Pick<Condition, "getCriteriaValues"> = {
    getCriteriaValues() {
      home.environment.call("BooleanCondition.getCriteriaValues");
      return [formula];
    },
  };
  return refuseUnsupported<Condition>("BooleanCondition", condition);
}

const foreignReference = /('(?:[^']|'')+'|[\p{L}_][\p{L}\p{N}_.]*)!/gu;

/** @throws Error for what the platform refuses */
export function formatsFor(sheet: SheetModel, shown: readonly Rule[]): ConditionalFormat[] {
  const placed = [...shown].map((rule) => formats.get(rule));
  for (const { sheet: own, format } of placed) {
    const outsideTexts = format.formula.replace(/"(?:[^"]|"")*"/g, '""');
    const named = [...outsideTexts.matchAll(foreignReference)].map(([, name = ""]) =>
      name.replace(/^'|'$/g, "").replaceAll("''", "'"),
    );
    if (own !== sheet || named.some((name) => name !== sheet.name)) {
      throw new Error("Conditional format rule cannot reference a different sheet.");
    }
  }
  return placed.map(({ format }) => format);
}

class FakeConditionalFormatRuleBuilder implements Pick<Builder, SupportedOfBuilder> {
  readonly #home: Home;
  #formula: string | undefined;
  #look: Pick<ConditionalFormat, "background" | "fontColor" | "bold"> = {};
  #sheet: SheetModel | undefined;
  #areas: readonly Area[] = [];

  constructor(home: Home) {
    this.#home = home;
  }

  whenFormulaSatisfied(formula: string): Builder {
    this.#call("whenFormulaSatisfied");
    this.#formula = formula.startsWith("=") ? formula : `=${formula}`;
    return this.#self();
  }

  setBackground(colour: string | null): Builder {
    this.#call("setBackground");
    const background = readColour(colour);
    this.#look = { ...this.#look, ...(background === undefined ? {} : { background }) };
    return this.#self();
  }

  setFontColor(colour: string | null): Builder {
    this.#call("setFontColor");
    const fontColor = readColour(colour);
    this.#look = { ...this.#look, ...(fontColor === undefined ? {} : { fontColor }) };
    return this.#self();
  }

  setBold(isBold: boolean | null): Builder {
    this.#call("setBold");
    this.#look = { ...this.#look, ...(isBold ? { bold: true } : {}) };
    return this.#self();
  }

  setRanges(shown: ScriptRange[]): Builder {
    this.#call("setRanges");
    const cells = [...shown].map((range) => ranges.get(range));
    this.#sheet = cells[0]?.sheet;
    if (cells.some(({ sheet }) => sheet !== this.#sheet)) {
      throw new Error("Conditional format rule cannot reference a different sheet.");
    }
    this.#areas = cells.flatMap(({ areas }) => areas);
    return this.#self();
  }

  build(): Rule {
    this.#call("build");
    if (this.#formula === undefined || this.#sheet === undefined) {
      throw new Error("A conditional format rule needs a condition and its ranges.");
    }
    const format: ConditionalFormat = { ranges: this.#areas, formula: this.#formula, ...this.#look };
    return showConditionalFormat(this.#home, { sheet: this.#sheet, format });
  }

  #self(): Builder {
    return standInFor<Builder>(this);
  }

  #call(method: string): void {
    this.#home.environment.call(`ConditionalFormatRuleBuilder.${method}`);
  }
}

export function makeConditionalFormatRuleBuilder(home: Home): Builder {
  const builder = new FakeConditionalFormatRuleBuilder(home);
  return refuseUnsupported<Builder>("ConditionalFormatRuleBuilder", builder);
}
