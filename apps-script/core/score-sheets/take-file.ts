/** One file that came back: whose it is, which of its rows count, and what of them is taken. */
import type { Notice } from "../notice/notice.ts";
import type { Pair, ReviewData } from "../review-book/read-review.ts";
import { isReviewId } from "../review-book/review-ids.ts";
import { pairStatus } from "../schema/choices.ts";
import { groupBy } from "../text/group-by.ts";
import { pairKey } from "../text/identity.ts";
import { quoteEach } from "../text/list.ts";
import type { SheetSnapshot } from "../workbook/port.ts";
import { findMisplacedRows } from "./find-misplaced-rows.ts";
import {
  holdsAnything,
  holdsScores,
  type ReturnedRow,
  type ReturnedSheet,
  type RowFacts,
  readScoreSheets,
  recordedTitles,
  standsAside,
  storedExperts,
} from "./read-score-sheet.ts";
import type { Ledger, Version } from "./score-ledger.ts";
import { expertsBySubmission, findOwner, type SheetOwner } from "./whose-sheet.ts";

/** A score sheet that came back. */
export interface CollectInput {
  /** Its name, unique among the files of the call: with folders where names are the same. */
  readonly file: string;
  readonly digest: string;
  readonly sheets: readonly SheetSnapshot[];
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

/** What score sheets are held against. */
export interface KnownReview {
  readonly notice: Notice;
  readonly ledger: Ledger;
  /** Every 专家编号 there is. */
  readonly experts: ReadonlySet<string>;
  /** By 评审编号. */
  readonly expertsOf: ReadonlyMap<string, readonly string[]>;
  readonly pairs: ReadonlyMap<string, Pair>;
  /** By 评审编号, what a score sheet says of the submission. */
  readonly facts: ReadonlyMap<string, RowFacts>;
}

export function knowReview(review: ReviewData, notice: Notice, ledger: Ledger): KnownReview {
  const factsOf = ({ record, material }: ReviewData["reviewed"][number]): RowFacts => ({
    title: record.text("title"),
    material,
    field: record.text("field"),
    stage: record.text("stage"),
  });
  return {
    notice,
    ledger,
    experts: new Set([
      ...review.tables.reviewers.rows.map((r) => r.text("expert").toUpperCase()),
      ...review.pairs.map((p) => p.expert),
    ]),
    expertsOf: expertsBySubmission(review.pairs),
    pairs: new Map(review.pairs.map((p) => [pairKey(p.reviewId, p.expert), p])),
    facts: new Map(review.reviewed.map((r) => [r.reviewId, factsOf(r)])),
  };
}

export interface TakenFile {
  /** Experts whose score sheets are in it. */
  readonly owners: ReadonlySet<string>;
  readonly rejected: readonly Rejection[];
  /** With the key of the pair; "" where the file disagrees with itself. */
  readonly conflicts: readonly { readonly key: string; readonly conflict: ScoreConflict }[];
  /** Keys of the pairs that an accepted file has settled. */
  readonly settled: readonly string[];
  readonly warnings: readonly string[];
}

interface TakenRow {
  readonly pair: Pair;
  readonly sheet: string;
  readonly row: ReturnedRow;
}

/** A file while it is being taken. */
interface FileInHand {
  readonly input: CollectInput;
  readonly known: KnownReview;
  readonly accepted: boolean;
  /** Its sheets with scores. */
  readonly found: readonly ReturnedSheet[];
  /** 案例名称 by 评审编号 as the file was made with them. */
  readonly made: () => ReadonlyMap<string, string>;
  readonly reject: (row: number, reason: string) => void;
  readonly warn: (what: string) => void;
}

/**
 * Takes one file into the ledger.
 *
 * @param accepted its version wins where it disagrees with what was taken before
 * @param late said of a file that came after the review window
 */
export function takeFile(
  input: CollectInput,
  known: KnownReview,
  accepted: boolean,
  late: string | undefined,
): TakenFile {
  const rejected: Rejection[] = [];
  const warnings: string[] = [];
  let titles: ReadonlyMap<string, string> | undefined;
  const hand: FileInHand = {
    input,
    known,
    accepted,
    found: readScoreSheets(input.sheets, known.notice),
    made() {
      titles ??= recordedTitles(input.sheets);
      return titles;
    },
    reject: (row, reason) => rejected.push({ file: input.file, row, reason }),
    warn: (what) => warnings.push(`${input.file}：${what}。`),
  };
  if (hand.found.length === 0)
    hand.reject(0, "找不到评分表：没有同时含“评审编号”和评分项的表头行。请确认交来的是发出的评分表。");
  else if (late !== undefined) hand.warn(late);
  const sheets = hand.found.map((sheet) => readOwnRows(sheet, hand));
  const rows = sheets.flatMap((sheet) => sheet.rows);
  const taken = [...groupBy(rows, ({ pair }) => pairKey(pair.reviewId, pair.expert))].map(([key, group]) =>
    takePair(key, group, hand),
  );
  return {
    owners: new Set(sheets.flatMap(({ owner }) => owner ?? [])),
    rejected,
    warnings,
    conflicts: taken.flatMap(({ conflicts }) => conflicts),
    settled: taken.flatMap(({ key, says }) => (accepted && says ? [key] : [])),
  };
}

/** Whose a sheet of the file is, and its rows that may be taken. */
function readOwnRows(
  sheet: ReturnedSheet,
  hand: FileInHand,
): { readonly owner?: string; readonly rows: readonly TakenRow[] } {
  const { found, known, warn } = hand;
  const where = found.length > 1 ? `工作表“${sheet.sheet}”` : "";
  const reject = (row: number, reason: string) => hand.reject(row, where === "" ? reason : `${where}：${reason}`);
  const isFilled = ({ rows }: ReturnedSheet) => rows.some(holdsAnything);
  // A copy that stayed empty says nothing, whoever it belongs to.
  if (!isFilled(sheet) && found.some((other) => other !== sheet && isFilled(other))) return { rows: [] };
  const { expert: owner, warning } = ownerOf(sheet, hand);
  if (warning) warn(`${where}${warning}`);
  if (owner === undefined) {
    reject(
      0,
      "认不出是哪位专家的评分表：表内没有专家编号，案例也不能确定专家。请在文件名中写上专家编号（如 评分表-E001.xlsx）后再收。",
    );
    return { rows: [] };
  }
  if (sheet.missing.length > 0) warn(`${where}缺少${quoteEach(sheet.missing)}列，这些项按未评处理`);
  // A row of somebody else's submission was pasted, not sorted.
  const own = sheet.rows.filter((row) => known.pairs.has(pairKey(row.reviewId, owner)));
  const misplaced = findMisplacedRows(own, { current: known.facts, made: hand.made });
  const rows = sheet.rows.flatMap((row): TakenRow[] => {
    const wrong = misplaced.get(row);
    if (wrong !== undefined) {
      if (holdsAnything(row)) reject(row.row, `${wrong}。${misplacedRemedy}`);
      return [];
    }
    const pair = takeable(row, owner, known, hand.accepted, reject);
    if (!pair) return [];
    tellInvalid(row, known.notice, reject);
    return [{ pair, sheet: sheet.sheet, row }];
  });
  return { owner, rows };
}

function ownerOf(sheet: ReturnedSheet, { input, known }: FileInHand): SheetOwner {
  const listed = sheet.rows.filter((row) => known.facts.has(row.reviewId)).map((row) => row.reviewId);
  const numbers = sheet.experts.length > 0 ? sheet.experts : storedExperts(input.sheets);
  return findOwner(numbers, listed, input.file, known.expertsOf, known.experts);
}

/** Cells of a row that are taken for empty, and why. */
function tellInvalid(row: ReturnedRow, { rubric }: Notice, reject: (row: number, reason: string) => void): void {
  rubric.items.forEach(({ label }, i) => {
    const item = row.items[i];
    if (item?.kind === "invalid") reject(row.row, `${row.reviewId}“${label}”：${item.reason}，该项未收。`);
  });
  if (isUndecided(row)) reject(row.row, tellUndecided(row));
}

/** Takes what the rows of a file say of one pair. */
function takePair(key: string, group: readonly TakenRow[], { known, found, accepted, input, warn }: FileInHand) {
  const saying = group.filter(({ row }) => holdsAnything(row));
  const inSheet = (sheet: string) => (found.length > 1 ? `“${sheet}”` : "");
  const versions = saying.map(
    ({ sheet, row }): Version => ({ row, place: saying.length < 2 ? "" : `${inSheet(sheet)}第 ${row.row} 行` }),
  );
  const conflicts = group.slice(0, 1).flatMap(({ pair }) =>
    known.ledger
      .take({ pair, versions, file: input.file, accepted }, (row, what) => {
        const sheet = saying.find((each) => each.row === row)?.sheet ?? "";
        warn(`${inSheet(sheet)}第 ${row.row} 行 ${what}`);
      })
      .map(({ disputed, kept, offered }) => {
        const conflict = { submission: pair.id, expert: pair.expert, kept, offered, file: input.file };
        return disputed ? { key: "", conflict: { ...conflict, disputed } } : { key, conflict };
      }),
  );
  return { key, conflicts, says: versions.length > 0 };
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

/** The pair that a row may be taken for; otherwise the row is rejected, or skipped when it says nothing. */
function takeable(
  row: ReturnedRow,
  expert: string,
  { pairs, expertsOf, facts, ledger }: KnownReview,
  accepted: boolean,
  reject: (row: number, reason: string) => void,
): Pair | undefined {
  const pair = pairs.get(pairKey(row.reviewId, expert));
  const status = pair && (ledger.statusOf(pair) ?? pair.status);
  const conflicted = status === pairStatus.conflicted;
  const filled = holdsAnything(row);
  if (pair && conflicted ? standsAside(row) || (accepted && filled && ledger.standsAside(pair)) : pair?.active)
    return pair;
  if (row.reviewId === "") {
    if (filled) reject(row.row, "有评分但没有评审编号，无法归到案例；请补上评审编号后重新收取。");
  } else if (!facts.has(row.reviewId)) {
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
