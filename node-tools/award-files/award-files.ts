import { host } from "#host";
import { refreshApplicationLayout } from "../../apps-script/core/application-book/application-book.ts";
import type { Unit } from "../../apps-script/core/award/award.ts";
import { identifyNotice, noticeOf } from "../../apps-script/core/award/notice-sheet.ts";
import {
  appendLog,
  type Description,
  digestInputs,
  type LoggedAction,
  readLog,
  stampVersions,
} from "../../apps-script/core/log/log.ts";
import type { Notice } from "../../apps-script/core/notice/notice.ts";
import { patchProgress } from "../../apps-script/core/progress/progress-sheet.ts";
import type { Finding } from "../../apps-script/core/rules/rule.ts";
import { writeClock } from "../../apps-script/core/text/civil-date.ts";
import { safeFileName } from "../../apps-script/core/text/file-name.ts";
import { asTyped, type CommandCall, operand, UsageError } from "../command-line/command.ts";
import { type BackupStep, keepVersions, thinBackups } from "../disk/backups.ts";
import { isThere, readBytes } from "../disk/disk.ts";
import { digestBytes, type FileRemoval, type FileWrite, writeFilesAtomically } from "../disk/files.ts";
import { lockForRun, refuseIfOpenElsewhere } from "../disk/locks.ts";
import { InputError } from "../errors.ts";
import { basename, join, parse } from "../host/paths.ts";
import { newWorkbook, type OpenWorkbook, readWorkbookBytes } from "../office-files/workbook.ts";
import { CalculatedWorkbook, type Workbook } from "./formula-values.ts";
import { explainOrder, requireKind } from "./require-kind.ts";

const digestOfNone = digestBytes("");

/** One workbook in memory, and where it is kept. */
export interface WorkbookFile {
  readonly path: string;
  readonly workbook: Workbook;
  /** SHA-256 of the file as it was read; of nothing for a new one. */
  readonly digest: string;
}

/** 评审工作簿 lies beside the shared workbook: `NAME.评审.xlsx`, that of a unit's own review `NAME.初评-单位名称.xlsx`. */
export function reviewPath(path: string, unit?: Pick<Unit, "name">): string {
  const { dir, name, ext } = parse(path);
  return join(dir, `${name}.${unit ? `初评-${safeFileName(unit.name)}` : "评审"}${ext}`);
}

/** @param others the further files of the command */
export function requireXlsx(path: string, others: readonly string[] = []): void {
  const extension = parse(path).ext.toLowerCase();
  if (extension === ".xlsx") return;
  const remedy = /^\.(xls|xlsm|xlsb|et|ods)$/.test(extension)
    ? "请用 Excel 或 WPS 打开，另存为「Excel 工作簿（*.xlsx）」后再试。"
    : "";
  throw new UsageError(
    `工作簿的文件名应以 .xlsx 结尾，收到的是“${basename(path)}”。${explainOrder(path, others) || remedy}`,
  );
}

const releases: (() => void)[] = [];

/** Lets other runs at the workbooks that this one has opened. */
export function releaseWorkbooks(): void {
  for (const release of releases.splice(0)) release();
}

/** Keeps other runs off a workbook until this one ends. @throws InputError when a run or a program holds it */
export function lockWorkbook(path: string): void {
  if (isThere(path)) lockPlace(path);
  else refuseIfOpenElsewhere(path);
}

/** As a workbook that is there, one that is to be. @throws InputError */
export function lockPlace(path: string): void {
  refuseIfOpenElsewhere(path);
  releases.push(lockForRun(path));
}

interface OpenedBook {
  readonly path: string;
  readonly bytes: Uint8Array;
  readonly book: OpenWorkbook;
}

/**
 * Workbooks that were read and not changed, by the memory that their bytes lie in, for as long as it is kept: a page looks at the
 * same workbook again and again, and a command then has nothing to read.
 */
const openedBooks = new WeakMap<ArrayBufferLike, OpenedBook>();

/** The workbook that these bytes were opened as before; it need not be read again. */
function openedBefore(path: string, bytes: Uint8Array): OpenWorkbook | undefined {
  const opened = openedBooks.get(bytes.buffer);
  const isSame =
    opened?.path === path && opened.bytes.byteOffset === bytes.byteOffset && opened.bytes.length === bytes.length;
  return isSame ? opened.book : undefined;
}

/** What a workbook is to be: the shared one, named before `others`, unless it is the review workbook. */
interface Wanted {
  readonly kind?: "application" | "review";
  /** The further files of the command. */
  readonly others?: readonly string[];
}

/** Opens a workbook that will be saved again: no other program or run may hold it. @throws InputError */
export function openForEditing(path: string, { kind = "application", others = [] }: Wanted = {}): WorkbookFile {
  requireXlsx(path, others);
  lockWorkbook(path);
  const bytes = readBytes(path);
  const opened = openedBefore(path, bytes);
  const book = readWorkbookBytes(path, bytes, "edit", requireKind(path, kind, others), opened);
  // It will be changed.
  openedBooks.delete(bytes.buffer);
  return { path, workbook: new CalculatedWorkbook(book), digest: digestBytes(bytes) };
}

/** A workbook that is only read. */
export interface ReadFile {
  readonly workbook: Pick<Workbook, "snapshot">;
  readonly digest: string;
}

/** Opens a workbook to read from; another program may hold it. @throws InputError */
export function openForReading(path: string, { kind = "application", others = [] }: Wanted = {}): ReadFile {
  requireXlsx(path, others);
  const bytes = readBytes(path);
  const opened = openedBefore(path, bytes);
  const book = readWorkbookBytes(path, bytes, "input", requireKind(path, kind, others), opened);
  openedBooks.set(bytes.buffer, { path, bytes, book });
  return { workbook: book, digest: digestBytes(bytes) };
}

export function createWorkbook(path: string): WorkbookFile {
  requireXlsx(path);
  return { path, workbook: new CalculatedWorkbook(newWorkbook()), digest: digestOfNone };
}

/** A review workbook that was made by another notice belongs to another award. @throws InputError */
function requireNotice(path: string, { workbook }: ReadFile, notice: Notice): void {
  const [own, wanted] = [identifyNotice(noticeOf(workbook.snapshot)), identifyNotice(notice)];
  if (own === wanted) return;
  throw new InputError(
    path,
    `评审工作簿“${basename(path)}”按通知 ${own} 办理，申报工作簿按通知 ${wanted} 办理，不是同一次征集。请核对文件；没有做任何改动。`,
  );
}

/**
 * The review workbook, or that of a unit's own review, opened for editing, or undefined when there is none yet.
 *
 * @param notice that of the shared workbook
 * @throws InputError
 */
export function openReview(
  applicationPath: string,
  notice: Notice,
  unit?: Pick<Unit, "name">,
): WorkbookFile | undefined {
  const path = reviewPath(applicationPath, unit);
  if (!isThere(path)) return undefined;
  const review = openForEditing(path, { kind: "review" });
  requireNotice(path, review, notice);
  return review;
}

function noReview(applicationPath: string, unit?: Pick<Unit, "name">): InputError {
  const path = reviewPath(applicationPath, unit);
  const command = `casebook assign ${asTyped(applicationPath)}${unit ? ` --unit ${asTyped(unit.name)}` : ""}`;
  return new InputError(path, `还没有评审工作簿“${basename(path)}”。请先运行 ${command} 分派专家。`);
}

/** The review workbook for commands that need one. @throws InputError when there is none. */
export function requireReview(applicationPath: string, notice: Notice, unit?: Pick<Unit, "name">): WorkbookFile {
  const review = openReview(applicationPath, notice, unit);
  if (!review) throw noReview(applicationPath, unit);
  return review;
}

/** As `requireReview`, to read from. @throws InputError */
export function requireReviewToRead(
  applicationPath: string,
  notice: Notice,
  unit?: Pick<Unit, "name">,
): ReadFile & { readonly path: string } {
  const path = reviewPath(applicationPath, unit);
  if (!isThere(path)) throw noReview(applicationPath, unit);
  const review = openForReading(path, { kind: "review" });
  requireNotice(path, review, notice);
  return { path, ...review };
}

/** Lays the shared workbook again after rows came in: drop-downs, live checks, quota rows. */
export function refreshLayout(file: WorkbookFile): void {
  const { snapshot } = file.workbook;
  file.workbook.apply(refreshApplicationLayout(snapshot, noticeOf(snapshot)));
}

/** 进度 as the workbook stands now. @param findings of a check of it; left out where there was none */
export function refreshProgress({ workbook }: WorkbookFile, findings?: readonly Finding[]): void {
  const { snapshot } = workbook;
  const known = findings ? { findings } : {};
  workbook.apply({ sheets: [patchProgress(snapshot, noticeOf(snapshot), now().slice(0, 10), known)] });
}

/** By the clock of this machine. */
export function now(): string {
  const date = new Date();
  return writeClock(date, -date.getTimezoneOffset());
}

/** Appends the action to the workbook's 日志, chained to the row before. */
export function logAction(file: WorkbookFile, { action, parameters, outcome, inputs }: LoggedAction): void {
  const stamped = stampVersions(parameters, identifyNotice(noticeOf(file.workbook.snapshot)));
  logFrozen(file, { action, parameters: stamped, outcome }, digestInputs(inputs));
}

/** As `logAction` for an action whose inputs are kept in the archive, under this digest. */
export function logFrozen(file: WorkbookFile, description: Description, inputDigest: string): void {
  const entry = { time: now(), actor: host.userName(), ...description, inputDigest };
  file.workbook.apply({ sheets: [appendLog(file.workbook.snapshot, entry)] });
}

/** The last row of 日志: the command that is about to be saved. */
function lastLogged({ workbook }: WorkbookFile): Pick<BackupStep, "time" | "actor" | "action"> {
  const row = readLog(workbook.snapshot).rows.at(-1);
  return {
    time: row?.text("time") ?? now(),
    actor: row?.text("actor") ?? "",
    action: row?.text("action") ?? "",
  };
}

/**
 * Saves workbooks and further files, all or none. What stood there before is kept as `NAME.bak.xlsx`, and the workbooks
 * and their archive in the dated folders that `undo` takes them from.
 *
 * @param undoes the number of the step that is taken back
 * @returns the folder with what was replaced; undefined where nothing was there before
 * @throws InputError also when another program has saved a workbook since it was read; nothing has changed then
 */
export async function saveAll(
  call: CommandCall,
  files: readonly WorkbookFile[],
  others: readonly (FileWrite | FileRemoval)[] = [],
  undoes?: number,
): Promise<string | undefined> {
  await call.terminal.step("写入");
  const books: FileWrite[] = [];
  for (const { path, workbook, digest } of files) {
    refuseIfOpenElsewhere(path);
    books.push({ path, data: await workbook.toBytes(), expected: digest === digestOfNone ? null : digest });
  }
  const [first] = files;
  const path = operand(call, 0);
  const step = first && isThere(path) ? { ...lastLogged(first), ...(undoes !== undefined && { undoes }) } : undefined;
  const undoable = [...others.filter((other) => other.isOfAward), ...books];
  const kept = step && keepVersions(path, step, undoable);
  try {
    writeFilesAtomically([...(kept?.writes ?? []), ...others, ...books], { backup: true });
  } catch (error) {
    kept?.discard();
    throw error;
  }
  if (kept) thinBackups(path);
  return kept?.folder;
}
