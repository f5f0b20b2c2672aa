/**
 * The work folder: in memory, where the commands work on it, and kept where it outlives the page: in a folder on the disk that
 * somebody has opened, or else in the browser.
 */
import { dirname } from "pathe";
import { host } from "#host";
import { whichWorkbook } from "../../apps-script/core/tables/which-workbook.ts";
import { withoutOverwriting } from "../award-files/outgoing.ts";
import { InputError } from "../errors.ts";
import { openZip, zipParts } from "../office-files/zip.ts";
import { listSheets } from "../xlsx/package/workbook-in-place.ts";
import { memoryDisk, takeChanges } from "./host.ts";
import { KeptFiles } from "./kept-files.ts";
import type { FileKind, GivenFile, Keeping, KeptFile } from "./protocol.ts";

/** Nothing of an award is larger; videos lie beside it. */
const mostBytes = 300 * 1024 * 1024;
/** Of the program, not of the award. */
const isOurs = (path: string) => path.startsWith("/.");

const kept = new KeptFiles();
let folder: FileSystemDirectoryHandle | undefined;
/** When the files of the folder were last written, by us or before we read them. */
const stamps = new Map<string, number>();

export const findKept = () => kept.find();

export async function restoreKept(): Promise<void> {
  for (const { path, bytes } of await kept.readAll()) memoryDisk.put(path, bytes);
  takeChanges();
}

/** Removes all files from the page's memory. */
function empty(): void {
  for (const { path } of [...memoryDisk.files()]) if (!isOurs(path)) memoryDisk.unlink(path);
  takeChanges();
}

export async function forget(): Promise<void> {
  folder = undefined;
  stamps.clear();
  empty();
  await kept.clear();
}

/** Reads what lies in a folder of the disk; from now on it is written in place. */
export async function attachFolder(handle: FileSystemDirectoryHandle): Promise<Keeping> {
  empty();
  stamps.clear();
  await readFolder(handle, "");
  takeChanges();
  folder = handle;
  return { folder: handle.name };
}

async function readFolder(handle: FileSystemDirectoryHandle, path: string): Promise<void> {
  for await (const [name, entry] of handle.entries()) {
    const below = `${path}/${name}`;
    if (entry.kind === "directory") {
      await readFolder(entry as FileSystemDirectoryHandle, below);
      continue;
    }
    const file = await (entry as FileSystemFileHandle).getFile();
    if (file.size > mostBytes) continue;
    memoryDisk.put(below, new Uint8Array(await file.arrayBuffer()));
    stamps.set(below, file.lastModified);
  }
}

/** The folder on the disk that holds a path. */
async function folderOf(path: string, create: boolean): Promise<FileSystemDirectoryHandle | undefined> {
  let at = folder;
  for (const name of dirname(path).split("/").filter(Boolean)) at = await at?.getDirectoryHandle(name, { create });
  return at;
}

const nameOf = (path: string) => path.slice(path.lastIndexOf("/") + 1);

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

async function stampOf(path: string): Promise<number | undefined> {
  try {
    const file = await (await folderOf(path, false))?.getFileHandle(nameOf(path));
    return (await file?.getFile())?.lastModified;
  } catch {
    return undefined;
  }
}

/** Keeps what has changed in memory; returns the paths. @throws InputError when another program has been at the files */
export async function keepChanges(): Promise<string[]> {
  const changed = takeChanges().filter((path) => !isOurs(path));
  const present = new Map([...memoryDisk.files()].map((file) => [file.path, file]));
  if (folder) {
    await requireUnchanged(changed);
    for (const path of changed) {
      if (present.has(path)) await writeOut(path);
      else await removeOut(path);
    }
  } else {
    const written = changed.filter((path) => present.has(path));
    await kept.write(
      written.map((path) => ({ path, bytes: memoryDisk.readFile(path) })),
      changed.filter((path) => !present.has(path)),
    );
  }
  return changed.filter((path) => present.has(path));
}

/** The browser writes beside the file and puts the whole in its place. */
async function writeOut(path: string): Promise<void> {
  const file = await (await folderOf(path, true))?.getFileHandle(nameOf(path), { create: true });
  const stream = await file?.createWritable();
  await stream?.write(new Uint8Array(memoryDisk.readFile(path)));
  await stream?.close();
  const stamp = await stampOf(path);
  if (stamp !== undefined) stamps.set(path, stamp);
}

async function removeOut(path: string): Promise<void> {
  stamps.delete(path);
  try {
    await (await folderOf(path, false))?.removeEntry(nameOf(path));
  } catch {
    // It never was on the disk: files of a command's own come and go.
  }
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

/**
 * Takes files in. One that is there already with another content stays under a name of its own.
 * @returns the new names of those that were there
 */
export async function put(files: readonly GivenFile[]): Promise<string[]> {
  const given = files.map(({ path, bytes }) => ({ path: `/${path}`, data: bytes }));
  const { writes, kept } = withoutOverwriting(given);
  for (const { path, data } of writes)
    memoryDisk.put(path, typeof data === "string" ? new TextEncoder().encode(data) : data);
  await keepChanges();
  return kept;
}

export function read(path: string): Uint8Array<ArrayBuffer> {
  return new Uint8Array(memoryDisk.readFile(`/${path}`));
}

export function zip(): Uint8Array<ArrayBuffer> {
  const parts = list().map(({ path }) => ({ name: path, content: memoryDisk.readFile(`/${path}`) }));
  return new Uint8Array(zipParts(parts, { compress: false }));
}
