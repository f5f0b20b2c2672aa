import type { SubmissionKey } from "../award/award.ts";
import type { Notice, UnitKind } from "../notice/notice.ts";
import { liveCheckSheetLabel, submissionsSheet } from "../schema/application.ts";
import { unitKindLabels, yes } from "../schema/choices.ts";
import { type Place, positionIn, rangeIn } from "../tables/place.ts";
import { columnLetters } from "../workbook/addresses.ts";
import { listConstant, quote, quoteSheet } from "../workbook/formula.ts";
import type { CellEdit, SheetLayout, SheetPatch } from "../workbook/port.ts";
import { palette } from "../workbook/theme.ts";
import { type CalculationColumn, CalculationSheet, nothing } from "./calculation-sheet.ts";
import type { KnownPeople } from "./known-people.ts";
import { addLimits, type LimitReference, type SettingCells } from "./limits.ts";
import { flag, flags, holdsSeveralPeople, holdsSomething } from "./live-people.ts";
import {
  authorProblems,
  dateNumbers,
  missingCells,
  otherProblems,
  textProblems,
  warnings,
  wrongValues,
} from "./live-problems.ts";
import { addPersonCounts, authorSlots, usableIdentifier } from "./person-counts.ts";
import { named, type ProblemSources, warningLead } from "./problem-text.ts";
import { groupKey, groupKeyFormula, type QuotaGroup } from "./quota.ts";
import { addFirstOfUnknown, addKnownNumbers, addWeights } from "./text-codes.ts";
import { videoProblems } from "./video-problems.ts";

/** Where the live checks look the nominators up. */
export type UnitSource =
  | { readonly kind: "sheet"; readonly units: Place }
  /** A unit form: one unit, written into the formulas. */
  | { readonly kind: "one"; readonly name: string; readonly unitKind: UnitKind | undefined };

export interface LiveCheckParts {
  readonly notice: Notice;
  readonly submissions: Place;
  readonly units: UnitSource;
  readonly settings: SettingCells;
  readonly groups: readonly QuotaGroup[];
  readonly known: KnownPeople;
  /** The sheet 即时计算 is there already. */
  readonly existing: boolean;
  /** The sheet before which it is made. */
  readonly createBefore: string | null;
}

export interface LiveCheck {
  readonly calculation: SheetPatch;
  /** The formulas of 即时检查. */
  readonly edits: readonly CellEdit[];
  readonly conditionalFormats: NonNullable<SheetLayout["conditionalFormats"]>;
  readonly limit: LimitReference;
  /** Range of 即时计算 that holds the quota group of every recommended row. */
  readonly recommendedGroups: string;
}

/**
 * 即时检查: what is wrong with a row, in words, live in any spreadsheet program. The work is done on the hidden sheet
 * 即时计算, by array formulas over all rows; 案例 itself holds short formulas only, so that its rows may be inserted,
 * deleted and sorted.
 */
export function buildLiveCheck(parts: LiveCheckParts): LiveCheck {
  const { notice, submissions, known } = parts;
  const sheet = new CalculationSheet(liveCheckSheetLabel);
  const rows = submissions.readyRow - submissions.headerRow;
  const limit = addLimits(sheet, notice, parts.settings);
  const row = (label: string, formula: string, neutral?: string | number) => sheet.add(label, rows, [formula], neutral);
  const compute = (label: string, formula: string) => row(label, formula).range;
  const at = (key: SubmissionKey) => rangeIn(submissions, key);

  const unitKind = row("类别", unitKindFormula(sheet, parts.units, at("nominator"))).range;
  const idWeight = addWeights(sheet, "编号", rows, [`IF(TRIM(${at("id")})="","",${usableIdentifier(at("id"))})`]);
  const knownId = addKnownNumbers(sheet, "编号", rows, idWeight, known.ids);
  const newId = addFirstOfUnknown(sheet, "编号", rows, idWeight, knownId);
  const knownIds = known.ids.weights.length;
  const idCode = row("编号号", `IF(${knownId.range}>0,${knownId.range},${knownIds + 1}+${newId.range})`);
  const idNumbers = sheet.addWithNeutral("编号序", knownIds + rows + 2, `ROW($A$1:$A$${knownIds + rows + 3})`);
  const idCount = sheet.addWithNeutral(
    "编号次数",
    knownIds + rows + 2,
    `FREQUENCY(IFERROR(${idCode.range},1),${idNumbers.lookupRange})`,
  );
  const sameId = row(
    "同编号",
    `IF(${idCode.range}>1,LOOKUP(${idCode.range},${idNumbers.lookupRange},${idCount.lookupRange}),0)`,
  ).range;
  const standing = addQuotaStanding(sheet, rows, parts, unitKind, limit);
  const several = compute("多人", flags(authorSlots.map((k) => holdsSeveralPeople(at(`author${k}.name`)))));
  const entered = compute(
    "有作者",
    flags(
      authorSlots.map((k) => holdsSomething((["name", "unit", "account"] as const).map((p) => at(`author${k}.${p}`)))),
    ),
  );
  const holdsSeveral = (slot: number) => flag(several, slot - 1);
  const people = addPersonCounts(sheet, submissions, known, holdsSeveral);
  const sources: ProblemSources = {
    notice,
    submissions,
    limit,
    people,
    isEntered: (slot) => flag(entered, slot - 1),
    holdsSeveral,
    compute,
    unitKind,
    sameId,
    submittedOn: compute("提交日", dateNumbers(submissions, "submittedOn")),
    recordedOn: compute("录制日", dateNumbers(submissions, "videoRecordedOn")),
    recommendedOn: compute("推荐日", dateNumbers(submissions, "recommendedOn")),
  };
  const groupsOfProblems = [
    row("缺填", missingCells(sources)),
    row("取值", wrongValues(sources)),
    row("作者", authorProblems(sources)),
    row("字数", textProblems(sources)),
    row("视频", videoProblems(sources)),
    row("其他", otherProblems(sources)),
  ];
  const errors = row("错误", groupsOfProblems.map((g) => g.range).join("&"));
  const warned = row("提醒", warnings(sources));
  const warningText = row(
    "提醒文字",
    `IF(${warned.range}="","",${quote(`；${warningLead}`)}&MID(${warned.range},2,999))`,
  );
  const message = sheet.addRows(
    "即时检查",
    rows,
    (r) => `MID(${errors.cell(r)}&${overQuota(standing, r)}&${warningText.cell(r)},2,2000)`,
  );
  const { edits, conditionalFormats } = liveCheckCells(sheet.name, submissions, message);
  return {
    calculation: sheet.patch(!parts.existing, parts.createBefore),
    edits,
    conditionalFormats,
    limit,
    recommendedGroups: `${quoteSheet(sheet.name)}!${standing.group.range}`,
  };
}

function unitKindFormula(sheet: CalculationSheet, source: UnitSource, nominator: string): string {
  if (source.kind === "one") {
    const kind = source.unitKind === undefined ? "" : unitKindLabels[source.unitKind];
    return `IF(${nominator}=${quote(source.name)},${quote(kind)},${quote(nothing)})`;
  }
  const { units } = source;
  const height = units.readyRow - units.headerRow;
  const names = sheet.add(
    "单位名称",
    height,
    [`IF(${rangeIn(units, "name")}="",${quote(nothing)},${rangeIn(units, "name")}&"")`],
    nothing,
  );
  const kinds = sheet.add("单位类别", height, [`${rangeIn(units, "kind")}&""`], nothing);
  const ordinals = sheet.addWithNeutral("单位序", height, `ROW($A$1:$A$${height + 1})`);
  const found = `IFERROR(MATCH(IF(${nominator}="",${quote(nothing)},${nominator}),${names.lookupRange},0),1)`;
  return `LOOKUP(${found},${ordinals.lookupRange},${kinds.lookupRange})`;
}

interface QuotaStanding {
  /** Key of the quota group of a recommended row. */
  readonly group: CalculationColumn;
  /** Position of the group; 1 where the row counts in none. */
  readonly position: CalculationColumn;
  readonly quota: CalculationColumn;
  /** By how many rows the group is over its quota. */
  readonly excess: CalculationColumn;
  /** 初评得分; -1 when empty. */
  readonly score: CalculationColumn;
  readonly id: CalculationColumn;
}

function canonical(value: string, spellings: readonly (readonly [string, readonly string[]])[]): string {
  return spellings.reduceRight(
    (rest, [label, all]) => `IF(ISNUMBER(MATCH(${value},${listConstant(all)},0)),${quote(label)},${rest})`,
    '"?"',
  );
}

/** Which quota group every recommended row counts in, and whether that is over its quota. */
function addQuotaStanding(
  sheet: CalculationSheet,
  rows: number,
  { notice, submissions, groups }: LiveCheckParts,
  unitKind: string,
  limit: LimitReference,
): QuotaStanding {
  const at = (key: SubmissionKey) => rangeIn(submissions, key);
  const field = canonical(
    at("field"),
    notice.fields.map((f) => [f.label, [f.label, ...f.longLabels]]),
  );
  const track = canonical(
    at("track"),
    notice.tracks.map((t) => [t.label, [t.label, ...t.aliases]]),
  );
  const ownTrack = `IF(${unitKind}=${quote(unitKindLabels.school)},"",${track})`;
  const key = groupKeyFormula(at("nominator"), field, ownTrack);
  const group = sheet.add("名额组", rows, [`IF(${at("recommended")}=${quote(yes)},${key},${quote(nothing)})`], nothing);

  const keys = sheet.addCells("组", [nothing, ...groups.map(groupKey)]);
  const cellOf = (column: number, i: number) => sheet.cell(column, i + 1);
  const calculated = (formula: string) => ({ kind: "formula", formula, result: null }) as const;
  const quotas = sheet.addCells("组名额", [0, ...groups.map((g) => calculated(limit(g.limit)))]);
  const counts = sheet.addCells("组已推荐", [
    0,
    ...groups.map((_, i) => calculated(`COUNTIF(${group.range},${cellOf(keys, i)})`)),
  ]);
  const ordinals = sheet.addCells("组序", [1, ...groups.map((_, i) => i + 2)]);
  const whole = (column: number) => `${sheet.cell(column, 0)}:${sheet.cell(column, groups.length)}`;
  const position = sheet.add("组位", rows, [`IFERROR(MATCH(${group.range},${whole(keys)},0),1)`]);
  const look = (column: number) => `LOOKUP(${position.range},${whole(ordinals)},${whole(column)})`;
  const quota = sheet.add("本组名额", rows, [look(quotas)]);
  const excess = sheet.add("本组超额", rows, [`${look(counts)}-${quota.range}`]);
  const score = sheet.add("初评得分", rows, [`IF(${at("firstScore")}="",-1,IFERROR(VALUE(${at("firstScore")}),-1))`]);
  const id = sheet.add("编号", rows, [`${at("id")}&""`]);
  return { group, position, quota, excess, score, id };
}

/** QUOTA-TRACK and QUOTA-SCHOOL: the row stands behind as many rows of its group as the quota has places. */
function overQuota({ position, quota, excess, score, id }: QuotaStanding, row: number): string {
  const [group, points] = [position.cell(row), score.cell(row)];
  const ahead = `COUNTIFS(${position.range},${group},${score.range},">"&${points})`;
  const tied = `SUMPRODUCT((${position.range}=${group})*(${score.range}=${points})*(${id.range}<${id.cell(row)}))`;
  const words = `${quote(`；${named("recommended")}超出名额 `)}&${quota.cell(row)}&" 个"`;
  const places = quota.cell(row);
  // Only a row whose equals in score stand on both sides of the line needs the comparison of numbers, which is slow.
  const equals = `COUNTIFS(${position.range},${group},${score.range},${points})`;
  const past = `IF(${ahead}>=${places},1,IF(${ahead}+${equals}<=${places},0,1*(${ahead}+${tied}>=${places})))`;
  return `IF(${excess.cell(row)}>0,IF(${past}=1,${words},""),"")`;
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
  const lead = quote(warningLead);
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
