/** 获奖证书: one page for each winning submission, its authors in order. */
import { awardName } from "../../notice/notice.ts";
import { resultsSheet } from "../../schema/review.ts";
import { labelOf } from "../../schema/sheet-spec.ts";
import { nameUnits } from "../name-files.ts";
import { listWinners } from "../public-notice.ts";
import { winnersOrReason } from "../ranking-state.ts";
import { type Form, orBlank } from "./form.ts";

const cells = ["authors", "title", "field", "award", "id", "nominator"] as const;

export const certificates: Form = {
  name: "获奖证书",
  aliases: ["证书"],
  template: "获奖证书",
  published: true,
  byUnit: "choice",
  tags: {
    活动名称: "通知的名称，不含“征集”",
    证书: Object.fromEntries(
      cells.map((key) => [labelOf(resultsSheet, key), `“${resultsSheet.label}”的“${labelOf(resultsSheet, key)}”`]),
    ),
  },
  build({ award, ranking: last, units }) {
    const ranking = winnersOrReason(award, last);
    if (typeof ranking === "string") return { documents: [], missing: [ranking] };
    const winners = listWinners(ranking, award.settings);
    const values = (chosen: typeof winners) => ({
      活动名称: awardName(award.settings.notice),
      证书: chosen.map((r) => Object.fromEntries(cells.map((key) => [labelOf(resultsSheet, key), orBlank(r[key])]))),
    });
    if (winners.length === 0) return { documents: [], missing: ["“结果”表里没有获奖案例"] };
    if (!units) return { documents: [{ fileName: "获奖证书", values: values(winners) }] };
    const names = nameUnits(units);
    const own = units.map((unit) => winners.filter((r) => award.resolveUnit(r.nominator) === unit));
    return {
      documents: units.flatMap((_, i) =>
        own[i]?.length ? [{ fileName: `获奖证书-${names[i]}`, values: values(own[i]) }] : [],
      ),
      missing: units.flatMap((unit, i) => (own[i]?.length ? [] : [`${unit.name}没有获奖案例`])),
    };
  },
};
