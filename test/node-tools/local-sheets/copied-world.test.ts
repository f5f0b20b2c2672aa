import { expect, test } from "vitest";
import { RefusedError } from "../../../node-tools/local-sheets/local-google.ts";
import type { LocalGoogleWorld } from "../../../node-tools/local-sheets/runtime/create-local-google.ts";
import { cautious } from "../../../node-tools/local-sheets/runtime/doubts.ts";
import { admin, officer, tinyWorld } from "./runtime/tiny-world.ts";

/** Leaves something of every kind that a world keeps. */
const code = `
/** @customfunction */
function DOUBLE(n) { return 2 * n; }
function act(mark) {
  var book = SpreadsheetApp.getActive();
  var sheet = book.getSheets()[0];
  sheet.getRange("A1").setValue(mark).setNote(mark);
  sheet.getRange("C2").setFormula("=DOUBLE(B2)");
  sheet.getRange("A3").setBackground("#abcdef").setDataValidation(
    SpreadsheetApp.newDataValidation().requireValueInList([mark], true).setAllowInvalid(false).build());
  sheet.getRange("A1:B1").merge();
  var own = sheet.getRange("D1:D9").protect().setDescription(mark);
  own.removeEditors(own.getEditors().map(function (user) { return user.getEmail(); }));
  sheet.getRange("E1:E9").protect().setDescription("开放" + mark);
  book.insertSheet(mark).hideSheet();
  book.addDeveloperMetadata("casebook." + mark, "1");
  PropertiesService.getDocumentProperties().setProperty("mark", mark + Utilities.getUuid());
  ScriptApp.newTrigger("tick").timeBased().everyMinutes(5).create();
  MailApp.sendEmail(officer, mark, mark);
  var made = SpreadsheetApp.create("新" + mark);
  DriveApp.getFileById(made.getId()).addEditor(officer);
  DriveApp.createFolder("夹" + mark);
  sheet.getRange("B2").activate();
}
var officer = "${officer}";
function tick() { SpreadsheetApp.getActive().getSheets()[0].getRange("F1").setValue(Utilities.getUuid()); }
function tell() {
  return [Utilities.getUuid(), MailApp.getRemainingDailyQuota(), PropertiesService.getDocumentProperties().getProperties(),
    SpreadsheetApp.getActive().getDeveloperMetadata().map(function (each) { return each.getKey(); })];
}`;

/** All that somebody sees of a world, what its script sees included. */
function described(google: LocalGoogleWorld, id: string) {
  const mayWrite = [4, 5].map((column) =>
    [admin, officer].map((user) => {
      try {
        google.edit(id, user, { sheet: "甲", row: 2, column, values: [["改"]] });
        return true;
      } catch (error) {
        expect(error).toBeInstanceOf(RefusedError);
        return false;
      }
    }),
  );
  return {
    mayWrite,
    now: google.now(),
    files: google.files(),
    contents: google
      .files()
      .map((file) => (file.mimeType === "text/csv" ? google.fileBytes(file.id) : google.contentOf(file.id))),
    snapshot: google.snapshotOf(id),
    selected: google.selectionOf(id, admin),
    triggers: google.triggers(),
    mails: [...google.mails],
    told: google.run(id, admin, "tell"),
    calls: google.lastCalls,
  };
}

/** A world in which something has happened, and a copy of it. */
function twoWorlds() {
  const world = tinyWorld(code, { doubts: cautious });
  world.google.addFile("单位.csv", admin, new Uint8Array([1, 2]), "text/csv");
  world.run("act", "一");
  return { ...world, copy: world.google.copy() };
}

test("a copy is the same world, and goes on in the same way", () => {
  const { google, id, copy } = twoWorlds();
  for (let round = 0; round < 2; round++) {
    const { snapshot, mayWrite, ...rest } = described(copy, id);
    expect({ snapshot, mayWrite, ...rest }).toEqual(described(google, id));
    expect(snapshot.sheets[0]?.rows[1]?.[2]).toMatchObject({ formula: "DOUBLE(B2)", result: 10 });
    expect(mayWrite).toEqual([
      [true, false],
      [true, true],
    ]);
    for (const each of [google, copy]) {
      if (round === 0) each.run(id, admin, "act", ["二"]);
      each.advance(600_000);
      expect(each.lastTriggerError).toBeUndefined();
    }
  }
});

test("neither world hears of what happens in the other", () => {
  const { google, id, copy } = twoWorlds();
  const third = copy.copy();
  google.run(id, admin, "act", ["二"]);
  google.share(id, officer, "none");
  google.edit(id, admin, { sheet: "甲", row: 2, column: 2, values: [["7"]] });
  google.advance(600_000);
  expect(described(copy, id)).toEqual(described(third, id));
  expect(copy.triggers()).toHaveLength(1);
  expect(copy.mails).toHaveLength(1);
  expect(copy.files(officer).map((file) => file.id)).toContain(id);
});

test("in the middle of an execution no world can be copied", () => {
  const { google, run } = tinyWorld("function read() { SpreadsheetApp.getActive().getName(); }");
  google.surroundings = { beforeCall: () => void google.copy() };
  expect(() => run("read")).toThrow("in the middle of an execution");
});
