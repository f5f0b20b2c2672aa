import { fileURLToPath } from "node:url";
import { buildSync } from "esbuild";
import type { SheetSnapshot, WorkbookPatch, WorkbookSnapshot } from "../../../apps-script/core/workbook/port.ts";
import type { ScriptProject, ServiceCall } from "../../../node-tools/local-sheets/local-google.ts";
import { createLocalGoogle } from "../../../node-tools/local-sheets/runtime/create-local-google.ts";
import type { Doubts } from "../../../node-tools/local-sheets/runtime/doubts.ts";
import { testedDoubts } from "../../node-tools/local-sheets/platform.ts";
import type { PassedSheet } from "./adapter-script.ts";

export const owner = "admin@example.org";
const functions = ["applyPatch", "readAll", "applyAndTell", "resume", "onEdit"];

let project: ScriptProject | undefined;

function adapterScript(): ScriptProject {
  if (project) return project;
  const { outputFiles } = buildSync({
    entryPoints: [fileURLToPath(new URL("adapter-script.ts", import.meta.url))],
    bundle: true,
    write: false,
    format: "iife",
    globalName: "Casebook",
    target: "es2020",
    charset: "utf8",
  });
  const stubs = functions.map((name) => `function ${name}(...values) { return Casebook.${name}(...values); }`);
  project = {
    code: [outputFiles[0]?.text, ...stubs].join("\n"),
    html: new Map([["findings", "<p>findings</p>"]]),
    manifest: {
      timeZone: "Asia/Shanghai",
      oauthScopes: ["spreadsheets.currentonly", "script.container.ui"].map(
        (scope) => `https://www.googleapis.com/auth/${scope}`,
      ),
    },
  };
  return project;
}

const unpass = (sheets: readonly PassedSheet[]): WorkbookSnapshot => ({
  sheets: sheets.map((sheet): SheetSnapshot => ({ ...sheet, notes: new Map(sheet.notes) })),
});

/** One spreadsheet of a local Google with the adapter as its script. */
export function newAdapterHost(content: WorkbookPatch, doubts: Partial<Doubts> = {}) {
  const google = createLocalGoogle({
    now: new Date("2025-09-01T09:00:00+08:00"),
    doubts: { ...testedDoubts, ...doubts },
  });
  const toasts: string[] = [];
  const shown: string[] = [];
  google.surroundings = { toast: (message) => toasts.push(message), show: ({ kind }) => void shown.push(kind) };
  const id = google.addSpreadsheet("申报工作簿", owner, content);
  google.bindScript(id, adapterScript());
  // Objects without a prototype, as generators of values make them, cannot be passed to a script.
  const run = (name: string, ...args: unknown[]) => google.run(id, owner, name, JSON.parse(JSON.stringify(args)));
  return {
    google,
    id,
    toasts,
    /** Windows and sidebars, in their order. */
    shown,
    apply: (patch: WorkbookPatch): void => void run("applyPatch", patch),
    read: (): WorkbookSnapshot => unpass(run("readAll") as PassedSheet[]),
    applyAndTell: (patch: WorkbookPatch): WorkbookSnapshot => unpass(run("applyAndTell", patch) as PassedSheet[]),
    resume: (inserted: readonly string[]): unknown => run("resume", inserted),
    /** Names of the calls of the last execution that moved cell data. */
    dataCalls: (): string[] => google.lastCalls.filter((call: ServiceCall) => call.movesCells).map(({ name }) => name),
  };
}
