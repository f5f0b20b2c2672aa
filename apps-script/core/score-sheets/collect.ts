import type { Settings } from "../award/settings.ts";
import type { Description } from "../log/log.ts";
import { type ReviewData, readReview } from "../review-book/read-review.ts";
import { reviewLayout } from "../review-book/review-workbook.ts";
import { editTable } from "../tables/table-editor.ts";
import { compareText } from "../text/compare.ts";
import { addToGroup } from "../text/group-by.ts";
import { columnLetters } from "../workbook/addresses.ts";
import type { CellValue, WorkbookPatch, WorkbookSnapshot } from "../workbook/port.ts";
import { palette } from "../workbook/theme.ts";
import { type Ledger, openLedger } from "./score-ledger.ts";
import { type CollectInput, knowReview, type Rejection, type ScoreConflict, takeFile } from "./take-file.ts";

export interface CollectOptions {
  /** `file` of those whose version wins where it disagrees with what was taken before. */
  readonly accept?: ReadonlySet<string>;
  /** `YYYY-MM-DDTHH:mm:ss`, local time. */
  readonly now: string;
}

/** What `collect --json` prints. */
export interface CollectResult {
  /** Score sheets recognised. */
  readonly sheets: number;
  /** Rows (a submission and an expert) newly taken or changed. */
  readonly scores: number;
  readonly rejected: readonly Rejection[];
  readonly conflicts: readonly ScoreConflict[];
  /** Pairs in force that still lack a complete score, by 专家编号; submissions by 案例编号. */
  readonly missing: readonly { readonly expert: string; readonly submissions: readonly string[] }[];
  readonly warnings: readonly string[];
}

export interface CollectOutcome {
  readonly result: CollectResult;
  readonly patch: WorkbookPatch;
}

/**
 * Takes score sheets back (DESIGN §5). Taking the same again changes nothing; what was empty is filled in; a value that
 * differs from one taken before is reported and changes nothing, unless its file is accepted, and then 来源 says what
 * it replaced. Files are taken in the order of their names, accepted ones last.
 *
 * @throws WorkbookStructureError when the review workbook lacks a sheet or column
 */
export function collectScoreSheets(
  reviewSnapshot: WorkbookSnapshot,
  settings: Settings,
  inputs: readonly CollectInput[],
  options: CollectOptions,
): CollectOutcome {
  const { notice } = settings;
  const review = readReview(reviewSnapshot, notice);
  const ledger = openLedger(review, notice);
  const known = knowReview(review, notice, ledger);
  const accept = options.accept ?? new Set<string>();
  const { to } = notice.windows.review.value;
  const late = options.now.slice(0, 10) > to ? `在评审截止日期 ${to} 之后收到，仍已收取` : undefined;
  const files = inOrder(inputs, accept).map((input) => takeFile(input, known, accept.has(input.file), late));
  const settled = new Set(files.flatMap((file) => file.settled));
  const conflicts = files.flatMap((file) => file.conflicts);
  return {
    result: {
      sheets: files.reduce((sum, { owners }) => sum + owners.size, 0),
      scores: ledger.changed().length,
      rejected: files.flatMap((file) => file.rejected),
      conflicts: conflicts.flatMap(({ key, conflict }) => (settled.has(key) ? [] : [conflict])),
      missing: findMissing(review, ledger),
      warnings: files.flatMap((file) => file.warnings),
    },
    patch: writeScores(review, settings, ledger, options.now),
  };
}

/** By name, accepted files last. */
function inOrder(inputs: readonly CollectInput[], accept: ReadonlySet<string>): CollectInput[] {
  const turn = (input: CollectInput) => (accept.has(input.file) ? 1 : 0);
  return [...inputs].sort(
    (a, b) => turn(a) - turn(b) || compareText(a.file, b.file) || compareText(a.digest, b.digest),
  );
}

function findMissing(review: ReviewData, ledger: Ledger): CollectResult["missing"][number][] {
  const missing = new Map<string, string[]>();
  for (const pair of review.pairs) {
    if (!pair.active || ledger.isSettled(pair)) continue;
    addToGroup(missing, pair.expert, pair.id);
  }
  return [...missing]
    .sort(([a], [b]) => compareText(a, b))
    .map(([expert, submissions]) => ({ expert, submissions: submissions.sort(compareText) }));
}

function writeScores(review: ReviewData, settings: Settings, ledger: Ledger, now: string): WorkbookPatch {
  const { notice } = settings;
  const scores = editTable(review.tables.scores);
  const pairs = editTable(review.tables.pairs);
  for (const entry of ledger.changed()) {
    const cells: Record<string, CellValue> = { ...entry.cells(), collectedAt: { kind: "date", iso: now } };
    if (entry.record === undefined) scores.append(cells);
    else for (const [key, value] of Object.entries(cells)) scores.set(entry.record.row, key, value);
  }
  for (const pair of review.pairs) {
    const status = ledger.statusOf(pair);
    if (status !== undefined && status !== pair.status) pairs.set(pair.record.row, "status", status);
  }
  const { tables } = review;
  const layoutOptions = (table: typeof tables.scores) => ({
    positions: table.positions,
    headerRow: table.headerRow,
    lastColumn: table.lastColumn,
    keepWidths: true,
  });
  const top = tables.scores.headerRow + 1;
  const bottom = Math.max(scores.lastRow(), top);
  const cell = (key: string) => `$${columnLetters(tables.scores.positions.get(key) ?? 1)}${top}`;
  const area = { top, left: 1, bottom, right: tables.scores.lastColumn };
  return {
    sheets: [
      { name: tables.pairs.name, edits: pairs.edits },
      {
        name: tables.scores.name,
        edits: scores.edits,
        layout: reviewLayout(tables.scores.spec, scores.lastRow(), notice, {
          ...layoutOptions(tables.scores),
          conditionalFormats: [
            {
              area,
              formula: `LEN(${cell("conflict")})>0`,
              style: { fill: palette.computed, font: { color: palette.softInk } },
            },
            { area, formula: `LEN(${cell("total")})=0`, style: { fill: palette.warningFill } },
          ],
        }),
      },
    ],
  };
}

export interface CollectCounts {
  readonly sheets: number;
  readonly scores: number;
  readonly rejected: number;
  readonly conflicts: number;
}

export function countCollected(result: CollectResult): CollectCounts {
  const { sheets, scores, rejected, conflicts } = result;
  return { sheets, scores, rejected: rejected.length, conflicts: conflicts.length };
}

export function summariseCollection({ sheets, scores, rejected, conflicts }: CollectCounts): string {
  return `评分表 ${sheets} 份，新收或更新评分 ${scores}，未收下 ${rejected}，不一致 ${conflicts}`;
}

/** @param accepted files whose version won */
export function describeCollection(
  result: CollectResult,
  files: readonly string[],
  accepted: readonly string[],
): Description {
  return {
    action: "收集评分",
    parameters: [files.join("、"), ...accepted.map((file) => `以 ${file} 为准`)].join("；"),
    outcome: summariseCollection(countCollected(result)),
  };
}
