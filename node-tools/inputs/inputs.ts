import type { ImportInput } from "../../apps-script/core/import/plan-import.ts";
import { groupBy } from "../../apps-script/core/text/group-by.ts";
import type { CommandCall } from "../command-line/command.ts";
import { disk, explainDiskError, readBytes } from "../disk/disk.ts";
import { digestBytes } from "../disk/files.ts";
import { InputError } from "../errors.ts";
import { basename, dirname, join, relative, resolve, sep } from "../host/paths.ts";
import { readDocxStructure } from "./docx-structure.ts";
import { type InputFile, readInputTables } from "./read-input.ts";
import { explainUnread } from "./unread-formats.ts";

/** What a command takes in: file names, and how they are called in messages. */
interface Accepted {
  readonly names: RegExp;
  readonly inWords: string;
}

const tables: Accepted = { names: /\.(csv|txt|tsv|xlsx|xlsm|xls)$/i, inWords: ".csv 或 .xlsx" };
const tablesAndDocuments: Accepted = {
  names: /\.(csv|txt|tsv|xlsx|xlsm|xls|docx|docm)$/i,
  inWords: ".csv、.xlsx 或 .docx",
};
const documents = /\.(docx|docm)$/i;
/** Lock and temporary files of office programs, systems and ours, hidden files, and what we keep beside a workbook. */
const passedOver =
  /^(\.|~\$)|\.bak\.\w+$|\.casebook-lock$|\.(备份|档案)$|^需重发名单\.xlsx$|^(Thumbs\.db|ehthumbs\.db|desktop\.ini|__MACOSX|@eaDir|Icon\r)$/i;

/** A file that was not taken, and what to do about it. */
export interface Refused {
  readonly file: string;
  readonly reason: string;
}

/** What of the inputs could not be taken. */
export interface Unread {
  /** Files and folders that cannot be read. */
  readonly refused: readonly Refused[];
  /** Pictures and the like, which lie beside tables and hold none. */
  readonly passed: readonly Refused[];
}

interface FoundFile {
  readonly path: string;
  /** Below the folder that was named, `/` between folders; with more of the path where several files share a name. */
  name: string;
  /** Names of the folders it lies in, the nearest first, up to the one that was named. */
  readonly folders: readonly string[];
}

interface Found {
  readonly files: FoundFile[];
  readonly refused: Refused[];
  readonly passed: Refused[];
}

function isFolder(path: string): boolean {
  try {
    return disk.stat(path).isDirectory();
  } catch {
    return false;
  }
}

const slashed = (path: string) => path.split(sep).join("/");

/** Adds what lies in a folder and below it. @throws InputError when the folder itself cannot be read */
function searchFolder(folder: string, top: string, accepted: Accepted, found: Found): void {
  let names: string[];
  try {
    names = disk.readdir(folder).sort();
  } catch (error) {
    throw explainDiskError(folder, "读取", error);
  }
  for (const own of names) {
    if (passedOver.test(own)) continue;
    const path = join(folder, own);
    const name = slashed(relative(top, path));
    if (isFolder(path)) {
      try {
        searchFolder(path, top, accepted, found);
      } catch (error) {
        if (!(error instanceof InputError)) throw error;
        found.refused.push({ file: name, reason: error.message });
      }
    } else if (accepted.names.test(own)) addFile(path, name, top, found);
    else {
      const known = explainUnread(own) ?? { reason: `不是 ${accepted.inWords} 文件，没有读取。`, isAside: true };
      (known.isAside ? found.passed : found.refused).push({ file: name, reason: known.reason });
    }
  }
}

function addFile(path: string, name: string, top: string, { files }: Found): void {
  if (files.some((file) => resolve(file.path) === resolve(path))) return;
  const below = relative(dirname(resolve(top)), dirname(resolve(path)));
  files.push({ path, name, folders: below.split(sep).filter(Boolean).reverse() });
}

/** Files that share a name get as many of the folders above them as make their names differ. */
function distinguish(files: readonly FoundFile[]): void {
  const tails = files.map(({ path }) => slashed(resolve(path)).split("/"));
  for (let isClear = false; !isClear; ) {
    isClear = true;
    const times = new Map<string, number>();
    for (const { name } of files) times.set(name, (times.get(name) ?? 0) + 1);
    for (const [i, file] of files.entries()) {
      if ((times.get(file.name) ?? 0) < 2) continue;
      const longer = (tails[i] ?? []).slice(-file.name.split("/").length - 1).join("/");
      if (longer === file.name) continue;
      file.name = longer;
      isClear = false;
    }
  }
}

/**
 * Finds the files that are named, or lie in folders that are named, and reads each. What cannot be read is reported and
 * does not stop the rest; only a single file that is named alone does.
 *
 * @throws InputError for that one, and where nothing at all was found
 */
async function readAll<T>(
  call: CommandCall,
  paths: readonly string[],
  accepted: Accepted,
  read: (file: FoundFile) => T,
): Promise<Unread & { readonly inputs: readonly T[] }> {
  const found: Found = { files: [], refused: [], passed: [] };
  const isAlone = paths.length === 1 && !isFolder(paths[0] ?? "");
  const attempt = (file: string, run: () => void) => {
    try {
      run();
    } catch (error) {
      if (!(error instanceof InputError) || isAlone) throw error;
      found.refused.push({ file, reason: error.message });
    }
  };
  for (const path of paths) {
    const named = basename(resolve(path));
    if (isFolder(path)) attempt(named, () => searchFolder(path, path, accepted, found));
    else addFile(path, named, dirname(path), found);
  }
  distinguish(found.files);
  const inputs: T[] = [];
  for (const [i, file] of found.files.entries()) {
    await call.terminal.step(`读取 ${i + 1}/${found.files.length} ${file.name}`);
    attempt(file.name, () => {
      const known = explainUnread(file.path);
      if (known) throw new InputError(file.path, `「${basename(file.path)}」${known.reason}`);
      inputs.push(read(file));
    });
  }
  if (inputs.length + found.refused.length + found.passed.length === 0) {
    const named = paths.map((p) => basename(p)).join("、");
    throw new InputError(paths[0] ?? "", `“${named}”里没有 ${accepted.inWords} 文件。`);
  }
  return { inputs, refused: found.refused, passed: found.passed };
}

/**
 * Reads the tables that a command takes in; a folder stands for every table in it and below.
 *
 * @param keep what of a file's sheets stays in memory; throws InputError where it is not the file that is wanted
 * @throws InputError for a single file that cannot be read; nothing has been written then
 */
export function readInputs(
  call: CommandCall,
  paths: readonly string[],
  keep: (sheets: InputFile["sheets"], path: string) => InputFile["sheets"] = (sheets) => sheets,
): Promise<Unread & { readonly inputs: readonly InputFile[] }> {
  return readAll(call, paths, tables, ({ path }) => {
    const input = readInputTables(path);
    return { ...input, sheets: keep(input.sheets, path) };
  });
}

/**
 * Reads what `import` takes in: tables, and text documents such as a filled-in 案例模板; a folder stands for all of them.
 *
 * @throws InputError for a single file that cannot be read; nothing has been written then
 */
export function readImportInputs(
  call: CommandCall,
  paths: readonly string[],
): Promise<Unread & { readonly inputs: readonly ImportInput[] }> {
  return readAll(call, paths, tablesAndDocuments, (file): ImportInput => {
    if (documents.test(file.path)) return readDocument(file);
    return { ...readInputTables(file.path), file: file.name };
  });
}

function readDocument({ path, name, folders }: FoundFile): ImportInput {
  const bytes = readBytes(path);
  const document = { blocks: readDocxStructure(path, bytes), folders };
  return { file: name, digest: digestBytes(bytes), encoding: "", sheets: [], document };
}

/** Tells what was not taken, the reason of most files first, of each a few by name. */
export function reportUnread({ terminal }: CommandCall, { refused, passed }: Unread): void {
  const most = 10;
  const groups = (all: readonly Refused[]) =>
    [...groupBy(all, (each) => each.reason)].sort(([, a], [, b]) => b.length - a.length);
  for (const [reason, files] of [...groups(refused), ...groups(passed)]) {
    const names = files.slice(0, most).map(({ file }) => file);
    const more = files.length > most ? `等 ${files.length} 个` : "";
    terminal.say(`${passed.includes(files[0] as Refused) ? "跳过" : "未收下"} ${names.join("、")}${more}：${reason}`);
  }
}
