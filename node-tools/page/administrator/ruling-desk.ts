/** 裁定 in a form: what a ruling would change is seen before it is written. */
import { noticeOf } from "../../../apps-script/core/award/notice-sheet.ts";
import { readAward } from "../../../apps-script/core/award/read-award.ts";
import type { Notice } from "../../../apps-script/core/notice/notice.ts";
import type { OpenMatter } from "../../../apps-script/core/ranking/open-matters.ts";
import { type RankOutcome, rankReview } from "../../../apps-script/core/ranking/rank.ts";
import { ReviewBlockedError } from "../../../apps-script/core/rules/eligible.ts";
import { choicesOf } from "../../../apps-script/core/schema/choice-lists.ts";
import { decisions } from "../../../apps-script/core/schema/choices.ts";
import { decisionsSheet, reviewSheetOrder } from "../../../apps-script/core/schema/review.ts";
import { readTable, type TableRow } from "../../../apps-script/core/tables/table.ts";
import { parseCivilDate } from "../../../apps-script/core/text/civil-date.ts";
import { isSameText } from "../../../apps-script/core/text/clean.ts";
import { applyPatch } from "../../../apps-script/core/workbook/apply-patch.ts";
import { cellText } from "../../../apps-script/core/workbook/cell-text.ts";
import type { CellValue, WorkbookPatch, WorkbookSnapshot } from "../../../apps-script/core/workbook/port.ts";
import {
  logAction,
  openForReading,
  releaseWorkbooks,
  requireReview,
  reviewPath,
  saveAll,
} from "../../award-files/award-files.ts";
import type { Ruling, RulingDesk, RulingEffect } from "../protocol.ts";
import type { Turn } from "../run.ts";

const keys = ["id", "decision", "kind", "reason", "date", "recorder", "award"] as const;

const readRulings = (review: WorkbookSnapshot) => readTable(review, decisionsSheet, reviewSheetOrder);

function noticeAt(path: string): { readonly application: WorkbookSnapshot; readonly notice: Notice } {
  const application = openForReading(`/${path}`).workbook.snapshot;
  return { application, notice: noticeOf(application) };
}

function rulingIn(row: TableRow<(typeof keys)[number]>): Ruling {
  const text = (key: (typeof keys)[number]) => cellText(row.raw(key));
  return {
    id: text("id"),
    decision: text("decision"),
    kind: text("kind"),
    reason: text("reason"),
    date: text("date"),
    recorder: text("recorder"),
    award: text("award"),
  };
}

function reviewAt(path: string): WorkbookSnapshot {
  return openForReading(reviewPath(`/${path}`), { kind: "review" }).workbook.snapshot;
}

/** What a ruling settles. */
const isForRuling = ({ kind }: OpenMatter) => kind === "arbitration" || kind === "ruling" || kind === "tie";

/** What bars ranking is told where one ranks. */
function openIn(...books: Parameters<typeof rankReview>): readonly OpenMatter[] {
  try {
    return rankReview(...books).open;
  } catch (error) {
    if (error instanceof ReviewBlockedError) return [];
    throw error;
  }
}

/** @throws InputError where there is no review workbook yet */
export function openRulings(path: string): RulingDesk {
  const { application, notice } = noticeAt(path);
  const review = reviewAt(path);
  return {
    open: openIn(application, review, notice).filter(isForRuling),
    cases: readAward(application, notice)
      .submissions.filter(({ recommended }) => recommended)
      .map(({ id, title, nominator }) => ({ id, title, nominator })),
    rulings: readRulings(review)
      .rows.map(rulingIn)
      .filter(({ id }) => id !== ""),
    decisions: choicesOf("decisions", notice),
    kinds: choicesOf("cancellationKinds", notice),
    awards: choicesOf("awards", notice),
  };
}

function cellOf(ruling: Ruling, key: (typeof keys)[number]): CellValue {
  if (ruling[key] === "") return null;
  const date = key === "date" ? parseCivilDate(ruling.date) : undefined;
  return date === undefined ? ruling[key] : { kind: "date", iso: date };
}

/** The row of 裁定 that is about this submission, or the first below. */
function rulingPatch(review: WorkbookSnapshot, ruling: Ruling): WorkbookPatch {
  const table = readRulings(review);
  const row = rowOf(table.rows, ruling)?.row ?? Math.max(table.headerRow, ...table.rows.map((each) => each.row)) + 1;
  const edits = keys.flatMap((key) => {
    const column = table.positions.get(key);
    return column === undefined ? [] : [{ row, column, value: cellOf(ruling, key) }];
  });
  return { sheets: [{ name: table.name, edits }] };
}

const rowOf = <Row extends TableRow<"id">>(rows: readonly Row[], { id }: Ruling): Row | undefined =>
  rows.find((row) => isSameText(row.text("id"), id));

/** What a submission comes out at. */
interface Standing {
  readonly award: string;
  /** `第 3 名 优秀案例` */
  readonly words: string;
}

const pending: Standing = { award: "", words: "待评" };

function standingsIn({ groups, cancelled }: RankOutcome["result"]): Map<string, Standing> {
  const standings = new Map<string, Standing>();
  for (const { ranking } of groups)
    for (const { id, rank, award } of ranking)
      standings.set(id, { award, words: `第 ${rank} 名 ${award === "" ? "未获奖" : award}` });
  for (const id of cancelled) standings.set(id, { award: decisions.cancel, words: decisions.cancel });
  return standings;
}

/** Ranks both workbooks as they are, and as they would be. */
export function tryRuling(path: string, ruling: Ruling): RulingEffect {
  const { application, notice } = noticeAt(path);
  const review = reviewAt(path);
  const before = standingsIn(rankReview(application, review, notice).result);
  const { result, open } = rankReview(application, applyPatch(review, rulingPatch(review, ruling)), notice);
  const after = standingsIn(result);
  const changes = [...new Set([...before.keys(), ...after.keys()])].flatMap((id) => {
    const [was, is] = [before.get(id) ?? pending, after.get(id) ?? pending];
    return was.words === is.words ? [] : [{ id, before: was.words, after: is.words, isAward: was.award !== is.award }];
  });
  const refused = result.unappliedRulings.find((each) => isSameText(each.id, ruling.id))?.reason ?? "";
  const left = open.filter(({ kind, ids }) => kind !== "ruling" && ids.some((id) => isSameText(id, ruling.id)));
  return { changes, refused, left: left.filter(isForRuling) };
}

/** As a command writes: with its row in 日志, and what was there kept for undo. */
export async function writeRuling(path: string, ruling: Ruling, turn: Turn): Promise<RulingDesk> {
  const { notice } = noticeAt(path);
  const quiet = {
    say: () => {},
    warn: () => {},
    json: () => {},
    clear: () => {},
    show: () => {},
    step: async (name: string) => turn.tell(name),
  };
  try {
    const review = requireReview(`/${path}`, notice);
    const { snapshot } = review.workbook;
    const earlier = rowOf(readRulings(snapshot).rows, ruling);
    review.workbook.apply(rulingPatch(snapshot, ruling));
    logAction(review, {
      action: decisionsSheet.label,
      parameters: describe(ruling),
      outcome: earlier ? `代替原来的“${describe(rulingIn(earlier))}”` : "新写一行",
      inputs: [review.digest],
    });
    await saveAll({ operands: [`/${path}`], options: {}, terminal: quiet }, [review]);
  } finally {
    releaseWorkbooks();
  }
  return openRulings(path);
}

const describe = ({ id, decision, kind, award, reason }: Ruling) =>
  [id, decision, kind, award, reason].filter((part) => part !== "").join("，");
