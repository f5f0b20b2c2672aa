import type { Submission } from "../award/award.ts";
import { removeInvisible } from "../text/characters.ts";
import { foldForComparison, toHalfWidth } from "../text/clean.ts";
import { addToGroup } from "../text/group-by.ts";

const fold = (s: string) => toHalfWidth(removeInvisible(s)).toLowerCase();
const CODE_CHARACTER = /[0-9a-z]/;

export type NameMatch =
  | { readonly kind: "one"; readonly submission: Submission }
  | { readonly kind: "none" }
  /** Several numbers in one name, or a number that several rows bear. */
  | { readonly kind: "several"; readonly submissions: readonly Submission[] };

/**
 * Finds the submission whose 案例编号 a folder's or file's name contains, whatever stands around it: A001 is in
 * `兴庆区-A001-课堂` and not in `A0012`. A number inside a longer one that is there as well does not count.
 */
export function makeNameMatcher(submissions: readonly Submission[]): (name: string, near?: string) => NameMatch {
  const byId = new Map<string, Submission[]>();
  for (const submission of submissions) {
    const id = fold(submission.id);
    if (id === "") continue;
    addToGroup(byId, id, submission);
  }
  const lengths = [...new Set([...byId.keys()].map((id) => id.length))].sort((a, b) => b - a);

  return (name, near = "") => {
    const text = fold(name);
    const found = new Set<string>();
    const taken: [number, number][] = [];
    for (const length of lengths) {
      for (let start = 0; start + length <= text.length; start++) {
        const end = start + length;
        const id = text.slice(start, end);
        if (!byId.has(id) || taken.some(([from, to]) => start < to && from < end)) continue;
        const isPart = (inside: number, outside: number) =>
          CODE_CHARACTER.test(text.charAt(inside)) && CODE_CHARACTER.test(text.charAt(outside));
        if (isPart(start, start - 1) || isPart(end - 1, end)) continue;
        taken.push([start, end]);
        found.add(id);
      }
    }
    const rows = [...found].flatMap((id) => byId.get(id) ?? []);
    const [first, ...others] = rows;
    if (first === undefined) return { kind: "none" };
    if (others.length === 0) return { kind: "one", submission: first };
    const around = foldForComparison(`${near}/${name}`);
    const named = rows.filter((s) => s.nominator !== "" && around.includes(foldForComparison(s.nominator)));
    const [only, ...more] = named;
    return only && more.length === 0 ? { kind: "one", submission: only } : { kind: "several", submissions: rows };
  };
}
