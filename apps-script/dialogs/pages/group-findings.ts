import { compareText } from "../../core/text/compare.ts";
import { groupBy } from "../../core/text/group-by.ts";
import type { FindingsView, FindingView } from "../views.ts";

export type Severity = FindingView["severity"];
export type GroupOrder = "unit" | "rule";

export const severities: readonly Severity[] = ["error", "warning", "info"];

export interface FindingFilter {
  readonly severities: ReadonlySet<Severity>;
  /** undefined for every unit; "" is that of findings about no unit. */
  readonly unit: string | undefined;
  readonly text: string;
}

export interface FindingGroup {
  readonly key: string;
  readonly counts: Readonly<Record<Severity, number>>;
  readonly findings: readonly FindingView[];
}

/** Lower case and without white space: what people type is seldom what stands there to the letter. */
const fold = (text: string) => text.toLowerCase().replace(/\s+/g, "");

/** A search over findings that folds each of them once, when a text is first looked for. */
export function makeSearch({ findings, rules }: FindingsView): (filter: FindingFilter) => FindingView[] {
  let folded: readonly string[] | undefined;
  const foldAll = () => {
    const ofRule = new Map(Object.entries(rules).map(([code, { name, finds }]) => [code, fold(`${name}\n${finds}`)]));
    return findings.map(({ id, nominator, message, code, sheet, columnLabel, article }) => {
      const own = fold([id, nominator, message, code, sheet, columnLabel, article].join("\n"));
      return `${own}\n${ofRule.get(code) ?? ""}`;
    });
  };
  return ({ severities, unit, text }) => {
    const wanted = fold(text);
    if (wanted !== "") folded ??= foldAll();
    return findings.filter(
      ({ severity, nominator }, i) =>
        severities.has(severity) &&
        (unit === undefined || nominator === unit) &&
        (wanted === "" || folded?.[i]?.includes(wanted)),
    );
  };
}

export function countSeverities(findings: readonly FindingView[]): Record<Severity, number> {
  const counts = { error: 0, warning: 0, info: 0 };
  for (const { severity } of findings) counts[severity]++;
  return counts;
}

/** Groups by unit or rule, those with the most errors first, then warnings, then hints. */
export function groupFindings(findings: readonly FindingView[], by: GroupOrder): FindingGroup[] {
  return [...groupBy(findings, ({ nominator, code }) => (by === "unit" ? nominator : code))]
    .map(([key, members]) => ({ key, counts: countSeverities(members), findings: members }))
    .sort((a, b) => {
      for (const severity of severities) {
        const difference = b.counts[severity] - a.counts[severity];
        if (difference !== 0) return difference;
      }
      return compareText(a.key, b.key);
    });
}
