import type { AwardData, Submission } from "../award/award.ts";
import { namesOf } from "../rules/anonymity/applicant-names.ts";
import { regionsOf } from "../rules/anonymity/applicant-regions.ts";
import { unitsOf } from "../rules/anonymity/applicant-units.ts";
import { cleanPhone, isPhone } from "../text/phone.ts";

/** What would give away who applies: plain texts, the longer names first, so that they can be handed to another thread. */
export interface Applicants {
  readonly names: readonly string[];
  readonly units: readonly string[];
  readonly regions: readonly string[];
  readonly accounts: readonly string[];
  readonly phones: readonly string[];
}

/** Shorter ones stand in any text by chance. */
const shortestAccount = 4;

/** The same names, units and regions as the rules ANON-… of the check look for, and what only files are searched for. */
export function applicantsOf(award: AwardData, submission: Submission): Applicants {
  const accounts = submission.authors.filter((author) => !author.accountRuined).map((author) => author.account);
  const phone = submission.record.text("phone");
  return {
    names: namesOf(submission),
    units: unitsOf(submission),
    regions: regionsOf(award, submission),
    accounts: [...new Set(accounts)].filter((account) => account.length >= shortestAccount),
    phones: isPhone(phone) ? [cleanPhone(phone)] : [],
  };
}
