import type { CommandResult } from "../protocol.ts";

export type CommandOptions = Readonly<Record<string, readonly string[]>>;

/** What a command has said. */
export interface Done extends CommandResult {
  /** Of the action. */
  readonly label: string;
  /** With which it was run. */
  readonly options: CommandOptions;
  /** Does for good what was only tried. */
  apply(): Promise<unknown>;
  /** Of what was only tried: the shared workbook, and both workbooks as they were then. */
  readonly triedOn?: string | undefined;
}

/** Whether a result tells of workbooks that have changed since it was tried on them. */
export const isOutdated = ({ triedOn }: Done, now: string) => triedOn !== undefined && triedOn !== now;

/** What the administrator's desk has done and is doing: kept beyond the desk, which may be left while something runs. */
export interface Runs {
  /** Key of the step or view that is looked at; undefined for what comes next. */
  readonly chosen?: string | undefined;
  /** What is being done; "" for nothing. */
  readonly busy: string;
  /** Ends it before its next step. */
  readonly cancel?: (() => void) | undefined;
  /** What was last said, by key of the step. */
  readonly results: Readonly<Record<string, Done>>;
}

export const noRuns: Runs = { busy: "", results: {} };
