import { shiftedForm, type Tridiagonal } from "./tridiagonal.ts";

/** What is left of the scores once the submissions are absorbed, for the choice of the variances. */
export interface AbsorbedScores {
  /** One a component: the reviewers' cross products and their right-hand sides. */
  readonly blocks: readonly Tridiagonal[];
  readonly reviewers: number;
  /** Weighted sum of squares within submissions, positive. */
  readonly squares: number;
  /** Scores less submissions, positive. */
  readonly degrees: number;
}

export interface VarianceFit {
  /** Residual variance over severity variance. */
  readonly ratio: number;
  readonly residualVariance: number;
  /** Twice the gain in restricted log-likelihood over no severity differences at all. */
  readonly likelihoodRatio: number;
}

const searched = { from: Math.log(1e-3), to: Math.log(1e4), steps: 48 } as const;
const goldenSteps = 30;
const golden = (Math.sqrt(5) - 1) / 2;
/** Scores that severities explain altogether leave no variance; its logarithm must stay finite. */
const leastShare = 1e-12;

/**
 * Chooses the two variances by restricted maximum likelihood (Patterson and Thompson, Biometrika 58, 1971): the residual
 * variance has a closed form given the ratio, so one dimension is left, searched on a grid of its logarithm and then by
 * golden section.
 */
export function fitVariances({ blocks, reviewers, squares, degrees }: AbsorbedScores): VarianceFit {
  const at = (logRatio: number) => {
    let logDeterminant = -reviewers * logRatio;
    let explained = 0;
    for (const block of blocks) {
      const shifted = shiftedForm(block, Math.exp(logRatio));
      logDeterminant += shifted.logDeterminant;
      explained += shifted.form;
    }
    const variance = Math.max(squares - explained, squares * leastShare) / degrees;
    return { variance, likelihood: -(degrees * Math.log(variance) + logDeterminant) / 2 };
  };
  const step = (searched.to - searched.from) / searched.steps;
  let best = searched.from;
  for (let i = 1; i <= searched.steps; i++) {
    const here = searched.from + i * step;
    if (at(here).likelihood > at(best).likelihood) best = here;
  }
  let [low, high] = [Math.max(searched.from, best - step), Math.min(searched.to, best + step)];
  for (let i = 0; i < goldenSteps; i++) {
    const left = high - golden * (high - low);
    const right = low + golden * (high - low);
    if (at(left).likelihood >= at(right).likelihood) high = right;
    else low = left;
  }
  const logRatio = (low + high) / 2;
  const { variance, likelihood } = at(logRatio);
  const none = -(degrees * Math.log(squares / degrees)) / 2;
  return { ratio: Math.exp(logRatio), residualVariance: variance, likelihoodRatio: 2 * (likelihood - none) };
}
