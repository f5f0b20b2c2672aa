/** What the job engine needs of the platform. */
import type { Properties } from "../../actions/kept-lines.ts";
import type { JobRecord } from "./job-store.ts";

export interface JobHost {
  readonly properties: Properties;
  /** Milliseconds. */
  now(): number;
  /** `YYYY-MM-DD HH:mm:ss` in the script's zone. */
  time(): string;
  /** When this execution began, in milliseconds: the time that somebody took to answer counts as run time. */
  readonly entered: number;
  /** Makes the job's triggers where there are none: one of the clock, and one for when the workbook is opened. */
  keepAwake(): void;
  /** Removes the job's triggers. */
  clearTriggers(): void;
}

/** A daily limit of the platform is used up, by the platform's own count. */
export class DailyLimitError extends Error {}

/** The work of one execution at a job. */
export interface JobWork {
  /**
   * Does the work of some items, unless it is done already: an execution may have ended between the work and its record.
   * Throws when none of them could be done, `DailyLimitError` where a daily limit is used up.
   */
  perform(items: readonly string[]): {
    /** Chinese, one line each; the other items are done. */
    readonly problems: readonly string[];
    /** How many of the items were not done. */
    readonly missing?: number;
    readonly memo?: JobRecord["memo"];
  };
  /** After the last item; may be called again after a crash. Returns what became of it, in Chinese. */
  finish(): string;
}

export interface JobKind {
  readonly key: string;
  /** The menu item. */
  readonly title: string;
  /** Items done between two records. */
  readonly batch: number;
  /** What is done with an item, for the line below the bar: 正在生成. */
  readonly doing: string;
  open(job: JobRecord): JobWork;
}
