import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { type Node, parse } from "acorn";
import { describe, expect, test } from "vitest";
import type { MenuEntry } from "../../node-tools/local-sheets/local-google.ts";
import { createLocalGoogle } from "../../node-tools/local-sheets/runtime/create-local-google.ts";
import { administrator, readProject } from "../node-tools/local-sheets/local-award.ts";

const root = fileURLToPath(new URL("../../", import.meta.url));
const bundleOf = (script: string) => join(root, "dist", "sheets", script);

/** Functions that the platform itself calls. */
const calledByPlatform = {
  shared: ["onOpen", "onEdit", "CASE_WORDS"],
  review: ["onOpen", "continueJob"],
} as const;

/** Parses as the platform would: a script of ES2021, no modules. */
const parseScript = (code: string) => parse(code, { ecmaVersion: 2021, sourceType: "script" });

const topLevelFunctions = (code: string) =>
  parseScript(code).body.flatMap((statement) =>
    statement.type === "FunctionDeclaration" ? [statement.id?.name ?? ""] : [],
  );

/** Names that a page passes to `google.script.run`: every string literal that is a top-level function of the script. */
function literalsIn(code: string): Set<string> {
  const found = new Set<string>();
  const visit = (node: unknown): void => {
    if (Array.isArray(node)) node.forEach(visit);
    else if (node !== null && typeof node === "object") {
      const { type, value, name } = node as Node & { value?: unknown; name?: unknown };
      if (type === "Literal" && typeof value === "string") found.add(value);
      if (type === "Identifier" && typeof name === "string") found.add(name);
      for (const child of Object.values(node)) visit(child);
    }
  };
  visit(parseScript(code));
  return found;
}

const functionsOf = (entries: readonly MenuEntry[]): string[] =>
  entries.flatMap((entry) => [...(entry.functionName ? [entry.functionName] : []), ...functionsOf(entry.items)]);

describe.each(["shared", "review"] as const)("the script of the %s workbook", (script) => {
  const project = readProject(script);
  const pages = [...project.html.values()].map((html) =>
    html.slice(html.lastIndexOf("<script>") + 8, html.lastIndexOf("</script>")),
  );

  test("parses as the platform parses it", () => {
    expect(parseScript(project.code).body.length).toBeGreaterThan(1);
    for (const page of pages) expect(() => parseScript(page)).not.toThrow();
    expect(() => parseScript("class A { #x = 1 }")).toThrow();
  });

  test("has a top-level function for every menu item, trigger and page, and no other", () => {
    const google = createLocalGoogle({ now: new Date(2025, 10, 3, 9) });
    const id = google.addSpreadsheet("x", administrator, { sheets: [{ name: "案例", createBefore: null }] });
    google.bindScript(id, project);
    const inMenus = functionsOf(google.open(id, administrator));
    expect(inMenus.length).toBeGreaterThan(5);
    const functions = topLevelFunctions(project.code);
    const spoken = new Set(pages.flatMap((page) => [...literalsIn(page)]));
    const fromPages = functions.filter((name) => spoken.has(name));
    expect(fromPages.length).toBeGreaterThan(1);
    expect([...functions].sort()).toEqual([...new Set([...calledByPlatform[script], ...inMenus, ...fromPages])].sort());
  });

  test("clasp pushes exactly the bundle, its pages and the manifest", () => {
    const config = script === "shared" ? ".clasp.json" : ".clasp.review.json";
    const clasp = join(root, "node_modules", "@google", "clasp", "build", "src", "index.js");
    const answer = execFileSync(process.execPath, [clasp, "show-file-status", "--json", "-P", config], {
      cwd: root,
      encoding: "utf8",
      stdio: ["ignore", "pipe", "ignore"],
    });
    const { filesToPush } = JSON.parse(answer) as { filesToPush: string[] };
    const expected = ["Code.js", "appsscript.json", ...[...project.html.keys()].map((name) => `${name}.html`)];
    expect(filesToPush.map((file) => file.split("/").pop()).sort()).toEqual(expected.sort());
    expect(readdirSync(bundleOf(script)).sort()).toEqual(expected.sort());
  });
});

describe("what the scripts may do", () => {
  test("the shared script sees its own workbook only and has no review functions", () => {
    const { manifest, code } = readProject("shared");
    expect(manifest.oauthScopes).toEqual([
      "https://www.googleapis.com/auth/spreadsheets.currentonly",
      "https://www.googleapis.com/auth/script.container.ui",
      "https://www.googleapis.com/auth/userinfo.email",
    ]);
    for (const word of ["DriveApp", "MailApp", "openById", "UrlFetchApp"]) expect(code).not.toContain(word);
  });

  test("CASE_WORDS is documented where the platform reads it", () => {
    expect(readFileSync(join(bundleOf("shared"), "Code.js"), "utf8")).toMatch(
      /\/\*\*(?:(?!\*\/)[\s\S])*@customfunction(?:(?!\*\/)[\s\S])*\*\/\s*function CASE_WORDS\(text\)/,
    );
  });
});
