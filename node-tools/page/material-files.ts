import { basename, dirname, join, resolve } from "pathe";
import type { MaterialStatus, OpenedMaterial } from "../host/port.ts";
import { DiskError } from "./memory-disk.ts";

/** What the browser says of a file that is no longer there, or that it may not read. */
const codes: Readonly<Record<string, string>> = { NotFoundError: "ENOENT", NotReadableError: "EACCES" };

/** Joined before there are too many of them for one. */
const bytesJoined = 64 * 1024 * 1024;

/**
 * Files that lie in a folder of the disk, each read where it lies when somebody asks, and files that are made meanwhile, which
 * the browser keeps on its own disk when they are large.
 */
export class MaterialFiles {
  readonly #entries = new Map<string, Blob | Set<string>>([["/", new Set()]]);
  #made = 0;

  /** Puts a file in its place, its folders with it. */
  put(path: string, file: Blob): void {
    this.makeParents(path);
    this.#folder(dirname(path)).add(basename(path));
    this.#entries.set(path, file);
  }

  makeParents(path: string): void {
    const parent = dirname(path);
    if (this.#entries.has(parent)) return;
    this.makeParents(parent);
    this.#folder(dirname(parent)).add(basename(parent));
    this.#entries.set(parent, new Set());
  }

  blob(path: string): Blob {
    const entry = this.#find(path);
    if (!(entry instanceof Blob)) throw new DiskError("EISDIR", "open", path);
    return entry;
  }

  /** Every file below a folder, by its whole path; none where there is no folder. */
  *files(folder: string): Generator<{ readonly path: string; readonly file: Blob }> {
    const entry = this.#entries.get(folder);
    if (!(entry instanceof Set)) return;
    for (const name of entry) {
      const path = join(folder, name);
      const inner = this.#entries.get(path);
      if (inner instanceof Blob) yield { path, file: inner };
      else yield* this.files(path);
    }
  }

  async readdir(folder: string): Promise<string[]> {
    return [...this.#folder(folder)];
  }

  async lstat(path: string): Promise<MaterialStatus> {
    const entry = this.#find(path);
    if (!(entry instanceof Blob)) return { kind: "folder", size: 0, modified: 0 };
    return { kind: "file", size: entry.size, modified: entry instanceof File ? entry.lastModified : 0 };
  }

  async open(path: string): Promise<OpenedMaterial> {
    const blob = this.blob(path);
    const read = async (offset: number, length: number) => {
      try {
        return Buffer.from(await blob.slice(offset, offset + length).arrayBuffer());
      } catch (error) {
        throw new DiskError((error instanceof DOMException && codes[error.name]) || "EIO", "read", path);
      }
    };
    // One that has gone says so now.
    await read(0, 1);
    return { size: blob.size, read, close: async () => {} };
  }

  async write(path: string, chunks: AsyncIterable<Uint8Array>): Promise<void> {
    let whole = new Blob();
    let parts: Uint8Array<ArrayBuffer>[] = [];
    let size = 0;
    const join = () => {
      whole = new Blob([whole, ...parts]);
      parts = [];
      size = 0;
    };
    for await (const chunk of chunks) {
      parts.push(new Uint8Array(chunk));
      size += chunk.length;
      if (size > bytesJoined) join();
    }
    join();
    this.put(path, whole);
  }

  async ensureFolder(path: string): Promise<void> {
    this.makeParents(join(path, "_"));
  }

  async rename(from: string, to: string): Promise<void> {
    const entry = this.#find(from);
    if (entry instanceof Blob) this.put(to, entry);
    else {
      await this.ensureFolder(to);
      for (const name of entry) await this.rename(join(from, name), join(to, name));
    }
    await this.removeFolder(from);
  }

  async makeFolder(parent: string): Promise<string> {
    this.#made += 1;
    const path = join(parent, `_${this.#made}`);
    this.makeParents(join(path, "_"));
    return path;
  }

  async removeFolder(folder: string): Promise<void> {
    const entry = this.#entries.get(folder);
    if (entry instanceof Set) for (const name of entry) await this.removeFolder(join(folder, name));
    this.#entries.delete(folder);
    const parent = this.#entries.get(dirname(folder));
    if (parent instanceof Set) parent.delete(basename(folder));
  }

  async withPrivateFolder<T>(use: (folder: string) => Promise<T>): Promise<T> {
    const folder = await this.makeFolder("/");
    try {
      return await use(folder);
    } finally {
      await this.removeFolder(folder);
    }
  }

  #find(path: string): Blob | Set<string> {
    const entry = this.#entries.get(resolve("/", path));
    if (entry) return entry;
    const parent = dirname(resolve("/", path));
    throw new DiskError(this.#find(parent) instanceof Blob ? "ENOTDIR" : "ENOENT", "stat", path);
  }

  #folder(path: string): Set<string> {
    const entry = this.#find(path);
    if (entry instanceof Blob) throw new DiskError("ENOTDIR", "readdir", path);
    return entry;
  }
}
