import { Worker } from "node:worker_threads";
import type { Renderer } from "./port.ts";

/** Beside the bundle that this file is in. */
const worker = new URL("render-worker.mjs", import.meta.url);

export type RenderedMessage = { readonly id: number; readonly bytes?: Uint8Array };

interface Waiting {
  readonly done: (bytes: Uint8Array) => void;
  readonly fail: (error: Error) => void;
}

/** A thread that answers in any order; when it ends, all that it was asked for fails. */
export function startNodeRenderer(script: URL = worker): Renderer {
  const thread = new Worker(script, { stderr: true });
  const waiting = new Map<number, Waiting>();
  let asked = 0;
  let ended: Error | undefined;
  const end = (error: Error) => {
    ended ??= error;
    for (const { fail } of waiting.values()) fail(ended);
    waiting.clear();
  };
  thread.on("message", ({ id, bytes }: RenderedMessage) => {
    const one = waiting.get(id);
    waiting.delete(id);
    if (bytes) one?.done(bytes);
    else one?.fail(new Error("the workbook could not be made"));
  });
  thread.on("error", end);
  thread.on("exit", () => end(new Error("the renderer has ended")));
  return {
    render: (patch) =>
      new Promise((done, fail) => {
        if (ended) throw ended;
        const id = asked++;
        thread.postMessage({ id, patch });
        waiting.set(id, { done, fail });
      }),
    end: async () => void (await thread.terminate()),
  };
}
