// biome-ignore-all lint/style/noNonNullAssertion: submissions and reviewers are positions in parallel arrays
import { compareText } from "../text/compare.ts";
import { type EligiblePairs, stagesMeet } from "./eligibility.ts";
import type { Panels } from "./panels.ts";
import type { Shortage, UnfilledDemand } from "./problem.ts";
import { describeRemedy } from "./shortage.ts";

/** Suspicions of one kind that are listed one by one. */
const mostDetails = 3;

/**
 * Says for each submission short of reviews how many there are of its stage, what took them away, how many units the
 * rest comes from, and what would end the shortage. In a plan that meets the most demand, all of the rest that would
 * still fit are at their capacity.
 */
export function explainUnfilled(
  eligible: EligiblePairs,
  panels: Panels,
  loads: ReadonlyMap<string, number>,
  shortages: readonly Shortage[],
): UnfilledDemand[] {
  const { submissions, reviewers, lockedReviewers, allowed, demand } = eligible;
  const remedies = new Map(shortages.flatMap((each) => each.submissions.map((id) => [id, describeRemedy(each)])));
  const row = new Int32Array(reviewers.length);
  return submissions.flatMap(({ id }, s) => {
    const missing = lockedReviewers[s]!.length + demand[s]! - panels[s]!.length;
    if (demand[s] === 0 || missing === 0) return [];
    const rest = [...row.subarray(0, allowed.list(s, row))];
    const full = rest.filter((r) => loads.get(reviewers[r]!.id)! >= eligible.capacity[r]!).length;
    const counts = describeShortage(eligible, s, { rest, full, missing });
    return [{ submission: id, missing, reason: `${counts}${remedies.get(id) ?? ""}` }];
  });
}

function describeShortage(
  eligible: EligiblePairs,
  s: number,
  { rest, full, missing }: { rest: readonly number[]; full: number; missing: number },
): string {
  const { submissions, reviewers, unitOf, lockedReviewers } = eligible;
  const submission = submissions[s]!;
  const needed = eligible.demand[s]!;
  const held = new Set(lockedReviewers[s]);
  const heldUnits = new Set([...held].map((r) => unitOf[r]));
  const ofStage = [...reviewers.keys()].filter((r) => stagesMeet(submission, reviewers[r]!));
  const available = ofStage.filter((r) => reviewers[r]!.available);
  const candidates = available.filter((r) => !held.has(r));
  const ownUnit = candidates.filter((r) => reviewers[r]!.nominator === submission.nominator);
  const heldUnit = candidates.filter((r) => heldUnits.has(unitOf[r]) && !ownUnit.includes(r));
  const removed: [string, number][] = [
    ["推荐单位相同", ownUnit.length],
    ["与已分派专家的推荐单位相同", heldUnit.length],
    ...(eligible.conflicts.get(s) ?? new Map<string, number>()),
  ];
  const struck = countByKind(removed.filter(([, count]) => count > 0));
  const units = new Set(rest.map((r) => unitOf[r])).size;
  const away = ofStage.length - available.length;

  const parts = [
    `${submission.stage || "不限学段"}：可用专家 ${candidates.length} 名`,
    away > 0 ? `（另有 ${away} 名已退出）` : "",
    held.size > 0 ? `（已分派的 ${held.size} 名除外）` : "",
    struck.length > 0 ? `，须回避：${struck.join("、")}` : "",
    `；回避后可用专家 ${rest.length} 名${eligible.withinUnit ? "" : `、来自 ${units} 个推荐单位`}`,
    `，${held.size > 0 ? "还" : ""}需 ${needed} ${eligible.withinUnit ? "名" : "个不同单位"}`,
    full > 0 ? `，其中 ${full} 名评审件数已达上限` : "",
    `，缺 ${missing} 名。`,
  ];
  return parts.join("");
}

/** Conflicts of one kind together; what is behind the kind, as in `疑似同名：…`, is listed for the first few. */
function countByKind(conflicts: readonly (readonly [string, number])[]): string[] {
  const kinds = new Map<string, { count: number; readonly details: string[] }>();
  for (const [conflict, count] of conflicts) {
    const [kind = "", ...details] = conflict.split("：");
    const known = kinds.get(kind) ?? { count: 0, details: [] };
    known.count += count;
    if (details.length > 0) known.details.push(details.join("："));
    kinds.set(kind, known);
  }
  return [...kinds].map(([kind, { count, details }]) => {
    const listed = [...details].sort(compareText).slice(0, mostDetails);
    const more = details.length > listed.length ? "等" : "";
    return `${kind} ${count} 名${listed.length > 0 ? `（${listed.join("；")}${more}）` : ""}`;
  });
}
