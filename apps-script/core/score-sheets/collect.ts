import type { Settings } from "../award/settings.ts";
import type { Description } from "../log/log.ts";
import { type Pair, type ReviewData, readReview } from "../review-book/read-review.ts";
import { isReviewId } from "../review-book/review-ids.ts";
import { reviewLayout } from "../review-book/review-workbook.ts";
import { pairStatus } from "../schema/choices.ts";
import { editTable } from "../tables/table-editor.ts";
import { compareText } from "../text/compare.ts";
import { addToGroup, groupBy } from "../text/group-by.ts";
import { pairKey } from "../text/identity.ts";
import { quoteEach } from "../text/list.ts";
import { columnLetters } from "../workbook/addresses.ts";
import type { CellValue, SheetSnapshot, WorkbookPatch, WorkbookSnapshot } from "../workbook/port.ts";
import { palette } from "../workbook/theme.ts";
import { findMisplacedRows } from "./find-misplaced-rows.ts";
import {
  holdsAnything,
  holdsScores,
  type ReturnedRow,
  type ReturnedSheet,
  readScoreSheets,
  recordedTitles,
  standsAside,
  storedExperts,
  type Told,
} from "./read-score-sheet.ts";
import { type Ledger, openLedger, type Version } from "./score-ledger.ts";
import { expertsBySubmission, findOwner } from "./whose-sheet.ts";

/** A score sheet that came back. */
export interface CollectInput {
  /** What it is called, told apart from every other file of the call: its name, with folders where names are the same. */
  readonly file: string;
  readonly digest: string;
  readonly sheets: readonly SheetSnapshot[];
}

export interface CollectOptions {
  /** `file` of those whose version wins where it disagrees with what was taken before. */
  readonly accept?: ReadonlySet<string>;
  /** `YYYY-MM-DDTHH:mm:ss`, local time. */
  readonly now: string;
}

export interface Rejection {
  readonly file: string;
  /** 1-based; 0 where it is about the whole file. */
  readonly row: number;
  readonly reason: string;
}

/** Two versions of one row disagree: `kept` and `offered` name the items with both values. */
export interface ScoreConflict {
  readonly submission: string;
  readonly expert: string;
  readonly kept: string;
  readonly offered: string;
  readonly file: string;
  /** The file disagrees with itself: both are in it and neither was taken. */
  readonly disputed?: true;
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
 * differs from one taken before is reported and changes nothing, unless its file is accepted, and then 来源 tells what
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
  const review = readReview(reviewSnapshot, settings.notice);
  const ledger = openLedger(review, settings.notice);
  const accept = options.accept ?? new Set<string>();
  const rejected: Rejection[] = [];
  const conflicts: { readonly key: string; readonly told: ScoreConflict }[] = [];
  const warnings: string[] = [];
  const settled = new Set<string>();
  const experts = new Set([
    ...review.tables.reviewers.rows.map((r) => r.text("expert").toUpperCase()),
    ...review.pairs.map((p) => p.expert),
  ]);
  const expertsOf = expertsBySubmission(review.pairs);
  const reviewIds = new Set(review.reviewed.map((r) => r.reviewId));
  const pairs = new Map(review.pairs.map((p) => [pairKey(p.reviewId, p.expert), p]));
  const facts = new Map(
    review.reviewed.map((r): [string, Told] => [
      r.reviewId,
      {
        title: r.record.text("title"),
        material: r.material,
        field: r.record.text("field"),
        stage: r.record.text("stage"),
      },
    ]),
  );
  const ownerOf = (sheet: ReturnedSheet, { file, sheets }: CollectInput) => {
    const listed = sheet.rows.filter((row) => reviewIds.has(row.reviewId)).map((row) => row.reviewId);
    const numbers = sheet.experts.length > 0 ? sheet.experts : storedExperts(sheets);
    return findOwner(numbers, listed, file, expertsOf, experts);
  };
  const order = (input: CollectInput) => (accept.has(input.file) ? 1 : 0);
  const ordered = [...inputs].sort(
    (a, b) => order(a) - order(b) || compareText(a.file, b.file) || compareText(a.digest, b.digest),
  );

  let sheets = 0;
  for (const input of ordered) {
    const reject = (row: number, reason: string) => rejected.push({ file: input.file, row, reason });
    const warn = (what: string) => warnings.push(`${input.file}：${what}。`);
    const found = readScoreSheets(input.sheets, settings.notice);
    if (found.length === 0) {
      reject(0, "找不到评分表：没有同时含“评审编号”和评分项的表头行。请确认交来的是发出的评分表。");
      continue;
    }
    const { to } = settings.notice.windows.review.value;
    if (options.now.slice(0, 10) > to) warn(`在评审截止日期 ${to} 之后收到，仍已收取`);
    const accepted = accept.has(input.file);
    const ownersOfFile = new Set<string>();
    const rows: { readonly pair: Pair; readonly sheet: string; readonly row: ReturnedRow }[] = [];
    let made: ReadonlyMap<string, string> | undefined;
    for (const sheet of found) {
      const where = found.length > 1 ? `工作表“${sheet.sheet}”` : "";
      const rejectRow = (row: number, reason: string) => reject(row, where === "" ? reason : `${where}：${reason}`);
      const filled = sheet.rows.filter(holdsAnything);
      // A copy that stayed empty says nothing, whosever it is.
      if (filled.length === 0 && found.some((other) => other !== sheet && other.rows.some(holdsAnything))) continue;
      const owner = ownerOf(sheet, input);
      if (owner.warning) warn(`${where}${owner.warning}`);
      if (owner.expert === undefined) {
        rejectRow(
          0,
          "认不出是哪位专家的评分表：表内没有专家编号，案例也不能确定专家。请在文件名中写上专家编号（如 评分表-E001.xlsx）后再收。",
        );
        continue;
      }
      ownersOfFile.add(owner.expert);
      if (sheet.missing.length > 0) warn(`${where}缺少${quoteEach(sheet.missing)}列，这些项按未评处理`);
      // A row of somebody else's submission was pasted, not sorted.
      const own = sheet.rows.filter((row) => pairs.has(pairKey(row.reviewId, owner.expert ?? "")));
      const misplaced = findMisplacedRows(own, {
        current: facts,
        made: () => {
          made ??= recordedTitles(input.sheets);
          return made;
        },
      });
      for (const row of sheet.rows) {
        const wrong = misplaced.get(row);
        if (wrong !== undefined) {
          if (holdsAnything(row)) rejectRow(row.row, `${wrong}。${misplacedRemedy}`);
          continue;
        }
        const pair = takeable(row, owner.expert, { pairs, expertsOf, reviewIds, ledger, accepted }, rejectRow);
        if (!pair) continue;
        for (const [i, item] of row.items.entries()) {
          if (item.kind === "invalid")
            rejectRow(
              row.row,
              `${row.reviewId}“${settings.notice.rubric.items[i]!.label}”：${item.reason}，该项未收。`,
            );
        }
        if (isUndecided(row)) rejectRow(row.row, tellUndecided(row));
        rows.push({ pair, sheet: sheet.sheet, row });
      }
    }
    sheets += ownersOfFile.size;
    for (const group of groupBy(rows, ({ pair }) => pairKey(pair.reviewId, pair.expert)).values()) {
      const { pair } = group[0]!;
      const saying = group.filter(({ row }) => holdsAnything(row));
      const place = ({ sheet, row }: (typeof group)[number]) =>
        saying.length < 2 ? "" : found.length > 1 ? `“${sheet}”第 ${row.row} 行` : `第 ${row.row} 行`;
      const versions = saying.map((each): Version => ({ row: each.row, place: place(each) }));
      const told = ledger.take({ pair, versions, file: input.file, accepted }, (row, what) => {
        const sheet = saying.find((each) => each.row === row)?.sheet ?? "";
        warn(`${found.length > 1 ? `“${sheet}”` : ""}第 ${row.row} 行 ${what}`);
      });
      const key = pairKey(pair.reviewId, pair.expert);
      for (const { disputed, kept, offered } of told) {
        const conflict = { submission: pair.id, expert: pair.expert, kept, offered, file: input.file };
        conflicts.push({ key: disputed ? "" : key, told: disputed ? { ...conflict, disputed } : conflict });
      }
      if (accepted && versions.length > 0) settled.add(key);
    }
  }

  const missing = findMissing(review, ledger);
  return {
    result: {
      sheets,
      scores: ledger.changed().length,
      rejected,
      conflicts: conflicts.flatMap(({ key, told }) => (settled.has(key) ? [] : [told])),
      missing,
      warnings,
    },
    patch: writeScores(review, settings, ledger, options.now),
  };
}

const misplacedRemedy =
  "这张表的列没有一起排序，这一行的评分未收：请让专家撤销排序，或按评审编号逐行核对后改好案例名称等格，再收一次。";

/** Scores beside a text in 回避 that says neither yes nor no, or such a text alone. */
function isUndecided(row: ReturnedRow): boolean {
  return row.aside.kind === "unclear" || (row.aside.kind === "reason" && holdsScores(row));
}

function tellUndecided(row: ReturnedRow): string {
  const text = row.aside.kind === "none" ? "" : row.aside.text;
  const scores = holdsScores(row) ? "评分已收，暂按不回避计" : "这一行没有评分，暂按未评计";
  return `${row.reviewId} 的“回避”写的是“${text}”，看不出是否回避；${scores}。请问明专家：要回避的改为“是”和原因，不回避的清空这一格，再收一次（已收过评分的，请指明采用那份文件 --accept）。`;
}

interface KnownPairs {
  readonly pairs: ReadonlyMap<string, Pair>;
  readonly expertsOf: ReadonlyMap<string, readonly string[]>;
  readonly reviewIds: ReadonlySet<string>;
  readonly ledger: Ledger;
  /** The row's file is accepted. */
  readonly accepted: boolean;
}

/** The pair that a row may be taken for; otherwise the row is rejected, or skipped when it says nothing. */
function takeable(
  row: ReturnedRow,
  expert: string,
  known: KnownPairs,
  reject: (row: number, reason: string) => void,
): Pair | undefined {
  const { pairs, expertsOf, reviewIds, ledger, accepted } = known;
  const pair = pairs.get(pairKey(row.reviewId, expert));
  const status = pair && (ledger.statusOf(pair) ?? pair.status);
  const conflicted = status === pairStatus.conflicted;
  const filled = holdsAnything(row);
  if (pair && conflicted ? standsAside(row) || (accepted && filled && ledger.standsAside(pair)) : pair?.active)
    return pair;
  if (row.reviewId === "") {
    if (filled) reject(row.row, "有评分但没有评审编号，无法归到案例；请补上评审编号后重新收取。");
  } else if (!reviewIds.has(row.reviewId)) {
    if (filled || isReviewId(row.reviewId))
      reject(
        row.row,
        `评审编号“${row.reviewId}”不在参评案例中；请核对编号，并看是不是另一次评审（单位初评或全区评审）的评分表。`,
      );
  } else if (!filled) return undefined;
  else if (!pair) {
    const others = expertsOf.get(row.reviewId) ?? [];
    const whose = others.length === 0 ? "" : `，而是分派给 ${others.join("、")} 的`;
    reject(
      row.row,
      `案例 ${row.reviewId} 没有分派给专家 ${expert}${whose}，未收；请核对评审编号，或看这一行是不是从别人的表粘贴来的。`,
    );
  } else if (conflicted) {
    reject(
      row.row,
      `专家 ${expert} 已对案例 ${row.reviewId} 登记回避，评分未收；如确实不需回避，请指明采用这份文件（--accept）再收一次。`,
    );
  } else reject(row.row, `专家 ${expert} 对案例 ${row.reviewId} 的分派已作废，评分未收。`);
  return undefined;
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
