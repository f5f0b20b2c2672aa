/**
 * The work folder: in memory, where the commands work on it, and kept where it outlives the page: in a folder on the disk that
 * somebody has opened, or else in the browser.
 */
import { dirname, join, parse } from "pathe";
import { host } from "#host";
import { whichWorkbook } from "../../apps-script/core/tables/which-workbook.ts";
import { reviewPath } from "../award-files/award-files.ts";
import { isThere, readBytes } from "../disk/disk.ts";
import { digestBytes, writeFilesAtomically } from "../disk/files.ts";
import { InputError } from "../errors.ts";
import { openZip, zipParts } from "../office-files/zip.ts";
import { listSheets } from "../xlsx/package/workbook-in-place.ts";
import { remedyOf } from "./browser-fault.ts";
import { changes, memoryDisk, settleChanges } from "./host.ts";
import { KeptFiles } from "./kept-files.ts";
import type { FileKind, GivenFile, KeptFile, RenamedFile } from "./protocol.ts";
import { closeScores } from "./score-desk.ts";
import { closeForms, saveForms } from "./unit/unit-desk.ts";

/** Nothing of an award is larger; videos lie beside it. */
const mostBytes = 300 * 1024 * 1024;
/** Of the program, not of the award. */
const isOurs = (path: string) => path.startsWith("/.");

const kept = new KeptFiles();
let folder: FileSystemDirectoryHandle | undefined;
/** When the files of the folder were last written, by us or before we read them. */
const stamps = new Map<string, number>();

/** What the browser has kept of a former visit comes back first, so that nothing is written over it. Whether there was anything. */
export async function restoreKept(): Promise<boolean> {
  const files = await kept.readAll();
  for (const { path, bytes } of files) memoryDisk.put(path, bytes);
  settleChanges();
  return files.length > 0;
}

/** Removes all files from the page's memory. */
function empty(): void {
  closeForms();
  closeScores();
  for (const { path } of [...memoryDisk.files()]) if (!path.startsWith("/.模板/")) memoryDisk.unlink(path);
  settleChanges();
}

/** Keeps what was typed up to now. @throws InputError */
async function keepAll(): Promise<void> {
  saveForms();
  await keepChanges();
}

/** What a folder on the disk can still take is written before it is let go. */
export async function forget(): Promise<void> {
  // Whoever asked has been told that the rest is lost.
  if (folder) await keepAll().catch(() => {});
  folder = undefined;
  stamps.clear();
  empty();
  await kept.clear();
}

interface FoundFile {
  readonly path: string;
  readonly bytes: Uint8Array;
  readonly stamp: number;
}

/**
 * Reads what lies in a folder of the disk; from now on it is written in place.
 *
 * @param loses whether somebody has said that what cannot be kept may be lost
 * @throws InputError when what is open cannot be kept
 */
export async function attachFolder(handle: FileSystemDirectoryHandle, loses = false): Promise<string[]> {
  try {
    await keepAll();
  } catch (error) {
    if (!loses) throw error;
  }
  const found: FoundFile[] = [];
  const skipped: string[] = [];
  await readFolder(handle, "", found, skipped);
  empty();
  stamps.clear();
  for (const { path, bytes, stamp } of found) {
    memoryDisk.put(path, bytes);
    stamps.set(path, stamp);
  }
  settleChanges();
  folder = handle;
  return skipped;
}

/** What commands read, and what they write anew; videos and the like lie beside. */
const isRead = /\.(xlsx|xlsm|xls|csv|tsv|txt|docx|docm|json|雷同\.html|缓存\.jsonl)$/i;

async function readFolder(
  handle: FileSystemDirectoryHandle,
  path: string,
  found: FoundFile[],
  skipped: string[],
): Promise<void> {
  for await (const [name, entry] of handle.entries()) {
    const below = `${path}/${name}`;
    if (entry.kind === "directory") {
      await readFolder(entry as FileSystemDirectoryHandle, below, found, skipped);
      continue;
    }
    // Lock files of office programs hold nothing and cannot be read.
    if (!isRead.test(name) || name.startsWith("~$") || name.startsWith(".~")) continue;
    try {
      const file = await (entry as FileSystemFileHandle).getFile();
      if (file.size > mostBytes) skipped.push(below.slice(1));
      else found.push({ path: below, bytes: new Uint8Array(await file.arrayBuffer()), stamp: file.lastModified });
    } catch {
      skipped.push(below.slice(1));
    }
  }
}

/** The folder on the disk that holds a path. */
async function folderOf(path: string, create: boolean): Promise<FileSystemDirectoryHandle | undefined> {
  let at = folder;
  for (const name of dirname(path).split("/").filter(Boolean)) at = await at?.getDirectoryHandle(name, { create });
  return at;
}

const nameOf = (path: string) => path.slice(path.lastIndexOf("/") + 1);

/** The lock files that LibreOffice, Excel and WPS keep beside a file that they hold open. */
const locksOf = (name: string) => [`.~lock.${name}#`, `~$${name}`, `.~${name}`];

/** Commands look for the lock files in memory: they are there now if they are on the disk now. */
export async function refreshLocks(book: string): Promise<void> {
  if (!folder) return;
  for (const path of [`/${book}`, reviewPath(`/${book}`)]) {
    const parent = await folderOf(path, false).catch(() => undefined);
    for (const lock of locksOf(nameOf(path))) {
      const place = join(dirname(path), lock);
      const held = await parent?.getFileHandle(lock).then(
        () => true,
        (error) => !isMissing(error),
      );
      if (held) memoryDisk.put(place, new Uint8Array());
      else if (isThere(place)) memoryDisk.unlink(place);
      settleChanges([place]);
    }
  }
}

/** Refuses when another program has written what is about to be replaced. @throws InputError */
async function requireUnchanged(paths: readonly string[]): Promise<void> {
  for (const path of paths) {
    const known = stamps.get(path);
    const now = await stampOf(path);
    if (now === known || now === undefined) continue;
    throw new InputError(
      path,
      `「${nameOf(path)}」打开之后被别的程序保存过。为免盖掉那些改动，没有写入文件夹。请重新打开这个文件夹，再做一次。`,
    );
  }
}

/** When a file was last written; undefined where there is none. */
async function stampOf(path: string): Promise<number | undefined> {
  try {
    const file = await (await folderOf(path, false))?.getFileHandle(nameOf(path));
    return (await file?.getFile())?.lastModified;
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
}

const isMissing = (error: unknown) => error instanceof DOMException && error.name === "NotFoundError";

/**
 * Keeps what has changed in memory; returns the paths. What could not be kept stays to be kept.
 * @throws InputError when another program has been at the files, or the browser cannot write
 */
export async function keepChanges(): Promise<string[]> {
  try {
    return await writeChanges();
  } catch (error) {
    if (!(error instanceof DOMException)) throw error;
    throw new InputError("", `改动还在页面里，没有存下：${remedyOf(error)}，或点“保存全部（.zip）”另存。`, {
      cause: error,
    });
  }
}

async function writeChanges(): Promise<string[]> {
  settleChanges([...changes].filter(isOurs));
  const changed = [...changes];
  const present = new Set([...memoryDisk.files()].map(({ path }) => path));
  if (folder) {
    await requireUnchanged(changed);
    for (const path of changed) {
      if (present.has(path)) await writeOut(path);
      else await removeOut(path);
      settleChanges([path]);
    }
  } else {
    await kept.write(
      changed.filter((path) => present.has(path)).map((path) => ({ path, bytes: memoryDisk.readFile(path) })),
      changed.filter((path) => !present.has(path)),
    );
    settleChanges(changed);
  }
  return changed.filter((path) => present.has(path));
}

/** The browser writes beside the file and puts the whole in its place. */
async function writeOut(path: string): Promise<void> {
  const parent = await folderOf(path, true);
  const isNew = (await stampOf(path)) === undefined;
  try {
    const file = await parent?.getFileHandle(nameOf(path), { create: true });
    const stream = await file?.createWritable();
    await stream?.write(new Uint8Array(memoryDisk.readFile(path)));
    await stream?.close();
  } catch (error) {
    // A new file is there, empty, as soon as it is asked for.
    if (isNew) await parent?.removeEntry(nameOf(path)).catch(() => undefined);
    throw error;
  }
  const stamp = await stampOf(path);
  if (stamp !== undefined) stamps.set(path, stamp);
}

async function removeOut(path: string): Promise<void> {
  try {
    await (await folderOf(path, false))?.removeEntry(nameOf(path));
  } catch (error) {
    // Files of a command's own come and go, and never were on the disk.
    if (!isMissing(error)) throw error;
  }
  stamps.delete(path);
}

const kinds = new Map<string, { readonly mtimeMs: number; readonly kind: FileKind }>();

function kindOf(path: string, mtimeMs: number): FileKind {
  const known = kinds.get(path);
  if (known?.mtimeMs === mtimeMs) return known.kind;
  let kind: FileKind = "other";
  if (/\.xlsx$/i.test(path)) {
    try {
      kind = whichWorkbook(listSheets(openZip(memoryDisk.readFile(path)), host.codec)) ?? "other";
    } catch {
      // What cannot be read is told by the command that takes it.
    }
  }
  kinds.set(path, { mtimeMs, kind });
  return kind;
}

export function list(): KeptFile[] {
  return [...memoryDisk.files()]
    .filter(({ path }) => !isOurs(path))
    .map(({ path, size, mtimeMs }) => ({ path: path.slice(1), size, mtimeMs, kind: kindOf(path, mtimeMs) }))
    .sort((a, b) => (a.path < b.path ? -1 : 1));
}

/** A name that nothing bears yet: `附件6-2.xlsx` for a second `附件6.xlsx`. */
function freeName(path: string): string {
  const { dir, name, ext } = parse(path);
  for (let n = 2; ; n += 1) {
    const candidate = join(dir, `${name}-${n}${ext}`);
    if (!isThere(candidate)) return candidate;
  }
}

/**
 * Takes files in. Nothing that is there with another content is replaced: the file that comes gets a name of its own.
 * @returns those that got one
 */
export async function put(files: readonly GivenFile[]): Promise<RenamedFile[]> {
  saveForms();
  const renamed: RenamedFile[] = [];
  for (const { path, bytes } of files) {
    const place = `/${path}`;
    const other = isThere(place) ? digestBytes(memoryDisk.readFile(place)) : undefined;
    const isTaken = other !== undefined && other !== digestBytes(bytes);
    const own = isTaken ? freeName(place) : place;
    if (isTaken) renamed.push({ name: path, path: own.slice(1), other });
    memoryDisk.put(own, bytes);
  }
  await keepChanges();
  return renamed;
}

/** All of them or none. What was open of them is open no longer. @throws InputError */
export async function replace(files: readonly RenamedFile[]): Promise<void> {
  saveForms();
  const writes = files.map(({ name, path, other }) => ({
    path: `/${name}`,
    data: readBytes(`/${path}`),
    expected: other,
  }));
  writeFilesAtomically(writes, { backup: true });
  for (const { path } of files) memoryDisk.unlink(`/${path}`);
  closeForms();
  closeScores();
  await keepChanges();
}

export function read(path: string): Uint8Array<ArrayBuffer> {
  return new Uint8Array(memoryDisk.readFile(`/${path}`));
}

export function zip(): Uint8Array<ArrayBuffer> {
  const parts = list().map(({ path }) => ({ name: path, content: memoryDisk.readFile(`/${path}`) }));
  return new Uint8Array(zipParts(parts, { compress: false }));
}
