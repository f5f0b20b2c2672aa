/** Workbooks with 即时检查, and what its formulas say in them. */
import { findKnownPeople, findOtherUnitNames } from "../../../apps-script/core/application-book/known-people.ts";
import { buildLiveCheck } from "../../../apps-script/core/application-book/live-check.ts";
import { quotaGroups } from "../../../apps-script/core/application-book/quota.ts";
import type { AwardData } from "../../../apps-script/core/award/award.ts";
import { readAward } from "../../../apps-script/core/award/read-award.ts";
import { ningxia2025 } from "../../../apps-script/core/notice/ningxia-2025.ts";
import { allRules, runRules } from "../../../apps-script/core/rules/index.ts";
import { liveCheckSheetLabel, submissionsSheet } from "../../../apps-script/core/schema/application.ts";
import { cellIn, placeOfTable } from "../../../apps-script/core/tables/place.ts";
import type { WorkbookSnapshot } from "../../../apps-script/core/workbook/port.ts";
import { Calculation } from "../../../node-tools/calculator/index.ts";
import { snapshotSource } from "../../../node-tools/calculator/snapshot-source.ts";
import { date, type SubmissionRow, validSubmission } from "../award-builder.ts";
import { applyPatch } from "../in-memory-workbook.ts";

/** No more ready rows than there are: the fewer, the faster. */
const none = { below: 0, least: 1 };

/** The formulas for what stands in the workbook, as `refreshApplicationLayout` writes them. */
export function layLiveCheck(
  snapshot: WorkbookSnapshot,
  known = true,
  spare = none,
  manyRows?: number,
): WorkbookSnapshot {
  const award = readAward(snapshot, ningxia2025);
  const { settings, units, submissions, texts, experts, liaisons } = award.tables;
  const place = placeOfTable(settings, none);
  const parts = {
    notice: ningxia2025,
    submissions: placeOfTable(submissions, spare),
    texts: placeOfTable(texts, none),
    experts: placeOfTable(experts, none),
    liaisons: placeOfTable(liaisons, none),
    units: { kind: "sheet", units: placeOfTable(units, none), otherNames: findOtherUnitNames(snapshot, award) },
    settings: new Map(settings.rows.map((row) => [row.text("item"), cellIn(place, "value", row.row)])),
    groups: quotaGroups(award.units, award.settings.notice),
    known: findKnownPeople(known ? award.submissions : []),
    isThere: (name: string) => name === liveCheckSheetLabel,
    createBefore: null,
  } as const;
  const live = buildLiveCheck(parts, manyRows);
  return applyPatch(snapshot, {
    sheets: [
      ...live.calculation,
      { name: submissions.name, edits: live.submissions.edits },
      { name: experts.name, edits: live.experts.edits },
      { name: liaisons.name, edits: live.liaisons.edits },
    ],
  });
}

/** `AUTHOR-CELL 2`: a rule and a row of a sheet. */
export interface Judged {
  readonly checked: ReadonlySet<string>;
  readonly live: ReadonlySet<string>;
}

type LiveSheet = "submissions" | "experts" | "liaisons";

const formulasOf = { submissions: "problems", experts: "experts", liaisons: "liaisons" } as const;

/** Codes of the rules that are live in a sheet. */
const liveCodes = (sheet: LiveSheet): string[] =>
  allRules.flatMap(({ code, live }) => (typeof live !== "string" && live[formulasOf[sheet]] ? [code] : []));

function findingsOfLiveRules(award: AwardData, sheet: LiveSheet) {
  const codes = new Set(liveCodes(sheet));
  return runRules(award).filter((f) => f.sheet === award.tables[sheet].name && codes.has(f.code));
}

/** What a verdict says after its numbers of errors and reminders. */
export const wordsOf = (verdict: string): string => verdict.replace(/^[\d 错提醒]+　|^\d+ (?=提醒：)/, "");

/** What the rules and the formulas say of each row of a sheet, by rules that are live there. */
export function judgeBoth(snapshot: WorkbookSnapshot, known = true, sheet: LiveSheet = "submissions"): Judged {
  const laid = layLiveCheck(snapshot, known);
  const calculation = new Calculation(snapshotSource(laid));
  const award = readAward(laid, ningxia2025);
  const { name, rows, positions } = award.tables[sheet];
  const message = (positions as ReadonlyMap<string, number>).get("liveCheck") ?? 0;
  const labels = laid.sheets.find((each) => each.name === liveCheckSheetLabel)?.rows[0] ?? [];
  const columns = liveCodes(sheet).flatMap((code) =>
    labels.flatMap((label, i) =>
      label === `${name} ${code}` || label === `${name} ${code} error` ? [{ code, column: i + 1 }] : [],
    ),
  );
  const live = new Set<string>();
  for (const { row } of rows) {
    const told = String(calculation.valueOf(name, row, message));
    for (const { code, column } of columns) {
      const said = String(calculation.valueOf(liveCheckSheetLabel, row + 1, column) ?? "");
      if (said !== "" && `；${wordsOf(told).replace("提醒：", "")}`.includes(said)) live.add(`${code} ${row}`);
    }
  }
  const checked = findingsOfLiveRules(award, sheet).map(({ code, row }) => `${code} ${row}`);
  return { checked: new Set(checked), live };
}

/** Rows with faults that formulas see as well as the rules, and right ones between them. */
export const faultyRows: readonly SubmissionRow[] = [
  { field: "劳动教育" },
  { id: "B001" },
  { stage: null },
  { keywords: "一课、二课" },
  { id: "B001" },
  {},
  { "author1.name": "郝衡铖", "author1.account": "nx2025led" },
  { videoFile: "展示.avi" },
  { "author1.name": "郝衡铖", "author1.account": "nx2025led" },
  { submittedOn: date("2025-10-20") },
  { priorAward: "是", videoResolution: "640*480" },
  { nominator: null },
].map((row, i) => ({ ...validSubmission(i), ...row }));

/** What 即时检查 says in each row of 案例. */
export function liveMessages(laid: WorkbookSnapshot): ReadonlyMap<number, string> {
  const calculation = new Calculation(snapshotSource(laid));
  const { rows, headerRow, positions } = readAward(laid, ningxia2025).tables.submissions;
  const column = positions.get("liveCheck") ?? 0;
  const last = rows[rows.length - 1]?.row ?? headerRow;
  const own = Array.from({ length: last - headerRow }, (_, i) => headerRow + 1 + i);
  return new Map(own.map((row) => [row, String(calculation.valueOf(submissionsSheet.label, row, column) ?? "")]));
}

/** The columns that a message names. */
export const namedIn = (message: string): string[] =>
  [...new Set([...message.matchAll(/「(.+?)」/g)].map(([, label = ""]) => label))].sort();

/** The columns that the rules name in each row of 案例, those rules that are live. */
export function namedByRules(snapshot: WorkbookSnapshot): ReadonlyMap<number, readonly string[]> {
  const named = new Map<number, string[]>();
  for (const { row, column } of findingsOfLiveRules(readAward(snapshot, ningxia2025), "submissions")) {
    named.set(row, [...new Set([...(named.get(row) ?? []), column])].sort());
  }
  return named;
}
