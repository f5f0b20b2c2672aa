import { severityLabels } from "../../../../apps-script/core/schema/choices.ts";
import type { FormFinding } from "../../unit/form-protocol.ts";

export const countOf = (findings: readonly FormFinding[], severity: FormFinding["severity"]) =>
  findings.filter((finding) => finding.severity === severity).length;

/** What was found, each with its article. @param placed names sheet, row and column as well */
export function Problems({
  findings,
  placed = false,
}: {
  readonly findings: readonly FormFinding[];
  readonly placed?: boolean;
}) {
  return (
    <ul class="problems">
      {findings.map(({ severity, code, name, message, article, sheet, row, column }, i) => (
        <li key={`${code}${i}`}>
          <span class={`severity ${severity}`}>{severityLabels[severity]}</span>{" "}
          <span>
            <strong>{name}</strong>
            {placed && row > 0 && (
              <span class="soft">
                （{sheet} 第 {row} 行 {column}）
              </span>
            )}
            ：{message} <span class="soft">依据 {article}</span>
          </span>
        </li>
      ))}
    </ul>
  );
}
