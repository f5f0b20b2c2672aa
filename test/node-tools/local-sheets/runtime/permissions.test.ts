import { describe, expect, test } from "vitest";
import { cautious } from "../../../../node-tools/local-sheets/runtime/doubts.ts";
import { admin, officer, tinyWorld } from "./tiny-world.ts";

const calls = {
  "SpreadsheetApp.openById": "SpreadsheetApp.openById(SpreadsheetApp.getActive().getId())",
  "SpreadsheetApp.create": "SpreadsheetApp.create('new')",
  "SpreadsheetApp.getActive": "SpreadsheetApp.getActive().getName()",
  "Ui.showSidebar": "SpreadsheetApp.getUi().showSidebar(HtmlService.createHtmlOutput(''))",
  "MailApp.sendEmail": "MailApp.sendEmail('a@example.org', 's', 'b')",
  "ScriptApp.getProjectTriggers": "ScriptApp.getProjectTriggers()",
  "DriveApp.createFolder": "DriveApp.createFolder('f')",
  "Session.getActiveUser": "Session.getActiveUser().getEmail()",
} as const;

describe("scopes of the manifest", () => {
  test.for([
    { call: "SpreadsheetApp.openById", scope: "spreadsheets", lesser: "spreadsheets.currentonly" },
    { call: "SpreadsheetApp.create", scope: "spreadsheets", lesser: "spreadsheets.currentonly" },
    { call: "SpreadsheetApp.getActive", scope: "spreadsheets.currentonly", lesser: "drive" },
    { call: "Ui.showSidebar", scope: "script.container.ui", lesser: "drive" },
    { call: "MailApp.sendEmail", scope: "script.send_mail", lesser: "drive" },
    { call: "ScriptApp.getProjectTriggers", scope: "script.scriptapp", lesser: "drive" },
    { call: "DriveApp.createFolder", scope: "drive", lesser: "drive.readonly" },
    { call: "Session.getActiveUser", scope: "userinfo.email", lesser: "drive" },
  ] as const)("$call needs $scope", ({ call, scope, lesser }) => {
    const code = `function main() { ${calls[call]}; }`;
    const always = call === "SpreadsheetApp.getActive" ? [] : ["spreadsheets.currentonly"];
    expect(() => tinyWorld(code, { scopes: [scope, ...always] }).run("main")).not.toThrow();
    expect(() => tinyWorld(code, { scopes: [lesser, ...always] }).run("main")).toThrow(
      `Specified permissions are not sufficient to call ${call}. Required permissions: `,
    );
  });

  test("the message names the scope", () =>
    expect(() => tinyWorld("function main() { SpreadsheetApp.create('a'); }", { scopes: [] }).run("main")).toThrow(
      "Required permissions: https://www.googleapis.com/auth/spreadsheets",
    ));
});

describe("simple triggers", () => {
  test.for([
    "SpreadsheetApp.openById(SpreadsheetApp.getActive().getId())",
    "SpreadsheetApp.create('new')",
    "SpreadsheetApp.getUi().alert('a')",
    "SpreadsheetApp.getUi().prompt('a')",
    "SpreadsheetApp.getUi().showSidebar(HtmlService.createHtmlOutput(''))",
    "MailApp.sendEmail('a@example.org', 's', 'b')",
    "DriveApp.getFileById('x')",
    "ScriptApp.newTrigger('f')",
  ])("may not %s", (call) => {
    const { google, id, lines } = tinyWorld(`function onEdit() { ${call}; }`, { doubts: cautious });
    google.edit(id, admin, { sheet: "甲", row: 1, column: 1, values: [["x"]] });
    expect(google.lastTriggerError?.message).toMatch(/^You do not have permission to call /);
    expect(lines).toHaveLength(1);
  });

  test.for([
    "SpreadsheetApp.getActive().toast('a')",
    "SpreadsheetApp.getActive().getActiveSheet().getRange(1, 1).setNote('n')",
    "PropertiesService.getDocumentProperties().setProperty('a', 'b')",
    "LockService.getDocumentLock().tryLock(1)",
  ])("may %s", (call) => {
    const { google, id } = tinyWorld(`function onEdit() { ${call}; }`);
    google.edit(id, admin, { sheet: "甲", row: 1, column: 1, values: [["x"]] });
    expect(google.lastTriggerError).toBeUndefined();
  });
});

describe("who the script is told", () => {
  const code = `
    function emails() { return [Session.getActiveUser().getEmail(), Session.getEffectiveUser().getEmail()]; }
    function log() { Logger.log(emails().join()); }
    function onEdit(e) { Logger.log([e.user.getEmail()].concat(emails()).join()); }
    function later() { ScriptApp.newTrigger("log").timeBased().after(1000).create(); }`;

  test("of a menu", () => {
    const { google, id } = tinyWorld(code);
    expect(google.run(id, officer, "emails")).toEqual([officer, officer]);
  });

  test.for([
    { user: officer, told: ",," },
    { user: admin, told: [admin, admin, admin].join() },
  ])("of a simple trigger by $user", ({ user, told }) => {
    const { google, id, lines } = tinyWorld(code);
    google.edit(id, user, { sheet: "甲", row: 1, column: 1, values: [["x"]] });
    expect(lines).toEqual([told]);
  });

  test("of a time trigger: only who made it", () => {
    const { google, id, lines } = tinyWorld(code);
    google.run(id, officer, "later");
    google.advance(2000);
    expect(lines).toEqual([`,${officer}`]);
  });
});
