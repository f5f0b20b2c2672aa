import type { FileFacts } from "../../apps-script/core/evidence/file-facts.ts";
import type { WorkbookPatch } from "../../apps-script/core/workbook/port.ts";
import type { Codec } from "../xlsx/package/codec.ts";

/** Of one file or folder. */
export interface FileStatus {
  readonly size: number;
  readonly mode: number;
  /** Milliseconds since 1970. */
  readonly mtimeMs: number;
  isDirectory(): boolean;
}

/**
 * The calls of a file system that commands need, each as in `node:fs`: at once, failing with errors that carry its codes
 * (`ENOENT`, `EEXIST`…). Every file is read and written through these, so that a test can make any one of them fail.
 */
export interface Disk {
  access(path: string, mode?: number): void;
  chmod(path: string, mode: number): void;
  close(descriptor: number): void;
  fsync(descriptor: number): void;
  link(existing: string, path: string): void;
  mkdir(path: string, options?: { readonly recursive: boolean }): void;
  /** @param flags `wx` makes a new file, `r` opens one or a folder to be synced, `a+` writes at the end and reads anywhere */
  open(path: string, flags: "r" | "wx" | "a+", mode?: number): number;
  /** Fills `bytes` from a position of the file on. @returns how many there were */
  read(descriptor: number, bytes: Uint8Array, position: number): number;
  readFile(path: string): Buffer;
  readdir(path: string): string[];
  realpath(path: string): string;
  rename(from: string, to: string): void;
  rmdir(path: string): void;
  stat(path: string): FileStatus;
  unlink(path: string): void;
  write(descriptor: number, bytes: Uint8Array, offset: number): number;
}

/** As in `node:path`. */
export interface Paths {
  readonly sep: string;
  basename(path: string): string;
  dirname(path: string): string;
  extname(path: string): string;
  join(...parts: string[]): string;
  parse(path: string): { readonly dir: string; readonly base: string; readonly name: string; readonly ext: string };
  relative(from: string, to: string): string;
  resolve(...parts: string[]): string;
}

/** Who runs at the same files. */
export interface Runs {
  /** Of this run, among those of its machine. */
  readonly id: number;
  /** Of the machine. */
  readonly machine: string;
  isAlive(id: number): boolean;
  /** Calls back when this run is ended, by whatever. */
  onEnd(release: () => void): void;
}

/** A document that is to be printed. */
export interface Printed {
  /** File name with its extension; no two documents differ in their extensions alone. */
  readonly name: string;
  readonly data: Uint8Array | string;
}

/** Makes a PDF of each document; undefined for one that it makes nothing of. */
export type Printer = (documents: readonly Printed[]) => Promise<(Uint8Array | undefined)[]>;

/** Of a file or folder of the materials; a link is one, whatever it leads to. */
export interface MaterialStatus {
  readonly kind: "file" | "folder" | "link" | "other";
  readonly size: number;
  /** Milliseconds since 1970. */
  readonly modified: number;
}

export interface OpenedMaterial {
  readonly size: number;
  /** Up to `length` bytes from `offset`; fewer at the end. */
  read(offset: number, length: number): Promise<Buffer>;
  close(): Promise<void>;
}

/** Reads files one after the other in a thread of its own, which a file may cost its life. */
export interface Reader {
  read(path: string): void;
  end(): Promise<void>;
}

export interface ReaderEvents {
  answered(facts: FileFacts): void;
  /** The reader has come to its end, and not to that of the file. */
  failed(why: "memory" | "other"): void;
}

/**
 * What was handed in, too large to be in memory as a whole: read where it lies, piece by piece. The calls fail as those of
 * `Disk` do.
 */
export interface Materials {
  readdir(folder: string): Promise<string[]>;
  lstat(path: string): Promise<MaterialStatus>;
  open(path: string): Promise<OpenedMaterial>;
  /** Makes a new file of all that comes, as readable as any other, or for its owner alone. */
  write(path: string, chunks: AsyncIterable<Uint8Array>, readers: "all" | "owner"): Promise<void>;
  /** A private folder for as long as `use` runs. */
  withPrivateFolder<T>(use: (folder: string) => Promise<T>): Promise<T>;
  /** Makes a folder, and those that it lies in, where it is missing. */
  ensureFolder(path: string): Promise<void>;
  /** Moves a file or folder to a name that nobody has; a file takes the place of another. */
  rename(from: string, to: string): Promise<void>;
  /** A new folder in another. */
  makeFolder(parent: string): Promise<string>;
  /** A folder with all that is in it. */
  removeFolder(folder: string): Promise<void>;
  /** Bytes that may still be written in a folder. */
  roomIn(folder: string): Promise<number>;
  startReader(events: ReaderEvents): Reader;
  /** Changes whenever the reader does. */
  readerVersion(): string;
}

/** Makes new workbooks beside what else is done. */
export interface Renderer {
  /** What fails here may be tried where it was asked for: the reason is told there. */
  render(patch: WorkbookPatch): Promise<Uint8Array>;
  end(): Promise<void>;
}

/** The machine that the commands run on. */
export interface Host {
  readonly disk: Disk;
  readonly paths: Paths;
  readonly codec: Codec;
  readonly runs: Runs;
  readonly materials: Materials;
  /** Of the person at the machine; stands in 日志. */
  userName(): string;
  /** In lower-case hex. */
  sha256(bytes: Uint8Array | string): string;
  /** Lets everything else have its turn: progress is shown, a cancellation heard. */
  pause(): Promise<void>;
  /** Left out where nothing can be done beside. */
  readonly startRenderer?: () => Renderer;
  /** The folder with a folder of official forms for each notice. */
  templatesHome(): string;
  /** What makes PDFs; undefined where no program is at hand that can. */
  findPrinter(): Promise<Printer | undefined>;
}
