/** The folders of an expert's cases in one zip beside the score sheet; stored, since films and pictures are packed already. */
import { host } from "#host";
import { freeBackupName } from "../award-files/outgoing.ts";
import { errorCode, explainDiskError } from "../disk/disk.ts";
import type { ByteSource } from "../documents/byte-source.ts";
import { readZipDirectory } from "../documents/zip-directory.ts";
import { decodeZipName } from "../documents/zip-names.ts";
import { basename, dirname, join } from "../host/paths.ts";
import { FolderRecord, filesIn } from "./folder-record.ts";

/** The folder in every zip that the folders of the cases lie in; 评审材料 names it. */
export const expertFolder = "评分材料";

/** What an expert's zip is called. */
export const archiveName = (expert: string): string => `${expertFolder}-${expert}.zip`;

interface Entry {
  readonly name: string;
  readonly path: string;
  readonly size: number;
  readonly checksum: number;
}

export interface ExpertArchive {
  readonly expert: string;
  readonly entries: readonly Entry[];
  /** Where the zip is to lie. */
  readonly path: string;
  /** What lies there: nothing, the zip as it is to be, an earlier one, or one into which somebody put something. */
  readonly found: "none" | "same" | "earlier" | "foreign";
}

export interface PlannedArchives {
  readonly archives: readonly ExpertArchive[];
  /** 评审编号 of the cases that no folder was made for. */
  readonly missing: readonly string[];
  /** Zips of experts who are to get none, and those into which somebody put something: they go aside. */
  readonly outdated: readonly string[];
  /** Files in the folders that `materials` has not made, by `R001/…`; they are in no zip. */
  readonly foreign: readonly string[];
}

/**
 * What each expert is to get: of the cases in the score sheet alone, and only what `materials` has made.
 * @param out where the zips are to lie
 * @throws InputError when the folder cannot be read
 */
export async function planArchives(
  folder: string,
  out: string,
  experts: readonly { readonly expert: string; readonly submissions: readonly { readonly reviewId: string }[] }[],
): Promise<PlannedArchives> {
  const record = new FolderRecord(folder);
  const missing = new Set<string>();
  const foreign = new Set<string>();
  const entriesOf = new Map<string, readonly Entry[]>();
  for (const reviewId of new Set(experts.flatMap(({ submissions }) => submissions.map((s) => s.reviewId)))) {
    const made = await record.present(reviewId);
    if (!made) missing.add(reviewId);
    const names = new Set(made?.files.map(({ name }) => name));
    for (const name of (await filesIn(join(folder, reviewId))).keys())
      if (!names.has(name)) foreign.add(`${reviewId}/${name}`);
    entriesOf.set(
      reviewId,
      (made?.files ?? []).map((file) => ({
        ...file,
        name: `${expertFolder}/${reviewId}/${file.name}`,
        path: join(folder, reviewId, file.name),
      })),
    );
  }
  const ours = new Set(
    record
      .all()
      .flatMap(({ reviewId, files }) =>
        files.map((file) => inDirectory({ ...file, name: `${expertFolder}/${reviewId}/${file.name}` })),
      ),
  );
  const archives: ExpertArchive[] = [];
  for (const { expert, submissions } of experts) {
    const entries = submissions.flatMap(({ reviewId }) => entriesOf.get(reviewId) ?? []);
    if (entries.length === 0) continue;
    const path = join(out, archiveName(expert));
    archives.push({ expert, entries, path, found: await findArchive(path, entries, ours) });
  }
  const planned = new Set(archives.map(({ path }) => path));
  const others = (await archivesIn(out)).filter((path) => !planned.has(path));
  const touched = archives.filter(({ found }) => found === "foreign").map(({ path }) => path);
  return { archives, missing: [...missing], foreign: [...foreign], outdated: [...others, ...touched] };
}

const archivePattern = new RegExp(`^${archiveName("[A-Za-z]+\\d+").replace(".zip", "\\.zip")}$`);

/** The zips of experts that lie in a folder. */
async function archivesIn(out: string): Promise<string[]> {
  const names = [...(await filesIn(out)).keys()];
  return names.filter((name) => archivePattern.test(name)).map((name) => join(out, name));
}

const wide = 0xffffffff;
const utf8Flag = 0x0800;
/** 1 January 1980, the earliest date that a zip can hold. */
const earliest = 0x00210000;

/** Numbers in the order of a zip: `[bytes, value]`. */
function fields(...values: readonly (readonly [2 | 4 | 8, number])[]): Buffer {
  return Buffer.concat(
    values.map(([size, value]) => {
      const bytes = Buffer.alloc(size);
      if (size === 8) bytes.writeBigUInt64LE(BigInt(value));
      else bytes.writeUIntLE(value, 0, size);
      return bytes;
    }),
  );
}

/** Sizes and places that take more than four bytes stand in a field of their own (APPNOTE 4.5.3). */
function zip64(...values: readonly number[]): Buffer {
  const large = values.filter((value) => value >= wide);
  if (large.length === 0) return Buffer.alloc(0);
  return Buffer.concat([fields([2, 1], [2, 8 * large.length]), ...large.map((value) => fields([8, value]))]);
}

const narrow = (value: number) => Math.min(value, wide);

function localHead({ name, size, checksum }: Entry): Buffer {
  const rawName = Buffer.from(name);
  // A local head has both sizes or none of them in the field.
  const extra = size >= wide ? zip64(size, size) : Buffer.alloc(0);
  const version = extra.length > 0 ? 45 : 20;
  return Buffer.concat([
    fields([4, 0x04034b50], [2, version], [2, utf8Flag], [2, 0], [4, earliest], [4, checksum]),
    fields([4, narrow(size)], [4, narrow(size)], [2, rawName.length], [2, extra.length]),
    rawName,
    extra,
  ]);
}

function directoryEntry({ name, size, checksum }: Entry, offset: number): Buffer {
  const rawName = Buffer.from(name);
  const extra = zip64(size, size, offset);
  const version = extra.length > 0 ? 45 : 20;
  return Buffer.concat([
    fields([4, 0x02014b50], [2, version], [2, version], [2, utf8Flag], [2, 0], [4, earliest], [4, checksum]),
    fields([4, narrow(size)], [4, narrow(size)], [2, rawName.length], [2, extra.length]),
    fields([2, 0], [2, 0], [2, 0], [4, 0], [4, narrow(offset)]),
    rawName,
    extra,
  ]);
}

function directoryEnd(count: number, start: number, size: number): Buffer {
  const isWide = start >= wide || size >= wide || count >= 0xffff;
  const end = fields(
    [4, 0x06054b50],
    [4, 0],
    [2, Math.min(count, 0xffff)],
    [2, Math.min(count, 0xffff)],
    [4, narrow(size)],
    [4, narrow(start)],
    [2, 0],
  );
  if (!isWide) return end;
  return Buffer.concat([
    fields([4, 0x06064b50], [8, 44], [2, 45], [2, 45], [4, 0], [4, 0], [8, count], [8, count], [8, size], [8, start]),
    fields([4, 0x07064b50], [4, 0], [8, start + size], [4, 1]),
    end,
  ]);
}

const chunkBytes = 1024 * 1024;

/** A file was changed after it was made, so that the zip cannot be written. */
class ChangedError extends Error {}

async function* contentOf({ path, size, checksum }: Entry): AsyncGenerator<Uint8Array> {
  const changed = () => new ChangedError(`${basename(dirname(path))}/${basename(path)}`);
  const file = await host.materials.open(path);
  try {
    let crc = 0;
    if (file.size !== size) throw changed();
    for (let at = 0; at < size; at += chunkBytes) {
      const chunk = await file.read(at, Math.min(chunkBytes, size - at));
      crc = host.codec.crc32(chunk, crc);
      yield chunk;
    }
    if (crc !== checksum) throw changed();
  } finally {
    await file.close();
  }
}

async function* packed(entries: readonly Entry[]): AsyncGenerator<Uint8Array> {
  const directory: Buffer[] = [];
  let offset = 0;
  for (const entry of entries) {
    const head = localHead(entry);
    directory.push(directoryEntry(entry, offset));
    yield head;
    yield* contentOf(entry);
    offset += head.length + entry.size;
  }
  const whole = Buffer.concat(directory);
  yield whole;
  yield directoryEnd(entries.length, offset, whole.length);
}

/** How the directory of a zip tells a file. */
const inDirectory = ({ name, size, checksum }: Pick<Entry, "name" | "size" | "checksum">) =>
  `${name}\n${size}\n${checksum}`;

/** @param ours all that `materials` has made, as `inDirectory` tells it */
async function findArchive(
  path: string,
  entries: readonly Entry[],
  ours: ReadonlySet<string>,
): Promise<ExpertArchive["found"]> {
  try {
    const file = await host.materials.open(path);
    try {
      const source: ByteSource = { name: basename(path), size: file.size, read: file.read };
      const found: string[] = [];
      for await (const { unpacked: size, checksum, ...entry } of (await readZipDirectory(source)).entries())
        found.push(inDirectory({ name: decodeZipName(entry), size, checksum }));
      if (found.join("\0") === entries.map(inDirectory).join("\0")) return "same";
      return found.every((each) => ours.has(each)) ? "earlier" : "foreign";
    } finally {
      await file.close();
    }
  } catch (error) {
    return errorCode(error) === "ENOENT" ? "none" : "foreign";
  }
}

/**
 * Moves the outdated zips aside and writes those that are not there yet as they are to be, one after the other; each is there whole
 * or as it was.
 * @returns the new names of what was moved, and the files that were changed after they were made: their experts' zips stay as they are
 * @throws InputError
 */
export async function writeArchives(
  { archives, outdated }: Pick<PlannedArchives, "archives" | "outdated">,
  step: (name: string) => Promise<void>,
): Promise<{ readonly aside: readonly string[]; readonly changed: readonly string[] }> {
  const { materials } = host;
  const aside: string[] = [];
  const changed: string[] = [];
  for (const path of outdated) {
    const backup = freeBackupName(path);
    try {
      await materials.rename(path, backup);
    } catch (error) {
      throw explainDiskError(path, "写入", error);
    }
    aside.push(basename(backup));
  }
  const fresh = archives.filter(({ found }) => found !== "same");
  for (const [i, { path, entries }] of fresh.entries()) {
    await step(`打包评审材料 ${i + 1}/${fresh.length}`);
    const making = join(dirname(path), `.未完成-${basename(path)}`);
    try {
      await materials.removeFolder(making);
      await materials.write(making, packed(entries), "all");
      await materials.rename(making, path);
    } catch (error) {
      await materials.removeFolder(making).catch(() => {});
      if (error instanceof ChangedError) changed.push(error.message);
      else throw errorCode(error) === "" ? error : explainDiskError(path, "写入", error);
    }
  }
  return { aside, changed };
}
