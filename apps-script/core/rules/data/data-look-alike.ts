import type { ColumnKind } from "../../schema/sheet-spec.ts";
import { toStandardCharacters } from "../../text/clean.ts";
import { cellText } from "../../workbook/cell-text.ts";
import { defineRule, noticeIsSilent } from "../rule.ts";
import { nameLookAlikes } from "../wording.ts";
import { oddCells } from "./records.ts";

/** The sections are compared as they are: a text out of a PDF file holds hundreds. */
const judgedHere: readonly ColumnKind[] = ["text", "name", "identifier", "list", "choice"];

export const dataLookAlike = defineRule({
  code: "DATA-LOOK-ALIKE",
  name: "夹有形近字",
  severity: "info",
  finds:
    "单元格里有与常用字看起来一样、编码却不同的字（多半是从 PDF 复制来的部首，如 U+2F45“⽅”）。检查按常用字辨认，但查找和即时检查的公式认不出。",
  remedy: "用输入法重新输入这些字。",
  article: noticeIsSilent,
  live: "公式认不出形近字。",
  *check(context) {
    for (const { column, value, at } of oddCells(context, (c) => judgedHere.includes(c.kind))) {
      if (value === null || typeof value === "number") continue;
      const text = cellText(value);
      const standard = toStandardCharacters(text);
      if (standard === text) continue;
      yield at(`“${column.label}”中的${nameLookAlikes(text, standard)}，看起来一样而编码不同；请用输入法重新输入。`);
    }
  },
});
