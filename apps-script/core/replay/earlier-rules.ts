import type { Settings } from "../award/settings.ts";
import { assignmentSheet, expertOverviewSheet, rankingFrame } from "../schema/review.ts";

/** What a choice that 参数 did not offer yet was in earlier versions of the rules. */
export type EarlierChoices = Partial<Pick<Settings, "arbitrationRule" | "suspicionConflict">>;

const byVersion: Readonly<Record<string, EarlierChoices>> = {
  // 复评 took the two closest scores, of equal gaps the higher two, whatever the method.
  // Nobody was kept apart on suspicion.
  "0.1.0": { arbitrationRule: "higherTwo", suspicionConflict: false },
};

export function earlierChoices(version: string): EarlierChoices | undefined {
  return byVersion[version];
}

/** Columns whose words may change from one version to the next while everything that was decided stays the same. */
export const wording: Readonly<Record<string, readonly string[]>> = {
  [assignmentSheet.key]: ["reason"],
  [rankingFrame.key]: ["remark"],
  [expertOverviewSheet.key]: ["status", "doubts"],
};
