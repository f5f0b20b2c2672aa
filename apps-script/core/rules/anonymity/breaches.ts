import type { AwardData, Submission } from "../../award/award.ts";
import { mayHoldAny } from "../../text/find-names.ts";
import { perCase } from "../per-award.ts";
import type { FindingDraft, RuleContext } from "../rule.ts";
import { findNameHits, namesOf } from "./applicant-names.ts";
import { findRegionHits, regionsOf } from "./applicant-regions.ts";
import { findUnitHits, unitsOf } from "./applicant-units.ts";
import { type Hit, quoteHits, worstOf } from "./hit.ts";
import { type Place, placesOf } from "./places.ts";

type Kind = "names" | "units" | "regions";

/** What tells the applicants in one cell. */
interface Breach {
  readonly place: Place;
  readonly names: readonly Hit[];
  readonly units: readonly Hit[];
  readonly regions: readonly Hit[];
}

const breachesOf = perCase((submission: Submission, award: AwardData): readonly Breach[] => {
  const found: Breach[] = [];
  const [names, units, regions] = [namesOf(submission), unitsOf(submission), regionsOf(award, submission)];
  const places = placesOf(submission);
  const suspects = mayHoldAny(
    places.map(({ text }) => text.original),
    [...names, ...units, ...regions],
  );
  for (const [i, place] of places.entries()) {
    if (!suspects[i]) continue;
    const nameHits = findNameHits(place, names);
    const unitHits = findUnitHits(place, units);
    const regionHits = findRegionHits(place, regions, unitHits);
    if (nameHits.length + unitHits.length + regionHits.length === 0) continue;
    found.push({ place, names: nameHits, units: unitHits, regions: regionHits });
  }
  return found.length === 0 ? none : found;
});

const none: readonly Breach[] = [];

/** One finding for each cell that holds hits of this kind. */
export function* reportBreaches(
  context: RuleContext,
  kind: Kind,
  remedy: (place: Place, hits: readonly Hit[]) => string,
  what: string,
): Iterable<FindingDraft> {
  for (const submission of context.submissions) {
    for (const breach of breachesOf(submission, context)) {
      const hits = breach[kind];
      if (hits.length === 0) continue;
      const { place } = breach;
      const message = `“${place.label}”中出现${what}${quoteHits(place.text, hits)}；${remedy(place, hits)}`;
      yield place.at(context, message, worstOf(hits));
    }
  }
}
