const prefix = "https://www.googleapis.com/auth/";

const spreadsheets = ["spreadsheets"];
const boundSpreadsheet = ["spreadsheets.currentonly", "spreadsheets"];
const readDrive = ["drive.readonly", "drive"];
const writeDrive = ["drive"];

/** Types whose every method works on cells or sheets. */
const spreadsheetTypes = new Set([
  "SpreadsheetApp",
  "Spreadsheet",
  "Sheet",
  "Range",
  "RangeList",
  "Protection",
  "Filter",
  "DataValidation",
  "DataValidationBuilder",
  "ConditionalFormatRule",
  "ConditionalFormatRuleBuilder",
  "DeveloperMetadata",
]);

const scopesOf = new Map<string, readonly string[]>([
  ["SpreadsheetApp.openById", spreadsheets],
  ["SpreadsheetApp.create", spreadsheets],
  ["Spreadsheet.copy", spreadsheets],
  ["SpreadsheetApp.getUi", []],
  ["Ui.showModalDialog", ["script.container.ui"]],
  ["Ui.showModelessDialog", ["script.container.ui"]],
  ["Ui.showSidebar", ["script.container.ui"]],
  ["ScriptApp.newTrigger", ["script.scriptapp"]],
  ["ScriptApp.getProjectTriggers", ["script.scriptapp"]],
  ["ScriptApp.deleteTrigger", ["script.scriptapp"]],
  ["Session.getActiveUser", ["userinfo.email"]],
  ["Session.getEffectiveUser", ["userinfo.email"]],
  ["MailApp.sendEmail", ["script.send_mail"]],
  ["MailApp.getRemainingDailyQuota", ["script.send_mail"]],
]);

/**
 * Scopes of which a method needs one, without the common prefix; none for a method that needs no authorisation.
 * As the reference of each class lists them; DriveApp is not satisfied with `drive.file`.
 */
export function scopesFor(method: string): readonly string[] {
  const listed = scopesOf.get(method);
  if (listed !== undefined) return listed;
  const [type, member] = method.split(".") as [string, string];
  if (spreadsheetTypes.has(type)) return boundSpreadsheet;
  if (type === "DriveApp" || type === "File" || type === "Folder") {
    return /^(get|is|has|next|search)/.test(member) ? readDrive : writeDrive;
  }
  return [];
}

/** Whether a manifest grants a method; a manifest without a list gets whatever its code needs. */
export function isGranted(method: string, granted: readonly string[] | undefined): boolean {
  const needed = scopesFor(method);
  return granted === undefined || needed.length === 0 || needed.some((scope) => granted.includes(prefix + scope));
}

/** As the platform's message lists them. */
export function describeScopes(method: string): string {
  const needed = scopesFor(method).map((scope) => prefix + scope);
  return needed.length > 1 ? `(${needed.join(" || ")})` : needed.join("");
}
