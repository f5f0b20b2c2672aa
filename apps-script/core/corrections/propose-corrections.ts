/** Cells that say beyond doubt what they should hold, and are written otherwise: found, judged, proposed; nothing is written here. */
import type { AwardData } from "../award/award.ts";
import { holdsPlaceholder } from "../award/identifying-cell.ts";
import { judgeAward, typedTables } from "../check/judge.ts";
import { type CleaningContext, cleanCell } from "../import/clean-cell.ts";
import type { Notice } from "../notice/notice.ts";
import { dataCleaned } from "../rules/data/data-cleaned.ts";
import { allRules, type RunOptions } from "../rules/index.ts";
import type { Finding, Rule } from "../rules/rule.ts";
import { settingsSheet, submissionsSheet } from "../schema/application.ts";
import { cancelled } from "../schema/choices.ts";
import type { ColumnSpec } from "../schema/sheet-spec.ts";
import type { Table, TableRow } from "../tables/table.ts";
import { cleanIdentifier, cleanName, foldForComparison, isSameText } from "../text/clean.ts";
import { isRuinedIdentifier } from "../text/identifier.ts";
import { readPeople } from "../text/person-names.ts";
import { isPhone } from "../text/phone.ts";
import { applyPatch } from "../workbook/apply-patch.ts";
import { cellText } from "../workbook/cell-text.ts";
import { isVacant } from "../workbook/fingerprint.ts";
import type { CellValue, WorkbookSnapshot } from "../workbook/port.ts";
import { type Correction, type LeftCell, type Place, patchCorrections } from "./correction.ts";

export interface Proposals {
  /** By sheet, row and column, as they stand in the workbook. */
  readonly corrections: readonly Correction[];
  readonly left: readonly LeftCell[];
  /** How many errors and warnings there are before and after. */
  readonly problems: { readonly before: number; readonly after: number };
}

interface Draft extends Place {
  readonly from: string;
  readonly value: CellValue;
  readonly reason: string;
}

/** In other lists a comma may belong to the name of a file, or a bracket to a person. */
const listsOfWords: readonly string[] = ["keywords", "fields", "aliases", "conflicts"];
const EMAIL = /^[\w.+-]+@[\w-]+(?:\.[\w-]+)+$/;

const reasons: Readonly<Record<ColumnSpec["kind"], string>> = {
  identifier: "改为半角，去掉多余的字符",
  name: "去掉姓名里的空格，字符改为常用写法",
  choice: "改为可选项的写法",
  date: "日期统一写成年-月-日",
  dateTime: "日期统一写成年-月-日",
  duration: "时长统一写成时:分:秒",
  resolution: "分辨率统一写成宽*高",
  number: "改为半角数字",
  list: "用顿号隔开",
  text: "去掉多余的空格和看不见的字符，形近字改为常用字",
  longText: "",
  computed: "",
};

function reasonFor({ key, kind, choices }: ColumnSpec): string {
  if (choices === "unitNames") return "改为“单位”表里的单位名称";
  if (key === "phone") return "电话统一写法：半角，不加空格";
  if (key === "email") return "邮箱改为半角，去掉空格";
  return reasons[kind];
}

/** What import would make of such a cell, where that loses nothing; undefined where a person has to look. */
function mendedValue(column: ColumnSpec, raw: CellValue, context: CleaningContext): CellValue | undefined {
  const { key, kind } = column;
  const typed = cellText(raw);
  if (kind === "identifier" && isRuinedIdentifier(typeof raw === "number" ? raw : typed)) return undefined;
  if (key === "email") {
    const address = cleanIdentifier(typed);
    return EMAIL.test(address) ? address : undefined;
  }
  if (kind === "name") {
    const { people, others } = readPeople(typed);
    const name = cleanName(typed);
    return people.length === 1 && !others && people[0]?.name === name ? name : undefined;
  }
  if (kind === "list" && !listsOfWords.includes(key)) return undefined;
  const { value, formula } = cleanCell(column, raw, context);
  if (formula || isVacant(value)) return undefined;
  const text = cellText(value);
  if (key === "phone") return isPhone(text) ? value : undefined;
  // A space may stand between two accounts.
  if (kind === "identifier" && /\s/.test(typed.trim())) return undefined;
  if (kind === "text" && foldForComparison(text) !== foldForComparison(typed)) return undefined;
  return value;
}

/** Links stay, and dates need no other spelling; a time may be one that a spreadsheet has misread. */
const isTyped = (raw: CellValue) => raw !== null && (typeof raw !== "object" || raw.kind === "time");

interface Surroundings {
  readonly context: CleaningContext;
  /** What the rule that names a cell says is to be written there. */
  readonly mends: ReadonlyMap<string, NonNullable<Rule["mend"]>>;
  /** Cells on which two files of one import disagree. */
  readonly disputed: ReadonlySet<string>;
}

function draftsOf(table: Table, record: TableRow, { context, mends, disputed }: Surroundings): (Draft | LeftCell)[] {
  const isClosed = table.spec.key === submissionsSheet.key && isSameText(record.text("status"), cancelled);
  return table.spec.columns.flatMap((column): (Draft | LeftCell)[] => {
    if (column.kind === "computed" || column.kind === "longText") return [];
    const raw = record.raw(column.key);
    const isFormula = typeof raw === "object" && raw?.kind === "formula";
    const seen = isFormula ? raw.result : raw;
    if (!isTyped(seen) || isVacant(seen) || holdsPlaceholder(table.spec, record, column.key)) return [];
    const from = cellText(seen);
    const place = { sheet: table.name, row: record.row, column: column.label, from };
    const mend = mends.get(placeKey(place));
    const value = mend ? mend.to : mendedValue(column, seen, context);
    if (value === undefined || cellText(value) === from) return [];
    if (isFormula) return [{ ...place, reason: "单元格里是公式，请改为直接填写的内容" }];
    if (isClosed) return [{ ...place, reason: "案例已取消资格，不再改动" }];
    if (disputed.has(placeKey(place))) return [{ ...place, reason: "导入的文件对这一格说法不一，请先核实" }];
    return [{ ...place, value, reason: mend?.reason ?? reasonFor(column) }];
  });
}

const isDraft = (each: Draft | LeftCell): each is Draft => "value" in each;
const placeKey = ({ sheet, row, column }: Place) => `${sheet}\u0001${row}\u0001${column}`;
const rowKey = ({ sheet, row }: Place) => `${sheet}\u0001${row}`;

const mendOfRule = new Map(allRules.map(({ code, mend }) => [code, mend]));

/** A finding without a row is told by its unit. */
const countKey = (finding: Finding) =>
  [
    placeKey(finding),
    finding.code,
    finding.severity,
    finding.stage ?? "",
    finding.row === 0 ? finding.nominator : "",
  ].join("\u0001");

function countFindings(findings: readonly Finding[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const finding of findings) counts.set(countKey(finding), (counts.get(countKey(finding)) ?? 0) + 1);
  return counts;
}

/** Findings that were not there before. */
function newFindings(before: readonly Finding[], after: readonly Finding[]): Finding[] {
  const open = countFindings(before);
  return after.filter((finding) => {
    const left = open.get(countKey(finding)) ?? 0;
    open.set(countKey(finding), left - 1);
    return left <= 0;
  });
}

/**
 * Only what brings no new finding is beyond doubt: `√` in 曾获表彰 is a 是 that bars the case, and that is for a person to
 * say. Left are then the corrections that the new finding most likely comes from.
 */
function leaveDoubtful(
  snapshot: WorkbookSnapshot,
  judge: (snapshot: WorkbookSnapshot) => readonly Finding[],
  drafts: readonly Draft[],
): { readonly drafts: readonly Draft[]; readonly left: readonly LeftCell[]; readonly after: readonly Finding[] } {
  const before = judge(snapshot);
  let kept = drafts;
  const left: LeftCell[] = [];
  for (;;) {
    const after = kept.length === 0 ? before : judge(applyPatch(snapshot, patchCorrections(snapshot, kept)));
    const fresh = newFindings(before, after);
    const [first] = fresh;
    if (!first) return { drafts: kept, left, after };
    const [cells, rows] = [new Set(fresh.map(placeKey)), new Set(fresh.map(rowKey))];
    const vanished = newFindings(after, before);
    const mended = new Set(vanished.filter(({ severity }) => severity === "error").map(placeKey));
    // The likeliest first: what stands in the cell, what an error was about, in that row and anywhere.
    const choices = [
      kept.filter((draft) => cells.has(placeKey(draft))),
      kept.filter((draft) => rows.has(rowKey(draft)) && mended.has(placeKey(draft))),
      kept.filter((draft) => mended.has(placeKey(draft))),
      kept.filter((draft) => rows.has(rowKey(draft))),
      kept,
    ];
    const doubtful = new Set(choices.find((some) => some.length > 0));
    for (const { value, ...place } of doubtful) {
      const { message } = fresh.find((finding) => rowKey(finding) === rowKey(place)) ?? first;
      left.push({ ...place, reason: `改为“${cellText(value)}”会带来另一个问题，请人工核对：${message}` });
    }
    kept = kept.filter((draft) => !doubtful.has(draft));
  }
}

const countProblems = (findings: readonly Finding[]) => findings.filter(({ severity }) => severity !== "info").length;

/**
 * Everything in the shared workbook that can be mended without asking anybody: applied together, no finding is new, and
 * findings only vanish. Applied, nothing is left to propose.
 *
 * @throws WorkbookStructureError when a sheet or column is missing
 *
 * @example
 * const { corrections } = proposeCorrections(snapshot, notice);
 * apply(patchCorrections(snapshot, corrections));
 */
export function proposeCorrections(snapshot: WorkbookSnapshot, notice: Notice, options: RunOptions = {}): Proposals {
  const judge = (of: WorkbookSnapshot) => judgeAward(of, notice, options).findings;
  const { award, findings } = judgeAward(snapshot, notice, options);
  const context: CleaningContext = {
    notice: award.settings.notice,
    unitName: (text) => award.resolveUnit(text)?.name,
    choicesRead: new Map(),
  };
  const surroundings: Surroundings = {
    context,
    mends: new Map(
      findings.flatMap((finding) => {
        const mend = mendOfRule.get(finding.code);
        return mend ? [[placeKey(finding), mend] as const] : [];
      }),
    ),
    disputed: new Set(award.disputed.map(placeKey)),
  };
  const found = typedTables(award.tables)
    .filter(({ spec }) => spec !== settingsSheet)
    .flatMap((table) => table.rows.flatMap((record) => draftsOf(table, record, surroundings)));
  const tried = leaveDoubtful(snapshot, judge, found.filter(isDraft));
  const vanished = newFindings(tried.after, findings);
  const codes = new Map([...vanished].reverse().map((finding) => [placeKey(finding), finding.code]));
  const order = makeOrder(award);
  return {
    corrections: tried.drafts
      .map((draft) => ({ ...draft, to: cellText(draft.value), code: codes.get(placeKey(draft)) ?? dataCleaned.code }))
      .sort(order),
    left: [...found.filter((each) => !isDraft(each)), ...tried.left].sort(order),
    problems: { before: countProblems(findings), after: countProblems(tried.after) },
  };
}

/** By sheet, row and column, as they stand in the workbook. */
function makeOrder({ tables }: AwardData): (a: Place, b: Place) => number {
  const sheets = typedTables(tables);
  const rankOf = ({ sheet, row, column }: Place): number[] => {
    const at = sheets.findIndex(({ name }) => name === sheet);
    const table = sheets[at];
    const key = table?.spec.columns.find(({ label }) => label === column)?.key ?? "";
    return [at, row, table?.positions.get(key) ?? 0];
  };
  return (a, b) => {
    const [left, right] = [rankOf(a), rankOf(b)];
    return left.map((value, i) => value - (right[i] ?? 0)).find((difference) => difference !== 0) ?? 0;
  };
}
