import type { Notice } from "../notice/notice.ts";
import { pairStatus, rounds } from "../schema/choices.ts";
import {
  assignmentSheet,
  decisionsSheet,
  rankingSheet,
  resultsSheet,
  reviewedSheet,
  reviewersSheet,
  reviewSheetOrder,
  scoresSheet,
} from "../schema/review.ts";
import type { KeyOf } from "../schema/sheet-spec.ts";
import { readItemScore } from "../scoring/item-score.ts";
import { readTable, type Table, type TableRow } from "../tables/table.ts";
import { cleanIdentifier } from "../text/clean.ts";
import { cleanCode, submissionKey } from "../text/identity.ts";
import type { WorkbookSnapshot } from "../workbook/port.ts";

export type ReviewedKey = KeyOf<typeof reviewedSheet>;
export type ReviewerKey = KeyOf<typeof reviewersSheet>;
export type PairKey = KeyOf<typeof assignmentSheet>;

/** A row of 参评案例. */
export interface Reviewed {
  readonly record: TableRow<ReviewedKey>;
  readonly reviewId: string;
  readonly id: string;
  /** The same key as the submission's in the shared workbook. */
  readonly key: string;
  readonly material: string;
  /** 应评专家数, undefined when empty. */
  readonly reviews: number | undefined;
}

/** A row of 分派. */
export interface Pair {
  readonly record: TableRow<PairKey>;
  readonly reviewId: string;
  readonly id: string;
  readonly expert: string;
  readonly arbitration: boolean;
  /** In the round 加评. */
  readonly spare: boolean;
  readonly status: string;
  /** 已分派 or 已评分: the expert is asked for this submission. */
  readonly active: boolean;
}

/** A row of 评分. */
export interface ScoreRow {
  readonly record: TableRow;
  readonly reviewId: string;
  readonly expert: string;
  /** Half points, in the order of the rubric; undefined where there is none yet. */
  readonly items: readonly (number | undefined)[];
}

/** A row of 裁定. */
export interface Decision {
  readonly record: TableRow<KeyOf<typeof decisionsSheet>>;
  readonly id: string;
  readonly decision: string;
  readonly kind: string;
  readonly reason: string;
  readonly award: string;
}

export interface ReviewTables {
  readonly reviewed: Table<ReviewedKey>;
  readonly reviewers: Table<ReviewerKey>;
  readonly pairs: Table<PairKey>;
  readonly scores: Table;
  readonly ranking: Table;
  readonly results: Table<KeyOf<typeof resultsSheet>>;
  readonly decisions: Table<KeyOf<typeof decisionsSheet>>;
}

export interface ReviewData {
  readonly tables: ReviewTables;
  readonly reviewed: readonly Reviewed[];
  readonly pairs: readonly Pair[];
  readonly scores: readonly ScoreRow[];
  readonly decisions: readonly Decision[];
}

/** Reads the review workbook. @throws WorkbookStructureError */
export function readReview(snapshot: WorkbookSnapshot, notice: Notice): ReviewData {
  const tables: ReviewTables = {
    reviewed: readTable(snapshot, reviewedSheet, reviewSheetOrder),
    reviewers: readTable(snapshot, reviewersSheet, reviewSheetOrder),
    pairs: readTable(snapshot, assignmentSheet, reviewSheetOrder),
    scores: readTable(snapshot, scoresSheet(notice), reviewSheetOrder),
    ranking: readTable(snapshot, rankingSheet(notice), reviewSheetOrder),
    results: readTable(snapshot, resultsSheet, reviewSheetOrder),
    decisions: readTable(snapshot, decisionsSheet, reviewSheetOrder),
  };
  return {
    tables,
    reviewed: tables.reviewed.rows.map((record): Reviewed => {
      const id = cleanIdentifier(record.text("id"));
      const reviews = Number(record.text("reviews"));
      return {
        record,
        reviewId: cleanCode(record.text("reviewId")),
        id,
        key: submissionKey(record.text("nominator"), id),
        material: record.text("material"),
        reviews: Number.isInteger(reviews) && reviews > 0 ? reviews : undefined,
      };
    }),
    pairs: tables.pairs.rows.map((record): Pair => {
      const status = record.text("status");
      return {
        record,
        reviewId: cleanCode(record.text("reviewId")),
        id: cleanIdentifier(record.text("id")),
        expert: cleanCode(record.text("expert")),
        arbitration: record.text("round") === rounds.arbitration,
        spare: record.text("round") === rounds.spare,
        status,
        active: status === pairStatus.assigned || status === pairStatus.scored,
      };
    }),
    scores: tables.scores.rows.map(
      (record): ScoreRow => ({
        record,
        reviewId: cleanCode(record.text("reviewId")),
        expert: cleanCode(record.text("expert")),
        items: notice.rubric.items.map((item) => {
          const score = readItemScore(record.raw(`item.${item.key}`), item.max);
          return score.kind === "score" ? score.halves : undefined;
        }),
      }),
    ),
    decisions: tables.decisions.rows.map(
      (record): Decision => ({
        record,
        id: cleanIdentifier(record.text("id")),
        decision: record.text("decision"),
        kind: record.text("kind"),
        reason: record.text("reason"),
        award: record.text("award"),
      }),
    ),
  };
}
