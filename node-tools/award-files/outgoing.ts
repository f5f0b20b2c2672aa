import { host } from "#host";
import type { WorkbookPatch } from "../../apps-script/core/workbook/port.ts";
import type { CommandCall } from "../command-line/command.ts";
import { disk, explainDiskError, isThere } from "../disk/disk.ts";
import { digestBytes, ensureFolder, type FileWrite } from "../disk/files.ts";
import { basename, join, parse } from "../host/paths.ts";
import type { Renderer } from "../host/port.ts";
import { ZipArchive, ZipError } from "../xlsx/package/zip-archive.ts";
import { renderPatchLater } from "./render-patch.ts";

export interface Outgoing {
  readonly fileName: string;
  readonly patch: WorkbookPatch;
}

/** Fewer are made here before a thread has begun. */
const leastShared = 40;

/**
 * Renders workbooks that go out to a folder, which is made when missing.
 * @param start what begins another thread, for many of them
 */
export async function renderAll(
  call: CommandCall,
  folder: string,
  items: readonly Outgoing[],
  start = host.startRenderer,
): Promise<FileWrite[]> {
  ensureFolder(folder);
  const writes: FileWrite[] = [];
  let begun = 0;
  const makeNext = async (render: typeof renderPatchLater) => {
    for (let i = begun++; i < items.length; i = begun++) {
      const { fileName, patch } = items[i] as Outgoing;
      await call.terminal.step(`生成文件 ${i + 1}/${items.length}`);
      writes[i] = { path: join(folder, fileName), data: await render(patch) };
    }
  };
  const renderer = items.length < leastShared ? undefined : start?.();
  // What cannot be made in another thread is made here, or fails here with its own reason.
  const renderBeside = (renderer: Renderer) => (patch: WorkbookPatch) =>
    renderer.render(patch).catch(() => renderPatchLater(patch));
  // Of two, one is packed, or on its way to the other thread, while the next is written.
  const lanes = [
    renderPatchLater,
    renderPatchLater,
    ...(renderer ? [renderBeside(renderer), renderBeside(renderer)] : []),
  ];
  try {
    await Promise.all(lanes.map(makeNext));
  } finally {
    begun = items.length;
    await renderer?.end();
  }
  return writes;
}

/** `NAME.旧1.xlsx` for `NAME.xlsx`, or the first of them that is free. */
export function freeBackupName(path: string): string {
  const { dir, name, ext } = parse(path);
  for (let n = 1; ; n++) {
    const candidate = join(dir, `${name}.旧${n}${ext}`);
    if (!isThere(candidate)) return candidate;
  }
}

function readExisting(path: string): Uint8Array {
  try {
    return disk.readFile(path);
  } catch (error) {
    throw explainDiskError(path, "读取", error);
  }
}

/** Whether files hold the same; browsers and versions of Node pack the same parts into other bytes. */
function holdTheSame(old: Uint8Array, data: FileWrite["data"]): boolean {
  if (digestBytes(old) === digestBytes(data)) return true;
  if (typeof data === "string") return false;
  try {
    const [before, now] = [old, data].map((bytes) => new ZipArchive(bytes, host.codec).contents);
    return before === now;
  } catch (error) {
    if (error instanceof ZipError) return false;
    throw error;
  }
}

/**
 * Forms and score sheets come back filled in, often into the folder they went out from: a file that is there with
 * another content is never overwritten, it is kept under a name of its own.
 */
export function withoutOverwriting(writes: readonly FileWrite[]): { writes: FileWrite[]; kept: string[] } {
  const all: FileWrite[] = [];
  const kept: string[] = [];
  for (const write of writes) {
    if (isThere(write.path)) {
      const old = readExisting(write.path);
      if (holdTheSame(old, write.data)) continue;
      const backup = freeBackupName(write.path);
      all.push({ path: backup, data: old });
      kept.push(basename(backup));
      all.push({ ...write, isKept: true });
    } else all.push(write);
  }
  return { writes: all, kept };
}

export function reportKept(call: CommandCall, kept: readonly string[]): void {
  if (kept.length === 0) return;
  call.terminal.say(
    `文件夹里原有 ${kept.length} 个同名文件，已改名保留，如 ${kept[0]}。如果其中有填好的内容，请先收回。`,
  );
}
