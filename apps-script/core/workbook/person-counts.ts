import { type CalculationColumn, type CalculationSheet, nothing } from "./calculation-sheet.ts";
import { quote, substituteAll } from "./formula.ts";
import { type Place, rangeIn } from "./place.ts";

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

const withoutSpaces = (range: string) => substituteAll(range, [[" ", ""], ["　", ""]]);

/** The text of an identifier, "" where a spreadsheet has ruined it (DATA-PRECISION). */
export function usableIdentifier(range: string): string {
  const zerosFrom16 = `(LEN(${range})>15)*ISNUMBER(VALUE(LEFT(${range},15)))*(SUBSTITUTE(MID(${range},16,99),"0","")="")`;
  return `IF(ISNUMBER(${range}),IF(${range}>=1E+15,"",${range}&""),IF(ISNUMBER(FIND("E+",UPPER(${range})))+IFERROR(${zerosFrom16},0)>0,"",${withoutSpaces(range)}))`;
}

/**
 * Counts in how many rows each author stands. Who is who: by the account; an author without one is the person of that
 * name and unit, and is merged with the only account of that name and unit.
 *
 * All author entries are stacked in one column, slot by slot, and each is told by the position of its first occurrence
 * (programs hash exact matches in one range). One FREQUENCY over those positions counts everybody.
 */
export function addPersonCounts(sheet: CalculationSheet, submissions: Place): PersonCounts {
  const rows = submissions.readyRow - submissions.headerRow;
  const stacked = rows * slotCount;
  const perSlot = (formula: (slot: number) => string) => authorSlots.map(formula);
  const cell = (slot: number, part: string) => rangeIn(submissions, `author${slot}.${part}`);
  const none = quote(nothing);

  const positions = sheet.addWithNeutral("序", stacked, `ROW($A$1:$A$${stacked + 1})`);
  const account = sheet.add("账号", stacked, perSlot((k) => usableIdentifier(cell(k, "account"))));
  const nameAndUnit = sheet.add(
    "姓名和单位",
    stacked,
    perSlot((k) => {
      const [name, unit] = [cell(k, "name"), cell(k, "unit")];
      return `IF((${name}="")+(${unit}="")>0,"",${withoutSpaces(name)}&"|"&${withoutSpaces(unit)})`;
    }),
  );
  const own = sheet.add(
    "本人",
    stacked,
    [
      `IFERROR(IF(${account.range}<>"","@"&${account.range},IF(${nameAndUnit.range}="",${none},${nameAndUnit.range})),${none})`,
    ],
    nothing,
  );
  const holder = sheet.add(
    "有账号者",
    stacked,
    [`IFERROR(IF((${account.range}="")+(${nameAndUnit.range}="")>0,${none},${nameAndUnit.range}),${none})`],
    nothing,
  );
  const firstHolder = addFirstOccurrence(sheet, "有账号者首现", stacked, holder.range, holder);
  const ambiguous = sheet.add(
    "同名不同账号",
    stacked,
    [`IF(LOOKUP(${firstHolder.range},${positions.lookupRange},${own.lookupRange})=${own.range},${none},${holder.range})`],
    nothing,
  );
  const withoutAccount = `IF(LEFT(${own.range},1)="@",${none},${own.range})`;
  const isAmbiguous = addFirstOccurrence(sheet, "不可归并", stacked, withoutAccount, ambiguous);
  const sameAs = addFirstOccurrence(sheet, "归并到", stacked, `IF(${isAmbiguous.range}>1,${none},${withoutAccount})`, holder);
  const person = sheet.add(
    "人",
    stacked,
    [`IF(${sameAs.range}>1,LOOKUP(${sameAs.range},${positions.lookupRange},${own.lookupRange}),${own.range})`],
    nothing,
  );
  const code = addFirstOccurrence(sheet, "人号", stacked, person.range, person);
  const codeOf = (slot: number) => sheet.share(code, slot - 1, rows);
  const repeats = (slot: number) =>
    authorSlots.filter((k) => k < slot).map((k) => `(${codeOf(k)}=${codeOf(slot)})`).join("+");
  // A person who stands twice in a row takes part in it once.
  const counted = sheet.add(
    "计数用",
    stacked,
    perSlot((k) => (k === 1 ? codeOf(1) : `IF(${repeats(k)}>0,1,${codeOf(k)})`)),
  );
  const frequency = (label: string, range: string) =>
    sheet.addWithNeutral(label, stacked, `FREQUENCY(IFERROR(${range},1),${positions.lookupRange})`);
  const participating = frequency("参与数", counted.range);
  const leading = frequency("第一作者数", codeOf(1));
  const countOf = (slot: number, counts: CalculationColumn) =>
    `IF(${codeOf(slot)}>1,LOOKUP(${codeOf(slot)},${positions.lookupRange},${counts.lookupRange}),0)`;
  const participations = authorSlots.map((k) => sheet.add(`作者${k}参与`, rows, [countOf(k, participating)]));
  const led = sheet.add("第一作者", rows, [countOf(1, leading)]);
  const repeated = sheet.add(
    "重复作者",
    rows,
    [
      authorSlots
        .slice(1)
        .reduceRight((rest, k) => `IF((${codeOf(k)}>1)*(${repeats(k)})>0,${k},${rest})`, "0"),
    ],
  );
  return {
    account: (slot) => sheet.share(account, slot - 1, rows),
    participations: (slot) => participations[slot - 1]?.range ?? "",
    led: led.range,
    repeated: repeated.range,
  };
}

/** Where each of `values` first stands in a column; 1 where it is nothing or stands nowhere. */
export function addFirstOccurrence(
  sheet: CalculationSheet,
  label: string,
  height: number,
  values: string,
  within: CalculationColumn,
): CalculationColumn {
  return sheet.add(label, height, [`IFERROR(MATCH(${values},${within.lookupRange},0),1)`]);
}
