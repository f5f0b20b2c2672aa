import { defineRule } from "../rule.ts";
import { reportBreaches } from "./breaches.ts";
import { worstOf } from "./hit.ts";

export const anonName = defineRule({
  code: "ANON-NAME",
  name: "出现作者姓名",
  severity: "error",
  alsoSeverity: "warning",
  finds:
    "案例名称、关键词、正文、视频文件名或支撑材料中出现该案例作者的姓名，中间夹有空格、间隔号或不可见字符的，写成繁体、全角或形近部首的也算。正文中单独出现的两字姓名可能是普通词语，为警告；后面跟着“老师”“校长”等称呼的为错误。",
  remedy: "删去姓名后重新提交；警告的请核对是否指作者本人。",
  article: (notice) => notice.anonymity.article,
  live: "要在正文和文件名里找姓名，公式做不到。",
  ofEachCase: true,
  check: (context) =>
    reportBreaches(
      context,
      "names",
      (_, hits) =>
        worstOf(hits) === "error"
          ? "提交的材料不得出现申报人姓名，请删去。"
          : "可能只是普通词语，请核对；指作者本人的请删去。",
      "作者姓名",
    ),
});
