/** 初评: a unit's own review of its own submissions by its own experts, with the engine of the award's. */
import type { Submission, SubmissionKey, Unit } from "../award/award.ts";
import { readAward } from "../award/read-award.ts";
import { awardsLabel, reviewWindowLabels, type Settings, spareReviewsLabel } from "../award/settings.ts";
import type { Notice } from "../notice/notice.ts";
import { placeReviewed } from "../review-book/find-reviewed.ts";
import { readReview } from "../review-book/read-review.ts";
import { findParticipants, type Participants } from "../rules/eligible.ts";
import { runErrorRules } from "../rules/index.ts";
import { barringErrors, isInForce } from "../rules/quota/clean-rows.ts";
import { listSome } from "../rules/wording.ts";
import { yes } from "../schema/choices.ts";
import { positionOf, type Table } from "../tables/table.ts";
import type { CellValue, SheetSnapshot, WorkbookSnapshot } from "../workbook/port.ts";

/** A first review gives ranks and 初评得分, no awards; so nothing hangs on an award line either. */
const noAwards = "初评不设奖项 0%";

type Rows = SheetSnapshot["rows"];

/**
 * The shared workbook as a unit's own review sees it: of 案例, 正文 and 专家 the unit's rows alone, where they stand; all of
 * its submissions taking part, whether recommended or not; no awards and no spare reviews, which go by the award line;
 * and time for it from the first submission to the last recommendation.
 * Nothing is read before somebody looks at a sheet; that may throw a WorkbookStructureError.
 */
export function viewFirstReview(award: WorkbookSnapshot, unit: Pick<Unit, "name">, notice: Notice): WorkbookSnapshot {
  let views: Map<string, (rows: Rows) => Rows> | undefined;
  return {
    sheets: award.sheets.map((sheet) => {
      let rows: Rows | undefined;
      return {
        name: sheet.name,
        hidden: sheet.hidden,
        get rows() {
          views ??= viewsOf(award, unit, notice);
          rows ??= views.get(sheet.name)?.(sheet.rows) ?? sheet.rows;
          return rows;
        },
        notes: new Map(),
        get shown() {
          return sheet.shown;
        },
      };
    }),
  };
}

/** By the name of the sheet, what is seen of its rows. */
function viewsOf(award: WorkbookSnapshot, unit: Pick<Unit, "name">, notice: Notice): Map<string, (rows: Rows) => Rows> {
  const { tables, submissions, texts, experts, settings } = readAward(award, notice);
  const own = submissions.filter((submission) => submission.unit?.name === unit.name);
  const keys = new Set(own.map((submission) => submission.text));
  const rowsOf = (things: readonly { readonly record: { readonly row: number } }[]) =>
    new Set(things.map(({ record }) => record.row));
  return new Map<string, (rows: Rows) => Rows>([
    [tables.submissions.name, (rows) => takePart(onlyRows(rows, tables.submissions, rowsOf(own)), tables.submissions)],
    [tables.texts.name, (rows) => onlyRows(rows, tables.texts, rowsOf(texts.filter((text) => keys.has(text))))],
    [
      tables.experts.name,
      (rows) => onlyRows(rows, tables.experts, rowsOf(experts.filter((e) => e.unit?.name === unit.name))),
    ],
    [tables.liaisons.name, (rows) => onlyRows(rows, tables.liaisons, new Set())],
    [tables.settings.name, (rows) => withSettings(rows, tables.settings, settings)],
  ]);
}

function onlyRows(rows: Rows, { headerRow }: Table, kept: ReadonlySet<number>): Rows {
  return rows.map((cells, r) => (r < headerRow || kept.has(r + 1) ? cells : []));
}

function withCell(cells: readonly CellValue[], column: number, value: CellValue): CellValue[] {
  const changed = [...cells];
  while (changed.length < column) changed.push(null);
  changed[column - 1] = value;
  return changed;
}

function takePart(rows: Rows, { headerRow, positions }: Table<SubmissionKey>): Rows {
  const column = positionOf({ positions }, "recommended");
  return rows.map((cells, r) => (r < headerRow || cells.length === 0 ? cells : withCell(cells, column, yes)));
}

function withSettings(
  rows: Rows,
  table: Table<"item" | "value" | "unit" | "note" | "article">,
  { notice: { windows } }: Settings,
): Rows {
  const fixed: readonly (readonly [string, CellValue])[] = [
    [reviewWindowLabels.from, windows.submission.value.from],
    [reviewWindowLabels.to, windows.recommendation.value.to],
    [awardsLabel, noAwards],
    [spareReviewsLabel, 0],
  ];
  const [item, value] = [positionOf(table, "item"), positionOf(table, "value")];
  const changed = [...rows];
  for (const [label, setting] of fixed) {
    const there = table.rows.filter((row) => row.text("item") === label);
    for (const { row } of there) changed[row - 1] = withCell(changed[row - 1] ?? [], value, setting);
    if (there.length === 0) changed.push(withCell(withCell([], item, label), value, setting));
  }
  return changed;
}

/** Who takes part in a unit's first review. */
export interface FirstReviewEntry {
  /** Keys of the submissions, for `AssignOptions`. */
  readonly eligible: readonly string[];
  /** Who does not, in Chinese, a line for each reason. */
  readonly notes: readonly string[];
}

/**
 * The submissions that a unit's first review assigns: clean ones that are not recommended yet, and of those that are,
 * the ones already under review.
 *
 * @param snapshot the whole shared workbook: the limits of authors hold over the region
 * @param review the workbook of the first review; undefined before the first assignment
 */
export function enterFirstReview(
  snapshot: WorkbookSnapshot,
  review: WorkbookSnapshot | undefined,
  unit: Pick<Unit, "name">,
  notice: Notice,
): FirstReviewEntry {
  const award = readAward(snapshot, notice);
  const errors = barringErrors(award, runErrorRules(award));
  const reviewed = new Set(
    review ? placeReviewed(award, readReview(review, award.settings.notice)).reviewed.map((r) => r.key) : [],
  );
  const own = award.submissions.filter((s) => s.unit?.name === unit.name && isInForce(s));
  const isTaken = (s: Submission) => s.recommended && !reviewed.has(s.key);
  const [clean, unclean] = [own.filter((s) => !errors.has(s)), own.filter((s) => errors.has(s))];
  const eligible = clean.filter((s) => !isTaken(s));
  const { name } = award.tables.submissions;
  return {
    eligible: eligible.map((s) => s.key),
    notes: [
      ...(own.length === 0 ? [`“${name}”表里没有“${unit.name}”的有效案例。`] : []),
      ...(unclean.length > 0
        ? [
            `${unclean.length} 个案例检查有错误，未参加初评：${listIds(unclean)}；运行“检查”可看到原因，改正后可再分派。`,
          ]
        : []),
      ...(clean.length > eligible.length
        ? [
            `${clean.length - eligible.length} 个案例在初评之前已经推荐，未参加初评：${listIds(clean.filter(isTaken))}；需要初评的，请先把“推荐”改为“否”。`,
          ]
        : []),
    ],
  };
}

/**
 * Who is to be ranked: in a unit's own review who enters it, else the recommended and clean.
 *
 * @param snapshot the whole shared workbook
 */
export function participantsOf(
  snapshot: WorkbookSnapshot,
  review: WorkbookSnapshot,
  notice: Notice,
  unit: Pick<Unit, "name"> | undefined,
): Participants {
  if (!unit) return findParticipants(readAward(snapshot, notice));
  const { eligible } = enterFirstReview(snapshot, review, unit, notice);
  return { eligible, clean: eligible };
}

function listIds(submissions: readonly Submission[]): string {
  return listSome(
    submissions.map((s) => s.id),
    "个",
  );
}
