import type { Area } from "../../apps-script/core/workbook/port.ts";
import type { SpreadsheetModel } from "./services/spreadsheet/model.ts";
import { ProtectionModel } from "./services/spreadsheet/protection-model.ts";
import type { DeveloperMetadata } from "./services/spreadsheet/sheets-model.ts";

/** What the workbook port has no place for, as JSON: who may write where, and the notes of scripts on a spreadsheet. */
export interface KeptMarks {
  readonly protections: readonly KeptProtection[];
  readonly metadata: readonly DeveloperMetadata[];
}

interface KeptProtection {
  readonly sheet: string;
  readonly description: string;
  readonly isWarningOnly: boolean;
  /** Of the whole sheet when absent. */
  readonly area?: Area;
  readonly unprotected: readonly Area[];
  readonly editors: readonly string[];
  readonly admitsDomain?: boolean;
}

export function keepMarks(model: SpreadsheetModel): KeptMarks {
  const protections = model.sheets.flatMap((sheet) =>
    sheet.protections.map((protection): KeptProtection => {
      const { description, isWarningOnly, area, unprotected } = protection;
      const editors = protection.editors(model.access);
      const domain = protection.admitsDomain ? { admitsDomain: true } : {};
      return {
        sheet: sheet.name,
        description,
        isWarningOnly,
        ...(area ? { area } : {}),
        unprotected,
        editors,
        ...domain,
      };
    }),
  );
  return { protections, metadata: model.metadata.map((entry) => ({ ...entry })) };
}

/** To be called when the sheets are there; replaces what the file itself says of protection. */
export function restoreMarks(model: SpreadsheetModel, { protections, metadata }: KeptMarks): void {
  for (const sheet of model.sheets) {
    sheet.protections = protections
      .filter((kept) => kept.sheet === sheet.name)
      .map((kept) => {
        const protection = new ProtectionModel(kept.area);
        protection.description = kept.description;
        protection.isWarningOnly = kept.isWarningOnly;
        protection.unprotected = kept.unprotected;
        protection.admitsDomain = kept.admitsDomain ?? false;
        protection.closeToEditors();
        protection.addEditors(kept.editors, model.access);
        return protection;
      });
  }
  model.metadata.splice(0, model.metadata.length, ...metadata.map((each) => ({ ...each })));
}
