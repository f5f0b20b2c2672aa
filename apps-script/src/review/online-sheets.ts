import { onlineSheetsSheet } from "../../core/schema/review.ts";
import type { KeyOf } from "../../core/schema/sheet-spec.ts";
import { readTable } from "../../core/tables/table.ts";
import { headerEdits } from "../../core/tables/table-layout.ts";
import { cleanCode } from "../../core/text/identity.ts";
import type { CellEdit } from "../../core/workbook/port.ts";
import type { GoogleWorkbook } from "../google/workbook.ts";

type Key = KeyOf<typeof onlineSheetsSheet>;

/** What an online score sheet is called when it is made. */
export const scoreSheetName = (expert: string) => `评分表-${expert}`;

/** A row of 在线评分表: an expert's file and how far it has come. */
export type OnlineSheet = Readonly<Record<Key, string>>;

const keys = onlineSheetsSheet.columns.map((column) => column.key);

/** 在线评分表 of the review workbook; every change is written at once, because an execution may end at any moment. */
export class OnlineSheets {
  private readonly rows = new Map<string, { readonly row: number; values: OnlineSheet }>();
  private readonly positions: ReadonlyMap<Key, number>;
  private last: number;

  constructor(private readonly book: GoogleWorkbook) {
    if (!book.snapshot.sheets.some((sheet) => sheet.name === onlineSheetsSheet.label && sheet.rows.length > 0)) {
      const edits = headerEdits(onlineSheetsSheet);
      book.apply({
        sheets: [{ name: onlineSheetsSheet.label, createBefore: null, edits, layout: { hidden: true } }],
      });
    }
    const table = readTable(book.snapshot, onlineSheetsSheet, [onlineSheetsSheet.label]);
    this.positions = table.positions;
    this.last = table.lastRow;
    for (const record of table.rows) {
      const expert = cleanCode(record.text("expert"));
      const values = Object.fromEntries(keys.map((key) => [key, record.text(key)])) as OnlineSheet;
      if (!this.rows.has(expert)) this.rows.set(expert, { row: record.row, values: { ...values, expert } });
    }
  }

  get(expert: string): OnlineSheet | undefined {
    return this.rows.get(expert)?.values;
  }

  all(): OnlineSheet[] {
    return [...this.rows.values()].map(({ values }) => values);
  }

  set(expert: string, changes: Partial<OnlineSheet>): void {
    const known = this.rows.get(expert);
    const entry = known ?? { row: ++this.last, values: Object.fromEntries(keys.map((k) => [k, ""])) as OnlineSheet };
    const changed: Partial<OnlineSheet> = known ? changes : { expert, ...changes };
    const edits = (Object.entries(changed) as [Key, string][]).map(
      ([key, value]): CellEdit => ({ row: entry.row, column: this.positions.get(key) ?? 0, value: value || null }),
    );
    this.book.apply({ sheets: [{ name: onlineSheetsSheet.label, edits }] });
    entry.values = { ...entry.values, ...changed };
    this.rows.set(expert, entry);
  }
}
