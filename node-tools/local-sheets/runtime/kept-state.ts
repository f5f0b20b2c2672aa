import type { Area } from "../../../apps-script/core/workbook/port.ts";
import type { SpreadsheetModel } from "../services/spreadsheet/model.ts";
import { ProtectionModel } from "../services/spreadsheet/protection-model.ts";
import type { DeveloperMetadata } from "../services/spreadsheet/sheets-model.ts";
import type { ScriptRunner } from "./script-runner.ts";
import type { TimeTrigger } from "./trigger-table.ts";

interface KeptProtection {
  readonly description: string;
  readonly isWarningOnly: boolean;
  readonly area?: Area;
  readonly unprotected: readonly Area[];
  readonly editors: readonly string[];
}

interface KeptSpreadsheet {
  readonly id: string;
  readonly metadata: readonly DeveloperMetadata[];
  readonly sheets: readonly { readonly name: string; readonly protections: readonly KeptProtection[] }[];
}

/**
 * What scripts leave behind that a workbook file cannot hold, as JSON: so that a later process can go on where this one
 * ended. Locks, mails and what is used of the daily limits are not among it.
 */
export interface KeptState {
  readonly properties: readonly (readonly [string, readonly (readonly [string, string])[]])[];
  readonly triggers: readonly TimeTrigger[];
  readonly spreadsheets: readonly KeptSpreadsheet[];
}

function keepSpreadsheet(id: string, model: SpreadsheetModel): KeptSpreadsheet {
  const sheets = model.sheets.map(({ name, protections }) => ({
    name,
    protections: protections.map((protection) => ({
      description: protection.description,
      isWarningOnly: protection.isWarningOnly,
      unprotected: protection.unprotected,
      editors: protection.editors(model.access),
      ...(protection.area === undefined ? {} : { area: protection.area }),
    })),
  }));
  return { id, metadata: model.metadata.map((entry) => ({ ...entry })), sheets };
}

function restoreSpreadsheet(kept: KeptSpreadsheet, model: SpreadsheetModel): void {
  model.metadata.splice(0, model.metadata.length, ...kept.metadata.map((entry) => ({ ...entry })));
  for (const { name, protections } of kept.sheets) {
    const sheet = model.sheetNamed(name);
    if (sheet === undefined) continue;
    sheet.protections = protections.map(({ area, description, isWarningOnly, unprotected, editors }) => {
      const protection = new ProtectionModel(area);
      Object.assign(protection, { description, isWarningOnly, unprotected });
      protection.closeToEditors();
      protection.addEditors(editors, model.access);
      return protection;
    });
  }
}

export function keepState({ properties, triggers, files }: ScriptRunner): KeptState {
  const spreadsheets = files
    .all()
    .flatMap(({ id, model }) => (model === undefined ? [] : [keepSpreadsheet(id, model)]));
  return { properties: properties.entries(), triggers: triggers.all(), spreadsheets };
}

/** The files have to be there again under the names that they were made with. */
export function restoreState({ properties, triggers, files }: ScriptRunner, state: KeptState): void {
  properties.restore(state.properties);
  triggers.restore(state.triggers);
  for (const kept of state.spreadsheets) {
    const model = files.spreadsheet(kept.id);
    if (model !== undefined) restoreSpreadsheet(kept, model);
  }
}
