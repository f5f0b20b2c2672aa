import type { Author, AwardData, Submission } from "../award/award.ts";
import type { TableRow } from "../tables/table.ts";
import { addToGroup } from "../text/group-by.ts";
import { isRuinedIdentifier } from "../text/identifier.ts";
import { cellText } from "../workbook/cell-text.ts";
import type { CellValue } from "../workbook/port.ts";
import { perAward } from "./per-award.ts";

/** Whether a spreadsheet has ruined the identifier in this cell (DATA-PRECISION). */
export function isRuined(value: CellValue): boolean {
  const plain = typeof value === "object" && value !== null && value.kind === "formula" ? value.result : value;
  return isRuinedIdentifier(typeof plain === "number" ? plain : cellText(plain));
}

export function holdsRuinedIdentifier<K extends string>(record: TableRow<K>, key: K): boolean {
  return isRuined(record.raw(key));
}

/**
 * Equal for rows that mean one submission. A row whose 案例编号 is empty or ruined is a submission of its own.
 */
export const submissionIdentity = ({ id, record, sharedKey }: Submission): string =>
  id === "" || holdsRuinedIdentifier(record, "id") ? `row ${record.row}` : sharedKey;

export interface Participation {
  readonly submission: Submission;
  readonly author: Author;
}

/** Every entry of every author, by person. Cancelled rows count; an entry with neither name nor account is nobody. */
export const participationsByPerson = perAward((award: AwardData): ReadonlyMap<string, readonly Participation[]> => {
  const byPerson = new Map<string, Participation[]>();
  for (const submission of award.submissions) {
    for (const author of submission.authors) {
      if (author.name === "" && author.account === "") continue;
      addToGroup(byPerson, author.person, { submission, author });
    }
  }
  return byPerson;
});

/** One submission for each identity, in the order of the rows. */
export function distinctSubmissions(submissions: Iterable<Submission>): Submission[] {
  const first = new Map<string, Submission>();
  for (const submission of submissions) {
    const identity = submissionIdentity(submission);
    if (!first.has(identity)) first.set(identity, submission);
  }
  return [...first.values()];
}
