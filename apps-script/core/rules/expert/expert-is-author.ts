import { participationsByPerson } from "../identity.ts";
import { atExpert, defineRule } from "../rule.ts";
import { listSome, nameSubmission } from "../wording.ts";

export const expertIsAuthor = defineRule({
  code: "EXPERT-IS-AUTHOR",
  name: "专家也是作者",
  forAdministrators: true,
  severity: "info",
  finds: "专家同时是某个案例的作者；分派时会自动避开。",
  remedy: "一般无需处理。",
  article: (notice) => notice.experts.bureauPerStage.article,
  live: "提示不在即时检查里显示。",
  *check(context) {
    const participations = participationsByPerson(context);
    for (const expert of context.experts) {
      const own = participations.get(expert.person);
      if (!own || (expert.name === "" && expert.account === "")) continue;
      const submissions = [...new Set(own.map(({ submission }) => nameSubmission(submission)))];
      const message = `专家“${expert.name}”是案例 ${listSome(submissions)} 的作者；分派时会自动避开，一般无需处理。`;
      yield atExpert(context, expert, "name", message);
    }
  },
});
