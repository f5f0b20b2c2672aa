/**
 * Small scenarios that several implementations of the platform can run: `code` is the body of a function over the services
 * of the platform and `sheet`, whose cells A1:B2 hold `[["a", 1], ["b", 2]]`. `expected` is what Google's reference says.
 */
export interface Scenario {
  readonly name: string;
  /** The calls that are compared, as the reference names them. */
  readonly calls: readonly string[];
  readonly code: string;
  readonly expected: unknown;
  /** Where a package answers otherwise, and why Google's reference speaks against it. */
  readonly differs?: { readonly [name in PackageName]?: string };
}

export type PackageName = "gas-digital-twin" | "gasmask";

const message = (call: string): string => `try { ${call}; return "no error"; } catch (error) { return error.message; }`;

export const scenarios: readonly Scenario[] = [
  {
    name: "values of a range",
    calls: ["Sheet.getRange", "Range.getValues"],
    code: "return sheet.getRange(1, 1, 2, 2).getValues();",
    expected: [
      ["a", 1],
      ["b", 2],
    ],
  },
  {
    name: "values of a range in A1 notation",
    calls: ["Sheet.getRange", "Range.getValues"],
    code: 'return sheet.getRange("A1:B2").getValues();',
    expected: [
      ["a", 1],
      ["b", 2],
    ],
  },
  {
    name: "cells beyond the data are empty texts",
    calls: ["Range.getValues"],
    code: "return sheet.getRange(2, 2, 2, 2).getValues();",
    expected: [
      [2, ""],
      ["", ""],
    ],
    differs: { gasmask: "returns no row for rows without data; the reference has an empty text for every empty cell" },
  },
  {
    name: "written values are read back",
    calls: ["Range.setValues", "Range.getValues"],
    code: 'sheet.getRange(1, 1, 2, 2).setValues([["x", true], ["y", 0]]); return sheet.getRange(1, 1, 2, 2).getValues();',
    expected: [
      ["x", true],
      ["y", 0],
    ],
    differs: { gasmask: "writes one row too low" },
  },
  {
    name: "one value",
    calls: ["Range.setValue"],
    code: 'sheet.getRange(2, 1).setValue("x"); return sheet.getRange(1, 1, 2, 1).getValues();',
    expected: [["a"], ["x"]],
  },
  {
    name: "one value in every cell of a range",
    calls: ["Range.setValue"],
    code: "sheet.getRange(1, 1, 2, 2).setValue(7); return sheet.getRange(1, 1, 2, 2).getValues();",
    expected: [
      [7, 7],
      [7, 7],
    ],
    differs: {
      "gas-digital-twin": "writes the first cell alone; the reference sets the value of the range",
      gasmask: "writes the first cell alone; the reference sets the value of the range",
    },
  },
  {
    name: "too few rows",
    calls: ["Range.setValues"],
    code: message('sheet.getRange(1, 1, 2, 2).setValues([["x", "y"]])'),
    expected:
      "The number of rows in the data does not match the number of rows in the range. The data has 1 but the range has 2.",
    differs: { "gas-digital-twin": "writes what there is", gasmask: "checks columns only" },
  },
  {
    name: "too few columns",
    calls: ["Range.setValues"],
    code: message('sheet.getRange(1, 1, 1, 2).setValues([["x"]])'),
    expected:
      "The number of columns in the data does not match the number of columns in the range. The data has 1 but the range has 2.",
    differs: { "gas-digital-twin": "writes what there is" },
  },
  {
    name: "a text that starts with = is a formula",
    calls: ["Range.setValues", "Range.getFormulas"],
    code: 'sheet.getRange(1, 1, 1, 2).setValues([["=1+1", "x"]]); return sheet.getRange(1, 1, 1, 2).getFormulas();',
    expected: [["=1+1", ""]],
    differs: {
      "gas-digital-twin": "keeps the text as a value; the reference takes what starts with = for a formula",
      gasmask: "has no formulas",
    },
  },
  {
    name: "the last row and column with content",
    calls: ["Sheet.getLastRow", "Sheet.getLastColumn", "Sheet.getDataRange"],
    code: "return [sheet.getLastRow(), sheet.getLastColumn(), sheet.getDataRange().getValues().length];",
    expected: [2, 2, 2],
  },
  {
    name: "notes",
    calls: ["Range.setNotes", "Range.getNotes"],
    code: 'sheet.getRange(1, 1, 1, 2).setNotes([["n", ""]]); return sheet.getRange(1, 1, 2, 2).getNotes();',
    expected: [
      ["n", ""],
      ["", ""],
    ],
    differs: { gasmask: "has no notes" },
  },
  {
    name: "one note in every cell of a range, and none",
    calls: ["Range.setNote", "Range.clearNote", "Range.getNotes"],
    code: 'sheet.getRange(1, 1, 2, 1).setNote("n"); sheet.getRange(2, 1).clearNote(); return sheet.getRange(1, 1, 2, 1).getNotes();',
    expected: [["n"], [""]],
    differs: { gasmask: "has no notes" },
  },
  {
    name: "position and size of a range",
    calls: [
      "Range.getRow",
      "Range.getColumn",
      "Range.getNumRows",
      "Range.getNumColumns",
      "Range.getLastRow",
      "Range.getLastColumn",
    ],
    code: "const r = sheet.getRange(2, 1, 3, 2); return [r.getRow(), r.getColumn(), r.getNumRows(), r.getNumColumns(), r.getLastRow(), r.getLastColumn()];",
    expected: [2, 1, 3, 2, 4, 2],
    differs: { gasmask: "has none of them" },
  },
  {
    name: "A1 notation of a range",
    calls: ["Range.getA1Notation"],
    code: 'return [sheet.getRange(2, 1, 3, 2).getA1Notation(), sheet.getRange("C4").getA1Notation()];',
    expected: ["A2:B4", "C4"],
    differs: { gasmask: "has it not" },
  },
  {
    name: "sheets by name",
    calls: ["Spreadsheet.getSheetByName", "Spreadsheet.insertSheet", "Spreadsheet.getSheets", "Sheet.getName"],
    code: 'spreadsheet.insertSheet("乙"); return [spreadsheet.getSheets().map((s) => s.getName()), spreadsheet.getSheetByName("丙")];',
    expected: [["甲", "乙"], null],
  },
  {
    name: "a rule that lets invalid values stand shows so",
    calls: [
      "DataValidationBuilder.requireValueInList",
      "DataValidationBuilder.setAllowInvalid",
      "Range.setDataValidation",
      "Range.getDataValidations",
    ],
    code: `const rule = SpreadsheetApp.newDataValidation().requireValueInList(["a", "b"], true).setAllowInvalid(false).build();
      sheet.getRange(1, 1).setDataValidation(rule);
      return sheet.getRange(1, 1, 1, 2).getDataValidations().map((row) => row.map((each) => each !== null));`,
    expected: [[true, false]],
    differs: { "gas-digital-twin": "has getDataValidation alone", gasmask: "keeps no rule" },
  },
  {
    name: "properties are texts",
    calls: ["Properties.setProperty", "Properties.getProperty"],
    code: 'const p = PropertiesService.getDocumentProperties(); p.setProperty("n", 5); return [p.getProperty("n"), p.getProperty("none")];',
    expected: ["5", null],
    differs: { gasmask: "keeps the number; a property is a text" },
  },
  {
    name: "an empty property is a property",
    calls: ["Properties.setProperty", "Properties.getProperty"],
    code: 'const p = PropertiesService.getDocumentProperties(); p.setProperty("e", ""); return p.getProperty("e");',
    expected: "",
    differs: { gasmask: "takes it for missing" },
  },
  {
    name: "several properties, with and without the others",
    calls: [
      "Properties.setProperties",
      "Properties.getProperties",
      "Properties.getKeys",
      "Properties.deleteProperty",
      "Properties.deleteAllProperties",
    ],
    code: `const p = PropertiesService.getScriptProperties();
      p.setProperties({ a: "1", b: "2" }).setProperties({ c: "3" });
      const three = { ...p.getProperties() };
      p.setProperties({ d: "4" }, true).setProperty("f", "5").deleteProperty("f");
      const keys = p.getKeys();
      return [three, keys, p.deleteAllProperties().getKeys()];`,
    expected: [{ a: "1", b: "2", c: "3" }, ["d"], []],
  },
  {
    name: "what getProperties returns is a copy",
    calls: ["Properties.getProperties"],
    code: 'const p = PropertiesService.getUserProperties(); p.getProperties().stray = "1"; return p.getProperty("stray");',
    expected: null,
    differs: { gasmask: "hands out its own store" },
  },
  {
    name: "triggers are made and listed",
    calls: [
      "ScriptApp.newTrigger",
      "ClockTriggerBuilder.everyMinutes",
      "ClockTriggerBuilder.create",
      "ScriptApp.getProjectTriggers",
      "Trigger.getHandlerFunction",
    ],
    code: `ScriptApp.newTrigger("tick").timeBased().everyMinutes(5).create();
      ScriptApp.newTrigger("tock").timeBased().after(1000).create();
      return ScriptApp.getProjectTriggers().map((t) => t.getHandlerFunction());`,
    expected: ["tick", "tock"],
  },
  {
    name: "a trigger is deleted",
    calls: ["ScriptApp.deleteTrigger", "Trigger.getUniqueId"],
    code: `const made = ScriptApp.newTrigger("tick").timeBased().everyMinutes(1).create();
      const before = ScriptApp.getProjectTriggers().filter((t) => t.getUniqueId() === made.getUniqueId()).length;
      ScriptApp.deleteTrigger(made);
      return [before, ScriptApp.getProjectTriggers().filter((t) => t.getUniqueId() === made.getUniqueId()).length];`,
    expected: [1, 0],
    differs: { gasmask: "deletes nothing" },
  },
  {
    name: "minutes that the platform does not offer",
    calls: ["ClockTriggerBuilder.everyMinutes"],
    code: 'try { ScriptApp.newTrigger("tick").timeBased().everyMinutes(7).create(); return "made"; } catch (error) { return "refused"; }',
    expected: "refused",
    differs: {
      "gas-digital-twin": "takes any number; the reference allows 1, 5, 10, 15, 30",
      gasmask: "takes any number; the reference allows 1, 5, 10, 15, 30",
    },
  },
  {
    name: "a date in a zone",
    calls: ["Utilities.formatDate"],
    code: 'return Utilities.formatDate(new Date(1752570605000), "Asia/Shanghai", "yyyy-MM-dd HH:mm:ss");',
    expected: "2025-07-15 17:10:05",
    differs: { gasmask: "has no Utilities" },
  },
  {
    name: "bytes of a blob are signed",
    calls: ["Utilities.newBlob", "Blob.getBytes"],
    code: 'return Utilities.newBlob("é").getBytes();',
    expected: [-61, -87],
    differs: {
      "gas-digital-twin": "returns them unsigned; a Byte of the platform is signed",
      gasmask: "has no Utilities",
    },
  },
  {
    name: "a blob has a name and a text",
    calls: ["Utilities.newBlob", "Blob.getName", "Blob.setName", "Blob.getContentType", "Blob.getDataAsString"],
    code: 'const b = Utilities.newBlob("案例", "text/csv", "a.csv").setName("b.csv"); return [b.getName(), b.getContentType(), b.getDataAsString()];',
    expected: ["b.csv", "text/csv", "案例"],
    differs: { gasmask: "has no Utilities" },
  },
  {
    name: "an HTML output",
    calls: [
      "HtmlService.createHtmlOutput",
      "HtmlOutput.setTitle",
      "HtmlOutput.setWidth",
      "HtmlOutput.setHeight",
      "HtmlOutput.getContent",
    ],
    code: 'const h = HtmlService.createHtmlOutput("<p>").setTitle("t").setWidth(3).setHeight(4); return [h.getContent(), h.getTitle(), h.getWidth(), h.getHeight()];',
    expected: ["<p>", "t", 3, 4],
    differs: { gasmask: "has no HtmlService" },
  },
  {
    name: "a mail to two recipients takes two of the quota",
    calls: ["MailApp.sendEmail", "MailApp.getRemainingDailyQuota"],
    code: 'const before = MailApp.getRemainingDailyQuota(); MailApp.sendEmail("a@example.org,b@example.org", "s", "b"); return before - MailApp.getRemainingDailyQuota();',
    expected: 2,
    differs: { "gas-digital-twin": "counts messages; the quota is of recipients", gasmask: "has no MailApp" },
  },
];
