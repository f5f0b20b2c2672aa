import type { Pair } from "../review-book/read-review.ts";
import { toHalfWidth } from "../text/clean.ts";
import { addToGroup } from "../text/group-by.ts";

/** Whose score sheet a file is. */
export interface SheetOwner {
  /** 专家编号, or undefined when nothing shows it. */
  readonly expert: string | undefined;
  /** In Chinese, where the signs disagree. */
  readonly warning?: string;
}

/**
 * Finds out whose sheet a file is: by the number in it, else by its 评审编号 if only one expert has them all, else by the
 * file name.
 */
export function findOwner(
  stored: readonly string[],
  reviewIds: readonly string[],
  file: string,
  expertsOf: ReadonlyMap<string, readonly string[]>,
  known: ReadonlySet<string>,
): SheetOwner {
  const inFile = stored.filter((expert) => known.has(expert));
  const inName = /E\d{3,}/i.exec(toHalfWidth(file))?.[0].toUpperCase();
  const byRows = onlyExpertWith(reviewIds, expertsOf);
  if (inFile.length === 1) {
    const [expert] = inFile;
    if (byRows !== undefined && byRows !== expert) {
      return {
        expert,
        warning: `表内专家编号是 ${expert}，但表中的案例都是分给 ${byRows} 的；已按 ${expert} 收取，请核对是否发错了表`,
      };
    }
    if (inName !== undefined && inName !== expert) {
      return { expert, warning: `文件名写的是 ${inName}，表内专家编号是 ${expert}；已按表内编号收取` };
    }
    return { expert };
  }
  if (byRows !== undefined) {
    return inFile.length > 1
      ? { expert: byRows, warning: `表内有几个专家编号（${inFile.join("、")}）；已按所评案例认作 ${byRows}` }
      : { expert: byRows, warning: `表内没有可用的专家编号；已按所评案例认作 ${byRows}` };
  }
  if (inName !== undefined && known.has(inName)) {
    return { expert: inName, warning: `表内没有可用的专家编号；已按文件名认作 ${inName}` };
  }
  return { expert: undefined };
}

/** The experts of each submission, by 评审编号. */
export function expertsBySubmission(pairs: readonly Pair[]): Map<string, string[]> {
  const experts = new Map<string, string[]>();
  for (const { reviewId, expert } of pairs) {
    addToGroup(experts, reviewId, expert);
  }
  return experts;
}

/** The one expert to whom all these submissions are assigned. */
function onlyExpertWith(
  reviewIds: readonly string[],
  expertsOf: ReadonlyMap<string, readonly string[]>,
): string | undefined {
  const panels = [...new Set(reviewIds)].map((id) => expertsOf.get(id) ?? []).filter((panel) => panel.length > 0);
  const [first, ...others] = panels;
  const having = [...new Set(first)].filter((expert) => others.every((panel) => panel.includes(expert)));
  return having.length === 1 ? having[0] : undefined;
}
