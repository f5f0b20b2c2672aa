/** 公示名单: the winners, without scores and without rank. */

import type { Settings } from "../award/settings.ts";
import type { LastRanking, RankedResult } from "../ranking/read-ranking.ts";
import { submissionsSheet } from "../schema/application.ts";
import { resultsSheet } from "../schema/review.ts";
import { labelOf } from "../schema/sheet-spec.ts";
import type { PrintedRow, PrintedTable } from "../tables/printed-table.ts";
import { chineseNumber } from "../text/chinese-number.ts";
import { compareText } from "../text/compare.ts";
import { groupRuns } from "./group-runs.ts";
import { groupLabel } from "./wording.ts";

export const publicNoticeColumns = [
  { label: "序号", width: 6 },
  { label: labelOf(submissionsSheet, "id"), width: 20 },
  { label: labelOf(submissionsSheet, "title"), width: 34, align: "left" },
  { label: labelOf(resultsSheet, "authors"), width: 22, align: "left" },
  { label: labelOf(submissionsSheet, "nominator"), width: 22, align: "left" },
  { label: labelOf(resultsSheet, "award"), width: 11 },
] as const;

/** The winners by field, track, award and 案例编号; their rank stays untold. */
export function listWinners({ results }: Pick<LastRanking, "results">, settings: Settings): RankedResult[] {
  const { notice } = settings;
  const place = (labels: readonly string[], label: string) =>
    (labels.indexOf(label) + labels.length + 1) % (labels.length + 1);
  const fields = notice.fields.map((f) => f.label);
  const tracks = notice.tracks.map((t) => t.label);
  const awards = settings.awards.map((a) => a.label);
  return results
    .filter(({ isWinner }) => isWinner)
    .sort(
      (a, b) =>
        place(fields, a.field) - place(fields, b.field) ||
        place(tracks, a.track) - place(tracks, b.track) ||
        place(awards, a.award) - place(awards, b.award) ||
        compareText(a.id, b.id),
    );
}

/** The winners, a heading for each field and track. */
export function publicNotice(ranking: LastRanking, settings: Settings): Pick<PrintedTable, "columns" | "rows"> {
  const groups = groupRuns(listWinners(ranking, settings), (r) => groupLabel(r.field, r.track));
  const rows = groups.flatMap(({ label, items }, g): PrintedRow[] => [
    { heading: `${chineseNumber(g + 1)}、${label}（${items.length} 个）` },
    ...items.map(
      ({ id, title, authors, nominator, award }, i): PrintedRow => [i + 1, id, title, authors, nominator, award],
    ),
  ]);
  return { columns: publicNoticeColumns, rows };
}
