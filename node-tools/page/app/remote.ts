import type { CallMessage, CancelMessage, Supplies, WorkerCalls, WorkerMessage } from "../protocol.ts";

/** What lies in the page beside its scripts. */
export const textOf = (id: string) => document.getElementById(id)?.textContent ?? "";

/** Who hears what the worker says without being asked. */
const listeners = { step: new Set<(name: string) => void>(), trouble: (_: string) => {} };

/** Of the steps of what runs. @returns what ends the listening */
export function onStep(listen: (name: string) => void): () => void {
  listeners.step.add(listen);
  return () => void listeners.step.delete(listen);
}

/** Of what was done after an answer and has failed. */
export function onTrouble(listen: (message: string) => void): void {
  listeners.trouble = listen;
}

const waiting = new Map<number, { resolve(value: unknown): void; reject(error: Error): void }>();

function startWorker(): Worker {
  const address = URL.createObjectURL(new Blob([textOf("worker")], { type: "text/javascript" }));
  const worker = new Worker(address, { name: "评案簿" });
  worker.onmessage = ({ data }: MessageEvent<WorkerMessage>) => {
    if (data.kind === "step") {
      for (const listen of listeners.step) listen(data.name);
      return;
    }
    if (data.kind === "trouble") return listeners.trouble(data.message);
    const call = waiting.get(data.id);
    waiting.delete(data.id);
    if (data.kind === "answer") call?.resolve(data.value);
    else call?.reject(new Error(data.message));
  };
  worker.onerror = ({ message }) => {
    for (const { reject } of waiting.values()) reject(new Error(`程序出错，请刷新页面再试。${message}`));
    waiting.clear();
  };
  worker.postMessage(JSON.parse(textOf("supplies")) as Supplies);
  return worker;
}

const worker = startWorker();
let lastId = 0;

function call(name: keyof WorkerCalls, parameters: readonly unknown[]): Promise<unknown> {
  lastId += 1;
  const id = lastId;
  return new Promise((resolve, reject) => {
    waiting.set(id, { resolve, reject });
    worker.postMessage({ id, name, parameters } satisfies CallMessage);
  });
}

/** Ends what runs before its next step. */
export const cancelRun = () => worker.postMessage({ cancel: true } satisfies CancelMessage);

/** The worker's functions, as if they were here. */
export const remote = new Proxy({} as WorkerCalls, {
  get:
    (_, name: keyof WorkerCalls) =>
    (...parameters: readonly unknown[]) =>
      call(name, parameters),
});
