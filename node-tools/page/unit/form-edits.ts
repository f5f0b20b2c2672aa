/** What is typed at the unit's desk, as edits of the cells of its 填报表. */
import { hiddenFromUnits } from "../../../apps-script/core/application-book/unit-form.ts";
import { isReadyRow, readFormTable } from "../../../apps-script/core/check/judge-form.ts";
import { manualChecksLabel } from "../../../apps-script/core/evidence/manual-checks.ts";
import { MOST_CHARACTERS } from "../../../apps-script/core/import/read-rows.ts";
import {
  expertsSheet,
  liaisonsSheet,
  submissionsSheet,
  textsSheet,
  unitFormSheets,
} from "../../../apps-script/core/schema/application.ts";
import { columnOf } from "../../../apps-script/core/schema/sheet-spec.ts";
import type { Table, TableRow } from "../../../apps-script/core/tables/table.ts";
import { cleanIdentifier, cleanText } from "../../../apps-script/core/text/clean.ts";
import { groupByFilledKey } from "../../../apps-script/core/text/group-by.ts";
import { identifierKey } from "../../../apps-script/core/text/identity.ts";
import { perObject } from "../../../apps-script/core/text/per-object.ts";
import { isPlaceholder } from "../../../apps-script/core/text/placeholder.ts";
import { cellText } from "../../../apps-script/core/workbook/cell-text.ts";
import type {
  CellEdit,
  CellStyle,
  CellValue,
  SheetPatch,
  SheetSnapshot,
  WorkbookSnapshot,
} from "../../../apps-script/core/workbook/port.ts";
import { bodySize, fontName, palette } from "../../../apps-script/core/workbook/theme.ts";
import { InputError } from "../../errors.ts";
import { checkedLabel, type FormChange } from "./form-protocol.ts";

/** The sheets of a form, those that are there. */
export interface FormTables {
  readonly submissions: Table;
  readonly texts: Table | undefined;
  readonly experts: Table | undefined;
  readonly liaisons: Table | undefined;
}

/** Of snapshots that are in use. */
const read = new WeakMap<WorkbookSnapshot, FormTables>();

/** undefined where there is no 案例. */
export function readFormTables(form: WorkbookSnapshot): FormTables | undefined {
  const known = read.get(form);
  if (known) return known;
  const [submissions, texts, experts, liaisons] = unitFormSheets.map((spec) => readFormTable(form, spec));
  if (!submissions) return undefined;
  const tables = { submissions, texts, experts, liaisons };
  read.set(form, tables);
  return tables;
}

export const sectionKeys: readonly string[] = textsSheet.columns
  .filter(({ kind }) => kind === "longText")
  .map(({ key }) => key);

/** Equal for numbers that mean one case; "" for what is none. */
const numberKey = (id: string): string => (isPlaceholder(id, "code") ? "" : identifierKey(cleanIdentifier(id)));

const numberIn = perObject((row: TableRow) => numberKey(row.text("id")));

const rowsByNumber = (rows: readonly TableRow[]): ReadonlyMap<string, TableRow[]> => groupByFilledKey(rows, numberIn);

/**
 * The texts by the rows of their cases. Cases of one number share out its texts in order, and those for which none is left
 * are judged by the last one, as the rules do.
 */
export function textsOfCases(tables: FormTables): ReadonlyMap<number, TableRow> {
  return shareTexts(tables, (texts, turn) => texts[turn] ?? texts.at(-1));
}

/** The texts that may be changed with their cases: a text that two cases are judged by is the first one's. */
const ownTextsOfCases = (tables: FormTables) => shareTexts(tables, (texts, turn) => texts[turn]);

function shareTexts(
  { submissions, texts }: FormTables,
  choose: (texts: readonly TableRow[], turn: number) => TableRow | undefined,
): ReadonlyMap<number, TableRow> {
  const textRows = rowsByNumber(texts?.rows ?? []);
  const found = new Map<number, TableRow>();
  for (const [key, cases] of rowsByNumber(submissions.rows))
    for (const [turn, { row }] of cases.entries()) {
      const text = choose(textRows.get(key) ?? [], turn);
      if (text) found.set(row, text);
    }
  return found;
}

/** The last row that a unit has filled in; the header where it has filled in none. */
export const lastFilledRow = (table: Table): number =>
  Math.max(table.headerRow, ...table.rows.filter((row) => !isReadyRow(row, table)).map(({ row }) => row));

/** Where a unit keeps what it has looked at; undefined where it has kept nothing yet. */
const manualChecksColumn = ({ added }: Table): number | undefined =>
  added.find(({ label }) => label === manualChecksLabel)?.column;

/** What a unit has looked at in a case, and whatever else it wrote there. @param rows of the sheet of `table` */
export function readManualChecks(table: Table, rows: SheetSnapshot["rows"] | undefined, row: number): string[] {
  const column = manualChecksColumn(table);
  const cell: CellValue = (column !== undefined && rows?.[row - 1]?.[column - 1]) || null;
  return cellText(cell)
    .split("；")
    .filter((part) => part.trim() !== "");
}

const manualChecksWidth = 34;
const manualChecksHeading: CellStyle = {
  font: { name: fontName, size: bodySize, bold: true, color: palette.headerInk },
  fill: palette.header,
  horizontal: "center",
  vertical: "middle",
  wrap: true,
};

/** Collects the edits of one sheet; what stands there already is no edit. */
class TableEdits {
  readonly edits: CellEdit[] = [];
  readonly #rows: ReadonlyMap<number, TableRow>;

  constructor(
    readonly table: Table,
    private readonly owner: string,
  ) {
    this.#rows = new Map(table.rows.map((row) => [row.row, row]));
  }

  row(row: number): TableRow | undefined {
    return this.#rows.get(row);
  }

  put(row: number, key: string, typed: string): void {
    const column = this.table.positions.get(key);
    const present = this.row(row);
    if (column === undefined || cellText(present?.raw(key) ?? null) === typed) return;
    const { kind } = columnOf(this.table.spec, key);
    // A number stays one where the column holds numbers; everything else is a text, as typed.
    const value = kind === "number" && /^\d+(\.\d+)?$/.test(typed) ? Number(typed) : typed;
    this.edits.push({ row, column, value: typed === "" ? null : value });
  }

  /** Rows beyond those that are ready bear no 推荐单位 yet. */
  nameOwner(row: number): void {
    if ((this.row(row)?.text("nominator") ?? "") === "") this.put(row, "nominator", this.owner);
  }

  get patch(): SheetPatch[] {
    return this.edits.length === 0 ? [] : [{ name: this.table.name, edits: this.edits }];
  }
}

/** Sheets of people: a row a person. */
function patchPeople(table: Table, owner: string, changes: readonly FormChange[]): SheetPatch[] {
  const people = new TableEdits(table, owner);
  for (const { row, field, value } of changes) {
    people.put(row, field, value);
    if (value !== "") people.nameOwner(row);
  }
  return people.patch;
}

/** Rows in which a unit sees no case before the edits or after them. What it does not see there is no new case's. */
function emptiedRows(table: Table, edits: readonly CellEdit[]): Set<number> {
  const rows = new Map(table.rows.map((row) => [row.row, row]));
  const after = new Map<number, Map<number, CellValue>>();
  for (const { row, column, value } of edits) after.set(row, (after.get(row) ?? new Map()).set(column, value));
  const counted = table.spec.columns.filter(
    ({ key, kind }) => key !== "nominator" && kind !== "computed" && !hiddenFromUnits.includes(key),
  );
  const isEmpty = (row: number, typed: ReadonlyMap<number, CellValue> | undefined) =>
    counted.every(({ key }) => {
      const column = table.positions.get(key);
      if (column === undefined) return true;
      const value = typed?.has(column) ? typed.get(column) : rows.get(row)?.raw(key);
      return cellText(value ?? null).trim() === "";
    });
  return new Set(
    [...after].filter(([row, typed]) => isEmpty(row, undefined) || isEmpty(row, typed)).map(([row]) => row),
  );
}

/**
 * 人工核对 of cases: a column that the form gets when something is first kept in it.
 * @param emptied rows whose case is gone or new
 */
function patchManualChecks(
  table: Table,
  sheet: SheetSnapshot | undefined,
  changes: readonly FormChange[],
  emptied: ReadonlySet<number>,
): SheetPatch[] {
  const { name, headerRow, lastColumn } = table;
  const before = (row: number) => readManualChecks(table, sheet?.rows, row);
  const parts = new Map<number, readonly string[]>();
  for (const row of emptied) if (before(row).length > 0) parts.set(row, []);
  for (const { row, field, value } of changes) {
    const label = checkedLabel(field) ?? "";
    const others = (parts.get(row) ?? before(row)).filter((part) => part.trim() !== label);
    parts.set(row, value === "" ? others : [...others, label]);
  }
  const known = manualChecksColumn(table);
  const column = known ?? 1 + Math.max(lastColumn, sheet?.rows[headerRow - 1]?.length ?? 0);
  const edits = [...parts].flatMap(([row, now]): CellEdit[] => {
    const value = now.join("；");
    return value === before(row).join("；") ? [] : [{ row, column, value: value === "" ? null : value }];
  });
  if (edits.length === 0) return [];
  if (known !== undefined) return [{ name, edits }];
  const heading = { top: headerRow, bottom: headerRow, left: column, right: column };
  return [
    {
      name,
      edits: [{ row: headerRow, column, value: manualChecksLabel }, ...edits],
      layout: {
        widths: [{ column, width: manualChecksWidth }],
        styles: [{ area: heading, style: manualChecksHeading }],
      },
    },
  ];
}

/**
 * The number holds a case and its text together: two cases with one number would share a text, and a text without one would
 * belong to nobody. A case and its text are changed together.
 */
class CaseEdits {
  readonly #cases: TableEdits;
  readonly #texts: TableEdits | undefined;
  readonly #byRow = new Map<number, Map<string, string>>();
  /** Cases and texts by the numbers that they have now. */
  readonly #casesByNumber: ReadonlyMap<string, readonly TableRow[]>;
  readonly #textsByNumber: ReadonlyMap<string, readonly TableRow[]>;
  readonly #ownTexts: ReadonlyMap<number, TableRow>;
  #nextText: number;

  constructor(
    tables: FormTables,
    owner: string,
    private readonly path: string,
    changes: readonly FormChange[],
  ) {
    const { submissions, texts } = tables;
    this.#cases = new TableEdits(submissions, owner);
    this.#texts = texts && new TableEdits(texts, owner);
    this.#casesByNumber = rowsByNumber(submissions.rows);
    this.#textsByNumber = rowsByNumber(texts?.rows ?? []);
    this.#ownTexts = ownTextsOfCases(tables);
    this.#nextText = texts ? lastFilledRow(texts) + 1 : 0;
    for (const { row, field, value } of changes) {
      const typed = this.#byRow.get(row) ?? new Map<string, string>();
      this.#byRow.set(row, typed.set(field, value));
    }
  }

  /** @throws InputError */
  get patches(): SheetPatch[] {
    this.#requireOwnNumbers();
    for (const [row, typed] of this.#byRow) {
      for (const [field, value] of typed) if (!sectionKeys.includes(field)) this.#cases.put(row, field, value);
      if ([...typed.values()].some((value) => value !== "")) this.#cases.nameOwner(row);
      this.#changeText(row, typed);
    }
    return [...this.#cases.patch, ...(this.#texts?.patch ?? [])];
  }

  #numberNow(row: number): string {
    return (this.#byRow.get(row)?.get("id") ?? this.#cases.row(row)?.text("id") ?? "").trim();
  }

  #requireOwnNumbers(): void {
    const changed = [...this.#byRow].filter(([, typed]) => typed.has("id")).map(([row]) => row);
    if (changed.length === 0) return;
    const rows = new Set([...this.#cases.table.rows.map(({ row }) => row), ...this.#byRow.keys()]);
    const holders = new Map<string, number[]>();
    for (const row of rows) {
      const key = numberKey(this.#numberNow(row));
      if (key !== "") holders.set(key, [...(holders.get(key) ?? []), row]);
    }
    for (const row of changed) {
      const id = this.#numberNow(row);
      const other = holders.get(numberKey(id))?.find((each) => each !== row);
      if (other !== undefined)
        throw new InputError(
          this.path,
          `第 ${other} 行的案例已经用了编号“${id}”，没有写入。请核对后填这个案例自己的编号。`,
        );
    }
  }

  /** The text of a case, or one that waits for a case of this number. */
  #textOf(row: number, key: string): TableRow | undefined {
    return this.#ownTexts.get(row) ?? (this.#casesByNumber.has(key) ? undefined : this.#textsByNumber.get(key)?.[0]);
  }

  #changeText(row: number, typed: ReadonlyMap<string, string>): void {
    const sections = [...typed].filter(([field]) => sectionKeys.includes(field));
    const id = this.#numberNow(row);
    const key = numberKey(id);
    const text = this.#textOf(row, key);
    if (!this.#texts) {
      if (sections.every(([, value]) => value === "")) return;
      throw new InputError(this.path, `填报表里没有“${textsSheet.label}”表，正文没有地方写。`);
    }
    const isEmpty = sectionKeys.every((key) => (typed.get(key) ?? text?.text(key) ?? "") === "");
    if (key === "" && !isEmpty)
      throw new InputError(
        this.path,
        text
          ? "这个案例已有正文，编号不能清空，没有写入。要换编号，请直接改成新的编号。"
          : "请先填“案例编号”，再填正文：正文靠编号与案例对上。",
      );
    if (!text && isEmpty) return;
    const sharing = text ? undefined : this.#casesByNumber.get(key)?.find((other) => other.row !== row);
    if (sharing && !this.#byRow.get(sharing.row)?.has("id"))
      throw new InputError(
        this.path,
        `第 ${sharing.row} 行的案例也是编号“${id}”，分不清正文归哪一个，没有写入。请先把编号改成各自的，再填正文。`,
      );
    const at = text?.row ?? this.#nextText++;
    if (!text) {
      this.#texts.nameOwner(at);
      this.#texts.put(at, "id", id);
    } else if (typed.has("id")) this.#texts.put(at, "id", id);
    const title = typed.get("title") ?? (text ? undefined : this.#cases.row(row)?.text("title"));
    if (title !== undefined) this.#texts.put(at, "title", title);
    for (const [key, value] of sections) this.#texts.put(at, key, value);
  }
}

/** Whether a case is still what a change was proposed for. */
export function isStillWanted({ submissions }: FormTables, { row, found }: FormChange): boolean {
  if (!found) return true;
  const present = submissions.rows.find((each) => each.row === row);
  return present?.text("id") === found.id && present.text(found.field) === cleanText(found.value);
}

/** A text that no cell holds is refused before anything is written. @throws InputError */
function requireRoom(path: string, changes: readonly FormChange[]): void {
  const long = changes.find(({ value }) => value.length > MOST_CHARACTERS);
  if (long)
    throw new InputError(
      path,
      `第 ${long.row} 行有一格 ${long.value.length} 个字符，超过单元格能存的 ${MOST_CHARACTERS} 个，没有写入。请精简后再填。`,
    );
}

/**
 * All of them or none.
 * @param owner 单位名称
 * @throws InputError
 */
export function patchForm(
  form: WorkbookSnapshot,
  tables: FormTables,
  owner: string,
  path: string,
  typed: readonly FormChange[],
): SheetPatch[] {
  const changes = typed.map((change) => ({ ...change, value: change.value.replace(/\r\n?/g, "\n") }));
  requireRoom(path, changes);
  if (changes.some(({ field }) => field === "nominator"))
    throw new InputError(path, `“${columnOf(submissionsSheet, "nominator").label}”已经填好，不能改，没有写入。`);
  const ofSheet = (sheet: FormChange["sheet"]) => changes.filter((change) => change.sheet === sheet);
  const { submissions } = tables;
  const people = [expertsSheet, liaisonsSheet].flatMap((spec) => {
    const [own, table] = [ofSheet(spec.key), tables[spec.key]];
    if (own.length === 0) return [];
    if (!table) throw new InputError(path, `填报表里没有“${spec.label}”表，没有地方写。`);
    return patchPeople(table, owner, own);
  });
  const isCheck = ({ field }: FormChange) => checkedLabel(field) !== undefined;
  const ofCases = ofSheet("submissions");
  const cases = new CaseEdits(
    tables,
    owner,
    path,
    ofCases.filter((each) => !isCheck(each)),
  ).patches;
  const emptied = emptiedRows(
    submissions,
    cases.flatMap(({ name, edits = [] }) => (name === submissions.name ? edits : [])),
  );
  const unseen = new TableEdits(submissions, owner);
  for (const row of emptied) for (const key of hiddenFromUnits) unseen.put(row, key, "");
  return [
    ...cases,
    ...unseen.patch,
    ...patchManualChecks(
      submissions,
      form.sheets.find(({ name }) => name === submissions.name),
      ofCases.filter(isCheck),
      emptied,
    ),
    ...people,
  ];
}
