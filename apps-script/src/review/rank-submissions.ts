import { noticeOf } from "../../core/award/notice-sheet.ts";
import { readAward } from "../../core/award/read-award.ts";
import { participantsOf } from "../../core/first-review/first-review.ts";
import {
  describeFirstScores,
  fillFirstScores,
  summariseFirstScores,
  tellKept,
} from "../../core/first-review/first-scores.ts";
import { summariseRanking } from "../../core/ranking/rank-result.ts";
import { freezeRanking, usesOtherNames } from "../../core/replay/freeze.ts";
import { performRanking } from "../../core/replay/perform.ts";
import { withoutRowsOf } from "../../core/review-book/lighten.ts";
import {
  expertsSheet,
  importRecordSheet,
  liaisonsSheet,
  submissionsSheet,
  textsSheet,
} from "../../core/schema/application.ts";
import type { CellEdit, SheetPatch, WorkbookPatch, WorkbookSnapshot } from "../../core/workbook/port.ts";
import { buildRankingView } from "../../dialogs/ranking-view.ts";
import type { RankingView } from "../../dialogs/views.ts";
import { runAction } from "../actions/action.ts";
import { appendLogRow } from "../actions/log.ts";
import { showRanking } from "../actions/show-dialog.ts";
import { digestAward, firstReviewUnit, openReviewBook, openShared, seenBy, sharedSpreadsheet } from "./books.ts";
import { logFrozen } from "./log.ts";

const title = "汇总排名";

function rankNow() {
  const shared = openShared({ formulasOf: () => false });
  const notice = noticeOf(shared.snapshot);
  const review = openReviewBook(notice);
  // A ranking needs none of these; reading 正文 alone would take longer than all the rest.
  const typed = withoutRowsOf(shared.snapshot, [textsSheet, expertsSheet, liaisonsSheet]);
  const light = usesOtherNames(typed) ? typed : withoutRowsOf(typed, [importRecordSheet]);
  const unit = firstReviewUnit();
  const award = seenBy(unit, light);
  const frozen = freezeRanking({ award, review: review.snapshot, files: [] }, notice, () =>
    // These two do not decide which rows are clean.
    participantsOf(withoutRowsOf(shared.snapshot, [expertsSheet, liaisonsSheet]), review.snapshot, notice, unit),
  );
  const { result: outcome, description } = performRanking(frozen, notice);
  const filled = unit && fillFirstScores(light, review.snapshot, unit, outcome.result, notice);
  return { award, notice, shared, review, unit, frozen, outcome, filled, description };
}

/** 汇总排名: fills 汇总, 结果 and 专家情况, then shows them. */
export function rankSubmissions(): void {
  let isDone = false;
  runAction(
    title,
    (context) => {
      const { award, shared, review, unit, frozen, outcome, filled, description } = rankNow();
      const sheets = [...outcome.patch.sheets, ...(filled?.review.sheets ?? [])];
      review.apply(inOneWrite({ sheets }, review.snapshot));
      logFrozen(review, context, frozen, description);
      if (unit && filled && filled.award.sheets.length > 0) {
        // 初评得分 of the review workbook is written first and remembers what is written here: after a fault the action can be run again.
        SpreadsheetApp.flush();
        shared.apply(filled.award);
        // Officers may not write in 日志 of the shared workbook.
        appendLogRow(review, context, {
          ...describeFirstScores(unit, filled),
          inputs: [digestAward(award, [submissionsSheet])],
        });
      }
      const told = filled ? `初评得分：${summariseFirstScores(filled)}。` : "";
      const open = outcome.open.length > 0 ? `还有 ${outcome.open.length} 项待定，暂不能公布。` : "";
      SpreadsheetApp.getActiveSpreadsheet().toast(`${summariseRanking(outcome.result)}。${told}${open}`, title);
      isDone = true;
      // A unit's own review writes 初评得分 into the shared workbook.
    },
    () => (firstReviewUnit() ? sharedSpreadsheet() : undefined),
  );
  if (isDone) showRanking();
}

/** For the dialog 排名. */
export function loadRanking(): RankingView {
  const { award, notice, outcome, filled } = rankNow();
  const titles = new Map(readAward(award, notice).submissions.map((submission) => [submission.id, submission.title]));
  const notes = filled ? [...outcome.notes, ...tellKept(filled, submissionsSheet.label)] : outcome.notes;
  return buildRankingView({ ...outcome, notes }, (id) => titles.get(id) ?? "");
}

/** The new rows replace the old ones in one write, so that nobody sees half of them. */
function inOneWrite(patch: WorkbookPatch, snapshot: WorkbookSnapshot): WorkbookPatch {
  return { sheets: patch.sheets.map((sheet) => replacing(sheet, snapshot)) };
}

/** A sheet that is there was formatted when the experts were assigned, and each kind of style costs a call. */
function replacing({ clearFrom, layout, edits = [], ...sheet }: SheetPatch, snapshot: WorkbookSnapshot): SheetPatch {
  // People type in 裁定: it gets marks and notes only.
  if (clearFrom === undefined) return sheet;
  const present = snapshot.sheets.find((each) => each.name === sheet.name);
  const before = present?.rows ?? [];
  const top = clearFrom;
  const headers = edits.filter((edit) => edit.row < top);
  const bottom = Math.max(before.length, ...edits.map((edit) => edit.row));
  const right = Math.max(...before.map((row) => row.length), ...edits.map((edit) => edit.column));
  const values = new Map(edits.map((edit) => [`${edit.row}:${edit.column}`, edit.value]));
  const all: CellEdit[] = [...headers];
  for (let row = top; row <= bottom; row++) {
    for (let column = 1; column <= right; column++)
      all.push({ row, column, value: values.get(`${row}:${column}`) ?? null });
  }
  return { ...sheet, edits: all, ...(layout ? { layout: present ? { widths: layout.widths ?? [] } : layout } : {}) };
}
