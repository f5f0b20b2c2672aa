import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import Papa from "papaparse";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import {
  newApplicationWorkbook,
  refreshApplicationLayout,
} from "../../apps-script/core/application-book/application-book.ts";
import { ningxia2025 } from "../../apps-script/core/notice/ningxia-2025.ts";
import { quotaSheet, submissionsSheet } from "../../apps-script/core/schema/application.ts";
import { cellText } from "../../apps-script/core/workbook/cell-text.ts";
import { Calculation } from "../../node-tools/calculator/index.ts";
import { snapshotSource } from "../../node-tools/calculator/snapshot-source.ts";
import { newWorkbook, readWorkbook } from "../../node-tools/office-files/workbook.ts";
import { makeSnapshot, type SubmissionRow, validSubmission } from "../core/award-builder.ts";
import { applyPatch } from "../core/in-memory-workbook.ts";
import { probeName, probeRows, probeUnits } from "../core/rules/live-probes.ts";
import { convertInLibreOffice } from "./soffice.ts";

const home = mkdtempSync(join(tmpdir(), "casebook-live-check-"));
const path = join(home, "probes.xlsx");
const column = submissionsSheet.columns.findIndex(({ key }) => key === "liveCheck") + 1;

/** A group over its quota, so that 配额 and the order of its rows are compared too. */
const recommended: readonly SubmissionRow[] = Array.from({ length: 40 }, (_, i) => ({
  ...validSubmission(600 + i),
  id: `Q${2000 + ((i * 17) % 40)}`,
  recommended: "是",
  firstScore: 80 + (i % 3),
}));

const rows = [...probeRows, ...recommended];
const snapshot = makeSnapshot({ units: probeUnits, submissions: rows });
const laid = applyPatch(snapshot, refreshApplicationLayout(snapshot, ningxia2025));
const calculation = new Calculation(snapshotSource(laid));

const nameOf = (i: number) => (i < probeRows.length ? probeName(i) : `recommended ${i - probeRows.length}`);
const ours = rows.map((_, i) => `${nameOf(i)}: ${calculation.valueOf(submissionsSheet.label, i + 2, column) ?? ""}`);
const quotaRows = laid.sheets.find(({ name }) => name === quotaSheet.label)?.rows ?? [];
const ourQuota = quotaRows.map((_, i) =>
  [5, 6, 7].map((c) => String(calculation.valueOf(quotaSheet.label, i + 1, c) ?? "")),
);

/** What the cells of a recalculated workbook say, by sheet. */
function tell(cells: (label: string) => readonly (readonly string[])[]) {
  return {
    told: rows.map((_, i) => `${nameOf(i)}: ${cells(submissionsSheet.label)[i + 1]?.[column - 1] ?? ""}`),
    quota: quotaRows.map((_, i) => [5, 6, 7].map((c) => cells(quotaSheet.label)[i]?.[c - 1] ?? "")),
  };
}

beforeAll(async () => {
  const workbook = newWorkbook();
  workbook.apply(newApplicationWorkbook(ningxia2025));
  const filled = laid.sheets.filter(({ name }) => ["单位", submissionsSheet.label].includes(name));
  workbook.apply({
    sheets: filled.map(({ name, rows: cells }) => ({
      name,
      edits: cells.flatMap((line, r) => line.map((value, c) => ({ row: r + 1, column: c + 1, value }))),
    })),
  });
  workbook.apply(refreshApplicationLayout(workbook.snapshot, ningxia2025));
  writeFileSync(path, workbook.toBuffer());
});

afterAll(() => rmSync(home, { recursive: true, force: true }));

describe("即时检查 and 配额 of what people type are, to the letter, what our own calculator says", () => {
  test("in LibreOffice", async () => {
    const folder = convertInLibreOffice("xlsx:Calc MS Excel 2007 XML", [path], home, "libreoffice");
    const { sheets } = readWorkbook(join(folder, "probes.xlsx")).snapshot;
    const cells = (label: string) =>
      (sheets.find(({ name }) => name === label)?.rows ?? []).map((line) => line.map(cellText));
    expect(tell(cells)).toEqual({ told: ours, quota: ourQuota });
  });

  test("in Gnumeric", () => {
    // A file for each sheet: Gnumeric writes texts that formulas give in a way of its own into .xlsx.
    execFileSync("ssconvert", ["--recalc", "-S", path, join(home, "gnumeric-%s.csv")], { stdio: "ignore" });
    const cells = (label: string) =>
      Papa.parse<string[]>(readFileSync(join(home, `gnumeric-${label}.csv`), "utf8")).data;
    const { told, quota } = tell(cells);
    expect(quota).toEqual(ourQuota);
    // It takes full-width letters and digits, and traditional characters, for the others, as the rules do, and goes
    // through the characters of no cell, as too many keywords ask.
    const plain = (each: string, i: number) => !/[\uff10-\uff5a課]|、六课/.test(nameOf(i)) && each;
    expect(told.map(plain)).toEqual(ours.map(plain));
  });
});
