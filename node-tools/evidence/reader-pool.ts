import { basename } from "node:path";
import { Worker } from "node:worker_threads";
import type { FileFacts } from "../documents/file-facts.ts";
import type { ReadRequest, ReadResponse } from "./worker-messages.ts";

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
  /** The bundled worker. */
  readonly worker: URL;
  readonly count: number;
  /** For one file; then its worker is ended and a fresh one goes on. */
  readonly seconds: number;
}

/** Far more than a document takes; a file that needs more costs its worker, not the command. */
const workerMegabytes = 1536;

interface Job {
  readonly path: string;
  readonly done: (result: ReadResult) => void;
}

function failure(path: string, reason: string): ReadResult {
  const problem = `「${basename(path)}」${reason}，未核查；请另存后重新提交，或人工核对。`;
  return { facts: { kind: "other", pieces: [], paragraphs: [], problem }, failed: true };
}

/** One worker at a time in one place of the pool: after a crash or a stall the next file gets a new one. */
class Reader {
  private worker: Worker | undefined;

  constructor(private readonly options: ReaderOptions) {}

  run(path: string): Promise<ReadResult> {
    this.worker ??= new Worker(this.options.worker, {
      resourceLimits: { maxOldGenerationSizeMb: workerMegabytes },
      stderr: true,
    });
    const { worker } = this;
    return new Promise((resolve) => {
      const finish = (result: ReadResult) => {
        clearTimeout(timer);
        worker.removeAllListeners();
        if (result.failed) {
          this.worker = undefined;
          // What the dying worker still says concerns nobody.
          worker.on("error", () => {});
          void worker.terminate();
        }
        resolve(result);
      };
      const stalled = `读了 ${this.options.seconds} 秒还没有读完`;
      const timer = setTimeout(() => finish(failure(path, stalled)), this.options.seconds * 1000);
      worker.on("message", (response: ReadResponse) => finish({ facts: response.facts, failed: false }));
      worker.on("error", (error: NodeJS.ErrnoException) =>
        finish(failure(path, error.code === "ERR_WORKER_OUT_OF_MEMORY" ? "读取时内存不足" : "读取时出错")),
      );
      worker.on("exit", () => finish(failure(path, "读取时出错")));
      const request: ReadRequest = { path };
      worker.postMessage(request);
    });
  }

  async end(): Promise<void> {
    await this.worker?.terminate();
    this.worker = undefined;
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
