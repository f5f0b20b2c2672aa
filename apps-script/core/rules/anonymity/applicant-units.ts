import type { Submission } from "../../award/award.ts";
import { foldForComparison } from "../../text/clean.ts";
import { findHits, type Hit, joinsWords } from "./hit.ts";
import type { Place } from "./places.ts";

/** Typed as a unit by some; as words of every text they tell nobody. */
const genericUnits: ReadonlySet<string> = new Set([
  "学校",
  "小学",
  "初中",
  "中学",
  "高中",
  "幼儿园",
  "中心小学",
  "中心学校",
  "教研室",
  "教研组",
  "教研中心",
  "教师发展中心",
  "电教中心",
  "教育局",
  "教体局",
  "教育厅",
]);

export function unitsOf(submission: Submission): string[] {
  const { unit } = submission;
  const own = unit?.kind === "school" ? [unit.name, ...unit.aliases] : [];
  const names = new Set([...submission.authors.map((a) => a.unit), ...own]);
  return [...names]
    .filter((name) => [...name].length >= 2 && !genericUnits.has(foldForComparison(name)))
    .sort((a, b) => b.length - a.length);
}

/** 二中 stands in 第二中学 too: two characters in running text are only a hint. */
export function findUnitHits({ text, running }: Pick<Place, "text" | "running">, units: readonly string[]): Hit[] {
  return findHits(text, units, (name, match) => {
    if (joinsWords(name, match)) return undefined;
    return running && [...name].length === 2 ? "warning" : "error";
  });
}
