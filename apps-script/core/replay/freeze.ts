import type { SubmissionKey } from "../award/award.ts";
import { identifyNotice } from "../award/notice-sheet.ts";
import { readAward, readAwardTables } from "../award/read-award.ts";
import { onlyUnitNames } from "../award/unit-names.ts";
import type { Notice } from "../notice/notice.ts";
import type { AssignOptions } from "../panel/review-plan.ts";
import { isComplete } from "../ranking/account.ts";
import { placeReviewed } from "../review-book/find-reviewed.ts";
import { readReview } from "../review-book/read-review.ts";
import { reviewSheetSpecs } from "../review-book/review-workbook.ts";
import { findEligibleSubmissions, findParticipants, type Participants } from "../rules/eligible.ts";
import { keepScores } from "../score-sheets/read-score-sheet.ts";
import type { CollectInput } from "../score-sheets/take-file.ts";
import { asShown } from "../tables/shown-cell.ts";
import type { Table } from "../tables/table.ts";
import { unitNameKey } from "../text/identity.ts";
import { version } from "../version.ts";
import type { SheetSnapshot, WorkbookSnapshot } from "../workbook/port.ts";
import { type FrozenAssignment, type FrozenCollection, type FrozenRanking, freezeSheet } from "./frozen-action.ts";
import { findReviewSheet, recordedSheets } from "./recorded-sheets.ts";

/** The two workbooks an action starts from, and the digests of their files. */
export interface Books {
  readonly award: WorkbookSnapshot;
  readonly review: WorkbookSnapshot | undefined;
  readonly files: readonly string[];
}

/** What the review looks at in 案例; the rest of the row is the business of the check. */
export const reviewedColumns: readonly SubmissionKey[] = [
  "id",
  "title",
  "field",
  "track",
  "stage",
  "nominator",
  "otherAuthors",
  "recommended",
  "status",
  ...([1, 2, 3, 4, 5] as const).flatMap((n) => [
    `author${n}.name` as const,
    `author${n}.unit` as const,
    `author${n}.account` as const,
  ]),
];
const submissionKeys: ReadonlySet<string> = new Set(reviewedColumns);

type AwardSheet = "settings" | "units" | "submissions" | "experts";

const none = () => false;
const all = () => true;

/** All sheets of the shared workbook, those not named with their headers alone. */
function freezeAward(snapshot: WorkbookSnapshot, sheets: readonly AwardSheet[]) {
  // A host that reads sheets one by one is spared this one where every row calls its unit by its present name.
  const names = sheets.includes("experts") || usesOtherNames(snapshot) ? onlyUnitNames(snapshot) : undefined;
  const typed = Object.entries(readAwardTables(snapshot)).flatMap(([key, table]) => {
    const sheet = snapshot.sheets.find((s) => s.name === table.name);
    if (!sheet) return [];
    const columns = key === "submissions" ? positionsOf(table, submissionKeys) : undefined;
    const keep = !sheets.includes(key as AwardSheet) ? none : columns ? (c: number) => columns.has(c) : all;
    return freezeRows(sheet, table, keep);
  });
  return names ? [...typed, freezeSheet(names)] : typed;
}

/** Whether a submission calls its unit otherwise than by its present name: only then its earlier names matter. */
export function usesOtherNames(snapshot: WorkbookSnapshot): boolean {
  const { units, submissions } = readAwardTables(snapshot);
  const present = new Set(units.rows.map((row) => unitNameKey(row.text("name"))));
  return submissions.rows.some((row) => !present.has(unitNameKey(row.text("nominator"))));
}

function positionsOf(table: Table, keys: ReadonlySet<string>): ReadonlySet<number> {
  return new Set([...table.positions].flatMap(([key, position]) => (keys.has(key) ? [position] : [])));
}

function freezeRows(sheet: SheetSnapshot, { headerRow, positions, spec }: Table, keep: (column: number) => boolean) {
  const kinds = new Map(spec.columns.map(({ key, kind }) => [positions.get(key), kind]));
  const frozen = freezeSheet(
    sheet,
    (row, column) => row <= headerRow || keep(column),
    (row, column, value) =>
      row <= headerRow ? value : asShown(sheet, row, column, kinds.get(column) ?? "text", value),
  );
  return keep === none ? { ...frozen, rows: frozen.rows.slice(0, headerRow) } : frozen;
}

/** The sheets of the review workbook that the action looks at; of the others, 日志 aside, the headers. */
function freezeReview(snapshot: WorkbookSnapshot | undefined, action: keyof typeof recordedSheets, notice: Notice) {
  if (snapshot === undefined) return null;
  return reviewSheetSpecs(notice).flatMap((spec) => {
    const found = findReviewSheet(snapshot, spec);
    if (!found) return [];
    return [freezeRows(found.sheet, found.table, recordedSheets[action].includes(spec.key) ? all : none)];
  });
}

function common(
  { award, review, files }: Books,
  notice: Notice,
  action: keyof typeof recordedSheets,
  sheets: AwardSheet[],
) {
  return {
    version,
    notice: identifyNotice(notice),
    files,
    award: freezeAward(award, sheets),
    review: freezeReview(review, action, notice),
  };
}

/** @throws WorkbookStructureError */
export function freezeAssignment(books: Books, notice: Notice, options: AssignOptions): FrozenAssignment {
  const eligible = options.eligible ?? findEligibleSubmissions(readAward(books.award, notice)).map((s) => s.key);
  return {
    action: "assign",
    ...common(books, notice, "assign", ["settings", "units", "submissions", "experts"]),
    options: { ...options, eligible: [...eligible].sort() },
  };
}

/** @throws WorkbookStructureError */
export function freezeCollection(
  books: Books,
  notice: Notice,
  inputs: readonly CollectInput[],
  options: FrozenCollection["options"],
): FrozenCollection {
  return {
    action: "collect",
    ...common(books, notice, "collect", ["settings"]),
    options,
    inputs: inputs.map(({ file, digest, sheets }) => ({
      file,
      digest,
      sheets: keepScores(sheets, notice).map((sheet) => freezeSheet(sheet)),
    })),
  };
}

const nobody: Participants = { eligible: [], clean: [] };

/**
 * @param find the recommended and clean submissions; asked for only where some are not under review
 * @throws WorkbookStructureError
 */
export function freezeRanking(
  books: Books,
  notice: Notice,
  find: () => Participants = () => findParticipants(readAward(books.award, notice)),
): FrozenRanking {
  const award = readAward(books.award, notice);
  const review = books.review && placeReviewed(award, readReview(books.review, award.settings.notice));
  const participants = review && isComplete(award, review) ? nobody : find();
  return {
    action: "rank",
    ...common(books, notice, "rank", ["settings", "units", "submissions"]),
    participants: { eligible: [...participants.eligible].sort(), clean: [...participants.clean].sort() },
  };
}
