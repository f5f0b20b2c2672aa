/** What would help a first review whose own experts do not suffice: how many more, of which stage, and where they are. */
import type { Submission, Unit } from "../award/award.ts";
import { readAward } from "../award/read-award.ts";
import type { Notice } from "../notice/notice.ts";
import type { ReviewPlan } from "../panel/review-plan.ts";
import { expertsSheet } from "../schema/application.ts";
import { reviewersSheet } from "../schema/review.ts";
import { groupByFilledKey } from "../text/group-by.ts";
import { unitNameKey } from "../text/identity.ts";
import type { WorkbookSnapshot } from "../workbook/port.ts";

/** Units that a line names. */
const mostNamed = 4;

/** `兴庆区教育局 5 名、西夏区教育局 3 名`, the most first. */
function listCounts<T>(
  groups: ReadonlyMap<string, readonly T[]>,
  nameOf: (first: T) => string,
  counter: string,
): string {
  const sorted = [...groups.values()].sort((a, b) => b.length - a.length);
  const named = sorted.slice(0, mostNamed).flatMap((group) => {
    const [first] = group;
    return first === undefined ? [] : [`${nameOf(first)} ${group.length} ${counter}`];
  });
  return named.join("、") + (sorted.length > mostNamed ? ` 等 ${sorted.length} 个单位` : "");
}

/**
 * Lines in Chinese, the sum first; nothing where nobody is missing.
 *
 * @param snapshot the whole shared workbook: experts of other units stand there
 */
export function callForExperts(
  snapshot: WorkbookSnapshot,
  unit: Pick<Unit, "name">,
  notice: Notice,
  { gaps, facts, result }: Pick<ReviewPlan, "gaps" | "facts" | "result">,
): string[] {
  if (gaps.length === 0) return [];
  const award = readAward(snapshot, notice);
  const byKey = new Map(award.submissions.map((submission) => [submission.key, submission]));
  const missing = gaps.reduce((sum, gap) => sum + gap.missing, 0);
  const wanted = gaps.map(({ moreReviewers: { count, stage } }) => `${stage || "不限学段的"} ${count} 名`);
  const total = gaps.reduce((sum, gap) => sum + gap.moreReviewers.count, 0);
  const lines = gaps.flatMap(({ moreReviewers: { stage }, submissions }) => {
    const own = submissions.flatMap((key) => byKey.get(key) ?? []);
    const { text, keys } = describeAuthors(own);
    const others = award.experts.filter(
      (expert) =>
        !expert.withdrawn &&
        expert.unit !== undefined &&
        expert.unit.name !== unit.name &&
        (stage === "" || expert.stage === stage) &&
        !keys.has(unitNameKey(expert.ownUnit)),
    );
    const groups = groupByFilledKey(others, (expert) => expert.unit?.name ?? "");
    const where =
      others.length === 0
        ? `“${expertsSheet.label}”表里没有别的单位推荐的${stage}专家，请另外找人`
        : `“${expertsSheet.label}”表里别的单位推荐的${stage}专家可以请的有 ${others.length} 名：${listCounts(groups, (expert) => expert.unit?.name ?? "", "名")}`;
    return [`${stage || "不限学段"}：${text}。${where}。`];
  });
  return [
    `${facts.submissions} 个案例中 ${result.unfilled.length} 个专家不够，共缺 ${missing} 人次评审；再请 ${total} 名就都够：${wanted.join("、")}。`,
    ...lines,
    `请到的人填在初评工作簿的“${reviewersSheet.label}”表（专家编号、推荐单位可以不填），再分派一次。`,
  ];
}

/** Whom a new expert must not work with: units of the authors, by how many of the cases they have. */
function describeAuthors(submissions: readonly Submission[]): { text: string; keys: ReadonlySet<string> } {
  const entries = submissions.flatMap((submission) => {
    const units = new Map(submission.authors.map(({ unit }) => [unitNameKey(unit), unit]));
    return [...units].map(([key, name]) => ({ key, name }));
  });
  const groups = groupByFilledKey(entries, ({ key }) => key);
  const fields = [...new Set(submissions.flatMap(({ field }) => (field ? [field.label] : [])))];
  return {
    text: `${submissions.length} 个案例（${fields.join("、")}），要请不在作者单位的人（作者单位：${listCounts(groups, ({ name }) => name, "个案例")}）`,
    keys: new Set(groups.keys()),
  };
}
