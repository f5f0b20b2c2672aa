import type { TableRow } from "../award/table.ts";
import { pairKey } from "../identity.ts";
import type { Notice } from "../notice/notice.ts";
import { pairStatus } from "../schema/choices.ts";
import type { CellValue } from "../workbook/port.ts";
import type { Pair, ReviewData } from "./read-review.ts";
import type { ReturnedRow } from "./read-score-sheet.ts";
import { scoresByPair } from "./standing.ts";

/** What has been taken for one pair. */
export interface LedgerEntry {
  /** The row of 评分; undefined when it is new. */
  readonly record: TableRow | undefined;
  /** By column key, 收回时间 apart. */
  cells(): Record<string, CellValue>;
}

export interface Offer {
  readonly pair: Pair;
  readonly row: ReturnedRow;
  readonly file: string;
  /** This file's version wins. */
  readonly accepted: boolean;
}

/** 评分 while sheets are being taken. */
export interface Ledger {
  /** Takes what is new; returns the items that disagree with what was taken before, unless the file is accepted. */
  take(offer: Offer, warnings: string[]): { kept: string; offered: string } | undefined;
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

const points = (halves: number | undefined) => (halves === undefined ? "" : String(halves / 2));

export function openLedger(review: ReviewData, notice: Notice): Ledger {
  const { items } = notice.rubric;
  const rows = scoresByPair(review);
  const entries = new Map<string, Entry>();

  const entryOf = (pair: Pair): Entry => {
    const key = pairKey(pair.reviewId, pair.expert);
    let entry = entries.get(key);
    if (!entry) {
      const row = rows.get(key);
      entry = {
        pair,
        record: row?.record,
        items: row ? [...row.items] : items.map(() => undefined),
        comment: row?.record.text("comment") ?? "",
        conflict: row?.record.text("conflict") ?? "",
        source: row?.record.text("source") ?? "",
        changed: false,
        reopened: false,
      };
      entries.set(key, entry);
    }
    return entry;
  };

  const isComplete = (entry: Entry) => entry.items.every((value) => value !== undefined);
  const statusOf = (pair: Pair): string | undefined => {
    const key = pairKey(pair.reviewId, pair.expert);
    const entry = entries.get(key) ?? (rows.has(key) ? entryOf(pair) : undefined);
    if (!entry || !(pair.active || pair.status === pairStatus.conflicted)) return undefined;
    if (entry.conflict !== "") return pairStatus.conflicted;
    if (pair.status === pairStatus.conflicted && !entry.reopened) return undefined;
    return isComplete(entry) ? pairStatus.scored : pairStatus.assigned;
  };

  const take: Ledger["take"] = ({ pair, row, file, accepted }, warnings) => {
    const entry = entryOf(pair);
    const differing: { label: string; kept: string; offered: string; apply: () => void }[] = [];
    const filling: (() => void)[] = [];
    const offer = (label: string, kept: string, offered: string, apply: () => void) => {
      if (offered === "" || offered === kept) return;
      if (kept === "") filling.push(apply);
      else differing.push({ label, kept, offered, apply });
    };

    const standsAside = row.conflict !== "";
    if (standsAside) {
      // An expert who has scored and now stands aside contradicts a score that was taken.
      const scored = entry.items.some((value) => value !== undefined) && entry.conflict === "";
      offer("回避", scored ? "已评分" : entry.conflict, row.conflict, () => {
        entry.conflict = row.conflict;
      });
      if (/^是$/.test(row.conflict))
        warnings.push(`${file}：第 ${row.row} 行 ${row.reviewId} 填了回避但没有写原因，请向专家问明。`);
      if (row.items.some((item) => item.kind === "score")) {
        warnings.push(`${file}：第 ${row.row} 行 ${row.reviewId} 既填了回避又打了分，按回避处理，分数未收。`);
      }
    } else {
      if (entry.conflict !== "") {
        offer("回避", entry.conflict, "不回避", () => {
          entry.conflict = "";
          entry.reopened = true;
        });
      }
      row.items.forEach((item, i) => {
        if (item.kind !== "score") return;
        offer(items[i]!.label, points(entry.items[i]), points(item.halves), () => {
          entry.items[i] = item.halves;
        });
      });
    }
    offer("评语", entry.comment, row.comment, () => {
      entry.comment = row.comment;
    });

    for (const apply of filling) apply();
    if (accepted) for (const { apply } of differing) apply();
    if (filling.length > 0 || (accepted && differing.length > 0)) {
      entry.changed = true;
      entry.source = tellSource(entry.source, file, accepted ? differing : []);
    }
    if (differing.length === 0 || accepted) return undefined;
    const tell = (side: "kept" | "offered") => differing.map((d) => `${d.label} ${d[side]}`).join("、");
    return { kept: tell("kept"), offered: tell("offered") };
  };

  return {
    take,
    statusOf,
    changed: () =>
      [...entries.values()]
        .filter((entry) => entry.changed)
        .sort((a, b) => (orderOf(a.pair) < orderOf(b.pair) ? -1 : 1))
        .map((entry) => ({ record: entry.record, cells: () => cellsOf(entry, notice) })),
    standsAside: (pair) => entryOf(pair).conflict !== "",
    isSettled: (pair) => {
      const status = statusOf(pair) ?? pair.status;
      return status === pairStatus.scored || status === pairStatus.conflicted;
    },
  };
}

const orderOf = (pair: Pair) => `${pair.reviewId}/${pair.expert}`;

/** Where the values come from: the newest file last, with what it replaced. */
function tellSource(
  before: string,
  file: string,
  replaced: readonly { label: string; kept: string; offered: string }[],
): string {
  const changes = replaced.map((r) => `${r.label} ${r.kept}→${r.offered}`).join("、");
  const line = changes === "" ? file : `${file}（替换：${changes}）`;
  if (before === "") return line;
  return changes === "" && before.split("；").includes(file) ? before : `${before}；${line}`;
}

function cellsOf(entry: Entry, notice: Notice): Record<string, CellValue> {
  const complete = entry.items.every((value) => value !== undefined);
  const total = entry.items.reduce<number>((sum, value) => sum + (value ?? 0), 0);
  return {
    reviewId: entry.pair.reviewId,
    expert: entry.pair.expert,
    ...Object.fromEntries(
      notice.rubric.items.map((item, i) => [
        `item.${item.key}`,
        entry.items[i] === undefined ? null : entry.items[i]! / 2,
      ]),
    ),
    total: complete ? total / 2 : null,
    comment: entry.comment,
    conflict: entry.conflict,
    source: entry.source,
  };
}
