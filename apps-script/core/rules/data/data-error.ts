import type { ColumnKind } from "../../schema/sheet-spec.ts";
import { defineRule, noticeIsSilent } from "../rule.ts";
import { oddCells } from "./records.ts";

/** In the other columns an error value fits no list, date or number and is said there. */
const judgedHere: readonly ColumnKind[] = ["text", "name", "identifier", "list", "longText"];

export const dataError = defineRule({
  code: "DATA-ERROR",
  name: "公式出错",
  severity: "error",
  finds: "应填文本的单元格显示为错误值（#N/A、#REF! 等）。",
  remedy: "改为直接填写的内容。",
  article: noticeIsSilent,
  live: "公式遇到错误值就不判断该单元格。",
  *check(context) {
    for (const { column, value, at } of oddCells(context, (c) => judgedHere.includes(c.kind))) {
      if (typeof value !== "object" || value === null) continue;
      const shown = value.kind === "formula" ? value.result : value;
      if (typeof shown !== "object" || shown === null || shown.kind !== "error") continue;
      yield at(`“${column.label}”显示为错误值 ${shown.code}；请改为直接填写的内容。`);
    }
  },
});
