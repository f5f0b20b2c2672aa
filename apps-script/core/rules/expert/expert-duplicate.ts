import type { Expert } from "../../award/award.ts";
import { expertsSheet } from "../../schema/application.ts";
import { labelOf } from "../../schema/sheet-spec.ts";
import { groupByFilledKey } from "../../text/group-by.ts";
import { identifierKey, nameAndPhoneKey } from "../../text/identity.ts";
import { quote } from "../../workbook/formula.ts";
import { holdsRuinedIdentifier } from "../identity.ts";
import { namedOf, when } from "../live.ts";
import { atExpert, defineRule } from "../rule.ts";
import { listSome } from "../wording.ts";

const accountOf = (expert: Expert) => identifierKey(expert.account);

function nameAndPhoneOf(expert: Expert): string | undefined {
  if (expert.name === "" || expert.phone === "" || holdsRuinedIdentifier(expert.record, "phone")) return undefined;
  return nameAndPhoneKey(expert.name, expert.phone);
}

export const expertDuplicate = defineRule({
  code: "EXPERT-DUPLICATE",
  name: "专家重复",
  severity: "error",
  finds: "同一人（教育云账号相同，或姓名和电话都相同）被推荐为专家两次，不论是否同一单位；每一行都会指出。",
  remedy: "只保留一行，并由相关单位补报一名。",
  article: (notice) => notice.experts.bureauPerStage.article,
  live: {
    experts: ({ isRepeated }) =>
      when(
        `${isRepeated("account")}=1`,
        quote(`${namedOf(expertsSheet, "name")}的${labelOf(expertsSheet, "account")}与另一行相同，同一人只能推荐一次`),
      ),
    leaves: "没有账号而姓名和电话相同的；账号的少见写法；填报表只看本单位。",
  },
  *check(context) {
    const same = new Map<Expert, Set<Expert>>();
    for (const keyOf of [accountOf, nameAndPhoneOf]) {
      for (const group of groupByFilledKey(context.experts, keyOf).values()) {
        if (group.length < 2) continue;
        for (const expert of group) same.set(expert, new Set([...(same.get(expert) ?? []), ...group]));
      }
    }
    for (const expert of context.experts) {
      const others = [...(same.get(expert) ?? [])].filter((other) => other !== expert);
      if (others.length === 0) continue;
      const places = others.map((o) => `第 ${o.record.row} 行（${o.nominator}${o.stage && `，${o.stage}`}）`);
      const message = `专家“${expert.name}”还出现在${listSome(places, "行")}；同一人只能推荐一次，请只保留一行，并补报一名。`;
      yield atExpert(context, expert, "name", message);
    }
  },
});
