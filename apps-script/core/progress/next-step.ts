/** What comes next in an award, and what stands in the way. */
import { spareReviewsLabel } from "../award/settings.ts";
import type { OpenMatter } from "../ranking/open-matters.ts";
import { listSome } from "../rules/wording.ts";
import { settingsSheet, submissionsSheet } from "../schema/application.ts";
import { no } from "../schema/choices.ts";
import { labelOf } from "../schema/sheet-spec.ts";
import { groupBy } from "../text/group-by.ts";
import type { AwardProgress, ReviewProgress } from "./award-progress.ts";

/** Actions that both hosts have, whatever they call them. */
export type Action =
  | "importUnits"
  | "import"
  | "check"
  | "sendReports"
  | "recommend"
  | "assign"
  | "packets"
  | "collect"
  | "rank"
  | "rule"
  | "settleQuota"
  | "export"
  | "replay";

/** One thing that is not as it should be before the award can go on. */
export interface Obstacle {
  readonly kind:
    | "silentUnits"
    | "incompleteUnits"
    | "errors"
    | "withoutFirstScore"
    | "unassigned"
    | "withoutExperts"
    | "withdrawnExperts"
    | "openReviews"
    | "spare"
    | OpenMatter["kind"];
  readonly count: number;
  /** In Chinese, short, without a full stop: `3 个单位未报`. */
  readonly message: string;
  /** In Chinese, what to do about each, where that takes more words. */
  readonly details: readonly string[];
}

export interface NextStep {
  readonly obstacles: readonly Obstacle[];
  readonly action: Action;
}

const pick = (kind: Obstacle["kind"], count: number, message: string): Obstacle[] =>
  count > 0 ? [{ kind, count, message: `${count} ${message}`, details: [] }] : [];

export function findNextStep(progress: AwardProgress): NextStep {
  const { units, submissions, scored, stage, review, errors, open } = progress;
  const silent = units.filter((unit) => unit.silent).length;
  const incomplete = units.filter((unit) => !unit.silent && unit.missing.length > 0).length;
  const ofUnits = [
    ...pick("silentUnits", silent, "个单位未报"),
    ...pick("incompleteUnits", incomplete, "个单位未报齐"),
    ...pick("errors", errors ?? 0, "处错误待改"),
  ];
  // What has gone out to be mended comes back through import.
  const mend = progress.reported ? "import" : "sendReports";
  switch (stage) {
    case "prepare":
      return { obstacles: [], action: "importUnits" };
    case "submission": {
      const unscored =
        errors === undefined ? [] : pick("withoutFirstScore", submissions - scored, "个案例没有初评得分");
      const obstacles = [...ofUnits, ...unscored];
      // As long as nothing has come, what is missing is no mistake of anybody.
      if (submissions === 0) return { obstacles: obstacles.filter(({ kind }) => kind !== "errors"), action: "import" };
      if (errors === undefined) return { obstacles, action: "check" };
      return { obstacles, action: errors > 0 || scored === 0 ? mend : "recommend" };
    }
    case "recommendation":
      if (errors === undefined) return { obstacles: ofUnits, action: "check" };
      if (progress.proposed) return { obstacles: ofUnits, action: "assign" };
      return { obstacles: ofUnits, action: errors > 0 ? mend : "recommend" };
    default:
      return review ? ofReview(review, open) : { obstacles: [], action: "assign" };
  }
}

const remedies: Readonly<Partial<Record<OpenMatter["kind"], Action>>> = {
  pending: "collect",
  unassigned: "assign",
  beyondQuota: "settleQuota",
  arbitration: "assign",
  ruling: "rule",
  tie: "rule",
};

/** What settles something that a ranking leaves open. */
export const remedyFor = ({ kind }: Pick<OpenMatter, "kind">): Action => remedies[kind] ?? "rank";

const shortOf: Readonly<Record<OpenMatter["kind"], string>> = {
  pending: "个案例待评",
  unassigned: "个推荐的案例没有分派",
  beyondQuota: "个推荐的案例超出名额，没有分派",
  identity: "个参评案例认不准",
  score: "处评分没有归属",
  arbitration: "个案例待复评",
  ruling: "条裁定没有生效",
  tie: "处并列未定",
  changed: "处数据在排名以后有改动",
};
const isCountedByCase: ReadonlySet<OpenMatter["kind"]> = new Set([
  "pending",
  "unassigned",
  "beyondQuota",
  "arbitration",
]);
const isOutside: ReadonlySet<OpenMatter["kind"]> = new Set(["unassigned", "beyondQuota"]);
/** While scores are out, that something is not ranked yet goes without saying. */
const isOfCourse: ReadonlySet<OpenMatter["kind"]> = new Set(["pending", "changed"]);

function ofReview(
  { experts, pairs, settled, short, unassigned, handedOut, ranked, spare, ruling, published }: ReviewProgress,
  open: AwardProgress["open"],
): NextStep {
  const late = experts.filter((expert) => expert.open.length > 0);
  const gone = late.filter(({ withdrawn }) => withdrawn).length;
  const isMidway = late.length + short.length > 0 || !ranked;
  const told = new Set((open ?? []).flatMap(({ kind, ids }) => (isOutside.has(kind) ? ids : [])));
  const others = unassigned.filter((id) => !told.has(id));
  const obstacles = [
    ...pick("unassigned", others.length, `个推荐的案例没有分派（${listSome(others)}）`).map((each) => ({
      ...each,
      details: [
        `检查有错误的改正后再检查，后来补报的再运行分派，不参评的在“${submissionsSheet.label}”表把“${labelOf(submissionsSheet, "recommended")}”改为“${no}”`,
      ],
    })),
    ...pick("withoutExperts", short.length, `个案例专家不足（${listSome(short)}）`),
    ...pick("withdrawnExperts", gone, "名专家已退出，还没有改派"),
    ...pick("openReviews", late.length - gone, `名专家未交齐（${pairs - settled} 个评分）`),
    ...[...groupBy(open ?? [], ({ kind }) => kind)]
      .filter(([kind]) => !isMidway || !isOfCourse.has(kind))
      .map(([kind, matters]): Obstacle => {
        const count = isCountedByCase.has(kind)
          ? matters.reduce((sum, { ids }) => sum + ids.length, 0)
          : matters.length;
        return { kind, count, message: `${count} ${shortOf[kind]}`, details: matters.map(({ message }) => message) };
      }),
  ];
  if (gone > 0) return { obstacles, action: "assign" };
  if (late.length > 0) return { obstacles, action: handedOut ? "collect" : "packets" };
  if (short.length > 0) return { obstacles, action: "assign" };
  if (!ranked || open === undefined) return { obstacles, action: "rank" };
  // What came in since is ranked before anybody decides by the ranking; several rulings are written before it is done again.
  if (!ruling && open.some(({ kind }) => kind === "changed")) return { obstacles, action: "rank" };
  const [first] = open;
  if (first) return { obstacles, action: remedyFor(first) };
  // Asked for in 参数, and barring nothing: lists that are out may stay.
  if (spare.length > 0 && !published)
    return {
      obstacles: [
        ...obstacles,
        ...pick("spare", spare.length, "个案例建议加评").map((each) => ({
          ...each,
          details: [
            `${listSome(spare)}：获奖与否最难分辨，再运行分派会各增加一名专家；不加评的，在“${settingsSheet.label}”表把“${spareReviewsLabel}”改为 0，再运行汇总排名`,
          ],
        })),
      ],
      action: "assign",
    };
  return { obstacles, action: published ? "replay" : "export" };
}
