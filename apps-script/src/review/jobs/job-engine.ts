/**
 * Runs long actions as jobs: a list of items is worked off in batches, with a record after each. An execution stops well
 * before Google's limit of six minutes, a time trigger continues, and nothing is done twice.
 */
import type { JobHost, JobKind, JobWork } from "./job-host.ts";
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
/** When a trigger continues after an execution that Google ended: later than the limit of six minutes. */
const rescueDelay = 7 * 60_000;
const nextDelay = 30_000;
/** How long to wait once a daily limit is used up. */
const limitDelay = 6 * 3_600_000;
const patience = 3;

/** The platform is ending this execution: nothing more can be done in it. */
export const isTimeOver = (error: unknown) => /maximum execution time/i.test(String(error));
const isDailyLimit = (error: unknown) => /too many times for one day|daily|quota|limit exceeded/i.test(String(error));

export function explain(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
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
  if (request === "resume" && job.state === "paused") return { ...at("running", "即将继续。"), breaks: 0 };
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
    parameter: job.parameter ?? "",
    memo: {},
  };
  saveNewJob(host.properties, record, job.items);
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
  const started = host.now();
  // Should this execution be ended by force, the trigger goes on from the last record.
  host.wake(rescueDelay);
  try {
    workThrough(host, kind, job, started);
  } catch (error) {
    if (isTimeOver(error)) throw error;
    breakOff(host, loadJob(host.properties) ?? job, error);
    return;
  }
}

function workThrough(host: JobHost, kind: JobKind, stored: JobRecord, started: number): void {
  let job = stored;
  const items = loadItems(host.properties);
  const work = kind.open(job);
  const record = (changes: Partial<JobRecord>) => {
    job = { ...job, ...changes, updatedAt: host.time() };
    saveJob(host.properties, job);
  };
  while (job.index < items.length) {
    job = settle(host, job);
    if (job.state !== "running") {
      host.clearTriggers();
      return;
    }
    if (host.now() - started >= budget) {
      record({ message: `${kind.doing} ${job.index}/${job.total}；单次运行时间快到，稍后自动继续。` });
      host.wake(nextDelay);
      return;
    }
    const batch = items.slice(job.index, job.index + kind.batch);
    const outcome = attempt(work, batch);
    if (outcome === "limit") {
      record({ message: `谷歌今天的限额已用完（已完成 ${job.index}/${job.total}），会自动等到限额恢复后继续。` });
      host.wake(limitDelay);
      return;
    }
    addProblems(host.properties, outcome.problems);
    const index = job.index + batch.length;
    record({ index, memo: outcome.memo ?? job.memo, breaks: 0, message: `${kind.doing} ${index}/${job.total}` });
  }
  const message = work.finish();
  record({ state: "done", message });
  host.clearTriggers();
}

/** A service of the platform fails now and then, so a failed batch is tried once more; then its items are listed as problems. */
function attempt(work: JobWork, batch: readonly string[]): ReturnType<JobWork["perform"]> | "limit" {
  for (let turn = 1; ; turn++) {
    try {
      return work.perform(batch);
    } catch (error) {
      if (isTimeOver(error)) throw error;
      if (isDailyLimit(error)) return "limit";
      if (turn === 2) return { problems: batch.map((item) => `${item}：${explain(error)}`) };
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
      ? `没有做完：${explain(error)} 请处理后再运行一次，已做完的 ${job.index} 项保留。`
      : `遇到问题，稍后自动再试：${explain(error)}`,
  });
  if (failed) host.clearTriggers();
  else host.wake(nextDelay);
}
