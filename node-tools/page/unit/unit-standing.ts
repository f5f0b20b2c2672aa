/** How a unit stands by its own 填报表: quotas, people, what is missing, which cases it might recommend. */

import type { AwardData, Unit } from "../../../apps-script/core/award/award.ts";
import { readAward } from "../../../apps-script/core/award/read-award.ts";
import { listQuotaTies } from "../../../apps-script/core/check/describe-check.ts";
import type { Judgement } from "../../../apps-script/core/check/judge.ts";
import { describeQuotaState, quotaRowsOf } from "../../../apps-script/core/check/quota-rows.ts";
import { recommendSubmissions } from "../../../apps-script/core/check/recommend.ts";
import type { Notice } from "../../../apps-script/core/notice/notice.ts";
import { readUnitProgress } from "../../../apps-script/core/progress/unit-progress.ts";
import { countLiaisons, sameUnit } from "../../../apps-script/core/rules/expert/unit-counts.ts";
import { ruleName } from "../../../apps-script/core/rules/index.ts";
import { findCleanSubmissions } from "../../../apps-script/core/rules/quota/clean-rows.ts";
import { groupByQuota } from "../../../apps-script/core/rules/quota/quota-groups.ts";
import type { Finding } from "../../../apps-script/core/rules/rule.ts";
import { textMissing } from "../../../apps-script/core/rules/text/text-missing.ts";
import { videoMissing } from "../../../apps-script/core/rules/video/video-missing.ts";
import { expertsSheet, liaisonsSheet, submissionsSheet } from "../../../apps-script/core/schema/application.ts";
import { yes } from "../../../apps-script/core/schema/choices.ts";
import { columnOf } from "../../../apps-script/core/schema/sheet-spec.ts";
import type { WorkbookSnapshot } from "../../../apps-script/core/workbook/port.ts";
import type { FormTables } from "./form-edits.ts";
import type { Shortlist, UnitStanding } from "./form-protocol.ts";

/** The form as an award of this unit alone, its sheets and what was found. */
export interface Judged extends Judgement {
  readonly form: WorkbookSnapshot;
  readonly tables: FormTables;
  /** What the unit can mend; what stands on a sheet that the form has not is placed nowhere. */
  readonly told: readonly Finding[];
}

/** The one unit of a form that is judged as an award. */
export function unitOf({ units }: AwardData): Unit {
  const [unit] = units;
  if (!unit) throw new Error("a form that is judged has its unit");
  return unit;
}

function countPeople({ experts, liaisons, settings: { notice } }: AwardData, unit: Unit): UnitStanding["people"] {
  const label = expertsSheet.label;
  const own = experts.filter((expert) => sameUnit(expert.unit, unit));
  const ofStages = notice.stages.map((stage) => ({
    label: `${stage}${label}`,
    count: own.filter((expert) => expert.stage === stage).length,
    wanted: notice.experts.bureauPerStage.value,
  }));
  return [
    ...(unit.kind === "school" ? [{ label, count: own.length, wanted: notice.experts.school.value }] : ofStages),
    {
      label: liaisonsSheet.label,
      count: countLiaisons(liaisons.filter((liaison) => sameUnit(liaison.unit, unit))),
      wanted: notice.liaisons.value,
    },
  ];
}

/** @param today `YYYY-MM-DD` */
export function describeStanding({ award, findings }: Judgement, today: string): UnitStanding {
  const unit = unitOf(award);
  const { notice } = award.settings;
  const clean = new Set(findCleanSubmissions(award, findings));
  const missing = readUnitProgress(award, today)
    .flatMap((progress) => progress.missing)
    .map(({ kind, message, due }) =>
      kind === "seal"
        ? { message: "《专家推荐表》的盖章扫描件要另外交；收到没有，由管理员登记，这里看不出来", due }
        : { message, due },
    );
  const lacking = [textMissing, videoMissing].flatMap(({ code }) => {
    const { length } = findings.filter((finding) => finding.code === code);
    return length === 0
      ? []
      : [{ message: `${ruleName(code)}：${length} 个案例`, due: notice.windows.submission.value.to }];
  });
  return {
    quotas: quotaRowsOf(award, unit, clean).map((row) => ({ ...row, state: describeQuotaState(row) })),
    people: countPeople(award, unit),
    missing: [...missing, ...lacking],
  };
}

/**
 * What `recommend` would tick in a form, and why the others stay out.
 * @param form a form as an award
 * @throws ReviewBlockedError, WorkbookStructureError as `recommendSubmissions`
 */
export function proposeShortlist(form: WorkbookSnapshot, notice: Notice): Shortlist {
  const award = readAward(form, notice);
  const { patch, left, ties } = recommendSubmissions(form, notice);
  const column = award.tables.submissions.positions.get("recommended");
  const edits = patch.sheets.find(({ name }) => name === award.tables.submissions.name)?.edits ?? [];
  const proposed = new Set(edits.filter((edit) => edit.column === column && edit.value === yes).map(({ row }) => row));
  const places = new Map<number, string>();
  const chosen = award.submissions.filter(({ record, recommended }) => recommended || proposed.has(record.row));
  for (const { group, members } of groupByQuota(award, chosen))
    for (const [i, { record, firstScore }] of members.entries()) {
      const score = `${columnOf(submissionsSheet, "firstScore").label} ${firstScore ?? "没有"}`;
      const where = `“${group.field.label}”${group.trackLabel}`;
      places.set(record.row, `${score}，${where}第 ${i + 1} 个，名额 ${group.quota.value} 个`);
    }
  const reasons = new Map<string, string[]>();
  for (const { id, title, reason } of left) {
    const key = `${id}\u0001${title}`;
    reasons.set(key, [...(reasons.get(key) ?? []), reason]);
  }
  return {
    cases: award.submissions.map(({ record, id, title }) => ({
      row: record.row,
      isProposed: proposed.has(record.row),
      reason: places.get(record.row) ?? reasons.get(`${id}\u0001${title}`)?.shift() ?? "",
    })),
    ties: listQuotaTies(ties),
  };
}
