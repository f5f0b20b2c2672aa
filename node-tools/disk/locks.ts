import { host } from "#host";
import { InputError } from "../errors.ts";
import { basename, dirname, join } from "../host/paths.ts";
import { disk, errorCode, explainDiskError, resolveLinks } from "./disk.ts";
import { removeLeftovers, removeQuietly, writeTemporary } from "./temporary-files.ts";

/**
 * Refuses a workbook that LibreOffice, Excel or WPS holds open: each of them keeps a lock file beside it.
 * @throws InputError naming the program and, where the lock file has it, the person
 */
export function refuseIfOpenElsewhere(path: string): void {
  let real = path;
  try {
    real = resolveLinks(path);
  } catch {
    // Reading it fails later, with a message of its own.
  }
  for (const place of new Set([path, real])) refuseIfOpenAt(path, dirname(place), basename(place));
}

function refuseIfOpenAt(path: string, folder: string, name: string): void {
  for (const { lock, program, readOwner } of [
    { lock: `.~lock.${name}#`, program: "LibreOffice", readOwner: readLibreOfficeOwner },
    { lock: `~$${name}`, program: "Excel 或 WPS", readOwner: readExcelOwner },
    { lock: `.~${name}`, program: "WPS", readOwner: readExcelOwner },
  ]) {
    const content = readLock(join(folder, lock));
    if (content === undefined) continue;
    const owner = readOwner(content);
    throw new InputError(
      path,
      `「${name}」正被 ${program} 打开${owner ? `（${owner}）` : ""}。请保存并关闭后再试；` +
        `如果确认没有人打开它，请删除同一文件夹里的隐藏文件「${lock}」。`,
    );
  }
}

const { runs } = host;

/** What the lock files say that this run holds, by their paths. */
const heldLocks = new Map<string, Buffer>();
let watching = false;
/** An unreadable lock younger than this is one that another run is just writing. */
const writingMs = 10_000;
/** Taking over takes far less: whoever began it that long ago has died over it. */
const takingOverMs = 60_000;

/**
 * Keeps other runs of casebook off this workbook until the returned function is called or the process ends. A link and
 * what it points to share a lock. The lock appears whole, in one step, and only its owner removes it.
 *
 * @throws InputError when another run holds it
 */
export function lockForRun(path: string): () => void {
  const content = Buffer.from(`${runs.id} ${runs.machine} ${crypto.randomUUID()} ${new Date().toISOString()}\n`);
  const made = new Set<string>();
  let lock: string;
  releaseAtEnd();
  try {
    lock = `${resolveLinks(path)}.casebook-lock`;
    removeLeftovers(dirname(lock));
    const own = writeTemporary(dirname(lock), content, undefined, made);
    for (let attempt = 0; !placeLock(own, lock, content); attempt += 1) {
      if (attempt === 3) throw inUse(path, lock, "", "");
      if (isStale(path, lock, own)) removeStale(path, lock);
    }
  } catch (error) {
    throw explainDiskError(path, "写入", error);
  } finally {
    for (const temporary of made) removeQuietly(temporary);
  }
  heldLocks.set(lock, content);
  return () => releaseLock(lock);
}

/** @returns whether the lock is ours now; false where there is one already */
function placeLock(own: string, lock: string, content: Buffer): boolean {
  try {
    disk.link(own, lock);
    return true;
  } catch (error) {
    const code = errorCode(error);
    // Over a network a link may be made and reported as there already.
    if (code === "EEXIST") return readLock(lock)?.equals(content) === true;
    if (!noLinks.has(code)) throw error;
  }
  return createLock(lock, content);
}

/** File systems such as exFAT know no links: there the lock is made and then filled, and young ones are respected. */
const noLinks = new Set(["EPERM", "ENOSYS", "ENOTSUP", "EOPNOTSUPP", "EINVAL", "EMLINK", "EXDEV", "UNKNOWN"]);

function createLock(lock: string, content: Buffer): boolean {
  let descriptor: number;
  try {
    descriptor = disk.open(lock, "wx");
  } catch (error) {
    if (errorCode(error) === "EEXIST") return false;
    throw error;
  }
  try {
    disk.write(descriptor, content, 0);
    disk.fsync(descriptor);
  } catch (error) {
    removeQuietly(lock);
    throw error;
  } finally {
    disk.close(descriptor);
  }
  return readLock(lock)?.equals(content) === true;
}

function inUse(path: string, lock: string, pid: string, machine: string): InputError {
  return new InputError(
    path,
    `另一个评案簿程序正在处理「${basename(path)}」${machine ? `（电脑 ${machine}，进程 ${pid}）` : ""}。请等它结束后再试；` +
      `如果确认没有在运行，请删除「${basename(lock)}」。`,
  );
}

/**
 * Whether a lock is there that nobody holds any more.
 *
 * @param fresh a file made just now on the same disk: ages are measured by the clock of that disk
 * @throws InputError when a run holds it
 */
function isStale(path: string, lock: string, fresh: string): boolean {
  const content = readLock(lock);
  if (content === undefined) return false;
  const [pid = "", machine = ""] = content.toString("utf8").trim().split(" ");
  const isEnded =
    machine === ""
      ? ageOf(lock, fresh) > writingMs
      : machine === runs.machine && (!runs.isAlive(Number(pid)) || isOurs(lock, pid));
  if (!isEnded) throw inUse(path, lock, pid, machine);
  return true;
}

/** A lock with the number of this process that it does not hold: of another process that had the number before. */
const isOurs = (lock: string, pid: string) => Number(pid) === runs.id && !heldLocks.has(lock);

/** Milliseconds; none for what is not there any more. */
function ageOf(path: string, fresh: string): number {
  try {
    return disk.stat(fresh).mtimeMs - disk.stat(path).mtimeMs;
  } catch {
    return 0;
  }
}

/**
 * Takes the lock of a run that died away. One run at a time does so, and looks again when it is its turn: by then the
 * lock may be gone, or be that of a run which came first.
 */
function removeStale(path: string, lock: string): void {
  const turn = `${lock}.take-over`;
  try {
    disk.mkdir(turn);
  } catch (error) {
    if (errorCode(error) !== "EEXIST") throw error;
    if (ageSince(turn) > takingOverMs) disk.rmdir(turn);
    return;
  }
  try {
    if (isStale(path, lock, turn)) disk.unlink(lock);
  } catch (error) {
    if (errorCode(error) !== "ENOENT") throw error;
  } finally {
    disk.rmdir(turn);
  }
}

function ageSince(path: string): number {
  try {
    return Date.now() - disk.stat(path).mtimeMs;
  } catch {
    return 0;
  }
}

/** Removes the lock if it is still ours: somebody may have deleted it, and another run taken its place. */
function releaseLock(lock: string): void {
  const content = heldLocks.get(lock);
  if (!content) return;
  heldLocks.delete(lock);
  try {
    if (disk.readFile(lock).equals(content)) disk.unlink(lock);
  } catch {
    // A lock of a dead process is taken over by the next run.
  }
}

function releaseAtEnd(): void {
  if (watching) return;
  watching = true;
  runs.onEnd(() => {
    for (const lock of heldLocks.keys()) releaseLock(lock);
  });
}

/** The system has no file by such a name. */
const noSuchFile = new Set(["ENOENT", "ENAMETOOLONG", "ERR_INVALID_ARG_VALUE"]);

/** Empty where it cannot be read: a lock file that exists and cannot be read is held by its program. */
function readLock(path: string): Buffer | undefined {
  try {
    return disk.readFile(path);
  } catch (error) {
    return noSuchFile.has(errorCode(error)) ? undefined : Buffer.alloc(0);
  }
}

/** `name,account,computer,time,profile;` */
function readLibreOfficeOwner(content: Buffer): string {
  const [name = "", account = "", computer = ""] = content.toString("utf8").split(",");
  return [name || account, computer].filter(Boolean).join("，");
}

/** A length byte and 54 bytes of name in the system's code page, then a two-byte length and the name in UTF-16. */
function readExcelOwner(content: Buffer): string {
  if (content.length < 57) return "";
  const length = content.readUInt16LE(55);
  return content.toString("utf16le", 57, 57 + 2 * length).replace(/[\0\s]+$/, "");
}
