import { archiveName, type FrozenAction, writeFrozen } from "../../apps-script/core/replay/frozen-action.ts";
import { disk, isThere } from "../disk/disk.ts";
import { digestBytes, ensureFolder, type FileWrite } from "../disk/files.ts";
import { join, parse } from "../host/paths.ts";

/** `NAME.档案` for the review workbook `NAME.评审.xlsx` or `NAME.初评-单位.xlsx`. */
export function archiveFolder(reviewPath: string): string {
  const { dir, name } = parse(reviewPath);
  return join(dir, `${name.replace(/\.评审$/, "")}.档案`);
}

export interface ArchivedAction {
  /** Names the file; 输入摘要 of the row of 日志. */
  readonly digest: string;
  /** To be saved together with the workbook; empty where the very same is kept already. */
  readonly writes: readonly FileWrite[];
}

/** What an action was computed from, as a file of the archive. @throws InputError when the folder cannot be made */
export function archiveAction(reviewPath: string, frozen: FrozenAction): ArchivedAction {
  const folder = archiveFolder(reviewPath);
  const text = writeFrozen(frozen);
  // As `digestFrozen` has it, by the host: tens of megabytes come back from the experts.
  const digest = digestBytes(text);
  const path = join(folder, archiveName(digest));
  ensureFolder(folder);
  const isKept = isThere(path) && digestBytes(disk.readFile(path)) === digest;
  return { digest, writes: isKept ? [] : [{ path, data: text, isOfAward: true }] };
}

/** Names of the archive's files; undefined where there is no archive. */
export function listArchived(reviewPath: string): readonly string[] | undefined {
  const folder = archiveFolder(reviewPath);
  if (!isThere(folder)) return undefined;
  return disk
    .readdir(folder)
    .filter((name) => name.endsWith(".json"))
    .sort();
}

/** The text of an action in the archive; undefined when there is no such file. */
export function readArchived(reviewPath: string, digest: string): string | undefined {
  if (!/^[0-9a-f]{64}$/.test(digest)) return undefined;
  const path = join(archiveFolder(reviewPath), archiveName(digest));
  return isThere(path) ? disk.readFile(path).toString("utf8") : undefined;
}
