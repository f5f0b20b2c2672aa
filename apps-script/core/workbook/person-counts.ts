import type { CalculationColumn, CalculationSheet } from "./calculation-sheet.ts";
import { substituteAll } from "./formula.ts";
import { type Place, rangeIn } from "./place.ts";
import { addSorted, addTextCodes, identifierShape, nameShape } from "./text-codes.ts";

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

/** Larger than any number of a text, so that a pair of them fits one number. */
const pairFactor = 1_000_000;

/**
 * Counts in how many rows each author stands. Who is who: by the account; an author without one is the person of that
 * name and unit, and is merged with the only account of that name and unit.
 *
 * All author entries are stacked in one column, slot by slot. Everybody gets a number, and one FREQUENCY over the numbers
 * counts them all.
 */
export function addPersonCounts(sheet: CalculationSheet, submissions: Place): PersonCounts {
  const rows = submissions.readyRow - submissions.headerRow;
  const stacked = rows * slotCount;
  const perSlot = (formula: (slot: number) => string) => authorSlots.map(formula);
  const cell = (slot: number, part: string) => rangeIn(submissions, `author${slot}.${part}`);

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
  const accountCode = addTextCodes(sheet, "账号", stacked, account, positions, identifierShape);
  const nameCode = addTextCodes(sheet, "姓名和单位", stacked, nameAndUnit, positions, nameShape);
  const resolved = addOnlyAccounts(sheet, stacked, accountCode, nameCode, positions);
  const code = sheet.add("人号", stacked, [
    `IF(${accountCode.range}>1,${accountCode.range},IF(${nameCode.range}=1,1,IF(${resolved.range}>0,${resolved.range},${stacked + 1}+${nameCode.range})))`,
  ]);
  const codeOf = (slot: number) => sheet.share(code, slot - 1, rows);
  const repeats = (slot: number) =>
    authorSlots.filter((k) => k < slot).map((k) => `(${codeOf(k)}=${codeOf(slot)})`).join("+");
  // A person who stands twice in a row takes part in it once.
  const counted = sheet.add(
    "计数用",
    stacked,
    perSlot((k) => (k === 1 ? codeOf(1) : `IF(${repeats(k)}>0,1,${codeOf(k)})`)),
  );
  const people = 2 * (stacked + 1);
  const numbers = sheet.addWithNeutral("人序", people, `ROW($A$1:$A$${people + 1})`);
  const frequency = (label: string, range: string) =>
    sheet.addWithNeutral(label, people, `FREQUENCY(IFERROR(${range},1),${numbers.lookupRange})`);
  const participating = frequency("参与数", counted.range);
  const leading = frequency("第一作者数", codeOf(1));
  const countOf = (slot: number, counts: CalculationColumn) =>
    `IF(${codeOf(slot)}>1,LOOKUP(${codeOf(slot)},${numbers.lookupRange},${counts.lookupRange}),0)`;
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

/** For each entry the number of the only account that bears its name and unit; 0 where there is none or several. */
function addOnlyAccounts(
  sheet: CalculationSheet,
  height: number,
  account: CalculationColumn,
  name: CalculationColumn,
  positions: CalculationColumn,
): CalculationColumn {
  const pair = sheet.add(
    "姓名账号",
    height,
    [`IFERROR(IF((${account.range}>1)*(${name.range}>1)>0,${name.range}*${pairFactor}+${account.range},0),0)`],
    0,
  );
  const sorted = addSorted(sheet, "姓名账号排序", height, pair, positions);
  const at = (value: string, results: CalculationColumn) =>
    `LOOKUP(${value},${sorted.lookupRange},${results.lookupRange})`;
  // The sorted pairs of one name lie together: its largest, and the one that follows the pairs of smaller names.
  const largest = sheet.add("最大账号", height, [`IFERROR(${at(`(${name.range}+1)*${pairFactor}-0.5`, sorted)},0)`]);
  const before = sheet.add("之前个数", height, [`IFERROR(${at(`${name.range}*${pairFactor}-0.5`, positions)},0)`]);
  const smallest = sheet.add("最小账号", height, [
    `IFERROR(LOOKUP(${before.range}+1,${positions.lookupRange},${sorted.lookupRange}),0)`,
  ]);
  return sheet.add("唯一账号", height, [
    `IF((${largest.range}=${smallest.range})*(INT(${largest.range}/${pairFactor})=${name.range})>0,MOD(${largest.range},${pairFactor}),0)`,
  ]);
}
