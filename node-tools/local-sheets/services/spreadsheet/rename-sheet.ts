import { isFormula, type SheetModel } from "./sheet-model.ts";
import type { SheetsModel } from "./sheets-model.ts";

/** @throws Error for a name that is taken, empty or too long */
export function checkSheetName(model: SheetsModel, name: string): void {
  if (name === "" || name.length > 100) throw new Error("A sheet name must be 1 to 100 characters long.");
  if (model.sheets.some((sheet) => sheet.name.toLowerCase() === name.toLowerCase())) {
    throw new Error(`A sheet with the name "${name}" already exists. Please enter another name.`);
  }
}

const textsAndSheets = /"(?:[^"]|"")*"|('(?:[^']|'')+'|[\p{L}_][\p{L}\p{N}_.]*)!/gu;

/** Formulas of every sheet follow. */
export function renameSheet(model: SheetsModel, sheet: SheetModel, name: string): void {
  if (name === sheet.name) return;
  if (name.toLowerCase() !== sheet.name.toLowerCase()) checkSheetName(model, name);
  const quoted = (text: string) => `'${text.replaceAll("'", "''")}'`;
  const before = sheet.name;
  const follow = (formula: string) =>
    formula.replace(textsAndSheets, (whole, reference?: string) =>
      reference === before || reference === quoted(before) ? `${quoted(name)}!` : whole,
    );
  sheet.name = name;
  for (const each of model.sheets) {
    for (const [row, column, content] of each.contents.entries()) {
      if (!isFormula(content)) continue;
      const formula = follow(content.formula);
      if (formula !== content.formula) each.setContent(row, column, { formula });
    }
    each.conditionalFormats = each.conditionalFormats.map((format) => ({ ...format, formula: follow(format.formula) }));
    for (const [row, column, rule] of each.rules.entries()) {
      if (rule.criterion.kind !== "CUSTOM_FORMULA") continue;
      const formula = follow(rule.criterion.formula);
      if (formula !== rule.criterion.formula) {
        each.rules.set(row, column, { ...rule, criterion: { ...rule.criterion, formula } });
      }
    }
  }
  model.restructure();
}
