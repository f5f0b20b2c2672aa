/** A nation: each region's award in workbooks of its own, then one ranking over all of them in one process. */
import { noticeOf } from "../../apps-script/core/award/notice-sheet.ts";
import { rankingSheet, reviewSheetOrder } from "../../apps-script/core/schema/review.ts";
import { readTable } from "../../apps-script/core/tables/table.ts";
import { addToGroup } from "../../apps-script/core/text/group-by.ts";
import { openForReading } from "../../node-tools/award-files/award-files.ts";
import { time } from "./time.ts";

interface Ranked {
  readonly region: number;
  readonly id: string;
  readonly final: number;
}

export interface NationalRanking {
  readonly seconds: number;
  readonly cpuSeconds: number;
  readonly ranked: number;
  /** By field and track. */
  readonly groups: number;
  /** Cases that share their place with one of another region. */
  readonly shared: number;
}

function readRegion(path: string, region: number, groups: Map<string, Ranked[]>): void {
  const { snapshot } = openForReading(path, { kind: "review" }).workbook;
  const table = readTable(snapshot, rankingSheet(noticeOf(snapshot)), reviewSheetOrder);
  for (const row of table.rows) {
    const final = Number(row.text("final"));
    if (row.text("rank") === "" || !Number.isFinite(final)) continue;
    addToGroup(groups, `${row.text("field")} ${row.text("track")}`, { region, id: row.text("id"), final });
  }
}

/**
 * By final score, which each region has calibrated over its own experts: nobody scores in two regions, so nothing tells how
 * strict the experts of one are beside those of another.
 *
 * @param paths of the review workbooks, one a region
 */
export async function rankNation(paths: readonly string[]): Promise<NationalRanking> {
  const groups = new Map<string, Ranked[]>();
  const taken = await time(() => {
    paths.forEach((path, region) => {
      readRegion(path, region, groups);
    });
    for (const group of groups.values()) group.sort((a, b) => b.final - a.final);
  });
  const all = [...groups.values()];
  const shared = all.flatMap((group) =>
    group.filter((each, i) => {
      const beside = [group[i - 1], group[i + 1]];
      return beside.some((other) => other?.final === each.final && other.region !== each.region);
    }),
  );
  return { ...taken, ranked: all.flat().length, groups: groups.size, shared: shared.length };
}
