import type { ScriptProject, Surroundings } from "../../../../node-tools/local-sheets/local-google.ts";
import {
  createLocalGoogle,
  type LocalGoogleWorld,
} from "../../../../node-tools/local-sheets/runtime/create-local-google.ts";
import { type Doubts, hopeful } from "../../../../node-tools/local-sheets/runtime/doubts.ts";

export const admin = "admin@example.org";
export const officer = "officer@example.org";

const scope = (name: string): string => `https://www.googleapis.com/auth/${name}`;
export const allScopes = [
  "spreadsheets",
  "drive",
  "script.container.ui",
  "script.scriptapp",
  "script.send_mail",
  "userinfo.email",
];

export function project(
  code: string,
  scopes: readonly string[] = allScopes,
  html: Record<string, string> = {},
): ScriptProject {
  return {
    code,
    html: new Map(Object.entries(html)),
    manifest: { timeZone: "Asia/Shanghai", runtimeVersion: "V8", oauthScopes: scopes.map(scope) },
  };
}

export interface TinyWorld {
  readonly google: LocalGoogleWorld;
  readonly id: string;
  readonly lines: string[];
  /** Runs a function of the script as the administrator. */
  run(functionName: string, ...args: unknown[]): unknown;
}

/** A spreadsheet 表 with one sheet 甲 (`B2` holds 5), an administrator who owns it, an officer who edits it, and a script. */
export function tinyWorld(
  code: string,
  options: {
    scopes?: readonly string[];
    html?: Record<string, string>;
    surroundings?: Surroundings;
    doubts?: Doubts;
  } = {},
): TinyWorld {
  const lines: string[] = [];
  const google = createLocalGoogle({
    now: new Date("2025-07-15T09:00:00+08:00"),
    doubts: options.doubts ?? hopeful,
    surroundings: { log: (line) => lines.push(line), ...options.surroundings },
  });
  const id = google.addSpreadsheet("表", admin, {
    sheets: [{ name: "甲", createBefore: null, edits: [{ row: 2, column: 2, value: 5 }] }],
  });
  google.share(id, officer, "edit");
  google.bindScript(id, project(code, options.scopes, options.html));
  return { google, id, lines, run: (functionName, ...args) => google.run(id, admin, functionName, args) };
}

/** Runs an expression in a script of its own. */
export function evaluate(expression: string, options: Parameters<typeof tinyWorld>[1] = {}): unknown {
  return tinyWorld(`function main() { return ${expression}; }`, options).run("main");
}
