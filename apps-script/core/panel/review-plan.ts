/** What an assignment is asked and what it answers. */
import type { PlanCost, Shortage } from "../assignment/problem.ts";
import type { WorkbookPatch } from "../workbook/port.ts";
import type { ListedPrices } from "./plan-quality.ts";
import type { SuspicionCost } from "./weigh-suspicion.ts";

export interface AssignOptions {
  /** Experts a submission; 参数 when absent. */
  readonly reviews?: number;
  readonly seed?: number;
  /** Evens the loads of what is not scored yet, at the price of more moves. */
  readonly rebalance?: boolean;
  /** 单位名称 of the unit whose own review this is; the award is then what `viewFirstReview` shows. */
  readonly unit?: string;
  /** Keys of the submissions that take part, where that is known; else the recommended, clean ones. */
  readonly eligible?: readonly string[];
}

/** What `assign --json` prints. */
export interface AssignResult {
  readonly reviews: number;
  readonly seed: number;
  /** Every pair in force, earlier ones included: 案例编号 and 专家编号. */
  readonly pairs: readonly { readonly submission: string; readonly expert: string }[];
  readonly experts: readonly {
    readonly id: string;
    readonly account: string;
    readonly nominator: string;
    readonly stage: string;
    readonly load: number;
  }[];
  readonly unfilled: readonly { readonly submission: string; readonly missing: number; readonly reason: string }[];
  /** Pairs without a score that were in force before and are no longer. */
  readonly moved: number;
  /** What keeping pairs apart on suspicion comes to. */
  readonly suspected: SuspicionCost;
}

export interface ReviewPlan {
  readonly result: AssignResult;
  readonly patch: WorkbookPatch;
  /** For the log. */
  readonly facts: PlanCost & {
    /** The unit whose own review this is. */
    readonly unit?: string;
    readonly submissions: number;
    readonly added: number;
    readonly kept: number;
    /** Of the pairs that are gone, those that were still possible and gave way to others. */
    readonly gaveWay: number;
    /** Whether the certificate of optimality holds. */
    readonly proved: boolean;
  };
  /** How good the plan is, in Chinese, a line each: see `assessPlan`. */
  readonly quality: readonly string[];
  /** Why experts are missing and the least change that would help, in Chinese, a line for each cause. */
  readonly shortages: readonly string[];
  /** The same as facts; submissions by their keys. */
  readonly gaps: readonly Omit<Shortage, "explanation">[];
  /** Dual prices that prove it. */
  readonly certificate: ListedPrices;
  /** What changes against the plan in force, in Chinese, a line each; empty when there was none or nothing does. */
  readonly difference: readonly string[];
  /** What keeping pairs apart on suspicion comes to and how to let one pass, in Chinese. */
  readonly suspicion: readonly string[];
  /** What the administrator should know, in Chinese. */
  readonly notes: readonly string[];
}
