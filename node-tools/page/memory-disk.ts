import { basename, dirname, resolve } from "pathe";
import type { Disk, FileStatus } from "../host/port.ts";

interface MemoryFile {
  kind: "file";
  bytes: Uint8Array;
  /** What `bytes` is the beginning of, with room behind it; undefined where the bytes came from elsewhere. */
  room?: Uint8Array;
  mtimeMs: number;
  mode: number;
}

interface MemoryFolder {
  readonly kind: "folder";
  readonly entries: Map<string, MemoryFile | MemoryFolder>;
  mtimeMs: number;
}

type Entry = MemoryFile | MemoryFolder;

/** What `node:fs` throws: code and name of the call. */
export class DiskError extends Error {
  constructor(
    readonly code: string,
    call: string,
    path: string,
  ) {
    super(`${code}: ${call} '${path}'`);
  }
}

const newFolder = (): MemoryFolder => ({ kind: "folder", entries: new Map(), mtimeMs: Date.now() });

/**
 * A file system in memory that answers as `node:fs` does. Whoever keeps its files elsewhere is told of each that comes,
 * changes or goes.
 */
export class MemoryDisk implements Disk {
  readonly #root = newFolder();
  readonly #open = new Map<number, MemoryFile | MemoryFolder>();
  #lastDescriptor = 2;

  /** @param changed called with the path of a file that is new, has another content, or is gone */
  constructor(private readonly changed: (path: string) => void = () => {}) {}

  access(path: string): void {
    this.#find(path, "access");
  }

  chmod(path: string, mode: number): void {
    const entry = this.#find(path, "chmod");
    if (entry.kind === "file") entry.mode = mode;
  }

  close(descriptor: number): void {
    this.#open.delete(descriptor);
  }

  fsync(): void {}

  link(existing: string, path: string): void {
    const file = this.#find(existing, "link");
    const { folder, name } = this.#place(path, "link");
    if (folder.entries.has(name)) throw new DiskError("EEXIST", "link", path);
    if (file.kind === "folder") throw new DiskError("EPERM", "link", existing);
    folder.entries.set(name, file);
    this.changed(resolve("/", path));
  }

  mkdir(path: string, options?: { readonly recursive: boolean }): void {
    let folder = this.#root;
    const names = namesOf(path);
    for (const [i, name] of names.entries()) {
      const known = folder.entries.get(name);
      const isLast = i === names.length - 1;
      if (known && isLast && !options?.recursive) throw new DiskError("EEXIST", "mkdir", path);
      if (known?.kind === "file") throw new DiskError(isLast ? "EEXIST" : "ENOTDIR", "mkdir", path);
      if (!known && !isLast && !options?.recursive) throw new DiskError("ENOENT", "mkdir", path);
      const next = known ?? newFolder();
      folder.entries.set(name, next);
      folder = next;
    }
  }

  open(path: string, flags: "r" | "wx" | "a+", mode = 0o666): number {
    this.#lastDescriptor += 1;
    if (flags === "r") {
      this.#open.set(this.#lastDescriptor, this.#find(path, "open"));
      return this.#lastDescriptor;
    }
    const { folder, name } = this.#place(path, "open");
    const known = folder.entries.get(name);
    if (flags === "a+" && known) {
      this.#open.set(this.#lastDescriptor, this.#file(path, "open"));
      this.changed(resolve("/", path));
      return this.#lastDescriptor;
    }
    if (known) throw new DiskError("EEXIST", "open", path);
    const file: MemoryFile = { kind: "file", bytes: new Uint8Array(), mtimeMs: Date.now(), mode };
    folder.entries.set(name, file);
    this.#open.set(this.#lastDescriptor, file);
    this.changed(resolve("/", path));
    return this.#lastDescriptor;
  }

  read(descriptor: number, bytes: Uint8Array, position: number): number {
    const file = this.#open.get(descriptor);
    if (file?.kind !== "file") throw new DiskError("EISDIR", "read", "");
    const found = file.bytes.subarray(position, position + bytes.length);
    bytes.set(found);
    return found.length;
  }

  readFile(path: string): Buffer {
    const { bytes } = this.#file(path, "read");
    return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  readdir(path: string): string[] {
    return [...this.#folder(path, "readdir").entries.keys()];
  }

  realpath(path: string): string {
    this.#find(path, "realpath");
    return resolve("/", path);
  }

  rename(from: string, to: string): void {
    const source = this.#place(from, "rename");
    const target = this.#place(to, "rename");
    const entry = source.folder.entries.get(source.name);
    if (!entry) throw new DiskError("ENOENT", "rename", from);
    if (entry.kind === "folder" && isBelow(to, from)) throw new DiskError("EINVAL", "rename", to);
    // Before what kind it is: a folder that holds the source is not empty.
    if (isBelow(from, to)) throw new DiskError("ENOTEMPTY", "rename", to);
    const replaced = target.folder.entries.get(target.name);
    // Two names of one file stay two.
    if (replaced === entry) return;
    if (replaced && replaced.kind !== entry.kind)
      throw new DiskError(replaced.kind === "folder" ? "EISDIR" : "ENOTDIR", "rename", to);
    if (replaced?.kind === "folder" && replaced.entries.size > 0) throw new DiskError("ENOTEMPTY", "rename", to);
    source.folder.entries.delete(source.name);
    target.folder.entries.set(target.name, entry);
    this.changed(resolve("/", from));
    this.changed(resolve("/", to));
  }

  rmdir(path: string): void {
    const { entries } = this.#folder(path, "rmdir");
    if (entries.size > 0) throw new DiskError("ENOTEMPTY", "rmdir", path);
    const { folder, name } = this.#place(path, "rmdir");
    folder.entries.delete(name);
  }

  stat(path: string): FileStatus {
    const entry = this.#find(path, "stat");
    const isFolder = entry.kind === "folder";
    return {
      size: isFolder ? 0 : entry.bytes.length,
      mode: isFolder ? 0o777 : entry.mode,
      mtimeMs: entry.mtimeMs,
      isDirectory: () => isFolder,
    };
  }

  unlink(path: string): void {
    this.#file(path, "unlink");
    const { folder, name } = this.#place(path, "unlink");
    folder.entries.delete(name);
    this.changed(resolve("/", path));
  }

  write(descriptor: number, bytes: Uint8Array, offset: number): number {
    const file = this.#open.get(descriptor);
    if (file?.kind !== "file") throw new DiskError("EBADF", "write", "");
    const added = bytes.subarray(offset);
    const { length } = file.bytes;
    const needed = length + added.length;
    // Twice as much, so that a file of many lines is not copied for each of them.
    if (!file.room || file.room.length < needed) {
      file.room = new Uint8Array(Math.max(needed, length * 2));
      file.room.set(file.bytes);
    }
    file.room.set(added, length);
    file.bytes = file.room.subarray(0, needed);
    file.mtimeMs = Date.now();
    return added.length;
  }

  /** Puts a file in its place with what it holds, its folders with it. */
  put(path: string, bytes: Uint8Array): void {
    this.mkdir(dirname(resolve("/", path)), { recursive: true });
    const { folder, name } = this.#place(path, "write");
    folder.entries.set(name, { kind: "file", bytes, mtimeMs: Date.now(), mode: 0o666 });
    this.changed(resolve("/", path));
  }

  /** Every file below a folder, by its whole path. */
  *files(folder = "/"): Generator<{ readonly path: string; readonly size: number; readonly mtimeMs: number }> {
    for (const [name, entry] of this.#folder(folder, "readdir").entries) {
      const path = resolve("/", folder, name);
      if (entry.kind === "folder") yield* this.files(path);
      else yield { path, size: entry.bytes.length, mtimeMs: entry.mtimeMs };
    }
  }

  #find(path: string, call: string): Entry {
    let entry: Entry = this.#root;
    for (const name of namesOf(path)) {
      if (entry.kind === "file") throw new DiskError("ENOTDIR", call, path);
      const next = entry.entries.get(name);
      if (!next) throw new DiskError("ENOENT", call, path);
      entry = next;
    }
    return entry;
  }

  #file(path: string, call: string): MemoryFile {
    const entry = this.#find(path, call);
    if (entry.kind === "folder") throw new DiskError("EISDIR", call, path);
    return entry;
  }

  #folder(path: string, call: string): MemoryFolder {
    const entry = this.#find(path, call);
    if (entry.kind === "file") throw new DiskError("ENOTDIR", call, path);
    return entry;
  }

  #place(path: string, call: string): { readonly folder: MemoryFolder; readonly name: string } {
    const whole = resolve("/", path);
    return { folder: this.#folder(dirname(whole), call), name: basename(whole) };
  }
}

const isBelow = (path: string, folder: string) => resolve("/", path).startsWith(`${resolve("/", folder)}/`);

const namesOf = (path: string) =>
  resolve("/", path)
    .split("/")
    .filter((name) => name !== "");
