/** A small award in its review: five bureaus, a direct school, invented people; and hands that fill in score sheets. */
import { ningxia2025 } from "../../apps-script/core/notice/ningxia-2025.ts";
import { planReview } from "../../apps-script/core/panel/assign.ts";
import { buildScoreSheets, type ScoreSheetFile } from "../../apps-script/core/score-sheets/packets.ts";
import type { CollectInput } from "../../apps-script/core/score-sheets/take-file.ts";
import { cellText } from "../../apps-script/core/workbook/cell-text.ts";
import type { CellValue, SheetSnapshot, WorkbookSnapshot } from "../../apps-script/core/workbook/port.ts";
import { emptySnapshot } from "../../apps-script/core/workbook/port.ts";
import {
  type AwardParts,
  date,
  directSchool,
  type ExpertRow,
  makeSnapshot,
  type SubmissionRow,
  tongxin,
  type UnitRow,
  validExpert,
  validSubmission,
  xingqing,
} from "./award-builder.ts";
import { applyPatch, sheetNamed } from "./in-memory-workbook.ts";

export const notice = ningxia2025;
export const items = notice.rubric.items;

export const yinchuan: UnitRow = {
  ...xingqing,
  code: "640100",
  name: "银川市教育局",
  aliases: "银川市、银川",
  parent: "",
};
export const jinfeng: UnitRow = {
  ...xingqing,
  code: "640106",
  name: "金凤区教育局",
  aliases: "金凤区、金凤",
  parent: "银川市",
};
export const shapotou: UnitRow = {
  ...xingqing,
  code: "640502",
  name: "沙坡头区教育局",
  aliases: "沙坡头区",
  parent: "中卫市",
};
export const units: readonly UnitRow[] = [yinchuan, xingqing, jinfeng, tongxin, directSchool, shapotou];

const places = ["银川市", "兴庆区", "金凤区", "同心县", "厅直属第一示例学校", "沙坡头区"];
const stages = ["小学", "初中", "高中", "其他"];

/** The i-th recommended, clean submission. */
export function recommendedSubmission(i: number): SubmissionRow {
  const u = i % units.length;
  const school = units[u] === directSchool;
  return {
    ...validSubmission(i),
    nominator: units[u]!.name!,
    track: school ? null : i % 3 === 0 ? "乡村" : "城市",
    field: notice.fields[Math.floor(i / 2) % 4]!.label,
    stage: stages[Math.floor(i / 3) % 4]!,
    "author1.unit": school ? "厅直属第一示例学校" : `${places[u]}第${(i % 7) + 1}实验学校`,
    phone: `1370000${String(i).padStart(4, "0")}`,
    recommended: "是",
    recommendedOn: date("2025-10-20"),
  };
}

/** Five experts a stage and bureau, two of the school. */
export function defaultExperts(): ExpertRow[] {
  const wanted = units.flatMap((unit) =>
    unit === directSchool
      ? [0, 1].map(() => ({ unit, stage: "" }))
      : notice.stages.flatMap((stage) => Array.from({ length: 5 }, () => ({ unit, stage }))),
  );
  return wanted.map(({ unit, stage }, i) => ({
    ...validExpert(i, String(unit.name), stage),
    unit: `${String(unit.name).slice(0, 3)}第${i + 21}学校`,
    fields: i % 3 === 0 ? notice.fields[i % 4]!.label : null,
  }));
}

export function shared(parts: AwardParts = {}, count = 40): WorkbookSnapshot {
  return makeSnapshot({
    units,
    submissions: Array.from({ length: count }, (_, i) => recommendedSubmission(i)),
    experts: defaultExperts(),
    ...parts,
  });
}

/** The review workbook after the first assignment. */
export function assigned(award: WorkbookSnapshot, options = {}): WorkbookSnapshot {
  return applyPatch(emptySnapshot, planReview(award, undefined, notice, options).patch);
}

export function rowsOf(snapshot: WorkbookSnapshot, sheet: string): Record<string, CellValue>[] {
  const [header = [], ...rows] = sheetNamed(snapshot, sheet).rows;
  return rows.map((row) => Object.fromEntries(header.map((label, c) => [String(label), row[c] ?? null])));
}

export interface FilledRow {
  readonly reviewId: string;
  readonly scores?: readonly CellValue[];
  readonly comment?: string;
  readonly conflict?: string;
}

/** The sheets of a score sheet as a host reads them, filled in by `fill`; rows it returns nothing for stay empty. */
export function fillScoreSheet(
  file: ScoreSheetFile,
  fill: (reviewId: string, row: number) => Omit<FilledRow, "reviewId"> | undefined,
): SheetSnapshot[] {
  const { sheets } = applyPatch(emptySnapshot, file.patch);
  return sheets.map((sheet) => {
    if (sheet.name !== "评分") return sheet;
    const headerAt = sheet.rows.findIndex((row) => row.includes("评审编号"));
    const header = sheet.rows[headerAt]!;
    const at = (start: string) => header.findIndex((label) => String(label).startsWith(start));
    const rows = sheet.rows.map((row, r) => {
      const filled = r > headerAt ? fill(cellText(row[at("评审编号")] ?? null), r + 1) : undefined;
      if (!filled) return row;
      const cells = header.map((_, c) => row[c] ?? null);
      filled.scores?.forEach((value, i) => {
        cells[at(items[i]!.label)] = value;
      });
      if (filled.comment !== undefined) cells[at("评语")] = filled.comment;
      if (filled.conflict !== undefined) cells[at("回避")] = filled.conflict;
      return cells;
    });
    return { ...sheet, rows };
  });
}

export function input(file: ScoreSheetFile, sheets: readonly SheetSnapshot[], fileName = file.fileName): CollectInput {
  return { file: fileName, digest: fileName, sheets };
}

export function scoreSheets(award: WorkbookSnapshot, review: WorkbookSnapshot): ScoreSheetFile[] {
  return buildScoreSheets(award, review, notice);
}
