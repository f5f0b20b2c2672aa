import { expect, test } from "vitest";
import { describeScopes, isGranted } from "../../../../node-tools/local-sheets/runtime/scopes.ts";

const scope = (name: string) => `https://www.googleapis.com/auth/${name}`;
const bound = ["spreadsheets.currentonly", "spreadsheets"];

/** As the reference of each class lists them. */
test.for([
  { method: "SpreadsheetApp.getUi", scopes: [] },
  { method: "SpreadsheetApp.openById", scopes: ["spreadsheets"] },
  { method: "SpreadsheetApp.create", scopes: ["spreadsheets"] },
  { method: "SpreadsheetApp.flush", scopes: bound },
  ...["Spreadsheet", "Sheet", "Range", "RangeList", "Protection", "Filter", "DataValidation", "DeveloperMetadata"].map(
    (type) => ({ method: `${type}.x`, scopes: bound }),
  ),
  ...["DataValidationBuilder", "ConditionalFormatRule", "ConditionalFormatRuleBuilder"].map((type) => ({
    method: `${type}.build`,
    scopes: bound,
  })),
  { method: "Ui.alert", scopes: [] },
  { method: "Ui.showModalDialog", scopes: ["script.container.ui"] },
  { method: "Ui.showModelessDialog", scopes: ["script.container.ui"] },
  { method: "Ui.showSidebar", scopes: ["script.container.ui"] },
  { method: "ScriptApp.newTrigger", scopes: ["script.scriptapp"] },
  { method: "ScriptApp.getProjectTriggers", scopes: ["script.scriptapp"] },
  { method: "ScriptApp.deleteTrigger", scopes: ["script.scriptapp"] },
  { method: "Session.getActiveUser", scopes: ["userinfo.email"] },
  { method: "Session.getEffectiveUser", scopes: ["userinfo.email"] },
  { method: "MailApp.sendEmail", scopes: ["script.send_mail"] },
  { method: "MailApp.getRemainingDailyQuota", scopes: ["script.send_mail"] },
  { method: "DriveApp.getFileById", scopes: ["drive.readonly", "drive"] },
  { method: "DriveApp.searchFiles", scopes: ["drive.readonly", "drive"] },
  { method: "File.isTrashed", scopes: ["drive.readonly", "drive"] },
  { method: "Folder.hasNext", scopes: ["drive.readonly", "drive"] },
  { method: "File.addEditor", scopes: ["drive"] },
  { method: "Folder.createFile", scopes: ["drive"] },
  { method: "PropertiesService.getDocumentProperties", scopes: [] },
  { method: "LockService.getDocumentLock", scopes: [] },
])("$method needs one of $scopes", ({ method, scopes }) => {
  const listed = scopes.map(scope);
  expect(describeScopes(method)).toBe(listed.length > 1 ? `(${listed.join(" || ")})` : listed.join(""));
  for (const one of listed) expect(isGranted(method, [scope("other"), one])).toBe(true);
  expect(isGranted(method, [scope("other")])).toBe(scopes.length === 0);
  expect(isGranted(method, [])).toBe(scopes.length === 0);
  expect(isGranted(method, undefined)).toBe(true);
});
