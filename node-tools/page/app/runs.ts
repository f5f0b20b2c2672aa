import type { CommandResult } from "../protocol.ts";

export type CommandOptions = Readonly<Record<string, readonly string[]>>;

/** What a command has said. */
export interface Done extends CommandResult {
  /** Does for good what was only tried. */
  apply(): Promise<unknown>;
}

/** What the administrator's desk has done and is doing: kept beyond the desk, which may be left while something runs. */
export interface Runs {
  /** Key of the step or view that is looked at; undefined for what comes next. */
  readonly chosen?: string | undefined;
  /** What is being done; "" for nothing. */
  readonly busy: string;
  /** What was last said, by key of the step. */
  readonly results: Readonly<Record<string, Done>>;
}

export const noRuns: Runs = { busy: "", results: {} };
