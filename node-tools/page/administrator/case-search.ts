/** One search over all cases, and one page with all that both workbooks have of a case. */
import { noticeOf } from "../../../apps-script/core/award/notice-sheet.ts";
import { readAward } from "../../../apps-script/core/award/read-award.ts";
import {
  applicationSheetLabels,
  findingsSheet,
  submissionsSheet,
  textsSheet,
} from "../../../apps-script/core/schema/application.ts";
import {
  assignmentSheet,
  decisionsSheet,
  rankingSheet,
  resultsSheet,
  reviewedSheet,
  reviewSheetOrder,
  scoresSheet,
} from "../../../apps-script/core/schema/review.ts";
import type { SheetSpec } from "../../../apps-script/core/schema/sheet-spec.ts";
import { readTableIfThere, type Table, type TableRow } from "../../../apps-script/core/tables/table.ts";
import { foldForComparison, isSameText } from "../../../apps-script/core/text/clean.ts";
import { cellText } from "../../../apps-script/core/workbook/cell-text.ts";
import type { WorkbookSnapshot } from "../../../apps-script/core/workbook/port.ts";
import { openForReading, reviewPath } from "../../award-files/award-files.ts";
import { isThere } from "../../disk/disk.ts";
import type { CaseTable, FoundCase, FoundCases } from "../protocol.ts";

const mostFound = 50;

export function findCases(path: string, text: string): FoundCases {
  const wanted = foldForComparison(text);
  if (wanted === "") return { cases: [], more: 0 };
  const { snapshot } = openForReading(`/${path}`).workbook;
  const all = readAward(snapshot, noticeOf(snapshot)).submissions.map(
    ({ id, title, nominator, authors }): FoundCase => ({
      id,
      title,
      nominator,
      names: authors.map(({ name }) => name).join("、"),
    }),
  );
  const found = all.filter(({ id, title, nominator, names }) =>
    foldForComparison([id, title, nominator, names].join("\n")).includes(wanted),
  );
  return { cases: found.slice(0, mostFound), more: Math.max(0, found.length - mostFound) };
}

/** What a sheet has in the rows that are about somebody or something; none where it has no such row. */
export function tableOf(
  snapshot: WorkbookSnapshot,
  spec: SheetSpec,
  contractLabels: readonly string[],
  isAbout: (row: TableRow) => boolean,
): CaseTable[] {
  const table: Table | undefined = readTableIfThere(snapshot, spec, contractLabels);
  const rows = table?.rows.filter(isAbout) ?? [];
  if (!table || rows.length === 0) return [];
  const columns = spec.columns.filter(
    ({ key }) => table.positions.has(key) && rows.some((row) => cellText(row.raw(key)) !== ""),
  );
  return [
    {
      sheet: table.name,
      labels: columns.map(({ label }) => label),
      rows: rows.map((row) => columns.map(({ key }) => cellText(row.raw(key)))),
    },
  ];
}

export function readCase(path: string, id: string): CaseTable[] {
  const { snapshot } = openForReading(`/${path}`).workbook;
  const beside = reviewPath(`/${path}`);
  const review = isThere(beside) ? openForReading(beside, { kind: "review" }).workbook.snapshot : undefined;
  const hasNumber = (row: TableRow) => isSameText(row.text("id"), id);
  const ofAward = [submissionsSheet, findingsSheet, textsSheet].flatMap((spec) =>
    tableOf(snapshot, spec, applicationSheetLabels, hasNumber),
  );
  if (!review) return ofAward;
  const notice = noticeOf(snapshot);
  // Scores bear the anonymous number alone.
  const reviewed: Table | undefined = readTableIfThere(review, reviewedSheet, reviewSheetOrder);
  const numbers = new Set(reviewed?.rows.filter(hasNumber).map((row) => row.text("reviewId")));
  const hasAnonymousNumber = (row: TableRow) => numbers.has(row.text("reviewId"));
  return [
    ...ofAward,
    ...tableOf(review, assignmentSheet, reviewSheetOrder, hasNumber),
    ...tableOf(review, scoresSheet(notice), reviewSheetOrder, hasAnonymousNumber),
    ...[rankingSheet(notice), resultsSheet, decisionsSheet].flatMap((spec) =>
      tableOf(review, spec, reviewSheetOrder, hasNumber),
    ),
  ];
}
