/** The unit's desk: one 填报表, judged as it stands and corrected in place. */
import { newApplicationWorkbook } from "../../../apps-script/core/application-book/application-book.ts";
import { hiddenFromUnits, unitOfForm } from "../../../apps-script/core/application-book/unit-form.ts";
import type { AwardData } from "../../../apps-script/core/award/award.ts";
import { noticeOf } from "../../../apps-script/core/award/notice-sheet.ts";
import { readAward } from "../../../apps-script/core/award/read-award.ts";
import { judgeAward } from "../../../apps-script/core/check/judge.ts";
import { type FormOwner, formAsAward, isReadyRow, readFormTable } from "../../../apps-script/core/check/judge-form.ts";
import { type Correction, correctAction, patchCorrections } from "../../../apps-script/core/corrections/correction.ts";
import { proposeCorrections } from "../../../apps-script/core/corrections/propose-corrections.ts";
import { manualChecksLabel, manualQuestions } from "../../../apps-script/core/evidence/manual-checks.ts";
import type { Notice, UnitKind } from "../../../apps-script/core/notice/notice.ts";
import { forAdministrators, ruleName } from "../../../apps-script/core/rules/index.ts";
import type { Finding } from "../../../apps-script/core/rules/rule.ts";
import {
  expertsSheet,
  liaisonsSheet,
  submissionsSheet,
  textsSheet,
  unitFormSheets,
} from "../../../apps-script/core/schema/application.ts";
import { choicesOf } from "../../../apps-script/core/schema/choice-lists.ts";
import { type ColumnSpec, helpOf } from "../../../apps-script/core/schema/sheet-spec.ts";
import type { Table, TableRow } from "../../../apps-script/core/tables/table.ts";
import { countWords } from "../../../apps-script/core/text/count-words.ts";
import { perObject } from "../../../apps-script/core/text/per-object.ts";
import { applySheetPatch } from "../../../apps-script/core/workbook/apply-patch.ts";
import { cellText } from "../../../apps-script/core/workbook/cell-text.ts";
import type {
  CellValue,
  SheetPatch,
  SheetSnapshot,
  WorkbookPatch,
  WorkbookSnapshot,
} from "../../../apps-script/core/workbook/port.ts";
import { noteKey } from "../../../apps-script/core/workbook/port.ts";
import { CalculatedWorkbook, type Workbook } from "../../award-files/formula-values.ts";
import { today } from "../../award-files/next-step.ts";
import { readBytes } from "../../disk/disk.ts";
import { digestBytes, writeFilesAtomically } from "../../disk/files.ts";
import { InputError } from "../../errors.ts";
import { newWorkbook, readWorkbookBytes } from "../../office-files/workbook.ts";
import { EditHistory } from "./edit-history.ts";
import {
  type FormTables,
  isStillWanted,
  lastFilledRow,
  patchForm,
  readFormTables,
  readManualChecks,
  sectionKeys,
  textsOfCases,
} from "./form-edits.ts";
import {
  checkedLabel,
  type FormChange,
  type FormCorrection,
  type FormField,
  type FormFinding,
  type FormRow,
  type MadePaper,
  type Paper,
  type PeopleTable,
  type Shortlist,
  type UnitCase,
  type UnitDesk,
} from "./form-protocol.ts";
import * as papers from "./unit-papers.ts";
import type { Judged } from "./unit-standing.ts";
import * as standing from "./unit-standing.ts";

const isFormula = (value: CellValue | undefined) => typeof value === "object" && value?.kind === "formula";
const isText = (value: CellValue | undefined) => value === null || value === undefined || typeof value === "string";

/**
 * Nothing of it hangs on what only the file can tell, as dates do on the formats of their cells. Values of formulas are written at
 * each saving; where a format changes nothing of what a formula shows, its next value is shown as it is too.
 */
const isPlain = ({ edits = [], layout }: SheetPatch, { rows, shown }: SheetSnapshot) =>
  layout === undefined &&
  edits.every(({ row, column, value }) => {
    const before = rows[row - 1]?.[column - 1];
    return (
      (isText(value) && isText(before)) || (isFormula(value) && isFormula(before) && !shown?.has(noteKey(row, column)))
    );
  });

/** A form as it stands: sheets of which texts have changed are not read again. */
class FormBook implements Workbook {
  readonly #changed = new Map<string, SheetSnapshot>();
  #snapshot: WorkbookSnapshot | undefined;

  constructor(private readonly workbook: Workbook) {}

  get snapshot(): WorkbookSnapshot {
    this.#snapshot ??= { sheets: this.workbook.snapshot.sheets.map((sheet) => this.#changed.get(sheet.name) ?? sheet) };
    return this.#snapshot;
  }

  apply(patch: WorkbookPatch): void {
    const before = new Map(this.snapshot.sheets.map((sheet) => [sheet.name, sheet]));
    const changed = patch.sheets.map((each): SheetSnapshot | undefined => {
      const sheet = before.get(each.name);
      if (!sheet || !isPlain(each, sheet)) return undefined;
      const after = applySheetPatch(sheet, each);
      before.set(each.name, after);
      return after;
    });
    this.workbook.apply(patch);
    this.#snapshot = undefined;
    for (const [i, { name }] of patch.sheets.entries()) {
      const after = changed[i];
      if (after) this.#changed.set(name, after);
      else this.#changed.delete(name);
    }
  }

  toBuffer(): Uint8Array {
    return this.workbook.toBuffer();
  }

  toBytes(): Promise<Uint8Array> {
    return this.workbook.toBytes();
  }
}

interface OpenForm {
  readonly workbook: Workbook;
  readonly history: EditHistory;
  readonly owner: FormOwner;
  readonly notice: Notice;
  /** A new shared workbook of the notice. */
  readonly empty: WorkbookSnapshot;
  readonly opening: number;
  digest: string;
  isSaved: boolean;
}

let openings = 0;
const open = new Map<string, OpenForm>();

export const closeForms = () => open.clear();

/** The name tells what a unit is, until somebody says otherwise. */
const guessKind = (name: string): UnitKind => (/教育.{0,2}局|教育部门/.test(name) ? "bureau" : "school");

/** @throws InputError when the file is no 填报表 that can be written to, WorkbookStructureError when a column is missing */
export function openForm(path: string, kind?: UnitKind): UnitDesk {
  const whole = `/${path}`;
  const known = open.get(path);
  if (known?.digest === digestBytes(readBytes(whole))) {
    // What was done is still there to be undone.
    open.set(path, { ...known, owner: { ...known.owner, kind: kind ?? known.owner.kind } });
    return describeForm(path);
  }
  const bytes = readBytes(whole);
  const workbook = new CalculatedWorkbook(new FormBook(readWorkbookBytes(whole, bytes, "edit")));
  const name = unitOfForm(workbook.snapshot.sheets);
  if (name === "" || !readFormTable(workbook.snapshot, submissionsSheet))
    throw new InputError(
      whole,
      `「${path}」不像一份填报表：“说明”表里没有写明是哪个单位的，或者没有“${submissionsSheet.label}”表。请打开管理员发来的“填报表-单位名称.xlsx”。`,
    );
  const notice = noticeOf(workbook.snapshot);
  const empty = newWorkbook();
  empty.apply(newApplicationWorkbook(notice));
  openings += 1;
  open.set(path, {
    opening: openings,
    workbook,
    history: new EditHistory(workbook),
    owner: { name, kind: kind ?? guessKind(name) },
    notice,
    empty: empty.snapshot,
    digest: digestBytes(bytes),
    isSaved: true,
  });
  return describeForm(path);
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

const formLabels: readonly string[] = unitFormSheets.map(({ label }) => label);

const tellUnit = (findings: readonly Finding[]): Finding[] =>
  findings
    .filter(({ code }) => !forAdministrators.has(code))
    .map((finding) => (formLabels.includes(finding.sheet) ? finding : { ...finding, sheet: "", row: 0, column: "" }));

function judge({ workbook, owner, notice, empty }: OpenForm): Judged {
  const tables = readFormTables(workbook.snapshot);
  if (!tables) throw new Error(`the form of ${owner.name} has lost ${submissionsSheet.label}`);
  const form = formAsAward(empty, workbook.snapshot, owner);
  const judgement = judgeAward(form, notice);
  return { form, tables, ...judgement, told: tellUnit(judgement.findings) };
}

function fieldOf(sheet: FormField["sheet"], column: ColumnSpec, notice: Notice): FormField {
  const sections: Readonly<Record<string, { readonly value: number } | undefined>> = notice.text.sections;
  const { key, label, kind, width, choices } = column;
  return {
    sheet,
    key,
    label,
    kind,
    choices: choices && choices !== "unitNames" ? choicesOf(choices, notice) : [],
    help: helpOf(column, notice) ?? "",
    mostWords: sheet === "texts" ? (sections[key]?.value ?? 0) : 0,
    width,
    isLocked: key === "nominator",
  };
}

const isFilledIn = ({ kind }: ColumnSpec) => kind !== "computed";

/** What units fill in of a case: 案例, then the sections of 正文. */
const columnsOfCases = {
  submissions: submissionsSheet.columns.filter(
    (column) => isFilledIn(column) && !hiddenFromUnits.includes(column.key),
  ) as readonly ColumnSpec[],
  texts: textsSheet.columns.filter(({ kind }) => kind === "longText") as readonly ColumnSpec[],
};

const fieldsOfCases = (notice: Notice): FormField[] => [
  ...columnsOfCases.submissions.map((column) => fieldOf("submissions", column, notice)),
  ...columnsOfCases.texts.map((column) => fieldOf("texts", column, notice)),
];

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

/** Findings by the row that they are about, each taken once. */
class FindingsByRow {
  readonly #byPlace = new Map<string, Finding[]>();
  readonly #taken = new Set<Finding>();

  constructor(private readonly all: readonly Finding[]) {
    for (const finding of all) {
      const place = `${finding.sheet} ${finding.row}`;
      this.#byPlace.set(place, [...(this.#byPlace.get(place) ?? []), finding]);
    }
  }

  take(table: Table | undefined, row: TableRow | undefined): FormFinding[] {
    const found = (table && row && this.#byPlace.get(`${table.spec.label} ${row.row}`)) ?? [];
    for (const finding of found) this.#taken.add(finding);
    // Cases of one number that are judged by one text are told of it in the same words.
    const byWords = new Map(found.map((finding) => [`${finding.code} ${finding.column} ${finding.message}`, finding]));
    return [...byWords.values()].map(describeFinding);
  }

  get rest(): FormFinding[] {
    return this.all.filter((finding) => !this.#taken.has(finding)).map(describeFinding);
  }
}

interface CaseTexts {
  readonly values: UnitCase["values"];
  readonly words: UnitCase["words"];
}

/** By the row of a case and that of its text. */
const textsOfCase = perObject((row: TableRow) => {
  const describe = (text?: TableRow): CaseTexts => {
    const stored = ({ key }: ColumnSpec, of: TableRow | undefined) => [key, cellText(of?.raw(key) ?? null)] as const;
    const values = Object.fromEntries([
      ...columnsOfCases.submissions.map((column) => stored(column, row)),
      ...columnsOfCases.texts.map((column) => stored(column, text)),
    ]);
    return { values, words: Object.fromEntries(sectionKeys.map((key) => [key, countWords(values[key] ?? "").low])) };
  };
  const withoutText = describe();
  const withText = perObject((text: TableRow) => describe(text));
  return (text: TableRow | undefined) => (text ? withText(text) : withoutText);
});

function describeCases({ tables, form }: Judged, findings: FindingsByRow): UnitCase[] {
  const { submissions, texts } = tables;
  const cells = form.sheets.find(({ name }) => name === submissionsSheet.label)?.rows;
  const ownTexts = textsOfCases(tables);
  return submissions.rows
    .filter((row) => !isReadyRow(row, submissions))
    .map((row): UnitCase => {
      const text = ownTexts.get(row.row);
      return {
        row: row.row,
        id: row.text("id"),
        title: row.text("title"),
        ...textsOfCase(row)(text),
        lookedAt: readManualChecks(submissions, cells, row.row),
        findings: [...findings.take(submissions, row), ...findings.take(texts, text)],
      };
    });
}

function describePeople(
  spec: typeof expertsSheet | typeof liaisonsSheet,
  table: Table | undefined,
  findings: FindingsByRow,
  notice: Notice,
): PeopleTable[] {
  if (!table) return [];
  const fields = spec.columns.filter(isFilledIn).map((column) => fieldOf(spec.key, column, notice));
  const rows = table.rows
    .filter((row) => !isReadyRow(row, table))
    .map(
      (row): FormRow => ({
        row: row.row,
        values: Object.fromEntries(fields.map(({ key }) => [key, cellText(row.raw(key))])),
        findings: findings.take(table, row),
      }),
    );
  return [{ sheet: spec.key, label: spec.label, fields, rows, nextRow: lastFilledRow(table) + 1 }];
}

function describeForm(path: string): UnitDesk {
  const opened = openedAt(path);
  const { owner, notice, history } = opened;
  const judged = judge(opened);
  const { tables } = judged;
  const findings = new FindingsByRow(judged.told);
  const fields = fieldsOfCases(notice);
  const cases = describeCases(judged, findings);
  const people = [expertsSheet, liaisonsSheet].flatMap((spec) =>
    describePeople(spec, tables[spec.key], findings, notice),
  );
  return {
    path,
    unit: owner.name,
    kind: owner.kind,
    fields,
    cases,
    people,
    others: findings.rest,
    standing: standing.describeStanding(judged, today()),
    opening: opened.opening,
    questions: manualQuestions,
    nextRow: lastFilledRow(tables.submissions) + 1,
    undoable: history.undoable,
    redoable: history.redoable,
  };
}

/** `N25001 的“关键词”`, or how many cells. */
function nameCells({ submissions }: FormTables, changes: readonly FormChange[]): string {
  const [only] = changes;
  if (!only || changes.length > 1) return ` ${changes.length} 格`;
  const { sheet, row, field } = only;
  const spec = unitFormSheets.find(({ key }) => key === sheet);
  const column = [...(spec?.columns ?? []), ...textsSheet.columns].find(({ key }) => key === field);
  const label = checkedLabel(field) === undefined ? column?.label : manualChecksLabel;
  const id = sheet === "submissions" ? submissions.rows.find((each) => each.row === row)?.text("id") : "";
  return ` ${id || `${spec?.label ?? ""}第 ${row} 行`} 的“${label ?? ""}”`;
}

/** Writes what was typed into the file that came; everything else in it stays. @throws InputError */
export function changeForm(path: string, asked: readonly FormChange[], doing: string): UnitDesk {
  const opened = openedAt(path);
  const { snapshot } = opened.workbook;
  const tables = readFormTables(snapshot);
  if (!tables) throw new Error(`${path} has lost ${submissionsSheet.label}`);
  const changes = asked.filter((change) => isStillWanted(tables, change));
  const patches = patchForm(snapshot, tables, opened.owner.name, `/${path}`, changes);
  if (patches.length > 0) write(opened, `${doing}${nameCells(tables, changes)}`, patches);
  return describeForm(path);
}

function write(opened: OpenForm, words: string, patches: readonly SheetPatch[]): void {
  opened.history.write(words, patches);
  opened.isSaved = false;
}

export function undoForm(path: string): UnitDesk {
  const opened = openedAt(path);
  opened.history.undo();
  opened.isSaved = false;
  return describeForm(path);
}

export function redoForm(path: string): UnitDesk {
  const opened = openedAt(path);
  opened.history.redo();
  opened.isSaved = false;
  return describeForm(path);
}

/** Which cases to recommend, as far as this form tells. @throws ReviewBlockedError */
export function proposeShortlist(path: string): Shortlist {
  const { workbook, owner, notice, empty } = openedAt(path);
  return standing.proposeShortlist(formAsAward(empty, workbook.snapshot, owner), notice);
}

/** @throws InputError */
export function makePaper(path: string, paper: Paper): Promise<MadePaper> {
  const opened = openedAt(path);
  const judged = judge(opened);
  return papers.makePaper(paper, judged, describeForm(path), opened.notice);
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
  if (ofForm.length > 0) write(opened, `${correctAction} ${wanted.length} 格`, ofForm);
  return describeForm(path);
}

export const hasUnsavedForms = () => [...open.values()].some(({ isSaved }) => !isSaved);

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
