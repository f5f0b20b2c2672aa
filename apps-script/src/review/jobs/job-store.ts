/** What is kept of a job between executions: its record, its items in pieces, its problems, and what a person asked for. */

import { keepLines, loadLines, type Properties, pieceLength } from "../../actions/kept-lines.ts";

export type JobState = "running" | "paused" | "done" | "cancelled" | "failed";

/** What a person wants of a job; taken up by the job itself, so that the record has one writer. */
export type JobRequest = "pause" | "resume" | "cancel";

export interface JobRecord {
  /** Key of its kind. */
  readonly kind: string;
  /** Of the menu item. */
  readonly title: string;
  /** Unlike that of any other job: when it began and by whom. */
  readonly id: string;
  readonly state: JobState;
  /** Items done, counted from the first. */
  readonly index: number;
  readonly total: number;
  /** `YYYY-MM-DD HH:mm:ss`. */
  readonly startedAt: string;
  readonly updatedAt: string;
  readonly by: string;
  readonly message: string;
  /** How many executions in a row broke off without getting anything done. */
  readonly breaks: number;
  /** Items that could not be done; the job went on without them. */
  readonly missing: number;
  /** The item at which the last execution ran out of time while items failed; -1 where it did not. */
  readonly stuckAt: number;
  /** While a limit is used up: when it is tried again, in milliseconds, and how often it has been tried. */
  readonly waitUntil: number;
  readonly waits: number;
  /** What the administrator chose when it began. */
  readonly parameter: string;
  /** Counts and digests that a kind carries from item to item. */
  readonly memo: Readonly<Record<string, string | number>>;
}

const recordKey = "casebook.job";
const itemsKey = "casebook.job.items.";
const problemsKey = "casebook.job.problems";
const requestKey = "casebook.job.request";

export function loadJob(properties: Properties): JobRecord | undefined {
  const text = properties.getProperty(recordKey);
  if (text === null) return undefined;
  const job = JSON.parse(text) as JobRecord;
  // Earlier versions kept no title and no count of what is missing.
  return { ...{ missing: 0, stuckAt: -1, waitUntil: 0, waits: 0 }, ...job, title: job.title ?? job.kind };
}

export function saveJob(properties: Properties, job: JobRecord): void {
  properties.setProperty(recordKey, JSON.stringify({ ...job, message: job.message.slice(0, 600) }));
}

/** Begins a job. The record is written last: where it is, the rest is complete. */
export function saveNewJob(properties: Properties, job: JobRecord, items: readonly string[]): void {
  keepLines(properties, itemsKey, items);
  properties.deleteProperty(problemsKey);
  properties.deleteProperty(requestKey);
  saveJob(properties, job);
}

export function loadItems(properties: Properties): string[] {
  return loadLines(properties, itemsKey);
}

export function loadProblems(properties: Properties): string[] {
  return JSON.parse(properties.getProperty(problemsKey) ?? "[]") as string[];
}

const omission = "……其余问题从略；处理完上面的，再运行一次可看到。";

/** Adds problems that are not listed yet, as many as a property holds. */
export function addProblems(properties: Properties, more: readonly string[]): void {
  if (more.length === 0) return;
  const problems = loadProblems(properties);
  const told = new Set(problems);
  for (const problem of more) {
    if (told.has(problem) || told.has(omission)) continue;
    const cut = problem.slice(0, 300);
    if (JSON.stringify([...problems, cut, omission]).length > pieceLength) {
      problems.push(omission);
      break;
    }
    problems.push(cut);
    told.add(problem);
  }
  properties.setProperty(problemsKey, JSON.stringify(problems));
}

export function loadRequest(properties: Properties): JobRequest | undefined {
  return (properties.getProperty(requestKey) ?? undefined) as JobRequest | undefined;
}

export function saveRequest(properties: Properties, request: JobRequest | undefined): void {
  if (request === undefined) properties.deleteProperty(requestKey);
  else properties.setProperty(requestKey, request);
}
