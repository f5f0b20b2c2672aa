/** A submission that needs reviews. */
export interface ReviewSubmission {
  /** Unique and stable: ordering and random choices derive from it. */
  readonly id: string;
  readonly stage: string;
  /** True when reviewers of every stage may take it, whatever `stage` says. */
  readonly anyStage: boolean;
  readonly field: string;
  readonly track: string;
  /** The ranking group the submission stands in. */
  readonly group: string;
  /** The unit that nominated it. */
  readonly nominator: string;
  /** Reviews it needs in total, locked ones included. */
  readonly demand: number;
}

/** An expert who may be asked to review. */
export interface Reviewer {
  /** Unique and stable, like that of a submission. */
  readonly id: string;
  readonly nominator: string;
  readonly stage: string;
  readonly anyStage: boolean;
  /** Fields of expertise; empty means no preference. */
  readonly fields: readonly string[];
  /** The most reviews this reviewer takes, locked ones included; absent means no limit. */
  readonly capacity?: number;
  /** False: keeps what is locked and gets nothing new. */
  readonly available: boolean;
}

/** A review that already stands and must not move. */
export interface LockedPair {
  readonly submission: string;
  readonly reviewer: string;
}

export interface AssignmentProblem {
  readonly submissions: readonly ReviewSubmission[];
  readonly reviewers: readonly Reviewer[];
  /**
   * Why the pair is forbidden beyond stage and nominating unit, as a short Chinese kind (it is counted by kind in the
   * reason of unfilled demand); undefined when it is allowed. Called at most once for each pair.
   */
  readonly conflict: (submission: ReviewSubmission, reviewer: Reviewer) => string | undefined;
  readonly locked: readonly LockedPair[];
  /** Any number; the plan is a function of the seed and of the rows, not of their order. */
  readonly seed: number;
}

export interface AssignedPair {
  readonly submission: string;
  readonly reviewer: string;
  readonly locked: boolean;
}

export interface UnfilledDemand {
  readonly submission: string;
  readonly missing: number;
  /** In Chinese, with the counts that explain it and the remedy. */
  readonly reason: string;
}

/** Facts about the soft aims, for the log. */
export interface PlanCost {
  /** Pairs whose reviewer stated fields, and not this one. */
  readonly fieldMismatch: number;
  /** The most submissions that two reviewers share. */
  readonly sharedMax: number;
  /** Standard deviation of that number over all pairs of loaded reviewers whose stages meet. */
  readonly sharedSd: number;
}

export interface AssignmentPlan {
  /** Sorted by submission, then reviewer. */
  readonly pairs: AssignedPair[];
  /** Reviews of each reviewer, locked ones included, idle reviewers too. */
  readonly loads: Map<string, number>;
  /** Sorted by submission. */
  readonly unfilled: UnfilledDemand[];
  readonly cost: PlanCost;
}
