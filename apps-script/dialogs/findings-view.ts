import type { Notice } from "../core/notice/notice.ts";
import { describeRules } from "../core/rules/describe.ts";
import type { Finding } from "../core/rules/rule.ts";
import type { FindingsView } from "./views.ts";

export interface FindingsViewOptions {
  /** The only unit to show, or several joined by 、; "" for all. */
  readonly unit: string;
  /** `YYYY-MM-DD HH:mm:ss`. */
  readonly checkedAt: string;
  /** 1-based position of a finding's column; 0 for a finding about a whole row. */
  readonly columnOf: (finding: Finding) => number;
  readonly notice: Notice;
  /** Findings at most; by default what a page gets from Google in about a second. */
  readonly most?: number;
}

/** 检查结果 for the sidebar. Findings keep their order: the worst come first and are left out last. */
export function buildFindingsView(findings: readonly Finding[], options: FindingsViewOptions): FindingsView {
  const units = new Set(options.unit.split("、"));
  const wanted = options.unit === "" ? findings : findings.filter((finding) => units.has(finding.nominator));
  const counts = { error: 0, warning: 0, info: 0 };
  for (const { severity } of wanted) counts[severity]++;
  const shown = wanted.slice(0, options.most ?? 5_000);
  const codes = new Set(shown.map((finding) => finding.code));
  const rules: Record<string, { name: string; finds: string; remedy: string }> = {};
  for (const { code, name, finds, remedy } of describeRules(options.notice)) {
    if (codes.has(code)) rules[code] = { name, finds, remedy };
  }
  return {
    unit: options.unit,
    checkedAt: options.checkedAt,
    counts,
    findings: shown.map((finding) => ({
      severity: finding.severity,
      code: finding.code,
      sheet: finding.sheet,
      row: finding.row,
      column: options.columnOf(finding),
      columnLabel: finding.column,
      id: finding.id,
      nominator: finding.nominator,
      message: finding.message,
      article: finding.article,
    })),
    rules,
    left: wanted.length - shown.length,
  };
}
