import type { Submission, Unit } from "../../award/award.ts";
import { type Declaration, declaresNothing, makeDeclarationReader } from "../../award/declarations.ts";
import { placeOfUnit } from "../../award/unit-places.ts";
import { atExpert, defineRule, noticeIsSilent } from "../rule.ts";

const SCHOOL_NAME = /(?:[小中]学|初中|高中|学校|学院|大学|幼儿园|教研室|[一二三四五六七八九十\d][小中幼])(?:[（(].*)?$/;

export const expertConflict = defineRule({
  code: "EXPERT-CONFLICT",
  name: "回避声明认不出",
  severity: "warning",
  alsoSeverity: "info",
  finds: "回避声明中有一项对不上任何单位、案例、作者单位或作者姓名，分派时不起作用；学校暂时没有案例的，只作提示。",
  remedy: "写“单位”表中的名称或别名、案例编号、学校全称或作者姓名，用顿号隔开；已经起作用的各项不要改动。",
  article: noticeIsSilent,
  live: "要认出单位、学校和案例，公式做不到。",
  *check(context) {
    const declaring = context.experts.filter((e) => e.conflicts.some((entry) => !declaresNothing(entry)));
    if (declaring.length === 0) return;
    const read = makeDeclarationReader(context);
    for (const expert of declaring) {
      const home = expert.unit && placeOfUnit(expert.unit);
      const entries = expert.conflicts
        .filter((entry) => !declaresNothing(entry))
        .map((entry) => ({ entry, effect: tellEffect(read(entry, home), context.submissions) }));
      const idle = entries.filter(({ effect }) => effect === undefined).map(({ entry }) => entry);
      if (idle.length === 0) continue;
      const schools = idle.filter((entry) => SCHOOL_NAME.test(entry));
      const unknown = idle.filter((entry) => !SCHOOL_NAME.test(entry));
      const parts = [
        ...entries.flatMap(({ entry, effect }) => (effect === undefined ? [] : [`“${entry}”${effect}`])),
        ...schools.map((entry) => `“${entry}”：目前没有作者是这个单位的案例（0 个），以后有了会自动避开，请核对校名`),
        ...unknown.map(
          (entry) =>
            `“${entry}”：对不上任何单位、案例编号、作者单位或作者姓名，不起作用，请改为单位名称、案例编号、学校全称或作者姓名`,
        ),
      ];
      const message = `专家“${expert.name}”的回避声明，分派时这样执行：${parts.join("；")}。`;
      yield atExpert(context, expert, "conflicts", message, unknown.length === 0 ? { severity: "info" } : {});
    }
  },
});

/** What an entry keeps the expert from, in Chinese; undefined where it is nothing. */
function tellEffect(
  { units, byId, bySchool, byLikeSchool, byPerson }: Declaration,
  submissions: readonly Submission[],
): string | undefined {
  const nominated = (unit: Unit) => submissions.filter((submission) => submission.unit === unit).length;
  const schools = bySchool.length + byLikeSchool.size;
  const like = byLikeSchool.size > 0 ? `，其中 ${byLikeSchool.size} 个校名写法不同` : "";
  const effects = [
    ...units.map((unit) => `${unit.name}推荐的案例（现有 ${nominated(unit)} 个）`),
    ...byId.slice(0, 1).map(({ id }) => `编号为 ${id} 的案例`),
    ...(schools > 0 ? [`作者是这个单位的案例（现有 ${schools} 个${like}）`] : []),
    ...(byPerson.length > 0 ? [`作者叫这个姓名的案例（现有 ${byPerson.length} 个）`] : []),
  ];
  return effects.length === 0 ? undefined : `：避开${effects.join("和")}`;
}
