import { host } from "#host";
import type { Submission } from "../../apps-script/core/award/award.ts";
import type { Applicants } from "../../apps-script/core/evidence/applicants.ts";
import { showName } from "../../apps-script/core/evidence/evidence-finding.ts";
import { compareCopy, judgeCopy, namesApplicants } from "../../apps-script/core/evidence/judge-copy.ts";
import type { LeftOut } from "../../apps-script/core/evidence/left-out.ts";
import { neutralNames } from "../../apps-script/core/evidence/neutral-names.ts";
import { type SubmittedFile, summariseFile } from "../../apps-script/core/evidence/submitted-file.ts";
import { errorCode, explainDiskError } from "../disk/disk.ts";
import type { ByteSource } from "../documents/byte-source.ts";
import { UnreadableError } from "../documents/limits.ts";
import { InputError } from "../errors.ts";
import type { SourceFile } from "../evidence/collect-sources.ts";
import type { ReaderPool } from "../evidence/reader-pool.ts";
import { basename, join } from "../host/paths.ts";
import { cleanFile } from "./clean-file.ts";
import type { MadeFile, MadeFolder } from "./folder-record.ts";
import { handedIn, ofDisk } from "./handed-in.ts";

/** A case whose experts are to get its files. */
export interface CaseWork {
  readonly reviewId: string;
  readonly submission: Submission;
  readonly applicants: Applicants;
  readonly sources: readonly SourceFile[];
  /** Files, as they are shown, that somebody wants in although something was found in them. */
  readonly kept: ReadonlySet<string>;
}

/** Number and name of a case. */
export const caseOf = ({ submission }: CaseWork): string => `${submission.id}\n${submission.record.text("title")}`;

export interface MakingTools {
  readonly pool: ReaderPool;
  /** Where copies are made and archives unpacked: on the disk that they are to be on. */
  readonly workFolder: string;
  /** Before each file that was handed in. What it throws ends the making. */
  readonly step: (source: SourceFile) => Promise<void>;
}

interface Copy extends MadeFile {
  readonly file: SubmittedFile;
  readonly extension: string;
}

/** Room that stays free on the disk. */
const spareBytes = 256 * 1024 ** 2;
const fullDisk = new Set(["ENOSPC", "EDQUOT", "EROFS"]);

/** Copies of what was handed in for one case, in a folder that is not yet in its place. */
class FolderMaker {
  readonly copies: Copy[] = [];
  readonly leftOut: LeftOut[] = [];
  /** Whether another run would make the same. */
  isLasting = true;

  constructor(
    private readonly work: CaseWork,
    private readonly folder: string,
    private readonly tools: MakingTools,
  ) {}

  leave(file: string, reason: string): void {
    const { reviewId, submission } = this.work;
    this.leftOut.push({ reviewId, id: submission.id, file, reason: /[。；]$/.test(reason) ? reason : `${reason}。` });
  }

  async take(source: SourceFile): Promise<void> {
    try {
      for await (const file of handedIn(source.path, source.name, this.tools.workFolder)) {
        if (file.problem === undefined) await this.copy(file.path, file.name);
        else {
          // What cannot be unpacked today may be tomorrow: the disk was full, or somebody held the file.
          this.isLasting = false;
          this.leave(file.name, file.problem);
        }
      }
    } catch (error) {
      if (error instanceof InputError) throw error;
      this.isLasting = false;
      this.leave(source.name, "没有读取权限或已不在原处；请开放权限、确认文件还在后再做一次");
    }
  }

  private async copy(path: string, name: string): Promise<void> {
    const file = await host.materials.open(path);
    try {
      const source: ByteSource = { name: basename(path), size: file.size, read: file.read };
      await this.clean(path, source, name);
    } catch (error) {
      if (error instanceof InputError || ofDisk.test(errorCode(error))) throw error;
      this.leave(
        name,
        error instanceof UnreadableError
          ? error.message
          : "已损坏或内容异常，无法清除其中的身份信息；请用原程序打开后重新保存，再提交",
      );
    } finally {
      await file.close();
    }
  }

  private async clean(original: string, source: ByteSource, name: string): Promise<void> {
    const { pool } = this.tools;
    const { applicants, kept } = this.work;
    if ((await host.materials.roomIn(this.folder)) < source.size + spareBytes)
      throw new InputError(
        this.folder,
        "存放材料的磁盘空间不足。已经做好的都在；请清理磁盘后再运行一次同样的命令，会接着做。",
      );
    const { extension, bytes, without } = await cleanFile(source, (text) => namesApplicants(text, applicants));
    const made = `${this.copies.length + this.leftOut.length + 1}${extension}`;
    const path = join(this.folder, made);
    const { size, checksum } = await this.write(path, bytes);
    const { facts, failed } = await pool.read(path);
    const before = await pool.read(original);
    const isUnread = failed || before.failed;
    // Of no kind is what could not even be opened; both are there.
    if (isUnread || facts.kind === "other" || before.facts.kind === "other") this.isLasting = false;
    // What nobody could look through is not let in by a ruling either.
    // A .svg is read as a text: the lines of it that no picture shows have gone.
    const changed = extension === ".svg" ? undefined : compareCopy(before.facts, facts);
    const reason = judgeCopy(facts, applicants, !isUnread && kept.has(showName(name))) ?? changed;
    if (reason !== undefined) {
      await host.materials.removeFolder(path);
      this.leave(name, reason);
      return;
    }
    this.copies.push({ name: made, size, checksum, extension, file: summariseFile(name, facts) });
    for (const part of without)
      this.leave(`${name}：${part}`, `${part}没有放入（文件本身已放入）；专家需要的，请单独提交`);
  }

  private async write(path: string, bytes: AsyncIterable<Uint8Array>): Promise<Pick<MadeFile, "size" | "checksum">> {
    let size = 0;
    let checksum = 0;
    async function* counted() {
      for await (const chunk of bytes) {
        size += chunk.length;
        checksum = host.codec.crc32(chunk, checksum);
        yield chunk;
      }
    }
    try {
      await host.materials.write(path, counted(), "all");
    } catch (error) {
      await host.materials.removeFolder(path);
      if (fullDisk.has(errorCode(error))) throw explainDiskError(path, "写入", error);
      throw error;
    }
    return { size, checksum };
  }

  /** Gives the copies the names that the experts see. */
  async finish(): Promise<MadeFile[]> {
    const names = neutralNames(
      this.work.submission,
      this.copies.map(({ file }) => file),
    );
    const files: MadeFile[] = [];
    for (const { name, extension, file, size, checksum } of this.copies) {
      const neutral = `${names.get(file) ?? "附件"}${extension}`;
      // Two numbers and an extension are no neutral name: nothing is in the way.
      const path = join(this.folder, neutral);
      await host.materials.rename(join(this.folder, name), path);
      const { modified } = await host.materials.lstat(path);
      files.push({ name: neutral, size, checksum, modified: Math.round(modified) });
    }
    return files.sort((a, b) => (a.name < b.name ? -1 : 1));
  }
}

/** Makes the copies of a case in a folder of the work folder. @returns the folder and what is in it */
export async function makeFolder(
  work: CaseWork,
  digest: string,
  tools: MakingTools,
): Promise<{ readonly folder: string; readonly made: MadeFolder }> {
  // Not a private one: whoever may read the score sheets may read what goes with them.
  const folder = join(tools.workFolder, work.reviewId);
  await host.materials.ensureFolder(folder);
  const maker = new FolderMaker(work, folder, tools);
  for (const source of work.sources) {
    await tools.step(source);
    await maker.take(source);
  }
  const files = await maker.finish();
  const made = {
    reviewId: work.reviewId,
    ofCase: host.sha256(caseOf(work)),
    digest: maker.isLasting ? digest : "",
    files,
    leftOut: maker.leftOut,
  };
  return { folder, made };
}
