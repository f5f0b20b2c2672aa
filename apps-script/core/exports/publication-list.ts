/** 发布清单: every submission in the final review, winner or not, for the platform that publishes them all. */

import type { AwardData } from "../award/award.ts";
import type { LastRanking } from "../ranking/read-ranking.ts";
import { isCancelledByDecision, readRulings } from "../review-book/rulings.ts";
import { submissionsSheet } from "../schema/application.ts";
import { no, yes } from "../schema/choices.ts";
import { resultsSheet } from "../schema/review.ts";
import { labelOf } from "../schema/sheet-spec.ts";
import { compareText } from "../text/compare.ts";
import { joinNames, trackLabelOf } from "./wording.ts";

export const publicationLabels = [
  labelOf(submissionsSheet, "id"),
  labelOf(submissionsSheet, "title"),
  labelOf(submissionsSheet, "field"),
  labelOf(submissionsSheet, "track"),
  labelOf(submissionsSheet, "stage"),
  labelOf(submissionsSheet, "nominator"),
  labelOf(submissionsSheet, "author1.name"),
  labelOf(submissionsSheet, "otherAuthors"),
  "是否获奖",
  labelOf(resultsSheet, "award"),
];
/** Too few reviews so far: neither won nor lost. */
const pending = "待评";

export function publicationList(award: AwardData, ranking: LastRanking): string[][] {
  const { review } = ranking;
  const { notice } = award.settings;
  const rulings = readRulings(review, award).inForce;
  const submissions = new Map(award.submissions.map((s) => [s.key, s]));
  const results = new Map(ranking.results.map((result) => [result.key, result]));
  const field = (key: string | undefined) => notice.fields.findIndex((f) => f.key === key);
  const reviewed = review.reviewed.flatMap(({ key }) => submissions.get(key) ?? []);
  const unassigned = award.submissions.filter((s) => ranking.isUnassigned(s.id) && !reviewed.includes(s));
  const inReview = [...reviewed, ...unassigned]
    .filter((s) => s.recommended && !s.cancelled && !isCancelledByDecision(rulings.get(s.key)))
    .sort((a, b) => field(a.field?.key) - field(b.field?.key) || compareText(a.id, b.id));
  const rows = inReview.map((s) => {
    const result = results.get(s.sharedKey);
    return [
      s.id,
      s.title,
      s.field?.label ?? "",
      s.unit?.kind === "school" ? "" : trackLabelOf(notice, s),
      s.stage ?? "",
      s.unit?.name ?? s.nominator,
      s.firstAuthor?.name ?? "",
      joinNames(s.authors.filter((a) => a !== s.firstAuthor)),
      result === undefined ? pending : result.isWinner ? yes : no,
      result?.isWinner ? result.award : "",
    ];
  });
  return [publicationLabels, ...rows];
}
