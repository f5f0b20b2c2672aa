import { callForExperts } from "../../core/first-review/call-for-experts.ts";
import { enterFirstReview } from "../../core/first-review/first-review.ts";
import type { Description } from "../../core/log/log.ts";
import { assignAction, summariseAssignment } from "../../core/panel/describe-assignment.ts";
import type { ReviewPlan } from "../../core/panel/review-plan.ts";
import { layRankingSheets } from "../../core/ranking/write-ranking.ts";
import { freezeAssignment } from "../../core/replay/freeze.ts";
import type { FrozenAssignment } from "../../core/replay/frozen-action.ts";
import { performAssignment } from "../../core/replay/perform.ts";
import { movedExperts } from "../../core/review-book/review-experts.ts";
import { expertsSheet } from "../../core/schema/application.ts";
import { labelOf } from "../../core/schema/sheet-spec.ts";
import { sha256 } from "../../core/text/sha256.ts";
import { applyPatch } from "../../core/workbook/apply-patch.ts";
import type { SheetLayout } from "../../core/workbook/port.ts";
import { buildAssignmentView } from "../../dialogs/assignment-view.ts";
import type { AssignmentView } from "../../dialogs/views.ts";
import { type ActionContext, runForPage, runReading } from "../actions/action.ts";
import { ActionError } from "../actions/action-error.ts";
import { showAssignmentPreview } from "../actions/show-dialog.ts";
import { type Books, openBooks } from "./books.ts";
import { logFrozen } from "./log.ts";

const title = assignAction;

interface Draft {
  readonly books: Books;
  readonly frozen: FrozenAssignment;
  readonly plan: ReviewPlan;
  readonly description: Description;
  /** Digest of everything that would be written. */
  readonly token: string;
}

function draft(): Draft {
  const books = openBooks();
  const sources = { award: books.award, review: books.review.snapshot, files: [] };
  const { notice, unit, shared, review } = books;
  const entry = unit && enterFirstReview(shared.snapshot, review.snapshot, unit, notice);
  const options = unit && entry ? { unit: unit.name, eligible: entry.eligible } : {};
  const frozen = freezeAssignment(sources, notice, options);
  const { result, description } = performAssignment(frozen, notice);
  const plan =
    unit && entry
      ? {
          ...result,
          shortages: [...callForExperts(shared.snapshot, unit, notice, result), ...result.shortages],
          notes: [...result.notes, ...entry.notes],
        }
      : result;
  return { books, frozen, plan, description, token: sha256(JSON.stringify([plan.result, plan.patch])) };
}

/** 分派专家: shows what would be assigned; nothing is written before it is confirmed there. */
export function assignExperts(): void {
  runReading(title, () => {
    openBooks();
    showAssignmentPreview();
  });
}

/** For the dialog 分派预览. */
export function loadAssignmentPreview(): AssignmentView {
  const { books, plan, token } = draft();
  const waiting = movedExperts(books.review.snapshot) ? expertsLeftBehind(books) : 0;
  const note = `申报工作簿的“${expertsSheet.label}”表又有 ${waiting} 行，尚未移交，不参加分派；需要时先运行“移交专家名单”。`;
  return buildAssignmentView(
    { ...plan, notes: waiting > 0 ? [note, ...plan.notes] : plan.notes },
    token,
    books.notice.stages,
  );
}

/** What the rows of a ranking need; the rest was formatted when the sheet was made, and each kind of style costs a call. */
function lightLayout({ styles = [], conditionalFormats = [] }: SheetLayout = {}): SheetLayout {
  const numbers = styles.flatMap(({ area, style: { numberFormat } }) =>
    numberFormat?.startsWith("0") ? [{ area, style: { numberFormat } }] : [],
  );
  return { conditionalFormats, styles: numbers };
}

function expertsLeftBehind({ shared }: Books): number {
  const rows = shared.snapshot.sheets.find((sheet) => sheet.name === expertsSheet.label)?.rows ?? [];
  const header = rows.findIndex((row) => row.includes(labelOf(expertsSheet, "name")));
  return rows.slice(header + 1).filter((row) => row.some((value) => value !== null && value !== "")).length;
}

/**
 * Writes the assignment that the dialog showed. The plan is made anew: the same data give the same plan.
 *
 * @param token of the view that was confirmed
 * @returns what was written, in Chinese
 * @throws Error when the data have changed since, or nothing could be written
 */
export function applyAssignment(token: string): string {
  return runForPage(title, (context) => write(context, token));
}

function write(context: ActionContext, token: string): string {
  const { books, frozen, plan, description, token: current } = draft();
  if (token !== current)
    throw new ActionError("打开预览以后数据有了变化，没有写入。请关闭预览，再点一次“分派专家”核对新的结果。");
  const after = applyPatch(books.review.snapshot, plan.patch);
  const ranking = layRankingSheets(books.notice, after).map(({ name, layout }) => ({
    name,
    layout: lightLayout(layout),
  }));
  books.review.apply({ sheets: [...plan.patch.sheets, ...ranking] });
  logFrozen(books.review, context, frozen, description, { changes: plan.facts.added + plan.result.moved > 0 });
  return `${summariseAssignment(plan)}。下一步：生成评分表。`;
}
