/** 进度: a row for each unit with what it has sent and what it lacks, the same as `status` tells. */
import type { AwardData, Unit } from "../award/award.ts";
import { readAward } from "../award/read-award.ts";
import type { Notice } from "../notice/notice.ts";
import { type GeneratedLook, missingTable, replaceRows } from "../review-book/generated-sheet.ts";
import { sameUnit } from "../rules/expert/unit-counts.ts";
import type { Finding } from "../rules/rule.ts";
import { applicationSheetLabels, logSheet, progressSheet } from "../schema/application.ts";
import { readTableIfThere, type Table } from "../tables/table.ts";
import { daysBetween } from "../text/civil-date.ts";
import type { CellValue, SheetPatch, WorkbookSnapshot } from "../workbook/port.ts";
import { palette } from "../workbook/theme.ts";
import { describeMissing } from "./describe-progress.ts";
import { readUnitProgress, type UnitProgress } from "./unit-progress.ts";

/** What the workbook itself does not tell; left out where nobody has looked. */
interface MoreKnown {
  /** Of a check of what stands in the workbook now. */
  readonly findings?: readonly Finding[];
  /** The experts have been moved to the review workbook: nothing is said about them here. */
  readonly expertsMoved?: boolean;
}

const look: GeneratedLook = {
  formats: { due: "yyyy-mm-dd", daysLeft: '0;"已过 "0' },
  centred: ["errors", "submissions", "recommended", "experts", "liaisons", "sealed"],
  bold: ["nominator"],
  wrapped: ["nominator", "missing"],
  conditionalFormats: ({ top, bottom, column, cell }) => {
    const areaOf = (key: string) => ({ top, left: column(key), bottom, right: column(key) });
    const red = { fill: palette.errorFill, font: { color: palette.errorInk } };
    const amber = { fill: palette.warningFill, font: { color: palette.warningInk } };
    const isOpen = `LEN(${cell("missing")})>0`;
    const nothing = ["submissions", "experts", "liaisons"].map((key) => `N(${cell(key)})=0`).join(",");
    const isSilent = `AND(${isOpen},${nothing})`;
    return [
      {
        area: areaOf("missing"),
        formula: `${cell("missing")}="${describeMissing({ missing: [], silent: false })}"`,
        style: { fill: palette.goodFill, font: { color: palette.goodInk } },
      },
      { area: areaOf("missing"), formula: isSilent, style: red },
      { area: areaOf("daysLeft"), formula: `AND(ISNUMBER(${cell("daysLeft")}),N(${cell("daysLeft")})<0)`, style: red },
      {
        area: areaOf("daysLeft"),
        formula: `AND(ISNUMBER(${cell("daysLeft")}),N(${cell("daysLeft")})>=0,N(${cell("daysLeft")})<=3)`,
        style: amber,
      },
      { area: areaOf("errors"), formula: `N(${cell("errors")})>0`, style: red },
    ];
  },
};

function countErrors(award: AwardData, unit: Unit, findings: readonly Finding[]): number {
  const isOf = ({ nominator }: Finding) => nominator === unit.name || sameUnit(award.resolveUnit(nominator), unit);
  return findings.filter((finding) => finding.severity === "error" && isOf(finding)).length;
}

function cellsOf(award: AwardData, progress: UnitProgress, today: string, { findings, expertsMoved }: MoreKnown) {
  const { unit, submissions, recommended, experts, liaisons, sealed } = progress;
  const missing = progress.missing.filter(({ kind }) => !expertsMoved || kind !== "experts");
  const [due] = missing.flatMap((thing) => thing.due || []).sort();
  const [year, month, day] = due?.split("-").map(Number) ?? [];
  const cells: Record<string, CellValue> = {
    nominator: unit.name,
    missing: describeMissing({ missing, silent: progress.silent && !expertsMoved }),
    due: due === undefined ? null : { kind: "date", iso: due },
    daysLeft:
      due === undefined
        ? null
        : { kind: "formula", formula: `DATE(${year},${month},${day})-TODAY()`, result: daysBetween(today, due) },
    errors: findings ? countErrors(award, unit, findings) : null,
    submissions,
    recommended,
    experts: expertsMoved ? "已移交" : experts,
    liaisons,
    sealed: sealed ? "已收" : "未收",
  };
  return cells;
}

/**
 * Writes 进度 anew; it is made where the workbook has none. Columns that people have added move with their units.
 *
 * @param today `YYYY-MM-DD`
 * @throws WorkbookStructureError when a sheet or column of the contract is missing
 */
export function patchProgress(
  snapshot: WorkbookSnapshot,
  baseNotice: Notice,
  today: string,
  known: MoreKnown = {},
): SheetPatch {
  const award = readAward(snapshot, baseNotice);
  const table = readTableIfThere(snapshot, progressSheet, applicationSheetLabels);
  const log = snapshot.sheets.find(({ name }) => name === logSheet.label);
  const rows = readUnitProgress(award, today).map((progress) => cellsOf(award, progress, today, known));
  const patch = replaceRows(award.settings.notice, snapshot, table ?? missingTable(progressSheet), look, {
    rows,
    key: "nominator",
    ...(table ? {} : { createBefore: log?.name ?? null }),
  });
  const isLaid = table?.rows.length === rows.length && table.positions.size === progressSheet.columns.length;
  return isLaid ? withoutLayout(table, rows.length, patch) : patch;
}

/** The same rows in a sheet that is laid for as many already: online, laying it again takes longer than all the rest. */
function withoutLayout(table: Table, rows: number, { name, edits = [], layout }: SheetPatch): SheetPatch {
  const values = new Map(edits.map(({ row, column, value }) => [`${row}:${column}`, value]));
  const columns = [...table.positions.values(), ...table.added.map(({ column }) => column)];
  const cells = Array.from({ length: rows }, (_, i) => table.headerRow + 1 + i).flatMap((row) =>
    columns.map((column) => ({ row, column, value: values.get(`${row}:${column}`) ?? null })),
  );
  return { name, edits: cells, layout: { heights: layout?.heights ?? [] } };
}
