import { expertsSheet } from "../../schema/application.ts";
import { isPhone } from "../../text/phone.ts";
import { holdsRuinedIdentifier } from "../identity.ts";
import { atExpert, defineRule } from "../rule.ts";
import { invalidPhone } from "./invalid-phone.ts";
import { invalidPhoneIn, leavesOfPhones } from "./live-people.ts";

export const expertPhone = defineRule({
  code: "EXPERT-PHONE",
  name: "专家电话无效",
  severity: "error",
  finds: "专家的联系电话既不是手机号码，也不是带区号的固定电话。",
  remedy: "改正电话号码。",
  article: () => "附件6",
  live: { experts: (live) => invalidPhoneIn(expertsSheet, "phone", live), leaves: leavesOfPhones },
  *check(context) {
    for (const expert of context.experts) {
      const { record, phone } = expert;
      if (phone === "" || isPhone(phone) || holdsRuinedIdentifier(record, "phone")) continue;
      yield atExpert(context, expert, "phone", invalidPhone(`专家“${expert.name}”`, phone));
    }
  },
});
