import { host } from "#host";
import type { FileFacts } from "../../apps-script/core/evidence/file-facts.ts";
import { disk, explainDiskError } from "../disk/disk.ts";
import { removeQuietly } from "../disk/temporary-files.ts";

/** What was read from one file on the disk: the file itself first, then what an archive holds. */
export interface CachedEntry {
  /** "" for the file itself, else the name inside the archive. */
  readonly name: string;
  readonly facts: FileFacts;
}

/** What a result is remembered by: a file that has not changed is not read again. */
export interface CacheKey {
  readonly path: string;
  readonly size: number;
  readonly modified: number;
}

const keyLength = 64;
const lineStart = /^[0-9a-f]{64} $/;
const chunkBytes = 1024 * 1024;
const newLine = 0x0a;

/**
 * Results by file, a line each: `KEY JSON`. A line is written as soon as a file has been read, so that a run which was
 * broken off goes on where it was; only the places of the lines are in memory.
 */
export class FactsCache {
  private readonly places = new Map<string, { readonly at: number; readonly length: number }>();
  private readonly used = new Set<string>();
  private readonly descriptor: number;
  private end = 0;

  /** @throws InputError when the file cannot be opened for writing */
  constructor(
    private readonly path: string,
    private readonly version: string,
  ) {
    try {
      // Names and texts of applicants: for the owner alone.
      this.descriptor = disk.open(path, "a+", 0o600);
      this.index();
    } catch (error) {
      throw explainDiskError(path, "写入", error);
    }
  }

  private keyOf({ path, size, modified }: CacheKey): string {
    return host.sha256(JSON.stringify([path, size, modified, this.version]));
  }

  private index(): void {
    const chunk = Buffer.alloc(chunkBytes);
    let start = 0;
    let position = 0;
    let head = "";
    for (let read = -1; read !== 0; position += read) {
      read = disk.read(this.descriptor, chunk, position);
      for (let from = 0; from < read; ) {
        const found = chunk.subarray(0, read).indexOf(newLine, from);
        const to = found < 0 ? read : found;
        if (head.length <= keyLength) head += chunk.toString("latin1", from, Math.min(to, from + keyLength + 1));
        if (found >= 0) {
          const key = head.slice(0, keyLength + 1);
          if (lineStart.test(key))
            this.places.set(key.slice(0, keyLength), { at: start, length: position + found - start });
          start = position + found + 1;
          head = "";
        }
        from = to + 1;
      }
    }
    this.end = disk.stat(this.path).size;
    // The last line of a run that was broken off.
    if (start < this.end) this.end += disk.write(this.descriptor, Uint8Array.of(newLine), 0);
  }

  get(key: CacheKey): readonly CachedEntry[] | undefined {
    const name = this.keyOf(key);
    const place = this.places.get(name);
    if (!place) return undefined;
    const line = Buffer.alloc(place.length);
    try {
      disk.read(this.descriptor, line, place.at);
      const entries = JSON.parse(line.toString("utf8", keyLength + 1)) as CachedEntry[];
      this.used.add(name);
      return entries;
    } catch {
      return undefined;
    }
  }

  /** @throws InputError when the disk is full */
  put(key: CacheKey, entries: readonly CachedEntry[]): void {
    const name = this.keyOf(key);
    const line = Buffer.from(`${name} ${JSON.stringify(entries)}\n`, "utf8");
    try {
      let written = 0;
      while (written < line.length) written += disk.write(this.descriptor, line, written);
    } catch (error) {
      throw explainDiskError(this.path, "写入", error);
    }
    this.places.set(name, { at: this.end, length: line.length - 1 });
    this.used.add(name);
    this.end += line.length;
  }

  /** Leaves out what this run had no use for, where that is most of the file. */
  close(): void {
    const lengthOf = (name: string) => this.places.get(name)?.length ?? 0;
    const useful = [...this.used].reduce((sum, name) => sum + lengthOf(name) + 1, 0);
    if (this.used.size > 0 && useful * 2 < this.end) this.rewrite();
    disk.close(this.descriptor);
  }

  private rewrite(): void {
    const copy = `${this.path}.tmp`;
    try {
      removeQuietly(copy);
      const target = disk.open(copy, "wx", 0o600);
      for (const name of this.used) {
        const place = this.places.get(name);
        if (!place) continue;
        const line = Buffer.alloc(place.length + 1, newLine);
        disk.read(this.descriptor, line.subarray(0, place.length), place.at);
        let written = 0;
        while (written < line.length) written += disk.write(target, line, written);
      }
      disk.close(target);
      disk.rename(copy, this.path);
    } catch {
      // The file stays as it is: longer than needed, and right.
      removeQuietly(copy);
    }
  }
}
