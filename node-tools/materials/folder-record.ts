import { host } from "#host";
import type { LeftOut } from "../../apps-script/core/evidence/left-out.ts";
import { disk, errorCode, explainDiskError } from "../disk/disk.ts";
import { listFolder } from "../evidence/collect-sources.ts";
import { join } from "../host/paths.ts";
import type { MaterialStatus } from "../host/port.ts";

/** A file of an expert's as it was made. */
export interface MadeFile {
  readonly name: string;
  readonly size: number;
  /** CRC-32. */
  readonly checksum: number;
  /** When it was written, in whole milliseconds since 1970; where it was not noted, its bytes are looked at. */
  readonly modified?: number;
}

/** The folder of a case as it was made. */
export interface MadeFolder {
  readonly reviewId: string;
  /** Of the case, which tells its award from another that has the same numbers. */
  readonly ofCase?: string;
  /** Of all that decides what is in it; "" where another run may make another. */
  readonly digest: string;
  readonly files: readonly MadeFile[];
  readonly leftOut: readonly LeftOut[];
}

/** Beside the folders, never in one of them: it names the files as they were handed in. */
const recordName = ".评审材料.缓存.jsonl";

function isMadeFolder(value: unknown): value is MadeFolder {
  const folder = value as Partial<MadeFolder> | null;
  return typeof folder?.reviewId === "string" && Array.isArray(folder.files) && Array.isArray(folder.leftOut);
}

/** What was made in a folder of materials, a line for each case, written before its folder takes its place. */
export class FolderRecord {
  private readonly made = new Map<string, MadeFolder[]>();

  /** @throws InputError when what was written down cannot be read */
  constructor(private readonly folder: string) {
    const path = join(folder, recordName);
    let text = "";
    try {
      text = disk.readFile(path).toString("utf8");
    } catch (error) {
      if (errorCode(error) !== "ENOENT") throw explainDiskError(path, "读取", error);
    }
    for (const line of text.split("\n")) {
      try {
        const folder: unknown = JSON.parse(line);
        if (isMadeFolder(folder)) this.remember(folder);
      } catch {
        // The end of a run that was broken off, and the end of the file.
      }
    }
  }

  private remember(folder: MadeFolder): void {
    this.made.set(folder.reviewId, [...(this.made.get(folder.reviewId) ?? []), folder]);
  }

  /** Every state that the folder of a case was in, the last one first. */
  of(reviewId: string): readonly MadeFolder[] {
    return [...(this.made.get(reviewId) ?? [])].reverse();
  }

  /** The state whose files lie there now, whole and unchanged, others with them; undefined where there is none. */
  async present(reviewId: string): Promise<MadeFolder | undefined> {
    const folder = join(this.folder, reviewId);
    const found = await filesIn(folder);
    for (const state of this.of(reviewId))
      if (state.files.length > 0 && (await liesThere(folder, found, state.files))) return state;
    return undefined;
  }

  /** Every file that was ever made, in every state. */
  all(): MadeFolder[] {
    return [...this.made.values()].flat();
  }

  /** @throws InputError */
  add(made: MadeFolder): void {
    const path = join(this.folder, recordName);
    try {
      const descriptor = disk.open(path, "a+", 0o600);
      try {
        const line = Buffer.from(`\n${JSON.stringify(made)}\n`);
        for (let at = 0; at < line.length; ) at += disk.write(descriptor, line, at);
        disk.fsync(descriptor);
      } finally {
        disk.close(descriptor);
      }
    } catch (error) {
      throw explainDiskError(path, "写入", error);
    }
    this.remember(made);
  }
}

const chunkBytes = 1024 * 1024;

async function checksumOf(path: string): Promise<number> {
  const file = await host.materials.open(path);
  try {
    let checksum = 0;
    for (let at = 0; at < file.size; at += chunkBytes)
      checksum = host.codec.crc32(await file.read(at, Math.min(chunkBytes, file.size - at)), checksum);
    return checksum;
  } finally {
    await file.close();
  }
}

/** Whether files lie in a folder as they were made; one that was written at another time is looked at. */
async function liesThere(
  folder: string,
  found: ReadonlyMap<string, MaterialStatus>,
  files: readonly MadeFile[],
): Promise<boolean> {
  const isOfSize = ({ name, size }: MadeFile) => found.get(name)?.kind === "file" && found.get(name)?.size === size;
  if (!files.every(isOfSize)) return false;
  try {
    for (const { name, checksum, modified } of files)
      if (
        Math.round(found.get(name)?.modified ?? 0) !== modified &&
        (await checksumOf(join(folder, name))) !== checksum
      )
        return false;
  } catch (error) {
    throw explainDiskError(folder, "读取", error);
  }
  return true;
}

/** What lies in a folder, by name, without what systems leave lying about; empty where there is no folder. */
export async function filesIn(folder: string): Promise<Map<string, MaterialStatus>> {
  let names: string[];
  try {
    names = await listFolder(folder);
  } catch (error) {
    if (errorCode(error) === "ENOENT") return new Map();
    throw explainDiskError(folder, "读取", error);
  }
  const found = new Map<string, MaterialStatus>();
  for (const name of names) found.set(name, await host.materials.lstat(join(folder, name)));
  return found;
}
