import { type Place, rangeIn } from "../tables/place.ts";
import { substituteAll } from "../workbook/formula.ts";
import type { CalculationColumn, CalculationSheet } from "./calculation-sheet.ts";
import type { KnownPeople } from "./known-people.ts";
import { holdsPlaceholder } from "./live-people.ts";
import { addFirstOfUnknown, addKnownNumbers, addWeights } from "./text-codes.ts";

/** Authors that have columns of their own in 案例. */
export const authorSlots = [1, 2, 3, 4, 5] as const;

const slotCount = authorSlots.length;

/** What is known of the authors of each row of 案例; ranges of as many rows as 案例 has ready. */
export interface PersonCounts {
  /** Usable account of the author, "" where there is none. */
  readonly account: (slot: number) => string;
  /** In how many submissions the author takes part. */
  readonly participations: (slot: number) => string;
  /** How many submissions the first author leads. */
  readonly led: string;
  /** The first author entry that repeats an earlier one of its row; 0 where none does. */
  readonly repeated: string;
}

const withoutSpaces = (range: string) =>
  substituteAll(range, [
    [" ", ""],
    ["　", ""],
  ]);

/** The text of an identifier, "" where a spreadsheet has ruined it (DATA-PRECISION). */
export function usableIdentifier(range: string): string {
  const onlyZeros = `(LEN(${range})>15)*(SUBSTITUTE(MID(${range},16,99),"0","")="")`;
  // Reading numbers is slow: only what ends in zeros is read.
  const zerosFrom16 = `${onlyZeros}*ISNUMBER(VALUE(IF(${onlyZeros},LEFT(${range},15),1)))`;
  const lost = `ISNUMBER(FIND("E+",UPPER(${range})))+${zerosFrom16}>0`;
  return `IF(ISNUMBER(${range}),IF(${range}>=1E+15,"",${range}&""),IF(${lost},"",${withoutSpaces(range)}))`;
}

/**
 * Counts in how many rows each author stands. Who is who: by the account; an author without one is the person of that
 * name and unit, and is merged with the only account of that name and unit.
 *
 * All author entries are stacked in one column, slot by slot. Everybody gets a number, and one FREQUENCY over the numbers
 * counts them all. Entries that were there when the sheet was written have the number of their person in a list; one typed
 * later is numbered by where its account, or its name and unit, first stands.
 *
 * @param holdsSeveral gives 1 for rows where the name cell of an author (1 to 5) holds several people
 */
export function addPersonCounts(
  sheet: CalculationSheet,
  submissions: Place,
  known: KnownPeople,
  holdsSeveral: (slot: number) => string,
): PersonCounts {
  const rows = submissions.readyRow - submissions.headerRow;
  const stacked = rows * slotCount;
  const perSlot = (formula: (slot: number) => string) => authorSlots.map(formula);
  const cell = (slot: number, part: string) => rangeIn(submissions, `author${slot}.${part}`);

  const account = sheet.add(
    "账号",
    stacked,
    perSlot((k) => usableIdentifier(cell(k, "account"))),
  );
  const weight = addWeights(
    sheet,
    "人",
    stacked,
    perSlot((k) => {
      const [name, unit] = [cell(k, "name"), cell(k, "unit")];
      const isNobody = `(${name}="")+(${unit}="")+${holdsPlaceholder(name)}+${holdsPlaceholder(unit)}>0`;
      const nameAndUnit = `IF(${isNobody},"",${withoutSpaces(`${name}&"|"&${unit}`)})`;
      const typed = sheet.share(account, k - 1, rows);
      const isAccount = `(${typed}<>"")*(1-${holdsPlaceholder(typed)})>0`;
      // Whose the account of several people is, nobody can tell.
      return `IFERROR(IF(${holdsSeveral(k)}>0,"",IF(${isAccount},${typed},${nameAndUnit})),"")`;
    }),
  );
  const knownNumber = addKnownNumbers(sheet, "人", stacked, weight, known.people);
  const newPerson = addFirstOfUnknown(sheet, "人", stacked, weight, knownNumber);
  const code = sheet.add("人号", stacked, [
    `IFERROR(IF(${knownNumber.range}>0,${knownNumber.range},${known.largest}+${newPerson.range}),1)`,
  ]);
  const codeOf = (slot: number) => sheet.share(code, slot - 1, rows);
  const repeats = (slot: number) =>
    authorSlots
      .filter((k) => k < slot)
      .map((k) => `(${codeOf(k)}=${codeOf(slot)})`)
      .join("+");
  // A person who stands twice in a row takes part in it once.
  const counted = sheet.add(
    "计数用",
    stacked,
    perSlot((k) => (k === 1 ? codeOf(1) : `IF(${repeats(k)},1,${codeOf(k)})`)),
  );
  const people = known.largest + stacked + 1;
  const numbers = sheet.addWithNeutral("人序", people, `ROW($A$1:$A$${people + 1})`);
  const frequency = (label: string, range: string) =>
    sheet.addWithNeutral(label, people, `FREQUENCY(IFERROR(${range},1),${numbers.lookupRange})`);
  const participating = frequency("参与数", counted.range);
  const leading = frequency("第一作者数", codeOf(1));
  const countOf = (slot: number, counts: CalculationColumn) =>
    `IF(${codeOf(slot)}>1,LOOKUP(${codeOf(slot)},${numbers.lookupRange},${counts.lookupRange}),0)`;
  const participations = authorSlots.map((k) => sheet.add(`作者${k}参与`, rows, [countOf(k, participating)]));
  const led = sheet.add("第一作者", rows, [countOf(1, leading)]);
  const repeated = sheet.add("重复作者", rows, [
    authorSlots.slice(1).reduceRight((rest, k) => `IF((${codeOf(k)}>1)*(${repeats(k)})>0,${k},${rest})`, "0"),
  ]);
  return {
    account: (slot) => sheet.share(account, slot - 1, rows),
    participations: (slot) => participations[slot - 1]?.range ?? "",
    led: led.range,
    repeated: repeated.range,
  };
}
