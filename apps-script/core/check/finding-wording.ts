import type { Finding } from "../rules/rule.ts";
import { severityLabels } from "../schema/choices.ts";

/** `错误 2 项，警告 1 项，提示 0 项` */
export function describeCounts(counts: Readonly<Record<Finding["severity"], number>>): string {
  const parts = (["error", "warning", "info"] as const).map((s) => `${severityLabels[s]} ${counts[s]} 项`);
  return parts.join("，");
}
