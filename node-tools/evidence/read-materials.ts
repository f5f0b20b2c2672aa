import { host } from "#host";
import type { FileFacts } from "../../apps-script/core/evidence/file-facts.ts";
import { basename } from "../host/paths.ts";
import type { SourceFile } from "./collect-sources.ts";
import type { CachedEntry, CacheKey, FactsCache } from "./facts-cache.ts";
import type { ReaderPool } from "./reader-pool.ts";
import { unpackLimits, unpackZip } from "./unpack-zip.ts";

export interface ReadingOptions {
  readonly pool: ReaderPool;
  readonly cache: FactsCache;
  /** Where archives are unpacked. */
  readonly workFolder: string;
  /** Files that are under way at once. */
  readonly atOnce: number;
  /** Before each file, with its number: 1, 2, 3… What it throws ends the reading. */
  readonly progress: (number: number, source: SourceFile) => Promise<void>;
  /** With what was read, in no particular order. */
  readonly take: (source: SourceFile, entries: readonly CachedEntry[]) => void;
}

export interface ReadingCounts {
  /** Files on the disk that were opened in this run. */
  readonly read: number;
  /** Files that had not changed since they were read. */
  readonly remembered: number;
}

/** An archive in an archive is opened; one inside that is reported, not opened. */
const archiveDepth = 2;

const unreadable = (problem: string): FileFacts => ({ kind: "other", pieces: [], paragraphs: [], problem });

interface Reading {
  readonly entries: CachedEntry[];
  /** Whether another run would read the same. */
  lasting: boolean;
}

async function readArchive(
  path: string,
  inner: string,
  depth: number,
  { pool, workFolder }: Pick<ReadingOptions, "pool" | "workFolder">,
  reading: Reading,
): Promise<void> {
  const folder = await host.materials.makeFolder(workFolder);
  let problems = 0;
  try {
    for await (const file of unpackZip(path, folder)) {
      const name = [inner, file.name].filter((part) => part !== "").join("/");
      if (file.problem !== undefined) {
        problems += 1;
        if (problems <= unpackLimits.problems) reading.entries.push({ name, facts: unreadable(file.problem) });
        continue;
      }
      const { facts, failed } = await pool.read(file.path);
      if (failed) reading.lasting = false;
      reading.entries.push({ name, facts });
      if (facts.kind !== "archive") continue;
      if (depth < archiveDepth) await readArchive(file.path, name, depth + 1, { pool, workFolder }, reading);
      else reading.entries.push({ name, facts: unreadable("压缩包里又套了几层压缩包，未解压；请解开后重新压缩") });
    }
    const more = problems - unpackLimits.problems;
    if (more > 0) reading.entries.push({ name: inner, facts: unreadable(`另有 ${more} 个文件未解压；请重新压缩`) });
  } finally {
    await host.materials.removeFolder(folder);
  }
}

const keyOf = ({ path, size, modified }: SourceFile): CacheKey => ({ path, size, modified });

async function readSource(source: SourceFile, options: ReadingOptions): Promise<readonly CachedEntry[]> {
  try {
    await (await host.materials.open(source.path)).close();
  } catch {
    const problem = `「${basename(source.path)}」没有读取权限或已不在原处，未核查；请开放权限、确认文件还在后再运行一次。`;
    return [{ name: "", facts: unreadable(problem) }];
  }
  const { facts, failed } = await options.pool.read(source.path);
  const reading: Reading = { entries: [{ name: "", facts }], lasting: !failed };
  if (facts.kind === "archive") await readArchive(source.path, "", 1, options, reading);
  if (reading.lasting) options.cache.put(keyOf(source), reading.entries);
  return reading.entries;
}

/** Reads every file that the cache does not know yet, archives with what they hold. */
export async function readMaterials(sources: readonly SourceFile[], options: ReadingOptions): Promise<ReadingCounts> {
  let next = 0;
  const counts = { read: 0, remembered: 0 };
  const work = async () => {
    try {
      for (let source = sources[next++]; source !== undefined; source = sources[next++]) {
        await options.progress(next, source);
        const known = options.cache.get(keyOf(source));
        if (known) counts.remembered += 1;
        else counts.read += 1;
        options.take(source, known ?? (await readSource(source, options)));
      }
    } catch (error) {
      // Where one has come to its end, nobody begins another file.
      next = sources.length;
      throw error;
    }
  };
  await Promise.all(Array.from({ length: options.atOnce }, work));
  return counts;
}
