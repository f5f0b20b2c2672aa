import { hostname } from "node:os";
import { basename, dirname, join } from "node:path";
import { disk, errorCode, explainDiskError } from "./disk.ts";
import { InputError } from "./errors.ts";
import { isAlive } from "./process-state.ts";

/**
 * Refuses a workbook that LibreOffice, Excel or WPS holds open, told by the lock file each of them keeps beside it.
 * @throws InputError naming the program and, where the lock file tells it, the person
 */
export function refuseIfOpenElsewhere(path: string): void {
  const folder = dirname(path);
  const name = basename(path);
  for (const { lock, program, readOwner } of [
    { lock: `.~lock.${name}#`, program: "LibreOffice", readOwner: readLibreOfficeOwner },
    { lock: `~$${name}`, program: "Excel 或 WPS", readOwner: readExcelOwner },
    { lock: `.~${name}`, program: "WPS", readOwner: readExcelOwner },
  ]) {
    const content = readIfThere(join(folder, lock));
    if (content === undefined) continue;
    const owner = readOwner(content);
    throw new InputError(
      path,
      `「${name}」正被 ${program} 打开${owner ? `（${owner}）` : ""}。请保存并关闭后再试；` +
        `如果确认没有人打开它，请删除同一文件夹里的隐藏文件「${lock}」。`,
    );
  }
}

const heldLocks = new Set<string>();
let watching = false;

/**
 * Keeps other runs of casebook off this workbook until the returned function is called or the process ends.
 * @throws InputError when another run holds it
 */
export function lockForRun(path: string): () => void {
  const lock = `${path}.casebook-lock`;
  for (let attempt = 0; ; attempt += 1) {
    try {
      const descriptor = disk.open(lock, "wx");
      heldLocks.add(lock);
      try {
        disk.write(descriptor, Buffer.from(`${process.pid} ${hostname()}\n`), 0);
      } finally {
        disk.close(descriptor);
      }
      break;
    } catch (error) {
      if (errorCode(error) !== "EEXIST" || attempt === 2) {
        releaseLock(lock);
        throw explainDiskError(path, "写入", error);
      }
      refuseIfRunning(path, lock);
      removeStale(lock);
    }
  }
  releaseAtEnd();
  return () => releaseLock(lock);
}

function refuseIfRunning(path: string, lock: string): void {
  const [pid = "", host = ""] = (readIfThere(lock)?.toString("utf8") ?? "").trim().split(" ");
  const isStale = host === hostname() ? !isAlive(Number(pid)) || Number(pid) === process.pid : host === "";
  if (isStale && !heldLocks.has(lock)) return;
  throw new InputError(
    path,
    `另一个评案簿程序正在处理「${basename(path)}」${host ? `（电脑 ${host}，进程 ${pid}）` : ""}。请等它结束后再试；` +
      `如果确认没有在运行，请删除「${basename(lock)}」。`,
  );
}

function removeStale(lock: string): void {
  try {
    disk.unlink(lock);
  } catch (error) {
    if (errorCode(error) !== "ENOENT") throw explainDiskError(lock, "写入", error);
  }
}

function releaseLock(lock: string): void {
  if (!heldLocks.delete(lock)) return;
  try {
    disk.unlink(lock);
  } catch {
    // A lock of a dead process is taken over by the next run.
  }
}

function releaseAtEnd(): void {
  if (watching) return;
  watching = true;
  process.on("exit", () => {
    for (const lock of heldLocks) releaseLock(lock);
  });
  // Without these the process would end without its exit handlers.
  for (const [signal, exitCode] of [
    ["SIGINT", 130],
    ["SIGTERM", 143],
    ["SIGHUP", 129],
  ] as const) {
    process.once(signal, () => process.exit(exitCode));
  }
}

function readIfThere(path: string): Buffer | undefined {
  try {
    return disk.readFile(path);
  } catch (error) {
    // A lock file that exists but cannot be read is held by its program.
    return errorCode(error) === "ENOENT" ? undefined : Buffer.alloc(0);
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
