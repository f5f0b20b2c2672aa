import type { AwardData, Submission, SubmissionKey } from "../award/award.ts";
import { readUnitNames } from "../award/unit-names.ts";
import { foldForComparison } from "../text/clean.ts";
import { isRuinedIdentifier } from "../text/identifier.ts";
import { accountKey, identifierKey, nameAndUnitKey } from "../text/identity.ts";
import { cellText } from "../workbook/cell-text.ts";
import type { WorkbookSnapshot } from "../workbook/port.ts";
import { type KnownTexts, knownTexts } from "./text-codes.ts";

/** People and numbers that stand in 案例 when its live checks are laid; later ones are found by going through the sheet. */
export interface KnownPeople {
  /** Accounts, and `name|unit` of entries without one. */
  readonly people: KnownTexts;
  /** 案例编号. */
  readonly ids: KnownTexts;
  /** The largest number given to a person. */
  readonly largest: number;
  /** The largest number given to a 案例编号. */
  readonly largestId: number;
}

export const noPeople: KnownPeople = {
  people: { weights: [], numbers: [] },
  ids: { weights: [], numbers: [] },
  largest: 1,
  largestId: 1,
};

/** As the formulas take spaces away. */
const withoutSpaces = (text: string) => text.replace(/[ \u3000]/g, "");

/** Numbers the accounts, names and numbers that stand in 案例, one number for spellings that the rules take for the same. */
export function findKnownPeople(submissions: readonly Submission[]): KnownPeople {
  const numbers = new Map<string, number>();
  const numberOf = (key: string) => {
    const number = numbers.get(key) ?? numbers.size + 2;
    numbers.set(key, number);
    return number;
  };
  const people = new Map<string, number>();
  const ids = new Map<string, number>();
  const idNumbers = new Map<string, number>();
  for (const { record, authors, id } of submissions) {
    const typed = (key: SubmissionKey) => withoutSpaces(cellText(record.raw(key))).toLowerCase();
    if (id !== "" && !isRuinedIdentifier(id)) {
      const number = idNumbers.get(identifierKey(id)) ?? idNumbers.size + 2;
      idNumbers.set(identifierKey(id), number);
      ids.set(typed("id"), number);
    }
    for (const { position, name, unit, account, columns, shared } of authors) {
      if (position > 5 || shared) continue;
      // Whom an entry without an account is merged with may change with every row that is typed.
      if (account !== "") people.set(typed(columns.account), numberOf(accountKey(account)));
      else if (name !== "" && unit !== "") {
        people.set(`${typed(columns.name)}|${typed(columns.unit)}`, numberOf(nameAndUnitKey(name, unit)));
      }
    }
  }
  return { people: knownTexts(people), ids: knownTexts(ids), largest: numbers.size + 1, largestId: idNumbers.size + 1 };
}

/**
 * Names that 单位 does not call a unit by now, and its 单位名称: what stands in 推荐单位, aliases, codes, earlier names, and
 * 单位名称 without what comparisons leave out.
 */
export function findOtherUnitNames(
  snapshot: WorkbookSnapshot,
  { units, submissions, resolveUnit }: Pick<AwardData, "units" | "submissions" | "resolveUnit">,
): ReadonlyMap<string, string> {
  const spellings = [
    ...submissions.map(({ record }) => cellText(record.raw("nominator"))),
    ...units.flatMap(({ name, code, aliases }) => [name, ...aliases].map(foldForComparison).concat(code, aliases)),
    ...readUnitNames(snapshot).map(({ name }) => name),
  ];
  const names = new Set(units.map(({ name }) => name));
  return new Map(
    spellings.flatMap((text): [string, string][] => {
      const name = names.has(text) ? undefined : resolveUnit(text)?.name;
      return name ? [[text, name]] : [];
    }),
  );
}
