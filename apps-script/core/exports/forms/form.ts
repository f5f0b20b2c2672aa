/** Official forms as data: what fills the tags of a template, whatever program made the template. */
import type { AwardData, Unit } from "../../award/award.ts";
import type { Notice } from "../../notice/notice.ts";
import type { LastRanking } from "../../ranking/read-ranking.ts";
import type { ReviewData } from "../../review-book/read-review.ts";
import type { PrintedCell, PrintedTable } from "../../tables/printed-table.ts";
import type { WorkbookPatch, WorkbookSnapshot } from "../../workbook/port.ts";

/** The tags that a template may use: what a tag stands for, or, for a part that is repeated, the tags inside it. */
export interface TagTree {
  readonly [tag: string]: string | TagTree;
}

export type TagValue = string | number | readonly TagRecord[];

/** Values by tag; "" where a fact is missing. */
export interface TagRecord {
  readonly [tag: string]: TagValue;
}

/** What a chart of a template is to show. */
export interface ChartData {
  readonly categories: readonly string[];
  /** Values in the order of the categories; the first series has the looks of the first one of the template, and so on. */
  readonly series: readonly { readonly name: string; readonly values: readonly number[] }[];
}

/** One file to be made from a template. */
export interface FormDocument {
  /** Without extension. */
  readonly fileName: string;
  readonly values: TagRecord;
  /** By the name that a chart of the template has in its alternative text: 图表：NAME. */
  readonly charts?: Readonly<Record<string, ChartData>>;
  /** The same as a file for each part, for templates that are workbooks: a sheet repeats the header of one table only. */
  readonly sheets?: readonly FormDocument[];
}

export interface FormContext {
  readonly application: WorkbookSnapshot;
  readonly reviewSnapshot: WorkbookSnapshot | undefined;
  readonly award: AwardData;
  readonly review: ReviewData | undefined;
  /** undefined without a review workbook. */
  readonly ranking: LastRanking | undefined;
  /** Units asked for; undefined for all. */
  readonly units: readonly Unit[] | undefined;
  /** Head of the hash chain of the review workbook's 日志; "" without one. */
  readonly chainHead: string;
}

export interface FormResult {
  readonly documents: readonly FormDocument[];
  /** What the documents tell may still change: each page says so, whether a draft was asked for or not. */
  readonly isDraft?: boolean;
  /** Workbooks beside them that no template draws. */
  readonly workbooks?: readonly { readonly fileName: string; readonly patch: WorkbookPatch }[];
  /** Why a document, or a part of it, cannot be made, with the remedy. */
  readonly missing?: readonly string[];
}

export interface Form {
  /** What people type after `--form`. */
  readonly name: string;
  /** Other names of the same form. */
  readonly aliases: readonly string[];
  /** Name of the template without extension; .docx, .xlsx or both may be there. */
  readonly template: string;
  /** `each`: a document or several for each unit; `choice`: one for the region, or one a unit; `none`: for the region. */
  readonly byUnit: "each" | "choice" | "none";
  readonly tags: TagTree;
  /** What the charts of a template may show, by the name in their alternative text, and what that is. */
  readonly charts?: Readonly<Record<string, string>>;
  /** Goes out to the public: not before everything is decided, or marked as a draft. */
  readonly published?: true;
  build(context: FormContext): FormResult;
  /** The form with nothing in it, where people fill it in by hand. */
  blank?(notice: Notice): readonly FormDocument[];
}

/** Where a fact stands in a line of text, its place stays visible. */
export const visibleBlank = "＿＿＿＿＿＿＿＿";

export function orBlank(text: string): string {
  return text === "" ? visibleBlank : text;
}

/** The columns of a printed list as tags. */
export function columnTags(columns: readonly { readonly label: string }[]): TagTree {
  return Object.fromEntries(columns.map(({ label }) => [label, `“${label}”列`]));
}

function cellValue(cell: PrintedCell | undefined, numberFormat: string | undefined): string | number {
  if (cell === null || cell === undefined) return "";
  const decimals = /^0\.(0+)$/.exec(numberFormat ?? "")?.[1]?.length;
  return typeof cell === "number" && decimals !== undefined ? cell.toFixed(decimals) : cell;
}

export interface RowGroup {
  /** The heading above the rows; "" where the list has none. */
  readonly heading: string;
  readonly rows: readonly TagRecord[];
}

/** The rows of a printed list by label, under their headings. */
export function groupRows({ columns, rows }: Pick<PrintedTable, "columns" | "rows">): RowGroup[] {
  const groups: { heading: string; rows: TagRecord[] }[] = [];
  for (const row of rows) {
    if ("heading" in row) {
      groups.push({ heading: row.heading, rows: [] });
      continue;
    }
    if (groups.length === 0) groups.push({ heading: "", rows: [] });
    groups[groups.length - 1]?.rows.push(
      Object.fromEntries(columns.map((c, i) => [c.label, cellValue(row[i], c.numberFormat)])),
    );
  }
  return groups;
}

/** All rows of a printed list by label. */
export function listRows(table: Pick<PrintedTable, "columns" | "rows">): TagRecord[] {
  return groupRows(table).flatMap(({ rows }) => [...rows]);
}
