import { host } from "#host";
import type { Submission } from "../../apps-script/core/award/award.ts";
import { showName } from "../../apps-script/core/evidence/evidence-finding.ts";
import type { NameMatch } from "../../apps-script/core/evidence/match-names.ts";
import { listSome, nameSubmission } from "../../apps-script/core/rules/wording.ts";
import { compareText } from "../../apps-script/core/text/compare.ts";
import { errorCode, explainDiskError } from "../disk/disk.ts";
import { InputError } from "../errors.ts";
import { basename, join } from "../host/paths.ts";
import type { MaterialStatus } from "../host/port.ts";

/** A file on the disk that belongs to a submission. */
export interface SourceFile {
  readonly path: string;
  /** Below the folder that all materials lie in, `/` between folders. */
  readonly name: string;
  /** From the submission's own folder on: the names that were handed in. */
  readonly ownName: string;
  readonly size: number;
  readonly modified: number;
  readonly submission: Submission;
}

export interface PassedOver {
  readonly name: string;
  readonly reason: string;
}

export interface CollectedSources {
  readonly sources: readonly SourceFile[];
  /** Folders and files that belong to no submission. */
  readonly unmatched: readonly PassedOver[];
  /** What belongs to one and is not looked into. */
  readonly skipped: readonly PassedOver[];
}

const sourceLimits = { files: 200_000, filesOfSubmission: 20_000, depth: 20 };
/** What systems and office programs leave lying about. */
const passedOver = /^(?:\.DS_Store|\._.*|\.~lock\..*|~\$.*|Thumbs\.db|desktop\.ini|__MACOSX|@eaDir|\.svn|\.git)$/i;

/** Names in a folder, without what systems and office programs leave lying about. */
export async function listFolder(path: string): Promise<string[]> {
  const names = await host.materials.readdir(path);
  return names.filter((name) => !passedOver.test(name)).sort(compareText);
}

/** In a few words, behind the name. */
function explain(error: unknown): string {
  switch (errorCode(error)) {
    case "EACCES":
    case "EPERM":
      return "没有读取权限，未核查；请开放权限后再运行一次";
    case "ENOENT":
      return "读取时已不在原处，或文件名的编码不是 UTF-8，未核查；请确认文件还在、改名后再运行一次";
    case "ENAMETOOLONG":
      return "路径太长，未核查；请缩短文件夹名和文件名";
    default:
      return `无法读取（${errorCode(error) || String(error)}），未核查；请检查磁盘后再运行一次`;
  }
}

class Collector {
  readonly sources: SourceFile[] = [];
  readonly unmatched: PassedOver[] = [];
  readonly skipped: PassedOver[] = [];
  /** `UNIT/` while a folder of a unit is open. */
  private prefix = "";
  private readonly counts = new Map<Submission, number>();

  constructor(private readonly match: (name: string, near?: string) => NameMatch) {}

  skip(name: string, reason: string): void {
    this.skipped.push({ name: showName(name), reason });
  }

  /** @returns the status; undefined where there is nothing to read, which is then among the skipped */
  private async look(path: string, name: string): Promise<MaterialStatus | undefined> {
    try {
      const status = await host.materials.lstat(path);
      if (status.kind === "link") this.skip(name, "是快捷方式（符号链接），不跟随，未核查；请放入文件本身");
      else if (status.kind === "other") this.skip(name, "不是普通文件，未核查；请删去");
      else return status;
    } catch (error) {
      this.skip(name, explain(error));
    }
    return undefined;
  }

  async top(folder: string): Promise<void> {
    for (const name of await listFolder(folder)) await this.place(join(folder, name), name, "");
  }

  /** A folder or file whose name should contain a number; a folder of such folders, as of one unit, is opened. */
  private async place(path: string, name: string, near: string): Promise<void> {
    const status = await this.look(path, name);
    if (!status) return;
    const match = this.match(basename(name), near);
    if (match.kind === "one") {
      if (status.kind === "folder") await this.walk(path, name, match.submission, 1);
      else this.add(path, name, status, match.submission);
      return;
    }
    if (match.kind === "several") {
      const rows = listSome(match.submissions.map((s) => `${nameSubmission(s)}（第 ${s.record.row} 行）`));
      this.unmatched.push({
        name: showName(name),
        reason: `名称对应“案例”表中的几行：${rows}，未核查；请让每个文件夹只写一个案例编号，重复的编号先改正`,
      });
      return;
    }
    if (status.kind === "folder" && near === "") {
      const inside = await this.list(path, name);
      if (inside.some((entry) => this.match(entry, name).kind !== "none")) {
        this.prefix = `${name}/`;
        for (const entry of inside) await this.place(join(path, entry), `${name}/${entry}`, name);
        this.prefix = "";
        return;
      }
    }
    this.unmatched.push({
      name: showName(name),
      reason: "名称里没有“案例”表中的案例编号，未核查；请在名称中写上案例编号，或在“案例”表中补上这一行",
    });
  }

  private async list(path: string, name: string): Promise<string[]> {
    try {
      return await listFolder(path);
    } catch (error) {
      this.skip(name, explain(error));
      return [];
    }
  }

  private async walk(folder: string, name: string, submission: Submission, depth: number): Promise<void> {
    if (depth > sourceLimits.depth) {
      this.skip(name, `文件夹套了 ${sourceLimits.depth} 层以上，未核查；请减少层次`);
      return;
    }
    for (const entry of await this.list(folder, name)) {
      const path = join(folder, entry);
      const inner = `${name}/${entry}`;
      const status = await this.look(path, inner);
      if (!status) continue;
      if (status.kind === "folder") await this.walk(path, inner, submission, depth + 1);
      else if (!this.add(path, inner, status, submission)) return;
    }
  }

  private add(path: string, name: string, status: MaterialStatus, submission: Submission): boolean {
    const count = (this.counts.get(submission) ?? 0) + 1;
    this.counts.set(submission, count);
    const limit = sourceLimits.filesOfSubmission;
    if (count > limit || this.sources.length >= sourceLimits.files) {
      const most = count > limit ? `一个案例的文件超过 ${limit} 个` : `文件总数超过 ${sourceLimits.files} 个`;
      this.skip(name, `${most}，从这一个起未核查；请删去无关文件或分批核查`);
      return false;
    }
    this.sources.push({
      path,
      name,
      ownName: name.slice(this.prefix.length),
      size: status.size,
      modified: status.modified,
      submission,
    });
    return true;
  }
}

/**
 * The files of every submission below a folder: one folder, .zip or file for each, its name containing the 案例编号,
 * either directly or one folder deeper (by unit). Links are not followed.
 * @throws InputError when the folder itself cannot be read
 */
export async function collectSources(
  folder: string,
  match: (name: string, near?: string) => NameMatch,
): Promise<CollectedSources> {
  const collector = new Collector(match);
  try {
    await collector.top(folder);
  } catch (error) {
    if (errorCode(error) === "ENOTDIR")
      throw new InputError(
        folder,
        `“${basename(folder)}”不是文件夹。请用 --files 写出装着各案例材料的文件夹；压缩包请放进一个文件夹里，每个案例一个。`,
      );
    throw explainDiskError(folder, "读取", error);
  }
  const { sources, unmatched, skipped } = collector;
  return { sources, unmatched, skipped };
}
