/** Cases that may have won before, beside the earlier texts, for whoever has the earlier files at hand. */
import type { AwardData } from "../award/award.ts";
import type { PriorWinner } from "../award/prior-winners.ts";
import type { ImportInput } from "../import/plan-import.ts";
import { readPriorClaims, sharesPerson } from "../import/plan-prior.ts";
import { findPriorMatches } from "../rules/submission/prior-match.ts";
import { hasText, sections } from "../rules/text/sections.ts";
import { nameSubmission } from "../rules/wording.ts";
import { groupBy } from "../text/group-by.ts";
import { titleKey } from "../text/identity.ts";
import { buildPairsPage, type ShownPair } from "./duplicates-page.ts";
import { nominatorName } from "./evidence-finding.ts";

export interface PriorPage {
  readonly html: string;
  readonly pairs: number;
  /** Winners that a text is close to and that stand in none of the files with their texts. */
  readonly missing: readonly string[];
}

/** The passages that submissions share with earlier winners, as far as `inputs` hold the texts of these. */
export function buildPriorPage(
  award: AwardData,
  prior: readonly PriorWinner[],
  inputs: readonly ImportInput[],
): PriorPage {
  const texts = groupBy(
    readPriorClaims(inputs).filter(({ text }) => text.trim() !== ""),
    ({ title }) => titleKey(title),
  );
  const pairs: ShownPair[] = [];
  const missing = new Set<string>();
  for (const [submission, likenesses] of findPriorMatches(award, prior)) {
    const { text } = submission;
    if (!hasText(text)) continue;
    const a = {
      label: `${nameSubmission(submission)}（${nominatorName(submission)}）`,
      title: `${submission.id}　${submission.title}`,
      note: `本届　${nominatorName(submission)}`,
      text: sections.map(({ key }) => text[key]).join("\n"),
    };
    for (const { winner, text: similarity } of likenesses) {
      const earlier = texts.get(titleKey(winner.title))?.find(({ people }) => sharesPerson(people, winner.people));
      const name = `${winner.year} 年${winner.award}“${winner.title}”`;
      if (earlier)
        pairs.push({
          a,
          b: { label: name, title: winner.title, note: `${winner.year} 年${winner.award}`, text: earlier.text },
          similarity,
        });
      else if (similarity > 0) missing.add(name);
    }
  }
  pairs.sort((p, q) => q.similarity - p.similarity);
  const found =
    pairs.length === 0
      ? "给出的往届文件里，没有与本届相近的案例的正文。"
      : `本届与往届获奖案例相近的有 ${pairs.length} 对（相似度是相同内容约占较短一篇的比例；只是名称和作者相近的为 0%）。`;
  return { html: buildPairsPage("往届比对", found, pairs), pairs: pairs.length, missing: [...missing] };
}
