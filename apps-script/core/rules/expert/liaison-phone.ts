import { liaisonsSheet } from "../../schema/application.ts";
import { isPhone } from "../../text/phone.ts";
import { holdsRuinedIdentifier } from "../identity.ts";
import { atLiaison, defineRule } from "../rule.ts";
import { invalidPhone } from "./invalid-phone.ts";
import { invalidPhoneIn, leavesOfPhones } from "./live-people.ts";

export const liaisonPhone = defineRule({
  code: "LIAISON-PHONE",
  name: "联络员电话无效",
  severity: "error",
  finds: "联络员的联系电话既不是手机号码，也不是带区号的固定电话；没填的不判断。",
  remedy: "改正电话号码。",
  article: (notice) => notice.liaisons.article,
  live: { liaisons: (live) => invalidPhoneIn(liaisonsSheet, "phone", live), leaves: leavesOfPhones },
  *check(context) {
    for (const liaison of context.liaisons) {
      const { record, phone } = liaison;
      if (phone === "" || isPhone(phone) || holdsRuinedIdentifier(record, "phone")) continue;
      yield atLiaison(context, liaison, "phone", invalidPhone(`联络员“${liaison.name}”`, phone));
    }
  },
});
