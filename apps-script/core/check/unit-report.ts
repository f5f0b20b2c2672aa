import type { AwardData, Submission, Unit } from "../award/award.ts";
import type { Notice } from "../notice/notice.ts";
import { distinctUnits } from "../rules/expert/unit-counts.ts";
import { findCleanSubmissions } from "../rules/quota/clean-rows.ts";
import type { Finding } from "../rules/rule.ts";
import { findingsSheet, quotaSheet } from "../schema/application.ts";
import { severityLabels } from "../schema/choices.ts";
import { columnOf, defineSheet, type SheetSpec } from "../schema/sheet-spec.ts";
import { wrappedHeight } from "../tables/row-height.ts";
import { headerEdits, tableLayout } from "../tables/table-layout.ts";
import { safeFileName } from "../text/file-name.ts";
import { unitNameKey } from "../text/identity.ts";
import type {
  CellEdit,
  CellStyle,
  CellValue,
  SheetLayout,
  SheetPatch,
  WorkbookPatch,
  WorkbookSnapshot,
} from "../workbook/port.ts";
import { bodySize, fontName, palette } from "../workbook/theme.ts";
import { countBySeverity } from "./check.ts";
import { judgeAward } from "./judge.ts";
import { describeQuotaState, quotaRowsOf } from "./quota-rows.ts";
import { severityStyles } from "./severity-styles.ts";

/** `错误 2 项，警告 1 项，提示 0 项` */
function describeCounts(counts: Readonly<Record<Finding["severity"], number>>): string {
  const parts = (["error", "warning", "info"] as const).map((s) => `${severityLabels[s]} ${counts[s]} 项`);
  return parts.join("，");
}

interface UnitReport {
  readonly unit: string;
  /** `检查报告-兴庆区教育局.xlsx` */
  readonly fileName: string;
  /** For a new workbook. */
  readonly patch: WorkbookPatch;
}

/** A column of the shared workbook with the width that an A4 page leaves it. */
const narrowed = (sheet: SheetSpec, key: string, width: number) => ({ ...columnOf(sheet, key), key, width });

const reportSheet = defineSheet({
  key: "unitFindings",
  label: findingsSheet.label,
  generated: { editable: [] },
  columns: [
    narrowed(findingsSheet, "severity", 7),
    narrowed(findingsSheet, "sheet", 8),
    narrowed(findingsSheet, "row", 6),
    narrowed(findingsSheet, "column", 16),
    narrowed(findingsSheet, "id", 16),
    narrowed(findingsSheet, "message", 70),
    narrowed(findingsSheet, "article", 16),
    narrowed(findingsSheet, "code", 21),
  ],
});

const unitQuotaSheet = defineSheet({
  key: "unitQuota",
  label: quotaSheet.label,
  generated: { editable: [] },
  columns: quotaSheet.columns.filter((c) => c.key !== "nominator").map((c) => ({ ...c, width: c.width + 6 })),
});

/** Row 1 holds the title, row 2 a summary; the table begins below. */
const headerRow = 3;

function titled(spec: SheetSpec, title: string, summary: string, rows: readonly (readonly CellValue[])[]): SheetPatch {
  const lastColumn = spec.columns.length;
  const edits: CellEdit[] = [
    { row: 1, column: 1, value: title },
    { row: 2, column: 1, value: summary },
    ...headerEdits(spec, headerRow),
    ...rows.flatMap((cells, i) =>
      cells.flatMap((value, c) =>
        value === null || value === "" ? [] : [{ row: headerRow + 1 + i, column: c + 1, value }],
      ),
    ),
  ];
  const layout = tableLayout(spec, headerRow + Math.max(1, rows.length), { headerRow });
  const line = (row: number) => ({ top: row, left: 1, bottom: row, right: lastColumn });
  const titleStyle: CellStyle = {
    font: { name: fontName, size: 16, bold: true, color: palette.title },
    horizontal: "center",
    vertical: "middle",
  };
  const summaryStyle: CellStyle = {
    font: { name: fontName, size: bodySize, color: palette.softInk },
    horizontal: "center",
    vertical: "middle",
    wrap: true,
  };
  return {
    name: spec.label,
    createBefore: null,
    edits,
    layout: {
      ...layout,
      merges: [line(1), line(2)],
      heights: [{ row: 1, height: 34 }, { row: 2, height: 24 }, ...(layout.heights ?? [])],
      styles: [...(layout.styles ?? []), { area: line(1), style: titleStyle }, { area: line(2), style: summaryStyle }],
      print: {
        ...layout.print,
        landscape: true,
        area: { top: 1, left: 1, bottom: headerRow + Math.max(1, rows.length), right: lastColumn },
      },
    },
  };
}

function withStyles(patch: SheetPatch, extra: Pick<SheetLayout, "styles" | "heights">): SheetPatch {
  const styles = [...(patch.layout?.styles ?? []), ...(extra.styles ?? [])];
  const heights = [...(patch.layout?.heights ?? []), ...(extra.heights ?? [])];
  return { ...patch, layout: { ...patch.layout, styles, heights } };
}

function findingsPatch(unit: Unit, findings: readonly Finding[]): SheetPatch {
  const counts = countBySeverity(findings);
  const summary =
    findings.length === 0
      ? "没有发现问题。"
      : `${describeCounts(counts)}。“错误”须改正后才能推荐，“警告”请核对，“提示”供参考；行号和列名指申报工作簿中的位置。`;
  const rows = findings.map((f) => [
    severityLabels[f.severity],
    f.sheet,
    f.row === 0 ? null : f.row,
    f.column,
    f.id,
    f.message,
    f.article,
    f.code,
  ]);
  const patch = titled(reportSheet, `${unit.name}　检查报告`, summary, rows);
  const first = headerRow + 1;
  const last = headerRow + Math.max(1, rows.length);
  const width = (key: string) => columnOf(reportSheet, key).width;
  return withStyles(patch, {
    styles: [
      { area: { top: first, left: 4, bottom: last, right: 8 }, style: { wrap: true } },
      ...severityStyles(findings, first, 1),
    ],
    heights: findings.map((f, i) => ({
      row: first + i,
      height: wrappedHeight([
        { text: f.column, width: width("column") },
        { text: f.message, width: width("message") },
        { text: f.article, width: width("article") },
        { text: f.code, width: width("code") },
      ]),
    })),
  });
}

function quotaPatch(award: AwardData, unit: Unit, clean: ReadonlySet<Submission>): SheetPatch {
  const rows = quotaRowsOf(award, unit, clean);
  const cells = rows.map((row) => [
    row.field,
    row.track,
    row.quota,
    row.recommended,
    Math.max(0, row.quota - row.recommended),
    describeQuotaState(row),
    row.eligible,
  ]);
  const summary = "“可推荐”是检查没有错误的案例数，含已推荐的。";
  const patch = titled(unitQuotaSheet, `${unit.name}　推荐名额`, summary, cells);
  const over = rows.flatMap((row, i) => (row.recommended > row.quota ? [headerRow + 1 + i] : []));
  return withStyles(patch, {
    styles: [
      {
        area: { top: headerRow + 1, left: 1, bottom: headerRow + Math.max(1, rows.length), right: 7 },
        style: { horizontal: "center" },
      },
      ...over.map((row) => ({
        area: { top: row, left: 6, bottom: row, right: 6 },
        style: { fill: palette.errorFill, font: { color: palette.errorInk, bold: true } },
      })),
    ],
  });
}

/**
 * A report for each unit: its findings alone, and its quotas.
 *
 * @throws WorkbookStructureError when a sheet or column of the contract is missing
 */
export function buildUnitReports(snapshot: WorkbookSnapshot, notice: Notice): UnitReport[] {
  const { award, findings } = judgeAward(snapshot, notice);
  const clean = new Set(findCleanSubmissions(award, findings));
  const units = distinctUnits(award);
  const byName = new Map(units.map((unit) => [unitNameKey(unit.name), unit]));
  const byUnit = new Map<Unit, Finding[]>(units.map((unit) => [unit, []]));
  for (const finding of findings) {
    const unit = byName.get(unitNameKey(finding.nominator)) ?? award.resolveUnit(finding.nominator);
    if (unit) byUnit.get(unit)?.push(finding);
  }
  return units.map((unit) => ({
    unit: unit.name,
    fileName: `检查报告-${safeFileName(unit.name)}.xlsx`,
    patch: {
      sheets: [findingsPatch(unit, byUnit.get(unit) ?? []), quotaPatch(award, unit, clean)],
      properties: { title: `${unit.name}检查报告`, creator: "评案簿" },
    },
  }));
}
