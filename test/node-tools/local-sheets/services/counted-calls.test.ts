import { describe, expect, test } from "vitest";
import { tinyWorld } from "../runtime/tiny-world.ts";

/** What a script says, and the calls that Google counts for it, the way to the object left out. */
const calls: Readonly<Record<string, readonly string[]>> = {
  "sheet.getName()": ["Sheet.getName"],
  "sheet.getSheetId()": ["Sheet.getSheetId"],
  "sheet.getLastRow()": ["Sheet.getLastRow"],
  "sheet.getLastColumn()": ["Sheet.getLastColumn"],
  "sheet.getMaxRows()": ["Sheet.getMaxRows"],
  "sheet.getMaxColumns()": ["Sheet.getMaxColumns"],
  "sheet.getParent()": ["Sheet.getParent"],
  "sheet.activate()": ["Sheet.activate"],
  "sheet.isSheetHidden()": ["Sheet.isSheetHidden"],
  "sheet.insertRowsBefore(1, 2)": ["Sheet.insertRowsBefore"],
  "sheet.insertRowsAfter(1, 2)": ["Sheet.insertRowsAfter"],
  "sheet.insertColumnsAfter(sheet.getMaxColumns(), 1)": ["Sheet.getMaxColumns", "Sheet.insertColumnsAfter"],
  'sheet.setActiveSelection("B2:C3")': ["Sheet.setActiveSelection"],
  "sheet.setActiveRange(sheet.getRange(3, 4))": ["Sheet.getRange", "Sheet.setActiveRange"],
  "book.getSheets()": ["Spreadsheet.getSheets"],
  "book.getName()": ["Spreadsheet.getName"],
  "book.getId()": ["Spreadsheet.getId"],
  "book.getOwner()": ["Spreadsheet.getOwner"],
  "book.getEditors()": ["Spreadsheet.getEditors"],
  'HtmlService.createHtmlOutput("x")': ["HtmlService.createHtmlOutput"],
  'HtmlService.createHtmlOutputFromFile("side")': ["HtmlService.createHtmlOutputFromFile"],
  "SpreadsheetApp.flush()": ["SpreadsheetApp.flush"],
  "ScriptApp.getProjectTriggers()": ["ScriptApp.getProjectTriggers"],
  "MailApp.getRemainingDailyQuota()": ["MailApp.getRemainingDailyQuota"],
  "PropertiesService.getUserProperties()": ["PropertiesService.getUserProperties"],
  "LockService.getDocumentLock()": ["LockService.getDocumentLock"],
};

describe("every call of a service is counted by its name", () => {
  test.for(Object.entries(calls))("%s", ([code, names]) => {
    const script = `function main() {
      var book = SpreadsheetApp.getActive();
      var sheet = book.getSheetByName("甲");
      ${code};
    }`;
    const { google, run } = tinyWorld(script, { html: { side: "<p>x</p>" } });
    run("main");
    const way = ["SpreadsheetApp.getActive", "Spreadsheet.getSheetByName"];
    expect(google.lastCalls.map(({ name }) => name)).toEqual([...way, ...names]);
  });
});

test.for([
  { code: 'sheet.setActiveSelection("B2:C3")', row: 2, column: 2 },
  { code: "sheet.setActiveSelection(sheet.getRange(4, 3))", row: 4, column: 3 },
  { code: "sheet.setActiveRange(sheet.getRange(5, 6))", row: 5, column: 6 },
])("$code chooses the cell", ({ code, row, column }) => {
  const { google, id, run } = tinyWorld(
    `function main() { var sheet = SpreadsheetApp.getActive().getSheetByName("甲"); ${code}; }`,
  );
  run("main");
  expect(google.selectionOf(id, "admin@example.org")).toEqual({ sheet: "甲", row, column });
});

test.for([
  { seconds: 29, fails: false },
  { seconds: 31, fails: true },
])("a simple trigger that takes $seconds s is ended: $fails", ({ seconds, fails }) => {
  const { google, id } = tinyWorld(
    `function onEdit(e) { Utilities.sleep(${seconds * 1000}); e.range.setNote("fertig"); }`,
  );
  google.edit(id, "admin@example.org", { sheet: "甲", row: 1, column: 1, values: [["x"]] });
  expect(google.lastTriggerError?.message ?? "").toMatch(fails ? /maximum execution time/i : /^$/);
  expect(google.snapshotOf(id).sheets[0]?.notes.size).toBe(fails ? 0 : 1);
});

test.for(['"guest@example.org"', "Session.getActiveUser()"])("a file is shared with %s", (user) => {
  const { run, google } = tinyWorld(`function main() {
    var file = DriveApp.createFolder("夹").createFile(Utilities.newBlob("a", "text/csv", "a.csv"));
    file.addEditor(${user}); return file.getId(); }`);
  const id = run("main");
  const { editors } = google.files().find((file) => file.id === id) ?? { editors: [] };
  expect(editors).toEqual(user.startsWith('"') ? ["guest@example.org"] : []);
});
