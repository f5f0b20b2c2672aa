/** 推荐案例汇总表: what one unit recommends, to be stamped. */

import type { AwardData, Submission, Unit } from "../award/award.ts";
import { identifyingText } from "../award/identifying-cell.ts";
import { awardName, type Notice } from "../notice/notice.ts";
import { submissionsSheet } from "../schema/application.ts";
import { labelOf } from "../schema/sheet-spec.ts";
import type { PrintedRow, PrintedTable } from "../tables/printed-table.ts";
import { compareText } from "../text/compare.ts";
import { joinNames, trackLabelOf } from "./wording.ts";

export const recommendationColumns = [
  { label: "序号", width: 6 },
  { label: labelOf(submissionsSheet, "id"), width: 20 },
  { label: labelOf(submissionsSheet, "title"), width: 34, align: "left" },
  { label: labelOf(submissionsSheet, "field"), width: 13 },
  { label: labelOf(submissionsSheet, "track"), width: 7 },
  { label: labelOf(submissionsSheet, "stage"), width: 7 },
  { label: labelOf(submissionsSheet, "author1.name"), width: 11 },
  { label: labelOf(submissionsSheet, "author1.unit"), width: 22, align: "left" },
  { label: labelOf(submissionsSheet, "otherAuthors"), width: 20, align: "left" },
  { label: labelOf(submissionsSheet, "phone"), width: 16 },
  { label: labelOf(submissionsSheet, "firstScore"), width: 10, numberFormat: "0.0#" },
] as const;

function byPlace(notice: Notice): (a: Submission, b: Submission) => number {
  const field = (s: Submission) => notice.fields.findIndex((f) => f.key === s.field?.key);
  const track = (s: Submission) => notice.tracks.findIndex((t) => t.key === s.track);
  return (a, b) =>
    field(a) - field(b) ||
    track(a) - track(b) ||
    (b.firstScore ?? -1) - (a.firstScore ?? -1) ||
    compareText(a.id, b.id);
}

/** 城市12/35 for each group of the unit; what is over the quota is said. */
function countAgainstQuotas(unit: Unit, submissions: readonly Submission[], notice: Notice): string {
  const say = (label: string, count: number, quota: number) =>
    `${label}${count}/${quota}${count > quota ? `（超额${count - quota}）` : ""}`;
  const fields = notice.fields.map((field) => {
    const own = submissions.filter((s) => s.field?.key === field.key);
    if (unit.kind === "school") return say(field.label, own.length, notice.quotas.school.value);
    const tracks = notice.tracks.map((t) =>
      say(t.label, own.filter((s) => s.track === t.key).length, notice.quotas.bureau[t.key].value),
    );
    return `${field.label} ${tracks.join("、")}`;
  });
  return `共推荐 ${submissions.length} 个。推荐数/名额：${fields.join("；")}。`;
}

export function recommendationList(award: AwardData, unit: Unit): PrintedTable {
  const { notice } = award.settings;
  const submissions = award.submissions
    .filter((s) => s.unit === unit && s.recommended && !s.cancelled)
    .sort(byPlace(notice));
  const rows = submissions.map(
    (s, i): PrintedRow => [
      i + 1,
      s.id,
      s.title,
      s.field?.label ?? s.record.text("field"),
      unit.kind === "school" ? "" : trackLabelOf(notice, s),
      s.record.text("stage"),
      s.firstAuthor?.name ?? "",
      s.firstAuthor?.unit ?? "",
      joinNames(s.authors.filter((a) => a !== s.firstAuthor)),
      identifyingText(submissionsSheet, s.record, "phone"),
      s.firstScore ?? null,
    ],
  );
  return {
    sheet: "推荐案例汇总表",
    title: `${awardName(notice)}推荐汇总表`,
    landscape: true,
    heading: [`推荐单位（盖章）：${unit.name}`, "填报日期：　　　　年　　月　　日"],
    columns: recommendationColumns,
    rows,
    closing: [
      countAgainstQuotas(unit, submissions, notice),
      "单位负责人（签字）：　　　　　　　　　　填表人：　　　　　　　　　　联系电话：",
    ],
  };
}
