import { readAward } from "../award/read-award.ts";
import type { Notice } from "../notice/notice.ts";
import { scoresByPair } from "../ranking/standing.ts";
import { placeReviewed } from "../review-book/find-reviewed.ts";
import { type Reviewed, readReview } from "../review-book/read-review.ts";
import { requireValidSettings } from "../rules/eligible.ts";
import { runErrorRules } from "../rules/index.ts";
import { findingsBySubmission } from "../rules/quota/clean-rows.ts";
import { listSome } from "../rules/wording.ts";
import { submissionsSheet } from "../schema/application.ts";
import { labelOf } from "../schema/sheet-spec.ts";
import { compareText } from "../text/compare.ts";
import { addToGroup } from "../text/group-by.ts";
import { pairKey } from "../text/identity.ts";
import type { WorkbookPatch, WorkbookSnapshot } from "../workbook/port.ts";
import { tellsApplicants } from "./guard-material.ts";
import { type AnonymousSubmission, rubricPatch, scoresPatch, textsPatch } from "./score-sheet.ts";

export const packetsAction = "生成评分表";

/** What a score sheet is called as a file. */
export const packetName = (expert: string) => `评分表-${expert}.xlsx`;

export interface ScoreSheetFile {
  /** 专家编号. */
  readonly expert: string;
  readonly fileName: string;
  readonly patch: WorkbookPatch;
  /** In the order of the rows. */
  readonly submissions: readonly AnonymousSubmission[];
}

export const hiddenTitle = "（名称含身份信息，已隐去）";
export const hiddenMaterial = "（链接含身份信息，已隐去，请联系管理员）";

/** 评审编号 of the submissions whose 评审材料 is kept from the experts, in order. */
function hiddenMaterials(files: Iterable<Pick<ScoreSheetFile, "submissions">>): string[] {
  const hidden = [...files].flatMap(({ submissions }) => submissions.filter((s) => s.material === hiddenMaterial));
  return [...new Set(hidden.map((s) => s.reviewId))].sort();
}

/** The message to the administrator about them; "" where there are none. */
export function tellHiddenMaterials(files: Iterable<Pick<ScoreSheetFile, "submissions">>): string {
  const hidden = hiddenMaterials(files);
  if (hidden.length === 0) return "";
  return `${hidden.length} 个案例（${hidden.join("、")}）的“评审材料”透露（或可能透露）申报人的姓名、单位、地区、账号或电话（编码过的也算），评分表里已隐去：请在评审工作簿的“参评案例”表换成匿名链接，再生成一次评分表。`;
}

/** The message to the administrator about submissions without 评审材料; "" where there are none. */
export function tellMissingMaterials(files: Iterable<Pick<ScoreSheetFile, "submissions">>): string {
  const bare = [...files].flatMap(({ submissions }) => submissions.filter((s) => s.material === ""));
  if (bare.length === 0) return "";
  const ids = [...new Set(bare.map((s) => s.reviewId))].sort();
  return `${ids.length} 个案例（${listSome(ids)}）的“评审材料”空着，专家只能看“案例正文”：请在评审工作簿的“参评案例”表填匿名的网址，再生成一次评分表。`;
}

/**
 * A score sheet for each expert who has something to review. It bears nothing about authors: a title with an anonymity
 * finding is hidden, a text with one is left out, and of the expert only the number is named.
 *
 * @throws WorkbookStructureError, ReviewBlockedError
 */
export function buildScoreSheets(
  awardSnapshot: WorkbookSnapshot,
  reviewSnapshot: WorkbookSnapshot,
  notice: Notice,
): ScoreSheetFile[] {
  const award = readAward(awardSnapshot, notice);
  requireValidSettings(award);
  const settings = award.settings;
  const review = placeReviewed(award, readReview(reviewSnapshot, settings.notice));
  const found = findingsBySubmission(award, runErrorRules(award));
  const byKey = new Map(award.submissions.map((s) => [s.key, s]));
  const reviewedById = new Map(review.reviewed.map((r) => [r.reviewId, r]));
  const scores = scoresByPair(review);
  const titleLabel = labelOf(submissionsSheet, "title");

  const anonymise = (reviewed: Reviewed): AnonymousSubmission | undefined => {
    const submission = byKey.get(reviewed.key);
    if (!submission?.field || submission.cancelled || !submission.recommended) return undefined;
    const leaks = (found.get(submission) ?? []).filter((f) => f.code.startsWith("ANON-"));
    const inTitle = leaks.some((f) => f.sheet === award.tables.submissions.name && f.column === titleLabel);
    const { text } = submission;
    const hasText =
      text && [text.summary, text.innovation, text.process, text.application].some((t) => t.trim() !== "");
    return {
      reviewId: reviewed.reviewId,
      field: submission.field,
      stage: submission.stage ?? "",
      title: inTitle ? hiddenTitle : submission.title,
      keywords: leaks.length > 0 ? "" : submission.record.text("keywords"),
      material: tellsApplicants(award, submission, reviewed.material) ? hiddenMaterial : reviewed.material,
      text: leaks.length === 0 && hasText ? text : undefined,
      score: undefined,
    };
  };
  const anonymous = new Map([...reviewedById].map(([id, reviewed]) => [id, anonymise(reviewed)]));

  const byExpert = new Map<string, AnonymousSubmission[]>();
  for (const pair of review.pairs) {
    const submission = pair.active ? anonymous.get(pair.reviewId) : undefined;
    if (!submission) continue;
    const score = scores.get(pairKey(pair.reviewId, pair.expert));
    addToGroup(byExpert, pair.expert, { ...submission, score });
  }
  const fieldOrder = (s: AnonymousSubmission) => settings.notice.fields.indexOf(s.field);
  return [...byExpert]
    .sort(([a], [b]) => compareText(a, b))
    .map(([expert, list]) => {
      const submissions = list.sort((a, b) => fieldOrder(a) - fieldOrder(b) || compareText(a.reviewId, b.reviewId));
      return {
        expert,
        fileName: packetName(expert),
        submissions,
        patch: {
          sheets: [
            scoresPatch(expert, submissions, settings.notice),
            textsPatch(expert, submissions, settings.notice),
            rubricPatch(expert, submissions, settings.notice),
          ],
          properties: { title: `评分表 ${expert}`, creator: "评案簿" },
        },
      };
    });
}
