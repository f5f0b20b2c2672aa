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

/** A search over findings that folds each of them once. */
export function makeSearch(view: FindingsView): (filter: FindingFilter) => FindingView[] {
  const searched = view.findings.map((finding) => {
    const { id, nominator, message, code, sheet, columnLabel, article } = finding;
    const rule = view.rules[code];
    return {
      finding,
      text: fold([id, nominator, message, code, sheet, columnLabel, article, rule?.name, rule?.finds].join("\n")),
    };
  });
  return ({ severities, unit, text }) => {
    const wanted = fold(text);
    return searched
      .filter(
        ({ finding, text }) =>
          severities.has(finding.severity) &&
          (unit === undefined || finding.nominator === unit) &&
          text.includes(wanted),
      )
      .map(({ finding }) => finding);
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
