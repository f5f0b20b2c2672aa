import { host } from "#host";
import { InputError } from "../errors.ts";
import { basename, dirname, join } from "../host/paths.ts";

/** Every file-system call of the commands goes through here, so that a test can make any one of them fail. */
export const { disk } = host;

const remedies: Record<string, string> = {
  ENOENT: "找不到这个文件或文件夹。请检查路径和文件名（包括扩展名）是否写对",
  ENOTDIR: "路径中有一段不是文件夹。请检查路径",
  EISDIR: "这是一个文件夹，不是文件。请写出文件夹里的文件名",
  EACCES: "没有权限。请检查文件和所在文件夹的权限，或换一个文件夹",
  EPERM: "系统不允许这样做：文件可能正被别的程序打开，或被设为只读。请关闭打开它的程序、取消只读后再试",
  EBUSY: "文件正被别的程序使用。请关闭打开它的程序（Excel、WPS、同步盘等）后再试",
  ETXTBSY: "文件正被别的程序使用。请关闭打开它的程序后再试",
  EROFS: "所在的磁盘是只读的。请把文件复制到可以写入的文件夹再试",
  ENOSPC: "磁盘空间已满。请清理磁盘后再试",
  EDQUOT: "您的磁盘配额已用完。请清理文件后再试",
  EMFILE: "打开的文件太多。请关闭一些程序后再试",
  ENAMETOOLONG: "文件名太长。请改短后再试",
  ERR_INVALID_ARG_VALUE: "文件名里有不能使用的字符。请改名后再试",
  EIO: "磁盘读写出错。请检查磁盘或网络盘的连接后再试",
};

export function errorCode(error: unknown): string {
  return error instanceof Error && "code" in error && typeof error.code === "string" ? error.code : "";
}

/** Turns a failed file-system call into an InputError; an InputError passes unchanged. */
export function explainDiskError(path: string, action: "读取" | "写入", error: unknown): InputError {
  if (error instanceof InputError) return error;
  const code = errorCode(error);
  const remedy = remedies[code] ?? `系统报告 ${code || String(error)}。请稍后再试，或换一个文件夹`;
  const kept = action === "写入" ? "原有文件没有改动。" : "";
  return new InputError(path, `无法${action}「${basename(path)}」：${remedy}。${kept}（${path}）`, { cause: error });
}

/** Reads the bytes of a file. @throws InputError when it is missing, empty, a folder, not permitted… */
export function readBytes(path: string): Buffer {
  let bytes: Buffer;
  try {
    bytes = disk.readFile(path);
  } catch (error) {
    throw explainDiskError(path, "读取", error);
  }
  if (bytes.length === 0) {
    throw new InputError(path, `「${basename(path)}」是空文件（0 字节），可能没有下载或保存完整。请重新取得这个文件。`);
  }
  return bytes;
}

/** The bytes of a file; undefined where there is none. @throws the other errors of the file system */
export function readIfThere(path: string): Buffer | undefined {
  try {
    return disk.readFile(path);
  } catch (error) {
    if (errorCode(error) !== "ENOENT") throw error;
    return undefined;
  }
}

/** Whether there is a file or folder. @throws the errors of the file system that leave it open */
export function isThere(path: string): boolean {
  try {
    disk.stat(path);
    return true;
  } catch (error) {
    if (absent.has(errorCode(error))) return false;
    throw explainDiskError(path, "读取", error);
  }
}

/** There is no such file, and can be none. */
const absent = new Set(["ENOENT", "ENOTDIR", "ENAMETOOLONG", "ERR_INVALID_ARG_VALUE"]);

/** Where a file lies, or would lie: a symbolic link stands for what it points to. */
export function resolveLinks(path: string): string {
  try {
    return disk.realpath(path);
  } catch (error) {
    if (errorCode(error) !== "ENOENT") throw error;
    return join(disk.realpath(dirname(path)), basename(path));
  }
}
