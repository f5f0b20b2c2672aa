import { basename, join } from "node:path";
import type { CommandCall } from "./command.ts";
import { disk, explainDiskError } from "./disk.ts";
import { InputError } from "./errors.ts";
import { type InputFile, readInputTables } from "./xlsx/read-input.ts";

const readable = /\.(csv|txt|tsv|xlsx|xlsm)$/i;
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

function filesIn(call: CommandCall, folder: string): string[] {
  const files: string[] = [];
  for (const name of namesIn(folder)) {
    if (passedOver.test(name)) continue;
    const path = join(folder, name);
    if (isFolder(path)) files.push(...filesIn(call, path));
    else if (readable.test(name)) files.push(path);
    else call.terminal.say(`跳过 ${name}：不是 .csv 或 .xlsx 文件。`);
  }
  return files;
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
  const files = [...new Set(paths.flatMap((path) => (isFolder(path) ? filesIn(call, path) : [path])))];
  if (files.length === 0) {
    throw new InputError(paths[0] ?? "", `“${paths.map((p) => basename(p)).join("、")}”里没有 .csv 或 .xlsx 文件。`);
  }
  const inputs: InputFile[] = [];
  for (const [i, path] of files.entries()) {
    call.terminal.step(`读取 ${i + 1}/${files.length} ${basename(path)}`);
    const input = await readInputTables(path);
    inputs.push({ ...input, sheets: keep(input.sheets) });
  }
  return inputs;
}
