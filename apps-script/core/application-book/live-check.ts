import { allRules } from "../rules/index.ts";
import type { Live } from "../rules/live.ts";
import { liveCheckSheetLabel, submissionsSheet } from "../schema/application.ts";
import { type Place, positionIn, rangeHeight } from "../tables/place.ts";
import { columnLetters } from "../workbook/addresses.ts";
import { quote, quoteSheet } from "../workbook/formula.ts";
import type { CellEdit, SheetLayout, SheetPatch } from "../workbook/port.ts";
import { palette } from "../workbook/theme.ts";
import { type CalculationColumn, CalculationSheet } from "./calculation-sheet.ts";
import { addLiveSources, type LiveCheckParts } from "./live-sources.ts";
import type { QuotaCells } from "./quota.ts";

export interface LiveCheck extends QuotaCells {
  readonly calculation: SheetPatch;
  /** The formulas of 即时检查. */
  readonly edits: readonly CellEdit[];
  readonly conditionalFormats: NonNullable<SheetLayout["conditionalFormats"]>;
}

/** Parts the errors of a message from what is only to be looked at. */
const reminderLead = "提醒：";

/**
 * 即时检查: what is wrong with a row, in words, live in any spreadsheet program: what the rules say in formulas, errors
 * first. The work is done on the hidden sheet 即时计算, by array formulas over all rows; 案例 itself holds short formulas
 * only, so that its rows may be inserted, deleted and sorted.
 */
export function buildLiveCheck(parts: LiveCheckParts): LiveCheck {
  const { submissions } = parts;
  const sheet = new CalculationSheet(liveCheckSheetLabel);
  // As many as the formulas see of 案例: Gnumeric knows no formula over ranges of two heights.
  const rows = rangeHeight(submissions);
  const { sources, group, ungrouped } = addLiveSources(sheet, rows, parts);

  /** What a rule says of a row: at once, or where its condition holds. */
  interface Told {
    readonly column: CalculationColumn;
    readonly provided: Live["provided"];
  }
  const errors: Told[] = [];
  const reminders: Told[] = [];
  for (const { code, severity, alsoSeverity, live } of allRules) {
    if (typeof live === "string") continue;
    const tell = (label: string, formula: string, of = severity) =>
      (of === "error" ? errors : reminders).push({
        column: sheet.add(label, rows, [formula]),
        provided: live.provided,
      });
    tell(code, live.problems(sources));
    if (live.alsoProblems) tell(`${code} ${alsoSeverity}`, live.alsoProblems(sources), alsoSeverity);
  }
  const join = (label: string, told: readonly Told[]) => {
    const atOnce = told.filter(({ provided }) => !provided).map(({ column }) => column.range);
    const whole = sheet.add(label, rows, [atOnce.join("&")]);
    return (row: number) =>
      [
        whole.cell(row),
        ...told.flatMap(({ column, provided }) =>
          provided ? [`IF(${column.cell(row)}="","",IF(${provided(sources, row)},${column.cell(row)},""))`] : [],
        ),
      ].join("&");
  };
  const errorsOf = join("错误", errors);
  const remindersOf = join("提醒", reminders);
  const reminder = sheet.addRows("提醒文字", rows, remindersOf);
  const message = sheet.addRows("即时检查", rows, (row) => {
    const text = reminder.cell(row);
    return `MID(${errorsOf(row)}&IF(${text}="","",${quote(`；${reminderLead}`)}&MID(${text},2,999)),2,2000)`;
  });
  const { edits, conditionalFormats } = liveCheckCells(sheet.name, submissions, message);
  return {
    calculation: sheet.patch(!parts.existing, parts.createBefore),
    edits,
    conditionalFormats,
    quotaOf: ({ limit }) => sources.limit(limit),
    recommendedGroups: `${quoteSheet(sheet.name)}!${group.range}`,
    ungrouped: `${quoteSheet(sheet.name)}!${ungrouped}`,
  };
}

function liveCheckCells(
  calculation: string,
  submissions: Place,
  message: CalculationColumn,
): Pick<LiveCheck, "edits" | "conditionalFormats"> {
  const { headerRow, readyRow } = submissions;
  const column = positionIn(submissions, "liveCheck");
  const ordinal = `ROW()-ROW($${columnLetters(column)}$${headerRow})`;
  const own = `INDEX(${quoteSheet(calculation)}!${message.range},${ordinal})`;
  const typed = typedRanges(submissions);
  const edits: CellEdit[] = [];
  for (let row = headerRow + 1; row <= readyRow; row += 1) {
    const filled = typed
      .map(([left, right]) => `$${columnLetters(left)}${row}:$${columnLetters(right)}${row}`)
      .join(",");
    const formula = `IF(COUNTA(${filled})=0,"",IFERROR(${own},""))`;
    edits.push({ row, column, value: { kind: "formula", formula, result: null } });
  }
  return { edits, conditionalFormats: problemColours(submissions, column, typed) };
}

/** The columns of the contract that people type in, as runs of neighbours. */
function typedRanges({ positions }: Place): [number, number][] {
  const typed = submissionsSheet.columns
    .filter((c) => c.kind !== "computed")
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

/** Colours every cell whose column 即时检查 names: red before 提醒, amber after it. */
function problemColours(
  { headerRow, readyRow }: Place,
  column: number,
  typed: readonly [number, number][],
): NonNullable<SheetLayout["conditionalFormats"]> {
  const top = headerRow + 1;
  const message = `$${columnLetters(column)}${top}`;
  const lead = quote(reminderLead);
  const errorPart = `LEFT(${message},FIND(${lead},${message}&${lead})-1)`;
  const red = { fill: palette.errorFill, font: { color: palette.errorInk } };
  const amber = { fill: palette.warningFill, font: { color: palette.warningInk } };
  const whole = { top, bottom: readyRow };
  const messageArea = { ...whole, left: column, right: column };
  return [
    ...typed.flatMap(([left, right]) => {
      const label = `"「"&${columnLetters(left)}$${headerRow}&"」"`;
      const area = { ...whole, left, right };
      return [
        { area, formula: `ISNUMBER(FIND(${label},${errorPart}))`, style: red },
        { area, formula: `ISNUMBER(FIND(${label},${message}))`, style: amber },
      ];
    }),
    { area: messageArea, formula: `LEN(${errorPart})>0`, style: red },
    { area: messageArea, formula: `LEN(${message})>0`, style: amber },
  ];
}
