/** How far those who score the same case agree. */
export interface Agreement {
  /** Cases with at least two scores, and all their scores. */
  readonly cases: number;
  readonly scores: number;
  /** Scores a case, on average. */
  readonly raters: number;
  /**
   * ICC(1,1): how reliable the score of one expert is; 1 where all agree, 0 and less where cases differ no more than scores
   * of one case do. Undefined where there is nothing to compare.
   */
  readonly single: number | undefined;
  /** ICC(1,k): the same of the mean of a case's scores; without a lower bound. Undefined where the means do not differ. */
  readonly mean: number | undefined;
}

/**
 * The intraclass correlation of the one-way random model: every case is scored by experts of its own, so that severities
 * count as noise (Shrout & Fleiss, Psychological Bulletin 86, 1979; McGraw & Wong, Psychological Methods 1, 1996). Cases
 * may have different numbers of scores: k is then (N - Σk²/N) / (n - 1).
 *
 * @param cases the scores of each case
 */
export function measureAgreement(cases: readonly (readonly number[])[]): Agreement {
  const several = cases.filter((scores) => scores.length > 1);
  const total = several.reduce((sum, scores) => sum + scores.length, 0);
  const raters = several.length === 0 ? 0 : total / several.length;
  const none = { cases: several.length, scores: total, raters, single: undefined, mean: undefined };
  if (several.length < 2) return none;
  const sum = (values: readonly number[]) => values.reduce((all, value) => all + value, 0);
  const grand = sum(several.map(sum)) / total;
  const means = several.map((scores) => sum(scores) / scores.length);
  const squares = (of: number) => of * of;
  const between = sum(several.map((scores, i) => scores.length * squares((means[i] ?? 0) - grand)));
  const within = sum(several.map((scores, i) => sum(scores.map((score) => squares(score - (means[i] ?? 0))))));
  const betweenMean = between / (several.length - 1);
  const withinMean = within / (total - several.length);
  const weight = (total - sum(several.map((scores) => squares(scores.length))) / total) / (several.length - 1);
  const variance = betweenMean + (weight - 1) * withinMean;
  const ratio = (by: number) => (by > 0 ? (betweenMean - withinMean) / by : undefined);
  return { ...none, single: ratio(variance), mean: ratio(betweenMean) };
}

/** Below so many cases a correlation is told as of too few: its interval is wider than half of its range. */
const fewestCases = 10;

/** `0.52`; in words where cases differ no more than the scores of one case, where they are few, and where there is none. */
export function showReliability(value: number | undefined, cases: number): string {
  if (value === undefined) return "—";
  if (cases < fewestCases) return "数少，不算";
  return value <= 0 ? "≤0，看不出一致" : value.toFixed(2);
}
