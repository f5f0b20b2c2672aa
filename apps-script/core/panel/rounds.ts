/** How many experts a submission gets: those of the first round, one of 复评, one of 加评. */
import type { AwardData } from "../award/award.ts";
import { assessReview } from "../ranking/assess.ts";
import { findMiddlingExperts, proposeSpareReviews } from "../ranking/spare-reviews.ts";
import { readStandings, type Standing } from "../ranking/standing.ts";
import type { Pair, ReviewData } from "../review-book/read-review.ts";
import type { rounds } from "../schema/choices.ts";
import { groupBy } from "../text/group-by.ts";

export type Round = keyof typeof rounds;

/** By 评审编号, the submissions whose scores so far call for one more review. */
export interface ExtraReviews {
  /** They lie too far apart. */
  readonly arbitration: ReadonlySet<string>;
  /** The award is least certain. */
  readonly spare: ReadonlySet<string>;
  /** 专家编号 of those who may give a spare review; undefined for anybody. */
  readonly middling: ReadonlySet<string> | undefined;
}

export function findExtraReviews(award: AwardData, review: ReviewData): ExtraReviews {
  const { settings } = award;
  const idsOf = (standings: readonly Standing[]) => new Set(standings.map(({ reviewed }) => reviewed.reviewId));
  const wide = (standings: readonly Standing[]) => idsOf(standings.filter(({ arbitration }) => arbitration));
  if (settings.spareReviews === 0) {
    return { arbitration: wide(readStandings(award, review, settings)), spare: new Set(), middling: undefined };
  }
  const assessment = assessReview(award, review);
  return {
    arbitration: wide(assessment.standings),
    spare: idsOf(proposeSpareReviews(assessment, settings).map(({ standing }) => standing)),
    middling: findMiddlingExperts(assessment.calibration),
  };
}

type RoundOfPair = Pick<Pair, "reviewId" | "arbitration" | "spare">;

export interface Rounds {
  /** Experts that a submission gets in all. */
  readonly demandOf: (reviewId: string) => number;
  /**
   * The round of its nth new pair, from 1: what is missing of the first, then 复评, then 加评.
   * @param kept its pairs that stay
   */
  readonly roundOf: (reviewId: string, kept: readonly RoundOfPair[], nth: number) => Round;
}

const countFirst = (pairs: readonly RoundOfPair[]) => pairs.filter((p) => !p.arbitration && !p.spare).length;

/**
 * @param standing the pairs in force that may stay: who has 复评 or 加评 already keeps it
 * @param reviews experts of the first round; a submission that has more keeps them
 */
export function planRounds(standing: readonly RoundOfPair[], reviews: number, extra: ExtraReviews): Rounds {
  const pairs = groupBy(standing, (pair) => pair.reviewId);
  const pairsOf = (id: string) => pairs.get(id) ?? [];
  const hasArbitration = (id: string) => extra.arbitration.has(id) || pairsOf(id).some((p) => p.arbitration);
  const hasSpare = (id: string) => extra.spare.has(id) || pairsOf(id).some((p) => p.spare);
  const firstRound = (id: string) => Math.max(reviews, countFirst(pairsOf(id)));
  return {
    demandOf: (id) => firstRound(id) + (hasArbitration(id) ? 1 : 0) + (hasSpare(id) ? 1 : 0),
    roundOf(id, kept, nth) {
      const beyond = nth - (firstRound(id) - countFirst(kept));
      if (beyond <= 0) return "first";
      const lacksArbitration = hasArbitration(id) && !kept.some((p) => p.arbitration);
      return lacksArbitration && beyond === 1 ? "arbitration" : hasSpare(id) ? "spare" : "arbitration";
    },
  };
}
