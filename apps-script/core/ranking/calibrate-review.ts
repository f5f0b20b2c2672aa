import { type Calibration, calibrateScores } from "../scoring/calibrate.ts";
import { leastComparable } from "../scoring/comparable.ts";
import type { Fraction } from "../scoring/fraction.ts";
import type { Standing } from "./standing.ts";

/** The calibration of a whole review. */
export interface ReviewCalibration {
  readonly fit: Calibration;
  /** 专家编号 by index of the fit. */
  readonly experts: readonly string[];
  /** Index of the fit by `Reviewed.key`. */
  readonly indexOf: ReadonlyMap<string, number>;
}

const halvesPerPoint = 2;
/**
 * The smallest part of a point that counts: rounding errors must make or break no tie, and logarithms that differ
 * between machines in their last digit must not make a replay differ.
 */
const grain = 1_000_000;
export const rounded = (points: number): number => Math.round(points * grain) / grain;

/** Calibrates every complete review there is, ranked or not: all of them show how the experts score. */
export function calibrateReview(standings: readonly Standing[], robust: boolean): ReviewCalibration {
  const scored = standings.filter((s) => s.scores.length > 0);
  const keys = [...new Set(scored.map((s) => s.reviewed.key))].sort();
  const experts = [...new Set(scored.flatMap((s) => s.experts))].sort();
  const indexOf = new Map(keys.map((key, i) => [key, i]));
  const expertIndex = new Map(experts.map((id, i) => [id, i]));
  const ratings = scored.flatMap((s) =>
    s.scores.flatMap((score, i) => {
      const submission = indexOf.get(s.reviewed.key);
      const reviewer = expertIndex.get(s.experts[i] ?? "");
      if (submission === undefined || reviewer === undefined) return [];
      return [{ submission, reviewer, score: score.total / halvesPerPoint }];
    }),
  );
  const fit = calibrateScores({ ratings, submissions: keys.length, reviewers: experts.length }, robust);
  return { fit, experts, indexOf };
}

/** Calibrated score in half points; undefined where the severities were left in and the mean says it all. */
export function calibratedFraction({ fit, indexOf }: ReviewCalibration, key: string): Fraction | undefined {
  const points = fit.calibrated[indexOf.get(key) ?? -1];
  if (fit.refusal !== undefined || points === undefined) return undefined;
  return { num: Math.round(points * grain) * halvesPerPoint, den: grain };
}

/** In points, for a submission with a score. */
export function calibratedPoints({ fit, indexOf }: ReviewCalibration, key: string): number {
  return rounded(fit.calibrated[indexOf.get(key) ?? -1] ?? Number.NaN);
}

/** In points; null where it is not known. */
export function standardErrorOf({ fit, indexOf }: ReviewCalibration, key: string): number | null {
  const error = fit.standardError[indexOf.get(key) ?? -1];
  return error === undefined || Number.isNaN(error) ? null : rounded(error);
}

/** The experts whose severity was taken out, by their numbers; points. */
export function listSeverities({
  fit,
  experts,
}: ReviewCalibration): { readonly expert: string; readonly severity: number; readonly error: number }[] {
  if (fit.refusal !== undefined) return [];
  return experts.flatMap((expert, i) => {
    const [component = -1, severity = 0, error = 0] = [fit.component[i], fit.severity[i], fit.severityError[i]];
    return component < 0 ? [] : [{ expert, severity: rounded(severity), error: rounded(error) }];
  });
}

/** What the calibration did, or why it did nothing, in Chinese. */
export function describeCalibration({ fit }: ReviewCalibration): string {
  if (fit.refusal === "tooFewScores") {
    return `可比的评分太少（至少要有两名专家各有 ${leastComparable} 个与他人共评的评分），未作校准，校准分等于平均分`;
  }
  if (fit.refusal === "noSeverityDifferences") {
    return "各专家的宽严差异与偶然波动无法区分，未作校准，校准分等于平均分";
  }
  const leftIn = fit.component.filter((component) => component < 0).length;
  const parts = [
    `专家宽严的标准差约 ${fit.severitySd.toFixed(1)} 分，扣除宽严后同一案例各评分的标准差约 ${fit.residualSd.toFixed(1)} 分`,
    fit.components === 1
      ? "专家之间都有共评案例直接或间接相连，可以互相比较"
      : `专家分成 ${fit.components} 个互无共评案例的群，只在群内扣除宽严，群与群之间仍按原始分比较`,
  ];
  if (leftIn > 0) parts.push(`${leftIn} 名专家与他人共评的评分不足 ${leastComparable} 个，其宽严未扣除`);
  return parts.join("；");
}
