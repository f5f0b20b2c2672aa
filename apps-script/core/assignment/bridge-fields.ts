// biome-ignore-all lint/style/noNonNullAssertion: submissions and reviewers are positions in parallel arrays
import type { EligiblePairs } from "./eligibility.ts";
import { type FieldPrices, pricePreferences } from "./field-preference.ts";
import type { Panels } from "./panels.ts";

/** One reviewer in so many may judge several fields, so that the others can keep to one. */
const ONE_IN = 20;

/** A review outside its reviewer's home field. */
interface Stray {
  readonly submission: number;
  /** Units of the submission's other reviewers. */
  readonly taken: ReadonlySet<number>;
}

/**
 * Where conflicts are dense, a submission may have too few reviewers at home in its field, and a stray review here and
 * there takes many reviewers out of their one field. Then a few of those who stated no field are chosen to take such
 * reviews of every field: those who bridge fields anyhow, then always the one who may take the most of what is left (the
 * greedy cover; Chvátal 1979).
 *
 * @param panels the plan found at the given prices
 * @returns prices with these reviewers at home in every field; undefined when enough keep to one field already
 */
export function bridgeFields(eligible: EligiblePairs, panels: Panels, prices: FieldPrices): FieldPrices | undefined {
  const { submissions, reviewers, unitOf, lockedReviewers } = eligible;
  const { preferences } = prices;
  const isFree = (r: number) => reviewers[r]!.fields.length === 0;
  const loaded = new Set<number>();
  const several = new Set<number>();
  const strays: Stray[] = [];
  for (const [s, panel] of panels.entries()) {
    const { field } = submissions[s]!;
    const isStray = (r: number) => isFree(r) && preferences[r]!.home.every((home) => home !== field);
    for (const r of panel.slice(lockedReviewers[s]!.length).filter(isFree)) {
      loaded.add(r);
      if (preferences[r]!.home.length > 1) several.add(r);
      if (!isStray(r)) continue;
      several.add(r);
      strays.push({ submission: s, taken: new Set(panel.filter((other) => !isStray(other)).map((o) => unitOf[o]!)) });
    }
  }
  const room = Math.floor(loaded.size / ONE_IN);
  if (strays.length === 0 || several.size <= room) return undefined;
  const bridges = [...several].filter((r) => preferences[r]!.home.length > 1);
  const chosen = coverGreedily(eligible, strays, { among: [...loaded], bridges, room });
  return pricePreferences(
    eligible,
    preferences.map((preference, r) => (chosen.has(r) ? { ...preference, home: [] } : preference)),
  );
}

function coverGreedily(
  { allowed, unitOf }: EligiblePairs,
  strays: readonly Stray[],
  { among, bridges, room }: { among: readonly number[]; bridges: readonly number[]; room: number },
): Set<number> {
  const chosen = new Set<number>();
  let left = strays;
  const takes = (r: number, { submission, taken }: Stray) => allowed.has(submission, r) && !taken.has(unitOf[r]!);
  const choose = (r: number) => {
    chosen.add(r);
    left = left.filter((stray) => !takes(r, stray));
  };
  for (const r of bridges) choose(r);
  while (left.length > 0 && chosen.size < room) {
    let best: number | undefined;
    let most = 0;
    for (const r of among) {
      if (chosen.has(r)) continue;
      const count = left.reduce((sum, stray) => sum + (takes(r, stray) ? 1 : 0), 0);
      if (count < most || (count === most && (best === undefined || r > best))) continue;
      [best, most] = [r, count];
    }
    if (best === undefined || most === 0) break;
    choose(best);
  }
  return chosen;
}
