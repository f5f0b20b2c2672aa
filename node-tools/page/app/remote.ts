import type { CallMessage, CancelMessage, Supplies, WorkerCalls, WorkerMessage } from "../protocol.ts";

/** What lies in the page beside its scripts. */
export const textOf = (id: string) => document.getElementById(id)?.textContent ?? "";

interface Waiting {
  resolve(value: unknown): void;
  reject(error: Error): void;
  /** Is told of each step. */
  listen?: ((step: string) => void) | undefined;
  readonly isLook: boolean;
}

const waiting = new Map<number, Waiting>();
/** Whether the worker has changes of a form that are not written yet. */
let hasUnsaved = false;
let tellTrouble = (_: string) => {};

/** Of what was done after an answer and has failed. */
export function onTrouble(listen: (message: string) => void): void {
  tellTrouble = listen;
}

/** Whether something would be lost or broken off if the page were closed now. */
export const isAtWork = () => hasUnsaved || [...waiting.values()].some(({ isLook }) => !isLook);

function startWorker(): Worker {
  const address = URL.createObjectURL(new Blob([textOf("worker")], { type: "text/javascript" }));
  const worker = new Worker(address, { name: "评案簿" });
  worker.onmessage = ({ data }: MessageEvent<WorkerMessage>) => {
    if (data.kind === "step") return waiting.get(data.id)?.listen?.(data.name);
    if (data.kind === "trouble") return tellTrouble(data.message);
    if (data.kind === "unsaved") {
      hasUnsaved = data.unsaved;
      return;
    }
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

/** A call whose steps are told, and which may be cancelled. */
export interface Begun<Answer> {
  readonly answer: Answer;
  /** Ends it before its next step; nothing else. */
  cancel(): void;
}

/** Calls that may be broken off: they only read, and nothing is lost by it. */
const looks: ReadonlySet<keyof WorkerCalls> = new Set([
  "restoreKept",
  "list",
  "read",
  "ruleNames",
  "openScores",
  "openForm",
  "readContact",
  "proposeShortlist",
  "findCases",
  "readCase",
  "readOverview",
  "stepToUndo",
  "readStatistics",
  "readExpert",
  "openNotice",
  "openRulings",
  "tryRuling",
  "madeFiles",
  "proposeCorrections",
]);

/** @param listen is told of each step */
export function begin<Name extends keyof WorkerCalls>(
  listen: ((step: string) => void) | undefined,
  name: Name,
  ...parameters: Parameters<WorkerCalls[Name]>
): Begun<ReturnType<WorkerCalls[Name]>> {
  lastId += 1;
  const id = lastId;
  const isLook = looks.has(name) || (name === "run" && parameters[0] === "status");
  const answer = new Promise((resolve, reject) => {
    waiting.set(id, { resolve, reject, listen, isLook });
    worker.postMessage({ id, name, parameters } satisfies CallMessage);
  }) as ReturnType<WorkerCalls[Name]>;
  return { answer, cancel: () => worker.postMessage({ cancel: id } satisfies CancelMessage) };
}

/** The worker's functions, as if they were here. */
export const remote = new Proxy({} as WorkerCalls, {
  get:
    (_, name: keyof WorkerCalls) =>
    (...parameters: Parameters<WorkerCalls[typeof name]>) =>
      begin(undefined, name, ...parameters).answer,
});
