import { sha256 } from "../text/sha256.ts";
import type { WorkbookSnapshot } from "../workbook/port.ts";

/** SHA-256 of the values of these sheets: what an action was computed from, where there is no file to digest. */
export function digestSnapshot(snapshot: WorkbookSnapshot, names: readonly string[]): string {
  const sheets = snapshot.sheets.filter((sheet) => names.includes(sheet.name));
  return sha256(JSON.stringify(sheets.map((sheet) => [sheet.name, sheet.rows])));
}
