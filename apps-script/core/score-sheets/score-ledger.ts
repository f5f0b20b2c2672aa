import type { Notice, RubricItem } from "../notice/notice.ts";
import { scoresByPair } from "../ranking/standing.ts";
import type { Pair, ReviewData, ScoreRow } from "../review-book/read-review.ts";
import { pairStatus } from "../schema/choices.ts";
import type { TableRow } from "../tables/table.ts";
import { compareText } from "../text/compare.ts";
import { pairKey } from "../text/identity.ts";
import type { CellValue } from "../workbook/port.ts";
import { holdsScores, type ReturnedRow, standsAside } from "./read-score-sheet.ts";

/** What has been taken for one pair. */
export interface LedgerEntry {
  /** The row of 评分; undefined when it is new. */
  readonly record: TableRow | undefined;
  /** By column key, 收回时间 apart. */
  cells(): Record<string, CellValue>;
}

/** A row that came back; `place` is where it stands, "" where it is the only row of its pair in the file. */
export interface Version {
  readonly row: ReturnedRow;
  readonly place: string;
}

export interface Offer {
  readonly pair: Pair;
  /** Every row of one file that says something of the pair. */
  readonly versions: readonly Version[];
  readonly file: string;
  /** This file's version wins. */
  readonly accepted: boolean;
}

/** What was not taken: what is kept beside what is offered, or two places of one file, of which neither was taken. */
export interface Disagreement {
  readonly kept: string;
  readonly offered: string;
  readonly disputed: boolean;
}

/** 评分 while sheets are being taken. */
export interface Ledger {
  /**
   * Takes what is new; returns the items that disagree with what was taken before, unless the file is accepted, and those
   * in which the file disagrees with itself.
   */
  take(offer: Offer, warn: (row: ReturnedRow, what: string) => void): readonly Disagreement[];
  changed(): readonly LedgerEntry[];
  /** The expert said on a score sheet that they stand aside. */
  standsAside(pair: Pair): boolean;
  /** The pair needs nothing more: a complete score, or the expert stands aside. */
  isSettled(pair: Pair): boolean;
  /** The status that 分派 must show; undefined when nothing has been taken. */
  statusOf(pair: Pair): string | undefined;
}

interface Entry {
  readonly pair: Pair;
  readonly record: TableRow | undefined;
  items: (number | undefined)[];
  comment: string;
  conflict: string;
  source: string;
  changed: boolean;
  /** An accepted file has taken back what the expert said about standing aside. */
  reopened: boolean;
}

interface Difference {
  readonly label: string;
  readonly kept: string;
  readonly offered: string;
}

/** What the rows of one file come to for one pair, before anything of it is taken. */
interface Proposal {
  /** What was empty. */
  readonly filling: (() => void)[];
  /** What was taken otherwise before. */
  readonly differing: (Difference & { readonly apply: () => void })[];
  /** In what the file disagrees with itself. */
  readonly disputed: Difference[];
}

interface Offered {
  readonly text: string;
  readonly place: string;
}

const asideIn = (row: ReturnedRow) => (row.aside.kind === "none" ? "" : row.aside.text);

function halvesIn(row: ReturnedRow, i: number): string {
  const item = row.items[i];
  return item?.kind === "score" ? points(item.halves) : "";
}

/** Each text once, at its first place. */
function distinct(offered: readonly Offered[]): Offered[] {
  return offered.filter(({ text }, i) => offered.findIndex((other) => other.text === text) === i);
}

const showOffered = ({ text, place }: Offered) => (place === "" ? text : `${text}（${place}）`);

function tellDifferences(differences: readonly Difference[], disputed: boolean): Disagreement[] {
  if (differences.length === 0) return [];
  const tell = (side: "kept" | "offered") => differences.map((d) => `${d.label} ${d[side]}`).join("、");
  return [{ kept: tell("kept"), offered: tell("offered"), disputed }];
}

function warnOfAside(row: ReturnedRow, warn: (row: ReturnedRow, what: string) => void): void {
  const { aside, reviewId } = row;
  if (aside.kind === "aside" && aside.bare) warn(row, `${reviewId} 填了回避但没有写原因，请向专家问明`);
  if (aside.kind === "reason")
    warn(row, `${reviewId} 的“回避”写的是“${aside.text}”，按回避处理；专家如不回避，请清空这一格并打分后再收`);
  const given = row.items.flatMap((item) => (item.kind === "score" ? [item.halves] : []));
  if (given.length === 0) return;
  const sum = given.reduce((a, b) => a + b, 0) / 2;
  warn(
    row,
    `${reviewId} 既填了回避又打了分（${given.length} 项，共 ${sum} 分），按回避处理，分数未收；专家如不回避，请清空“回避”一格，再收一次并指明采用那份文件（--accept）`,
  );
}

const points = (halves: number | undefined) => (halves === undefined ? "" : String(halves / 2));

/** Sorts what is offered for one cell into the proposal: it fills, differs, or is disputed within the file. */
function propose(
  { filling, differing, disputed }: Proposal,
  label: string,
  kept: string,
  offered: readonly Offered[],
  apply: (text: string) => void,
): void {
  const fresh = distinct(offered.filter(({ text }) => text !== "" && text !== kept));
  const [first, second] = fresh;
  if (!first) return;
  if (second) {
    const [left = "", ...right] = fresh.map(showOffered);
    disputed.push(
      kept === ""
        ? { label, kept: left, offered: right.join(" / ") }
        : { label, kept, offered: [left, ...right].join(" / ") },
    );
  } else if (kept === "") filling.push(() => apply(first.text));
  else differing.push({ label, kept, offered: showOffered(first), apply: () => apply(first.text) });
}

function proposeItems(
  proposal: Proposal,
  entry: Entry,
  scored: readonly Version[],
  items: readonly RubricItem[],
): void {
  items.forEach((item, i) => {
    const offered = scored.map(({ row, place }) => ({ text: halvesIn(row, i), place }));
    propose(proposal, item.label, points(entry.items[i]), offered, (text) => {
      entry.items[i] = Number(text) * 2;
    });
  });
}

/** Scores, or that the expert stands aside: never both of one file. */
function proposeReview(
  proposal: Proposal,
  entry: Entry,
  versions: readonly Version[],
  items: readonly RubricItem[],
  warn: (row: ReturnedRow, what: string) => void,
): void {
  const aside = versions.filter(({ row }) => standsAside(row));
  const scored = versions.filter(({ row }) => !standsAside(row) && holdsScores(row));
  const [firstAside, firstScored] = [aside[0], scored[0]];
  const isFresh = ({ row }: Version) =>
    items.some((_, i) => halvesIn(row, i) !== "" && halvesIn(row, i) !== points(entry.items[i]));
  if (firstAside && firstScored && (entry.conflict !== "" || scored.some(isFresh))) {
    const kept = showOffered({ text: "已评分", place: firstScored.place });
    const offered = showOffered({ text: asideIn(firstAside.row), place: firstAside.place });
    proposal.disputed.push({ label: "回避", kept, offered });
    return;
  }
  if (aside.length > 0) {
    const offered = aside.map(({ row, place }) => ({ text: asideIn(row), place }));
    // An expert who has scored and now stands aside contradicts a score that was taken.
    const isScored = entry.conflict === "" && entry.items.some((value) => value !== undefined);
    propose(proposal, "回避", isScored ? "已评分" : entry.conflict, offered, (text) => {
      entry.conflict = text;
    });
    for (const { row } of aside) warnOfAside(row, warn);
    return;
  }
  if (entry.conflict !== "") {
    propose(proposal, "回避", entry.conflict, [{ text: "不回避", place: firstScored?.place ?? "" }], () => {
      entry.conflict = "";
      entry.reopened = true;
    });
  }
  proposeItems(proposal, entry, scored, items);
}

/** Fills what was empty and, from an accepted file, what differs; returns what was not taken. */
function carryOut({ filling, differing, disputed }: Proposal, entry: Entry, { file, accepted }: Offer): Disagreement[] {
  const replacing = accepted ? differing : [];
  for (const apply of filling) apply();
  for (const { apply } of replacing) apply();
  if (filling.length + replacing.length > 0) {
    entry.changed = true;
    entry.source = tellSource(entry.source, file, replacing);
  }
  return [...(accepted ? [] : tellDifferences(differing, false)), ...tellDifferences(disputed, true)];
}

function newEntry(pair: Pair, row: ScoreRow | undefined, { rubric }: Notice): Entry {
  return {
    pair,
    record: row?.record,
    items: row ? [...row.items] : rubric.items.map(() => undefined),
    comment: row?.record.text("comment") ?? "",
    conflict: row?.record.text("conflict") ?? "",
    source: row?.record.text("source") ?? "",
    changed: false,
    reopened: false,
  };
}

const isComplete = ({ items }: Entry) => items.every((value) => value !== undefined);

/** The status that 分派 must show by an entry; undefined where the entry says nothing of it. */
function statusBy(entry: Entry, pair: Pair): string | undefined {
  const { conflict, reopened } = entry;
  if (!pair.active && pair.status !== pairStatus.conflicted) return undefined;
  if (conflict !== "") return pairStatus.conflicted;
  if (pair.status === pairStatus.conflicted && !reopened) return undefined;
  return isComplete(entry) ? pairStatus.scored : pairStatus.assigned;
}

export function openLedger(review: ReviewData, notice: Notice): Ledger {
  const rows = scoresByPair(review);
  const entries = new Map<string, Entry>();
  const keyOf = (pair: Pair) => pairKey(pair.reviewId, pair.expert);
  const entryOf = (pair: Pair): Entry => {
    const key = keyOf(pair);
    const entry = entries.get(key) ?? newEntry(pair, rows.get(key), notice);
    entries.set(key, entry);
    return entry;
  };
  const statusOf = (pair: Pair) => {
    const key = keyOf(pair);
    return entries.has(key) || rows.has(key) ? statusBy(entryOf(pair), pair) : undefined;
  };
  return {
    take(offered, warn) {
      const entry = entryOf(offered.pair);
      const proposal: Proposal = { filling: [], differing: [], disputed: [] };
      proposeReview(proposal, entry, offered.versions, notice.rubric.items, warn);
      const comments = offered.versions.map(({ row, place }) => ({ text: row.comment, place }));
      propose(proposal, "评语", entry.comment, comments, (text) => {
        entry.comment = text;
      });
      return carryOut(proposal, entry, offered);
    },
    statusOf,
    changed: () =>
      [...entries.values()]
        .filter((entry) => entry.changed)
        .sort((a, b) => compareText(keyOf(a.pair), keyOf(b.pair)))
        .map((entry) => ({ record: entry.record, cells: () => cellsOf(entry, notice) })),
    standsAside: (pair) => entryOf(pair).conflict !== "",
    isSettled: (pair) => {
      const status = statusOf(pair) ?? pair.status;
      return status === pairStatus.scored || status === pairStatus.conflicted;
    },
  };
}

/** Where the values come from: the newest file last, with what it replaced. */
function tellSource(before: string, file: string, replaced: readonly Difference[]): string {
  const changes = replaced.map((r) => `${r.label} ${r.kept}→${r.offered}`).join("、");
  const line = changes === "" ? file : `${file}（替换：${changes}）`;
  if (before === "") return line;
  return changes === "" && before.split("；").includes(file) ? before : `${before}；${line}`;
}

function cellsOf(entry: Entry, notice: Notice): Record<string, CellValue> {
  const total = entry.items.reduce<number>((sum, value) => sum + (value ?? 0), 0);
  return {
    reviewId: entry.pair.reviewId,
    expert: entry.pair.expert,
    ...Object.fromEntries(
      notice.rubric.items.map((item, i) => {
        const halves = entry.items[i];
        return [`item.${item.key}`, halves === undefined ? null : halves / 2];
      }),
    ),
    total: isComplete(entry) ? total / 2 : null,
    comment: entry.comment,
    conflict: entry.conflict,
    source: entry.source,
  };
}
