import type { AwardData, Unit } from "../award/award.ts";
import type { Notice } from "../notice/notice.ts";
import { countLiaisons, describeGap, distinctUnits, expertGaps } from "../rules/expert/unit-counts.ts";
import { isInForce } from "../rules/quota/clean-rows.ts";
import { yes } from "../schema/choices.ts";
import { isSameText } from "../text/clean.ts";
import { groupByFilledKey } from "../text/group-by.ts";
import { unitNameKey } from "../text/identity.ts";

/** What a unit still has to send. */
export interface MissingThing {
  readonly kind: "submissions" | "recommendations" | "experts" | "seal" | "liaisons";
  /** In Chinese, for a list: `初中专家差 2 名`. */
  readonly short: string;
  /** In Chinese, for the unit, without a full stop: `《专家推荐表》初中专家 3 名，应为 5 名，还差 2 名，请补报`. */
  readonly message: string;
  /** Last day, `YYYY-MM-DD`; "" where the notice names none. */
  readonly due: string;
}

/** What has come from a unit, and what has not. */
export interface UnitProgress {
  readonly unit: Unit;
  /** Submissions in force, and those of them that are recommended. */
  readonly submissions: number;
  readonly recommended: number;
  readonly experts: number;
  readonly liaisons: number;
  /** 盖章件收讫. */
  readonly sealed: boolean;
  readonly missing: readonly MissingThing[];
  /** Nothing at all has come. */
  readonly silent: boolean;
}

const shortGap = (what: string, actual: number, wanted: number) =>
  actual < wanted ? `${what}差 ${wanted - actual} 名` : `${what}多 ${actual - wanted} 名`;

/** The people whom a unit has named for questions. */
export function liaisonsOf(award: AwardData, unit: Unit): string[] {
  return award.liaisons
    .filter((liaison) => liaison.unit && unitNameKey(liaison.unit.name) === unitNameKey(unit.name))
    .map(({ name, phone }) => [name, phone].filter((part) => part !== "").join(" "))
    .filter((line) => line !== "");
}

/**
 * What each unit has sent, those that lack most first; units that lack equally much in the order of 单位.
 *
 * @param today `YYYY-MM-DD`: from the first day of recommending on, a unit without a recommendation lacks one
 */
export function readUnitProgress(award: AwardData, today: string): UnitProgress[] {
  const { notice } = award.settings;
  const keyOf = ({ unit }: { readonly unit: Unit | undefined }) => unit && unitNameKey(unit.name);
  const submissions = groupByFilledKey(award.submissions.filter(isInForce), keyOf);
  const experts = groupByFilledKey(award.experts, keyOf);
  const liaisons = groupByFilledKey(award.liaisons, keyOf);
  const isRecommending =
    today >= notice.windows.recommendation.value.from || award.submissions.some(({ recommended }) => recommended);
  const units = distinctUnits(award).map((unit): UnitProgress => {
    const key = unitNameKey(unit.name);
    const own = submissions.get(key) ?? [];
    const named = experts.get(key) ?? [];
    const sent = {
      submissions: own.length,
      recommended: own.filter(({ recommended }) => recommended).length,
      experts: named.length,
      liaisons: countLiaisons(liaisons.get(key) ?? []),
      sealed: isSameText(unit.record.text("sealedCopy"), yes),
    };
    const silent = sent.submissions + sent.experts + sent.liaisons === 0 && !sent.sealed;
    return {
      unit,
      ...sent,
      silent,
      missing: [
        ...missingSubmissions(sent, isRecommending, notice),
        ...expertGaps(unit, named, notice).map(({ stage, actual, wanted }): MissingThing => {
          const short = shortGap(`${stage}专家`, actual, wanted.value);
          const gap = describeGap(actual, wanted.value);
          const message = `《专家推荐表》${stage}专家 ${actual} 名，应为 ${wanted.value} 名，${gap}`;
          return { kind: "experts", short, message, due: notice.expertDeadline.value };
        }),
        ...(sent.sealed
          ? []
          : [
              {
                kind: "seal",
                short: "没有盖章件",
                message: "《专家推荐表》的盖章扫描件还没有收到",
                due: notice.expertDeadline.value,
              } as const,
            ]),
        ...missingLiaisons(sent.liaisons, notice),
      ],
    };
  });
  const weight = ({ silent, missing }: UnitProgress) => (silent ? 1000 : 0) + missing.length;
  return units.sort((a, b) => weight(b) - weight(a));
}

function missingSubmissions(
  { submissions, recommended }: Pick<UnitProgress, "submissions" | "recommended">,
  isRecommending: boolean,
  { windows }: Notice,
): MissingThing[] {
  if (submissions === 0)
    return [{ kind: "submissions", short: "没有案例", message: "案例还没有收到", due: windows.submission.value.to }];
  if (recommended > 0 || !isRecommending) return [];
  const message = `已收到 ${submissions} 个案例，还没有推荐（“推荐”一列没有填“是”的）`;
  return [{ kind: "recommendations", short: "没有推荐", message, due: windows.recommendation.value.to }];
}

function missingLiaisons(actual: number, { liaisons }: Notice): MissingThing[] {
  if (actual === liaisons.value) return [];
  const message = `联络员 ${actual} 名，应为 ${liaisons.value} 名，${describeGap(actual, liaisons.value)}`;
  return [{ kind: "liaisons", short: shortGap("联络员", actual, liaisons.value), message, due: "" }];
}
