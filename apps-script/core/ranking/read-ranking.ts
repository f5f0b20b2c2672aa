import type { AwardData } from "../award/award.ts";
import type { ReviewData, ReviewTables } from "../review-book/read-review.ts";
import { noAward } from "../schema/choices.ts";
import { identifierKey } from "../text/identity.ts";

/** A row of 结果. */
export interface RankedResult {
  /** As `Submission.sharedKey`, whatever the unit is called by now. */
  readonly key: string;
  readonly id: string;
  readonly title: string;
  readonly field: string;
  readonly track: string;
  readonly nominator: string;
  /** All names, in order. */
  readonly authors: string;
  readonly award: string;
  /** It has an award, not just a word that there is none. */
  readonly isWinner: boolean;
}

/** What the last ranking wrote into 汇总 and 结果. */
export interface LastRanking {
  /** The workbook it stands in. */
  readonly review: ReviewData;
  readonly results: readonly RankedResult[];
  /** The rows of 汇总, group by group. */
  readonly lines: ReviewTables["ranking"]["rows"];
  /** Whether 汇总 lists the submission as one that nobody has been asked to review yet. */
  readonly isUnassigned: (id: string) => boolean;
}

/** Reads a ranking back from the review workbook: every list and form takes it from here. */
export function readRanking(award: AwardData, review: ReviewData): LastRanking {
  const { tables } = review;
  const lines = tables.ranking.rows;
  // The ranking gives those that nobody reviews yet no 评审编号.
  const unassigned = new Set(
    lines.filter((line) => line.text("reviewId") === "").map((line) => identifierKey(line.text("id"))),
  );
  const results = tables.results.rows.map((row): RankedResult => {
    const [id, nominator, given] = [row.text("id"), row.text("nominator"), row.text("award")];
    return {
      key: award.keyOf(nominator, id),
      id,
      title: row.text("title"),
      field: row.text("field"),
      track: row.text("track"),
      nominator,
      authors: row.text("authors"),
      award: given,
      isWinner: given !== "" && given !== noAward,
    };
  });
  return { review, results, lines, isUnassigned: (id) => unassigned.has(identifierKey(id)) };
}
