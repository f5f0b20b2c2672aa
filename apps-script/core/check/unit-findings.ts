/** What a check says to one unit: the sheets 检查 and 推荐名额 of its form. */
import type { AwardData, Submission, Unit } from "../award/award.ts";
import { dataCleaned } from "../rules/data/data-cleaned.ts";
import { ruleName } from "../rules/index.ts";
import type { Finding } from "../rules/rule.ts";
import { findingsSheet, quotaSheet, unitQuotaLabel } from "../schema/application.ts";
import { severityLabels } from "../schema/choices.ts";
import { columnOf, defineSheet, type SheetSpec } from "../schema/sheet-spec.ts";
import { wrappedHeight } from "../tables/row-height.ts";
import { headerEdits, tableLayout } from "../tables/table-layout.ts";
import type { CellEdit, CellStyle, CellValue, SheetLayout, SheetPatch } from "../workbook/port.ts";
import { bodySize, fontName, palette } from "../workbook/theme.ts";
import { countBySeverity } from "./check.ts";
import { linkTo } from "./findings-sheet.ts";
import { describeQuotaState, quotaRowsOf } from "./quota-rows.ts";
import { severityStyles } from "./severity-styles.ts";

/** `错误 2 项，警告 1 项，提示 0 项` */
function describeCounts(counts: Readonly<Record<Finding["severity"], number>>): string {
  const parts = (["error", "warning", "info"] as const).map((s) => `${severityLabels[s]} ${counts[s]} 项`);
  return parts.join("，");
}

/** A column of the shared workbook with the width that an A4 page leaves it. */
const narrowed = (sheet: SheetSpec, key: string, width: number) => ({ ...columnOf(sheet, key), key, width });

const unitFindingsSheet = defineSheet({
  key: "unitFindings",
  label: findingsSheet.label,
  tabColor: findingsSheet.tabColor,
  generated: { editable: [] },
  columns: [
    narrowed(findingsSheet, "severity", 7),
    narrowed(findingsSheet, "name", 19),
    narrowed(findingsSheet, "id", 14),
    narrowed(findingsSheet, "message", 66),
    narrowed(findingsSheet, "link", 8),
    narrowed(findingsSheet, "sheet", 8),
    narrowed(findingsSheet, "row", 6),
    narrowed(findingsSheet, "column", 16),
    narrowed(findingsSheet, "article", 16),
    narrowed(findingsSheet, "code", 21),
  ],
});

const unitQuotaSheet = defineSheet({
  key: "unitQuota",
  label: unitQuotaLabel,
  tabColor: findingsSheet.tabColor,
  generated: { editable: [] },
  columns: quotaSheet.columns
    .filter((c) => !["nominator", "bar"].includes(c.key))
    .map((c) => ({ ...c, width: c.width + 6 })),
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

function withMore(patch: SheetPatch, extra: Pick<SheetLayout, "styles" | "heights" | "merges">): SheetPatch {
  const styles = [...(patch.layout?.styles ?? []), ...(extra.styles ?? [])];
  const heights = [...(patch.layout?.heights ?? []), ...(extra.heights ?? [])];
  const merges = [...(patch.layout?.merges ?? []), ...(extra.merges ?? [])];
  return { ...patch, layout: { ...patch.layout, styles, heights, merges } };
}

const rowOf = (finding: Finding, columnPosition: (finding: Finding) => number): CellValue[] => [
  severityLabels[finding.severity],
  ruleName(finding.code),
  finding.id,
  finding.message,
  linkTo(finding, columnPosition(finding)),
  finding.sheet,
  finding.row === 0 ? null : finding.row,
  finding.column,
  finding.article,
  finding.code,
];

/** What import has put right by itself is told last, below a line of its own. */
const cleanedHeading = "以下是导入时自动整理过的写法，供核对，不用改";

function findingsPatch(unit: Unit, all: readonly Finding[], columnPosition: (finding: Finding) => number): SheetPatch {
  const cleaned = all.filter(({ code }) => code === dataCleaned.code);
  const findings = all.filter(({ code }) => code !== dataCleaned.code);
  const summary =
    findings.length === 0
      ? "没有发现要改的问题。"
      : `${describeCounts(countBySeverity(findings))}。点“位置”转到那一格；“错误”须改正后才能推荐，“警告”请核对，“提示”供参考。改好后把这份填报表发回。`;
  const heading = cleaned.length === 0 ? [] : [undefined];
  const listed: readonly (Finding | undefined)[] = [...findings, ...heading, ...cleaned];
  const rows = listed.map((finding) => (finding ? rowOf(finding, columnPosition) : [cleanedHeading]));
  const patch = titled(unitFindingsSheet, `${unit.name}　检查结果`, summary, rows);
  const first = headerRow + 1;
  const last = headerRow + Math.max(1, rows.length);
  const headingRow = first + findings.length;
  const headingArea = { top: headingRow, left: 1, bottom: headingRow, right: unitFindingsSheet.columns.length };
  const width = (key: string) => columnOf(unitFindingsSheet, key).width;
  const wrapped = ["name", "message", "column", "article"].map(
    (key) => 1 + unitFindingsSheet.columns.findIndex((column) => column.key === key),
  );
  return withMore(patch, {
    styles: [
      ...wrapped.map((column) => ({
        area: { top: first, left: column, bottom: last, right: column },
        style: { wrap: true },
      })),
      ...severityStyles(findings, first, 1),
      ...severityStyles(cleaned, headingRow + 1, 1),
      ...heading.map(() => ({
        area: headingArea,
        style: { fill: palette.band, font: { color: palette.softInk }, horizontal: "left" as const },
      })),
    ],
    merges: heading.map(() => headingArea),
    heights: listed.map((f, i) => ({
      row: first + i,
      height: f
        ? wrappedHeight([
            { text: ruleName(f.code), width: width("name") },
            { text: f.column, width: width("column") },
            { text: f.message, width: width("message") },
            { text: f.article, width: width("article") },
          ])
        : 20,
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
  return withMore(patch, {
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
 * 检查 and 推荐名额 of a unit, for a new workbook.
 *
 * @param findings of this unit, the worst first, placed in the workbook that the sheets are for
 * @param clean the submissions that may be recommended
 */
export function layUnitFindings(
  award: AwardData,
  unit: Unit,
  findings: readonly Finding[],
  columnPosition: (finding: Finding) => number,
  clean: ReadonlySet<Submission>,
): SheetPatch[] {
  return [findingsPatch(unit, findings, columnPosition), quotaPatch(award, unit, clean)];
}
