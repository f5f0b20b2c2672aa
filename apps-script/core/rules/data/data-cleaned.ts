import { defineRule, noticeIsSilent } from "../rule.ts";
import { nameLookAlikes } from "../wording.ts";
import { atCleaned } from "./cleaned.ts";

export const dataCleaned = defineRule({
  code: "DATA-CLEANED",
  name: "导入时已整理",
  severity: "info",
  finds:
    "导入时改动了编号、账号或电话的写法（全角、空格、不可见字符等），去掉了姓名前后的称呼、身份、序号和括注、把“同上”换成了上一格的内容，或把形近的部首、兼容字换成了常用字；改动前后都记录在“导入记录”中。",
  remedy: "一般无需处理；如有疑问请核对原件。",
  article: noticeIsSilent,
  live: "要看导入记录，公式做不到。",
  *check(context) {
    for (const cell of context.cleaned) {
      if (cell.formula) continue;
      const alike = nameLookAlikes(cell.was, cell.is);
      yield atCleaned(
        cell,
        `导入时已把“${cell.was}”改为“${cell.is}”${alike && `（${alike}）`}；一般无需处理，如有疑问请核对原件。`,
      );
    }
  },
});
