import { defineEnumeration } from "../enumeration.ts";
import type { SpreadsheetEnvironment } from "../environment.ts";
import { refuseUnsupported } from "../unsupported.ts";
import { makeConditionalFormatRuleBuilder } from "./conditional-format.ts";
import { DataValidationCriteria, makeDataValidationBuilder } from "./data-validation.ts";
import type { Factory, Home } from "./home.ts";
import type { SpreadsheetModel } from "./model.ts";
import { ProtectionType } from "./protection.ts";
import { CopyPasteType, makeRange, WrapStrategy } from "./range.ts";
import { makeSheet } from "./sheet.ts";
import type { SheetModel } from "./sheet-model.ts";
import { DeveloperMetadataVisibility, makeSpreadsheet } from "./spreadsheet.ts";

type App = GoogleAppsScript.Spreadsheet.SpreadsheetApp;
type Spreadsheet = GoogleAppsScript.Spreadsheet.Spreadsheet;
type SupportedMethod =
  | "getActive"
  | "getActiveSpreadsheet"
  | "openById"
  | "create"
  | "getUi"
  | "flush"
  | "newDataValidation"
  | "newConditionalFormatRule";

const BorderStyle = defineEnumeration("DOTTED", "DASHED", "SOLID", "SOLID_MEDIUM", "SOLID_THICK", "DOUBLE");
const constants = {
  CopyPasteType,
  ProtectionType,
  BorderStyle,
  WrapStrategy,
  DataValidationCriteria,
  DeveloperMetadataVisibility,
};

export interface SpreadsheetServices {
  /** What scripts know by this name. */
  readonly SpreadsheetApp: object;
  /** A spreadsheet as scripts see it, without a call of theirs: for the events of triggers. */
  open(id: string): Spreadsheet;
}

/** The spreadsheet service of one execution. */
export function createSpreadsheetServices(environment: SpreadsheetEnvironment): SpreadsheetServices {
  const opened = new Map<string, Spreadsheet>();
  const shownSheets = new WeakMap<SheetModel, GoogleAppsScript.Spreadsheet.Sheet>();
  const make: Factory = {
    range: makeRange,
    sheet(home, sheet) {
      const shown = shownSheets.get(sheet) ?? makeSheet(home, sheet);
      shownSheets.set(sheet, shown);
      return shown;
    },
    spreadsheet: (home) => open(home.id, home.model),
  };
  const homeOf = (id: string, model: SpreadsheetModel): Home => ({ environment, make, id, model });
  const open = (id: string, model: SpreadsheetModel): Spreadsheet => {
    const shown = opened.get(id) ?? makeSpreadsheet(homeOf(id, model));
    opened.set(id, shown);
    return shown;
  };
  const modelOf = (id: string): SpreadsheetModel => {
    const model = environment.files.spreadsheet(id);
    if (model === undefined) {
      throw new Error("Unexpected error while getting the method or property openById on object SpreadsheetApp.");
    }
    return model;
  };
  const active = () => open(environment.activeId, modelOf(environment.activeId));
  const builderHome = () => homeOf(environment.activeId, modelOf(environment.activeId));

  const service: Pick<App, SupportedMethod> & typeof constants = {
    ...constants,
    getActive() {
      environment.call("SpreadsheetApp.getActive");
      return active();
    },
    getActiveSpreadsheet() {
      environment.call("SpreadsheetApp.getActiveSpreadsheet");
      return active();
    },
    openById(id) {
      environment.call("SpreadsheetApp.openById");
      const model = modelOf(id);
      if (environment.files.rightOf(id, environment.actor()) === undefined) {
        throw new Error("You do not have permission to access the requested document.");
      }
      return open(id, model);
    },
    create(name: string, rows?: number, columns?: number) {
      environment.call("SpreadsheetApp.create");
      const { id, model } = environment.files.create(name, environment.actor());
      if (model.sheets.length > 0) model.sheets.splice(0);
      model.ensureSheet(rows, columns);
      return open(id, model);
    },
    getUi() {
      environment.call("SpreadsheetApp.getUi");
      return environment.ui() as GoogleAppsScript.Base.Ui;
    },
    flush() {
      environment.call("SpreadsheetApp.flush");
    },
    newDataValidation() {
      environment.call("SpreadsheetApp.newDataValidation");
      return makeDataValidationBuilder(builderHome());
    },
    newConditionalFormatRule() {
      environment.call("SpreadsheetApp.newConditionalFormatRule");
      return makeConditionalFormatRuleBuilder(builderHome());
    },
  };
  return {
    SpreadsheetApp: refuseUnsupported("SpreadsheetApp", service),
    open: (id) => open(id, modelOf(id)),
  };
}
