/** A platform for jobs in memory: properties, a clock, triggers; it can fail at any call, once or for good. */

import { continueJob, type NewJob, startJob } from "../../../../apps-script/src/review/jobs/job-engine.ts";
import type { JobHost, JobKind } from "../../../../apps-script/src/review/jobs/job-host.ts";
import { type JobRecord, loadJob, loadProblems } from "../../../../apps-script/src/review/jobs/job-store.ts";

const minute = 60_000;

export class JobDesk {
  readonly properties = new Map<string, string>();
  triggers: { due: number }[] = [];
  clock = Date.UTC(2025, 10, 3, 1, 0, 0);
  /** Called before every call of the platform, with its number. */
  beforeCall: (call: number, name: string) => void = () => {};
  calls = 0;
  /** Began and ended, in minutes. */
  readonly runs: number[] = [];

  readonly host: JobHost;
  private entered = this.clock;

  constructor() {
    const entered = () => this.entered;
    const call = (name: string) => this.beforeCall(++this.calls, name);
    this.host = {
      properties: {
        getProperty: (key) => {
          call("get");
          return this.properties.get(key) ?? null;
        },
        setProperty: (key, value) => {
          call("set");
          if (new TextEncoder().encode(value).length > 9 * 1024) throw new Error("Argument too large: value");
          // As the platform, which keeps texts and nothing else.
          this.properties.set(key, String(value));
          return this.host.properties as GoogleAppsScript.Properties.Properties;
        },
        deleteProperty: (key) => {
          call("delete");
          this.properties.delete(key);
          return this.host.properties as GoogleAppsScript.Properties.Properties;
        },
      },
      now: () => this.clock,
      time: () => new Date(this.clock).toISOString().slice(0, 19).replace("T", " "),
      get entered() {
        return entered();
      },
      keepAwake: () => {
        call("keepAwake");
        if (this.triggers.length === 0) this.triggers = [{ due: this.clock + 5 * minute }];
      },
      clearTriggers: () => {
        call("clearTriggers");
        this.triggers = [];
      },
    };
  }

  get job(): JobRecord | undefined {
    return loadJob({ ...this.host.properties, getProperty: (key) => this.properties.get(key) ?? null });
  }

  get problems(): string[] {
    return loadProblems({ ...this.host.properties, getProperty: (key) => this.properties.get(key) ?? null });
  }

  /** Somebody begins a job, in an execution of its own. */
  start(kind: JobKind, job: NewJob): void {
    this.entered = this.clock;
    startJob(this.host, kind, job);
  }

  goOn(kinds: readonly JobKind[]): void {
    this.entered = this.clock;
    continueJob(this.host, kinds);
  }

  /** Fires the trigger every five minutes until it is gone; an execution that throws is over. */
  runTriggers(kinds: readonly JobKind[], most = 2_000): void {
    for (let n = 0; this.triggers.length > 0; n++) {
      if (n > most) throw new Error("the job does not end");
      const [trigger] = this.triggers;
      if (!trigger) break;
      this.clock = Math.max(this.clock, trigger.due);
      trigger.due = this.clock + 5 * minute;
      const from = this.clock;
      try {
        this.goOn(kinds);
      } catch {
        // As on the platform: told in a log that nobody reads.
      }
      this.runs.push((this.clock - from) / minute);
    }
  }
}

export const items = (count: number) => Array.from({ length: count }, (_, i) => `E${String(i + 1).padStart(3, "0")}`);

/** A kind that makes one thing an item, looking first whether it is there; `times` tells how often each was made. */
export function makingKind(desk: JobDesk, options: { readonly seconds?: number; readonly batch?: number } = {}) {
  const made = new Map<string, number>();
  let finished = 0;
  let beforeItem: (item: string) => void = () => {};
  const kind: JobKind = {
    key: "make",
    title: "生成评分表",
    batch: options.batch ?? 1,
    doing: "正在生成",
    open: () => ({
      perform(batch) {
        for (const item of batch) {
          beforeItem(item);
          desk.clock += (options.seconds ?? 5) * 1_000;
          if (!made.has(item)) made.set(item, 1);
        }
        return { problems: [] };
      },
      finish() {
        finished++;
        return "完成。";
      },
    }),
  };
  return {
    kind,
    made,
    finished: () => finished,
    onItem(run: (item: string) => void) {
      beforeItem = run;
    },
  };
}
