/** 专家名单: the experts of all units, with the columns of 附件6. */

import type { AwardData, Expert } from "../award/award.ts";
import { awardName } from "../notice/notice.ts";
import { expertsSheet } from "../schema/application.ts";
import { withdrawn } from "../schema/choices.ts";
import { labelOf } from "../schema/sheet-spec.ts";
import type { PrintedRow, PrintedTable } from "../tables/printed-table.ts";
import { chineseNumber } from "../text/chinese-number.ts";
import { unitNameKey } from "../text/identity.ts";
import { groupRuns } from "./group-runs.ts";

const columns = [
  { label: "序号", width: 6 },
  { label: labelOf(expertsSheet, "stage"), width: 8 },
  { label: labelOf(expertsSheet, "name"), width: 11 },
  { label: labelOf(expertsSheet, "title"), width: 14 },
  { label: labelOf(expertsSheet, "account"), width: 20 },
  { label: labelOf(expertsSheet, "unit"), width: 27, align: "left" },
  { label: labelOf(expertsSheet, "phone"), width: 16 },
  { label: "备注", width: 8 },
] as const;

function countStages(experts: readonly Expert[], stages: readonly string[]): string {
  const counts = stages.flatMap((stage) => {
    const count = experts.filter((e) => e.stage === stage).length;
    return count === 0 ? [] : [`${stage} ${count}`];
  });
  return counts.length === 0 ? `${experts.length} 人` : `${experts.length} 人：${counts.join("、")}`;
}

export function expertList(award: AwardData): PrintedTable {
  const { notice } = award.settings;
  const unitPosition = new Map(award.units.map((u, i) => [unitNameKey(u.name), i]));
  const position = (e: Expert) => unitPosition.get(unitNameKey(e.nominator)) ?? award.units.length;
  const stage = (e: Expert) => (notice.stages.indexOf(e.stage) + notice.stages.length + 1) % (notice.stages.length + 1);
  const experts = [...award.experts].sort(
    (a, b) => position(a) - position(b) || stage(a) - stage(b) || a.record.row - b.record.row,
  );
  const groups = groupRuns(experts, (e) => e.unit?.name ?? e.nominator);
  const rows = groups.flatMap(({ label, items }, g): PrintedRow[] => [
    { heading: `${chineseNumber(g + 1)}、${label || "（推荐单位未填）"}（${countStages(items, notice.stages)}）` },
    ...items.map(
      (e, i): PrintedRow => [
        i + 1,
        e.stage,
        e.name,
        e.record.text("title"),
        e.account,
        e.ownUnit,
        e.phone,
        e.withdrawn ? withdrawn : "",
      ],
    ),
  ]);
  return {
    sheet: "专家名单",
    title: `${awardName(notice)}评审专家名单`,
    landscape: false,
    heading: [`${groups.length} 个单位推荐，共 ${experts.length} 人`, "　　　　年　　月　　日"],
    columns,
    rows,
    closing: [],
  };
}
