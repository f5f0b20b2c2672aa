import { quote } from "../../workbook/formula.ts";
import { distinctSubmissions, participationsByPerson, submissionIdentity } from "../identity.ts";
import { countedPeople, named, when } from "../live.ts";
import { atSubmission, defineRule } from "../rule.ts";
import { listSome, nameSubmission, nameSubmissionFor } from "../wording.ts";

export const authorFirstLimit = defineRule({
  code: "AUTHOR-FIRST-LIMIT",
  name: "第一作者超限",
  severity: "error",
  finds: ({ limits }) =>
    `一人作为第一作者申报了多于 ${limits.firstAuthored.value} 个案例；全区所有案例一并计算，不论是否推荐，每一个都会指出。`,
  remedy: "只保留一个，其余改由他人任第一作者或撤回。",
  article: (notice) => notice.limits.firstAuthored.article,
  live: {
    problems: ({ led, limit }) =>
      when(
        `${led}>${limit("firstAuthored")}`,
        quote(`${named("author1.name")}任第一作者 `),
        led,
        quote(" 个案例，限 "),
        limit("firstAuthored"),
        quote(" 个"),
      ),
    leaves: countedPeople,
  },
  *check(context) {
    const limit = context.settings.notice.limits.firstAuthored.value;
    for (const participations of participationsByPerson(context).values()) {
      const led = participations.filter(({ author }) => author.position === 1);
      if (led.length <= limit) continue;
      const distinct = distinctSubmissions(led.map(({ submission }) => submission));
      if (distinct.length <= limit) continue;
      for (const { submission, author } of led) {
        const others = distinct.filter((other) => submissionIdentity(other) !== submissionIdentity(submission));
        const all = [nameSubmission(submission), ...others.map((other) => nameSubmissionFor(submission, other))];
        const message = `“${author.name}”作为第一作者申报了 ${distinct.length} 个案例（${listSome(all)}），限 ${limit} 个；请只保留 ${limit} 个，其余改由他人任第一作者或撤回。`;
        yield atSubmission(context, submission, author.columns.name, message);
      }
    }
  },
});
