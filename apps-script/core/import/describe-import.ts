/** What 日志 and the messages of both hosts say of an import. */
import type { ImportEntry, ImportReport } from "./plan-import.ts";

export const importAction = "导入";

export interface ImportCounts {
  readonly added: number;
  readonly updated: number;
  readonly unchanged: number;
  readonly kept: number;
  readonly rejected: number;
}

export function countImport({ inputs }: ImportReport): ImportCounts {
  const sum = (count: (entry: ImportEntry) => number) => inputs.reduce((total, entry) => total + count(entry), 0);
  return {
    added: sum((entry) => entry.added),
    updated: sum((entry) => entry.updated),
    unchanged: sum((entry) => entry.unchanged),
    kept: sum((entry) => entry.kept.length),
    rejected: sum((entry) => entry.rejected.length),
  };
}

export function summariseImport(report: ImportReport): string {
  const { added, updated, unchanged, rejected } = countImport(report);
  return `新增 ${added}，更新 ${updated}，未变 ${unchanged}，未收下 ${rejected}`;
}

/** `专家.csv → 专家：读到 3 行，新增 3，更新 0，未变 0` */
export function summariseEntry(entry: ImportEntry): string {
  const file = entry.folder === undefined ? entry.file : `${entry.folder}/${entry.file}`;
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

/** What was rejected and why, one line each. */
export function listRejected({ rejected }: ImportEntry): string[] {
  return rejected.map(({ row, reason }) => (row > 0 ? `第 ${row} 行未收下：${reason}` : `未收下：${reason}`));
}
