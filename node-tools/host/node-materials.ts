import { createHash } from "node:crypto";
import { createWriteStream, readFileSync } from "node:fs";
import { lstat, mkdir, mkdtemp, open, readdir, rename, rm, statfs } from "node:fs/promises";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";
import { Worker } from "node:worker_threads";
import type { FileFacts } from "../../apps-script/core/evidence/file-facts.ts";
import type { Materials, Reader, ReaderEvents } from "./port.ts";
import { withPrivateFolder } from "./private-folder.ts";

/** Beside the bundle that this file is in. */
const worker = new URL("evidence-worker.mjs", import.meta.url);
/** Far more than a document takes. */
const megabytesForReader = 1536;

/** @param megabytes of its memory; a file that needs more costs the reader, not the command */
export function startNodeReader(script: URL, megabytes: number, { answered, failed }: ReaderEvents): Reader {
  const thread = new Worker(script, {
    resourceLimits: { maxOldGenerationSizeMb: megabytes },
    // What a reader's libraries print concerns nobody.
    stdout: true,
    stderr: true,
  });
  thread.on("message", ({ facts }: { readonly facts: FileFacts }) => answered(facts));
  thread.on("error", ({ code }: NodeJS.ErrnoException) =>
    failed(code === "ERR_WORKER_OUT_OF_MEMORY" ? "memory" : "other"),
  );
  thread.on("exit", () => failed("other"));
  return {
    read: (path) => thread.postMessage({ path }),
    end: async () => void (await thread.terminate()),
  };
}

export const nodeMaterials: Materials = {
  readdir: (folder) => readdir(folder),
  async lstat(path) {
    const status = await lstat(path);
    const kind = status.isSymbolicLink()
      ? "link"
      : status.isDirectory()
        ? "folder"
        : status.isFile()
          ? "file"
          : "other";
    return { kind, size: status.size, modified: status.mtimeMs };
  },
  async open(path) {
    const handle = await open(path, "r");
    const { size } = await handle.stat();
    return {
      size,
      async read(offset, length) {
        const bytes = Buffer.alloc(Math.max(0, Math.min(length, size - offset)));
        let filled = 0;
        while (filled < bytes.length) {
          const { bytesRead } = await handle.read(bytes, filled, bytes.length - filled, offset + filled);
          if (bytesRead === 0) break;
          filled += bytesRead;
        }
        return bytes.subarray(0, filled);
      },
      close: () => handle.close(),
    };
  },
  write: (path, chunks, readers) =>
    pipeline(chunks, createWriteStream(path, { flags: "wx", mode: readers === "owner" ? 0o600 : 0o666 })),
  withPrivateFolder,
  ensureFolder: async (path) => void (await mkdir(path, { recursive: true })),
  rename,
  makeFolder: (parent) => mkdtemp(join(parent, "_")),
  removeFolder: (folder) => rm(folder, { recursive: true, force: true }),
  async roomIn(folder) {
    const { bavail, bsize } = await statfs(folder);
    return bavail * bsize;
  },
  startReader: (events) => startNodeReader(worker, megabytesForReader, events),
  // The chunks of the bundle are named by their content.
  readerVersion: () => createHash("sha256").update(readFileSync(worker)).digest("hex"),
};
