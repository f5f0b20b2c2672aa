import type { LiveTable } from "../../core/check/live-check-rows.ts";
import {
  applicationSheetOrder,
  expertsSheet,
  liaisonsSheet,
  noticeSheet,
  settingsSheet,
  submissionsSheet,
  textsSheet,
  unitsSheet,
} from "../../core/schema/application.ts";
import type { SheetSpec } from "../../core/schema/sheet-spec.ts";
import { bearsLabels, headerSearchDepth, readSheetTable } from "../../core/tables/table.ts";
import { isSameText } from "../../core/text/clean.ts";
import { submissionKey } from "../../core/text/identity.ts";
import { cellText } from "../../core/workbook/cell-text.ts";
import {
  type CellValue,
  noteKey,
  type PlainValue,
  type SheetSnapshot,
  type WorkbookSnapshot,
} from "../../core/workbook/port.ts";
import { rangeOf } from "../google/areas.ts";
import { fromSheetValue, noSheetIds, serialInScriptZone } from "../google/cell-values.ts";
import { readRows, readShown } from "../google/read-sheet.ts";
import { clockOf } from "../google/spreadsheet-clock.ts";

type Sheet = GoogleAppsScript.Spreadsheet.Sheet;
type Rows = readonly (readonly CellValue[])[];

/** A sheet and its name: asking for a name costs a call. */
export interface NamedSheet {
  readonly sheet: Sheet;
  readonly name: string;
}

export interface LiveSheet extends NamedSheet {
  readonly table: LiveTable;
}

export interface LiveReading {
  readonly snapshot: WorkbookSnapshot;
  /** Whether the texts of the edited submissions are in the snapshot. */
  readonly withTexts: boolean;
}

const liveSpecs: Readonly<Record<LiveTable, SheetSpec>> = {
  submissions: submissionsSheet,
  experts: expertsSheet,
  liaisons: liaisonsSheet,
};

/** If more rows change at once, the rules about texts are left to 检查全部. */
const rowsWithTexts = 50;

const isNamed = ({ name }: NamedSheet, spec: SheetSpec) => isSameText(name, spec.label);

/** Which table a sheet is, by its name, or by its labels when it was renamed. */
export function tableOf(edited: NamedSheet, sheets: readonly NamedSheet[]): LiveTable | undefined {
  const entries = Object.entries(liveSpecs) as [LiveTable, SheetSpec][];
  const named = entries.find(([, spec]) => isNamed(edited, spec));
  if (named) return named[0];
  if (isClaimed(edited)) return undefined;
  const missing = entries.filter(([, spec]) => !sheets.some((each) => isNamed(each, spec)));
  if (missing.length === 0) return undefined;
  const top = readTop(edited.sheet);
  return missing.find(([, spec]) => bearsLabels(top, spec))?.[0];
}

function isClaimed({ name }: NamedSheet): boolean {
  return applicationSheetOrder.some((label) => isSameText(label, name));
}

function readTop(sheet: Sheet): Rows {
  const [rows, columns] = [Math.min(headerSearchDepth, sheet.getLastRow()), sheet.getLastColumn()];
  if (rows === 0 || columns === 0) return [];
  return readArea(sheet, { top: 1, left: 1, bottom: rows, right: columns });
}

function readArea(sheet: Sheet, area: { top: number; left: number; bottom: number; right: number }): CellValue[][] {
  const values = rangeOf(sheet, area).getValues();
  const serialOf = clockOf(() => sheet);
  return values.map((line, i) =>
    line.map((value, j) => fromSheetValue(value, undefined, area.top + i, area.left + j, noSheetIds, serialOf)),
  );
}

/** Reads the sheets that the rules of the edited table need, one call each; other sheets get their header alone. */
export function readForLiveCheck(
  { table, sheet, name }: LiveSheet,
  sheets: readonly NamedSheet[],
  first: number,
  last: number,
): LiveReading {
  const find = (spec: SheetSpec): NamedSheet | undefined =>
    sheets.find((each) => isNamed(each, spec)) ??
    sheets.find((each) => !isClaimed(each) && bearsLabels(readTop(each.sheet), spec));
  const read = (spec: SheetSpec): SheetSnapshot => {
    const found = find(spec);
    return found ? view(found.name, readRows(found.sheet, noSheetIds, false), found.sheet) : onlyHeader(spec);
  };
  const edited = editedView(sheet, name, first, last);
  const texts =
    table === "submissions" && last - first < rowsWithTexts
      ? readTexts(find(textsSheet), keysOf(edited, first, last))
      : undefined;
  const own = (spec: SheetSpec, otherwise: SheetSnapshot) => (liveSpecs[table] === spec ? edited : otherwise);
  const notice = sheets.filter((each) => isNamed(each, noticeSheet));
  return {
    snapshot: {
      sheets: [
        ...notice.map((found) => view(found.name, readRows(found.sheet, noSheetIds, false))),
        read(settingsSheet),
        read(unitsSheet),
        own(submissionsSheet, table === "experts" ? read(submissionsSheet) : onlyHeader(submissionsSheet)),
        texts ?? onlyHeader(textsSheet),
        own(expertsSheet, onlyHeader(expertsSheet)),
        own(liaisonsSheet, onlyHeader(liaisonsSheet)),
      ],
    },
    withTexts: texts !== undefined,
  };
}

function view(name: string, rows: Rows, sheet?: Sheet): SheetSnapshot {
  let shown: SheetSnapshot["shown"];
  return {
    name,
    hidden: false,
    rows,
    notes: new Map(),
    get shown() {
      if (sheet) shown ??= readShown(sheet, rows);
      return shown;
    },
  };
}

function onlyHeader(spec: SheetSpec): SheetSnapshot {
  return view(spec.label, [spec.columns.map(({ label }) => label)]);
}

/** The edited sheet: values of all rows, formulas and notes of the edited rows only; notes are read when first needed. */
function editedView(sheet: Sheet, name: string, first: number, last: number): SheetSnapshot {
  const rows = readRows(sheet, noSheetIds, false).map((row) => [...row]);
  const width = sheet.getLastColumn();
  const area = { top: first, left: 1, bottom: last, right: Math.max(1, width) };
  rangeOf(sheet, area)
    .getFormulas()
    .forEach((line, i) => {
      const row = rows[first - 1 + i];
      line.forEach((formula, j) => {
        if (formula === "" || !row) return;
        const cell = fromSheetValue("", formula, first + i, j + 1, noSheetIds, serialInScriptZone);
        const isFormula = typeof cell === "object" && cell?.kind === "formula";
        row[j] = isFormula ? { ...cell, result: (row[j] ?? null) as PlainValue } : cell;
      });
    });
  let notes: Map<string, string> | undefined;
  const seen = view(name, rows, sheet);
  return {
    name,
    hidden: false,
    rows,
    get shown() {
      return seen.shown;
    },
    get notes() {
      if (notes) return notes;
      notes = new Map();
      for (const [i, line] of rangeOf(sheet, area).getNotes().entries()) {
        for (const [j, text] of line.entries()) if (text !== "") notes.set(noteKey(first + i, j + 1), text);
      }
      return notes;
    },
  };
}

/**
 * 正文 with the texts of the edited submissions; other rows have 推荐单位 and 案例编号 alone. undefined where that would take
 * more than three calls.
 */
function readTexts(found: NamedSheet | undefined, wanted: ReadonlySet<string>): SheetSnapshot | undefined {
  if (!found) return undefined;
  const { sheet, name } = found;
  const height = sheet.getLastRow();
  const width = sheet.getLastColumn();
  const top = readTop(sheet);
  const { headerRow, positions } = readSheetTable(view(name, top), textsSheet);
  const [nominator, id] = [positions.get("nominator") ?? 1, positions.get("id") ?? 1];
  const [left, right] = [Math.min(nominator, id), Math.max(nominator, id)];
  if (right - left > 2) return undefined;
  const rows: CellValue[][] = top.map((row) => [...row]);
  if (height > top.length) {
    for (const line of readArea(sheet, { top: top.length + 1, left, bottom: height, right })) {
      rows.push([...Array.from({ length: left - 1 }, () => null), ...line]);
    }
  }
  const missing = rows.flatMap((row, i) => {
    const key = submissionKey(cellText(row[nominator - 1] ?? null), cellText(row[id - 1] ?? null));
    return i >= Math.max(headerRow, top.length) && wanted.has(key) ? [i + 1] : [];
  });
  const [from, to] = [missing[0], missing[missing.length - 1]];
  if (from === undefined || to === undefined) return view(name, rows);
  if (to - from >= 4 * rowsWithTexts) return undefined;
  for (const [i, line] of readArea(sheet, { top: from, left: 1, bottom: to, right: width }).entries())
    rows[from - 1 + i] = line;
  return view(name, rows);
}

function keysOf(edited: SheetSnapshot, first: number, last: number): Set<string> {
  const { rows } = readSheetTable(edited, submissionsSheet);
  const own = rows.filter(({ row }) => row >= first && row <= last);
  return new Set(own.map((row) => submissionKey(row.text("nominator"), row.text("id"))));
}
