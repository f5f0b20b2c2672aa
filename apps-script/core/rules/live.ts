/**
 * What the formulas of 即时检查 are built of. A formula knows less than `check`: it may only flag what the rule certainly
 * flags, and is silent where it cannot tell.
 */
import type { ExpertKey, LiaisonKey, SubmissionKey } from "../award/award.ts";
import type { authorNumbers } from "../award/read-authors.ts";
import type { Notice, SectionKey } from "../notice/notice.ts";
import { submissionsSheet } from "../schema/application.ts";
import { columnOf, type KeyOf, labelOf, type SheetSpec } from "../schema/sheet-spec.ts";
import { foldForComparison } from "../text/clean.ts";
import { isPlaceholder } from "../text/placeholder.ts";
import { quote, substituteAll } from "../workbook/formula.ts";

/** A value of the notice that the formulas compare with; those of 参数 follow that sheet. */
export type LimitKey =
  | "quotaUrban"
  | "quotaRural"
  | "quotaSchool"
  | "authors"
  | "firstAuthored"
  | "participations"
  | "submittedFrom"
  | "submittedTo"
  | "recommendedFrom"
  | "recommendedTo"
  | SectionKey
  | "total"
  | "keywordsMin"
  | "keywordsMax"
  | "videoWidth"
  | "videoHeight"
  | "videoMinutesMin"
  | "videoMinutesMax"
  | "recencyYears"
  | "expertDeadline";

export const wordColumns = [
  "wordsSummary",
  "wordsInnovation",
  "wordsProcess",
  "wordsApplication",
  "wordsTotal",
] as const;
export const dateColumns = ["submittedOn", "videoRecordedOn", "recommendedOn"] as const;

export type IdentifierColumn = "id" | "phone" | `author${AuthorNumber}.account`;
export type WordColumn = (typeof wordColumns)[number];
export type DateColumn = (typeof dateColumns)[number];
export type AuthorNumber = (typeof authorNumbers)[number];

/** What the formulas look at. Every range is as high as the ready rows of 案例; every number is 0 where a cell is empty. */
export interface LiveSources {
  readonly notice: Notice;
  /** The cells of a column as they were typed. */
  readonly at: (key: SubmissionKey) => string;
  /** The same without spaces. */
  readonly bare: (key: SubmissionKey) => string;
  /** How the text begins: 1 a digit, 2 certainly no digit, 3 anything that can be seen, 0 nothing or nobody can tell. */
  readonly lead: (key: SubmissionKey) => string;
  /** 1 where a cell holds nothing, or nothing but the usual spaces. */
  readonly isEmpty: (key: SubmissionKey) => string;
  /** 1 where a cell is empty or holds one of the common placeholders. */
  readonly isMissing: (key: SubmissionKey) => string;
  /** The cell that holds a limit. */
  readonly limit: (key: LimitKey) => string;
  /**
   * Puts what a formula gives in a column of its own, once for a label, and gives its range. What looks at the cells of one
   * column of 案例 only belongs there: it is not calculated again when others change.
   */
  readonly compute: (label: string, formula: string) => string;
  /** A date as serial number; -1 where it certainly is none, 0 where nobody can tell. */
  readonly day: (key: DateColumn) => string;
  /** A 字数 cell; -1 where nobody can tell, -2 where it certainly is no whole number. */
  readonly words: (key: WordColumn) => string;
  /** 类别 of the nominator as 单位 writes it; `-` where no unit is found. */
  readonly unitKind: string;
  /** 1 where the nominator certainly is no unit. */
  readonly unknownUnit: string;
  /** How many rows bear this row's 案例编号. */
  readonly sameId: string;
  /** 1 where a spreadsheet has certainly ruined an identifier (DATA-PRECISION). */
  readonly isRuined: (key: IdentifierColumn) => string;
  /** 1 where there certainly is such an author. */
  readonly isAuthor: (n: AuthorNumber) => string;
  /** 1 where the name certainly is that of one person. */
  readonly isOnePerson: (n: AuthorNumber) => string;
  /** 1 where the name certainly holds several people. */
  readonly isSeveral: (n: AuthorNumber) => string;
  /** 1 where 其他作者 certainly names somebody. */
  readonly hasOthers: string;
  /** In how many submissions the author takes part, at the least. */
  readonly participations: (n: AuthorNumber) => string;
  /** How many submissions the first author leads, at the least. */
  readonly led: string;
  /** The first author entry that repeats an earlier one of its row. */
  readonly repeated: string;
  /** By how many rows the quota group of a recommended row is over its quota. */
  readonly overQuota: string;
  readonly quota: string;
  /** Whether, of a row of 即时计算, as many recommended rows come before it as its group has places. */
  readonly isPastQuota: (row: number) => string;
  /** Whether 正文 certainly holds no text for a row of 即时计算. */
  readonly hasNoText: (row: number) => string;
  /** The cell of a column that `compute` made, in a row of 即时计算. */
  readonly cell: (label: string, row: number) => string;
}

/** What the formulas of 专家 and 联络员 look at; every range is as high as the ready rows of that sheet. */
export interface PeopleSources<K extends string> {
  readonly notice: Notice;
  readonly at: (key: K) => string;
  readonly bare: (key: K) => string;
  readonly lead: (key: K) => string;
  readonly limit: (key: LimitKey) => string;
  readonly compute: (label: string, formula: string) => string;
  /** A date as serial number; -1 where it certainly is none, 0 where nobody can tell. */
  readonly day: (key: K) => string;
  readonly unitKind: string;
  readonly unknownUnit: string;
  readonly isRuined: (key: K) => string;
  /** 1 where the name certainly holds several people. */
  readonly isSeveral: string;
  /** 1 where the text certainly identifies something and stands in another row too. */
  readonly isRepeated: (key: K) => string;
}

export interface Live {
  /** A formula over all rows of 案例: for each `；` and what is wrong, or "". */
  readonly problems?: (live: LiveSources) => string;
  /** The same over the rows of 专家. */
  readonly experts?: (live: PeopleSources<ExpertKey>) => string;
  /** The same over the rows of 联络员. */
  readonly liaisons?: (live: PeopleSources<LiaisonKey>) => string;
  /** The same for problems of the rule's other severity. */
  readonly alsoProblems?: (live: LiveSources) => string;
  /** A condition that costs too much for every row; asked of rows that have a problem. */
  readonly provided?: (live: LiveSources, row: number) => string;
  /** For people: what the formula leaves to `check`. */
  readonly leaves?: string;
}

/** `「提交日期」`: conditional formats find the column by it. */
export const named = (key: SubmissionKey): string => namedOf(submissionsSheet, key);
export const namedOf = <S extends SheetSpec>(sheet: S, key: KeyOf<S>): string => `「${labelOf(sheet, key)}」`;

/** A part of a message: `；` and what `texts` say (quoted texts and formulas), where the condition holds. */
export function when(condition: string, ...texts: readonly string[]): string {
  return `IF(${condition},${[quote("；"), ...texts].join("&")},"")`;
}

/**
 * A truth that is asked for in rows where another holds, 0 elsewhere. LibreOffice does not calculate what no row asks for,
 * but goes through it for each row that does: the condition must be rare, or the truth a short formula.
 */
export const whereRare = (condition: string, truth: string): string => `IF(${condition},1*(${truth}),0)`;

export const together = (...parts: readonly string[]): string => (parts.length === 0 ? '""' : parts.join("&"));

export const allOf = (...conditions: readonly string[]): string => conditions.map((c) => `(${c})`).join("*");
/** A truth alone is no number: programs hold both truths to be more than 0. */
export const anyOf = (...conditions: readonly string[]): string =>
  conditions.length === 1 ? `(${conditions[0]})` : `(${conditions.map((c) => `(${c})`).join("+")}>0)`;
export const not = (condition: string): string => `(1-(${condition}))`;

/** Parts the entries of a list that is searched as one text: FIND knows no wildcards and takes letters as they are. */
const fence = "¶";

/** Whether a text is one of these, to the letter. */
export function oneOf(text: string, entries: readonly string[]): string {
  return `ISNUMBER(FIND(${quote(fence)}&${text}&${quote(fence)},${quote(fence + entries.join(fence) + fence)}))`;
}

/** Whether a cell holds nothing, or nothing but the usual spaces. */
export function isEmpty(range: string): string {
  const spaces = ["UNICHAR(12288)", "UNICHAR(160)", "UNICHAR(8203)"];
  return `(TRIM(${spaces.reduce((text, space) => `SUBSTITUTE(${text},${space},"")`, range)})="")`;
}

/** What people commonly type for nothing. */
const placeholders = [
  ...[
    "无",
    "暂无",
    "没有",
    "待补",
    "待定",
    "待注册",
    "申请中",
    "未知",
    "未填",
    "未填写",
    "未注册",
    "无账号",
    "暂缺",
    "空",
    "略",
    "不详",
  ],
  ...["同上", "同前", "/", "／", "\\", "-", "－", "—", "——", "…", "〃", "″", "0", "N/A", "null", "xxx"],
];

/** Whether a cell of an identifying column holds one of the common placeholders. */
export function isPlaceholderIn<S extends SheetSpec>(range: string, sheet: S, key: KeyOf<S>): string {
  const kind = columnOf(sheet, key).identifies;
  return kind === undefined ? "0" : isPlaceholderOf(range, kind);
}

export const isPlaceholderOf = (range: string, kind: Parameters<typeof isPlaceholder>[1]): string =>
  oneOf(
    `TRIM(${range})`,
    placeholders.filter((word) => isPlaceholder(word, kind)),
  );

/** Texts that are compared as they stand, and all that are the same under `foldForComparison`. */
let alikes: Map<string, string[]> | undefined;

function charactersLike(character: string): readonly string[] {
  if (!alikes) {
    alikes = new Map();
    for (let code = 0x21; code < 0x30000; code++) {
      if (code >= 0xd800 && code < 0xe000) continue;
      const other = String.fromCodePoint(code);
      const folded = foldForComparison(other);
      if (folded === other || folded === "") continue;
      const known = alikes.get(folded);
      if (known) known.push(other);
      else alikes.set(folded, [other]);
    }
  }
  const folded = foldForComparison(character);
  return [folded, ...(alikes.get(folded) ?? [])];
}

const firstIdeograph = 0x4e00;
const lastIdeograph = 0x9fff;

/** Whether a character code is that of a Chinese character, which no comparison leaves out. */
export const isIdeographCode = (code: string): string =>
  `(ABS(${code}-${(firstIdeograph + lastIdeograph) / 2})<=${(lastIdeograph - firstIdeograph) / 2})`;

/** Whether the i-th character (from 1) of a text certainly is a Chinese one. */
export const isIdeograph = (text: string, i: number | string): string =>
  isIdeographCode(`IFERROR(UNICODE(MID(${text},${i},1)),0)`);

/**
 * Whether a text certainly is none of these labels, whichever look-alikes, traditional characters, marks and spaces it is
 * written with: of every label it lacks a character, or it has more Chinese characters than the longest.
 *
 * @param soughtCharacters so many characters of a label are looked for: 1 costs less, 2 tell more
 */
export function isOutside(text: string, labels: readonly string[], soughtCharacters = 2): string {
  const folded = [...new Set(labels.map(foldForComparison))];
  const uses = (character: string) => folded.filter((label) => label.includes(character)).length;
  // One that most labels have is looked for once; two that few have tell them apart.
  const order = soughtCharacters === 1 ? -1 : 1;
  const sought = folded.map((label) =>
    [...new Set(label)].sort((a, b) => order * (uses(a) - uses(b))).slice(0, soughtCharacters),
  );
  const holds = (character: string) =>
    anyOf(...charactersLike(character).map((alike) => `ISNUMBER(FIND(${quote(alike)},${text}))`));
  const possible = [...new Set(sought.map((characters) => characters.map(holds).join("*")))];
  const lacks = not(anyOf(...possible));
  const longest = Math.max(...folded.map((label) => label.length));
  if (longest > 2) return lacks;
  return anyOf(lacks, Array.from({ length: longest + 1 }, (_, i) => isIdeograph(text, i + 1)).join("*"));
}

/** What is wrong with a date outside a window, both its days included. */
export function outsideWindow({ day, limit }: LiveSources, key: DateColumn, from: LimitKey, to: LimitKey): string {
  const date = day(key);
  const outside = anyOf(`${date}<${limit(from)}`, `${date}>${limit(to)}`);
  const span = [from, to].map((end) => `TEXT(${limit(end)},"yyyy-mm-dd")`).join(`&${quote(" 至 ")}&`);
  return when(allOf(`${date}>0`, outside), quote(`${named(key)}不在 `), span, quote(" 之间"));
}

const digits = Array.from({ length: 10 }, (_, digit) => [String(digit), ""] as const);

/** What is left of a text without its digits. */
export const removeDigits = (text: string): string => substituteAll(text, digits);

/** What the counts of people leave to `check`. */
export const countedPeople =
  "只按教育云账号认人，没有账号的按姓名和单位；账号、姓名、单位的少见写法，一格多人，其他作者，案例编号重复的行都不计入。";
