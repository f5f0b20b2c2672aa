import type { Unit } from "../award/award.ts";
import type { Notice, TrackKey } from "../notice/notice.ts";
import type { LimitKey } from "../rules/live.ts";
import { quotaSheet } from "../schema/application.ts";
import { columnOf } from "../schema/sheet-spec.ts";
import { layOut, newPlace, type Place, positionIn } from "../tables/place.ts";
import type { Table } from "../tables/table.ts";
import { columnArea } from "../tables/table-layout.ts";
import { columnLetters } from "../workbook/addresses.ts";
import { quote } from "../workbook/formula.ts";
import type { CellEdit, CellValue, SheetLayout, SheetPatch } from "../workbook/port.ts";
import { palette } from "../workbook/theme.ts";

/** A row of 配额: a bureau's field and track, or a direct school's field (track ""). */
export interface QuotaGroup {
  readonly nominator: string;
  readonly field: string;
  readonly track: string;
  readonly limit: LimitKey;
}

/** What 配额 takes from 即时计算. */
export interface QuotaCells {
  /** The cell that holds the quota of a group. */
  readonly quotaOf: (group: QuotaGroup) => string;
  /** The range with the group of every recommended row. */
  readonly recommendedGroups: string;
  /** The cell that counts the recommended rows that are in no group. */
  readonly ungrouped: string;
}

const limitOfTrack: Readonly<Record<TrackKey, LimitKey>> = { urban: "quotaUrban", rural: "quotaRural" };

/** Separates the parts of a group's key; no name of a unit, field or track holds it. */
const separator = "|";

/** One row for each nominator, field and track, in the order of 单位; units of unknown kind have no quota. */
export function quotaGroups(units: readonly Unit[], notice: Notice): QuotaGroup[] {
  const seen = new Set<string>();
  return units.flatMap(({ name, kind }) => {
    if (name === "" || kind === undefined || seen.has(name)) return [];
    seen.add(name);
    return notice.fields.flatMap((field): QuotaGroup[] =>
      kind === "school"
        ? [{ nominator: name, field: field.label, track: "", limit: "quotaSchool" }]
        : notice.tracks.map((t) => ({
            nominator: name,
            field: field.label,
            track: t.label,
            limit: limitOfTrack[t.key],
          })),
    );
  });
}

export function groupKey({ nominator, field, track }: Omit<QuotaGroup, "limit">): string {
  return [nominator, field, track].join(separator);
}

/** A formula for the key of a group from formulas for its parts. */
export function groupKeyFormula(nominator: string, field: string, track: string): string {
  return [nominator, field, track].join(`&${quote(separator)}&`);
}

const calculated = (formula: string): CellValue => ({ kind: "formula", formula, result: null });
const sumOf = (range: string) => `IF(COUNT(${range})=0,"",SUM(${range}))`;
const totalLabel = "合计";

/**
 * A bar of ten squares and the share of the quota in use. Drawn with characters that every Chinese font has at full width:
 * Google Sheets has no data bars, and a picture in the cell (SPARKLINE) is Google's alone.
 */
function barFormula(quota: string, used: string): string {
  const tenths = `MIN(10,ROUND(10*${used}/${quota},0))`;
  return `IF(AND(ISNUMBER(${quota}),${quota}>0),REPT("■",${tenths})&REPT("□",10-${tenths})&" "&ROUND(100*${used}/${quota},0)&"%","")`;
}

/** Formulas of 配额 that name its own cells alone, as they come back from any program. */
export const quotaFormula =
  /^(?:IF\(AND\(ISNUMBER\([A-Z]+\d+\),[A-Z]+\d+>0\),REPT\(.*|MAX\(0,[A-Z]+\d+-[A-Z]+\d+\)|IF\([A-Z]+\d+>[A-Z]+\d+,"超额 "&.*|IF\(COUNT\([A-Z]+\d+:[A-Z]+\d+\)=0,"",SUM\([A-Z]+\d+:[A-Z]+\d+\)\))$/;

/**
 * 配额: live rows of 名额, 已推荐, 剩余, 状态 and a total.
 *
 * @param present the sheet as it is; its 可推荐 is kept
 */
export function patchQuota(
  groups: readonly QuotaGroup[],
  { quotaOf, recommendedGroups, ungrouped }: QuotaCells,
  present: Table | undefined,
): SheetPatch {
  const base = newPlace(quotaSheet, groups.length + 1, { below: 0, least: 1 });
  const lacksBar = present !== undefined && !present.positions.has("bar");
  const place: Place = present
    ? {
        ...base,
        name: present.name,
        headerRow: present.headerRow,
        positions: lacksBar ? new Map([...present.positions, ["bar", present.lastColumn + 1]]) : present.positions,
        lastColumn: present.lastColumn + (lacksBar ? 1 : 0),
        lastRow: present.headerRow + groups.length + 1,
        existing: true,
      }
    : base;
  const top = place.headerRow + 1;
  const bottom = place.headerRow + groups.length;
  const at = (key: string) => columnLetters(positionIn(place, key));
  const eligible = new Map(
    (present?.rows ?? []).map((row) => [
      ["nominator", "field", "track"].map((key) => row.text(key)).join(separator),
      row.raw("eligible"),
    ]),
  );
  const edits = groups.flatMap((group, i): CellEdit[] => {
    const row = top + i;
    const cell = (key: string) => `${at(key)}${row}`;
    const [quota, used] = [cell("quota"), cell("recommended")];
    const values: Record<string, CellValue> = {
      nominator: group.nominator,
      field: group.field,
      track: group.track,
      quota: calculated(quotaOf(group)),
      recommended: calculated(
        `COUNTIF(${recommendedGroups},${groupKeyFormula(`$${cell("nominator")}`, `$${cell("field")}`, `$${cell("track")}`)})`,
      ),
      bar: calculated(barFormula(quota, used)),
      remaining: calculated(`MAX(0,${quota}-${used})`),
      state: calculated(`IF(${used}>${quota},"超额 "&(${used}-${quota}),IF(${used}=${quota},"已满","未满"))`),
      eligible: eligible.get(groupKey(group)) ?? null,
    };
    return Object.entries(values).map(([key, value]) => ({ row, column: positionIn(place, key), value }));
  });
  const totalRow = bottom + 1;
  if (groups.length > 0) {
    edits.push({ row: totalRow, column: positionIn(place, "nominator"), value: totalLabel });
    // Their unit, field or track may be wrong, or written so that formulas do not know it.
    const state = calculated(`IF(${ungrouped}=0,"",${ungrouped}&" 个未计入")`);
    edits.push({ row: totalRow, column: positionIn(place, "state"), value: state });
    const total = (key: string) => `${at(key)}${totalRow}`;
    const bar = calculated(barFormula(total("quota"), total("recommended")));
    edits.push({ row: totalRow, column: positionIn(place, "bar"), value: bar });
    for (const key of ["quota", "recommended", "remaining", "eligible"]) {
      edits.push({
        row: totalRow,
        column: positionIn(place, key),
        value: calculated(sumOf(`${at(key)}${top}:${at(key)}${bottom}`)),
      });
    }
  } else {
    edits.push({ row: top, column: positionIn(place, "nominator"), value: "请先在“单位”表填写单位" });
  }
  const { label, width } = columnOf(quotaSheet, "bar");
  const barColumn = positionIn(place, "bar");
  if (lacksBar) edits.push({ row: place.headerRow, column: barColumn, value: label });
  const patch = layOut(place, { conditionalFormats: quotaColours(place, top, bottom) }, { edits, clearFrom: top });
  const layout = { ...patch.layout, ...(lacksBar ? { widths: [{ column: barColumn, width }] } : {}) };
  return { ...patch, layout: withTotals(layout, place, totalRow, bands(groups)) };
}

/** First and last group of every second unit, to be tinted. */
function bands(groups: readonly QuotaGroup[]): [number, number][] {
  const runs: [number, number][] = [];
  groups.forEach(({ nominator }, i) => {
    const run = runs[runs.length - 1];
    if (run && groups[run[0]]?.nominator === nominator) run[1] = i;
    else runs.push([i, i]);
  });
  return runs.filter((_, i) => i % 2 === 1);
}

function withTotals(
  layout: SheetLayout,
  place: Place,
  totalRow: number,
  tinted: readonly [number, number][],
): SheetLayout {
  const whole = (row: number) => ({ top: row, bottom: row, left: 1, right: place.lastColumn });
  const numbers = ["track", "quota", "recommended", "remaining", "state", "eligible"].map((key) => ({
    area: columnArea(positionIn(place, key), place.headerRow + 1, totalRow),
    style: { horizontal: "center" as const },
  }));
  const top = place.headerRow + 1;
  const bars = {
    area: columnArea(positionIn(place, "bar"), top, totalRow),
    style: { font: { color: palette.title } },
  };
  const tints = tinted.map(([from, to]) => ({
    area: { top: top + from, bottom: top + to, left: 1, right: place.lastColumn },
    style: { fill: palette.computed },
  }));
  const total = { area: whole(totalRow), style: { font: { bold: true }, fill: palette.band } };
  const filter = { ...whole(place.headerRow), bottom: Math.max(place.headerRow + 1, totalRow - 1) };
  return { ...layout, filter, styles: [...(layout.styles ?? []), ...tints, ...numbers, bars, total] };
}

function quotaColours(place: Place, top: number, bottom: number): NonNullable<SheetLayout["conditionalFormats"]> {
  const area = { top, bottom: Math.max(top, bottom), left: 1, right: place.lastColumn };
  const cell = (key: string, row = top) => `$${columnLetters(positionIn(place, key))}${row}`;
  const [quota, used] = [cell("quota"), cell("recommended")];
  // A unit and a field are told once, so that the tracks of a field read as one; filters and sorting still find them.
  const sameAsAbove = (key: string) => `${cell(key)}=${cell(key, top - 1)}`;
  const faint = (key: string, formula: string) => ({
    area: { ...area, left: positionIn(place, key), right: positionIn(place, key) },
    formula,
    style: { font: { color: palette.faintInk } },
  });
  const repeated = [
    faint("nominator", sameAsAbove("nominator")),
    faint("field", `AND(${sameAsAbove("nominator")},${sameAsAbove("field")})`),
  ];
  const stateArea = { ...area, left: positionIn(place, "state"), right: positionIn(place, "state") };
  return [
    {
      area,
      formula: `AND(ISNUMBER(${quota}),${used}>${quota})`,
      style: { fill: palette.errorFill, font: { color: palette.errorInk } },
    },
    {
      area: stateArea,
      formula: `AND(ISNUMBER(${quota}),${used}=${quota})`,
      style: { fill: palette.goodFill, font: { color: palette.goodInk } },
    },
    ...repeated,
  ];
}
