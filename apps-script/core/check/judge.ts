import type { AwardData, AwardTables } from "../award/award.ts";
import { readCleanedCells } from "../award/import-record.ts";
import { readPriorWinners } from "../award/prior-winners.ts";
import { readAward } from "../award/read-award.ts";
import type { Notice } from "../notice/notice.ts";
import { type RunOptions, runErrorRules, runRules } from "../rules/index.ts";
import type { Finding, Severity } from "../rules/rule.ts";
import { columnOf } from "../schema/sheet-spec.ts";
import type { Table } from "../tables/table.ts";
import { compareText } from "../text/compare.ts";
import type { WorkbookSnapshot } from "../workbook/port.ts";

export interface Judgement {
  readonly award: AwardData;
  /** Sorted by severity, sheet, row, column, code. */
  readonly findings: readonly Finding[];
}

/** Sheets that findings point at, in the order of the tabs. */
export function typedTables(tables: AwardTables): readonly Table[] {
  return [tables.settings, tables.units, tables.submissions, tables.texts, tables.experts, tables.liaisons];
}

/** Finds the 1-based position of a column by its label; 0 for "". */
export function makeColumnFinder(tables: AwardTables): (finding: Finding) => number {
  const bySheet = new Map(
    typedTables(tables).map((table) => [
      table.name,
      new Map([...table.positions].map(([key, position]) => [columnOf(table.spec, key).label, position])),
    ]),
  );
  return ({ sheet, column }) => bySheet.get(sheet)?.get(column) ?? 0;
}

const severityOrder: readonly Severity[] = ["error", "warning", "info"];

/** By severity, sheet, row, column, code. */
export function sortFindings(award: AwardData, findings: readonly Finding[]): Finding[] {
  const sheets = typedTables(award.tables).map((t) => t.name);
  const columnPosition = makeColumnFinder(award.tables);
  const ranked = findings.map((finding) => ({
    finding,
    rank: [
      severityOrder.indexOf(finding.severity),
      sheets.indexOf(finding.sheet),
      finding.row,
      columnPosition(finding),
    ],
  }));
  ranked.sort((a, b) => {
    for (const [i, value] of a.rank.entries()) {
      const difference = value - (b.rank[i] ?? 0);
      if (difference !== 0) return difference;
    }
    return compareText(a.finding.code, b.finding.code) || compareText(a.finding.message, b.finding.message);
  });
  return ranked.map(({ finding }) => finding);
}

/** Reads the shared workbook and runs every rule. @throws WorkbookStructureError when a sheet or column is missing */
export function judgeAward(snapshot: WorkbookSnapshot, notice: Notice, options: RunOptions = {}): Judgement {
  const award = readAward(snapshot, notice);
  const findings = runRules(award, readCleanedCells(snapshot, award.tables, award.resolveUnit), {
    ...options,
    prior: readPriorWinners(snapshot),
  });
  return { award, findings: sortFindings(award, findings) };
}

/** As `judgeAward`, without the rules that only warn: enough to know which submissions are clean. */
export function judgeErrors(snapshot: WorkbookSnapshot, notice: Notice): Judgement {
  const award = readAward(snapshot, notice);
  return { award, findings: sortFindings(award, runErrorRules(award)) };
}
