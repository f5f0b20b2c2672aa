/** A 填报表 for a unit that has none yet: an award of its own in a corner of the memory, of which only the form comes out. */
import { dirname } from "pathe";
import { noticeOf } from "../../../apps-script/core/award/notice-sheet.ts";
import { readAward } from "../../../apps-script/core/award/read-award.ts";
import type { FormOwner } from "../../../apps-script/core/check/judge-form.ts";
import { unitsSheet } from "../../../apps-script/core/schema/application.ts";
import { unitKindLabels } from "../../../apps-script/core/schema/choices.ts";
import { readWorkbook } from "../../office-files/workbook.ts";
import { memoryDisk } from "../host.ts";
import type { GivenFile } from "../protocol.ts";
import { run, type Turn } from "../run.ts";
import { put } from "../work-folder.ts";

const corner = ".单位";
const book = `${corner}/评案簿.xlsx`;
const roster = `${corner}/单位名册.csv`;

function clear(): void {
  try {
    for (const { path } of [...memoryDisk.files(`/${corner}`)]) memoryDisk.unlink(path);
  } catch {
    // Nobody has been here before.
  }
}

const inQuotes = (text: string) => `"${text.replaceAll('"', '""')}"`;

/** A list of units with this one alone. @param aliases what else it is called */
function rosterOf({ name, kind }: FormOwner, aliases: string): Uint8Array {
  const values: Readonly<Record<string, string>> = { code: "1", name, kind: unitKindLabels[kind], aliases };
  const rows = [
    unitsSheet.columns.map(({ label }) => label),
    unitsSheet.columns.map(({ key }) => inQuotes(values[key] ?? "")),
  ];
  return new TextEncoder().encode(rows.map((row) => row.join(",")).join("\n"));
}

/** What the rows call their unit where it is not known by that name. */
function otherNames(): string[] {
  const { snapshot } = readWorkbook(`/${book}`, "input");
  const { submissions, experts } = readAward(snapshot, noticeOf(snapshot));
  const unknown = [
    ...submissions.flatMap(({ unit, nominator }) => (unit ? [] : [nominator])),
    ...experts.flatMap(({ unit, record }) => (unit ? [] : [record.text("nominator")])),
  ];
  return [...new Set(unknown)].filter((name) => name !== "");
}

/** @returns the path of the form, undefined where nothing could be made; what was said on the way */
export async function makeForm(
  owner: FormOwner,
  files: readonly GivenFile[],
  turn: Turn,
): Promise<{ readonly path: string | undefined; readonly said: readonly string[] }> {
  clear();
  const inputs = files.map(({ path, bytes }) => {
    const place = `${corner}/收到/${path}`;
    memoryDisk.put(`/${place}`, bytes);
    return place;
  });
  const said: string[] = [];
  const attempt = async (command: string, operands: readonly string[], options = {}, isTold = false) => {
    const result = await run(command, [book, ...operands], options, turn);
    if (isTold || result.code > 1) said.push(...result.warned, ...result.said);
    return result.code < 2;
  };
  const callUnit = (aliases: string) => {
    memoryDisk.put(`/${roster}`, rosterOf(owner, aliases));
    return attempt("import", [roster]);
  };
  const isFilled = async () => {
    if (inputs.length === 0) return true;
    if (!(await attempt("import", inputs, {}, true))) return false;
    // A unit's own files may call it by a short name or by its code; any other name, and a second code, is another unit's.
    const others = otherNames();
    const codes = others.filter((name) => !/[\u4e00-\u9fff]/.test(name));
    const own = others.filter(
      (name) => owner.name.includes(name) || name.includes(owner.name) || (codes.length === 1 && codes.includes(name)),
    );
    const more = others.filter((name) => !own.includes(name));
    if (more.length > 0) said.push(`文件里还有别的推荐单位（${more.join("、")}），没有收进“${owner.name}”的填报表。`);
    return own.length === 0 || callUnit(own.join("、"));
  };
  const isMade =
    (await attempt("init", [])) &&
    (await callUnit("")) &&
    (await isFilled()) &&
    (await attempt("forms", [], { out: [`/${corner}/填报表`] }));
  if (!isMade) return { path: undefined, said };
  const made = [...memoryDisk.files(`/${corner}/填报表`)].find(({ path }) => path.endsWith(".xlsx"));
  if (!made) return { path: undefined, said };
  const path = made.path.slice(dirname(made.path).length + 1);
  const [renamed] = await put([{ path, bytes: new Uint8Array(memoryDisk.readFile(made.path)) }]);
  clear();
  // The workbook of the corner is none that anybody has seen.
  const told = said.filter((line) => !line.includes(corner));
  const own = renamed?.path ?? path;
  return { path: own, said: [`已生成「${own}」。`, ...told] };
}
