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
   * Why the pair is forbidden beyond stage and nominating unit, as a short Chinese kind, `：` and a detail behind it if
   * there is one (it is counted by kind in the reason of unfilled demand); undefined when it is allowed. Called at most
   * once for each pair.
   */
  readonly conflict: (submission: ReviewSubmission, reviewer: Reviewer) => string | undefined;
  readonly locked: readonly LockedPair[];
  /** A unit's own review: each reviewer's `nominator` is one of its own, and explanations name no units. */
  readonly withinUnit?: boolean;
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

/** Unmet demand that has one cause, and the smallest change that would end it. */
export interface Shortage {
  /** Stages and fields of the submissions; "" for those that reviewers of every stage may take. */
  readonly stages: readonly string[];
  readonly fields: readonly string[];
  /** The submissions short of reviews, sorted. */
  readonly submissions: readonly string[];
  /** The reviews that are missing in all. */
  readonly missing: number;
  /**
   * As many more reviewers, each of another new unit, without conflict or limit, are needed and suffice, if they are of
   * this stage; "" when they must be able to take every stage.
   */
  readonly moreReviewers: { readonly count: number; readonly stage: string };
  readonly withinUnit: boolean;
  /** The least raise of capacities that would suffice as well; empty when none would. */
  readonly raises: readonly { readonly reviewer: string; readonly by: number }[];
  /** In Chinese. */
  readonly explanation: string;
}

/** Facts about the soft aims, for the log and the preview. */
export interface PlanCost {
  /** Pairs whose reviewer stated fields, and not this one. */
  readonly fieldMismatch: number;
  /** No plan that meets as much has fewer of these, however uneven its loads; more may be unavoidable. */
  readonly fieldMismatchFloor: number;
  /** Reviewers with reviews, and those of them whose reviews all lie in one field. */
  readonly loaded: number;
  readonly oneField: number;
  /** The most submissions that two reviewers share. */
  readonly sharedMax: number;
  /** Standard deviation of that number among the reviewers of one stage and field, over all stages and fields. */
  readonly sharedSd: number;
  /** Stages and fields with reviews. */
  readonly groups: number;
  /**
   * Sets of reviewers, within a stage and field, that chains of shared submissions link, over all stages and fields:
   * equal to `groups` when each hangs together.
   */
  readonly components: number;
}

/** A price in three parts of which an earlier one outweighs all later ones. */
export interface Price {
  /** In unmet reviews. */
  readonly shortage: number;
  /** In load: the review that brings a reviewer's load to l costs l. */
  readonly load: number;
  /** In field mismatches. */
  readonly field: number;
}

/** Dual prices that prove that no plan is better. */
export interface Certificate {
  /** What one more review of a submission would cost; submissions that need nothing new are left out. */
  readonly submissions: ReadonlyMap<string, Price>;
  /** What one more review by a reviewer costs the others. */
  readonly reviewers: ReadonlyMap<string, Price>;
}

export interface AssignmentPlan {
  /** Sorted by submission, then reviewer. */
  readonly pairs: AssignedPair[];
  /** Reviews of each reviewer, locked ones included, idle reviewers too. */
  readonly loads: Map<string, number>;
  /** Sorted by submission. */
  readonly unfilled: UnfilledDemand[];
  readonly shortages: Shortage[];
  readonly cost: PlanCost;
  readonly certificate: Certificate;
}
