import { atExpert, atLiaison, atSubmission, defineRule, noticeIsSilent } from "../rule.ts";
import { otherNameOf } from "./unknown-nominator.ts";

export const unitOtherName = defineRule({
  code: "UNIT-OTHER-NAME",
  name: "单位写的是别名",
  forAdministrators: true,
  severity: "info",
  finds: "推荐单位写的是“单位”表中某个单位的别名、单位代码或曾用名；仍归该单位。",
  remedy: "把推荐单位改为现在的单位名称，各表的叫法才一致。",
  article: noticeIsSilent,
  live: "提示不在即时检查里显示。",
  *check(context) {
    const say = (typed: string, what: string, name: string) =>
      `推荐单位“${typed}”是“${name}”的${what}，仍按该单位办理；为免各表叫法不一，请改为“${name}”。`;
    for (const submission of context.submissions) {
      const other = otherNameOf(context, submission);
      if (other === undefined || !submission.unit) continue;
      yield atSubmission(context, submission, "nominator", say(submission.nominator, other, submission.unit.name));
    }
    for (const expert of context.experts) {
      const other = otherNameOf(context, expert);
      if (other === undefined || !expert.unit) continue;
      yield atExpert(context, expert, "nominator", say(expert.nominator, other, expert.unit.name));
    }
    for (const liaison of context.liaisons) {
      const other = otherNameOf(context, liaison);
      if (other === undefined || !liaison.unit) continue;
      yield atLiaison(context, liaison, "nominator", say(liaison.nominator, other, liaison.unit.name));
    }
  },
});
