import { host } from "#host";
import { errorCode } from "../disk/disk.ts";
import type { ByteSource } from "../documents/byte-source.ts";
import { readZipDirectory } from "../documents/zip-directory.ts";
import { decodeZipName } from "../documents/zip-names.ts";
import { unpackLimits, unpackZip } from "../evidence/unpack-zip.ts";
import { basename } from "../host/paths.ts";

/** A file as it was handed in, taken out of its archives; or why one could not be. */
export type HandedIn =
  | { readonly name: string; readonly path: string; readonly problem?: undefined }
  | { readonly name: string; readonly problem: string };

/** Codes of the disk; those of Node's own begin with ERR_. */
export const ofDisk = /^E(?!RR_)/;

/** An archive in an archive is opened, one inside that is not; as the reading for leaks does. */
const archiveDepth = 2;

/** Whether a file is an archive of files rather than a document that is packed as one. */
async function isArchive(path: string): Promise<boolean> {
  const file = await host.materials.open(path);
  try {
    const source: ByteSource = { name: basename(path), size: file.size, read: file.read };
    const head = await source.read(0, 4);
    if (head.length < 4 || !(head.readUInt32LE(0) === 0x04034b50 || head.readUInt32LE(0) === 0x06054b50)) return false;
    const directory = await readZipDirectory(source);
    for await (const entry of directory.entries()) {
      if (/^(?:\[content_types\]\.xml|mimetype)$/i.test(decodeZipName(entry))) return false;
    }
    return true;
  } catch (error) {
    if (ofDisk.test(errorCode(error))) throw error;
    // Whoever cleans it says what is wrong with it.
    return false;
  } finally {
    await file.close();
  }
}

/**
 * The file, or for an archive what it holds, each until the next one is asked for.
 *
 * @param name for people, with folders and archives
 * @param workFolder where archives are unpacked
 */
export async function* handedIn(path: string, name: string, workFolder: string, depth = 0): AsyncGenerator<HandedIn> {
  if (!(await isArchive(path))) {
    yield { name, path };
    return;
  }
  if (depth >= archiveDepth) {
    yield { name, problem: "压缩包里又套了几层压缩包，没有解开；请解开后重新压缩" };
    return;
  }
  const folder = await host.materials.makeFolder(workFolder);
  let problems = 0;
  try {
    for await (const file of unpackZip(path, folder)) {
      const inner = file.name === "" ? name : `${name}/${file.name}`;
      if (file.problem === undefined) yield* handedIn(file.path, inner, workFolder, depth + 1);
      else {
        problems += 1;
        if (problems <= unpackLimits.problems) yield { name: inner, problem: file.problem };
      }
    }
    const more = problems - unpackLimits.problems;
    if (more > 0) yield { name, problem: `另有 ${more} 个文件没有解压；请重新压缩` };
  } finally {
    await host.materials.removeFolder(folder);
  }
}
