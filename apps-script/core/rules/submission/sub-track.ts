import { unitKindLabels } from "../../schema/choices.ts";
import { quote } from "../../workbook/formula.ts";
import { allOf, named, when } from "../live.ts";
import { atSubmission, defineRule } from "../rule.ts";

export const subTrack = defineRule({
  code: "SUB-TRACK",
  name: "直属学校不分赛道",
  severity: "warning",
  finds: "厅直属学校的案例填了赛道；厅直属学校不分赛道，所填不起作用。",
  remedy: "清空该单元格。",
  mend: { to: null, reason: "厅直属学校不分赛道" },
  article: (notice) => notice.quotas.school.article,
  live: {
    problems: ({ unitKind, lead }) =>
      when(
        allOf(`${unitKind}=${quote(unitKindLabels.school)}`, `${lead("track")}>0`),
        quote(`${named("track")}厅直属学校不分赛道，请清空`),
      ),
  },
  ofEachCase: true,
  *check(context) {
    for (const submission of context.submissions) {
      const track = submission.record.text("track");
      if (submission.unit?.kind !== "school" || track === "") continue;
      const message = `${submission.unit.name}是厅直属学校，不分赛道，所填“${track}”不起作用，请清空。`;
      yield atSubmission(context, submission, "track", message);
    }
  },
});
