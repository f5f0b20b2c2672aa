import { Buffer } from "buffer/";
import * as paths from "pathe";
import { sha256 } from "../../apps-script/core/text/sha256.ts";
import type { Host } from "../host/port.ts";
import { MemoryDisk } from "./memory-disk.ts";
import { pageCodec } from "./page-codec.ts";

// What reads documents takes bytes as Node has them.
Object.assign(globalThis, { Buffer });

/** Files that have come, changed or gone since somebody asked. */
const changedPaths = new Set<string>();

export const memoryDisk = new MemoryDisk((path) => changedPaths.add(path));

/** What has changed and is kept nowhere yet. */
export const changes: ReadonlySet<string> = changedPaths;

/** What has been kept, or is not to be. */
export function settleChanges(paths: Iterable<string> = [...changedPaths]): void {
  for (const path of paths) changedPaths.delete(path);
}

export const host: Host = {
  disk: memoryDisk,
  paths,
  codec: pageCodec,
  // The lock of a run is in this page's memory alone: two pages on one folder are held apart by the times of its files.
  runs: { id: 1, machine: "page", isAlive: (id) => id === 1, onEnd: () => {} },
  userName: () => "网页",
  sha256,
  pause: () => new Promise((resolve) => setTimeout(resolve, 0)),
  templatesHome: () => "/.模板",
  findPrinter: () => Promise.resolve(undefined),
};
