/** 填报表 as a unit gets it back: its rows where it typed them, what is to be mended marked in the cells and listed. */
import type { AwardData, Unit } from "../award/award.ts";
import { compareSortKeys } from "../award/row-key.ts";
import { judgeAward } from "../check/judge.ts";
import { marksAndNotes } from "../check/marks-and-notes.ts";
import { layUnitFindings } from "../check/unit-findings.ts";
import type { Notice } from "../notice/notice.ts";
import { dataCleaned } from "../rules/data/data-cleaned.ts";
import { distinctUnits } from "../rules/expert/unit-counts.ts";
import { forAdministrators } from "../rules/index.ts";
import { findCleanSubmissions } from "../rules/quota/clean-rows.ts";
import type { Finding } from "../rules/rule.ts";
import { findingsSheet, submissionsSheet, unitFormSheets } from "../schema/application.ts";
import { unitNameKey } from "../text/identity.ts";
import type { SheetPatch, WorkbookSnapshot } from "../workbook/port.ts";
import { buildUnitForm, findOwnRows, hiddenFromUnits, type OwnRows, type UnitForm } from "./unit-form.ts";

const hiddenLabels: ReadonlySet<string> = new Set(
  submissionsSheet.columns.filter(({ key }) => hiddenFromUnits.includes(key)).map(({ label }) => label),
);

/** What the unit can mend: not what only administrators see or decide. */
const isForUnit = ({ code, column }: Finding) => !forAdministrators.has(code) && !hiddenLabels.has(column);

function groupByUnit(award: AwardData, findings: readonly Finding[]): Map<Unit, Finding[]> {
  const byName = new Map(distinctUnits(award).map((unit) => [unitNameKey(unit.name), unit]));
  const byUnit = new Map<Unit, Finding[]>([...byName.values()].map((unit) => [unit, []]));
  for (const finding of findings) {
    const name = award.resolveUnit(finding.nominator)?.name ?? finding.nominator;
    const unit = byName.get(unitNameKey(name));
    if (unit) byUnit.get(unit)?.push(finding);
  }
  return byUnit;
}

/** A row that a message names by its number, with its sheet where that is another. */
const namedRow = /(“([^”]+)”表)?第 (\d+) 行/g;

/** Says of a finding in the shared workbook where it stands in the form; a row that is not there is none of the unit. */
function makePlacer({ tables }: AwardData, rows: OwnRows): (finding: Finding) => Finding {
  const bySheet = new Map(
    unitFormSheets.map((spec) => [
      tables[spec.key].name,
      { label: spec.label, rows: new Map((rows.get(spec.key) ?? []).map(({ record, row }) => [record.row, row])) },
    ]),
  );
  return (finding) => {
    const sheet = bySheet.get(finding.sheet);
    const row = sheet?.rows.get(finding.row) ?? 0;
    const message = finding.message.replace(namedRow, (_all, lead, other, number) => {
      const own = (other === undefined ? sheet : bySheet.get(other))?.rows.get(Number(number));
      return own === undefined ? "另一行" : `${lead ?? ""}第 ${own} 行`;
    });
    return { ...finding, message, sheet: sheet?.label ?? "", row, column: sheet ? finding.column : "" };
  };
}

const columnPosition = ({ sheet, column }: Finding): number =>
  1 + (unitFormSheets.find(({ label }) => label === sheet)?.columns.findIndex(({ label }) => label === column) ?? -1);

/** By severity as before, then as the form goes. */
function sortByPlace(findings: readonly Finding[]): Finding[] {
  const rank = (finding: Finding) => [
    findings.findIndex(({ severity }) => severity === finding.severity),
    unitFormSheets.findIndex(({ label }) => label === finding.sheet),
    finding.row,
    columnPosition(finding),
  ];
  return findings
    .map((finding) => ({ finding, key: rank(finding) }))
    .sort((a, b) => compareSortKeys(a.key, b.key))
    .map(({ finding }) => finding);
}

function markSheet(patch: SheetPatch, findings: readonly Finding[]): SheetPatch {
  const own = findings.filter(({ sheet, code }) => sheet === patch.name && code !== dataCleaned.code);
  const { marks, notes } = marksAndNotes(own, columnPosition);
  return own.length === 0 ? patch : { ...patch, marks, notes: [...(patch.notes ?? []), ...notes] };
}

const guideSection = {
  title: "检查以后",
  lines: [
    {
      term: findingsSheet.label,
      text: "汇总单位检查过这份填报表，要改的都列在“检查”表里：点“位置”转到那一格，格子已经标色，把鼠标移上去看说明。行号就是这份表的行号。",
    },
    { term: "改好以后", text: "在这份表里改，保存后发回；已经登记的案例不会重复登记。还没有报的案例接着往下填。" },
  ],
};

/**
 * The form of each unit with what the check has found of it: its rows at the places they had in the file that it sent,
 * marks and notes on the cells, and the sheets 检查 and 推荐名额. It can be imported again.
 *
 * @throws WorkbookStructureError when a sheet or column of the contract is missing
 */
export function reissueUnitForms(snapshot: WorkbookSnapshot, notice: Notice): UnitForm[] {
  const { award, findings } = judgeAward(snapshot, notice);
  const clean = new Set(findCleanSubmissions(award, findings));
  const rowsOf = findOwnRows(snapshot, award);
  return [...groupByUnit(award, findings.filter(isForUnit))].map(([unit, own]) => {
    const rows = rowsOf(unit);
    const placed = sortByPlace(own.map(makePlacer(award, rows)));
    const form = buildUnitForm(award, unit, rows, [guideSection]);
    const [guide, ...sheets] = form.patch.sheets;
    const listed = layUnitFindings(award, unit, placed, columnPosition, clean);
    return {
      ...form,
      patch: {
        ...form.patch,
        sheets: [...(guide ? [guide] : []), ...listed, ...sheets.map((sheet) => markSheet(sheet, placed))],
      },
    };
  });
}
