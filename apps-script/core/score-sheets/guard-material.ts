import type { AwardData, Submission } from "../award/award.ts";
import { identifyingText } from "../award/identifying-cell.ts";
import { findAccounts } from "../evidence/find-contacts.ts";
import { findNameHits, namesOf } from "../rules/anonymity/applicant-names.ts";
import { findRegionHits, regionsOf } from "../rules/anonymity/applicant-regions.ts";
import { findUnitHits, unitsOf } from "../rules/anonymity/applicant-units.ts";
import { submissionsSheet } from "../schema/application.ts";
import { decodedForms, hasUnreadableEscapes } from "../text/decode-hidden.ts";
import { findHidden, makeSearchable, type SearchableText } from "../text/find-names.ts";

/** Shorter accounts stand in random tokens by chance: they count where they stand alone. */
const longAccount = 8;

/**
 * Whether 评审材料 gives away who applies, in plain words or in any code that a program undoes: an author's name, unit or
 * account, the contact's telephone number, the nominating unit, or the region. Bytes that nobody can read count too.
 */
export function tellsApplicants(award: AwardData, submission: Submission, material: string): boolean {
  if (material === "") return false;
  if (hasUnreadableEscapes(material)) return true;
  const { nominator, unit, authors, record } = submission;
  const accounts = authors.map((author) => author.account).filter((account) => account.length >= 2);
  const words = [
    nominator,
    ...(unit?.aliases ?? []),
    identifyingText(submissionsSheet, record, "phone"),
    ...accounts.filter(isLong),
  ];
  const [names, units, regions] = [namesOf(submission), unitsOf(submission), regionsOf(award, submission)];
  const tells = (text: SearchableText) => {
    const place = { text, running: false };
    return (
      words.some((word) => word.length >= 2 && findHidden(text, word).length > 0) ||
      findAccounts(text.original, accounts).length > 0 ||
      findNameHits(place, names).length > 0 ||
      findUnitHits(place, units).length > 0 ||
      findRegionHits(place, regions, []).length > 0
    );
  };
  return decodedForms(material).some((form) => tells(makeSearchable(form)));
}

const isLong = (account: string) => account.length >= longAccount;
