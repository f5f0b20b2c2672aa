import { parseField } from "../../award/read-award.ts";
import { expertsSheet } from "../../schema/application.ts";
import { expertStatus } from "../../schema/choices.ts";
import { chineseNumber } from "../../text/chinese-number.ts";
import { findLabel } from "../../text/clean.ts";
import { quoteEach } from "../../text/list.ts";
import { quote } from "../../workbook/formula.ts";
import { namedOf, together, when } from "../live.ts";
import { atExpert, defineRule, noticeIsSilent } from "../rule.ts";
import { dateIn, isUnreadable } from "../typed-cells.ts";
import { notListed } from "./live-people.ts";

export const expertValue = defineRule({
  code: "EXPERT-VALUE",
  name: "专家信息无效",
  severity: "error",
  alsoSeverity: "warning",
  finds: ({ fields }) =>
    `专家的状态不是“可用”或“退出”，填报日期无法识别；擅长领域中有${chineseNumber(fields.length)}个领域之外的内容为警告。`,
  remedy: "从下拉列表中选取，或按提示的写法改正。",
  article: noticeIsSilent,
  live: {
    experts: (live) =>
      together(
        when(notListed("status", expertStatus, live), quote(`${namedOf(expertsSheet, "status")}不在可选项内`)),
        when(`${live.day("submittedOn")}<0`, quote(`${namedOf(expertsSheet, "submittedOn")}不是日期`)),
      ),
    leaves: "擅长领域；少见的日期写法；与可选项有相同用字而写法不同的状态。",
  },
  *check(context) {
    const { notice } = context.settings;
    for (const expert of context.experts) {
      const status = expert.record.text("status");
      if (status !== "" && findLabel(expertStatus, status) === undefined) {
        const message = `“状态”填的是“${status}”，应为${expertStatus.join("、")}之一，请改正。`;
        yield atExpert(context, expert, "status", message);
      }
      if (isUnreadable(expert.record, "submittedOn", dateIn)) {
        const date = expert.record.text("submittedOn");
        const message = `“填报日期”填的是“${date}”，无法识别为日期，应写成 2025-07-15 的样子，请改正。`;
        yield atExpert(context, expert, "submittedOn", message);
      }
      const unknown = expert.fields.filter((field) => parseField(notice, field) === undefined);
      if (unknown.length > 0) {
        const message = `“擅长领域”中的${quoteEach(unknown)}不是${notice.fields.map((f) => f.label).join("、")}之一，分派时不起作用；请改正或删去。`;
        yield atExpert(context, expert, "fields", message, { severity: "warning" });
      }
    }
  },
});
