import type { AwardTables } from "../award/award.ts";
import { ruleName } from "../rules/index.ts";
import type { Finding } from "../rules/rule.ts";
import { findingsSheet, logSheet, quotaSheet } from "../schema/application.ts";
import { severityLabels } from "../schema/choices.ts";
import { columnOf, type KeyOf } from "../schema/sheet-spec.ts";
import { wrappedHeight } from "../tables/row-height.ts";
import { findSheet, positionOf, readSheetTable } from "../tables/table.ts";
import { defaultPositions, headerEdits, type Positions, tableLayout } from "../tables/table-layout.ts";
import { columnLetters } from "../workbook/addresses.ts";
import { quoteSheet } from "../workbook/formula.ts";
import type { CellEdit, CellValue, SheetLayout, SheetPatch, WorkbookSnapshot } from "../workbook/port.ts";
import { makeColumnFinder } from "./judge.ts";
import { severityStyles } from "./severity-styles.ts";

type FindingsKey = KeyOf<typeof findingsSheet>;

const nothingFound = "没有发现问题。";

interface Place {
  readonly name: string;
  readonly exists: boolean;
  /** As people left it; the columns of an earlier version are set anew. */
  readonly keepWidths: boolean;
  readonly headerRow: number;
  readonly positions: Positions;
}

/** Where 检查 stands; its header is laid anew when somebody has taken columns away. */
function locate(snapshot: WorkbookSnapshot): Place {
  const label = findingsSheet.label;
  const fresh = { name: label, headerRow: 1, positions: defaultPositions(findingsSheet), keepWidths: false };
  const sheet = findSheet(snapshot, label);
  if (!sheet) return { ...fresh, exists: false };
  try {
    const { headerRow, positions, added, lastColumn } = readSheetTable(sheet, findingsSheet);
    if (positions.has("name")) return { name: sheet.name, exists: true, headerRow, positions, keepWidths: true };
    // As an earlier version laid it; where people have added columns, nothing moves.
    if (added.length === 0) return { ...fresh, name: sheet.name, exists: true, headerRow };
    const all = new Map<string, number>([...positions, ["name", lastColumn + 1]]);
    return { name: sheet.name, exists: true, headerRow, positions: all, keepWidths: true };
  } catch {
    return { ...fresh, name: sheet.name, exists: true, keepWidths: true };
  }
}

/** A link to the cell of a finding; null where it is about none. */
export function linkTo(finding: Finding, column: number): CellValue {
  if (finding.row === 0) return null;
  const cell = `${columnLetters(Math.max(1, column))}${finding.row}`;
  return { kind: "link", text: cell, target: `#${quoteSheet(finding.sheet)}!${cell}` };
}

function valuesOf(finding: Finding, column: number): Record<FindingsKey, CellValue> {
  return {
    severity: severityLabels[finding.severity],
    name: ruleName(finding.code),
    code: finding.code,
    sheet: finding.sheet,
    row: finding.row === 0 ? null : finding.row,
    column: finding.column,
    id: finding.id,
    nominator: finding.nominator,
    message: finding.message,
    article: finding.article,
    link: linkTo(finding, column),
  };
}

function layoutOf(place: Place, findings: readonly Finding[]): SheetLayout {
  const { headerRow, positions } = place;
  const first = headerRow + 1;
  const lastRow = headerRow + Math.max(1, findings.length);
  const layout = tableLayout(findingsSheet, lastRow, { headerRow, positions, keepWidths: place.keepWidths });
  const width = (key: FindingsKey) => columnOf(findingsSheet, key).width;
  const wrapped = (["message", "article", "nominator"] as const).map((key) => positionOf(place, key));
  return {
    ...layout,
    heights: [
      ...(layout.heights ?? []),
      ...findings.map((finding, i) => ({
        row: first + i,
        height: wrappedHeight([
          { text: finding.message, width: width("message") },
          { text: finding.article, width: width("article") },
          { text: finding.nominator, width: width("nominator") },
        ]),
      })),
    ],
    styles: [
      ...(layout.styles ?? []),
      ...wrapped.map((column) => ({
        area: { top: first, left: column, bottom: lastRow, right: column },
        style: { wrap: true },
      })),
      ...severityStyles(findings, first, positionOf(place, "severity")),
    ],
  };
}

/** 检查 anew: one row a finding, linked to its cell; a friendly line when there is none. */
export function patchFindingsSheet(
  snapshot: WorkbookSnapshot,
  tables: AwardTables,
  findings: readonly Finding[],
): SheetPatch {
  const place = locate(snapshot);
  const { name, headerRow, positions } = place;
  const columnPosition = makeColumnFinder(tables);
  const rows = findings.map((finding) => valuesOf(finding, columnPosition(finding)));
  const edits: CellEdit[] = rows.flatMap((values, i) =>
    findingsSheet.columns.flatMap(({ key }) => {
      const value = values[key];
      const column = positions.get(key);
      if (column === undefined || value === null || value === "") return [];
      return [{ row: headerRow + 1 + i, column, value }];
    }),
  );
  if (rows.length === 0) edits.push({ row: headerRow + 1, column: positionOf(place, "message"), value: nothingFound });
  const isFresh = positions.size === findingsSheet.columns.length && headerRow === 1;
  const header = isFresh && !place.exists ? headerEdits(findingsSheet) : missingHeaders(snapshot, place);
  const next = [quotaSheet.label, logSheet.label].find((label) => snapshot.sheets.some((s) => s.name === label));
  return {
    name,
    ...(!place.exists && { createBefore: next ?? null }),
    clearFrom: headerRow + 1,
    edits: [...header, ...edits],
    layout: layoutOf(place, findings),
  };
}

/** Header cells that do not bear their label, where the header had to be laid anew. */
function missingHeaders(snapshot: WorkbookSnapshot, { name, headerRow, positions }: Place): CellEdit[] {
  const cells = snapshot.sheets.find((s) => s.name === name)?.rows[headerRow - 1] ?? [];
  return findingsSheet.columns.flatMap(({ key, label }) => {
    const column = positions.get(key);
    if (column === undefined || cells[column - 1] === label) return [];
    return [{ row: headerRow, column, value: label }];
  });
}
