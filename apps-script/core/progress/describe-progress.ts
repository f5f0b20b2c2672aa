/** The screen that `status` shows, and its sentences. */
import { daysBetween } from "../text/civil-date.ts";
import { firstLines } from "../text/list.ts";
import { type AwardProgress, type Stage, stageLabels, windowOf } from "./award-progress.ts";
import { describeOpen } from "./expert-progress.ts";
import type { Obstacle } from "./next-step.ts";
import type { UnitProgress } from "./unit-progress.ts";

/** So that the whole award fits a screen; the last line of a list that is cut says where the rest is. */
const mostUnits = 12;
const mostExperts = 8;

/** `2025-10-16 至 2025-10-30，还有 3 天` */
export function describeWindow(stage: Stage, { notice, today }: Pick<AwardProgress, "notice" | "today">): string {
  const window = windowOf(stage, notice);
  if (!window) return "";
  const { from, to } = window;
  const left = daysBetween(today, to);
  const before = daysBetween(today, from);
  const now =
    before > 0 ? `${before} 天后开始` : left < 0 ? `已过 ${-left} 天` : left === 0 ? "今天截止" : `还有 ${left} 天`;
  return `${from} 至 ${to}，${now}`;
}

/** Chinese characters take two places on a terminal, digits one: names are filled up with wide spaces. */
const widen = (text: string, length: number) => text + "\u3000".repeat(Math.max(0, length - text.length));

/** A line for each unit with what has come from it and what it lacks; those that lack most first. */
function tableOfUnits(units: readonly UnitProgress[]): string[] {
  const longest = Math.max(0, ...units.map(({ unit }) => unit.name.length));
  const sent = ({ submissions, recommended, experts, liaisons }: UnitProgress) =>
    [`案例 ${pad(submissions)}`, `推荐 ${pad(recommended)}`, `专家 ${pad(experts)}`, `联络员 ${pad(liaisons)}`].join(
      "  ",
    );
  return units.map((unit) => `${widen(unit.unit.name, longest)}  ${sent(unit)}  ${describeMissing(unit)}`);
}

const pad = (count: number) => String(count).padStart(3);

/** What a unit lacks, in one line: `初中专家差 2 名、没有盖章件`. */
export function describeMissing({ missing, silent }: Pick<UnitProgress, "missing" | "silent">): string {
  if (silent) return "什么也没有报";
  return missing.length === 0 ? "已报齐" : missing.map(({ short }) => short).join("、");
}

/** Units that lack something, those that lack most first: `兴庆区教育局：初中专家差 2 名、没有盖章件`. */
export const listLacking = (units: readonly UnitProgress[]): string[] =>
  units.filter(({ missing }) => missing.length > 0).map((unit) => `${unit.unit.name}：${describeMissing(unit)}`);

/** The whole award in lines of a screen, without what comes next. */
export function describeAward(progress: AwardProgress, obstacles: readonly Obstacle[]): string[] {
  const { notice, stage, units, submissions, recommended, review } = progress;
  const windows = (Object.keys(stageLabels) as Stage[])
    .filter((each) => each !== "ranking" && windowOf(each, notice))
    .map((each) => `  ${stageLabels[each]}：${describeWindow(each, progress)}`);
  const complete = units.filter(({ missing }) => missing.length === 0).length;
  const late = review?.experts.filter(({ open }) => open.length > 0) ?? [];
  return [
    `${notice.title}，现在是“${stageLabels[stage]}”阶段。`,
    ...windows,
    `单位 ${units.length} 个，报齐的 ${complete} 个：案例 ${submissions} 个，推荐 ${recommended} 个。`,
    ...firstLines(
      tableOfUnits(units),
      mostUnits,
      (left) => `……另有 ${left} 个单位，没有报齐的用 casebook remind 查看`,
    ).map((line) => `  ${line}`),
    ...(review
      ? [
          `评审：${review.experts.length} 名专家，${review.pairs} 个评分，已交 ${review.settled} 个。`,
          ...firstLines(
            late.map(describeOpen),
            mostExperts,
            (left) => `……另有 ${left} 名专家没有交齐，用 casebook remind 查看`,
          ).map((line) => `  ${line}`),
        ]
      : ["评审：还没有分派专家。"]),
    ...(obstacles.length === 0
      ? ["没有未了的事项。"]
      : [
          "未了的事项：",
          ...obstacles.flatMap(({ message, details }) => [`  ${message}`, ...details.map((line) => `    ${line}`)]),
        ]),
  ];
}
