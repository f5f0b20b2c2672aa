import { readFileSync } from "node:fs";
// @ts-expect-error the package has no types
import * as twin from "gas-digital-twin";
import gasmask from "gasmask";
import { beforeEach, describe, expect, test } from "vitest";
import { type PackageName, type Scenario, scenarios } from "./independent-scenarios.ts";
import { tinyWorld } from "./runtime/tiny-world.ts";

type Services = Readonly<Record<string, unknown>>;

const start = [
  ["a", 1],
  ["b", 2],
];

/** As plain data, so that arrays of another context compare equal. */
const plain = (value: unknown): unknown => JSON.parse(JSON.stringify(value ?? null));

function runWith(services: Services, code: string): unknown {
  const names = Object.keys(services);
  try {
    return plain(new Function(...names, code)(...names.map((name) => services[name])));
  } catch (error) {
    return `threw: ${(error as Error).message}`;
  }
}

function runHere({ code }: Scenario): unknown {
  const { run } = tinyWorld(`
    function main() {
      const spreadsheet = SpreadsheetApp.getActive();
      const sheet = spreadsheet.getSheetByName("甲");
      sheet.getRange(1, 1, 2, 2).setValues(${JSON.stringify(start)});
      return (() => { ${code} })();
    }`);
  return run("main");
}

const packages: Readonly<Record<PackageName, (scenario: Scenario) => unknown>> = {
  "gas-digital-twin": ({ code }) => {
    twin.setup({ spreadsheets: { id: { name: "表", sheets: { 甲: start.map((row) => [...row]) } } } });
    try {
      const global = globalThis as unknown as Services;
      const { SpreadsheetApp, PropertiesService, ScriptApp, Utilities, HtmlService, MailApp } = global;
      const spreadsheet = (SpreadsheetApp as typeof globalThis.SpreadsheetApp).openById("id");
      const sheet = spreadsheet.getSheetByName("甲");
      const services = {
        SpreadsheetApp,
        PropertiesService,
        ScriptApp,
        Utilities,
        HtmlService,
        MailApp,
        spreadsheet,
        sheet,
      };
      return runWith(services, code);
    } finally {
      twin.teardown();
    }
  },
  gasmask: ({ code }) => {
    const { SpreadsheetApp, PropertiesService, ScriptApp } = gasmask;
    const spreadsheet = SpreadsheetApp.create("表");
    const sheet = spreadsheet.insertSheet("甲");
    for (const row of start) sheet.appendRow([...row]);
    return runWith({ SpreadsheetApp, PropertiesService, ScriptApp, spreadsheet, sheet }, code);
  },
};

beforeEach(() => {
  const { PropertiesService } = gasmask;
  PropertiesService.getScriptProperties().deleteAllProperties();
  PropertiesService.getUserProperties().deleteAllProperties();
});

describe.for(scenarios)("$name", (scenario) => {
  test("as Google's reference says", () => expect(runHere(scenario)).toEqual(scenario.expected));

  test.for(Object.keys(packages) as PackageName[])("%s", (name) => {
    const answer = packages[name](scenario);
    if (scenario.differs?.[name] === undefined) expect(answer).toEqual(scenario.expected);
    else expect(answer).not.toEqual(scenario.expected);
  });
});

test("docs/local-sheets.md names every call that is compared", () => {
  const docs = readFileSync(new URL("../../../docs/local-sheets.md", import.meta.url), "utf8");
  const missing = scenarios.flatMap(({ calls }) => calls).filter((call) => !docs.includes(`\`${call}\``));
  expect(missing).toEqual([]);
});
