import { allRules } from "../rules/index.ts";
import { type Live, together } from "../rules/live.ts";
import { liveCheckSheetLabel, liveLongSheetLabel } from "../schema/application.ts";
import { type Place, positionIn, rangeHeight, rangeIn } from "../tables/place.ts";
import { columnLetters } from "../workbook/addresses.ts";
import { quote } from "../workbook/formula.ts";
import type { CellEdit, SheetLayout, SheetPatch } from "../workbook/port.ts";
import { palette } from "../workbook/theme.ts";
import { type CalculationColumn, CalculationSheet } from "./calculation-sheet.ts";
import { addLiveSources, type LiveCheckParts } from "./live-sources.ts";
import type { QuotaCells } from "./quota.ts";
import { addTextCounts, countColumns, overLimit } from "./text-counts.ts";

/** The column 即时检查 of a sheet, or those of 正文 that count. */
export interface TableCheck {
  readonly edits: readonly CellEdit[];
  readonly conditionalFormats: NonNullable<SheetLayout["conditionalFormats"]>;
}

export interface LiveCheck extends QuotaCells {
  readonly calculation: readonly SheetPatch[];
  readonly submissions: TableCheck;
  readonly texts: TableCheck;
  readonly experts: TableCheck;
  readonly liaisons: TableCheck;
}

/** Before what a message says of each problem; no text of a problem holds it. */
const separator = "；";
/** Parts the errors of a message from what is only to be looked at. */
const reminderLead = "提醒：";
/** How a verdict begins: `2 错 1 提醒　「领域」…；「赛道」…；提醒：「学段」…`; without errors `1 提醒：「学段」…`. */
const [errorUnit, reminderUnit] = [" 错 ", " 提醒 "];
/** The verdict on a filled row in which no problem is seen. */
export const clean = "✓";
/** How the texts begin that are no verdict. */
const noVerdict = "本";

/** What a rule says of the rows of a sheet: at once, or where its condition holds for a row of 即时计算. */
interface Told {
  readonly label: string;
  readonly isError: boolean;
  readonly formula: string;
  readonly provided?: ((row: number) => string) | undefined;
}

/** What every live rule says, with what it says besides of its other severity. */
const tellAll = (tell: (live: Live, also: boolean) => Pick<Told, "formula" | "provided"> | undefined): Told[] =>
  allRules.flatMap(({ code, severity, alsoSeverity, live }) => {
    if (typeof live === "string") return [];
    const told = tell(live, false);
    const also = tell(live, true);
    return [
      ...(told ? [{ ...told, label: code, isError: severity === "error" }] : []),
      ...(also ? [{ ...also, label: `${code} ${alsoSeverity}`, isError: alsoSeverity === "error" }] : []),
    ];
  });

/**
 * 即时检查: what is wrong with a row, in words, live in any spreadsheet program: what the rules say in formulas, errors
 * first. The work is done on the hidden sheet 即时计算, by array formulas over all rows; 案例, 专家 and 联络员 hold short
 * formulas only, so that their rows may be inserted, deleted and sorted.
 *
 * @param manyRows what is longer than this, and than 案例, stands on a sheet of its own
 */
export function buildLiveCheck(parts: LiveCheckParts, manyRows = 10_000): LiveCheck {
  const longest = Math.max(rangeHeight(parts.submissions) + 1, manyRows);
  const sheet = new CalculationSheet(liveCheckSheetLabel, liveLongSheetLabel, longest);
  const lacking = addProbes(sheet);
  const { sources, group, ungrouped, experts, liaisons } = addLiveSources(sheet, parts);
  // In a form 推荐单位 stands in every ready row.
  const preset = parts.units.kind === "one" ? ["nominator"] : [];
  const lay = (place: Place, told: readonly Told[]) =>
    layTable(sheet, place, addMessages(sheet, place, told, lacking, preset), preset);
  return {
    submissions: lay(
      parts.submissions,
      tellAll(({ problems, alsoProblems, provided }, also) => {
        const formula = also ? alsoProblems?.(sources) : problems?.(sources);
        return formula === undefined ? undefined : { formula, provided: provided && ((row) => provided(sources, row)) };
      }),
    ),
    texts: layCounts(sheet, parts.texts, addTextCounts(sheet, parts.texts, parts.notice)),
    experts: lay(
      parts.experts,
      tellAll(({ experts: tell }, also) => (also || !tell ? undefined : { formula: tell(experts) })),
    ),
    liaisons: lay(
      parts.liaisons,
      tellAll(({ liaisons: tell }, also) => (also || !tell ? undefined : { formula: tell(liaisons) })),
    ),
    calculation: sheet.patches(parts.isThere, parts.createBefore),
    quotaOf: ({ limit }) => sources.limit(limit),
    recommendedGroups: sheet.named(group),
    ungrouped: ungrouped,
  };
}

/** Adds the messages of a sheet: a column of texts, one for each row that the formulas see and one for those below. */
function addMessages(
  sheet: CalculationSheet,
  place: Place,
  told: readonly Told[],
  lacking: string,
  preset: readonly string[],
): CalculationColumn {
  const rows = rangeHeight(place);
  const name = place.spec.label;
  const join = (label: string, parts: readonly Told[]): string => {
    const columns = parts.map((part) => ({
      ...part,
      column: sheet.add(`${name} ${part.label}`, rows, [part.formula]),
    }));
    const atOnce = columns.filter(({ provided }) => !provided).map(({ column }) => column.range);
    const whole = sheet.add(`${name}${label}`, rows, [together(...atOnce)]).range;
    const asked = columns.filter(({ provided }) => provided);
    if (asked.length === 0) return whole;
    const conditional = sheet.addRows(`${name}${label}待定`, rows, (row) =>
      asked
        .map(({ column, provided }) => `IF(${column.cell(row)}="","",IF(${provided?.(row)},${column.cell(row)},""))`)
        .join("&"),
    );
    return `${whole}&${conditional.range}`;
  };
  const errors = join(
    "错误",
    told.filter(({ isError }) => isError),
  );
  const reminders = join(
    "提醒",
    told.filter(({ isError }) => !isError),
  );
  const error = sheet.add(`${name}错误文字`, rows, [errors]).range;
  const reminder = sheet.add(`${name}提醒文字`, rows, [reminders]).range;
  const typedIn = sheet.addWithNeutral(`${name}有字`, rows, countTyped(place, preset));
  const filled = sheet.add(`${name}有内容`, rows, [`IFERROR(${typedIn.range},0)`]).range;
  const counted = (text: string, unit: string) =>
    `IF(${text}="","",LEN(${text})-LEN(SUBSTITUTE(${text},${quote(separator)},""))&${quote(unit)})`;
  const counts = `TRIM(${counted(error, errorUnit)}&${counted(reminder, reminderUnit)})`;
  // Where there are reminders alone their count leads them, so that the word does not stand twice.
  const both = `${error}&IF(${reminder}="","",${quote(separator + reminderLead)}&MID(${reminder},2,999))`;
  const words = `IF(${error}="",${quote("：")},${quote("　")})&MID(IF(${error}="",${reminder},${both}),2,2000)`;
  const said = `IF(${error}&${reminder}="",${quote(clean)},${counts}&${words})`;
  return sheet.addWithLast(
    `${name}即时检查`,
    rows,
    `IF(${filled}=0,"",IF(${lacking}="",${said},${lacking}))`,
    `${noVerdict}行在即时检查的范围以外，请运行“检查”`,
  );
}

/** How many cells of a row were typed into; a cell that holds an error value is one too. */
function countTyped(place: Place, preset: readonly string[]): string {
  const typed = place.spec.columns.filter(
    ({ kind, key }) => kind !== "computed" && place.positions.has(key) && !preset.includes(key),
  );
  return `IFERROR(${typed.map(({ key }) => `(${rangeIn(place, key)}<>"")`).join("+")},1)`;
}

/**
 * Functions that not every program has, each with a formula that is true where it does what it should. All others of the
 * formulas are those of Excel 2007.
 */
const probes: readonly (readonly [name: string, works: string])[] = [
  ["UNICODE", `UNICODE("中")=${"中".charCodeAt(0)}`],
  ["UNICHAR", `UNICHAR(${"中".charCodeAt(0)})="中"`],
];

/** The cell that says which functions the program lacks; "" where it has them all. */
function addProbes(sheet: CalculationSheet): string {
  const calculated = (formula: string) => ({ kind: "formula", formula, result: null }) as const;
  const tried = sheet.addCells(
    "缺函数",
    probes.map(([name, works]) => calculated(`IFERROR(IF(${works},"",${quote(`、${name}`)}),${quote(`、${name}`)})`)),
  );
  const names = probes.map((_, i) => sheet.cell(tried, i)).join("&");
  const says = `${quote(`${noVerdict}程序没有函数 `)}&MID(${names},2,99)&${quote("，即时检查不可靠，请以“检查”的结果为准")}`;
  return sheet.cell(sheet.addCells("程序不足", [calculated(`IF(${names}="","",${says})`)]), 0);
}

/** A formula in each ready row of a column that shows what a column of 即时计算 has for this row. */
function showRows(calculation: CalculationSheet, place: Place, column: number, shown: CalculationColumn): CellEdit[] {
  const { headerRow, readyRow } = place;
  // Names no cell of its own row: cells that are cut and pasted elsewhere would take the reference with them.
  const ordinal = `ROW()-ROW($${columnLetters(column)}$${headerRow})`;
  const formula = `INDEX(${calculation.named(shown)},MIN(${ordinal},${rangeHeight(place) + 1}))`;
  const edits: CellEdit[] = [];
  for (let row = headerRow + 1; row <= readyRow; row += 1) {
    edits.push({ row, column, value: { kind: "formula", formula, result: null } });
  }
  return edits;
}

function layTable(
  calculation: CalculationSheet,
  place: Place,
  message: CalculationColumn,
  preset: readonly string[],
): TableCheck {
  const column = positionIn(place, "liveCheck");
  return {
    edits: showRows(calculation, place, column, message),
    conditionalFormats: problemColours(place, column, preset),
  };
}

function layCounts(calculation: CalculationSheet, place: Place, counts: readonly CalculationColumn[]): TableCheck {
  const { headerRow, readyRow } = place;
  const columns = countColumns.map((key) => positionIn(place, key));
  return {
    edits: counts.flatMap((shown, i) => showRows(calculation, place, columns[i] ?? 0, shown)),
    conditionalFormats: columns.map((column) => ({
      area: { top: headerRow + 1, bottom: readyRow, left: column, right: column },
      formula: `ISNUMBER(FIND(${quote(overLimit)},$${columnLetters(column)}${headerRow + 1}))`,
      style: { fill: palette.warningFill, font: { color: palette.warningInk } },
    })),
  };
}

/** The columns of the contract that people type in, as runs of neighbours. */
function typedRanges({ spec, positions }: Place, preset: readonly string[] = []): [number, number][] {
  const typed = spec.columns
    .filter((c) => c.kind !== "computed" && !preset.includes(c.key))
    .flatMap((c) => positions.get(c.key) ?? [])
    .sort((a, b) => a - b);
  const runs: [number, number][] = [];
  for (const column of typed) {
    const last = runs[runs.length - 1];
    if (last && column === last[1] + 1) last[1] = column;
    else runs.push([column, column]);
  }
  return runs;
}

/**
 * Colours every cell whose column 即时检查 names: red before 提醒, amber after it; 即时检查 itself where a row has no formula:
 * one that was inserted by hand, or stands below the ready ones.
 */
function problemColours(
  place: Place,
  column: number,
  preset: readonly string[],
): NonNullable<SheetLayout["conditionalFormats"]> {
  const { headerRow, readyRow } = place;
  const top = headerRow + 1;
  const message = `$${columnLetters(column)}${top}`;
  const lead = quote(reminderLead);
  const errorPart = `LEFT(${message},FIND(${lead},${message}&${lead})-1)`;
  const red = { fill: palette.errorFill, font: { color: palette.errorInk } };
  const amber = { fill: palette.warningFill, font: { color: palette.warningInk } };
  const whole = { top, bottom: readyRow };
  const messageArea = { ...whole, left: column, right: column };
  const typed = typedRanges(place);
  const own = typedRanges(place, preset)
    .map(([left, right]) => `$${columnLetters(left)}${top}:$${columnLetters(right)}${top}`)
    .join(",");
  return [
    ...typed.flatMap(([left, right]) => {
      const label = `"「"&${columnLetters(left)}$${headerRow}&"」"`;
      const area = { ...whole, left, right };
      return [
        { area, formula: `ISNUMBER(FIND(${label},${errorPart}))`, style: red },
        { area, formula: `ISNUMBER(FIND(${label},${message}))`, style: amber },
      ];
    }),
    { area: messageArea, formula: `${message}=${quote(clean)}`, style: { font: { color: palette.goodInk } } },
    {
      area: messageArea,
      formula: `OR(ISNUMBER(FIND(${quote(errorUnit.trimEnd())},LEFT(${message},6))),LEFT(${message},1)=${quote(noVerdict)})`,
      style: red,
    },
    // Excel adds what later rules set and earlier ones leave open: a tick must not be tinted as a reminder.
    { area: messageArea, formula: `AND(LEN(${message})>0,${message}<>${quote(clean)})`, style: amber },
    {
      area: { ...messageArea, bottom: headerRow + rangeHeight(place) },
      formula: `AND(ISBLANK(${message}),COUNTA(${own})>0)`,
      style: red,
    },
  ];
}
