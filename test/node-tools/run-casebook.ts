import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";
import { cellText } from "../../apps-script/core/workbook/cell-text.ts";
import type { SheetSnapshot } from "../../apps-script/core/workbook/port.ts";
import { readWorkbook } from "../../node-tools/office-files/workbook.ts";
import { runCommandLine } from "../../node-tools/run-command-line.ts";

export interface CasebookRun {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** Runs a command in this process, as in a pipe. */
export async function runCasebook(...words: string[]): Promise<CasebookRun> {
  const written = { out: "", err: "" };
  const code = await runCommandLine(words, {
    out: (text) => {
      written.out += text;
    },
    err: (text) => {
      written.err += text;
    },
    interactive: false,
  });
  return { code, ...written };
}

/** Runs a command with --json and parses the one object it prints. */
// biome-ignore lint/suspicious/noExplicitAny: the shape is what the tests are about
export async function runJson(...words: string[]): Promise<{ code: number; json: any; err: string }> {
  const { code, out, err } = await runCasebook(...words, "--json");
  return { code, json: JSON.parse(out), err };
}

/** A folder that goes when the test ends. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "casebook-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

export async function readSheet(path: string, name: string): Promise<SheetSnapshot> {
  const { snapshot } = readWorkbook(path, "input");
  const sheet = snapshot.sheets.find((s) => s.name === name);
  if (!sheet) throw new Error(`no sheet ${name} in ${path}`);
  return sheet;
}

/** Rows of a sheet as texts by header label; `row` is the spreadsheet's number. */
export async function readRecords(path: string, name: string): Promise<(Record<string, string> & { row: string })[]> {
  const sheet = await readSheet(path, name);
  const header = (sheet.rows[0] ?? []).map((value) => cellText(value));
  return sheet.rows
    .map((cells, i) => ({ cells, row: String(i + 1) }))
    .slice(1)
    .filter(({ cells }) => cells.some((value) => cellText(value) !== ""))
    .map(({ cells, row }) => ({
      ...Object.fromEntries(header.map((label, c) => [label, cellText(cells[c] ?? null)])),
      row,
    }));
}

const trimEnd = <T>(items: readonly T[], isEmpty: (item: T) => boolean): T[] => {
  let length = items.length;
  while (length > 0 && isEmpty(items[length - 1] as T)) length -= 1;
  return items.slice(0, length);
};

/** Every cell's text, empty ends cut off, without the sheets named: to compare two workbooks by their values. */
export async function workbookValues(
  path: string,
  without: readonly string[] = ["日志"],
): Promise<Record<string, string[][]>> {
  const { snapshot } = readWorkbook(path, "input");
  return Object.fromEntries(
    snapshot.sheets
      .filter((sheet) => !without.includes(sheet.name))
      .map((sheet) => [
        sheet.name,
        trimEnd(
          sheet.rows.map((row) =>
            trimEnd(
              row.map((value) => cellText(value)),
              (text) => text === "",
            ),
          ),
          (row) => row.length === 0,
        ),
      ]),
  );
}
