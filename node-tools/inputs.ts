import { basename, dirname, join, relative, resolve, sep } from "node:path";
import type { ImportInput } from "../apps-script/core/import/plan-import.ts";
import type { CommandCall } from "./command.ts";
import { disk, explainDiskError } from "./disk.ts";
import { readDocxStructure } from "./documents/docx-structure.ts";
import { InputError } from "./errors.ts";
import { digestBytes } from "./files.ts";
import { readBytes } from "./xlsx/preflight.ts";
import { type InputFile, readInputTables } from "./xlsx/read-input.ts";

/** What a command takes in: file names, and how they are called in messages. */
interface Accepted {
  readonly names: RegExp;
  readonly inWords: string;
}

const tables: Accepted = { names: /\.(csv|txt|tsv|xlsx|xlsm)$/i, inWords: ".csv 或 .xlsx" };
const tablesAndDocuments: Accepted = {
  names: /\.(csv|txt|tsv|xlsx|xlsm|docx|docm)$/i,
  inWords: ".csv、.xlsx 或 .docx",
};
/** What is read, or refused, as a text document. */
const documents = /\.(docx|docm|dotx|doc|dot|wps|wpt|rtf|odt)$/i;
/** Lock and temporary files of office programs and ours, backups, and hidden files. */
const passedOver = /^(\.|~\$)|\.bak\.xlsx$/i;

function isFolder(path: string): boolean {
  try {
    return disk.stat(path).isDirectory();
  } catch {
    return false;
  }
}

function namesIn(folder: string): string[] {
  try {
    return disk.readdir(folder).sort();
  } catch (error) {
    throw explainDiskError(folder, "读取", error);
  }
}

function filesIn(call: CommandCall, folder: string, accepted: Accepted): string[] {
  const files: string[] = [];
  for (const name of namesIn(folder)) {
    if (passedOver.test(name)) continue;
    const path = join(folder, name);
    if (isFolder(path)) files.push(...filesIn(call, path, accepted));
    else if (accepted.names.test(name)) files.push(path);
    else if (accepted === tablesAndDocuments && documents.test(name)) {
      call.terminal.say(`跳过 ${name}：读不了这种格式。请用 Word 或 WPS 打开，另存为「Word 文档（*.docx）」后再导入。`);
    } else call.terminal.say(`跳过 ${name}：不是 ${accepted.inWords} 文件。`);
  }
  return files;
}

interface FoundFile {
  readonly path: string;
  /** Names of the folders it lies in, the nearest first, up to the one that was named. */
  readonly folders: readonly string[];
}

function findFiles(call: CommandCall, paths: readonly string[], accepted: Accepted): FoundFile[] {
  const found = new Map<string, FoundFile>();
  for (const path of paths) {
    const inFolder = isFolder(path);
    const top = dirname(resolve(inFolder ? join(path, "x") : path));
    for (const file of inFolder ? filesIn(call, path, accepted) : [path]) {
      const below = relative(dirname(top), dirname(resolve(file)));
      if (!found.has(file)) found.set(file, { path: file, folders: below.split(sep).filter(Boolean).reverse() });
    }
  }
  if (found.size === 0) {
    const named = paths.map((p) => basename(p)).join("、");
    throw new InputError(paths[0] ?? "", `“${named}”里没有 ${accepted.inWords} 文件。`);
  }
  return [...found.values()];
}

/**
 * Reads the inputs of a command; a folder stands for every table in it and below.
 *
 * @param keep what of a file's sheets stays in memory
 * @throws InputError on the first input that cannot be read; nothing has been written then
 */
export async function readInputs(
  call: CommandCall,
  paths: readonly string[],
  keep: (sheets: InputFile["sheets"]) => InputFile["sheets"] = (sheets) => sheets,
): Promise<InputFile[]> {
  const files = findFiles(call, paths, tables);
  const inputs: InputFile[] = [];
  for (const [i, { path }] of files.entries()) {
    call.terminal.step(`读取 ${i + 1}/${files.length} ${basename(path)}`);
    const input = await readInputTables(path);
    inputs.push({ ...input, sheets: keep(input.sheets) });
  }
  return inputs;
}

/**
 * Reads what `import` takes in: tables, and text documents such as a filled-in 案例模板; a folder stands for all of them.
 *
 * @throws InputError on the first input that cannot be read; nothing has been written then
 */
export async function readImportInputs(call: CommandCall, paths: readonly string[]): Promise<ImportInput[]> {
  const files = findFiles(call, paths, tablesAndDocuments);
  const inputs: ImportInput[] = [];
  for (const [i, { path, folders }] of files.entries()) {
    call.terminal.step(`读取 ${i + 1}/${files.length} ${basename(path)}`);
    inputs.push(documents.test(path) ? readDocument(path, folders) : await readInputTables(path));
  }
  return inputs;
}

function readDocument(path: string, folders: readonly string[]): ImportInput {
  const bytes = readBytes(path);
  const document = { blocks: readDocxStructure(path, bytes), folders };
  return { file: basename(path), digest: digestBytes(bytes), encoding: "", sheets: [], document };
}
