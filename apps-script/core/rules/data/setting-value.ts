import { settingsSheet } from "../../schema/application.ts";
import { labelOf } from "../../schema/sheet-spec.ts";
import { defineRule, noticeIsSilent } from "../rule.ts";

export const settingValue = defineRule({
  code: "SETTING-VALUE",
  name: "参数无效",
  forAdministrators: true,
  severity: "error",
  finds: "“参数”表中的值无效；改正之前不做其他检查，也不能执行任何操作。",
  remedy: "按提示改正该单元格；清空则恢复通知规定的值。",
  article: noticeIsSilent,
  live: "只看“案例”表。“参数”里读不出的值，即时检查当作没有限制。",
  *check(context) {
    for (const { row, message, article } of context.settingProblems) {
      yield {
        sheet: context.tables.settings.name,
        row,
        column: labelOf(settingsSheet, "value"),
        id: "",
        nominator: "",
        message: `${message}改正之前不做其他检查。`,
        article,
      };
    }
  },
});
