import type { Finding } from "../rules/rule.ts";
import type { Area, CellStyle } from "../workbook/port.ts";
import { palette } from "../workbook/theme.ts";

const styleBySeverity: Readonly<Record<Finding["severity"], CellStyle>> = {
  error: { fill: palette.errorFill, font: { color: palette.errorInk, bold: true } },
  warning: { fill: palette.warningFill, font: { color: palette.warningInk, bold: true } },
  info: { font: { color: palette.softInk } },
};

/** Colours of the column 级别, one area for each run of equal severities. */
export function severityStyles(
  findings: readonly Pick<Finding, "severity">[],
  firstRow: number,
  column: number,
): { area: Area; style: CellStyle }[] {
  const styles: { area: Area; style: CellStyle }[] = [];
  let top = 0;
  for (let i = 1; i <= findings.length; i++) {
    const severity = findings[top]?.severity;
    if (severity === undefined || findings[i]?.severity === severity) continue;
    const area = { top: firstRow + top, left: column, bottom: firstRow + i - 1, right: column };
    styles.push({ area, style: { ...styleBySeverity[severity], horizontal: "center" } });
    top = i;
  }
  return styles;
}
