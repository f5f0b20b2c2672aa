import type { AwardData, Unit } from "../award/award.ts";
import { type Origin, readOrigins } from "../award/import-record.ts";
import { noticePatch } from "../award/notice-sheet.ts";
import { readAward } from "../award/read-award.ts";
import { defaultNotice, isBuiltIn } from "../notice/built-in.ts";
import type { Notice } from "../notice/notice.ts";
import { distinctUnits, sameUnit } from "../rules/expert/unit-counts.ts";
import { sections } from "../rules/text/sections.ts";
import { guideSheetLabel, submissionsSheet, unitFormSheets } from "../schema/application.ts";
import type { SheetSpec } from "../schema/sheet-spec.ts";
import { layOut, newPlace, type Place, positionIn, type Spare } from "../tables/place.ts";
import type { TableRow } from "../tables/table.ts";
import { safeFileName } from "../text/file-name.ts";
import { addToGroup } from "../text/group-by.ts";
import { unitNameKey } from "../text/identity.ts";
import { cellText } from "../workbook/cell-text.ts";
import type {
  CellEdit,
  CellValue,
  SheetPatch,
  SheetSnapshot,
  WorkbookPatch,
  WorkbookSnapshot,
} from "../workbook/port.ts";
import { palette } from "../workbook/theme.ts";
import { lastPrintedColumn, layPeople, layTexts, requiredByPeople } from "./application-book.ts";
import { buildGuide, type GuideSection } from "./guide.ts";
import { unitFormGuide } from "./guide-texts.ts";
import { findKnownPeople } from "./known-people.ts";
import { buildLiveCheck } from "./live-check.ts";
import { quotaGroups } from "./quota.ts";

export interface UnitForm {
  readonly unit: string;
  readonly fileName: string;
  readonly patch: WorkbookPatch;
}

export type FormSheetKey = (typeof unitFormSheets)[number]["key"];

const spare: Readonly<Record<FormSheetKey, Spare>> = {
  submissions: { below: 100, least: 200 },
  texts: { below: 100, least: 200 },
  experts: { below: 20, least: 40 },
  liaisons: { below: 10, least: 20 },
};

/** What a person would see: the form carries no formulas of the shared workbook. */
function plain(value: CellValue): CellValue {
  if (value === null || typeof value !== "object" || value.kind === "date" || value.kind === "time") return value;
  return cellText(value);
}

const titleLead = "填报表　";

/** Whose form a workbook is, by the title of its 说明; "" where that is none of ours. */
export function unitOfForm(sheets: readonly Pick<SheetSnapshot, "name" | "rows">[]): string {
  const guide = sheets.find(({ name }) => name === guideSheetLabel)?.rows ?? [];
  const title = guide
    .flat()
    .map(cellText)
    .find((text) => text.startsWith(titleLead));
  return title?.slice(titleLead.length).trim() ?? "";
}

/** Columns of 案例 that only the administrator fills in. */
export const hiddenFromUnits: readonly string[] = ["status", "statusKind", "statusReason"];

/** Counts of the sections, which the form need not show as long as their texts alone are filled in. */
const sectionCounts: readonly string[] = sections.map(({ countColumn }) => countColumn);

/** A count that somebody has filled in is seen. */
const hasCounts = (rows: OwnRows) =>
  (rows.get("submissions") ?? []).some(({ record }) => sectionCounts.some((key) => record.text(key) !== ""));

/** 推荐单位 stands in every ready row and is not to be changed: nobody has to type it, and no row is without it. */
function presetNominator(place: Place, unit: Unit, patch: SheetPatch, folded: readonly string[]): SheetPatch {
  const column = positionIn(place, "nominator");
  const [top, bottom] = [place.headerRow + 1, place.readyRow];
  const edits = Array.from({ length: bottom - place.headerRow }, (_, i) => ({
    row: top + i,
    column,
    value: unit.name,
  }));
  const area = { top, bottom, left: column, right: column };
  const validation = {
    kind: "list" as const,
    source: [unit.name],
    strict: true,
    message: `这是${unit.name}的填报表，推荐单位已经填好，不用改。`,
  };
  const positions = (keys: readonly string[]) =>
    new Set(place.spec === submissionsSheet ? keys.map((key) => positionIn(place, key)) : []);
  const [hidden, behindSigns] = [positions(hiddenFromUnits), positions(folded)];
  const { layout } = patch;
  return {
    ...patch,
    edits: [...(patch.edits ?? []).filter((edit) => edit.column !== column || edit.row < top), ...edits],
    layout: {
      ...layout,
      widths: (layout?.widths ?? []).map((each) =>
        hidden.has(each.column)
          ? { ...each, hidden: true, grouped: false }
          : behindSigns.has(each.column)
            ? { ...each, hidden: true }
            : each,
      ),
      styles: [
        ...(layout?.styles ?? []),
        { area, style: { locked: true, fill: palette.computed, font: { color: palette.softInk } } },
      ],
      validations: [...(layout?.validations ?? []).filter((v) => v.area.left !== column), { area, validation }],
    },
  };
}

/** A row of the unit in its form, as the shared workbook has it. */
interface OwnRow {
  readonly record: TableRow;
  /** Its row in the form. */
  readonly row: number;
}

export type OwnRows = ReadonlyMap<FormSheetKey, readonly OwnRow[]>;

/** More empty rows than these are none that a unit has left between its own. */
const mostGaps = 50;

/**
 * The rows of a unit at the places that they have in the file which most of them came from; further ones, and all where
 * there is no such file, one below the other as in the shared workbook.
 */
function placeRows(records: readonly TableRow[], origins: ReadonlyMap<number, readonly Origin[]>): OwnRow[] {
  const byFile = new Map<string, OwnRow[]>();
  for (const record of records)
    for (const { file, row } of origins.get(record.row) ?? []) addToGroup(byFile, file, { record, row });
  const [sent = []] = [...byFile.values()].sort((a, b) => b.length - a.length);
  const taken = new Set(sent.map(({ row }) => row));
  const last = Math.max(1, ...taken);
  const isForm =
    sent.length * 2 > records.length && taken.size === sent.length && !taken.has(1) && last - sent.length <= mostGaps;
  const kept = isForm ? sent : [];
  const known = new Set(kept.map(({ record }) => record));
  const next = kept.length === 0 ? 2 : last + 1;
  return [...kept, ...records.filter((record) => !known.has(record)).map((record, i) => ({ record, row: next + i }))];
}

/** Finds the rows of each unit in the shared workbook, and their places in its form. */
export function findOwnRows(snapshot: WorkbookSnapshot, award: AwardData): (unit: Unit) => OwnRows {
  const { tables, resolveUnit } = award;
  const origins = readOrigins(snapshot, tables, (text) => resolveUnit(text)?.name || text);
  const ofUnits = unitFormSheets.map((spec) => {
    const byUnit = new Map<string, TableRow[]>();
    for (const row of tables[spec.key].rows as readonly TableRow[]) {
      const nominator = row.text("nominator");
      addToGroup(byUnit, unitNameKey(resolveUnit(nominator)?.name ?? nominator), row);
    }
    return { spec, byUnit };
  });
  return (unit) =>
    new Map(
      ofUnits.map(({ spec, byUnit }) => [
        spec.key,
        placeRows(byUnit.get(unitNameKey(unit.name)) ?? [], origins.get(spec.key) ?? new Map()),
      ]),
    );
}

/** The unit's own rows of a sheet, as cells of the form. */
function cellsOf(rows: readonly OwnRow[], spec: SheetSpec): CellEdit[] {
  const typed = spec.columns.flatMap((column, i) =>
    column.kind === "computed" ? [] : [{ key: column.key, column: i + 1 }],
  );
  return rows.flatMap(({ record, row }) =>
    typed.flatMap(({ key, column }): CellEdit[] => {
      const value = plain(record.raw(key));
      return value === null ? [] : [{ row, column, value }];
    }),
  );
}

function formSheets({ submissions: all, settings }: AwardData, unit: Unit, ownRows: OwnRows): SheetPatch[] {
  const { notice } = settings;
  const rows = new Map(
    unitFormSheets.map((spec) => [spec.key as FormSheetKey, cellsOf(ownRows.get(spec.key) ?? [], spec)]),
  );
  const places = new Map(
    unitFormSheets.map((spec) => {
      const filled = (rows.get(spec.key) ?? []).reduce((last, { row }) => Math.max(last, row - 1), 0);
      return [spec.key as FormSheetKey, newPlace(spec, filled, spare[spec.key])];
    }),
  );
  const [submissions, texts, experts, liaisons] = [
    places.get("submissions"),
    places.get("texts"),
    places.get("experts"),
    places.get("liaisons"),
  ];
  if (!submissions || !texts || !experts || !liaisons) return [];
  const live = buildLiveCheck({
    notice,
    submissions,
    texts,
    experts,
    liaisons,
    units: { kind: "one", name: unit.name, unitKind: unit.kind },
    settings: new Map(),
    groups: quotaGroups([unit], notice),
    known: findKnownPeople(all.filter((submission) => sameUnit(submission.unit, unit))),
    isThere: () => false,
    createBefore: null,
  });
  const sheets = unitFormSheets.map((spec): SheetPatch => {
    const place = places.get(spec.key) ?? newPlace(spec, 0, spare[spec.key]);
    const own = rows.get(spec.key) ?? [];
    const options = { notice, required: requiredByPeople[spec.key] };
    const patch =
      spec.key === "experts" || spec.key === "liaisons"
        ? layPeople(place, options, live[spec.key], own)
        : spec.key === "texts"
          ? layTexts(place, options, live.texts, own)
          : layOut(
              place,
              {
                ...options,
                conditionalFormats: live.submissions.conditionalFormats,
                printThrough: lastPrintedColumn,
              },
              { edits: [...own, ...live.submissions.edits] },
            );
    return presetNominator(place, unit, patch, hasCounts(ownRows) ? [] : sectionCounts);
  });
  return [...sheets, ...live.calculation];
}

/** A notice that 参数 has changed goes out as one of its own: the program that opens the form knows only what it brings along. */
const ownNotice = (notice: Notice): Notice =>
  isBuiltIn(notice.id) && JSON.stringify(notice) !== JSON.stringify(defaultNotice)
    ? { ...notice, id: `${notice.id}-changed` }
    : notice;

/**
 * The form 填报表 of a unit with what the shared workbook has of it.
 *
 * @param more sections of 说明 that come first
 */
export function buildUnitForm(
  award: AwardData,
  unit: Unit,
  rows: OwnRows,
  more: readonly GuideSection[] = [],
): UnitForm {
  const { notice } = award.settings;
  const guide = [...more, ...unitFormGuide(notice, unit.name, !hasCounts(rows))];
  return {
    unit: unit.name,
    fileName: `填报表-${safeFileName(unit.name)}.xlsx`,
    patch: {
      sheets: [
        buildGuide(guideSheetLabel, notice, `${titleLead}${unit.name}`, guide),
        ...formSheets(award, unit, rows),
        ...noticePatch(ownNotice(notice)),
      ],
      properties: { title: `填报表-${unit.name}`, creator: "评案簿" },
    },
  };
}

/**
 * A form 填报表 for each unit: what the shared workbook has of it, ready to be completed offline and imported again.
 *
 * @throws WorkbookStructureError when a sheet or column of the contract is missing
 */
export function buildUnitForms(snapshot: WorkbookSnapshot, notice: Notice): UnitForm[] {
  const award = readAward(snapshot, notice);
  const rowsOf = findOwnRows(snapshot, award);
  return distinctUnits(award).map((unit) => buildUnitForm(award, unit, rowsOf(unit)));
}
