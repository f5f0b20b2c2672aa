import { columnOf, type KeyOf, type SheetSpec } from "../schema/sheet-spec.ts";
import type { TableRow } from "../tables/table.ts";
import { cleanIdentifier } from "../text/clean.ts";
import { isRuinedIdentifier } from "../text/identifier.ts";
import { isPlaceholder } from "../text/placeholder.ts";
import { cellText } from "../workbook/cell-text.ts";

/** Whether an identifying cell holds a placeholder. */
export function holdsPlaceholder<S extends SheetSpec>(sheet: S, record: TableRow<KeyOf<S>>, key: KeyOf<S>): boolean {
  const { identifies } = columnOf(sheet, key);
  return identifies !== undefined && isPlaceholder(record.text(key), identifies);
}

/** The text of such a cell; "" where it holds a placeholder. */
export function identifyingText<S extends SheetSpec>(sheet: S, record: TableRow<KeyOf<S>>, key: KeyOf<S>): string {
  return holdsPlaceholder(sheet, record, key) ? "" : record.text(key);
}

interface ReadIdentifier {
  /** Cleaned; "" when empty, a placeholder or ruined. */
  readonly text: string;
  /** A spreadsheet has ruined it: it identifies nobody. */
  readonly ruined: boolean;
}

/** 案例编号, accounts, phones and codes. */
export function readIdentifier<S extends SheetSpec>(
  sheet: S,
  record: TableRow<KeyOf<S>>,
  key: KeyOf<S>,
): ReadIdentifier {
  const value = record.raw(key);
  const ruined = isRuinedIdentifier(typeof value === "number" ? value : cellText(value));
  const text = ruined || holdsPlaceholder(sheet, record, key) ? "" : cleanIdentifier(cellText(value));
  return { text, ruined: ruined && !holdsPlaceholder(sheet, record, key) };
}
