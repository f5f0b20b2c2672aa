import { basename, dirname, join, parse, relative, sep } from "../host/paths.ts";
import { disk, errorCode, explainDiskError, readIfThere, resolveLinks } from "./disk.ts";
import { digestBytes, type FileRemoval, type FileWrite } from "./files.ts";
import { removeQuietly } from "./temporary-files.ts";

/** What is done to one file by a command. Digests are SHA-256; null stands for no file. */
export interface FileChange {
  /** From the folder of the shared workbook, `/` between folders. */
  readonly name: string;
  readonly before: string | null;
  readonly after: string | null;
}

/** One command, as the list in its backup folder describes it. */
export interface BackupStep {
  /** Grows by one from command to command. */
  readonly number: number;
  readonly time: string;
  readonly actor: string;
  readonly action: string;
  /** Of the command that this one took back. */
  readonly undoes?: number;
  readonly files: readonly FileChange[];
}

export interface KeptStep extends BackupStep {
  /** Where the files lie as they were before. */
  readonly folder: string;
}

const listName = "清单.json";
const stepName = /^\d{8}-\d{6}-/;
/** All of the latest commands are kept, and of earlier days the first of each: as the day began. */
const keptSteps = 20;
const keptDays = 30;
const dayMs = 24 * 60 * 60 * 1000;

/** `NAME.备份` beside the shared workbook `NAME.xlsx`. */
export function backupFolder(path: string): string {
  const { dir, name } = parse(resolveLinks(path));
  return join(dir, `${name}.备份`);
}

/** The path of a file that a step names. */
export function placeOf(path: string, { name }: FileChange): string {
  return join(dirname(backupFolder(path)), ...name.split("/"));
}

/** The copy of a file as it was before the step. */
export function copyOf({ folder }: KeptStep, { name }: FileChange): string {
  return join(folder, basename(name));
}

function namesIn(folder: string): string[] {
  try {
    return disk.readdir(folder);
  } catch (error) {
    if (errorCode(error) !== "ENOENT") throw error;
    return [];
  }
}

function readStep(folder: string): KeptStep | undefined {
  try {
    return { ...(JSON.parse(disk.readFile(join(folder, listName)).toString("utf8")) as BackupStep), folder };
  } catch (error) {
    if (error instanceof SyntaxError || errorCode(error) === "ENOENT") return undefined;
    throw error;
  }
}

/** All commands whose files are kept, the earliest first. @throws InputError when the folder cannot be read */
export function listSteps(path: string): KeptStep[] {
  const folder = backupFolder(path);
  try {
    return namesIn(folder)
      .filter((name) => stepName.test(name))
      .flatMap((name) => readStep(join(folder, name)) ?? [])
      .sort((a, b) => a.number - b.number);
  } catch (error) {
    throw explainDiskError(folder, "读取", error);
  }
}

function previousOf(path: string): Buffer | undefined {
  try {
    return readIfThere(path);
  } catch (error) {
    throw explainDiskError(path, "读取", error);
  }
}

/** `20251101-090000-推荐`, with a number behind where a command was as quick as the one before. */
function makeStepFolder(parent: string, { time, action }: Pick<BackupStep, "time" | "action">): string {
  const stamp = time.replace(/[-:]/g, "").replace(" ", "-");
  disk.mkdir(parent, { recursive: true });
  for (let n = 1; ; n += 1) {
    const folder = join(parent, `${stamp}-${action}${n === 1 ? "" : `-${n}`}`);
    try {
      disk.mkdir(folder);
      return folder;
    } catch (error) {
      if (errorCode(error) !== "EEXIST") throw error;
    }
  }
}

export interface KeptVersions {
  /** To be saved together with the files of the command. */
  readonly writes: readonly FileWrite[];
  readonly folder: string;
  /** Takes the folder back when nothing was saved. */
  discard(): void;
}

/**
 * Keeps what a command is about to replace, in a dated folder of its own.
 *
 * @param path the shared workbook
 * @param changes what the command writes and `undo` is to take back
 * @throws InputError when the folder cannot be made
 */
export function keepVersions(
  path: string,
  step: Omit<BackupStep, "number" | "files">,
  changes: readonly (FileWrite | FileRemoval)[],
): KeptVersions {
  const parent = backupFolder(path);
  const number = (listSteps(path).at(-1)?.number ?? 0) + 1;
  let folder: string;
  try {
    folder = makeStepFolder(parent, step);
  } catch (error) {
    throw explainDiskError(parent, "写入", error);
  }
  const writes: FileWrite[] = [];
  const files = changes.map((change): FileChange => {
    const place = resolveLinks(change.path);
    const previous = previousOf(place);
    if (previous) writes.push({ path: join(folder, basename(place)), data: previous, expected: null });
    return {
      name: relative(dirname(parent), place).split(sep).join("/"),
      before: previous ? digestBytes(previous) : null,
      after: change.data === null ? null : digestBytes(change.data),
    };
  });
  const list: BackupStep = { number, ...step, files };
  writes.push({ path: join(folder, listName), data: `${JSON.stringify(list, null, 1)}\n`, expected: null });
  return { writes, folder, discard: () => removeFolder(folder) };
}

function removeFolder(folder: string): void {
  try {
    disk.rmdir(folder);
  } catch {
    // Something lies in it, or it goes when backups are thinned.
  }
}

/** Removes what nobody will ask for any more; what somebody has put there stays. Failing does no harm. */
export function thinBackups(path: string): void {
  try {
    const steps = listSteps(path);
    const days = new Set<string>();
    const kept = new Set<string>();
    for (const { folder } of steps.slice(-keptSteps)) kept.add(folder);
    const earlier = steps.slice(0, -keptSteps);
    const firsts = earlier.filter(({ time }) => !days.has(time.slice(0, 10)) && days.add(time.slice(0, 10)));
    for (const { folder } of firsts.slice(-keptDays)) kept.add(folder);
    for (const step of earlier) if (!kept.has(step.folder)) removeStep(step);
    const parent = backupFolder(path);
    const known = new Set(steps.map(({ folder }) => folder));
    for (const name of namesIn(parent)) {
      const folder = join(parent, name);
      if (stepName.test(name) && !known.has(folder)) removeUnfinished(folder);
    }
  } catch {
    // The next command thins them.
  }
}

function removeStep(step: KeptStep): void {
  for (const file of step.files) if (file.before !== null) removeQuietly(copyOf(step, file));
  removeQuietly(join(step.folder, listName));
  removeFolder(step.folder);
}

/** Of a run that was killed while it wrote: the files themselves had not changed by then. */
function removeUnfinished(folder: string): void {
  if (Date.now() - disk.stat(folder).mtimeMs < dayMs) return;
  for (const name of namesIn(folder)) removeQuietly(join(folder, name));
  removeFolder(folder);
}

/**
 * The command that `undo` would take back: the last one that is not taken back yet. Commands that were cut short before
 * they replaced anything do not count.
 *
 * @param digestNow of a file as it lies there
 */
export function lastStanding(
  steps: readonly KeptStep[],
  digestNow: (file: FileChange) => string | null,
): { readonly step: KeptStep; readonly since: readonly KeptStep[] } | undefined {
  const standing: KeptStep[] = [];
  const since = new Map<KeptStep, KeptStep[]>();
  for (const [i, step] of steps.entries()) {
    if (!hasTakenPlace(step, steps.slice(i + 1), digestNow)) continue;
    if (step.undoes === undefined) {
      standing.push(step);
      continue;
    }
    const at = standing.findIndex(({ number }) => number === step.undoes);
    const undone = standing[at];
    if (!undone) continue;
    standing.splice(at, 1);
    const below = standing[at - 1];
    if (below) since.set(below, [...(since.get(undone) ?? []), undone]);
  }
  const step = standing.at(-1);
  return step && { step, since: since.get(step) ?? [] };
}

function hasTakenPlace(
  { files }: KeptStep,
  later: readonly KeptStep[],
  digestNow: (file: FileChange) => string | null,
): boolean {
  return files.some((file) => {
    const next = later.flatMap((step) => step.files).find(({ name }) => name === file.name);
    const then = next ? next.before : digestNow(file);
    return then !== file.before || file.before === file.after;
  });
}

/** Files of a step that somebody has changed since by other means, or of which a later change is not known. */
export function changedSince(
  step: KeptStep,
  steps: readonly KeptStep[],
  digestNow: (file: FileChange) => string | null,
): FileChange[] {
  const later = steps.filter(({ number }) => number > step.number).flatMap(({ files }) => files);
  return step.files.filter((file) => {
    const after = later.filter(({ name }) => name === file.name);
    const chain = [file, ...after];
    const now = digestNow(file);
    const isWhole = chain.every(
      (change, i) => i === 0 || change.before === chain[i - 1]?.after || change.before === chain[i - 1]?.before,
    );
    const last = chain.at(-1) ?? file;
    // A run that was cut short between two files has left one of them as it was.
    return !isWhole || (now !== last.after && now !== last.before);
  });
}
