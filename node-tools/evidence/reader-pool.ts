import { host } from "#host";
import type { FileFacts } from "../../apps-script/core/evidence/file-facts.ts";
import { basename } from "../host/paths.ts";
import type { Materials, Reader as Thread } from "../host/port.ts";

export interface ReadResult {
  readonly facts: FileFacts;
  /** The reader itself came to its end and not to that of the file: another run may fare better. */
  readonly failed: boolean;
}

export interface ReaderPool {
  read(path: string): Promise<ReadResult>;
  close(): Promise<void>;
}

export interface ReaderOptions {
  readonly count: number;
  /** For one file; then its reader is ended and a fresh one goes on. */
  readonly seconds: number;
  /** What begins a reader; the host's own where none is given. */
  readonly start?: Materials["startReader"];
}

interface Job {
  readonly path: string;
  readonly done: (result: ReadResult) => void;
}

function failure(path: string, reason: string): ReadResult {
  const problem = `「${basename(path)}」${reason}，未核查；请另存后重新提交，或人工核对。`;
  return { facts: { kind: "other", pieces: [], paragraphs: [], problem }, failed: true };
}

/** One thread at a time in one place of the pool: after a crash or a stall the next file gets a new one. */
class Reader {
  private thread: Thread | undefined;
  private answer: (result: ReadResult) => void = () => {};
  private path = "";

  constructor(private readonly options: ReaderOptions) {}

  run(path: string): Promise<ReadResult> {
    const { seconds } = this.options;
    this.thread ??= this.start();
    this.path = path;
    const { thread } = this;
    return new Promise((resolve) => {
      const timer = setTimeout(() => this.fail(thread, `读了 ${seconds} 秒还没有读完`), seconds * 1000);
      this.answer = (result) => {
        clearTimeout(timer);
        this.answer = () => {};
        resolve(result);
      };
      thread.read(path);
    });
  }

  private start(): Thread {
    const { start = host.materials.startReader } = this.options;
    const thread = start({
      answered: (facts) => {
        if (thread === this.thread) this.answer({ facts, failed: false });
      },
      failed: (why) => this.fail(thread, why === "memory" ? "读取时内存不足" : "读取时出错"),
    });
    return thread;
  }

  private fail(thread: Thread, reason: string): void {
    if (thread !== this.thread) return;
    this.thread = undefined;
    void thread.end();
    this.answer(failure(this.path, reason));
  }

  async end(): Promise<void> {
    const { thread } = this;
    this.thread = undefined;
    await thread?.end();
  }
}

/** Threads that read files for the command; each file that a thread cannot survive costs that file alone. */
export function startReaders(options: ReaderOptions): ReaderPool {
  const readers = Array.from({ length: options.count }, () => new Reader(options));
  const free = [...readers];
  const waiting: Job[] = [];
  const next = () => {
    const job = waiting[0];
    const reader = free[free.length - 1];
    if (!job || !reader) return;
    waiting.shift();
    free.pop();
    void reader.run(job.path).then((result) => {
      free.push(reader);
      job.done(result);
      next();
    });
  };
  return {
    read(path) {
      return new Promise((done) => {
        waiting.push({ path, done });
        next();
      });
    },
    async close() {
      await Promise.all(readers.map((reader) => reader.end()));
    },
  };
}
