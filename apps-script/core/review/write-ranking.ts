import type { Table, TableRow } from "../award/table.ts";
import type { Notice } from "../notice/notice.ts";
import type { SheetSpec } from "../schema/sheet-spec.ts";
import { type Fraction, pointsOf } from "../scoring/fraction.ts";
import type { RankingGroup } from "../scoring/ranking-group.ts";
import type {
  CellEdit,
  CellValue,
  SheetLayout,
  SheetPatch,
  SheetSnapshot,
  WorkbookPatch,
  WorkbookSnapshot,
} from "../workbook/port.ts";
import { palette } from "../workbook/theme.ts";
import { columnLetters } from "./column-letters.ts";
import type { ReviewData } from "./read-review.ts";
import { reviewLayout } from "./review-workbook.ts";
import { rowHeight } from "./row-height.ts";
import type { Standing } from "./standing.ts";

/** A line of 汇总; without a rank it is pending, cancelled or outside the ranking, and `remark` says which. */
export interface RankingRow {
  readonly standing: Standing;
  readonly group?: RankingGroup;
  readonly rank?: number;
  readonly award?: string;
  readonly remark: string;
}

/** How the group of the direct schools is named on a sheet when they rank apart. */
const schoolsTrack = "厅直属学校";

const points = (value: Fraction): CellValue => pointsOf(value);

function trackOf(row: RankingRow): string {
  if (!row.group) return row.standing.reviewed.record.text("track");
  return row.group.track === "" ? schoolsTrack : row.group.track;
}

function rankingCells(row: RankingRow): Record<string, CellValue> {
  const { reviewed, submission, scores, aggregate } = row.standing;
  return {
    rank: row.rank ?? null,
    reviewId: reviewed.reviewId,
    id: reviewed.id,
    title: submission?.title ?? reviewed.record.text("title"),
    field: row.group?.field ?? reviewed.record.text("field"),
    track: trackOf(row),
    count: scores.length,
    ...(aggregate
      ? {
          mean: points(aggregate.mean),
          trimmed: points(aggregate.trimmed),
          range: aggregate.range / 2,
          innovativeness: points(aggregate.dimensions.innovativeness),
          effectiveness: points(aggregate.dimensions.effectiveness),
          transferability: points(aggregate.dimensions.transferability),
          compliance: points(aggregate.dimensions.compliance),
          final: points(aggregate.final),
        }
      : {}),
    award: row.award ?? "",
    remark: row.remark,
  };
}

function resultCells(row: RankingRow): Record<string, CellValue> {
  const { submission, reviewed, aggregate } = row.standing;
  return {
    field: row.group?.field ?? "",
    track: trackOf(row),
    rank: row.rank ?? null,
    award: row.award ?? "",
    id: reviewed.id,
    title: submission?.title ?? "",
    nominator: submission?.unit?.name ?? submission?.nominator ?? "",
    authors: submission?.authors.map((a) => a.name).join("、") ?? "",
    final: aggregate ? points(aggregate.final) : null,
  };
}

/** Fills 汇总 with every submission of the review and 结果 with the ranked ones. */
export function writeRanking(
  notice: Notice,
  snapshot: WorkbookSnapshot,
  review: ReviewData,
  rows: readonly RankingRow[],
): WorkbookPatch {
  const ranked = rows.filter((row) => row.rank !== undefined);
  const { ranking, results } = review.tables;
  return {
    sheets: [
      replaceRows(notice, snapshot, ranking, rows.map(rankingCells), [
        "mean",
        "trimmed",
        "calibrated",
        "innovativeness",
        "effectiveness",
        "transferability",
        "compliance",
        "final",
      ]),
      replaceRows(notice, snapshot, results, ranked.map(resultCells), ["final"]),
    ],
  };
}

/** Columns that wrap: long names and remarks stay readable in print. */
const wrapped = ["title", "remark", "authors", "nominator"];
const leastHeight = 20;

/** Columns that nothing fills yet stay out of sight, so that the rest is large enough to read in print. */
const unfilled = ["calibrated", "standardError"];

/** Writes a generated sheet anew; what people have added in columns of their own moves with the 案例编号. */
function replaceRows<K extends string>(
  notice: Notice,
  snapshot: WorkbookSnapshot,
  table: Table<K>,
  rows: readonly Record<string, CellValue>[],
  twoDecimals: readonly string[],
): SheetPatch {
  const top = table.headerRow + 1;
  const edits: CellEdit[] = [];
  const added = addedCells(
    snapshot.sheets.find((s) => s.name === table.name),
    table,
  );
  rows.forEach((cells, i) => {
    const row = top + i;
    for (const [key, value] of Object.entries(cells)) {
      const column = table.positions.get(key as K);
      if (column !== undefined && value !== null && value !== "") edits.push({ row, column, value });
    }
    for (const edit of added.get(String(cells.id)) ?? []) edits.push({ ...edit, row });
  });
  const lastRow = table.headerRow + rows.length;
  const layout = rankedLayout(notice, table, lastRow, twoDecimals);
  const heights = [
    ...(layout.heights ?? []),
    ...rows.map((cells, i) => ({ row: top + i, height: heightOf(table.spec, cells) })),
  ];
  return { name: table.name, clearFrom: top, edits, layout: { ...layout, heights } };
}

function heightOf(spec: SheetSpec, cells: Readonly<Record<string, CellValue>>): number {
  return Math.max(
    ...spec.columns
      .filter((column) => wrapped.includes(column.key))
      .map((column) => rowHeight(String(cells[column.key] ?? ""), column.width, leastHeight)),
  );
}

function addedCells<K extends string>(
  sheet: SheetSnapshot | undefined,
  table: Table<K>,
): Map<string, Omit<CellEdit, "row">[]> {
  const found = new Map<string, Omit<CellEdit, "row">[]>();
  if (!sheet || table.added.length === 0) return found;
  for (const record of table.rows as readonly TableRow[]) {
    const cells = table.added.flatMap(({ column }) => {
      const value = sheet.rows[record.row - 1]?.[column - 1] ?? null;
      return value === null ? [] : [{ column, value }];
    });
    if (cells.length > 0) found.set(record.text("id"), cells);
  }
  return found;
}

function rankedLayout<K extends string>(
  notice: Notice,
  table: Table<K>,
  lastRow: number,
  twoDecimals: readonly string[],
): SheetLayout {
  const top = table.headerRow + 1;
  const bottom = Math.max(lastRow, top);
  const column = (key: string) => table.positions.get(key as K);
  const cell = (key: string) => `$${columnLetters(column(key) ?? 1)}${top}`;
  const area = { top, left: 1, bottom, right: table.lastColumn };
  const base = reviewLayout(table.spec, lastRow, notice, {
    positions: table.positions,
    headerRow: table.headerRow,
    lastColumn: table.lastColumn,
    conditionalFormats: [
      { area, formula: `LEN(${cell("award")})>0`, style: { fill: palette.goodFill } },
      ...(column("remark") === undefined
        ? []
        : [
            {
              area,
              formula: `LEN(${cell("rank")})=0`,
              style: { fill: palette.computed, font: { color: palette.softInk } },
            },
            {
              area: { top, left: column("remark")!, bottom, right: column("remark")! },
              formula: `ISNUMBER(SEARCH("请在裁定表",${cell("remark")}))`,
              style: { fill: palette.warningFill, font: { color: palette.warningInk } },
            },
          ]),
    ],
  });
  const columnStyle = (key: string, style: NonNullable<SheetLayout["styles"]>[number]["style"]) => {
    const position = column(key);
    return position === undefined ? [] : [{ area: { top, left: position, bottom, right: position }, style }];
  };
  return {
    ...base,
    widths: table.spec.columns.flatMap(({ key, width }) => {
      const position = column(key);
      return position === undefined ? [] : [{ column: position, width, hidden: unfilled.includes(key) }];
    }),
    styles: [
      ...(base.styles ?? []),
      ...twoDecimals.flatMap((key) => columnStyle(key, { numberFormat: "0.00", horizontal: "center" })),
      ...["field", "track", "award"].flatMap((key) => columnStyle(key, { horizontal: "center" })),
      ...["rank", "final", "award"].flatMap((key) => columnStyle(key, { font: { bold: true } })),
      ...wrapped.flatMap((key) => columnStyle(key, { wrap: true })),
    ],
  };
}
