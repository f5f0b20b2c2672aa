import { createHash } from "node:crypto";
import { constants } from "node:fs";
import { hostname } from "node:os";
import { basename, dirname, join, parse } from "node:path";
import { disk, errorCode, explainDiskError } from "./disk.ts";
import { isAlive } from "./process-state.ts";

export { lockForRun, refuseIfOpenElsewhere } from "./locks.ts";

export interface FileWrite {
  readonly path: string;
  readonly data: Uint8Array | string;
}

interface PlannedWrite {
  readonly target: string;
  readonly bytes: Uint8Array;
  /** What stood at `target` before; undefined for a new file. */
  readonly previous: Buffer | undefined;
  readonly mode: number | undefined;
}

const temporaryName = /^\.~casebook-([0-9a-f]{8})-(\d+)-\d+\.tmp$/;
const thisHost = createHash("sha256").update(hostname()).digest("hex").slice(0, 8);
const dayMs = 24 * 60 * 60 * 1000;
let temporaryCount = 0;

/** SHA-256 in lower-case hex. */
export function digestBytes(bytes: Uint8Array | string): string {
  return createHash("sha256").update(bytes).digest("hex");
}

/** SHA-256 of a file in lower-case hex. @throws InputError when it cannot be read. */
export function digestFile(path: string): string {
  try {
    return digestBytes(disk.readFile(path));
  } catch (error) {
    throw explainDiskError(path, "读取", error);
  }
}

/** `NAME.bak.xlsx` for `NAME.xlsx`. */
function backupPath(path: string): string {
  const { dir, name, ext } = parse(path);
  return join(dir, `${name}.bak${ext}`);
}

/** Makes a folder and its parents when missing. @throws InputError when it cannot be made. */
export function ensureFolder(path: string): void {
  try {
    disk.mkdir(path, { recursive: true });
  } catch (error) {
    throw explainDiskError(path, "写入", error);
  }
}

/**
 * Writes all files or none: everything goes to temporary files in the same folders and to the disk first, and only
 * then are they renamed. With `backup` the previous content of each is kept as `NAME.bak.EXT`. At every moment each
 * path holds its old or its new content, whole. Only a crash between two renames can leave one file new and one old.
 * @throws InputError when the disk is full, a folder is read-only, a file is held open…; nothing has changed then
 */
export function writeFilesAtomically(writes: readonly FileWrite[], options: { readonly backup: boolean }): void {
  const temporaries = new Set<string>();
  let current = writes[0]?.path ?? "";
  try {
    const planned = writes.map((write) => {
      current = write.path;
      return planWrite(write);
    });
    for (const folder of new Set(planned.map(({ target }) => dirname(target)))) removeLeftovers(folder);
    const renames: { from: string; to: string; undo: PlannedWrite | undefined }[] = [];
    for (const plan of planned) {
      current = plan.target;
      if (options.backup && plan.previous !== undefined) {
        const copy = writeTemporary(plan.target, plan.previous, plan.mode, temporaries);
        renames.push({ from: copy, to: backupPath(plan.target), undo: undefined });
      }
      const fresh = writeTemporary(plan.target, plan.bytes, plan.mode, temporaries);
      renames.push({ from: fresh, to: plan.target, undo: plan });
    }
    const done: PlannedWrite[] = [];
    try {
      for (const { from, to, undo } of renames) {
        current = to;
        disk.rename(from, to);
        temporaries.delete(from);
        if (undo) done.push(undo);
      }
    } catch (error) {
      for (const plan of done.reverse()) takeBack(plan, temporaries);
      throw error;
    }
    for (const folder of new Set(planned.map(({ target }) => dirname(target)))) syncFolder(folder);
  } catch (error) {
    for (const path of temporaries) removeQuietly(path);
    throw explainDiskError(current, "写入", error);
  }
}

function planWrite({ path, data }: FileWrite): PlannedWrite {
  const bytes = typeof data === "string" ? Buffer.from(data, "utf8") : data;
  const target = resolveTarget(path);
  try {
    const { mode } = disk.stat(target);
    disk.access(target, constants.W_OK);
    return { target, bytes, previous: disk.readFile(target), mode: mode & 0o777 };
  } catch (error) {
    if (errorCode(error) !== "ENOENT") throw error;
    return { target, bytes, previous: undefined, mode: undefined };
  }
}

/** A symbolic link stays a link: what it points to is replaced. */
function resolveTarget(path: string): string {
  try {
    return disk.realpath(path);
  } catch (error) {
    if (errorCode(error) !== "ENOENT") throw error;
    return join(disk.realpath(dirname(path)), basename(path));
  }
}

function writeTemporary(target: string, bytes: Uint8Array, mode: number | undefined, made: Set<string>): string {
  temporaryCount += 1;
  const path = join(dirname(target), `.~casebook-${thisHost}-${process.pid}-${temporaryCount}.tmp`);
  const descriptor = disk.open(path, "wx", mode ?? 0o666);
  made.add(path);
  try {
    for (let offset = 0; offset < bytes.length; ) offset += disk.write(descriptor, bytes, offset);
    disk.fsync(descriptor);
  } finally {
    disk.close(descriptor);
  }
  if (mode !== undefined) chmodQuietly(path, mode);
  return path;
}

/** File systems without permission bits refuse this; the content matters more. */
function chmodQuietly(path: string, mode: number): void {
  try {
    disk.chmod(path, mode);
  } catch {}
}

function takeBack(plan: PlannedWrite, temporaries: Set<string>): void {
  try {
    if (plan.previous === undefined) {
      disk.unlink(plan.target);
      return;
    }
    const old = writeTemporary(plan.target, plan.previous, plan.mode, temporaries);
    disk.rename(old, plan.target);
    temporaries.delete(old);
  } catch {
    // The new content is whole, and the old one is in the backup.
  }
}

function removeLeftovers(folder: string): void {
  for (const name of disk.readdir(folder)) {
    const [, host, pid] = temporaryName.exec(name) ?? [];
    if (pid === undefined) continue;
    const path = join(folder, name);
    if (host === thisHost ? !isAlive(Number(pid)) || Number(pid) === process.pid : isOld(path)) removeQuietly(path);
  }
}

function isOld(path: string): boolean {
  try {
    return Date.now() - disk.stat(path).mtimeMs > dayMs;
  } catch {
    return false;
  }
}

function removeQuietly(path: string): void {
  try {
    disk.unlink(path);
  } catch {
    // The next run removes it.
  }
}

/** Makes the renames last through a power cut where the system offers it; Windows does not. */
function syncFolder(folder: string): void {
  try {
    const descriptor = disk.open(folder, "r");
    try {
      disk.fsync(descriptor);
    } finally {
      disk.close(descriptor);
    }
  } catch {}
}
