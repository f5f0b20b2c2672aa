/** 评分汇总: every ranked submission with its scores, for administrators. */
import { awardName, type Notice } from "../notice/notice.ts";
import type { LastRanking } from "../ranking/read-ranking.ts";
import { rankingSheet } from "../schema/review.ts";
import { labelOf } from "../schema/sheet-spec.ts";
import type { PrintedCell, PrintedColumn, PrintedRow, PrintedTable } from "../tables/printed-table.ts";
import { chineseNumber } from "../text/chinese-number.ts";
import { groupRuns } from "./group-runs.ts";
import { groupLabel } from "./wording.ts";

const score = "0.00";

interface ShownColumn {
  readonly key: string;
  readonly width: number;
  readonly align?: "left";
  readonly numberFormat?: string;
  readonly optional?: true;
}

const shownOf = ({ rubric }: Notice): readonly ShownColumn[] => [
  { key: "rank", width: 6 },
  { key: "reviewId", width: 11 },
  { key: "id", width: 20 },
  { key: "title", width: 34, align: "left" },
  { key: "count", width: 7 },
  { key: "mean", width: 8, numberFormat: score },
  { key: "trimmed", width: 9, numberFormat: score, optional: true },
  { key: "calibrated", width: 8, numberFormat: score, optional: true },
  { key: "standardError", width: 8, numberFormat: score, optional: true },
  { key: "range", width: 7, numberFormat: "0.0" },
  ...rubric.dimensions.map(({ key, label }) => ({
    key,
    width: Math.max(8, 2 * label.length + 2),
    numberFormat: score,
  })),
  { key: "final", width: 10, numberFormat: score },
  { key: "award", width: 11 },
  { key: "remark", width: 22, align: "left" },
];

export function scoreSummary({ lines: records }: LastRanking, notice: Notice): PrintedTable {
  const spec = rankingSheet(notice);
  const columns = shownOf(notice).filter((c) => !c.optional || records.some((r) => r.text(c.key) !== ""));
  const cell = (record: (typeof records)[number], key: string): PrintedCell => {
    const raw = record.raw(key);
    return typeof raw === "number" ? raw : record.text(key);
  };
  const groups = groupRuns(records, (r) => groupLabel(r.text("field"), r.text("track")));
  const rows = groups.flatMap(({ label, items }, g): PrintedRow[] => [
    { heading: `${chineseNumber(g + 1)}、${label}（${items.length} 个）` },
    ...items.map((record): PrintedRow => columns.map(({ key }) => cell(record, key))),
  ]);
  return {
    sheet: "评分汇总",
    title: `${awardName(notice)}评分汇总表`,
    landscape: true,
    heading: ["内部资料，请勿外传", `共 ${records.length} 个参评案例`],
    columns: columns.map(
      ({ key, width, align, numberFormat }): PrintedColumn => ({
        label: labelOf(spec, key),
        width,
        ...(align ? { align } : {}),
        ...(numberFormat ? { numberFormat } : {}),
      }),
    ),
    rows,
    closing: [],
  };
}
