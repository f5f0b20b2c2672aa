import type { Submission, SubmissionKey } from "../award/award.ts";
import { isRuinedIdentifier } from "../text/identifier.ts";
import { cellText } from "../workbook/cell-text.ts";
import { type KnownTexts, knownTexts } from "./text-codes.ts";

/** People and numbers that stand in 案例 when its live checks are laid; later ones are found by going through the sheet. */
export interface KnownPeople {
  /** Accounts, and `name|unit` of entries without one. */
  readonly people: KnownTexts;
  /** 案例编号. */
  readonly ids: KnownTexts;
  /** The largest number given to a person. */
  readonly largest: number;
}

export const noPeople: KnownPeople = {
  people: { weights: [], numbers: [] },
  ids: { weights: [], numbers: [] },
  largest: 1,
};

/** As the formulas take spaces away. */
const withoutSpaces = (text: string) => text.replace(/[ \u3000]/g, "");

/** Numbers everybody who stands in 案例, as the rules know them (DESIGN §3, Who is who). */
export function findKnownPeople(submissions: readonly Submission[]): KnownPeople {
  const numbers = new Map<string, number>();
  const numberOf = (person: string) => {
    const number = numbers.get(person) ?? numbers.size + 2;
    numbers.set(person, number);
    return number;
  };
  const people = new Map<string, number>();
  const ids = new Map<string, number>();
  for (const { record, authors } of submissions) {
    const typed = (key: SubmissionKey) => withoutSpaces(cellText(record.raw(key)));
    const id = typed("id");
    if (id !== "" && !isRuinedIdentifier(id) && !ids.has(id.toLowerCase())) ids.set(id.toLowerCase(), ids.size + 2);
    for (const { position, person, account, columns, shared } of authors) {
      if (position > 5 || shared) continue;
      const number = numberOf(person);
      const [name, unit] = [typed(columns.name), typed(columns.unit)];
      if (account !== "") people.set(typed(columns.account).toLowerCase(), number);
      else if (name !== "" && unit !== "") people.set(`${name}|${unit}`.toLowerCase(), number);
    }
  }
  return { people: knownTexts(people), ids: knownTexts(ids), largest: numbers.size + 1 };
}
