import { defineRule, noticeIsSilent } from "../rule.ts";

export const importConflict = defineRule({
  code: "IMPORT-CONFLICT",
  name: "几份文件说法不一",
  severity: "error",
  finds: "一次导入的两份文件对同一格说法不一：哪份都没有采用，表中保留原来的值。",
  remedy: "请核实后在表中填写正确的值，或只导入那份正确的文件。",
  article: noticeIsSilent,
  live: "要看导入记录，公式做不到。",
  *check({ disputed }) {
    for (const { told, ...place } of disputed) {
      const sayings = told.map(([source, value]) => `“${source}”为“${value}”`).join("，");
      yield {
        ...place,
        message: `一次导入的文件对“${place.column}”说法不一：${sayings}。哪份都没有采用；请核实后在这一格填写正确的值（改动后本条消失），或只导入那份正确的文件。`,
      };
    }
  },
});
