import { authorNumbers } from "../award/read-authors.ts";
import {
  type AuthorNumber,
  isIdeograph,
  isIdeographCode,
  isPlaceholderOf,
  type LiveSources,
  oneOf,
  whereRare,
} from "../rules/live.ts";
import { plainSurnames } from "../text/surnames.ts";
import { quote, substituteAll } from "../workbook/formula.ts";
import type { CalculationColumn, CalculationSheet } from "./calculation-sheet.ts";
import type { KnownPeople } from "./known-people.ts";
import { addTextNumbers } from "./text-codes.ts";

/** What is known of the authors of each row of 案例; ranges of as many rows as 案例 has ready. */
export interface PersonCounts {
  /** 1 where 其他作者 certainly names somebody. */
  readonly hasOthers: string;
  /** 1 where there certainly is such an author. */
  readonly isAuthor: (n: AuthorNumber) => string;
  /** 1 where the name certainly is that of one person. */
  readonly isOnePerson: (n: AuthorNumber) => string;
  /** 1 where the name certainly holds several people. */
  readonly isSeveral: (n: AuthorNumber) => string;
  /** In how many submissions the author takes part, at the least. */
  readonly participations: (n: AuthorNumber) => string;
  /** How many submissions the first author leads, at the least. */
  readonly led: string;
  /** The first author entry that repeats an earlier one of its row; 0 where none does. */
  readonly repeated: string;
}

export const withoutSpaces = (range: string): string =>
  substituteAll(range, [
    [" ", ""],
    ["　", ""],
  ]);

/**
 * Whether a text of lower-case letters without spaces certainly identifies something: it begins and ends like a number or
 * an account, and is none of the words and figures that stand for nothing.
 */
export function isSureIdentifier(text: string): string {
  const kind = (character: string) => `LOOKUP(IFERROR(UNICODE(${character}),0),{0,48,58,97,123},{0,1,0,2,0})`;
  const [first, last] = [kind(`LEFT(${text},1)`), kind(`RIGHT(${text},1)`)];
  const words = ["undefined", "unknown", "empty", "blank", "nothing", "ditto"];
  const isOneLetter = `(SUBSTITUTE(${text},LEFT(${text},1),"")="")`;
  const isLong = `((${last}=1)*(LEN(${text})>1)+(LEN(${text})>4)>0)`;
  return `((${first}>0)*(${last}>0)*${isLong}*(1-${isOneLetter})*(1-${oneOf(text, words)}))`;
}

/** How the words begin that stand for no name: 无, 暂无, 尚未填写, 申请中, 同上. */
const placeholderStarts =
  "无無没沒未待缺不暂暫目尚还還均都并並本人正申办辦审審注註开開补補核填详詳见見另稍后後以过過回再空略省否忘保不匿佚某某同上如仝与與和一丨丶〇";
/** How names of schools and offices end. */
export const unitEnds = "校学學园園局院所厅廳";
const namesApart = [..."、﹑，,；;：:/／和与暨跟及等&＆+＋。 　"].map((mark) => [mark, ""] as const);

/**
 * Two to four Chinese characters, or a name of another people with a dot in it.
 *
 * @param isChinese whether the i-th character (from 1) is
 */
function isOneName(name: string, isChinese: (i: number) => string): string {
  const long = `((LEN(${name})=2)+(LEN(${name})=3)*${isChinese(3)}+(LEN(${name})=4)*${isChinese(3)}*${isChinese(4)})`;
  const hasDot = `(LEN(SUBSTITUTE(${name},"·",""))=LEN(${name})-1)`;
  const isUndivided = `(LEN(${substituteAll(name, namesApart)})=LEN(${name}))*(LEN(${name})<13)`;
  const beginsPlainly = `ISNUMBER(FIND(LEFT(${name},1),${quote(plainSurnames)}))`;
  const dotted = whereRare(hasDot, `${isUndivided}*(1-${beginsPlainly})`);
  const begins = `(1-ISNUMBER(FIND(LEFT(${name},1),${quote(placeholderStarts)})))`;
  return `(${isChinese(1)}*${isChinese(2)}*${begins}*((${long}+${dotted})>0))`;
}

/** A cell of names with 、 between them, and some behind. */
export const partNames = (names: string): string =>
  `SUBSTITUTE(${substituteAll(names, partMarks)},CHAR(10),"、")&"、、、、"`;

/** How a cell with two names is parted. */
const partMarks = ["，", ",", "；", ";", "/", "／"].map((mark) => [mark, "、"] as const);

/**
 * Two names of two or three characters that begin with common surnames.
 *
 * @param names the cell with 、 between the names, and some behind them
 * @param at where the first 、 stands
 */
export function isTwoNames(names: string, at: string): string {
  const isSurname = (i: string) => `ISNUMBER(FIND(MID(${names},${i},1),${quote(plainSurnames)}))`;
  const ends = (i: string) => `((MID(${names},${i},1)="、")+${isIdeograph(names, i)}>0)`;
  const first = `(${at}>2)*(${at}<5)*${isSurname("1")}*${isIdeograph(names, 2)}*${ends("3")}`;
  const second = `${isSurname(`${at}+1`)}*${isIdeograph(names, `${at}+2`)}*${ends(`${at}+3`)}`;
  return whereRare(`LEN(${names})>${at}+3`, `${first}*${second}*(MID(${names},${at}+4,1)="、")`);
}

/**
 * Counts in how many rows each author certainly stands. Who is who: by the account; an author without one is the person of
 * that name and unit. Cells that formulas cannot read for certain count for nobody, and so do rows whose 案例编号 stands
 * twice.
 *
 * All author entries are stacked in one column, slot by slot. Everybody gets a number, and one FREQUENCY over the numbers
 * counts them all. Entries that were there when the sheet was written have the number of their person in a list; one typed
 * later is numbered by where its account, or its name and unit, first stands.
 *
 * @param isRuined 1 where a spreadsheet has certainly ruined the account
 * @param isCounted a range with 1 for the rows that are submissions of their own
 */
export function addPersonCounts(
  sheet: CalculationSheet,
  rows: number,
  at: LiveSources["at"],
  known: KnownPeople,
  isRuined: (n: AuthorNumber) => string,
  isCounted: string,
): PersonCounts {
  const stacked = rows * authorNumbers.length;
  const stack = (label: string, formula: (n: AuthorNumber) => string) => {
    const column = sheet.add(label, stacked, authorNumbers.map(formula));
    return { ...column, of: (n: AuthorNumber) => sheet.share(column, n - 1, rows) };
  };
  const cell = (n: AuthorNumber, part: "name" | "unit" | "account") => at(`author${n}.${part}`);

  const name = stack("姓名", (n) => `IFERROR(TRIM(${cell(n, "name")}),"?")`);
  const codes = [1, 2, 3, 4].map((i) => stack(`姓名${i}`, (n) => `UNICODE(MID(${name.of(n)}&"    ",${i},1))`));
  const oneName = stack("一人", (n) => isOneName(name.of(n), (i) => isIdeographCode(codes[i - 1]?.of(n) ?? "0")));
  const names = stack("各名", (n) => partNames(name.of(n)));
  const nameEnd = stack("首名止", (n) => `FIND("、",${names.of(n)})`);
  const several = stack("多人", (n) => isTwoNames(names.of(n), nameEnd.of(n)));
  const account = stack("账号", (n) => `IFERROR(LOWER(${withoutSpaces(cell(n, "account"))}),"?")`);
  const sureAccount = stack("账号可用", (n) => `${isSureIdentifier(account.of(n))}*(1-${isRuined(n)})`);
  const noAccount = stack(
    "无账号",
    (n) => `IF((${account.of(n)}="")+${isPlaceholderOf(account.of(n), "account")}+${isRuined(n)}>0,1,0)`,
  );
  const unit = stack("单位", (n) => `IFERROR(LOWER(${withoutSpaces(cell(n, "unit"))}),"")`);
  const sureUnit = stack(
    "单位可用",
    (n) =>
      `(LEN(${unit.of(n)})>3)*${isIdeograph(unit.of(n), 1)}*ISNUMBER(FIND(RIGHT(${unit.of(n)},1),${quote(unitEnds)}))`,
  );
  const numbered = addTextNumbers(
    sheet,
    "人",
    stacked,
    authorNumbers.map((n) => {
      const [person, own, typed] = [name.of(n), unit.of(n), account.of(n)];
      const nameAndUnit = `IF((${person}="")+(${own}="")+${isPlaceholderOf(person, "name")}+${isPlaceholderOf(own, "unit")}>0,"",${withoutSpaces(person)}&"|"&${own})`;
      // Whose the account of several people is, nobody can tell.
      return `IF(${noAccount.of(n)}=1,${nameAndUnit},IF((${person}="")+${oneName.of(n)}>0,${typed},""))`;
    }),
    known.people,
  );
  const isSure = stack(
    "人可认",
    (n) => `IF(${noAccount.of(n)}=1,${oneName.of(n)}*${sureUnit.of(n)},${sureAccount.of(n)})`,
  );
  const code = stack("人号", (n) => {
    const [number, first] = [numbered.known, numbered.first].map((column) => sheet.share(column, n - 1, rows));
    return `IFERROR(IF(${number}>0,${number},IF(${isSure.of(n)}*(${first}>1)>0,${known.largest}+${first},1)),1)`;
  });
  const codeOf = code.of;
  const repeats = (n: AuthorNumber) =>
    authorNumbers
      .filter((k) => k < n)
      .map((k) => `(${codeOf(k)}=${codeOf(n)})`)
      .join("+");
  // A person who stands twice in a row takes part in it once.
  const counted = stack("计数用", (n) =>
    n === 1 ? `IF(${isCounted}=1,${codeOf(1)},1)` : `IF((${repeats(n)})+(${isCounted}=0)>0,1,${codeOf(n)})`,
  );
  const people = known.largest + stacked + 1;
  const numbers = sheet.addNumbers("人序", people);
  const participating = sheet.addFrequencies("参与数", counted.range, numbers, people);
  const leading = sheet.addFrequencies("第一作者数", counted.of(1), numbers, people);
  const countOf = (n: AuthorNumber, counts: CalculationColumn) =>
    `IF(${codeOf(n)}>1,LOOKUP(${codeOf(n)},${numbers.lookupRange},${counts.lookupRange}),0)`;
  const participations = stack("参与", (n) => countOf(n, participating));
  const led = sheet.add("第一作者", rows, [countOf(1, leading)]);
  const [, ...coAuthors] = authorNumbers;
  const repeated = sheet.add("重复作者", rows, [
    coAuthors.reduceRight((rest, n) => `IF((${codeOf(n)}>1)*(${repeats(n)})>0,${n},${rest})`, "0"),
  ]);
  const isAuthor = stack(
    "有作者",
    (n) => `IF(${oneName.of(n)}+${several.of(n)}+${sureAccount.of(n)}+${isRuined(n)}+${sureUnit.of(n)}>0,1,0)`,
  );
  const others = sheet.add("其他作者", rows, [
    `IFERROR(SUBSTITUTE(${substituteAll(withoutSpaces(at("otherAuthors")), partMarks)},CHAR(10),"、"),"")`,
  ]).range;
  const firstOther = sheet.add("其他首名", rows, [`LEFT(${others},FIND("、",${others}&"、")-1)`]).range;
  const isMore = `${isOneName(firstOther, (i) => isIdeograph(firstOther, i))}*ISERROR(FIND(LEFT(${firstOther},1),"其全等团核"))`;
  const hasOthers = sheet.add("有其他作者", rows, [`IF(${isMore}>0,1,0)`]);
  return {
    hasOthers: hasOthers.range,
    isAuthor: isAuthor.of,
    isOnePerson: oneName.of,
    isSeveral: several.of,
    participations: participations.of,
    led: led.range,
    repeated: repeated.range,
  };
}
