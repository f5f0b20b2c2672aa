import { authorNumbers } from "../../award/read-authors.ts";
import { expertsSheet, liaisonsSheet } from "../../schema/application.ts";
import { cellText } from "../../workbook/cell-text.ts";
import { quote } from "../../workbook/formula.ts";
import { ruinedIn } from "../expert/live-people.ts";
import { isRuined } from "../identity.ts";
import { named, together, when } from "../live.ts";
import { defineRule, noticeIsSilent } from "../rule.ts";
import { oddCells } from "./records.ts";

export const dataPrecision = defineRule({
  code: "DATA-PRECISION",
  name: "号码末位已损坏",
  severity: "error",
  finds:
    "编号、账号、电话或单位代码被表格软件改坏：科学计数法、超过 15 位的数字，或从第 16 位起全是 0 的长数字。不作猜测，也不据此辨认人和案例。",
  remedy: "把单元格设为文本格式，对照原件重新填写。",
  article: noticeIsSilent,
  live: {
    problems({ isRuined }) {
      const keys = ["id", "phone", ...authorNumbers.map((n) => `author${n}.account` as const)] as const;
      const words = "的位数已丢失，请按文本重填";
      return together(...keys.map((key) => when(`${isRuined(key)}=1`, quote(named(key) + words))));
    },
    experts: (live) => ruinedIn(expertsSheet, ["account", "phone"], live),
    liaisons: (live) => ruinedIn(liaisonsSheet, ["account", "phone"], live),
    leaves: "其他各表；含全角字符的写法。",
  },
  *check(context) {
    for (const { column, value, at } of oddCells(context, (c) => c.kind === "identifier")) {
      if (value === null || !isRuined(value)) continue;
      yield at(
        `“${column.label}”的“${cellText(value)}”已被表格软件改坏（超过 15 位的数字会丢失末尾几位）；请把单元格设为文本格式，对照原件重新填写。`,
      );
    }
  },
});
