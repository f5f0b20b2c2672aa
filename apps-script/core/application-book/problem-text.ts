import type { SubmissionKey } from "../award/award.ts";
import type { Notice } from "../notice/notice.ts";
import { submissionsSheet } from "../schema/application.ts";
import { labelOf } from "../schema/sheet-spec.ts";
import type { Place } from "../tables/place.ts";
import { listConstant, quote } from "../workbook/formula.ts";
import type { LimitReference } from "./limits.ts";
import type { PersonCounts } from "./person-counts.ts";

/** What the checks of a row look at; every range has as many rows as 案例 has ready. */
export interface ProblemSources {
  readonly notice: Notice;
  readonly submissions: Place;
  readonly limit: LimitReference;
  readonly people: PersonCounts;
  /** Puts a value that is used several times in a column of its own, and gives its range. */
  readonly compute: (label: string, formula: string) => string;
  /** 1 where an author (1 to 5) has a name, a unit or an account, else 0. */
  readonly isEntered: (slot: number) => string;
  /** 1 where the name cell of an author plainly holds several people, else 0. */
  readonly holdsSeveral: (slot: number) => string;
  /** 类别 of the nominator; `nothing` where it is no known unit. */
  readonly unitKind: string;
  /** 提交日期 and 视频录制日期 as serial numbers; 0 when empty, -1 when unreadable. */
  readonly submittedOn: string;
  readonly recordedOn: string;
  readonly recommendedOn: string;
  /** How many rows bear this row's 案例编号. */
  readonly sameId: string;
}

/** `「提交日期」`: conditional formats find the column by it. */
export function named(key: SubmissionKey): string {
  return `「${labelOf(submissionsSheet, key)}」`;
}

export const warningLead = "提醒：";

/** A part of a message: `；` and what `texts` say (quoted texts and formulas), where the condition holds. */
export function when(condition: string, ...texts: readonly string[]): string {
  return `IF(${condition},${[quote("；"), ...texts].join("&")},"")`;
}

export const together = (...parts: readonly string[]) => parts.join("&");
export const oneOf = (value: string, entries: readonly string[]) =>
  `ISNUMBER(MATCH(${value},${listConstant(entries)},0))`;
