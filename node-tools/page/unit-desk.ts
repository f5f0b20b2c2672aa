/** The unit's desk: one 填报表, judged as it stands and corrected in place. */
import { newApplicationWorkbook } from "../../apps-script/core/application-book/application-book.ts";
import { hiddenFromUnits, unitOfForm } from "../../apps-script/core/application-book/unit-form.ts";
import type { AwardData } from "../../apps-script/core/award/award.ts";
import { noticeOf } from "../../apps-script/core/award/notice-sheet.ts";
import { readAward } from "../../apps-script/core/award/read-award.ts";
import {
  type FormOwner,
  formAsAward,
  isReadyRow,
  judgeForm,
  readFormTable,
} from "../../apps-script/core/check/judge-form.ts";
import { type Correction, patchCorrections } from "../../apps-script/core/corrections/correction.ts";
import { proposeCorrections } from "../../apps-script/core/corrections/propose-corrections.ts";
import type { Notice, UnitKind } from "../../apps-script/core/notice/notice.ts";
import { ruleName } from "../../apps-script/core/rules/index.ts";
import type { Finding } from "../../apps-script/core/rules/rule.ts";
import { submissionsSheet, textsSheet, unitFormSheets } from "../../apps-script/core/schema/application.ts";
import { choicesOf } from "../../apps-script/core/schema/choice-lists.ts";
import { type ColumnSpec, helpOf } from "../../apps-script/core/schema/sheet-spec.ts";
import type { Table, TableRow } from "../../apps-script/core/tables/table.ts";
import { countWords } from "../../apps-script/core/text/count-words.ts";
import { cellText } from "../../apps-script/core/workbook/cell-text.ts";
import type { CellEdit, PlainValue, WorkbookSnapshot } from "../../apps-script/core/workbook/port.ts";
import { CalculatedWorkbook } from "../award-files/formula-values.ts";
import { readBytes } from "../disk/disk.ts";
import { digestBytes, writeFilesAtomically } from "../disk/files.ts";
import { InputError } from "../errors.ts";
import { newWorkbook, readWorkbookBytes } from "../office-files/workbook.ts";
import type { FormChange, FormCorrection, FormField, FormFinding, UnitCase, UnitDesk } from "./protocol.ts";

interface OpenForm {
  readonly workbook: CalculatedWorkbook;
  readonly owner: FormOwner;
  readonly notice: Notice;
  /** A new shared workbook of the notice. */
  readonly empty: WorkbookSnapshot;
  digest: string;
  isSaved: boolean;
}

const open = new Map<string, OpenForm>();

export const closeForms = () => open.clear();

/** The name tells what a unit is, until somebody says otherwise. */
const guessKind = (name: string): UnitKind => (/教育.{0,2}局|教育部门/.test(name) ? "bureau" : "school");

/** @throws InputError when the file is no 填报表 that can be written to, WorkbookStructureError when a column is missing */
export function openForm(path: string, kind?: UnitKind): UnitDesk {
  const whole = `/${path}`;
  const bytes = readBytes(whole);
  const workbook = new CalculatedWorkbook(readWorkbookBytes(whole, bytes, "edit"));
  const name = unitOfForm(workbook.snapshot.sheets);
  if (name === "" || !readFormTable(workbook.snapshot, submissionsSheet))
    throw new InputError(
      whole,
      `「${path}」不像一份填报表：“说明”表里没有写明是哪个单位的，或者没有“${submissionsSheet.label}”表。请打开管理员发来的“填报表-单位名称.xlsx”。`,
    );
  const notice = noticeOf(workbook.snapshot);
  const empty = newWorkbook();
  empty.apply(newApplicationWorkbook(notice));
  open.set(path, {
    workbook,
    owner: { name, kind: kind ?? guessKind(name) },
    notice,
    empty: empty.snapshot,
    digest: digestBytes(bytes),
    isSaved: true,
  });
  return describeForm(path);
}

/** What units fill in of a case: 案例, then the sections of 正文. */
function fieldsOf(notice: Notice): FormField[] {
  const sections: Readonly<Record<string, { readonly value: number } | undefined>> = notice.text.sections;
  const field = (sheet: FormField["sheet"], column: ColumnSpec): FormField => ({
    sheet,
    key: column.key,
    label: column.label,
    kind: column.kind,
    choices: column.choices && column.choices !== "unitNames" ? choicesOf(column.choices, notice) : [],
    help: helpOf(column, notice) ?? "",
    mostWords: sheet === "texts" ? (sections[column.key]?.value ?? 0) : 0,
  });
  const isFilledIn = ({ key, kind }: ColumnSpec) =>
    kind !== "computed" && key !== "nominator" && !hiddenFromUnits.includes(key);
  return [
    ...submissionsSheet.columns.filter(isFilledIn).map((column) => field("submissions", column)),
    ...textsSheet.columns.filter(({ kind }) => kind === "longText").map((column) => field("texts", column)),
  ];
}

const sectionKeys = textsSheet.columns.filter(({ kind }) => kind === "longText").map(({ key }) => key as string);

const describeFinding = ({ severity, code, message, article, sheet, row, column }: Finding): FormFinding => ({
  severity,
  code,
  name: ruleName(code),
  message,
  article,
  sheet,
  row,
  column,
});

/** The row of 正文 that bears the number of a case. */
const textRowOf = (texts: Table | undefined, id: string): TableRow | undefined =>
  id === "" ? undefined : texts?.rows.find((row) => row.text("id") === id);

function describeForm(path: string): UnitDesk {
  const { workbook, owner, notice, empty } = openedAt(path);
  const { snapshot } = workbook;
  const submissions = readFormTable(snapshot, submissionsSheet);
  const texts = readFormTable(snapshot, textsSheet);
  if (!submissions) throw new Error(`${path} has lost ${submissionsSheet.label}`);
  const { findings } = judgeForm(empty, snapshot, owner, notice);
  const fields = fieldsOf(notice);
  const taken = new Set<Finding>();
  const cases = submissions.rows
    .filter((row) => !isReadyRow(row, submissions))
    .map((row): UnitCase => {
      const text = textRowOf(texts, row.text("id"));
      const stored = ({ sheet, key }: FormField) =>
        sheet === "submissions" ? cellText(row.raw(key)) : text ? cellText(text.raw(key)) : "";
      const values = Object.fromEntries(fields.map((field) => [field.key, stored(field)]));
      const own = findings.filter(
        (finding) =>
          (finding.sheet === submissions.name && finding.row === row.row) ||
          (text !== undefined && finding.sheet === texts?.name && finding.row === text.row),
      );
      for (const finding of own) taken.add(finding);
      return {
        row: row.row,
        id: row.text("id"),
        title: row.text("title"),
        values,
        words: Object.fromEntries(sectionKeys.map((key) => [key, countWords(values[key] ?? "").low])),
        findings: own.map(describeFinding),
      };
    });
  const used = Math.max(submissions.headerRow, ...cases.map(({ row }) => row));
  return {
    path,
    unit: owner.name,
    kind: owner.kind,
    fields,
    cases,
    others: findings.filter((finding) => !taken.has(finding)).map(describeFinding),
    nextRow: submissions.rows.find(({ row }) => row > used)?.row,
  };
}

function openedAt(path: string): OpenForm {
  const opened = open.get(path);
  if (!opened) throw new Error(`${path} is not open`);
  return opened;
}

/** A form as if its unit were all of the award. */
export function awardOfForm(path: string): AwardData {
  const { workbook, owner, notice, empty } = openedAt(path);
  return readAward(formAsAward(empty, workbook.snapshot, owner), notice);
}

/** A number stays one where the column holds numbers; everything else is a text, as typed. */
function valueFor(kind: ColumnSpec["kind"], text: string): PlainValue {
  if (text === "") return null;
  return kind === "number" && /^\d+(\.\d+)?$/.test(text) ? Number(text) : text;
}

/**
 * The number holds a case and its text together: two cases with one number would share a text, and a text without one would
 * belong to nobody.
 * @throws InputError
 */
function requireOwnNumber(path: string, id: string, row: number, submissions: Table, text: TableRow | undefined): void {
  const other = submissions.rows.find((each) => each.row !== row && id !== "" && each.text("id") === id.trim());
  if (other)
    throw new InputError(
      `/${path}`,
      `第 ${other.row} 行的案例已经用了编号“${id}”，没有写入。请核对后填这个案例自己的编号。`,
    );
  if (id.trim() === "" && text)
    throw new InputError(`/${path}`, "这个案例已有正文，编号不能清空，没有写入。要换编号，请直接改成新的编号。");
}

/** Writes what was typed into the file that came; everything else in it stays. @throws InputError */
export function changeForm(path: string, changes: readonly FormChange[]): UnitDesk {
  const opened = openedAt(path);
  const { workbook, owner } = opened;
  for (const { row, field, value } of changes) {
    const { snapshot } = workbook;
    const submissions = readFormTable(snapshot, submissionsSheet);
    const texts = readFormTable(snapshot, textsSheet);
    if (!submissions) throw new Error(`${path} has lost ${submissionsSheet.label}`);
    const own = submissions.rows.find((each) => each.row === row);
    if (field === "id") requireOwnNumber(path, value, row, submissions, own && textRowOf(texts, own.text("id")));
    if (!sectionKeys.includes(field)) {
      const column = submissions.positions.get(field);
      const kind = submissionsSheet.columns.find(({ key }) => key === field)?.kind ?? "text";
      const edits: CellEdit[] = column === undefined ? [] : [{ row, column, value: valueFor(kind, value) }];
      // The text goes with its case: it bears the number and the title of it.
      const text = own && textRowOf(texts, own.text("id"));
      const inTexts = field === "id" || field === "title" ? texts?.positions.get(field) : undefined;
      workbook.apply({
        sheets: [
          { name: submissions.name, edits },
          ...(texts && text && inTexts !== undefined
            ? [{ name: texts.name, edits: [{ row: text.row, column: inTexts, value: valueFor(kind, value) }] }]
            : []),
        ],
      });
      continue;
    }
    if (!texts) throw new InputError(`/${path}`, `「${path}」里没有“${textsSheet.label}”表，正文没有地方写。`);
    const id = own?.text("id") ?? "";
    if (id === "") throw new InputError(`/${path}`, "请先填“案例编号”，再填正文：正文靠编号与案例对上。");
    const known = textRowOf(texts, id);
    const at =
      known?.row ??
      1 + Math.max(texts.headerRow, ...texts.rows.filter((each) => !isReadyRow(each, texts)).map((each) => each.row));
    const edits: CellEdit[] = [];
    const edit = (key: string, typed: string) => {
      const column = texts.positions.get(key);
      if (column !== undefined) edits.push({ row: at, column, value: typed === "" ? null : typed });
    };
    if (!known) {
      edit("nominator", owner.name);
      edit("id", id);
      edit("title", own?.text("title") ?? "");
    }
    edit(field, value);
    workbook.apply({ sheets: [{ name: texts.name, edits }] });
  }
  opened.isSaved = false;
  return describeForm(path);
}

/** What may be mended without asking anybody. */
export function proposeFormCorrections(path: string): Correction[] {
  const { workbook, owner, notice, empty } = openedAt(path);
  return [...proposeCorrections(formAsAward(empty, workbook.snapshot, owner), notice).corrections];
}

const isSamePlace = (a: FormCorrection, b: FormCorrection) =>
  a.sheet === b.sheet && a.row === b.row && a.column === b.column && a.from === b.from && a.to === b.to;

/** Mends the cells that were chosen, each with a note of what was there. */
export function correctForm(path: string, chosen: readonly FormCorrection[]): UnitDesk {
  const opened = openedAt(path);
  const { workbook, owner, empty } = opened;
  const wanted = proposeFormCorrections(path).filter((each) => chosen.some((one) => isSamePlace(one, each)));
  const { sheets } = patchCorrections(formAsAward(empty, workbook.snapshot, owner), wanted);
  const ofForm = sheets.flatMap((sheet) => {
    const spec = unitFormSheets.find(({ label }) => label === sheet.name);
    const table = spec && readFormTable(workbook.snapshot, spec);
    return table ? [{ ...sheet, name: table.name }] : [];
  });
  workbook.apply({ sheets: ofForm });
  opened.isSaved = false;
  return describeForm(path);
}

/** Writes every form that has changed since it was last written. @throws InputError */
export function saveForms(): void {
  for (const [path, opened] of open) {
    if (opened.isSaved) continue;
    const data = opened.workbook.toBuffer();
    writeFilesAtomically([{ path: `/${path}`, data, expected: opened.digest }], { backup: false });
    opened.digest = digestBytes(data);
    opened.isSaved = true;
  }
}
