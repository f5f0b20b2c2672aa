import { columnNumber } from "../../../apps-script/core/workbook/addresses.ts";

/** Bounds inclusive. */
export interface Rectangle {
  readonly top: number;
  readonly left: number;
  readonly bottom: number;
  readonly right: number;
}

/** `B5`, `$B$5:C9`; undefined for anything else. */
export function readAddress(text: string): { row: number; column: number } | undefined {
  const match = /^\$?([A-Z]{1,3})\$?(\d{1,7})(?::.*)?$/i.exec(text.trim());
  if (!match) return undefined;
  const column = columnNumber(match[1] ?? "");
  const row = Number(match[2]);
  return row > 0 ? { row, column } : undefined;
}
