/** Workbooks with 即时检查, and what its formulas say in them. */
import { findKnownPeople, findOtherUnitNames } from "../../../apps-script/core/application-book/known-people.ts";
import { buildLiveCheck } from "../../../apps-script/core/application-book/live-check.ts";
import { quotaGroups } from "../../../apps-script/core/application-book/quota.ts";
import { readAward } from "../../../apps-script/core/award/read-award.ts";
import { ningxia2025 } from "../../../apps-script/core/notice/ningxia-2025.ts";
import { allRules, runRules } from "../../../apps-script/core/rules/index.ts";
import { liveCheckSheetLabel, submissionsSheet } from "../../../apps-script/core/schema/application.ts";
import { cellIn, placeOfTable } from "../../../apps-script/core/tables/place.ts";
import type { WorkbookSnapshot } from "../../../apps-script/core/workbook/port.ts";
import { Calculation } from "../../../node-tools/calculator/index.ts";
import { snapshotSource } from "../../node-tools/calculator/snapshot-source.ts";
import { applyPatch } from "../in-memory-workbook.ts";

/** No more ready rows than there are: the fewer, the faster. */
const none = { below: 0, least: 1 };

/** The formulas for what stands in the workbook, as `refreshApplicationLayout` writes them. */
export function layLiveCheck(snapshot: WorkbookSnapshot, known = true): WorkbookSnapshot {
  const award = readAward(snapshot, ningxia2025);
  const { settings, units, submissions, texts } = award.tables;
  const place = placeOfTable(settings, none);
  const live = buildLiveCheck({
    notice: ningxia2025,
    submissions: placeOfTable(submissions, none),
    texts: placeOfTable(texts, none),
    units: { kind: "sheet", units: placeOfTable(units, none), otherNames: findOtherUnitNames(snapshot, award) },
    settings: new Map(settings.rows.map((row) => [row.text("item"), cellIn(place, "value", row.row)])),
    groups: quotaGroups(award.units, award.settings.notice),
    known: findKnownPeople(known ? award.submissions : []),
    existing: true,
    createBefore: null,
  });
  return applyPatch(snapshot, { sheets: [live.calculation, { name: submissions.name, edits: live.edits }] });
}

/** `AUTHOR-CELL 2`: a rule and a row of 案例. */
export interface Judged {
  readonly checked: ReadonlySet<string>;
  readonly live: ReadonlySet<string>;
}

const liveRules = allRules.filter(({ live }) => typeof live !== "string");

/** What the rules and the formulas say of each row, by rules that are live. */
export function judgeBoth(snapshot: WorkbookSnapshot, known = true): Judged {
  const laid = layLiveCheck(snapshot, known);
  const calculation = new Calculation(snapshotSource(laid));
  const message = submissionsSheet.columns.findIndex(({ key }) => key === "liveCheck") + 1;
  const labels = laid.sheets.find(({ name }) => name === liveCheckSheetLabel)?.rows[0] ?? [];
  const columns = liveRules.flatMap(({ code }) =>
    labels.flatMap((label, i) => (label === code || label === `${code} error` ? [{ code, column: i + 1 }] : [])),
  );
  const live = new Set<string>();
  const award = readAward(snapshot, ningxia2025);
  for (const { row } of award.tables.submissions.rows) {
    const told = String(calculation.valueOf(submissionsSheet.label, row, message));
    for (const { code, column } of columns) {
      const said = String(calculation.valueOf(liveCheckSheetLabel, row + 1, column) ?? "");
      if (said !== "" && `；${told.replace("提醒：", "")}`.includes(said)) live.add(`${code} ${row}`);
    }
  }
  const codes = new Set(liveRules.map(({ code }) => code));
  const findings = runRules(award).filter((f) => f.sheet === submissionsSheet.label && codes.has(f.code));
  return { checked: new Set(findings.map(({ code, row }) => `${code} ${row}`)), live };
}
