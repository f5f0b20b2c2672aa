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

/** A problem of one or more items, of which the first few are named. */
interface Problem {
  readonly names: readonly string[];
  readonly count: number;
  readonly what: string;
}

/** What is only to be looked at comes after what was not done. */
export const reminder = "提醒：";

/** One line for all items of which the same is said, the worst first. */
export function loadProblems(properties: Properties): string[] {
  const lines = readProblems(properties).map(({ names, count, what }) => {
    const [first = ""] = names;
    const rest = count > names.length ? `等 ${count} 份` : "";
    const who = count === 1 ? first : names.join("、") + rest;
    return what.startsWith(reminder)
      ? `${reminder}${who}：${what.slice(reminder.length)}`
      : `${who}${who === "" ? "" : "："}${what}`;
  });
  const rank = (line: string) => (line === omission ? 2 : line.startsWith(reminder) ? 1 : 0);
  return lines.sort((a, b) => rank(a) - rank(b));
}

function readProblems(properties: Properties): Problem[] {
  const kept = JSON.parse(properties.getProperty(problemsKey) ?? "[]") as (Problem | string)[];
  // Earlier versions kept lines.
  return kept.map((each) => (typeof each === "string" ? parseProblem(each) : each));
}

const omission = "……其余问题从略；处理完上面的，再运行一次可看到。";
const mostNames = 8;

/** `评分表-E001：没有…`, `提醒：评分表-E001：改过名`. */
function parseProblem(line: string): Problem {
  const isReminder = line.startsWith(reminder);
  const told = (isReminder ? line.slice(reminder.length) : line).slice(0, 300);
  const colon = told.indexOf("：");
  const [name, what] = colon < 0 ? ["", told] : [told.slice(0, colon), told.slice(colon + 1)];
  return { names: name === "" ? [] : [name], count: 1, what: `${isReminder ? reminder : ""}${what}` };
}

/** Adds problems that are not told yet, as many as a property holds. */
export function addProblems(properties: Properties, more: readonly string[]): void {
  if (more.length === 0) return;
  const problems = readProblems(properties);
  for (const problem of more.map(parseProblem)) {
    const at = problems.findIndex(({ what }) => what === problem.what);
    const present = problems[at];
    const [name = ""] = problem.names;
    if (present?.names.includes(name) || (present && name === "")) continue;
    if (present) {
      const names = [...present.names, name].slice(0, mostNames);
      problems[at] = { ...present, names, count: present.count + 1 };
    } else if (problems.every(({ what }) => what !== omission)) {
      const isFull = JSON.stringify([...problems, problem, parseProblem(omission)]).length > pieceLength;
      problems.push(isFull ? parseProblem(omission) : problem);
    }
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
