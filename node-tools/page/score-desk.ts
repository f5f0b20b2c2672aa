/** The expert's desk: one score sheet, read by its labels, whatever notice it follows. */
import { readStandingAside } from "../../apps-script/core/award/stand-aside-words.ts";
import { defaultNotice } from "../../apps-script/core/notice/built-in.ts";
import { scoreSheet, scoreSheetLabels } from "../../apps-script/core/schema/review.ts";
import { readCaseTexts, storedExperts } from "../../apps-script/core/score-sheets/read-score-sheet.ts";
import { readItemScore } from "../../apps-script/core/scoring/item-score.ts";
import { cellText } from "../../apps-script/core/workbook/cell-text.ts";
import {
  type CellEdit,
  type CellValue,
  noteKey,
  type PlainValue,
  type SheetSnapshot,
} from "../../apps-script/core/workbook/port.ts";
import { CalculatedWorkbook } from "../award-files/formula-values.ts";
import { readBytes } from "../disk/disk.ts";
import { digestBytes, writeFilesAtomically } from "../disk/files.ts";
import { InputError } from "../errors.ts";
import { readWorkbookBytes } from "../office-files/workbook.ts";
import type { ScoreCase, ScoreChange, ScoreDesk, ScoreItem } from "./protocol.ts";

interface Columns {
  /** 1-based. */
  readonly headerRow: number;
  /** 1-based, by label. */
  readonly byLabel: ReadonlyMap<string, number>;
  readonly items: readonly { readonly column: number; readonly item: ScoreItem }[];
}

interface OpenSheet {
  readonly workbook: CalculatedWorkbook;
  readonly sheet: string;
  readonly columns: Columns;
  digest: string;
}

const itemLabel = /^(.+)（(\d+(?:\.\d+)?)分）$/;
/** Rows in which the header may stand: titles and instructions come before it. */
const headerDepth = 30;
const labelOf = (key: string) => scoreSheet(defaultNotice).columns.find((column) => column.key === key)?.label ?? "";
/** Of the columns that every notice has. */
const labels = {
  reviewId: labelOf("reviewId"),
  title: labelOf("title"),
  field: labelOf("field"),
  stage: labelOf("stage"),
  material: labelOf("material"),
  comment: labelOf("comment"),
  conflict: labelOf("conflict"),
};
const open = new Map<string, OpenSheet>();

export const closeScores = () => open.clear();

function findColumns({ rows, notes }: SheetSnapshot): Columns | undefined {
  for (const [i, row] of rows.slice(0, headerDepth).entries()) {
    const byLabel = new Map<string, number>();
    for (const [c, value] of row.entries()) byLabel.set(cellText(value).trim(), c + 1);
    if (!byLabel.has(labels.reviewId)) continue;
    const items = [...byLabel].flatMap(([text, column]) => {
      const [, label = "", max = ""] = itemLabel.exec(text) ?? [];
      const criterion = notes.get(noteKey(i + 1, column)) ?? "";
      return label === "" ? [] : [{ column, item: { label, max: Number(max), criterion } }];
    });
    if (items.length > 0) return { headerRow: i + 1, byLabel, items };
  }
  return undefined;
}

/** @throws InputError when the file is no score sheet that can be written to */
export function openScores(path: string): ScoreDesk {
  const whole = `/${path}`;
  const bytes = readBytes(whole);
  const workbook = new CalculatedWorkbook(readWorkbookBytes(whole, bytes, "edit"));
  const { sheets } = workbook.snapshot;
  const sheet = sheets.find(({ name }) => name === scoreSheetLabels.scores) ?? sheets[0];
  const columns = sheet && findColumns(sheet);
  if (!sheet || !columns)
    throw new InputError(
      whole,
      `「${path}」里没有找到“${labels.reviewId}”和评分项的表头，不像一份评分表。请打开管理员发来的“评分表-….xlsx”。`,
    );
  open.set(path, { workbook, sheet: sheet.name, columns, digest: digestBytes(bytes) });
  const texts = readCaseTexts(sheets);
  const cases = sheet.rows.flatMap((_, i) => {
    const each = i + 1 > columns.headerRow ? readCase(sheet, columns, i + 1) : undefined;
    return each && each.reviewId !== "" ? [{ ...each, texts: texts.get(each.reviewId) ?? [] }] : [];
  });
  return { path, expert: storedExperts([sheet])[0] ?? "", items: columns.items.map(({ item }) => item), cases };
}

const plainValue = (value: CellValue): PlainValue =>
  value !== null && typeof value === "object" && value.kind === "formula"
    ? value.result
    : value !== null && typeof value === "object" && value.kind === "link"
      ? value.text
      : value;

function readCase({ rows }: SheetSnapshot, { byLabel, items }: Columns, row: number): ScoreCase {
  const cells = rows[row - 1] ?? [];
  const cell = (column: number | undefined): CellValue => (column === undefined ? null : (cells[column - 1] ?? null));
  const text = (label: string) => cellText(cell(byLabel.get(label)));
  const values = items.map(({ column }) => cell(column));
  const read = items.map(({ item: { max } }, i) => readItemScore(values[i] ?? null, max));
  const halves = read.reduce((sum, score) => sum + (score.kind === "score" ? score.halves : 0), 0);
  const aside = readStandingAside(text(labels.conflict));
  const isEmpty = read.every(({ kind }) => kind === "empty");
  return {
    row,
    reviewId: text(labels.reviewId).trim(),
    title: text(labels.title),
    field: text(labels.field),
    stage: text(labels.stage),
    material: text(labels.material),
    texts: [],
    scores: values.map((value) => {
      const plain = plainValue(value);
      return typeof plain === "number" || plain === null ? plain : cellText(value);
    }),
    wrong: read.map((score) => (score.kind === "invalid" ? score.reason : "")),
    total: read.every(({ kind }) => kind === "score") ? halves / 2 : undefined,
    comment: text(labels.comment),
    conflict: text(labels.conflict),
    standsAside: aside.kind === "aside" || (aside.kind === "reason" && isEmpty),
  };
}

/** Writes one change into the file that came, which stays the same beside. @throws InputError */
export function changeScore(path: string, { row, item, comment, conflict }: ScoreChange): ScoreCase {
  const opened = open.get(path);
  if (!opened) throw new Error(`${path} is not open`);
  const { workbook, sheet, columns } = opened;
  const edits: CellEdit[] = [];
  const edit = (column: number | undefined, value: PlainValue) => {
    if (column !== undefined) edits.push({ row, column, value });
  };
  if (item) edit(columns.items[item.index]?.column, item.value);
  if (comment !== undefined) edit(columns.byLabel.get(labels.comment), comment === "" ? null : comment);
  if (conflict !== undefined) edit(columns.byLabel.get(labels.conflict), conflict === "" ? null : conflict);
  workbook.apply({ sheets: [{ name: sheet, edits }] });
  const data = workbook.toBuffer();
  writeFilesAtomically([{ path: `/${path}`, data, expected: opened.digest }], { backup: false });
  opened.digest = digestBytes(data);
  const now = workbook.snapshot.sheets.find(({ name }) => name === sheet);
  if (!now) throw new Error(`no sheet ${sheet}`);
  return readCase(now, columns, row);
}
