/**
 * Which submission each row of 参评案例 is. A submission keeps its 评审编号 and its scores through corrections: it is known by
 * its unit and 案例编号 as long as its title or its authors say the same, and found again by title and authors where
 * unit or number were corrected. What may be one of several, or only looks alike, is asked and never guessed.
 */
import type { AwardData, Submission } from "../award/award.ts";
import { reviewedSheet } from "../schema/review.ts";
import { labelOf } from "../schema/sheet-spec.ts";
import { cleanIdentifier } from "../text/clean.ts";
import { compareText } from "../text/compare.ts";
import { groupByFilledKey } from "../text/group-by.ts";
import { identifierKey, personNameKey, titleKey } from "../text/identity.ts";
import { fingerprintOf } from "../workbook/fingerprint.ts";
import type { ReviewData, Reviewed } from "./read-review.ts";

/** A submission that was found again although its row of 参评案例 says otherwise. */
export interface FoundAgain {
  readonly reviewId: string;
  /** 案例编号 in 参评案例. */
  readonly from: string;
  /** 案例编号 now. */
  readonly to: string;
  /** In Chinese: what was corrected. */
  readonly reason: string;
}

/** A row of 参评案例 and submissions that may be it. */
export interface UnsureReviewed {
  readonly reviewed: Reviewed;
  readonly candidates: readonly Submission[];
}

export interface PlacedReview extends ReviewData {
  readonly found: readonly FoundAgain[];
  readonly unsure: readonly UnsureReviewed[];
}

/** Equal for the same authors in whatever order; "" for none. */
export function authorsDigest(submission: Submission): string {
  const names = submission.authors.map((author) => personNameKey(author.name)).filter((name) => name !== "");
  return fingerprintOf([...new Set(names)].sort().join("\n"));
}

const unitPart = (key: string) => key.slice(0, key.indexOf("\u0001"));

/** What a row of 参评案例 says of its submission. */
interface Trace {
  readonly reviewed: Reviewed;
  readonly key: string;
  readonly title: string;
  /** "" where no assignment has written it yet. */
  readonly authors: string;
}

/** A 案例编号 with its authors; undefined where one of them is missing. */
const numbered = (id: string, authors: string) =>
  id === "" || authors === "" ? undefined : `${identifierKey(id)}\u0001${authors}`;

/** Sets the rows of 参评案例 and 分派 to the submissions that they are now. */
export function placeReviewed(award: AwardData, review: ReviewData): PlacedReview {
  const units = new Map(award.units.map((unit) => [identifierKey(unit.code), unit]));
  const traces = review.reviewed.map((reviewed): Trace => {
    const { record } = reviewed;
    const code = identifierKey(record.text("unitCode"));
    const nominator = (code === "" ? undefined : units.get(code)?.name) || record.text("nominator");
    return {
      reviewed,
      key: award.keyOf(nominator, reviewed.id),
      title: titleKey(record.text("title")),
      authors: record.text("authorsDigest"),
    };
  });
  const digests = new Map(award.submissions.map((s) => [s, authorsDigest(s)]));
  const sameTitle = (trace: Trace, s: Submission) => trace.title !== "" && trace.title === titleKey(s.title);
  const sameAuthors = (trace: Trace, s: Submission) => trace.authors !== "" && trace.authors === digests.get(s);

  const placed = new Map<Trace, Submission>();
  const taken = new Set<Submission>();
  const place = (trace: Trace, s: Submission) => {
    placed.set(trace, s);
    taken.add(s);
  };
  const free = () => award.submissions.filter((s) => !taken.has(s));
  const open = () => traces.filter((trace) => !placed.has(trace));

  const byKey = groupByFilledKey(award.submissions, (s) => s.sharedKey);
  const ofKey = (trace: Trace) => (byKey.get(trace.key) ?? []).filter((s) => !taken.has(s));
  for (const trace of traces) {
    const same = ofKey(trace).filter((s) => sameTitle(trace, s) || sameAuthors(trace, s));
    const [only] = same.length > 1 ? same.filter((s) => s.recommended) : same;
    const found = only ?? same[0];
    if (found) place(trace, found);
  }
  if (open().length > 0) {
    const freeByTitle = groupByFilledKey(free(), (s) => titleKey(s.title));
    const openByTitle = groupByFilledKey(open(), (trace) => trace.title);
    for (const trace of open()) {
      const isOne = (t: Trace, s: Submission) =>
        t.authors === "" ? unitPart(t.key) === unitPart(s.key) : sameAuthors(t, s);
      const alike = (freeByTitle.get(trace.title) ?? []).filter((s) => isOne(trace, s));
      const [s] = alike;
      if (!s || alike.length > 1) continue;
      const rivals = (openByTitle.get(trace.title) ?? []).filter((other) => isOne(other, s));
      if (rivals.length === 1 && !taken.has(s)) place(trace, s);
    }
    // Unit and title were corrected, number and authors were not.
    const byAuthors = groupByFilledKey(free(), (s) => numbered(s.id, digests.get(s) ?? ""));
    const openByAuthors = groupByFilledKey(open(), (trace) => numbered(trace.reviewed.id, trace.authors));
    for (const [known, [trace, ...rivals]] of openByAuthors) {
      const [s, ...others] = byAuthors.get(known) ?? [];
      if (trace && s && rivals.length + others.length === 0) place(trace, s);
    }
    // Before 0.2.0 no authors were kept: the number alone tells a submission whose title was corrected.
    for (const trace of open()) {
      const [s, ...others] = ofKey(trace);
      if (s && others.length === 0 && trace.authors === "") place(trace, s);
    }
  }

  const left = free();
  const unsure = open().flatMap((trace): UnsureReviewed[] => {
    const candidates = left.filter(
      (s) => s.sharedKey === trace.key || (s.recommended && (sameAuthors(trace, s) || sameTitle(trace, s))),
    );
    return candidates.length > 0 ? [{ reviewed: trace.reviewed, candidates }] : [];
  });

  const reviewed = traces.map((trace): Reviewed => {
    const submission = placed.get(trace);
    // A row of no submission must not be taken for one that bears its number now.
    if (!submission) return { ...trace.reviewed, key: `${trace.reviewed.reviewId}\u0001` };
    return { ...trace.reviewed, key: submission.key, id: submission.id };
  });
  const idOf = new Map(reviewed.map((r) => [r.reviewId, r.id]));
  const found = traces.flatMap((trace): FoundAgain[] => {
    const submission = placed.get(trace);
    const reason = submission && describeCorrections(award, trace, submission);
    if (!submission || !reason) return [];
    return [{ reviewId: trace.reviewed.reviewId, from: trace.reviewed.id, to: submission.id, reason }];
  });
  return {
    ...review,
    reviewed,
    pairs: review.pairs.map((pair) => ({ ...pair, id: idOf.get(pair.reviewId) ?? pair.id })),
    found: found.sort((a, b) => compareText(a.to, b.to)),
    unsure,
  };
}

/** What 参评案例 says of a submission, as an assignment writes it. */
export function reviewedFacts(award: AwardData, submission: Submission) {
  const { tracks } = award.settings.notice;
  return {
    id: submission.id,
    title: submission.title,
    field: submission.field?.label ?? "",
    track: submission.unit?.kind === "school" ? "" : (tracks.find((t) => t.key === submission.track)?.label ?? ""),
    stage: submission.stage ?? "",
    nominator: submission.unit?.name ?? submission.nominator,
  };
}

/** What was corrected since the last assignment, in Chinese; "" for nothing. The new name of a unit is no correction. */
function describeCorrections(award: AwardData, { reviewed, key }: Trace, submission: Submission): string {
  const facts = reviewedFacts(award, submission);
  const { record } = reviewed;
  const isSame = {
    id: identifierKey(reviewed.id) === identifierKey(submission.id),
    title: titleKey(record.text("title")) === titleKey(submission.title),
    nominator: unitPart(key) === unitPart(submission.key),
    field: record.text("field") === facts.field,
    track: record.text("track") === facts.track,
    stage: record.text("stage") === facts.stage,
  };
  return (Object.keys(isSame) as (keyof typeof isSame)[])
    .filter((fact) => !isSame[fact])
    .map((fact) => {
      const was = fact === "id" ? cleanIdentifier(record.text("id")) : record.text(fact);
      return `${labelOf(reviewedSheet, fact)}由“${was}”改为“${facts[fact]}”`;
    })
    .join("，");
}

/** What to decide, in Chinese, without a full stop. */
export function describeUnsure({ reviewed, candidates }: UnsureReviewed): string {
  const names = candidates.map((s) => `${s.id}“${s.title}”（“案例”表第 ${s.record.row} 行）`).join("、");
  return `${reviewed.reviewId}（原案例编号 ${reviewed.id}“${reviewed.record.text("title")}”）在“案例”表里已没有同样的案例，可能是 ${names}，不能确定；是的，请把“${reviewedSheet.label}”表第 ${reviewed.record.row} 行的案例编号、案例名称、推荐单位改成现在的；不是的，请删去那一行，再分派、再排名`;
}
