import { host } from "#host";
import { errorCode, explainDiskError } from "../disk/disk.ts";
import { InputError } from "../errors.ts";
import type { SourceFile } from "../evidence/collect-sources.ts";
import { readersAtOnce, secondsForFile } from "../evidence/gather-evidence.ts";
import { startReaders } from "../evidence/reader-pool.ts";
import { join } from "../host/paths.ts";
import { cleanersVersion } from "./clean-file.ts";
import { FolderRecord, filesIn, type MadeFolder } from "./folder-record.ts";
import { type CaseWork, caseOf, type MakingTools, makeFolder } from "./make-folder.ts";

export interface MadeFolders {
  /** By case, in the order of the cases. */
  readonly folders: readonly MadeFolder[];
  /** Cases whose folder was there as it is to be. */
  readonly unchanged: number;
  /** Names of folders that were moved aside because somebody had put something into them. */
  readonly aside: readonly string[];
  /** 评审编号 of folders whose case is not among these. */
  readonly leftover: readonly string[];
}

/** Where folders are made before they take their place; what a run that was broken off has left there is of no use. */
const workName = ".未完成";

/** All that decides what is in the folder of a case. */
function digestOf({ reviewId, submission, applicants, sources, kept }: CaseWork): string {
  const files = sources.map(({ name, size, modified }) => [name, size, modified]);
  return host.sha256(
    JSON.stringify([
      cleanersVersion,
      host.materials.readerVersion(),
      reviewId,
      submission.id,
      submission.record.text("videoFile"),
      applicants,
      files,
      [...kept].sort(),
    ]),
  );
}

/**
 * Makes the folder of each case with anonymous copies of its files, unless it is there as it is to be. At every moment a folder is
 * there whole or not at all; a run that was broken off is gone on with by the next.
 *
 * @param out is there
 * @param step told of what is done next; what it throws ends the making
 * @throws InputError
 */
export async function makeFolders(
  out: string,
  cases: readonly CaseWork[],
  step: (name: string) => Promise<void>,
): Promise<MadeFolders> {
  const { materials } = host;
  const record = new FolderRecord(out);
  refuseOtherAward(out, record, cases);
  const workFolder = join(out, workName);
  const folders: MadeFolder[] = [];
  const aside: string[] = [];
  let unchanged = 0;
  const files = cases.reduce((sum, { sources }) => sum + sources.length, 0);
  let done = 0;
  const pool = startReaders({ count: readersAtOnce, seconds: secondsForFile });
  const tools: MakingTools = {
    pool,
    workFolder,
    step: ({ name }: SourceFile) => step(`清除身份信息 ${++done}/${files} ${name}`),
  };

  const make = async (work: CaseWork): Promise<MadeFolder> => {
    const digest = digestOf(work);
    const place = join(out, work.reviewId);
    const present = await record.present(work.reviewId);
    const there = await filesIn(place);
    const known = record.of(work.reviewId).find((each) => each.digest === digest);
    if (known && (known.files.length > 0 ? known === present : there.size === 0)) {
      unchanged += 1;
      done += work.sources.length;
      return known;
    }
    const { folder, made } = await makeFolder(work, digest, tools);
    record.add(made);
    if (there.size > 0) {
      if (present && present.files.length === there.size) await materials.removeFolder(place);
      else aside.push(await moveAside(place));
    } else await materials.removeFolder(place);
    if (made.files.length > 0) await materials.rename(folder, place);
    return made;
  };

  try {
    await materials.removeFolder(workFolder);
    await materials.ensureFolder(workFolder);
    const made = await inTurn(cases, readersAtOnce, make);
    folders.push(...made);
  } catch (error) {
    throw errorCode(error) === "" ? error : explainDiskError(out, "写入", error);
  } finally {
    await pool.close();
    await materials.removeFolder(workFolder).catch(() => {});
  }
  const wanted = new Set(cases.map(({ reviewId }) => reviewId));
  const earlier = [...new Set(record.all().map(({ reviewId }) => reviewId))].filter((id) => !wanted.has(id));
  const leftover: string[] = [];
  for (const id of earlier) if ((await filesIn(join(out, id))).size > 0) leftover.push(id);
  return { folders, unchanged, aside, leftover };
}

/**
 * Numbers of cases are the same from award to award: what was made for one is not to be replaced by the other. A case may have been
 * renamed since; not most of them.
 * @throws InputError
 */
function refuseOtherAward(out: string, record: FolderRecord, cases: readonly CaseWork[]): void {
  const known = cases.flatMap((work) => {
    const earlier = record.of(work.reviewId)[0]?.ofCase;
    return earlier === undefined ? [] : [earlier === host.sha256(caseOf(work))];
  });
  const others = known.filter((isSame) => !isSame).length;
  if (others < 2 || others * 2 <= known.length) return;
  throw new InputError(
    out,
    `“${out}”里是另一次评选的匿名材料（${others} 个案例的编号相同、名称不同），没有动它们。请用 --out 换一个文件夹。`,
  );
}

/** `R001.旧1`, or the first of them that is free. @returns its name */
async function moveAside(place: string): Promise<string> {
  for (let n = 1; ; n += 1) {
    const candidate = `${place}.旧${n}`;
    const isFree = await host.materials.lstat(candidate).then(
      () => false,
      () => true,
    );
    if (!isFree) continue;
    await host.materials.rename(place, candidate);
    return candidate;
  }
}

/** Some at once; the first that fails ends all, each with what it has under way. @returns in the order of the items */
async function inTurn<T, R>(items: readonly T[], atOnce: number, work: (item: T) => Promise<R>): Promise<R[]> {
  const results: R[] = [];
  let next = 0;
  const worker = async () => {
    try {
      for (let i = next++; i < items.length; i = next++) {
        const item = items[i];
        if (item !== undefined) results[i] = await work(item);
      }
    } catch (error) {
      next = items.length;
      throw error;
    }
  };
  const workers = await Promise.allSettled(Array.from({ length: atOnce }, worker));
  const failed = workers.find((each) => each.status === "rejected");
  if (failed) throw failed.reason;
  return results;
}
