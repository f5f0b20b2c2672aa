import { unitOfForm } from "../application-book/unit-form.ts";
import type { Unit } from "../award/award.ts";
import { type ImportRecord, readImportRecord, recordPatch } from "../award/import-record.ts";
import { readAliases, readAwardTables } from "../award/read-award.ts";
import { type ImportedSheet, identityOf, importedSheets } from "../award/row-key.ts";
import { makeFormerNameFinder, readUnitNames, type UnitName } from "../award/unit-names.ts";
import { makeUnitResolver } from "../award/units.ts";
import type { Notice } from "../notice/notice.ts";
import { submissionsSheet, textsSheet, unitsSheet } from "../schema/application.ts";
import { unitKindLabels } from "../schema/choices.ts";
import type { Table } from "../tables/table.ts";
import { whichWorkbook } from "../tables/which-workbook.ts";
import { foldForComparison } from "../text/clean.ts";
import { compareText } from "../text/compare.ts";
import { once } from "../text/once.ts";
import { comparableText, isVacant } from "../workbook/fingerprint.ts";
import type { CellValue, SheetPatch, SheetSnapshot, WorkbookPatch, WorkbookSnapshot } from "../workbook/port.ts";
import { readAboveGrid } from "./above-grid.ts";
import { passedOverSheets } from "./aliases.ts";
import type { CleaningContext } from "./clean-cell.ts";
import { countTexts, type Place, sectionKeys } from "./count-texts.ts";
import { type ImportConflict, offeredTexts, rememberDisputes } from "./disputes.ts";
import type { DocumentBlock } from "./document.ts";
import { readDocumentTables } from "./document-tables.ts";
import { resolveEarlierNominators } from "./earlier-nominators.ts";
import { type FormDocument, readFormDocument } from "./form-document.ts";
import { mergeTable } from "./merge-table.ts";
import { noteTold, type Telling, tellMissing } from "./missing-rows.ts";
import { type IncomingRow, type RejectedRow, type Remark, readRows } from "./read-rows.ts";
import { type RecognisedTable, type Recognition, recognise } from "./recognise.ts";
import { type ModelRow, makeSheetModel, patchOf, renumberOccurrences, type SheetModel, textOf } from "./sheet-model.ts";
import { takeForms } from "./take-forms.ts";

/** A file as it was read; from a .csv every cell is a string and `encoding` is its encoding, else "". */
export interface ImportInput {
  /** As much of its path as sets it apart from other files, `/` between folders. */
  readonly file: string;
  /** Pasted, say: that a row is not in it means nothing. */
  readonly isPart?: true;
  readonly digest: string;
  readonly encoding: string;
  readonly sheets: readonly {
    readonly name: string;
    readonly hidden: boolean;
    readonly rows: readonly (readonly CellValue[])[];
    readonly shown?: SheetSnapshot["shown"];
    readonly merges?: SheetSnapshot["merges"];
  }[];
  /** Of a text document, which has no sheets. */
  readonly document?: {
    readonly blocks: readonly DocumentBlock[];
    /** Names of the folders it lies in, the nearest first. */
    readonly folders: readonly string[];
  };
}

/** What became of one table of an input (DESIGN §6). Rows are those of the input; 0 stands for the table as a whole. */
export interface ImportEntry {
  readonly file: string;
  /** The folder that a document lies in: many of them bear the same name. */
  readonly folder?: string;
  /** Label of the sheet it went to; "" where that is not known. */
  readonly sheet: string;
  readonly encoding: string;
  /** Rows read: added, updated, unchanged and rejected ones. */
  readonly rows: number;
  readonly added: number;
  readonly updated: number;
  readonly unchanged: number;
  readonly kept: readonly Remark[];
  readonly rejected: readonly RejectedRow[];
  /** Values of an earlier import that this file corrected. */
  readonly replaced?: readonly Remark[];
  /** Rows that this file held before and holds no more; the row is that of the earlier file. */
  readonly missing?: readonly Remark[];
  /** What to look at of a list of earlier winners that was taken. */
  readonly told?: readonly string[];
}

export interface ImportReport {
  readonly inputs: readonly ImportEntry[];
  readonly conflicts: readonly ImportConflict[];
}

interface Draft {
  readonly file: string;
  readonly sheetName: string;
  readonly encoding: string;
  readonly digest: string;
  readonly rows: readonly (readonly CellValue[])[];
  readonly shown: SheetSnapshot["shown"];
  readonly table: RecognisedTable | undefined;
  /** Of a filled-in 案例模板. */
  readonly form?: FormDocument;
  readonly folders: readonly string[];
  /** What the other sheets of the file name as 推荐单位, when they agree. */
  readonly nominatorElsewhere: string;
  /** Whose 填报表 the file is; "" for other files. */
  readonly unitOfForm: string;
  readonly counts: { added: number; updated: number; unchanged: number };
  readonly kept: Remark[];
  readonly rejected: RejectedRow[];
  readonly replaced: Remark[];
  readonly missing: Remark[];
  readonly isPart: boolean;
}

type Models = Record<(typeof importedSheets)[number]["key"], SheetModel>;

const passedOver = once(() => new Set(passedOverSheets.map(foldForComparison)));

const nothingFound = (isDocument: boolean) =>
  isDocument
    ? "认不出这是哪一种文档：没有找到案例模板各部分的标题（案例概要、特色与创新点等），也没有专家推荐表那样的表格。请确认选对了文件后重新导入。"
    : "文件里没有可以导入的内容。请确认选对了文件，且表格不在隐藏的工作表里。";

/** Why a workbook of the review is no input, though it has rows of 案例 and 专家; undefined for others. */
function explainReviewFile(sheets: ImportInput["sheets"]): string | undefined {
  switch (whichWorkbook(sheets.map(({ name }) => name))) {
    case "review":
      return "这是评审工作簿，里面的案例和专家都来自申报工作簿，不用导入，没有收下。请确认选对了文件。";
    case "scoreSheet":
      return "这是专家的评分表，不能导入，没有收下。请用收回评分表的命令（casebook collect）或菜单收回。";
    default:
      return undefined;
  }
}

function draftsOf(input: ImportInput): Draft[] {
  const { file, encoding, digest, document } = input;
  const folders = document?.folders ?? [];
  const drafts: Draft[] = [];
  const sheets = document
    ? readDocumentTables(document.blocks).map((sheet) => ({ ...sheet, hidden: false }))
    : input.sheets;
  const form = document && readFormDocument(document.blocks);
  let nominatorElsewhere = "";
  const ofForm = whichWorkbook(input.sheets.map(({ name }) => name)) === "unitForm" ? unitOfForm(input.sheets) : "";
  const draft = (
    sheetName: string,
    rows: Draft["rows"],
    table: RecognisedTable | undefined,
    shown?: Draft["shown"],
  ): Draft => {
    const counts = { added: 0, updated: 0, unchanged: 0 };
    const found = { table, ...(form && { form }), folders, nominatorElsewhere, unitOfForm: ofForm };
    const told = { kept: [], rejected: [], replaced: [], missing: [] };
    const made = {
      file,
      sheetName,
      encoding,
      digest,
      rows,
      shown,
      ...found,
      counts,
      ...told,
      isPart: input.isPart === true,
    };
    drafts.push(made);
    return made;
  };
  if (form) return [draft("", [], undefined)];
  const ofTheReview = explainReviewFile(input.sheets);
  if (ofTheReview !== undefined) {
    draft("", [], undefined).rejected.push({ row: 0, reason: ofTheReview });
    return drafts;
  }
  const visible = sheets.filter((sheet) => !sheet.hidden);
  const several = visible.length > 1;
  const recognised = visible
    .filter((sheet) => !several || !passedOver().has(foldForComparison(sheet.name)))
    .map((sheet) => ({ sheet, recognition: recognise(sheet.rows, [sheet.name, baseName(file)]) }));
  const nominators = recognised.flatMap(({ sheet, recognition }) =>
    isTable(recognition) ? readAboveGrid(sheet.rows.slice(0, recognition.headerRow)).nominator || [] : [],
  );
  if (new Set(nominators).size === 1) nominatorElsewhere = nominators[0] as string;
  // A document may hold other tables, such as one to sign in.
  const passUnknown = document !== undefined && recognised.some(({ recognition }) => isTable(recognition));
  for (const { sheet, recognition } of recognised) {
    if (recognition === "empty") continue;
    if (isTable(recognition)) draft(sheet.name, sheet.rows, recognition, "shown" in sheet ? sheet.shown : undefined);
    else if (!passUnknown) {
      const { row, reason, isOther } = recognition;
      const where = several && document === undefined ? `工作表“${sheet.name}”：` : "";
      draft(sheet.name, sheet.rows, undefined).rejected.push(
        document ? { row: 0, reason: isOther ? reason : nothingFound(true) } : { row, reason: where + reason },
      );
      if (document) break;
    }
  }
  if (drafts.length === 0)
    draft("", [], undefined).rejected.push({ row: 0, reason: nothingFound(document !== undefined) });
  return drafts;
}

const baseName = (file: string) => file.replace(/^.*\//, "");

const isTable = (recognition: Recognition): recognition is RecognisedTable =>
  recognition !== "empty" && "kind" in recognition;

function compareDrafts(a: Draft, b: Draft): number {
  const order = (draft: Draft) => (draft.table ? importedSheets.indexOf(draft.table.kind.sheet) : -1);
  if (order(a) !== order(b)) return order(a) - order(b);
  return compareText(a.file, b.file) || compareText(a.digest, b.digest);
}

/** Names by which files of this import call a unit, while they disagree on it. */
function offeredNames(row: ModelRow): string[] {
  return offeredTexts(row, "name").filter((name) => name !== textOf(row, "name"));
}

/** The units as they will stand after this import. */
function resolverOf(
  units: SheetModel,
  snapshot: WorkbookSnapshot,
  before: readonly UnitName[],
): (text: string) => string | undefined {
  const present = units.rows.map((row) => {
    const kind = Object.entries(unitKindLabels).find(([, label]) => label === textOf(row, "kind"))?.[0];
    return {
      code: textOf(row, "code"),
      name: textOf(row, "name"),
      kind: kind as Unit["kind"],
      aliases: [...readAliases(textOf(row, "aliases")), ...offeredNames(row)],
      parent: textOf(row, "parent"),
    };
  });
  const resolve = makeUnitResolver(present, makeFormerNameFinder(snapshot, present, before));
  return (text) => resolve(text)?.name || undefined;
}

/** The rows of 正文 that a table of submissions brings along. */
function textRowsOf(rows: readonly IncomingRow[]): IncomingRow[] {
  const readId = (row: IncomingRow) => identityOf(textsSheet, (key) => comparableText(row.cells.get(key) ?? null));
  const times = new Map<string, number>();
  for (const row of rows) times.set(readId(row), (times.get(readId(row)) ?? 0) + 1);
  return rows.flatMap((row) => {
    if (!sectionKeys.some((key) => row.cells.has(key))) return [];
    const isEmpty = sectionKeys.every((key) => isVacant(row.cells.get(key) ?? null));
    // Rows that share a key share out their texts in order, so each of them needs its own.
    if (isEmpty && (times.get(readId(row)) ?? 0) < 2) return [];
    const keys = textsSheet.columns.map((c) => c.key as string);
    return [
      {
        row: row.row,
        cells: new Map([...row.cells].filter(([key]) => keys.includes(key))),
        cleaned: row.cleaned.filter((entry) => sectionKeys.some((key) => key === entry.c)),
      },
    ];
  });
}

/** An import under way: the sheets as they will stand, and what its steps leave for each other. */
interface Import {
  readonly snapshot: WorkbookSnapshot;
  readonly notice: Notice;
  readonly tables: ReturnType<typeof readAwardTables>;
  readonly records: readonly ImportRecord[];
  /** The names that units bear before anything is taken. */
  readonly namesBefore: readonly UnitName[];
  /** 单位 from the beginning, the others once its rows are in. */
  readonly models: Models;
  /** Submissions whose 字数 must be counted anew, and where to report what was kept. */
  readonly touched: Map<string, Place | undefined>;
  readonly tellings: Telling[];
  /** By the units as they stand at this step. */
  context: CleaningContext;
}

type TableDraft = Draft & { readonly table: RecognisedTable };

/**
 * Plans the import of files into the shared workbook (DESIGN §6, Import, exactly): the patch, and what became of every
 * row. The order of `inputs` changes nothing but the order of the report. Nothing is written for a rejected row.
 *
 * @throws WorkbookStructureError when a sheet or a column of the workbook is missing
 */
export function planImport(
  snapshot: WorkbookSnapshot,
  inputs: readonly ImportInput[],
  notice: Notice,
): { patch: WorkbookPatch; report: ImportReport } {
  const under = beginImport(snapshot, notice);
  const { models, touched, tellings } = under;
  const drafts = inputs.flatMap(draftsOf);
  const tables = drafts.filter((draft): draft is TableDraft => draft.table !== undefined).sort(compareDrafts);
  const forms = drafts.filter((draft): draft is Draft & { form: FormDocument } => draft.form !== undefined);
  const isOfUnits = ({ table }: TableDraft) => table.kind.sheet === unitsSheet;

  for (const draft of tables.filter(isOfUnits)) takeTable(under, draft);
  openSheetsOfUnits(under);
  for (const draft of tables.filter((each) => !isOfUnits(each))) takeTable(under, draft);
  takeForms(models, forms.sort(compareDrafts), under.context, touched);
  countTexts(models, touched);
  tellings.forEach(tellMissing);
  const conflicts = importedSheets.flatMap((sheet) => rememberDisputes(models[sheet.key]));
  return { patch: { sheets: patchesOf(under) }, report: { inputs: drafts.map(entryOf), conflicts } };
}

/** Opens 单位 alone: how the other sheets name a unit is known once the units of the files are in it. */
function beginImport(snapshot: WorkbookSnapshot, notice: Notice): Import {
  const tables = readAwardTables(snapshot);
  const records = readImportRecord(snapshot);
  const namesBefore = tables.units.rows.map((row) => ({ code: row.text("code"), name: row.text("name") }));
  const models = { units: openModel(unitsSheet, tables, records, () => undefined) } as Models;
  const context = contextOf(models.units, snapshot, namesBefore, notice);
  return { snapshot, notice, tables, records, namesBefore, models, touched: new Map(), tellings: [], context };
}

function contextOf(
  units: SheetModel,
  snapshot: WorkbookSnapshot,
  namesBefore: readonly UnitName[],
  notice: Notice,
): CleaningContext {
  return { notice, unitName: resolverOf(units, snapshot, namesBefore), choicesRead: new Map() };
}

function openModel(
  sheet: ImportedSheet,
  tables: Import["tables"],
  records: readonly ImportRecord[],
  unitName: CleaningContext["unitName"],
): SheetModel {
  const table = tables[sheet.key] as Table as Table<string>;
  const own = records.filter((record) => record.sheet === sheet);
  return makeSheetModel(sheet, table, own, (text) => unitName(text) ?? text);
}

/** Opens the sheets whose rows name a unit, now that the units are known by the names they will bear. */
function openSheetsOfUnits(under: Import): void {
  const { snapshot, notice, tables, records, namesBefore, models, touched } = under;
  under.context = contextOf(models.units, snapshot, namesBefore, notice);
  const { unitName } = under.context;
  for (const sheet of importedSheets) {
    if (sheet === unitsSheet) continue;
    const model = openModel(sheet, tables, records, unitName);
    models[sheet.key] = model;
    for (const row of resolveEarlierNominators(model, sheetOf(model, snapshot), unitName)) {
      if (sheet === submissionsSheet || sheet === textsSheet)
        touched.set(
          identityOf(sheet, (key) => textOf(row, key)),
          undefined,
        );
    }
  }
}

const sheetOf = (model: SheetModel, snapshot: WorkbookSnapshot) =>
  snapshot.sheets.find(({ name }) => name === model.table.name) as SheetSnapshot;

/** Merges the rows of one table into its sheet, and the texts that come with submissions into 正文. */
function takeTable({ models, context, touched, tellings }: Import, draft: TableDraft): void {
  const { file, sheetName, rows, shown, nominatorElsewhere, unitOfForm } = draft;
  const model = models[draft.table.kind.sheet.key];
  const source = { file, sheetName, rows, shown, isSpreadsheet: draft.encoding === "", nominatorElsewhere, unitOfForm };
  const incoming = readRows(source, draft.table, context);
  for (const remark of incoming.remarks) draft.kept.push(remark);
  for (const rejection of incoming.rejected) draft.rejected.push(rejection);
  const told = new Set<ModelRow>();
  const merge = {
    file,
    table: draft,
    keep: (remark: Remark) => draft.kept.push(remark),
    replace: (remark: Remark) => draft.replaced.push(remark),
    unitName: context.unitName,
    told,
  };
  const outcome = mergeTable(model, incoming.rows, merge);
  if (!draft.isPart) noteTold(tellings, model, draft, told);
  if (model === models.submissions) {
    mergeTable(models.texts, textRowsOf(incoming.rows), merge).forEach((result, row) => {
      if (result !== "unchanged" && outcome.get(row) === "unchanged") outcome.set(row, "updated");
    });
  }
  for (const result of outcome.values()) draft.counts[result]++;
  if (model !== models.submissions && model !== models.texts) return;
  for (const { row, cells } of incoming.rows) {
    touched.set(
      identityOf(model.sheet, (key) => comparableText(cells.get(key) ?? null)),
      { row, keep: merge.keep },
    );
  }
}

/** Every sheet that changes, and 导入记录. */
function patchesOf({ snapshot, notice, namesBefore, models }: Import): SheetPatch[] {
  const all = importedSheets.map((sheet) => models[sheet.key]);
  for (const model of all) renumberOccurrences(model);
  const patches = all.map((model) => patchOf(model, sheetOf(model, snapshot), notice.stages));
  const remembered = recordPatch(
    snapshot,
    all.flatMap((model) => model.rows.flatMap((row) => row.record ?? [])),
    [
      ...readUnitNames(snapshot),
      ...namesBefore,
      ...models.units.rows.map((row) => ({ code: textOf(row, "code"), name: textOf(row, "name") })),
    ],
  );
  return [...patches, remembered].flatMap((patch) => patch ?? []);
}

function entryOf(draft: Draft): ImportEntry {
  const { folders, table, form, encoding, counts, kept, rejected, replaced, missing } = draft;
  const file = folders.length > 0 ? baseName(draft.file) : draft.file;
  const isRead = table !== undefined || form !== undefined;
  const rows = counts.added + counts.updated + counts.unchanged + (isRead ? rejected.length : 0);
  const sheet = form ? textsSheet.label : (table?.kind.sheet.label ?? "");
  const [folder] = folders;
  return {
    file,
    ...(folder !== undefined && { folder }),
    sheet,
    encoding,
    rows,
    ...counts,
    kept,
    rejected,
    ...(replaced.length > 0 && { replaced }),
    ...(missing.length > 0 && { missing }),
  };
}
