import { describe, expect, test } from "vitest";
import { admin, evaluate, officer, tinyWorld } from "./tiny-world.ts";

describe("globals", () => {
  test.for([
    "setTimeout",
    "fetch",
    "URL",
    "TextEncoder",
    "crypto",
    "performance",
    "require",
    "process",
    "Buffer",
    "structuredClone",
    "queueMicrotask",
    "module",
    "CacheService",
  ])("no %s", (name) => expect(evaluate(`typeof ${name}`)).toBe("undefined"));

  test.for(["SpreadsheetApp", "PropertiesService", "LockService", "ScriptApp", "Session", "Utilities", "DriveApp"])(
    "%s",
    (name) => expect(evaluate(`typeof ${name}`)).toBe("object"),
  );

  test("do not survive an execution", () => {
    const { run } = tinyWorld(
      "let n = 0; function next() { globalThis.m = (globalThis.m || 0) + 1; return [++n, m]; }",
    );
    expect([run("next"), run("next")]).toEqual([
      [1, 1],
      [1, 1],
    ]);
  });

  test("the console is the platform's", () => {
    const { run, lines } = tinyWorld('function main() { console.warn("%s of %d", "a", 2, "x"); Logger.log("b"); }');
    run("main");
    expect(lines).toEqual(["a of 2 x", "b"]);
  });

  test("a member that a fake lacks is refused", () =>
    expect(() => evaluate("Utilities.zip([])")).toThrow("Utilities.zip is not supported by the local Sheets"));
});

describe("realm", () => {
  test.for([
    "SpreadsheetApp.getActive().getSheets() instanceof Array",
    "SpreadsheetApp.getActive().getActiveSheet().getDataRange().getValues()[1] instanceof Array",
    "PropertiesService.getScriptProperties().getProperties() instanceof Object",
    "PropertiesService.getScriptProperties().getKeys() instanceof Array",
    'Utilities.newBlob("a").getBytes() instanceof Array',
    "(() => { try { SpreadsheetApp.openById('x'); } catch (error) { return error instanceof Error; } })()",
  ])("%s", (expression) => expect(evaluate(expression)).toBe(true));

  test("an error of a service is an Exception", () =>
    expect(evaluate("(() => { try { DriveApp.getFileById('x'); } catch (error) { return error.name; } })()")).toBe(
      "Exception",
    ));

  test("constants are the same wherever they come from", () =>
    expect(evaluate("SpreadsheetApp.getUi().Button.YES === SpreadsheetApp.getUi().Button.YES")).toBe(true));
});

describe("values between a page and a script", () => {
  const echo = tinyWorld(
    "function echo(value) { return value; } function isArray(value) { return value instanceof Array; }",
  );

  test.for([1, "a", true, null, [1, [2]], { a: { b: [] } }])("%j", (value) =>
    expect(echo.run("echo", value)).toEqual(value),
  );
  test("nothing", () => expect(echo.run("echo")).toBeUndefined());
  test("undefined in an array and in an object", () =>
    expect(echo.run("echo", { list: [undefined], gone: undefined })).toEqual({ list: [null] }));
  test("undefined in an array of a result", () => expect(evaluate("[undefined, 1]")).toEqual([null, 1]));
  test("an array is one of the script", () => expect(echo.run("isArray", [])).toBe(true));
  test("a copy, not the same object", () => {
    const value = { a: 1 };
    expect(echo.run("echo", value)).not.toBe(value);
  });

  test.for([
    ["new Date()", "result of main: a Date"],
    ["({ rows: [new Date()] })", "result of main.rows[0]: a Date"],
    ["() => 1", "result of main: a function"],
    ["new Map()", "result of main: an object of a class"],
    ["(() => { const a = []; a.push(a); return a; })()", "result of main[0]: a circular object"],
  ] as const)("%s is refused", ([expression, message]) => expect(() => evaluate(expression)).toThrow(message));

  test("a date given by a page is refused", () =>
    expect(() => echo.run("echo", new Date())).toThrow("argument 1: a Date"));
});

describe("functions", () => {
  test("a missing one", () => expect(() => tinyWorld("").run("gone")).toThrow("Script function not found: gone"));
  test("a private one", () =>
    expect(() => tinyWorld("function secret_() {}").run("secret_")).toThrow("Script function not found: secret_"));
  test("what it throws arrives with its name", () => {
    const { run } = tinyWorld('function main() { throw new RangeError("too far"); }');
    expect(() => run("main")).toThrow(expect.objectContaining({ name: "RangeError", message: "too far" }));
  });
  test("a viewer may not run any", () => {
    const { google, id } = tinyWorld("function main() { return 1; }");
    google.share(id, officer, "view");
    expect(() => google.run(id, officer, "main")).toThrow("没有编辑这个文件的权限");
    expect(google.run(id, admin, "main")).toBe(1);
  });
});

describe("HTML files", () => {
  test("by name", () =>
    expect(evaluate("HtmlService.createHtmlOutputFromFile('help').getContent()", { html: { help: "<p>" } })).toBe(
      "<p>",
    ));
  test("a missing one", () =>
    expect(() => evaluate("HtmlService.createHtmlOutputFromFile('x')")).toThrow("No HTML file named x was found."));
});
