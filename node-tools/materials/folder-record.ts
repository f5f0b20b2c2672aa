import { host } from "#host";
import type { LeftOut } from "../../apps-script/core/evidence/left-out.ts";
import { disk, errorCode, explainDiskError } from "../disk/disk.ts";
import { join } from "../host/paths.ts";

/** A file of an expert's as it was made. */
export interface MadeFile {
  readonly name: string;
  readonly size: number;
  /** CRC-32. */
  readonly checksum: number;
}

/** The folder of a case as it was made. */
export interface MadeFolder {
  readonly reviewId: string;
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
    const sizes = await sizesIn(join(this.folder, reviewId));
    return this.of(reviewId).find(
      ({ files }) => files.length > 0 && files.every(({ name, size }) => sizes.get(name) === size),
    );
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

/** Sizes of the files in a folder by their names, -1 for what is no file; empty where there is no folder. */
export async function sizesIn(folder: string): Promise<Map<string, number>> {
  let names: string[];
  try {
    names = await host.materials.readdir(folder);
  } catch (error) {
    if (errorCode(error) === "ENOENT") return new Map();
    throw explainDiskError(folder, "读取", error);
  }
  const sizes = new Map<string, number>();
  for (const name of names) {
    const { kind, size } = await host.materials.lstat(join(folder, name));
    sizes.set(name, kind === "file" ? size : -1);
  }
  return sizes;
}
