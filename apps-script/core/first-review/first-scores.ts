/** 初评得分 of the shared workbook, filled from a unit's own review. */
import type { AwardData, Submission, Unit } from "../award/award.ts";
import { parseScore, readAward } from "../award/read-award.ts";
import type { Description } from "../log/log.ts";
import type { Notice } from "../notice/notice.ts";
import type { RankResult } from "../ranking/rank-result.ts";
import { placeReviewed } from "../review-book/find-reviewed.ts";
import { type GeneratedLook, missingTable, replaceRows } from "../review-book/generated-sheet.ts";
import { readReview } from "../review-book/read-review.ts";
import { logSheet } from "../schema/application.ts";
import { firstScoreStates } from "../schema/choices.ts";
import { firstScoresSheet, reviewSheetOrder } from "../schema/review.ts";
import { positionOf, readTableIfThere } from "../tables/table.ts";
import type { CellEdit, CellValue, WorkbookPatch, WorkbookSnapshot } from "../workbook/port.ts";
import { palette } from "../workbook/theme.ts";

type State = keyof typeof firstScoreStates;

/** One submission of the first review. Scores in points, two decimals. */
export interface FirstScore {
  readonly id: string;
  readonly state: State;
  /** null while it is not ranked. */
  readonly score: number | null;
  /** What stood in the shared workbook before, as text. */
  readonly before: string;
}

export interface FirstScores {
  /** In the order of the ranking, those without a rank last. */
  readonly scores: readonly FirstScore[];
  /** Of the shared workbook; no edits where nothing changes. */
  readonly award: WorkbookPatch;
  /** Of the workbook of the first review: 初评得分, which remembers what was written. */
  readonly review: WorkbookPatch;
}

interface Place {
  readonly field: string;
  readonly track: string;
  readonly rank: number;
  readonly score: number;
}

const wrappedColumns = ["title", "remark"];

export const firstScoresLook: GeneratedLook = {
  formats: { score: "0.00" },
  centred: ["field", "track", "state"],
  bold: ["score"],
  wrapped: wrappedColumns,
  conditionalFormats: ({ top, bottom, right, cell }) => [
    {
      area: { top, left: 1, bottom, right },
      formula: `${cell("state")}="${firstScoreStates.kept}"`,
      style: { fill: palette.warningFill, font: { color: palette.warningInk } },
    },
  ],
};

/** Two decimals, as 初评得分 holds them. */
const rounded = (points: number) => Math.round(points * 100) / 100;

/**
 * Decides for every submission of the first review what becomes of its 初评得分: an empty cell is filled, one that still
 * holds what an earlier run wrote follows the ranking, and what a person typed stays and is reported. What earlier
 * runs wrote is remembered in the sheet 初评得分 of the first review. That workbook is to be saved first: it names the
 * value before as well as the value after, so whichever of them a crash leaves in the shared workbook is known again.
 *
 * @param award the shared workbook itself, not what the first review sees of it
 * @param review the workbook of the first review before this ranking
 * @throws WorkbookStructureError
 */
export function fillFirstScores(
  award: WorkbookSnapshot,
  review: WorkbookSnapshot,
  unit: Pick<Unit, "name">,
  ranking: Pick<RankResult, "groups">,
  notice: Notice,
): FirstScores {
  const data = readAward(award, notice);
  const places = new Map<string, Place>(
    ranking.groups.flatMap(({ field, track, ranking: ranked }) =>
      ranked.map(({ id, rank, score }): [string, Place] => [id, { field, track, rank, score: rounded(score) }]),
    ),
  );
  const ours = rememberScores(review);
  const submissions = reviewedSubmissions(data, review, unit);
  const order = new Map([...places.keys()].map((id, i) => [id, i]));
  const placeOf = (submission: Submission) => order.get(submission.id) ?? order.size;
  const sorted = [...submissions].sort((a, b) => placeOf(a) - placeOf(b));

  const edits: CellEdit[] = [];
  const scores: FirstScore[] = [];
  const rows: Record<string, CellValue>[] = [];
  const { name } = data.tables.submissions;
  const column = positionOf(data.tables.submissions, "firstScore");
  for (const submission of sorted) {
    const place = places.get(submission.id);
    const score = place?.score ?? null;
    const before = submission.record.text("firstScore");
    const state = decideState(score, before, ours.get(submission.id));
    if (state === "cleared" || ((state === "written" || state === "updated") && parseScore(before) !== score))
      edits.push({ row: submission.record.row, column, value: score });
    scores.push({ id: submission.id, state, score, before });
    rows.push({
      field: place?.field ?? submission.field?.label ?? "",
      track: place?.track ?? data.settings.notice.tracks.find((t) => t.key === submission.track)?.label ?? "",
      rank: place?.rank ?? null,
      id: submission.id,
      title: submission.title,
      score,
      before,
      state: firstScoreStates[state],
      remark: remarkOf(state, before),
    });
  }
  const log = review.sheets.find((sheet) => sheet.name === logSheet.label);
  const sheet = replaceRows(
    notice,
    review,
    readScoresTable(review) ?? missingTable(firstScoresSheet),
    firstScoresLook,
    {
      rows,
      key: "id",
      createBefore: log?.name ?? null,
    },
  );
  return {
    scores,
    award: { sheets: edits.length === 0 ? [] : [{ name, edits }] },
    review: { sheets: [sheet] },
  };
}

function decideState(score: number | null, before: string, ours: ReadonlySet<number> | undefined): State {
  const value = parseScore(before);
  if (before === "") return score === null ? "pending" : "written";
  if (score !== null && value === score) return "written";
  if (value === undefined || !ours?.has(value)) return "kept";
  return score === null ? "cleared" : "updated";
}

function remarkOf(state: State, before: string): string {
  if (state === "kept") return `申报工作簿里的 ${before} 是人工填写的，没有改动；如以初评为准，请清空那一格后再汇总。`;
  if (state === "cleared") return `评分不足或已取消，原由初评填写的 ${before} 已清空。`;
  return state === "pending" ? "评分不足或已取消，没有名次。" : "";
}

function readScoresTable(review: WorkbookSnapshot) {
  return readTableIfThere(review, firstScoresSheet, reviewSheetOrder);
}

/** What may stand in the shared workbook by our own hand, by 案例编号. */
function rememberScores(review: WorkbookSnapshot): Map<string, Set<number>> {
  const { written, updated, cleared } = firstScoreStates;
  const memory = new Map<string, Set<number>>();
  for (const row of readScoresTable(review)?.rows ?? []) {
    const state = row.text("state");
    const texts = [
      ...(state === written || state === updated ? [row.text("score")] : []),
      ...(state === updated || state === cleared ? [row.text("before")] : []),
    ];
    memory.set(row.text("id"), new Set(texts.flatMap((text) => parseScore(text) ?? [])));
  }
  return memory;
}

/** The rows of 案例 under review; an id that stands twice in the unit identifies none. */
function reviewedSubmissions(award: AwardData, review: WorkbookSnapshot, unit: Pick<Unit, "name">): Submission[] {
  const reviewed = new Set(placeReviewed(award, readReview(review, award.settings.notice)).reviewed.map((r) => r.key));
  const own = award.submissions.filter((s) => s.unit?.name === unit.name && reviewed.has(s.key));
  return own.filter((s) => own.every((other) => other === s || other.sharedKey !== s.sharedKey));
}

function count(scores: readonly FirstScore[], state: State): number {
  return scores.filter((each) => each.state === state).length;
}

/** `已填写 12，已更新 3，…`: what became of 初评得分. */
export function summariseFirstScores({ scores }: Pick<FirstScores, "scores">): string {
  const parts = (["written", "updated", "cleared", "kept", "pending"] as const)
    .filter((state) => count(scores, state) > 0)
    .map((state) => `${firstScoreStates[state]} ${count(scores, state)}`);
  return parts.length === 0 ? "没有案例" : parts.join("，");
}

/** For the log of the shared workbook. */
export function describeFirstScores(unit: Pick<Unit, "name">, filled: Pick<FirstScores, "scores">): Description {
  return { action: "回填初评得分", parameters: `初评单位 ${unit.name}`, outcome: summariseFirstScores(filled) };
}

/** What people typed and the ranking says otherwise, in Chinese, a line each. */
export function tellKept({ scores }: Pick<FirstScores, "scores">, sheet: string): string[] {
  return scores.flatMap(({ id, state, score, before }) =>
    state === "kept"
      ? [
          `“${sheet}”表 ${id} 的初评得分“${before}”是人工填写的，保留未改（初评算得 ${score ?? "无"}）；如以初评为准，请清空那一格后再汇总。`,
        ]
      : [],
  );
}
