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

/** Which row of 参评案例 has been given to which submission so far. */
class Placement {
  readonly placed = new Map<Trace, Submission>();
  private readonly taken = new Set<Submission>();
  private readonly digests: ReadonlyMap<Submission, string>;
  private readonly byKey: ReadonlyMap<string, readonly Submission[]>;

  constructor(
    readonly traces: readonly Trace[],
    private readonly submissions: readonly Submission[],
  ) {
    this.digests = new Map(submissions.map((s) => [s, authorsDigest(s)]));
    this.byKey = groupByFilledKey(submissions, (s) => s.sharedKey);
  }

  place(trace: Trace, submission: Submission): void {
    this.placed.set(trace, submission);
    this.taken.add(submission);
  }

  isFree(submission: Submission): boolean {
    return !this.taken.has(submission);
  }

  free(): Submission[] {
    return this.submissions.filter((s) => this.isFree(s));
  }

  open(): Trace[] {
    return this.traces.filter((trace) => !this.placed.has(trace));
  }

  /** Free submissions of the row's unit and number. */
  ofKey(trace: Trace): Submission[] {
    return (this.byKey.get(trace.key) ?? []).filter((s) => this.isFree(s));
  }

  digestOf(submission: Submission): string {
    return this.digests.get(submission) ?? "";
  }

  sameAuthors({ authors }: Trace, submission: Submission): boolean {
    return authors !== "" && authors === this.digests.get(submission);
  }
}

const sameTitle = ({ title }: Trace, submission: Submission) => title !== "" && title === titleKey(submission.title);

/** Unit and number are the same, and so are title or authors. */
function placeByKey(placement: Placement): void {
  for (const trace of placement.traces) {
    const same = placement.ofKey(trace).filter((s) => sameTitle(trace, s) || placement.sameAuthors(trace, s));
    const [only] = same.length > 1 ? same.filter((s) => s.recommended) : same;
    const found = only ?? same[0];
    if (found) placement.place(trace, found);
  }
}

/** Unit or number were corrected: title and authors are the same, and nobody else's. */
function placeByTitle(placement: Placement): void {
  const freeByTitle = groupByFilledKey(placement.free(), (s) => titleKey(s.title));
  const openByTitle = groupByFilledKey(placement.open(), (trace) => trace.title);
  const isOne = (trace: Trace, s: Submission) =>
    trace.authors === "" ? unitPart(trace.key) === unitPart(s.key) : placement.sameAuthors(trace, s);
  for (const trace of placement.open()) {
    const [s, ...others] = (freeByTitle.get(trace.title) ?? []).filter((each) => isOne(trace, each));
    if (!s || others.length > 0) continue;
    const rivals = (openByTitle.get(trace.title) ?? []).filter((other) => isOne(other, s));
    if (rivals.length === 1 && placement.isFree(s)) placement.place(trace, s);
  }
}

/** Unit and title were corrected: number and authors are the same, and nobody else's. */
function placeByAuthors(placement: Placement): void {
  const free = groupByFilledKey(placement.free(), (s) => numbered(s.id, placement.digestOf(s)));
  const open = groupByFilledKey(placement.open(), (trace) => numbered(trace.reviewed.id, trace.authors));
  for (const [known, [trace, ...rivals]] of open) {
    const [s, ...others] = free.get(known) ?? [];
    if (trace && s && rivals.length + others.length === 0) placement.place(trace, s);
  }
}

/** Before 0.2.0 no authors were kept: the number alone tells a submission whose title was corrected. */
function placeByNumber(placement: Placement): void {
  for (const trace of placement.open()) {
    const [s, ...others] = placement.ofKey(trace);
    if (s && others.length === 0 && trace.authors === "") placement.place(trace, s);
  }
}

/** What may be one of several, or only looks alike. */
function listUnsure(placement: Placement): UnsureReviewed[] {
  const left = placement.free();
  return placement.open().flatMap((trace): UnsureReviewed[] => {
    const isLike = (s: Submission) => s.recommended && (placement.sameAuthors(trace, s) || sameTitle(trace, s));
    const candidates = left.filter((s) => s.sharedKey === trace.key || isLike(s));
    return candidates.length > 0 ? [{ reviewed: trace.reviewed, candidates }] : [];
  });
}

function readTraces(award: AwardData, review: ReviewData): Trace[] {
  const units = new Map(award.units.map((unit) => [identifierKey(unit.code), unit]));
  return review.reviewed.map((reviewed): Trace => {
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
}

/** Sets the rows of 参评案例 and 分派 to the submissions that they are now. */
export function placeReviewed(award: AwardData, review: ReviewData): PlacedReview {
  const traces = readTraces(award, review);
  const placement = new Placement(traces, award.submissions);
  placeByKey(placement);
  if (placement.open().length > 0) {
    placeByTitle(placement);
    placeByAuthors(placement);
    placeByNumber(placement);
  }
  const { placed } = placement;
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
    unsure: listUnsure(placement),
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
