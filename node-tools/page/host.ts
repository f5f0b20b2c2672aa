import { Buffer } from "buffer/";
import * as paths from "pathe";
import type { FileFacts } from "../../apps-script/core/evidence/file-facts.ts";
import { sha256 } from "../../apps-script/core/text/sha256.ts";
import type { Host, Reader, ReaderEvents } from "../host/port.ts";
import { MaterialFiles } from "./material-files.ts";
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

/** The folder of materials that somebody has chosen, and what is unpacked of it. */
export const materialFiles = new MaterialFiles();

/** What the readers of materials are made of; it comes with the page and is unpacked when it is first wanted. */
export interface ReaderSupplies {
  readonly script: string;
  /** MediaInfo, as WebAssembly. */
  readonly mediaInfo: Uint8Array<ArrayBuffer>;
}

let readers: (ReaderSupplies & { readonly address: string; readonly version: string }) | undefined;

export function supplyReaders(supplies: ReaderSupplies): void {
  const address = URL.createObjectURL(new Blob([supplies.script], { type: "text/javascript" }));
  readers = { ...supplies, address, version: sha256(supplies.script) };
}

function suppliedReaders(): NonNullable<typeof readers> {
  if (!readers) throw new Error("no readers have been supplied");
  return readers;
}

/** What a reader in the page is told: first what it needs, then of each file. */
export type ReaderMessage =
  | { readonly mediaInfo: Uint8Array<ArrayBuffer> }
  | { readonly path: string; readonly file: Blob };

function startReader({ answered, failed }: ReaderEvents): Reader {
  const { address, mediaInfo } = suppliedReaders();
  const worker = new Worker(address);
  const post = (message: ReaderMessage) => worker.postMessage(message);
  // PDF.js has words of its own for whoever began its worker.
  worker.onmessage = ({ data }: MessageEvent<{ readonly facts?: FileFacts }>) => data.facts && answered(data.facts);
  worker.onerror = (event) => {
    event.preventDefault();
    failed(/memory|allocation/i.test(event.message) ? "memory" : "other");
  };
  post({ mediaInfo });
  return {
    read: (path) => post({ path, file: materialFiles.blob(path) }),
    end: async () => worker.terminate(),
  };
}

let worker = "";

/** Who works at the page from now on; "" for nobody who has said so. */
export function workAs(name: string): void {
  worker = name.trim();
}

/** Others have their turn. A timer that follows timers would wait for four milliseconds more, at each of hundreds of files. */
const pause = () =>
  new Promise<void>((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(undefined);
  });

export const host: Host = {
  disk: memoryDisk,
  paths,
  codec: pageCodec,
  // The lock of a run is in this page's memory alone: two pages on one folder are held apart by the times of its files.
  runs: { id: 1, machine: "page", isAlive: (id) => id === 1, onEnd: () => {} },
  materials: {
    readdir: (folder) => materialFiles.readdir(folder),
    lstat: (path) => materialFiles.lstat(path),
    open: (path) => materialFiles.open(path),
    write: (path, chunks) => materialFiles.write(path, chunks),
    withPrivateFolder: (use) => materialFiles.withPrivateFolder(use),
    ensureFolder: (path) => materialFiles.ensureFolder(path),
    rename: (from, to) => materialFiles.rename(from, to),
    makeFolder: (parent) => materialFiles.makeFolder(parent),
    removeFolder: (folder) => materialFiles.removeFolder(folder),
    async roomIn() {
      // Pages without a server may not be told.
      const { quota = Number.POSITIVE_INFINITY, usage = 0 } =
        (await navigator.storage?.estimate().catch(() => {})) ?? {};
      return quota - usage;
    },
    startReader,
    readerVersion: () => suppliedReaders().version,
  },
  userName: () => (worker === "" ? "网页" : worker),
  sha256,
  pause,
  templatesHome: () => "/.模板",
  findPrinter: () => Promise.resolve(undefined),
};
