import { describe, expect, test } from "vitest";
import type { ServiceCall } from "../../../../node-tools/local-sheets/local-google.ts";
import { admin, officer, tinyWorld } from "./tiny-world.ts";

const minute = 60_000;

describe("clock", () => {
  test("calls and sleep move it, the script's own work does not", () => {
    const { google, run } = tinyWorld(`
      function work() { let n = 0; while (n < 1e6) n += 1; }
      function sleep() { Utilities.sleep(2000); }
      function read() { SpreadsheetApp.getActive().getActiveSheet().getDataRange().getValues(); }`);
    const took = (name: string): number => {
      const before = google.now().getTime();
      run(name);
      return google.now().getTime() - before;
    };
    expect(took("work")).toBe(0);
    expect(took("sleep")).toBeGreaterThanOrEqual(2000);
    expect(took("read")).toBeGreaterThan(60);
    expect(took("read")).toBeLessThan(200);
  });

  test("the script sees it", () => {
    const { run } = tinyWorld(
      "function main() { const a = Date.now(); Utilities.sleep(3000); return new Date() - a; }",
    );
    expect(run("main")).toBe(3005);
  });
});

describe("time limit", () => {
  test("6 minutes of a menu item", () => {
    const { run } = tinyWorld("function main(n) { for (let i = 0; i < n; i++) Utilities.sleep(60000); return n; }");
    expect(run("main", 5)).toBe(5);
    expect(() => run("main", 6)).toThrow("Exceeded maximum execution time");
  });

  test("30 seconds of a simple trigger", () => {
    const { google, id } = tinyWorld("function onEdit(e) { Utilities.sleep(Number(e.value)); }");
    const type = (value: string): void => google.edit(id, admin, { sheet: "甲", row: 1, column: 1, values: [[value]] });
    type("29000");
    expect(google.lastTriggerError).toBeUndefined();
    type("30000");
    expect(google.lastTriggerError?.message).toBe("Exceeded maximum execution time");
  });

  test("a script that catches it fails all the same, and can do no more", () => {
    const { google, run } = tinyWorld(`
      function main() {
        try { for (;;) Utilities.sleep(60000); } catch (error) {}
        try { PropertiesService.getScriptProperties().setProperty("a", "late"); } catch (error) {}
      }
      function look() { return PropertiesService.getScriptProperties().getProperty("a"); }`);
    expect(() => run("main")).toThrow("Exceeded maximum execution time");
    expect(google.lastCalls.filter((call) => call.name.startsWith("Properties"))).toEqual([]);
    expect(run("look")).toBeNull();
  });

  test("a run of somebody else in the middle does not count", () => {
    let nested = false;
    const world = tinyWorld("function outer() { Utilities.sleep(240000); return 1; } function inner() { outer(); }", {
      surroundings: {
        beforeCall: () => {
          if (nested) return;
          nested = true;
          world.google.run(world.id, officer, "inner");
        },
      },
    });
    expect(world.run("outer")).toBe(1);
  });
});

describe("time triggers", () => {
  const code = `
    function once(ms) { ScriptApp.newTrigger("log").timeBased().after(ms).create(); }
    function often(n) { ScriptApp.newTrigger("log").timeBased().everyMinutes(n).create(); }
    function log() { Logger.log(Utilities.formatDate(new Date(), "Asia/Shanghai", "HH:mm:ss")); }
    function list() { return ScriptApp.getProjectTriggers().map((t) => t.getHandlerFunction() + t.getUniqueId()); }
    function clear() { for (const t of ScriptApp.getProjectTriggers()) ScriptApp.deleteTrigger(t); }
    function dialog() { SpreadsheetApp.getUi(); }
    function later(name) { ScriptApp.newTrigger(name).timeBased().after(1000).create(); }
    function slow() { Utilities.sleep(240000); }`;

  test("once, when its time has come", () => {
    const { google, run, lines } = tinyWorld(code);
    run("once", minute);
    google.advance(30_000);
    expect(lines).toEqual([]);
    google.advance(minute);
    google.advance(minute);
    expect(lines).toEqual(["09:01:00"]);
  });

  test("one that has run stays in the list until it is deleted", () => {
    const { google, run } = tinyWorld(code);
    run("once", 1000);
    google.advance(2000);
    expect(google.triggers()).toEqual([]);
    expect(run("list")).toEqual(["log1"]);
    run("clear");
    expect(run("list")).toEqual([]);
  });

  test("in order, and again and again", () => {
    const { google, run, lines } = tinyWorld(code);
    run("often", 5);
    run("once", 7 * minute);
    google.advance(16 * minute);
    expect(lines.map((line) => line.slice(0, 5))).toEqual(["09:05", "09:07", "09:10", "09:15"]);
  });

  test("every 7 minutes is refused", () => expect(() => tinyWorld(code).run("often", 7)).toThrow("everyMinutes"));

  test("20 a user and script", () => {
    const { google, id, run } = tinyWorld(code);
    for (let n = 0; n < 20; n += 1) run("once", minute);
    expect(() => run("once", minute)).toThrow("This script has too many triggers.");
    expect(() => google.run(id, officer, "once", [minute])).not.toThrow();
  });

  test("may not show anything", () => {
    const { google, run } = tinyWorld(code);
    run("later", "dialog");
    google.advance(minute);
    expect(google.lastTriggerError?.message).toBe("Cannot call SpreadsheetApp.getUi() from this context.");
  });

  test("90 minutes a day", () => {
    const { google, run } = tinyWorld(code);
    const day = (): number => {
      let ran = 0;
      for (; ran < 40; ran += 1) {
        run("later", "slow");
        google.advance(minute);
        run("clear");
        if (google.lastTriggerError !== undefined) break;
      }
      return ran;
    };
    expect(day()).toBe(23);
    expect(google.lastTriggerError?.message).toBe("Service using too much computer time for one day");
    google.advance(24 * 60 * minute);
    expect(day()).toBe(23);
  });

  test("a trigger does not fire another one within itself", () => {
    const { google, run, lines } = tinyWorld(code, {});
    run("often", 1);
    google.surroundings = { ...google.surroundings, beforeCall: () => google.advance(minute) };
    google.advance(5 * minute);
    expect(lines.length).toBeGreaterThan(1);
    expect(google.lastTriggerError).toBeUndefined();
  });
});

describe("daily limits", () => {
  test("100 recipients", () => {
    const { google, run } = tinyWorld(`
      function mail(to) { MailApp.sendEmail(to, "s", "b", { name: "n" }); }
      function left() { return MailApp.getRemainingDailyQuota(); }`);
    for (let n = 0; n < 49; n += 1) run("mail", "a@example.org, b@example.org");
    expect(run("left")).toBe(2);
    run("mail", "c@example.org,d@example.org");
    expect(() => run("mail", "e@example.org")).toThrow("Service invoked too many times for one day: email.");
    expect(google.mails).toHaveLength(50);
    google.advance(24 * 60 * minute);
    expect(run("left")).toBe(100);
  });

  test("250 new spreadsheets", () => {
    const { run } = tinyWorld("function main(n) { for (let i = 0; i < n; i++) SpreadsheetApp.create('t' + i); }");
    run("main", 125);
    run("main", 125);
    expect(() => run("main", 1)).toThrow("Service invoked too many times for one day: create spreadsheet.");
  });
});

describe("calls", () => {
  const code = `
    function main() { const sheet = SpreadsheetApp.getActive().getActiveSheet(); sheet.getRange(1, 1).setValue("a"); sheet.getRange(2, 1).setValue("b"); }
    function other() { Session.getActiveUser(); }`;

  test("are counted, those of a nested run apart", () => {
    let nested = false;
    const world = tinyWorld(code, {
      surroundings: {
        beforeCall: ({ name }) => {
          if (nested || name !== "Range.setValue") return;
          nested = true;
          world.google.run(world.id, officer, "other");
          expect(world.google.lastCalls).toEqual([]);
        },
      },
    });
    world.run("main");
    expect(world.google.lastCalls.filter((call) => call.movesCells).map((call) => call.name)).toEqual([
      "Range.setValue",
      "Range.setValue",
    ]);
    expect(world.google.lastCalls.map((call) => call.number)).toEqual(world.google.lastCalls.map((_, n) => n + 1));
    expect(world.google.lastCalls.some((call) => call.name.startsWith("Session"))).toBe(false);
  });

  test("a fault stops before the call does anything, and is an Error of the script", () => {
    const world = tinyWorld(
      `${code} function guarded() { try { main(); } catch (e) { return e instanceof Error && e.message; } }`,
    );
    let writes = 0;
    world.google.surroundings = {
      beforeCall: (call: ServiceCall) => {
        if (call.name !== "Range.setValue") return;
        writes += 1;
        if (writes === 2) throw new Error("Service Spreadsheets failed");
      },
    };
    expect(world.run("guarded")).toBe("Service Spreadsheets failed");
    const [sheet] = world.google.snapshotOf(world.id).sheets;
    expect([sheet?.rows[0]?.[0] ?? null, sheet?.rows[1]?.[0] ?? null]).toEqual(["a", null]);
  });
});
