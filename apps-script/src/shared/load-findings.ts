import { noticeOf } from "../../core/award/notice-sheet.ts";
import { judgeAward, makeColumnFinder } from "../../core/check/judge.ts";
import { readFindings } from "../../core/check/read-findings.ts";
import type { Finding } from "../../core/rules/rule.ts";
import { buildFindingsView } from "../../dialogs/findings-view.ts";
import type { FindingsView } from "../../dialogs/views.ts";
import { areExpertsMoved } from "../application/experts-moved.ts";
import { clockTime } from "../google/spreadsheet-clock.ts";
import { openAward } from "./award-book.ts";

/** Document property: when 检查全部 ran last. */
const checkedAtKey = "casebook.checkedAt";
/** User property: the units that this person wants to see, joined by 、; none for all. */
const unitsKey = "casebook.shownUnits";

/** After 检查全部 the sidebar shows the findings of all units. */
export function rememberCheck(now: string): void {
  PropertiesService.getDocumentProperties().setProperty(checkedAtKey, now);
  PropertiesService.getUserProperties().deleteProperty(unitsKey);
}

/** The sidebar shows these units alone. */
export function rememberUnits(units: readonly string[]): void {
  PropertiesService.getUserProperties().setProperty(unitsKey, units.join("、"));
}

/** For the sidebar: what the last check found; for the units that somebody chose, what a check finds now. */
export function loadFindings(): FindingsView {
  const unit = PropertiesService.getUserProperties().getProperty(unitsKey) ?? "";
  const { snapshot, spreadsheet } = openAward();
  const notice = noticeOf(snapshot);
  if (unit === "") {
    const kept = readFindings(snapshot);
    const columns = new Map<Finding, number>(kept.map(({ finding, column }) => [finding, column]));
    return buildFindingsView([...columns.keys()], {
      unit,
      checkedAt: PropertiesService.getDocumentProperties().getProperty(checkedAtKey) ?? "",
      columnOf: (finding) => columns.get(finding) ?? 0,
      notice,
    });
  }
  const { award, findings } = judgeAward(snapshot, notice, { expertsMoved: areExpertsMoved(spreadsheet) });
  const checkedAt = clockTime();
  return buildFindingsView(findings, { unit, checkedAt, columnOf: makeColumnFinder(award.tables), notice });
}
