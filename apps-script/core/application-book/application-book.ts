import type { Unit } from "../award/award.ts";
import { noticePatch } from "../award/notice-sheet.ts";
import { readAward } from "../award/read-award.ts";
import { initialSettingRows } from "../award/settings.ts";
import type { Notice } from "../notice/notice.ts";
import { required } from "../rules/submission/sub-required.ts";
import {
  applicationSheetOrder,
  expertsSheet,
  findingsSheet,
  guideSheetLabel,
  importRecordSheet,
  liaisonsSheet,
  liveCheckSheetLabel,
  liveLongSheetLabel,
  logSheet,
  noticeSheet,
  priorSheet,
  progressSheet,
  quotaSheet,
  settingsSheet,
  submissionsSheet,
  textsSheet,
  unitsSheet,
} from "../schema/application.ts";
import { columnOf, type SheetSpec } from "../schema/sheet-spec.ts";
import {
  cellIn,
  layOut,
  newPlace,
  type Place,
  placeOfTable,
  positionIn,
  readyRangeIn,
  type Spare,
} from "../tables/place.ts";
import { writeOutShown } from "../tables/shown-cell.ts";
import { readSheetTable, type Table } from "../tables/table.ts";
import { columnArea } from "../tables/table-layout.ts";
import { isBlank } from "../workbook/cell-text.ts";
import type {
  CellEdit,
  CellValue,
  SheetPatch,
  SheetSnapshot,
  WorkbookPatch,
  WorkbookSnapshot,
} from "../workbook/port.ts";
import { palette } from "../workbook/theme.ts";
import { buildGuide } from "./guide.ts";
import { applicationGuide } from "./guide-texts.ts";
import { findKnownPeople, findOtherUnitNames, type KnownPeople, noPeople } from "./known-people.ts";
import { buildLiveCheck, type TableCheck } from "./live-check.ts";
import { patchQuota, quotaFormula, quotaGroups } from "./quota.ts";
import { countColumns } from "./text-counts.ts";

/** Rows kept ready for typing. Every cell of a ready row costs time when the file is opened and saved. */
const spare = {
  submissions: { below: 200, least: 400 },
  texts: { below: 100, least: 200 },
  experts: { below: 100, least: 300 },
  liaisons: { below: 40, least: 100 },
  units: { below: 30, least: 60 },
} as const satisfies Record<string, Spare>;

/** More than an award has actions. */
export const readyLogRows = 300;

/** Columns of the sheets that must be filled in, shown by darker headers. */
export const requiredByPeople = {
  units: ["code", "name", "kind"],
  submissions: [...required, "videoFile", "keywords"],
  texts: ["nominator", "id", "summary", "innovation", "process", "application"],
  experts: ["nominator", "name", "title", "account", "unit", "phone", "stage"],
  liaisons: ["nominator", "name", "phone"],
} as const;

/** 案例 is far too wide for a page: what tells the submissions apart is printed, the lists of `export` have the rest. */
export const lastPrintedColumn = "phone";

interface Places {
  readonly settings: Place;
  readonly units: Place;
  readonly submissions: Place;
  readonly texts: CalculatingPlace;
  readonly experts: CalculatingPlace;
  readonly liaisons: CalculatingPlace;
}

/** Where a table with a column that calculates stands. */
interface CalculatingPlace extends Place {
  /** Columns that are not there yet. */
  readonly appended?: readonly string[];
}

/** What is in the workbook besides the tables that people fill. */
interface Present {
  readonly sheets: ReadonlySet<string>;
  readonly quota: Table | undefined;
  readonly log: Table | undefined;
  readonly notice: Table | undefined;
  readonly units: readonly Unit[];
  readonly people: KnownPeople;
  readonly otherUnitNames: ReadonlyMap<string, string>;
  /** 项目 → row of 参数. */
  readonly settingRows: ReadonlyMap<string, number>;
}

/** A new shared workbook 申报工作簿: every sheet in order, settings, drop-downs and live checks. */
export function newApplicationWorkbook(notice: Notice): WorkbookPatch {
  const settings = initialSettingRows(notice);
  const places: Places = {
    settings: newPlace(settingsSheet, settings.length, { below: 0, least: 1 }),
    units: newPlace(unitsSheet, 0, spare.units),
    submissions: newPlace(submissionsSheet, 0, spare.submissions),
    texts: newPlace(textsSheet, 0, spare.texts),
    experts: newPlace(expertsSheet, 0, spare.experts),
    liaisons: newPlace(liaisonsSheet, 0, spare.liaisons),
  };
  const settingRows = new Map(settings.map(([label], i) => [label, i + 2]));
  const present: Present = {
    sheets: new Set(),
    quota: undefined,
    log: undefined,
    notice: undefined,
    units: [],
    people: noPeople,
    otherUnitNames: new Map(),
    settingRows,
  };
  return {
    sheets: [...sheetsOf(places, present, notice, notice), ...noticePatch(notice)],
    properties: { title: notice.title, creator: "评案簿" },
  };
}

/**
 * Lays the shared workbook again after rows came in: formats, drop-downs, live checks, quota rows. Columns that people
 * added, widths, notes and fills stay as they are.
 *
 * @throws WorkbookStructureError when a sheet or column of the contract is missing
 */
export function refreshApplicationLayout(snapshot: WorkbookSnapshot, notice: Notice): WorkbookPatch {
  const award = readAward(snapshot, notice);
  const { tables, units, submissions, settings } = award;
  const places: Places = {
    settings: placeOfTable(tables.settings, { below: 0, least: 1 }),
    units: placeOfTable(tables.units, spare.units),
    submissions: placeOfTable(tables.submissions, spare.submissions),
    texts: withColumns(snapshot, placeOfTable(tables.texts, spare.texts), ...countColumns),
    experts: withColumns(snapshot, placeOfTable(tables.experts, spare.experts), "liveCheck"),
    liaisons: withColumns(snapshot, placeOfTable(tables.liaisons, spare.liaisons), "liveCheck"),
  };
  const optional = (spec: SheetSpec): Table | undefined => {
    const sheet = snapshot.sheets.find((s) => s.name === spec.label);
    return sheet && sheet.rows.length > 0 ? readSheetTable(sheet, spec) : undefined;
  };
  const present: Present = {
    sheets: new Set(snapshot.sheets.map((s) => s.name)),
    quota: optional(quotaSheet),
    log: optional(logSheet),
    notice: optional(noticeSheet),
    units,
    people: findKnownPeople(submissions),
    otherUnitNames: findOtherUnitNames(snapshot, award),
    settingRows: new Map(tables.settings.rows.map((row) => [row.text("item"), row.row])),
  };
  const shown = new Map(
    [tables.units, tables.submissions, tables.texts, tables.experts, tables.liaisons].map((table) => {
      const sheet = snapshot.sheets.find(({ name }) => name === table.name);
      return [table.name, sheet ? writeOutShown(sheet, table) : []];
    }),
  );
  const patches = sheetsOf(places, present, notice, settings.notice).map((patch) => {
    const edits = shown.get(patch.name) ?? [];
    const whole = edits.length === 0 ? patch : { ...patch, edits: [...edits, ...(patch.edits ?? [])] };
    return withoutWhatStands(
      whole,
      snapshot.sheets.find(({ name }) => name === patch.name),
    );
  });
  return { sheets: patches };
}

/** The patch without the edits that change nothing; what is to be cleared stays where it would come back as it is. */
function withoutWhatStands(patch: SheetPatch, sheet: SheetSnapshot | undefined): SheetPatch {
  if (!sheet || !patch.edits) return patch;
  const edits = patch.edits.filter(
    ({ row, column, value }) => !isSameCell(sheet.rows[row - 1]?.[column - 1] ?? null, value),
  );
  const { clearFrom, ...rest } = patch;
  if (clearFrom === undefined) return { ...rest, edits };
  const isFilled = (value: CellValue) => value !== null && value !== "";
  const laid = patch.edits.filter(({ row, value }) => row >= clearFrom && isFilled(value)).length;
  // What lies below the ready rows is not laid again.
  if (laid === 0) return { ...patch, edits };
  const kept = sheet.rows.slice(clearFrom - 1).reduce((sum, row) => sum + row.filter(isFilled).length, 0);
  return kept === laid && edits.length === 0 ? { ...rest, edits } : patch;
}

/** Whether a cell holds a value, or a formula with whatever result. */
function isSameCell(present: CellValue, wanted: CellValue): boolean {
  if ((present ?? "") === (wanted ?? "")) return true;
  if (typeof present !== "object" || typeof wanted !== "object") return false;
  if (present?.kind !== "formula" || wanted?.kind !== "formula") return false;
  return present.formula === wanted.formula && JSON.stringify(present.array) === JSON.stringify(wanted.array);
}

const calculationFormula = new RegExp(`(?:${liveCheckSheetLabel}|${liveLongSheetLabel})'?!`);

/** Whether a formula that people see is one that a layout writes, and none of theirs. */
export function isOwnFormula(formula: string): boolean {
  return calculationFormula.test(formula) || quotaFormula.test(formula);
}

function sheetsOf(places: Places, present: Present, original: Notice, notice: Notice): SheetPatch[] {
  const { settings, units, submissions, texts, experts, liaisons } = places;
  const unitNames = readyRangeIn(units, "name");
  const groups = quotaGroups(present.units, notice);
  const live = buildLiveCheck({
    notice: original,
    submissions,
    texts,
    experts,
    liaisons,
    units: { kind: "sheet", units, otherNames: present.otherUnitNames },
    settings: new Map([...present.settingRows].map(([label, row]) => [label, cellIn(settings, "value", row)])),
    groups,
    known: present.people,
    isThere: (name) => present.sheets.has(name),
    createBefore: [priorSheet, importRecordSheet].find(({ label }) => present.sheets.has(label))?.label ?? null,
  });
  const options = { notice, unitNames };
  const made = [
    settingsPatch(settings, original),
    layOut(units, { ...options, required: requiredByPeople.units }),
    layOut(
      submissions,
      {
        ...options,
        required: requiredByPeople.submissions,
        conditionalFormats: live.submissions.conditionalFormats,
        printThrough: lastPrintedColumn,
      },
      { edits: live.submissions.edits },
    ),
    layTexts(texts, { ...options, required: requiredByPeople.texts }, live.texts),
    layPeople(experts, { ...options, required: requiredByPeople.experts }, live.experts),
    layPeople(liaisons, { ...options, required: requiredByPeople.liaisons }, live.liaisons),
    patchQuota(groups, live, present.quota),
    ...live.calculation,
    ...[present.log, present.notice].flatMap((table) =>
      table ? [layOut(placeOfTable(table, { below: 0, least: 1 }), { notice, ...readyToLog(table) })] : [],
    ),
  ];
  const fresh = [findingsSheet, progressSheet, logSheet, priorSheet, importRecordSheet]
    .filter((spec) => !present.sheets.has(spec.label))
    .map((spec) => layOut(newPlace(spec, 0, { below: 0, least: 1 }), { notice, ...readyToLog({ spec, lastRow: 1 }) }));
  const guide = present.sheets.has(guideSheetLabel)
    ? []
    : [buildGuide(guideSheetLabel, notice, "申报工作簿　各教育局、厅直属学校和管理员共用", applicationGuide(notice))];
  return inOrder([...guide, ...made, ...fresh], present.sheets);
}

/** Rows of 日志 look like the others before they are written: what appends a row knows no looks. */
function readyToLog({ spec, lastRow }: Pick<Table, "spec" | "lastRow">): { readyRow?: number } {
  return spec.key === logSheet.key ? { readyRow: lastRow + readyLogRows } : {};
}

/** A sheet as earlier versions made it gets the columns that calculate behind the last one that holds anything. */
function withColumns(snapshot: WorkbookSnapshot, place: Place, ...keys: readonly string[]): CalculatingPlace {
  const appended = keys.filter((key) => !place.positions.has(key));
  if (appended.length === 0) return place;
  const rows = snapshot.sheets.find(({ name }) => name === place.name)?.rows ?? [];
  const taken = rows.reduce((most, cells) => {
    let last = cells.length;
    while (last > most && isBlank(cells[last - 1] ?? null)) last -= 1;
    return Math.max(most, last);
  }, place.lastColumn);
  const added = appended.map((key, i) => [key, taken + 1 + i] as const);
  const lastColumn = taken + appended.length;
  return { ...place, positions: new Map([...place.positions, ...added]), lastColumn, appended };
}

/**
 * A sheet with columns that calculate; it stays unprotected, so that rows can be inserted and deleted as ever.
 *
 * @param keys of these columns
 */
function layCalculating(
  place: CalculatingPlace,
  keys: readonly string[],
  options: Parameters<typeof layOut>[1],
  { edits, conditionalFormats }: TableCheck,
  own: readonly CellEdit[],
): SheetPatch {
  const headers = keys.map((key) => ({
    row: place.headerRow,
    column: positionIn(place, key),
    value: columnOf(place.spec, key).label,
  }));
  const widths = place.appended?.map((key) => ({
    column: positionIn(place, key),
    width: columnOf(place.spec, key).width,
  }));
  return layOut(
    place,
    { ...options, conditionalFormats },
    {
      edits: [...(place.existing ? headers : []), ...own, ...edits],
      layout: { protected: false, ...(widths ? { widths } : {}) },
    },
  );
}

/** A sheet of people with its 即时检查. */
export const layPeople = (
  place: CalculatingPlace,
  options: Parameters<typeof layOut>[1],
  check: TableCheck,
  own: readonly CellEdit[] = [],
): SheetPatch => layCalculating(place, ["liveCheck"], options, check, own);

/** 正文 with the counts of its sections, beside the beginning of each. */
export function layTexts(
  place: CalculatingPlace,
  options: Parameters<typeof layOut>[1],
  counts: TableCheck,
  own: readonly CellEdit[] = [],
): SheetPatch {
  const patch = layCalculating(place, countColumns, options, counts, own);
  const styles = countColumns.map((key) => ({
    area: columnArea(positionIn(place, key), place.headerRow + 1, place.readyRow),
    style: { horizontal: "center", vertical: "top" } as const,
  }));
  return { ...patch, layout: { ...patch.layout, styles: [...(patch.layout?.styles ?? []), ...styles] } };
}

/** New sheets are made in the order of the tabs, each before the next sheet that is there. */
function inOrder(patches: readonly SheetPatch[], present: ReadonlySet<string>): SheetPatch[] {
  const rank = (name: string) => {
    const index = applicationSheetOrder.indexOf(name);
    return index < 0 ? applicationSheetOrder.length : index;
  };
  const sorted = [...patches].sort((a, b) => rank(a.name) - rank(b.name));
  return sorted.map((patch) => {
    if (patch.createBefore === undefined) return patch;
    const next = applicationSheetOrder.slice(rank(patch.name) + 1).find((name) => present.has(name));
    return { ...patch, createBefore: next ?? null };
  });
}

/** Columns of 说明 that a line of its text may take. */
const noteWidth = 52;

function settingsPatch(place: Place, notice: Notice): SheetPatch {
  const rows = initialSettingRows(notice);
  const edits: CellEdit[] = place.existing
    ? []
    : rows.flatMap((cells, i) => cells.map((value, c) => ({ row: i + 2, column: c + 1, value })));
  const patch = layOut(place, { required: ["value"] }, { edits });
  const { headerRow, lastRow, lastColumn } = place;
  const body = { top: headerRow + 1, bottom: lastRow, left: 1, right: lastColumn };
  const value = columnArea(positionIn(place, "value"), body.top, body.bottom);
  const layout = patch.layout ?? {};
  const heights = place.existing
    ? []
    : rows.map(([, , , note], i) => ({ row: i + 2, height: 6 + 14 * Math.ceil((note.length * 2) / noteWidth) }));
  return {
    ...patch,
    layout: {
      ...layout,
      heights: [...(layout.heights ?? []), ...heights],
      styles: [
        ...(layout.styles ?? []),
        { area: body, style: { locked: true, wrap: true } },
        {
          area: value,
          style: {
            locked: false,
            horizontal: "center",
            numberFormat: "General",
            ...(place.existing ? {} : { fill: palette.input, font: { bold: true } }),
          },
        },
      ],
      protected: true,
    },
  };
}
