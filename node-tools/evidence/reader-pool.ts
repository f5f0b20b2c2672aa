import { basename } from "node:path";
import { Worker } from "node:worker_threads";
import type { FileFacts } from "../../apps-script/core/evidence/file-facts.ts";

/** What the pool sends to its workers. */
export interface ReadRequest {
  readonly path: string;
}

export interface ReadResponse {
  readonly facts: FileFacts;
}

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
  /** Of one worker's memory; a file that needs more costs its worker, not the command. */
  readonly megabytes: number;
}

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
  private answer: (result: ReadResult) => void = () => {};
  private path = "";

  constructor(private readonly options: ReaderOptions) {}

  run(path: string): Promise<ReadResult> {
    const { seconds } = this.options;
    this.worker ??= this.start();
    this.path = path;
    const { worker } = this;
    return new Promise((resolve) => {
      const timer = setTimeout(() => this.fail(worker, `读了 ${seconds} 秒还没有读完`), seconds * 1000);
      this.answer = (result) => {
        clearTimeout(timer);
        this.answer = () => {};
        resolve(result);
      };
      const request: ReadRequest = { path };
      worker.postMessage(request);
    });
  }

  private start(): Worker {
    const worker = new Worker(this.options.worker, {
      resourceLimits: { maxOldGenerationSizeMb: this.options.megabytes },
      // What a reader's libraries print concerns nobody.
      stdout: true,
      stderr: true,
    });
    worker.on("message", ({ facts }: ReadResponse) => {
      if (worker === this.worker) this.answer({ facts, failed: false });
    });
    worker.on("error", (error: NodeJS.ErrnoException) =>
      this.fail(worker, error.code === "ERR_WORKER_OUT_OF_MEMORY" ? "读取时内存不足" : "读取时出错"),
    );
    worker.on("exit", () => this.fail(worker, "读取时出错"));
    return worker;
  }

  private fail(worker: Worker, reason: string): void {
    if (worker !== this.worker) return;
    this.worker = undefined;
    void worker.terminate();
    this.answer(failure(this.path, reason));
  }

  async end(): Promise<void> {
    const { worker } = this;
    this.worker = undefined;
    await worker?.terminate();
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
