import { host } from "#host";
import { replaceSpaces } from "../../apps-script/core/text/characters.ts";
import { safeFileName } from "../../apps-script/core/text/file-name.ts";
import type { ByteSource } from "../documents/byte-source.ts";
import {
  isEncrypted,
  isReadable,
  readZipDirectory,
  readZipEntry,
  type ZipDirectory,
  type ZipEntry,
} from "../documents/zip-directory.ts";
import { decodeZipName, leavesFolder } from "../documents/zip-names.ts";
import { basename, join } from "../host/paths.ts";

/** A file of an archive, unpacked until the next one is asked for; or why one was not. */
export type UnpackedFile =
  | { readonly name: string; readonly path: string; readonly problem?: undefined }
  | { readonly name: string; readonly problem: string };

export const unpackLimits = {
  entries: 5_000,
  /** All files of one archive together: some hours of video. */
  bytes: 12 * 1024 ** 3,
  /** A file that unpacks to so many times its packed size, from this size on, was made to fill disks. */
  ratio: 200,
  ratioFrom: 64 * 1024 ** 2,
  /** Room that stays free on the disk. */
  spare: 256 * 1024 ** 2,
  problems: 20,
};

const symbolicLink = 0o120000;
const unixMode = (entry: ZipEntry) => (entry.attributes >>> 16) & 0o170000;
const longestName = 80;
const passedOver = /(?:^|\/)(?:__MACOSX\/|\._|\.DS_Store$|Thumbs\.db$|desktop\.ini$)/i;

/** A name of our own on the disk that still shows what it is: never a path, never too long. */
function diskName(name: string): string {
  const last = replaceSpaces(safeFileName(name.slice(name.lastIndexOf("/") + 1)), " ");
  const extension = /\.[A-Za-z0-9]{1,8}$/.exec(last)?.[0] ?? "";
  return `${last.slice(0, last.length - extension.length).slice(0, longestName) || "文件"}${extension}`;
}

function refuse(entry: ZipEntry, name: string, seen: Set<string>): string | undefined {
  if (leavesFolder(name)) return "名称指向压缩包以外的位置，未解压；请重新压缩";
  const folded = name.toLowerCase();
  if (seen.has(folded)) return "压缩包里有同名文件，后一个未解压；请改名后重新压缩";
  seen.add(folded);
  if (unixMode(entry) === symbolicLink) return "是快捷方式（符号链接），未解压；请放入文件本身";
  if (isEncrypted(entry)) return "设有密码，未解压；请取消密码后重新压缩";
  if (!isReadable(entry)) return "用了不常见的压缩方法，未解压；请用系统自带的压缩功能重新压缩为 .zip";
  const { ratio, ratioFrom } = unpackLimits;
  if (entry.unpacked > ratioFrom && entry.unpacked > ratio * entry.packed)
    return "解压后大得反常（疑为压缩炸弹），未解压；请重新压缩";
  return undefined;
}

/**
 * Unpacks an archive file by file into a folder; each file is removed when the next one is asked for.
 *
 * @param folder private and empty
 */
export async function* unpackZip(path: string, folder: string): AsyncGenerator<UnpackedFile> {
  const file = await host.materials.open(path);
  try {
    const source: ByteSource = { name: basename(path), size: file.size, read: file.read };
    let directory: ZipDirectory;
    try {
      directory = await readZipDirectory(source);
    } catch {
      yield { name: "", problem: "压缩包已损坏或不完整，无法解压；请重新压缩或重新上传" };
      return;
    }
    if (directory.count > unpackLimits.entries) {
      const problem = `压缩包里有 ${directory.count} 个文件，超过 ${unpackLimits.entries} 个，未解压；请只保留需要提交的文件`;
      yield { name: "", problem };
      return;
    }
    yield* unpackEntries(source, directory, folder);
  } finally {
    await file.close();
  }
}

async function* unpackEntries(
  source: ByteSource,
  directory: ZipDirectory,
  folder: string,
): AsyncGenerator<UnpackedFile> {
  const { materials } = host;
  const seen = new Set<string>();
  let packed = 0;
  let unpacked = 0;
  try {
    for await (const entry of directory.entries()) {
      const name = decodeZipName(entry);
      if (name.endsWith("/") || passedOver.test(name)) continue;
      packed += entry.packed;
      unpacked += entry.unpacked;
      if (packed > source.size || unpacked > unpackLimits.bytes) {
        yield { name: "", problem: "解压后的内容过大（疑为压缩炸弹），从这里起未解压；请重新压缩或拆分" };
        return;
      }
      const problem = refuse(entry, name, seen);
      if (problem !== undefined) {
        yield { name, problem };
        continue;
      }
      if ((await materials.roomIn(folder)) <= entry.unpacked + unpackLimits.spare) {
        yield { name, problem: "临时文件夹所在的磁盘空间不足，未解压；请清理磁盘后再运行一次" };
        continue;
      }
      const own = await materials.makeFolder(folder);
      const target = join(own, diskName(name));
      try {
        await materials.write(target, readZipEntry(source, entry), "owner");
      } catch {
        await materials.removeFolder(own);
        yield { name, problem: "已损坏或不完整，无法解压；请重新压缩" };
        continue;
      }
      yield { name, path: target };
      await materials.removeFolder(own);
    }
  } catch {
    yield { name: "", problem: "压缩包已损坏或不完整，其余文件无法解压；请重新压缩或重新上传" };
  }
}
