/** How a sheet is described: once, for both hosts, for import, for the rules and for the guides. */
import type { Notice } from "../notice/notice.ts";
import { perObject } from "../text/per-object.ts";
import type { IdentifyingKind } from "../text/placeholder.ts";

export type ColumnKind =
  /** Free text. */
  | "text"
  /** An identifier: stays text, never a number. */
  | "identifier"
  /** A person's name. */
  | "name"
  /** One of a list. */
  | "choice"
  | "date"
  | "dateTime"
  | "duration"
  | "resolution"
  | "number"
  /** Several entries in one cell, 、-separated. */
  | "list"
  /** A section of a submission: long, wrapped. */
  | "longText"
  /** Computed by the spreadsheet or by us; not typed. */
  | "computed";

/** Where the entries of a drop-down come from. */
export type ChoiceSource =
  | "fields"
  | "tracks"
  | "stages"
  | "submissionStages"
  | "roles"
  | "yesNo"
  | "presence"
  | "unitKinds"
  | "unitNames"
  | "submissionStatus"
  | "cancellationKinds"
  | "expertStatus"
  | "decisions"
  | "awards";

export interface ColumnSpec {
  readonly key: string;
  readonly label: string;
  readonly kind: ColumnKind;
  /** In characters of the default font; a Chinese character takes two. */
  readonly width: number;
  readonly choices?: ChoiceSource;
  /** Shown as a note on the header; a function where it names what the notice lays down. */
  readonly help?: string | ((notice: Notice) => string);
  /** What its cells identify: there a placeholder such as 无 counts as empty. */
  readonly identifies?: IdentifyingKind;
  /** Casebook adds the column itself to a workbook that lacks it. */
  readonly optional?: true;
  /** A detail: grouped with the details beside it, so that people can fold them. */
  readonly grouped?: true;
}

export interface SheetSpec {
  readonly key: string;
  readonly label: string;
  readonly columns: readonly ColumnSpec[];
  readonly hidden?: boolean;
  /** Columns that stay in view while scrolling to the right. */
  readonly frozenColumns?: number;
  /** `RRGGBB` of the tab. */
  readonly tabColor?: string;
  /** Written by Casebook alone: locked for people, except the columns named. */
  readonly generated?: { readonly editable: readonly string[] };
}

/** The keys of a sheet's columns as a type. */
export type KeyOf<S extends SheetSpec> = S["columns"][number]["key"];

/** Keeps the keys as literal types. */
export function defineSheet<const S extends SheetSpec>(spec: S): S {
  return spec;
}

/** Rules ask for the labels of columns case by case. */
const columnsByKey = perObject(({ columns }: SheetSpec) => new Map(columns.map((column) => [column.key, column])));

export function columnOf(sheet: SheetSpec, key: string): ColumnSpec {
  const column = columnsByKey(sheet).get(key);
  if (!column) throw new Error(`${sheet.label} has no column ${key}`);
  return column;
}

/** What the note on the header of a column says; undefined where there is none. */
export function helpOf({ help }: ColumnSpec, notice: Notice | undefined): string | undefined {
  if (typeof help !== "function") return help;
  return notice && help(notice);
}

/** The label of a column: what people see, and what messages and JSON name. */
export function labelOf<S extends SheetSpec>(sheet: S, key: KeyOf<S>): string {
  return columnOf(sheet, key).label;
}
