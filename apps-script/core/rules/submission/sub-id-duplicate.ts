import { groupRepeated } from "../../text/group-by.ts";
import { identifierKey } from "../../text/identity.ts";
import { quote } from "../../workbook/formula.ts";
import { holdsRuinedIdentifier } from "../identity.ts";
import { named, when } from "../live.ts";
import { atSubmission, defineRule, noticeIsSilent } from "../rule.ts";
import { listSome } from "../wording.ts";

export const subIdDuplicate = defineRule({
  code: "SUB-ID-DUPLICATE",
  name: "案例编号重复",
  severity: "error",
  finds: "同一案例编号出现在两行或多行，不论推荐单位是否相同；每一行都会指出。",
  remedy: "核对平台编号：重复登记的删去多余行，编号填错的改正。",
  article: noticeIsSilent,
  live: {
    problems: ({ sameId }) => when(`${sameId}>1`, quote(`${named("id")}在 `), sameId, quote(" 行出现")),
    leaves: "全角、形近字等写法不同的同一编号；不以字母或数字开头、结尾的编号。",
  },
  *check(context) {
    const usable = context.submissions.filter((s) => !holdsRuinedIdentifier(s.record, "id"));
    for (const rows of groupRepeated(usable, (s) => identifierKey(s.id)).values()) {
      for (const submission of rows) {
        const others = rows
          .filter((other) => other !== submission)
          .map((other) => `第 ${other.record.row} 行（${other.nominator || "未填推荐单位"}）`);
        yield atSubmission(
          context,
          submission,
          "id",
          `案例编号 ${submission.id} 还出现在${listSome(others, "行")}；请删去重复登记的行，或改正填错的编号。`,
        );
      }
    }
  },
});
