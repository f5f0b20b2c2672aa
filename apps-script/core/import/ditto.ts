/** 同上 in an input: what the cell above holds. */

import type { ImportedSheet } from "../award/row-key.ts";
import type { ColumnSpec } from "../schema/sheet-spec.ts";
import { isRuinedIdentifier } from "../text/identifier.ts";
import { namesIn } from "../text/person-names.ts";
import { isDitto, isPlaceholder } from "../text/placeholder.ts";
import { comparableText } from "../workbook/fingerprint.ts";
import type { CellValue } from "../workbook/port.ts";

/** No row has these in common with the one above. */
const ownToEach = new Set(["id", "code", "no", "title"]);
/** An account is the same where the person is. */
const nameOfAccount = (key: string) => key.replace(/account$/, "name");

interface Resolved {
  readonly typed: string;
  readonly value: CellValue;
}

/**
 * A function that is given the rows of a table in their order, cleaned, and says which cells of each stand for the one
 * above, and for what. A mark whose cell above is empty, a placeholder or ruined stays as it was typed: the rules say so.
 */
export function makeDittoReader(
  sheet: ImportedSheet,
): (cells: ReadonlyMap<string, CellValue>) => ReadonlyMap<string, Resolved> {
  const all: readonly ColumnSpec[] = sheet.columns;
  const columns = all.filter(({ key, kind }) => {
    const isName = key === "name" && sheet.key === "units";
    return !ownToEach.has(key) && kind !== "longText" && kind !== "computed" && !isName;
  });
  let above: ReadonlyMap<string, CellValue> = new Map();
  return (cells) => {
    const now = new Map(cells);
    const resolved = new Map<string, Resolved>();
    for (const { key, identifies } of columns) {
      const typed = comparableText(cells.get(key) ?? null);
      if (!isDitto(typed)) continue;
      const value = above.get(key) ?? null;
      const text = comparableText(value);
      const isPlain =
        text !== "" &&
        !isPlaceholder(text, identifies ?? "title") &&
        !isRuinedIdentifier(text) &&
        !(typeof value === "object" && value !== null && value.kind === "error");
      if (!isPlain || (identifies === "account" && key !== "phone" && !isSamePerson(key, now, above))) continue;
      now.set(key, value);
      resolved.set(key, { typed, value });
    }
    above = now;
    return resolved;
  };
}

/** Whether a row names the person of the row above; its own 同上 in the name is resolved by then. */
function isSamePerson(
  account: string,
  cells: ReadonlyMap<string, CellValue>,
  above: ReadonlyMap<string, CellValue>,
): boolean {
  const nameIn = (row: ReadonlyMap<string, CellValue>) =>
    namesIn(comparableText(row.get(nameOfAccount(account)) ?? null)).join("、");
  return nameIn(cells) !== "" && nameIn(cells) === nameIn(above);
}
