import type { AwardData, Submission } from "../../award/award.ts";
import { MASK, matchesName, type PriorWinner, sampleOf } from "../../award/prior-winners.ts";
import { yes } from "../../schema/choices.ts";
import { addToGroup } from "../../text/group-by.ts";
import { personNameKey, titleKey, unitNameKey } from "../../text/identity.ts";
import { findCopied, sampleText } from "../../text/text-sample.ts";
import { compareTitles, isExtended, leastAlike } from "../../text/title-likeness.ts";
import { atSubmission, defineRule } from "../rule.ts";
import { hasText, sections } from "../text/sections.ts";
import { listSome } from "../wording.ts";

/**
 * A text of which 60 % is copied, sentence by sentence, shares 54 % and more of its eight-character pieces with the earlier
 * one (each junction loses seven), and the estimate may be 0.14 too low at the very most; unrelated texts share up to 9 %.
 */
const leastShared = 0.35;

/** How a submission is like a winner. */
export interface Likeness {
  readonly winner: PriorWinner;
  /** Of the titles, where an author is the same; 0 else. */
  readonly title: number;
  readonly text: number;
}

/** A name with a mask by what it shows first or last and by its length. */
const maskKeys = (name: string) => [`${name.length}${name.charAt(0)}`, `${name.length}${name.slice(-1)}`];

/** Winners of whom one may bear a name. */
function findByName(prior: readonly PriorWinner[]): (name: string) => readonly PriorWinner[] {
  const byName = new Map<string, PriorWinner[]>();
  const masked = new Map<string, { readonly name: string; readonly winner: PriorWinner }[]>();
  for (const winner of prior) {
    for (const { name } of winner.people) {
      addToGroup(byName, name, winner);
      if (name.includes(MASK)) for (const key of maskKeys(name)) addToGroup(masked, key, { name, winner });
    }
  }
  return (name) => {
    const close = masked.size === 0 ? [] : maskKeys(name).flatMap((key) => masked.get(key) ?? []);
    const matching = close.filter((each) => matchesName(each.name, name)).map(({ winner }) => winner);
    return [...(byName.get(name) ?? []), ...matching];
  };
}

/** Winners whose title is close and who share a person, by name: units change their names, and people their units. */
function findByTitle(prior: readonly PriorWinner[]) {
  const winnersNamed = findByName(prior);
  const keys = new Map(prior.map((winner) => [winner, titleKey(winner.title)]));
  return (submission: Submission): Likeness[] => {
    const title = titleKey(submission.title);
    if (title === "") return [];
    const names = submission.authors.map(({ name }) => personNameKey(name)).filter((name) => name !== "");
    const winners = new Set(names.flatMap(winnersNamed));
    return [...winners].flatMap((winner) => {
      const key = keys.get(winner) ?? "";
      const alike = compareTitles(title, key);
      return alike >= leastAlike || isExtended(title, key) ? [{ winner, title: alike, text: 0 }] : [];
    });
  };
}

function findByText(submissions: readonly Submission[], prior: readonly PriorWinner[]): Map<Submission, Likeness[]> {
  const samples = prior.map(sampleOf);
  const found = new Map<Submission, Likeness[]>();
  if (samples.every((sample) => sample === undefined)) return found;
  const written = submissions.filter(({ text }) => hasText(text));
  const own = written.map(({ text }) => sampleText(sections.map(({ key }) => text?.[key] ?? "").join("\n")));
  const yearOf = (earlier: number) => prior[earlier]?.year ?? 0;
  for (const { text, earlier, share } of findCopied(own, samples, leastShared, yearOf)) {
    const [submission, winner] = [written[text], prior[earlier]];
    if (submission && winner) addToGroup(found, submission, { winner, title: 0, text: share });
  }
  return found;
}

function joinLikenesses(likenesses: readonly Likeness[]): Likeness[] {
  const joined = new Map<PriorWinner, Likeness>();
  for (const { winner, title, text } of likenesses) {
    const before = joined.get(winner);
    joined.set(winner, { winner, title: Math.max(title, before?.title ?? 0), text: Math.max(text, before?.text ?? 0) });
  }
  const weight = ({ title, text }: Likeness) => Math.max(title, text);
  return [...joined.values()].sort((a, b) => weight(b) - weight(a) || b.winner.year - a.winner.year);
}

/** `作者邵澜同名同单位`: whom both name. */
function nameShared(submission: Submission, winner: PriorWinner): string {
  const same = submission.authors.flatMap((author) => {
    const own = personNameKey(author.name);
    const person = own === "" ? undefined : winner.people.find(({ name }) => matchesName(name, own));
    if (!person) return [];
    const isMasked = person.name !== own;
    return [{ author, isMasked, isSameUnit: person.unit !== "" && person.unit === unitNameKey(author.unit) }];
  });
  const list = (people: typeof same) =>
    people.map(({ author, isMasked }) => author.name + (isMasked ? "（名单上打了码）" : "")).join("、");
  const sure = same.filter(({ isSameUnit }) => isSameUnit);
  if (sure.length > 0) return `作者${list(sure)}同名同单位`;
  return same.length > 0 ? `作者${list(same)}同名，是否同一人请核对` : "";
}

const percent = (share: number) => `${Math.min(100, Math.round(share * 100))}%`;

function describe(submission: Submission, { winner, title, text }: Likeness): string {
  const facts = [
    title === 1 ? "名称相同" : title >= leastAlike ? `名称相近 ${percent(title)}` : title > 0 ? "名称只多出一段" : "",
    nameShared(submission, winner),
    text > 0 ? `正文相同内容约占较短一篇的 ${percent(text)}` : "",
  ].filter((fact) => fact !== "");
  return `${winner.year} 年${winner.award || "获奖案例"}“${winner.title}”（${facts.join("，")}）`;
}

/** The winners that each submission may be once more, the likest first. */
export function findPriorMatches(
  { submissions }: Pick<AwardData, "submissions">,
  prior: readonly PriorWinner[],
): Map<Submission, Likeness[]> {
  const found = new Map<Submission, Likeness[]>();
  if (prior.length === 0) return found;
  const byTitle = findByTitle(prior);
  const byText = findByText(submissions, prior);
  for (const submission of submissions) {
    const likenesses = joinLikenesses([...byTitle(submission), ...(byText.get(submission) ?? [])]);
    if (likenesses.length > 0) found.set(submission, likenesses);
  }
  return found;
}

export const priorMatch = defineRule({
  code: "PRIOR-MATCH",
  name: "疑似往届获奖",
  severity: "warning",
  finds: `名称与往届获奖案例相同、只差一两个词或只多出一段（如加了副标题），且有作者同名；或正文与往届获奖案例有 ${percent(leastShared)} 以上的内容相同（按连续 8 字片段的抽样估计，占较短一篇）。要先导入往届名单；只有名单没有正文的年份只比名称和作者。`,
  remedy: `调出往届材料比对；是同一案例的，“曾获表彰”改为“${yes}”，不得推荐。`,
  article: (notice) => notice.cancellation.article,
  live: "要逐一比对往届的名称、作者和正文，公式做不到。",
  *check(context) {
    for (const [submission, found] of findPriorMatches(context, context.prior)) {
      const message = `疑似往届已获表彰：${listSome(found.map((each) => describe(submission, each)))}；请调出往届材料比对，是同一案例的把“曾获表彰”改为“${yes}”，不得推荐。`;
      yield atSubmission(context, submission, "title", message);
    }
  },
});
