import type { ColumnKind } from "../../schema/sheet-spec.ts";
import { cellText } from "../../workbook/cell-text.ts";
import { defineRule, noticeIsSilent } from "../rule.ts";
import { atCleaned } from "./cleaned.ts";
import { oddCells } from "./records.ts";

/** Counting words or adding up scores by a formula is fair; everything else must not change by itself. */
const mayBeComputed: readonly ColumnKind[] = ["number", "computed"];

export const dataFormula = defineRule({
  code: "DATA-FORMULA",
  name: "公式已作文字",
  severity: "warning",
  finds: "应填文本的单元格里是公式，或导入的文本会被表格软件当作公式运行，已按文本保存。",
  remedy: "把公式改为它的值；导入的文本请核对原件。",
  article: noticeIsSilent,
  live: "公式看不出单元格里是不是公式。",
  *check(context) {
    for (const { column, value, at } of oddCells(context, (c) => !mayBeComputed.includes(c.kind))) {
      if (typeof value !== "object" || value === null || value.kind !== "formula") continue;
      const result = cellText(value.result);
      const shown = result === "" ? "" : `（现显示“${result}”）`;
      yield at(`“${column.label}”里是公式“=${value.formula}”${shown}，内容会自行变化；请改为直接填写的文字。`);
    }
    for (const cell of context.cleaned) {
      if (!cell.formula) continue;
      const message = `导入的“${cell.was}”会被表格软件当作公式运行，已按文本保存；请核对原件并改正。`;
      yield atCleaned(cell, message);
    }
  },
});
