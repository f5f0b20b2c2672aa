import { readNotice } from "../../apps-script/core/award/read-notice.ts";
import type { Notice } from "../../apps-script/core/notice/notice.ts";
import { disk, explainDiskError, isThere } from "../disk/disk.ts";
import { InputError } from "../errors.ts";
import { basename, join, resolve } from "../host/paths.ts";

const fileName = "notice.json";
/** Far more than any notice. */
const mostBytes = 1_000_000;

function readText(path: string): string {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(disk.readFile(path));
  } catch (error) {
    if (error instanceof TypeError) throw new InputError(path, `“${path}”不是 UTF-8 编码，请用 UTF-8 重新保存。`);
    throw explainDiskError(path, "读取", error);
  }
}

/**
 * Reads the notice of a folder from its `notice.json`.
 *
 * @throws InputError with everything that is wrong with it
 */
export function readNoticeFolder(folder: string): Notice {
  const path = join(folder, fileName);
  if (!isThere(path)) {
    throw new InputError(
      folder,
      `“${folder}”里没有 ${fileName}。--notice 要写一份通知的文件夹，如 templates/example-2026。`,
    );
  }
  if (disk.stat(path).size > mostBytes)
    throw new InputError(path, `“${path}”有 ${disk.stat(path).size} 字节，不像一份通知。`);
  const { notice: read, faults } = readNotice(readText(path));
  const name = basename(resolve(folder));
  const all = read && read.id !== name ? [`通知编号（id）是 ${read.id}，文件夹名是 ${name}，两者应当相同。`] : faults;
  if (read && all.length === 0) return read;
  throw new InputError(
    path,
    [
      `通知“${path}”有 ${all.length} 处不对，请改正后重新运行；没有写入任何内容：`,
      ...all.map((line) => `  ${line}`),
    ].join("\n"),
  );
}
