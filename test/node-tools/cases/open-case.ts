import { mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { fillScoreSheet } from "../../../node-tools/example/fill-score-sheet.ts";
import { readWorkbook } from "../../../node-tools/office-files/workbook.ts";
import { readSheet, runCasebook, runJson, temporaryFolder } from "../run-casebook.ts";

/** Awards in miniature, each with one thing that once went wrong; all of it is invented. */
export const caseFolder = (name: string) => fileURLToPath(new URL(`../../fixtures/cases/${name}`, import.meta.url));

export interface OpenCase {
  readonly folder: string;
  /** The shared workbook. */
  readonly file: string;
  /** The review workbook, once `assign` has made it. */
  readonly review: string;
  /** What `import --json` printed. */
  // biome-ignore lint/suspicious/noExplicitAny: the shape is what the tests are about
  readonly imported: any;
  readonly importCode: number;
}

/** `init` and `import` of a folder of test/fixtures/cases. */
export async function openCase(name: string): Promise<OpenCase> {
  const folder = temporaryFolder();
  const file = join(folder, "a.xlsx");
  await runCasebook("init", file);
  const { json, code } = await runJson("import", file, caseFolder(name));
  return { folder, file, review: join(folder, "a.评审.xlsx"), imported: json, importCode: code };
}

/** `code at 工作表!行 列` of the findings of `check`, those with one of these codes only where any are named. */
export async function checkCase({ file }: OpenCase, ...codes: string[]): Promise<string[]> {
  const { json } = await runJson("check", file);
  return (json.findings as { code: string; severity: string; sheet: string; row: number; column: string }[])
    .filter(({ code }) => codes.length === 0 || codes.includes(code))
    .map(({ code, severity, sheet, row, column }) => `${code} ${severity} ${sheet}!${row} ${column}`);
}

/** Types into cells of a workbook as a person would: by sheet, row as shown and label of the column. */
export async function typeInto(
  path: string,
  sheet: string,
  cells: readonly (readonly [row: number, label: string, value: string | number | null])[],
): Promise<void> {
  const { rows } = await readSheet(path, sheet);
  const header = rows.findIndex((row) => cells.every(([, label]) => row.includes(label)));
  const workbook = readWorkbook(path, "edit");
  const edits = cells.map(([row, label, value]) => ({ row, column: rows[header]!.indexOf(label) + 1, value }));
  workbook.apply({ sheets: [{ name: sheet, edits }] });
  writeFileSync(path, workbook.toBuffer());
}

/** `packets`, every sheet filled in (`fill` gives its bytes), `collect`. */
export async function reviewOnce(
  { folder, file }: OpenCase,
  round: string,
  fill: (path: string) => Uint8Array | Promise<Uint8Array> = fillScoreSheet,
): Promise<void> {
  const [out, back] = [join(folder, `out${round}`), join(folder, `back${round}`)];
  await runCasebook("packets", file, "--out", out);
  mkdirSync(back);
  for (const name of readdirSync(out)) writeFileSync(join(back, name), await fill(join(out, name)));
  await runCasebook("collect", file, back);
}
