import { lockWorkbook, logAction, requireXlsx, saveAll, type WorkbookFile } from "../award-files/award-files.ts";
import { sayNextStep } from "../award-files/next-step.ts";
import { type Command, type CommandCall, exitCode, operand } from "../command-line/command.ts";
import {
  changedSince,
  copyOf,
  type FileChange,
  type KeptStep,
  lastStanding,
  listSteps,
  placeOf,
} from "../disk/backups.ts";
import { explainDiskError, readBytes, readIfThere, resolveLinks } from "../disk/disk.ts";
import { digestBytes, type FileRemoval, type FileWrite } from "../disk/files.ts";
import { InputError } from "../errors.ts";
import { basename, relative } from "../host/paths.ts";
import { readWorkbookBytes } from "../office-files/workbook.ts";

const undoAction = "撤销";

/** SHA-256, null for no file. @throws InputError when it cannot be read */
function digestIfThere(path: string): string | null {
  try {
    const bytes = readIfThere(path);
    return bytes ? digestBytes(bytes) : null;
  } catch (error) {
    throw explainDiskError(path, "读取", error);
  }
}

const isWorkbook = ({ name }: FileChange) => name.endsWith(".xlsx");
const describe = ({ action, time }: KeptStep) => `“${action}”（${time}）`;
const listNames = (files: readonly FileChange[]) => files.map(({ name }) => `「${basename(name)}」`).join("、");

/** @throws InputError when the copy is not what was kept */
function readCopy(step: KeptStep, file: FileChange): Buffer {
  const copy = copyOf(step, file);
  const bytes = readBytes(copy);
  if (digestBytes(bytes) !== file.before)
    throw new InputError(copy, `备份「${copy}」后来被改动过，不能用来撤销，没有做任何改动。请人工核对后取用。`);
  return bytes;
}

/** What `undo` would take back, and what later steps were taken back before; undefined where nothing is kept. */
function lastStep(path: string) {
  const steps = listSteps(path);
  const digestNow = (file: FileChange) => digestIfThere(placeOf(path, file));
  return { steps, digestNow, found: lastStanding(steps, digestNow) };
}

/** The step that `undo` would take back. */
export const stepToUndo = (path: string): KeptStep | undefined => lastStep(path).found?.step;

/** The workbooks as they were, each with a row in 日志 that says so. */
function restoreWorkbooks(
  path: string,
  step: KeptStep,
  since: readonly KeptStep[],
  files: readonly { readonly file: FileChange; readonly now: string | null }[],
): WorkbookFile[] {
  const restored: WorkbookFile[] = [];
  for (const { file, now } of files) {
    const place = placeOf(path, file);
    const workbook = readWorkbookBytes(place, readCopy(step, file), "edit");
    restored.push({ path: place, workbook, digest: now ?? digestBytes("") });
  }
  if (restored.length === 0) {
    const bytes = readBytes(path);
    restored.push({ path, workbook: readWorkbookBytes(path, bytes, "edit"), digest: digestBytes(bytes) });
  }
  const earlier = since.map(describe).join("、");
  for (const file of restored) {
    logAction(file, {
      action: undoAction,
      parameters: `${describe(step)}，操作人 ${step.actor}${earlier === "" ? "" : `；此前已撤销 ${earlier}`}`,
      outcome: `退回到这一操作之前；撤下的 ${files.length === 0 ? listNames(step.files) : "版本"}在备份文件夹里`,
      inputs: files.map(({ now }) => now ?? ""),
    });
  }
  return restored;
}

function reportUndone({ terminal }: CommandCall, step: KeptStep, kept: string): void {
  const made = step.files.filter((file) => file.before === null && isWorkbook(file));
  const restored = step.files.filter((file) => file.before !== null && isWorkbook(file));
  terminal.say(`已撤销${describe(step)}，操作人 ${step.actor}。`);
  if (restored.length > 0) terminal.say(`  ${listNames(restored)}退回到这一操作之前。`);
  if (made.length > 0) terminal.say(`  ${listNames(made)}是这一操作新建的，已移走。`);
  terminal.say(`  撤下的版本保存在 ${kept}；如果撤销错了，把里面的文件复制回来即可。`);
  terminal.say("  已经生成的评分表、填报表、名单等文件没有动，不再需要的请自行删除。");
}

export const undo: Command = {
  name: "undo",
  operands: "工作簿",
  minOperands: 1,
  maxOperands: 1,
  summary: "撤销最后一个命令：申报工作簿和评审工作簿（初评的也在内）一起退回到它之前",
  details: [
    "再运行一次就再退一步。撤销记入“日志”，撤下的版本另存，不会丢失；重新运行原来的命令就是恢复。",
    "命令之后人工改过工作簿的，不会撤销，以免丢掉那些改动。每个命令之前的工作簿都在旁边的“原名.备份”文件夹里，按时间命名，可以直接打开、复制：最近 20 次全部保留，更早的每天保留一次，保留 30 天。",
  ],
  async run(call) {
    const path = operand(call, 0);
    requireXlsx(path);
    readBytes(path);
    await call.terminal.step("读取备份");
    lockWorkbook(path);
    const { steps, digestNow, found } = lastStep(path);
    if (!found)
      throw new InputError(path, `没有可以撤销的命令：「${basename(path)}」旁边没有留下备份。没有做任何改动。`);
    const { step, since } = found;
    const changed = changedSince(step, steps, digestNow);
    if (changed.length > 0) {
      throw new InputError(
        path,
        `${describe(step)}之后，${listNames(changed)}又被人工改动过（或移走），撤销会丢掉那些改动，所以没有撤销，也没有做任何改动。` +
          `这一操作之前的版本在 ${relative(".", step.folder) || step.folder}，可以打开来核对，确认后自行复制回来。`,
      );
    }
    const current = step.files.map((file) => ({ file, now: digestNow(file) }));
    const toChange = current.filter(({ file, now }) => now !== file.before);
    for (const { file } of toChange) {
      const place = placeOf(path, file);
      if (isWorkbook(file) && place !== resolveLinks(path)) lockWorkbook(place);
    }
    await call.terminal.step("退回");
    const books = toChange.filter(({ file }) => isWorkbook(file) && file.before !== null);
    const others = toChange.filter((each) => !books.includes(each));
    const restored = restoreWorkbooks(path, step, since, books);
    const writes = others.map(({ file, now }): FileWrite | FileRemoval => ({
      path: placeOf(path, file),
      data: file.before === null ? null : readCopy(step, file),
      expected: now,
      isOfAward: true,
    }));
    const kept = (await saveAll(call, restored, writes, step.number)) ?? "";
    reportUndone(call, step, kept);
    sayNextStep(call, path);
    const { action, time, actor, files } = step;
    call.terminal.json({ undone: { action, time, actor, files: files.map(({ name }) => name), kept } });
    return exitCode.done;
  },
};
