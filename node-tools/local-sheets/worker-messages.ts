import type { MessagePort } from "node:worker_threads";
import type { PageEvent, RequestName } from "./protocol.ts";

export interface WorkerStart {
  /** The shared workbook. */
  readonly path: string;
  /** The folder with `shared/` and `review/`. */
  readonly bundles: string;
  /** One Int32; its change wakes a script that waits for an answer. */
  readonly wake: SharedArrayBuffer;
  /** Answers to alerts and prompts. */
  readonly answers: MessagePort;
}

export interface ToWorker {
  readonly number: number;
  /** The page that asks; what the script shows goes there. */
  readonly client: string;
  readonly name: RequestName;
  readonly ask: unknown;
}

export type FromWorker =
  | { readonly kind: "ready" }
  | { readonly kind: "broken"; readonly message: string; readonly file: string }
  | { readonly kind: "answer"; readonly number: number; readonly get: unknown }
  | { readonly kind: "failure"; readonly number: number; readonly message: string; readonly refused: boolean }
  /** For one page, or for all when `client` is empty. */
  | { readonly kind: "event"; readonly client: string; readonly event: PageEvent };
