/**
 * Runs long actions as jobs: a list of items is worked off in batches, with a record after each. An execution stops well
 * before Google's limit of six minutes, a time trigger continues, and nothing is done twice.
 */
import { ActionError } from "../../actions/action-error.ts";
import { inWords } from "../../actions/platform-errors.ts";
import { DailyLimitError, type JobHost, type JobKind, type JobWork } from "./job-host.ts";
import {
  addProblems,
  type JobRecord,
  type JobRequest,
  loadItems,
  loadJob,
  loadRequest,
  saveJob,
  saveNewJob,
  saveRequest,
} from "./job-store.ts";

/** An execution starts no further batch after this long. */
const budget = 4.5 * 60_000;
/** How long to wait once a daily limit is used up: a day of the limits is 24 hours from the first use, not a civil day. */
const limitDelay = 3 * 3_600_000;
/** More than a day. */
const mostWaits = 10;
const patience = 3;
/**
 * So many items in a row at which the platform fails alike are taken for a limit: its messages are in the user's language.
 * What we say ourselves, as of a file that is gone, is none.
 */
const manyAlike = 5;

/** The platform is ending this execution: nothing more can be done in it. */
export const isTimeOver = (error: unknown) => /maximum execution time|超出最长执行时间|执行时间/i.test(String(error));
const isDailyLimit = (error: unknown) =>
  error instanceof DailyLimitError || /too many times for one day|daily|quota|limit exceeded/i.test(String(error));

const mayBeLimit = (error: unknown) => !(error instanceof ActionError);

/** For what must not keep other items from being done: a second failure is told instead of thrown. */
export function tryTwice<T extends object>(run: () => T): T | { readonly problem: string } {
  for (let turn = 1; ; turn++) {
    try {
      return run();
    } catch (error) {
      if (isTimeOver(error)) throw error;
      if (turn === 2) return { problem: inWords(error) };
    }
  }
}

/** A job of another kind is under way; the message names it. */
export class JobRunningError extends Error {}

/** Takes up what a person asked for since the last record. */
function settle(host: JobHost, job: JobRecord): JobRecord {
  const request = loadRequest(host.properties);
  if (request === undefined) return job;
  const settled = withRequest(job, request, host.time());
  if (settled !== job) saveJob(host.properties, settled);
  saveRequest(host.properties, undefined);
  return settled;
}

/** The job as it will be once the request is taken up. */
export function withRequest(job: JobRecord, request: JobRequest | undefined, time: string): JobRecord {
  const at = (state: JobRecord["state"], message: string): JobRecord => ({ ...job, state, message, updatedAt: time });
  if (request === "pause" && job.state === "running") return at("paused", "已暂停；点“继续”接着做。");
  if (request === "resume" && job.state === "paused")
    return { ...at("running", "即将继续。"), breaks: 0, waitUntil: 0, waits: 0 };
  if (request === "cancel" && (job.state === "running" || job.state === "paused"))
    return at("cancelled", `已取消；做完的 ${job.index} 项保留，再运行一次只做余下的。`);
  return job;
}

const isActive = (job: JobRecord) => job.state === "running" || job.state === "paused";

export interface NewJob {
  readonly items: readonly string[];
  readonly by: string;
  readonly parameter?: string;
}

/** The job under way, paused ones included. */
export function activeJob(host: JobHost): JobRecord | undefined {
  const job = loadJob(host.properties);
  const settled = job && settle(host, job);
  return settled && isActive(settled) ? settled : undefined;
}

/** @throws JobRunningError while another job is under way */
export function refuseSecondJob(host: JobHost): void {
  const active = activeJob(host);
  if (!active) return;
  const where = `“${active.title}”还没有做完（${active.index}/${active.total}，${active.by} 于 ${active.startedAt} 开始）`;
  throw new JobRunningError(
    active.state === "paused"
      ? `${where}，目前暂停。请在“进度”里继续或取消，再运行本操作。`
      : `${where}，会自动接着做。请在“进度”里看它做到哪里；要改做别的，先在那里取消。`,
  );
}

/**
 * Begins a job and works at it until the end or until the time is up. Only one execution may be here at a time: the
 * caller holds the document lock.
 *
 * @throws JobRunningError while another job is under way
 */
export function startJob(host: JobHost, kind: JobKind, job: NewJob): void {
  refuseSecondJob(host);
  const time = host.time();
  const record: JobRecord = {
    kind: kind.key,
    title: kind.title,
    id: `${time} ${job.by}`,
    state: "running",
    index: 0,
    total: job.items.length,
    startedAt: time,
    updatedAt: time,
    by: job.by,
    message: "正在准备。",
    breaks: 0,
    missing: 0,
    stuckAt: -1,
    waitUntil: 0,
    waits: 0,
    parameter: job.parameter ?? "",
    memo: {},
  };
  saveNewJob(host.properties, record, job.items);
  goOn(host, kind);
}

/** Somebody goes on with the job at once, whatever it waits for. The caller holds the document lock. */
export function goOn(host: JobHost, kind: JobKind): void {
  const job = loadJob(host.properties);
  if (job && job.waitUntil > 0) saveJob(host.properties, { ...job, waitUntil: 0, waits: 0 });
  // A trigger that a trigger made may never fire, so those of a person take the place of what is there.
  host.clearTriggers();
  continueJob(host, [kind]);
}

/** Goes on with the job under way, if there is one. The caller holds the document lock. */
export function continueJob(host: JobHost, kinds: readonly JobKind[]): void {
  const stored = loadJob(host.properties);
  const job = stored && settle(host, stored);
  const kind = kinds.find((each) => each.key === job?.kind);
  if (!job || !kind || job.state !== "running") {
    host.clearTriggers();
    return;
  }
  // Should this execution be ended by force, a trigger goes on from the last record.
  host.keepAwake();
  if (host.now() < job.waitUntil) return;
  try {
    workThrough(host, kind, job);
  } catch (error) {
    if (isTimeOver(error)) throw error;
    breakOff(host, loadJob(host.properties) ?? job, error);
  }
}

interface Failure {
  readonly items: readonly string[];
  /** In Chinese. */
  readonly reason: string;
  /** In the platform's words, where it may be a limit. */
  readonly platform: string | undefined;
}

/** Without what differs from item to item. */
const kindOfFailure = ({ items, platform = "" }: Failure) =>
  items.reduce((text, item) => text.split(item).join(""), platform).replace(/\d+/g, "");

function workThrough(host: JobHost, kind: JobKind, stored: JobRecord): void {
  let job = stored;
  const items = loadItems(host.properties);
  const work = kind.open(job);
  const record = (changes: Partial<JobRecord>) => {
    job = { ...job, ...changes, updatedAt: host.time() };
    saveJob(host.properties, job);
  };
  /** Those that failed last, all alike. The record stays before them until it is known that they are no limit. */
  let failing: Failure[] = [];
  const passOver = () => {
    addProblems(
      host.properties,
      failing.flatMap((failure) => failure.items.map((item) => `${item}：${failure.reason}`)),
    );
    const count = failing.reduce((sum, failure) => sum + failure.items.length, 0);
    failing = [];
    record({ index: job.index + count, missing: job.missing + count, message: progress(job.index + count) });
  };
  const progress = (index: number) => `${kind.doing} ${index}/${job.total}`;
  const wait = (why: string) =>
    record({
      waits: Math.min(mostWaits, job.waits + 1),
      waitUntil: host.now() + limitDelay,
      message: `${why}每三小时自动再试一次（已完成 ${job.index}/${job.total}）。`,
    });
  while (job.index < items.length) {
    job = settle(host, job);
    if (job.state !== "running") {
      host.clearTriggers();
      return;
    }
    if (host.now() - host.entered >= budget) {
      // Once more in the next execution, should it be a limit; not for ever, should each failure take its time.
      if (failing.length > 0 && job.stuckAt === job.index) passOver();
      record({
        stuckAt: failing.length > 0 ? job.index : -1,
        message: `${progress(job.index)}；单次运行时间快到，稍后自动继续。`,
      });
      return;
    }
    const at = job.index + failing.reduce((sum, failure) => sum + failure.items.length, 0);
    const batch = items.slice(at, at + kind.batch);
    if (batch.length === 0) {
      passOver();
      break;
    }
    const outcome = attempt(work, batch);
    if (outcome === "limit") {
      if (job.waits < mostWaits) {
        wait("谷歌今天的限额已用完；");
        return;
      }
      failing.push({ items: batch, reason: "谷歌说限额用完了，等了一天多还是这样。", platform: undefined });
      passOver();
      continue;
    }
    if ("reason" in outcome) {
      const [last] = failing;
      if (last && kindOfFailure(last) !== kindOfFailure(outcome)) passOver();
      failing.push(outcome);
      // More than a day has been waited for the others: no limit lasts so long.
      if (outcome.platform === undefined || job.waits >= mostWaits) passOver();
      if (failing.length < manyAlike) continue;
      wait(`连续 ${manyAlike} 项出现同样的问题（${outcome.reason}），很可能是谷歌的限额用完了；`);
      return;
    }
    if (failing.length > 0) passOver();
    addProblems(host.properties, outcome.problems);
    const index = job.index + batch.length;
    const missing = job.missing + (outcome.missing ?? 0);
    record({
      index,
      missing,
      memo: outcome.memo ?? job.memo,
      breaks: 0,
      waits: job.waits >= mostWaits ? mostWaits : 0,
      waitUntil: 0,
      message: progress(index),
    });
  }
  const message = work.finish();
  if (job.missing === 0) record({ state: "done", message });
  else {
    const rest = `有 ${job.missing} 项没有做成，原因见下；处理后再运行一次“${kind.title}”，只做余下的。`;
    record({ state: "failed", message: `${rest}${message}` });
  }
  host.clearTriggers();
}

/** A service of the platform fails now and then, so a failed batch is tried once more. */
function attempt(work: JobWork, batch: readonly string[]): ReturnType<JobWork["perform"]> | Failure | "limit" {
  for (let turn = 1; ; turn++) {
    try {
      return work.perform(batch);
    } catch (error) {
      if (isTimeOver(error)) throw error;
      if (isDailyLimit(error)) return "limit";
      if (turn === 2)
        return { items: batch, reason: inWords(error), platform: mayBeLimit(error) ? String(error) : undefined };
    }
  }
}

/** Beginning or ending went wrong: tried again a few times, then the job has failed. */
function breakOff(host: JobHost, job: JobRecord, error: unknown): void {
  const breaks = job.breaks + 1;
  const failed = breaks >= patience;
  saveJob(host.properties, {
    ...job,
    breaks,
    state: failed ? "failed" : "running",
    updatedAt: host.time(),
    message: failed
      ? `没有做完：${inWords(error)} 请处理后再运行一次，已做完的 ${job.index} 项保留。`
      : `遇到问题，稍后自动再试：${inWords(error)}`,
  });
  if (failed) host.clearTriggers();
}
