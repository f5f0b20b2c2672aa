/**
 * The port between the core and a host: a host reads whole sheets into a snapshot, the core computes a patch, the host
 * applies it. Rows and columns are 1-based, as the spreadsheet shows them; `rows[0]` of a snapshot is row 1.
 */

/** A civil date, or date and time, without a zone: `YYYY-MM-DD` or `YYYY-MM-DDTHH:mm:ss`. */
export interface DateCell {
  readonly kind: "date";
  readonly iso: string;
}

/** A time of day or duration cell (a number whose format shows hours, minutes or seconds and no date). */
export interface TimeCell {
  readonly kind: "time";
  readonly seconds: number;
}

export interface ErrorCell {
  readonly kind: "error";
  /** As the spreadsheet shows it: `#N/A`, `#REF!` … */
  readonly code: string;
}

export type PlainValue = string | number | boolean | DateCell | TimeCell | ErrorCell | null;

interface FormulaCell {
  readonly kind: "formula";
  /** Without the leading `=`; function names in English, arguments separated by commas. */
  readonly formula: string;
  /** The value the last program that calculated it left there; null when it was never calculated. */
  readonly result: PlainValue;
  /** An array formula over this area; `formula` stands in its first cell. */
  readonly array?: Area;
}

interface LinkCell {
  readonly kind: "link";
  readonly text: string;
  /** `#'案例'!B5` inside the workbook, or an address. */
  readonly target: string;
}

export type CellValue = PlainValue | FormulaCell | LinkCell;

export interface SheetSnapshot {
  readonly name: string;
  readonly hidden: boolean;
  readonly rows: readonly (readonly CellValue[])[];
  /** Keyed by `noteKey(row, column)`. */
  readonly notes: ReadonlyMap<string, string>;
  /**
   * Number cells whose number format shows another text than their digits, keyed like the notes; null where it cannot be
   * told what is shown. Dates and times are known by their kind.
   */
  readonly shown?: ReadonlyMap<string, string | null> | undefined;
  /** The merged areas, where the host reads them: a value stands in their first cell alone. */
  readonly merges?: readonly Area[] | undefined;
}

export interface WorkbookSnapshot {
  readonly sheets: readonly SheetSnapshot[];
}

export function noteKey(row: number, column: number): string {
  return `${row}:${column}`;
}

/** A rectangle of cells, bounds inclusive. */
export interface Area {
  readonly top: number;
  readonly left: number;
  readonly bottom: number;
  readonly right: number;
}

export type Mark = "error" | "warning" | "info";

export interface CellStyle {
  readonly font?: { readonly name?: string; readonly size?: number; readonly bold?: boolean; readonly color?: string };
  /** `RRGGBB`. */
  readonly fill?: string;
  readonly horizontal?: "left" | "center" | "right";
  readonly vertical?: "top" | "middle" | "bottom";
  readonly wrap?: boolean;
  readonly border?: "thin" | "medium" | "none";
  /** Colour of the border, `RRGGBB`; black when absent. */
  readonly borderColor?: string;
  /** A spreadsheet number format; `@` keeps what is typed as text. */
  readonly numberFormat?: string;
  /** Whether the cell stays locked when the sheet is protected (default: locked). */
  readonly locked?: boolean;
  readonly indent?: number;
}

export type Validation =
  /** `source` is an inline list (its joined length at most 255 characters) or a reference such as `单位!$B$2:$B$60`. */
  | {
      readonly kind: "list";
      readonly source: readonly string[] | string;
      readonly strict: boolean;
      readonly message?: string;
    }
  | {
      readonly kind: "number";
      readonly min: number;
      readonly max: number;
      readonly message: string;
      readonly integer?: boolean;
    }
  /** `formula` refers to the top left cell of the area. */
  | { readonly kind: "custom"; readonly formula: string; readonly message: string };

export interface PrintSetup {
  readonly landscape: boolean;
  /** Rows repeated at the top of every page. */
  readonly titleRows?: readonly [number, number];
  readonly area?: Area;
  /** Millimetres. */
  readonly margins?: { readonly top: number; readonly bottom: number; readonly left: number; readonly right: number };
  readonly header?: string;
  readonly footer?: string;
}

export interface ColumnWidth {
  readonly column: number;
  /** In characters. */
  readonly width: number;
  readonly hidden?: boolean;
  /**
   * Stands in a group with its neighbours that are grouped too: people fold it with one click; a hidden one is folded. In
   * a protected sheet, which most of ours are, Excel unfolds no group by its sign: only macros may allow that, and it is
   * not saved (Microsoft Learn, Worksheet.EnableOutlining). 取消隐藏 brings its columns back, for our protection leaves
   * formats of columns free. LibreOffice 7.4 does fold and unfold it (tried).
   */
  readonly grouped?: boolean;
}

/** How a sheet looks and behaves; everything by position, so that a host needs to know no label. */
export interface SheetLayout {
  readonly hidden?: boolean;
  /** `RRGGBB`. */
  readonly tabColor?: string;
  /** Widths in characters, by position; a column with no entry keeps its width. */
  readonly widths?: readonly ColumnWidth[];
  readonly heights?: readonly { readonly row: number; readonly height: number }[];
  readonly frozen?: { readonly rows: number; readonly columns: number };
  readonly filter?: Area;
  /** Applied in order; each property given replaces the cell's own, the others stay. */
  readonly styles?: readonly { readonly area: Area; readonly style: CellStyle }[];
  readonly merges?: readonly Area[];
  /** Replaces the validations of the sheet; a host that recognises those that people made keeps them. */
  readonly validations?: readonly { readonly area: Area; readonly validation: Validation }[];
  /** Replaces the conditional formats of the sheet, as `validations` does; formulas refer to the top left cell of their area. */
  readonly conditionalFormats?: readonly { readonly area: Area; readonly formula: string; readonly style: CellStyle }[];
  /** Sheet protection without a password. */
  readonly protected?: boolean;
  readonly print?: PrintSetup;
}

export interface CellEdit {
  readonly row: number;
  readonly column: number;
  readonly value: CellValue;
}

export interface NoteEdit {
  readonly row: number;
  readonly column: number;
  /** null removes the note. */
  readonly text: string | null;
}

export interface MarkEdit {
  readonly row: number;
  readonly column: number;
  readonly mark: Mark;
}

/** Empty rows before row `before` of the sheet as it was; values, styles, notes and heights below move down. */
export interface RowInsertion {
  readonly before: number;
  readonly count: number;
}

/** Applied in the order of its members; every coordinate after `insertRows` counts the inserted rows. */
export interface SheetPatch {
  readonly name: string;
  /** Makes the sheet when it is missing, before the sheet of this name or at the end when null. */
  readonly createBefore?: string | null;
  readonly insertRows?: readonly RowInsertion[];
  /** Empties values, notes and styles of every row from here down, before `edits`. */
  readonly clearFrom?: number;
  readonly edits?: readonly CellEdit[];
  readonly notes?: readonly NoteEdit[];
  /** When given: every mark that an earlier patch made is taken off and these are put on. */
  readonly marks?: readonly MarkEdit[];
  readonly layout?: SheetLayout;
}

export interface WorkbookPatch {
  readonly sheets: readonly SheetPatch[];
  /** File properties; a score sheet must bear nothing about people. */
  readonly properties?: { readonly title?: string; readonly creator?: string };
}

export const emptySnapshot: WorkbookSnapshot = { sheets: [] };
