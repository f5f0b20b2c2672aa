import { MessageChannel, Worker } from "node:worker_threads";
import { InputError } from "../errors.ts";
import type { Answer, PageEvent, RequestName, Requests } from "./protocol.ts";
import type { FromWorker, ToWorker, WorkerStart } from "./worker-messages.ts";

/** A request that failed; the message is for the person. */
export class RequestError extends Error {
  constructor(
    message: string,
    readonly refused: boolean,
  ) {
    super(message);
  }
}

/** The world from outside its thread. */
export class WorldThread {
  readonly #worker: Worker;
  readonly #wake: Int32Array;
  readonly #answers: MessageChannel["port1"];
  readonly #waiting = new Map<number, { resolve(get: unknown): void; reject(error: Error): void }>();
  #number = 0;

  /** @throws InputError when a file cannot be read */
  static start(
    code: URL,
    start: Pick<WorkerStart, "path" | "bundles">,
    hear: (client: string, event: PageEvent) => void,
  ): Promise<WorldThread> {
    return new Promise((resolve, reject) => {
      const thread = new WorldThread(code, start, hear, (problem) => (problem ? reject(problem) : resolve(thread)));
    });
  }

  private constructor(
    code: URL,
    start: Pick<WorkerStart, "path" | "bundles">,
    hear: (client: string, event: PageEvent) => void,
    started: (problem?: Error) => void,
  ) {
    const channel = new MessageChannel();
    const wake = new SharedArrayBuffer(4);
    this.#wake = new Int32Array(wake);
    this.#answers = channel.port1;
    const workerData: WorkerStart = { ...start, wake, answers: channel.port2 };
    this.#worker = new Worker(code, { workerData, transferList: [channel.port2] });
    this.#worker.on("error", (error) => {
      started(error);
      for (const { reject } of this.#waiting.values()) reject(error);
    });
    this.#worker.on("message", (message: FromWorker) => {
      if (message.kind === "ready") started();
      else if (message.kind === "broken") {
        started(message.file ? new InputError(message.file, message.message) : new Error(message.message));
      } else if (message.kind === "event") hear(message.client, message.event);
      else {
        const waiting = this.#waiting.get(message.number);
        this.#waiting.delete(message.number);
        if (message.kind === "answer") waiting?.resolve(message.get);
        else waiting?.reject(new RequestError(message.message, message.refused));
      }
    });
  }

  request<Name extends RequestName>(
    client: string,
    name: Name,
    ask: Requests[Name]["ask"],
  ): Promise<Requests[Name]["get"]> {
    this.#number += 1;
    const message: ToWorker = { number: this.#number, client, name, ask };
    return new Promise((resolve, reject) => {
      this.#waiting.set(message.number, { resolve: resolve as (get: unknown) => void, reject });
      this.#worker.postMessage(message);
    });
  }

  /** Answers the alert or prompt that a script waits at. */
  answer(answer: Answer): void {
    this.#answers.postMessage(answer);
    Atomics.add(this.#wake, 0, 1);
    Atomics.notify(this.#wake, 0);
  }

  async end(): Promise<void> {
    this.#answers.close();
    await this.#worker.terminate();
  }
}
