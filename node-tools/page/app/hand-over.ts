import type { GivenFile, RenamedFile } from "../protocol.ts";

const types: Readonly<Record<string, string>> = {
  xlsx: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
  docx: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
  csv: "text/csv",
  zip: "application/zip",
};

/** Lets the browser save bytes as a file. */
export function handOver(name: string, bytes: Uint8Array<ArrayBuffer>): void {
  const type = types[name.slice(name.lastIndexOf(".") + 1)] ?? "application/octet-stream";
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([bytes], { type }));
  link.download = name.slice(name.lastIndexOf("/") + 1);
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}

/** Files that a person has pointed at, unread, and the paths of those that cannot be read. */
export interface FoundFiles {
  readonly files: { readonly path: string; readonly file: File }[];
  readonly skipped: string[];
}

/** Of browsers that hand folders over whole. */
export interface HandingOver {
  getAsFileSystemHandle?(): Promise<FileSystemHandle | null>;
}

/** What was read of them. */
export interface TakenFiles {
  readonly given: readonly GivenFile[];
  readonly skipped: readonly string[];
}

/** A dropped folder of browsers that hand it over whole: its entry cannot be read in pages opened from a disk. */
async function readHandle(handle: FileSystemHandle, path: string, { files, skipped }: FoundFiles): Promise<void> {
  try {
    if (handle.kind === "file") {
      files.push({ path, file: await (handle as FileSystemFileHandle).getFile() });
      return;
    }
    for await (const [name, each] of (handle as FileSystemDirectoryHandle).entries())
      await readHandle(each, `${path}/${name}`, { files, skipped });
  } catch {
    skipped.push(path);
  }
}

async function readEntry(entry: FileSystemEntry, { files, skipped }: FoundFiles): Promise<void> {
  const path = entry.fullPath.replace(/^\//, "");
  try {
    if (entry.isFile) {
      const file = await new Promise<File>((resolve, reject) => (entry as FileSystemFileEntry).file(resolve, reject));
      files.push({ path, file });
      return;
    }
    const reader = (entry as FileSystemDirectoryEntry).createReader();
    for (;;) {
      const entries = await new Promise<FileSystemEntry[]>((resolve, reject) => reader.readEntries(resolve, reject));
      if (entries.length === 0) return;
      for (const each of entries) await readEntry(each, { files, skipped });
    }
  } catch {
    skipped.push(path);
  }
}

/**
 * Files and whole folders that were dropped, without those that no command reads: materials among them may be larger than
 * the memory.
 */
export async function readDropped(transfer: DataTransfer): Promise<TakenFiles> {
  const { files, skipped } = await findDropped(transfer);
  const wanted = files.filter(({ path }) => isRead.test(path));
  if (files.length > 0 && wanted.length === 0)
    throw new Error("拖进来的没有表格和文档。要核查各案例的材料，请在“材料核查”里选择文件夹。");
  return readFiles({ files: wanted, skipped });
}

const isRead = /\.(xlsx|xlsm|xls|csv|tsv|txt|docx|docm|json)$/i;

/** The files that were dropped, those in folders with their paths. */
export async function findDropped({ items }: DataTransfer): Promise<FoundFiles> {
  // The list is empty after the first wait. A file is taken as it is: its entry cannot be read in pages opened from a disk.
  const folders: { readonly entry: FileSystemEntry; readonly handle: Promise<FileSystemHandle | null> | undefined }[] =
    [];
  const found: FoundFiles = { files: [], skipped: [] };
  for (const item of items) {
    const entry = item.webkitGetAsEntry();
    const file = entry?.isDirectory ? null : item.getAsFile();
    if (file) found.files.push({ path: file.name, file });
    else if (entry) folders.push({ entry, handle: (item as HandingOver).getAsFileSystemHandle?.() });
  }
  for (const { entry, handle } of folders) {
    const folder = await handle?.catch(() => null);
    if (folder) await readHandle(folder, folder.name, found);
    else await readEntry(entry, found);
  }
  if (found.files.length === 0 && found.skipped.length > 0)
    throw new Error("这个浏览器不让网页读拖进来的文件夹。请点按钮选择文件夹，或把文件夹里的文件选中后拖进来。");
  return found;
}

/** One that cannot be read keeps no other from being taken. */
export async function readFiles({ files, skipped }: FoundFiles): Promise<TakenFiles> {
  const given: GivenFile[] = [];
  const unread = [...skipped];
  for (const { path, file } of files) {
    try {
      given.push({ path, bytes: new Uint8Array(await file.arrayBuffer()) });
    } catch {
      unread.push(path);
    }
  }
  return { given, skipped: unread };
}

const mostNamed = 10;

/** What is said of files that were not read. */
export const tellSkipped = (skipped: readonly string[]): string[] =>
  skipped.length === 0
    ? []
    : [
        `有 ${skipped.length} 个文件太大或读不了，没有读取：${skipped.slice(0, mostNamed).join("、")}${skipped.length > mostNamed ? "等" : ""}。请关闭打开它们的程序，或查看权限，再选一次。`,
      ];

/** What is said of files whose names others bore. */
export const tellRenamed = (renamed: readonly RenamedFile[]): string[] =>
  renamed.length === 0
    ? []
    : [
        `有 ${renamed.length} 个文件与已有的同名而内容不同，都保留了，新来的改名为：${renamed.map(({ path }) => path).join("、")}。`,
        "是同一份的新版，点“改用新来的”；是两份不同的，点“都留着”。",
      ];

/** Asks for files. */
export function chooseFiles(): Promise<TakenFiles> {
  return new Promise((resolve) => {
    const input = document.createElement("input");
    input.type = "file";
    input.multiple = true;
    input.accept = ".xlsx,.csv,.txt,.docx,.xlsm";
    input.oncancel = () => resolve({ given: [], skipped: [] });
    input.onchange = () => {
      const files = [...(input.files ?? [])].map((file) => ({ path: file.name, file }));
      resolve(readFiles({ files, skipped: [] }));
    };
    input.click();
  });
}

export const canOpenFolders = () => "showDirectoryPicker" in window;

declare global {
  interface Window {
    /** Of browsers that open folders. */
    showDirectoryPicker(options: { readonly mode: "read" | "readwrite" }): Promise<FileSystemDirectoryHandle>;
  }
}

/** Asks for a folder to work in, or only to be read; undefined when none was chosen. */
export async function chooseFolder(mode: "read" | "readwrite"): Promise<FileSystemDirectoryHandle | undefined> {
  try {
    return await window.showDirectoryPicker({ mode });
  } catch (error) {
    if (error instanceof DOMException && error.name === "AbortError") return undefined;
    throw error;
  }
}
