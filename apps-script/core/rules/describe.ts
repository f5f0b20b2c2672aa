import type { Notice } from "../notice/notice.ts";
import { allRules } from "./index.ts";
import type { Severity } from "./rule.ts";

/** A rule as guides and `schema` tell it. */
export interface RuleDescription {
  readonly code: string;
  readonly name: string;
  readonly severity: Severity;
  readonly alsoSeverity?: Severity;
  readonly finds: string;
  readonly remedy: string;
  readonly article: string;
}

/** Every rule in the order in which they run, with the numbers and articles of this notice. */
export function describeRules(notice: Notice): RuleDescription[] {
  return allRules.map(({ code, name, severity, alsoSeverity, finds, remedy, article }) => ({
    code,
    name,
    severity,
    ...(alsoSeverity && { alsoSeverity }),
    finds: typeof finds === "string" ? finds : finds(notice),
    remedy,
    article: article(notice),
  }));
}
