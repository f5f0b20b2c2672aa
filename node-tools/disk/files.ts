import { host } from "#host";
import { InputError } from "../errors.ts";
import { basename, dirname, join, parse } from "../host/paths.ts";
import { disk, errorCode, explainDiskError, readIfThere, resolveLinks } from "./disk.ts";
import { removeLeftovers, removeQuietly, temporaryPath, writeTemporary } from "./temporary-files.ts";

export interface FileWrite {
  readonly path: string;
  readonly data: Uint8Array | string;
  /** SHA-256 of what was read of it, null where there was none: with another content by now nothing is written. */
  readonly expected?: string | null;
  /** Belongs to the award as its workbooks do: `undo` takes it back with them. */
  readonly isOfAward?: true;
  /** What it replaces is written under another name in the same call, so that no backup is needed. */
  readonly isKept?: true;
}

/** A file that is to go, as a part of what is written. */
export interface FileRemoval extends Omit<FileWrite, "data"> {
  readonly data: null;
}

interface PlannedWrite {
  readonly target: string;
  readonly bytes: Uint8Array | null;
  /** What stood at `target` before; undefined for a new file. */
  readonly previous: Buffer | undefined;
  readonly mode: number | undefined;
  readonly isKept: boolean;
}

/** `W_OK`. */
const mayWrite = 2;

/** SHA-256 in lower-case hex. */
export function digestBytes(bytes: Uint8Array | string): string {
  return host.sha256(bytes);
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
 * then are they renamed. With `backup` the previous content of each that is replaced is kept as `NAME.bak.EXT`. At every moment each
 * path holds its old or its new content, whole. Only a crash between two renames can leave one file new and one old.
 * What another program has saved since the files were read, or while this works, is never written over.
 * @throws InputError when the disk is full, a folder is read-only, a file is held open or was changed…; nothing has
 *   changed then
 */
export function writeFilesAtomically(
  writes: readonly (FileWrite | FileRemoval)[],
  options: { readonly backup: boolean },
): void {
  const temporaries = new Set<string>();
  let current = writes[0]?.path ?? "";
  try {
    const planned = writes.map((write) => {
      current = write.path;
      return planWrite(write);
    });
    for (const folder of new Set(planned.map(({ target }) => dirname(target)))) removeLeftovers(folder);
    const renames: { from: string; to: string; undo: PlannedWrite | undefined }[] = [];
    const removed: string[] = [];
    for (const plan of planned) {
      current = plan.target;
      const folder = dirname(plan.target);
      if (options.backup && !plan.isKept && plan.previous !== undefined && plan.bytes !== null) {
        const copy = writeTemporary(folder, plan.previous, plan.mode, temporaries);
        renames.push({ from: copy, to: backupPath(plan.target), undo: undefined });
      }
      if (plan.bytes !== null) {
        const fresh = writeTemporary(folder, plan.bytes, plan.mode, temporaries);
        renames.push({ from: fresh, to: plan.target, undo: plan });
      } else if (plan.previous !== undefined) {
        const aside = temporaryPath(folder);
        removed.push(aside);
        renames.push({ from: plan.target, to: aside, undo: plan });
      }
    }
    for (const plan of planned) {
      current = plan.target;
      requireUnchanged(plan);
    }
    const done: PlannedWrite[] = [];
    try {
      for (const { from, to, undo } of renames) {
        current = undo?.target ?? to;
        disk.rename(from, to);
        temporaries.delete(from);
        if (undo) done.push(undo);
      }
    } catch (error) {
      for (const plan of done.reverse()) takeBack(plan, temporaries);
      for (const path of removed) temporaries.add(path);
      throw error;
    }
    for (const path of removed) removeQuietly(path);
    for (const folder of new Set(planned.map(({ target }) => dirname(target)))) syncFolder(folder);
  } catch (error) {
    for (const path of temporaries) removeQuietly(path);
    throw explainDiskError(current, "写入", error);
  }
}

function planWrite({ path, data, expected, isKept }: FileWrite | FileRemoval): PlannedWrite {
  const bytes = typeof data === "string" ? Buffer.from(data, "utf8") : data;
  const target = resolveLinks(path);
  let mode: number | undefined;
  try {
    mode = disk.stat(target).mode & 0o777;
    disk.access(target, mayWrite);
  } catch (error) {
    if (errorCode(error) !== "ENOENT") throw error;
  }
  const previous = readIfThere(target);
  const digest = previous === undefined ? null : digestBytes(previous);
  if (expected !== undefined && digest !== expected) throw changedMeanwhile(target);
  return { target, bytes, previous, mode, isKept: isKept === true };
}

function requireUnchanged({ target, previous }: PlannedWrite): void {
  const now = readIfThere(target);
  if (now === undefined ? previous !== undefined : !previous?.equals(now)) throw changedMeanwhile(target);
}

function changedMeanwhile(path: string): InputError {
  return new InputError(
    path,
    `运行期间「${basename(path)}」被别的程序保存、移动或新建过。为免盖掉那些改动，没有写入任何内容，原有文件没有改动。` +
      "请在 WPS 或 Excel 里保存并关闭它，再运行一次同样的命令。",
  );
}

function takeBack(plan: PlannedWrite, temporaries: Set<string>): void {
  try {
    if (plan.previous === undefined) {
      disk.unlink(plan.target);
      return;
    }
    const old = writeTemporary(dirname(plan.target), plan.previous, plan.mode, temporaries);
    disk.rename(old, plan.target);
    temporaries.delete(old);
  } catch {
    // The new content is whole, and the old one is in the backup.
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
