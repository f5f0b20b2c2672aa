/** What 日志 and the messages of both hosts say of an import. */
import { listSome } from "../rules/wording.ts";
import { groupBy } from "../text/group-by.ts";
import { shortName } from "../text/list.ts";
import type { ImportEntry, ImportReport } from "./plan-import.ts";

export const importAction = "导入";

interface ImportCounts {
  readonly added: number;
  readonly updated: number;
  readonly unchanged: number;
  /** Rows of these three kinds: 0 where nothing could be taken in. */
  readonly taken: number;
  readonly kept: number;
  readonly rejected: number;
  readonly conflicts: number;
}

export function countImport({ inputs, conflicts }: ImportReport): ImportCounts {
  const sum = (count: (entry: ImportEntry) => number) => inputs.reduce((total, entry) => total + count(entry), 0);
  return {
    added: sum((entry) => entry.added),
    updated: sum((entry) => entry.updated),
    unchanged: sum((entry) => entry.unchanged),
    taken: sum(({ added, updated, unchanged }) => added + updated + unchanged),
    kept: sum((entry) => entry.kept.length),
    rejected: sum((entry) => entry.rejected.length),
    conflicts: conflicts.length,
  };
}

export function summariseImport(report: ImportReport): string {
  const { added, updated, unchanged, rejected, conflicts } = countImport(report);
  const disputed = conflicts > 0 ? `，说法不一 ${conflicts} 处` : "";
  return `新增 ${added}，更新 ${updated}，未变 ${unchanged}，未收下 ${rejected}${disputed}`;
}

/** `专家.csv → 专家：读到 3 行，新增 3，更新 0，未变 0` */
export function summariseEntry(entry: ImportEntry): string {
  const file = entry.folder === undefined || entry.file.includes("/") ? entry.file : `${entry.folder}/${entry.file}`;
  const where = entry.sheet === "" ? "未识别" : entry.sheet;
  const kept = entry.kept.length;
  const rejected = entry.rejected.length;
  return (
    `${file} → ${where}：读到 ${entry.rows} 行，新增 ${entry.added}，更新 ${entry.updated}，未变 ${entry.unchanged}` +
    (kept > 0 ? `，原样保留 ${kept} 处` : "") +
    (rejected > 0 ? `，未收下 ${rejected} 行` : "")
  );
}

/** What was kept and why, one line each. */
export function listKept({ kept }: ImportEntry): string[] {
  return kept.map(({ row, column, reason }) => {
    const place = [row > 0 ? `第 ${row} 行` : "", column === "" ? "" : `“${column}”`].join("");
    return place === "" ? reason : `${place}：${reason}`;
  });
}

/** What an earlier import had put there and this one corrected, one line each. */
export function listReplaced({ replaced = [] }: ImportEntry): string[] {
  return replaced.map(({ row, column, reason }) => `第 ${row} 行“${column}”：${reason}`);
}

/** Rows that stood in the file before and do not now, one line each. */
export function listMissing({ missing = [] }: ImportEntry): string[] {
  return missing.map(({ row, reason }) => (row > 0 ? `原第 ${row} 行 ${reason}` : reason));
}

/** Cells on which two files disagree, one line each. */
export function listConflicts({ conflicts }: ImportReport): string[] {
  return conflicts.map(({ sheet, column, id, nominator, kept, offered }) => {
    const sayings = offered.map(({ file, row, value }) => `${file} 第 ${row} 行为“${value}”`).join("，");
    const stays = kept === "" ? "此格没有填" : `表中保留“${kept}”`;
    const whose = nominator === "" ? id : `${id}（${nominator}）`;
    return `“${sheet}”表 ${whose}“${column}”说法不一：${sayings}；${stays}。请核实后在表中填写，或只导入那份正确的文件`;
  });
}

/** What was rejected and why, by name; a line for each reason, that of the most rows first. */
export function listRejected({ rejected }: ImportEntry): string[] {
  const groups = [...groupBy(rejected, ({ reason }) => reason)].sort(([, a], [, b]) => b.length - a.length);
  return groups.map(([reason, rows]) => {
    const named = rows.flatMap(({ row, name }) =>
      row > 0 ? [`第 ${row} 行${name ? `“${shortName(name)}”` : ""}`] : [],
    );
    return `${listSome(named, "行")}未收下：${reason}`;
  });
}
