import type { AwardTables, Submission, Unit } from "../award/award.ts";
import { readAward } from "../award/read-award.ts";
import type { Notice } from "../notice/notice.ts";
import { guideSheetLabel, submissionsSheet, unitFormSheets } from "../schema/application.ts";
import type { SheetSpec } from "../schema/sheet-spec.ts";
import { layOut, newPlace, type Place, positionIn, type Spare } from "../tables/place.ts";
import type { Table } from "../tables/table.ts";
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
import { lastPrintedColumn, layPeople, requiredByPeople } from "./application-book.ts";
import { buildGuide } from "./guide.ts";
import { unitFormGuide } from "./guide-texts.ts";
import { findKnownPeople } from "./known-people.ts";
import { buildLiveCheck } from "./live-check.ts";
import { quotaGroups } from "./quota.ts";

export interface UnitForm {
  readonly unit: string;
  readonly fileName: string;
  readonly patch: WorkbookPatch;
}

type FormSheetKey = (typeof unitFormSheets)[number]["key"];

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
const hiddenFromUnits = ["status", "statusKind", "statusReason"];

/** 推荐单位 stands in every ready row and is not to be changed: nobody has to type it, and no row is without it. */
function presetNominator(place: Place, unit: Unit, patch: SheetPatch): SheetPatch {
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
  const hidden = new Set(place.spec === submissionsSheet ? hiddenFromUnits.map((key) => positionIn(place, key)) : []);
  const { layout } = patch;
  return {
    ...patch,
    edits: [...(patch.edits ?? []).filter((edit) => edit.column !== column || edit.row < top), ...edits],
    layout: {
      ...layout,
      widths: (layout?.widths ?? []).map((each) => (hidden.has(each.column) ? { ...each, hidden: true } : each)),
      styles: [
        ...(layout?.styles ?? []),
        { area, style: { locked: true, fill: palette.computed, font: { color: palette.softInk } } },
      ],
      validations: [...(layout?.validations ?? []).filter((v) => v.area.left !== column), { area, validation }],
    },
  };
}

/** The unit's own rows of a sheet, as cells of the form. */
function ownRows(table: Table, spec: SheetSpec, unit: Unit): CellEdit[] {
  const typed = spec.columns.flatMap((column, i) =>
    column.kind === "computed" ? [] : [{ key: column.key, column: i + 1 }],
  );
  return table.rows
    .filter((row) => row.text("nominator") === unit.name)
    .flatMap((row, i) =>
      typed.flatMap(({ key, column }): CellEdit[] => {
        const value = plain(row.raw(key));
        return value === null ? [] : [{ row: i + 2, column, value }];
      }),
    );
}

function formSheets(
  tables: AwardTables,
  unit: Unit,
  submissionsOfUnit: readonly Submission[],
  notice: Notice,
): SheetPatch[] {
  const rows = new Map(
    unitFormSheets.map((spec) => [spec.key as FormSheetKey, ownRows(tables[spec.key] as Table, spec, unit)]),
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
    known: findKnownPeople(submissionsOfUnit),
    existing: false,
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
          ? layOut(place, options, { edits: own })
          : layOut(
              place,
              {
                ...options,
                conditionalFormats: live.submissions.conditionalFormats,
                printThrough: lastPrintedColumn,
              },
              { edits: [...own, ...live.submissions.edits] },
            );
    return presetNominator(place, unit, patch);
  });
  return [...sheets, live.calculation];
}

/**
 * A form 填报表 for each unit: what the shared workbook has of it, ready to be completed offline and imported again.
 *
 * @throws WorkbookStructureError when a sheet or column of the contract is missing
 */
export function buildUnitForms(snapshot: WorkbookSnapshot, baseNotice: Notice): UnitForm[] {
  const { tables, units, submissions, settings } = readAward(snapshot, baseNotice);
  const { notice } = settings;
  return units
    .filter((unit) => unit.name !== "")
    .map((unit) => ({
      unit: unit.name,
      fileName: `填报表-${unit.name.replace(/[\\/:*?"<>|]/g, "_")}.xlsx`,
      patch: {
        sheets: [
          buildGuide(guideSheetLabel, notice, `${titleLead}${unit.name}`, unitFormGuide(notice, unit.name)),
          ...formSheets(
            tables,
            unit,
            submissions.filter((s) => s.unit === unit),
            notice,
          ),
        ],
        properties: { title: `填报表-${unit.name}`, creator: "评案簿" },
      },
    }));
}
