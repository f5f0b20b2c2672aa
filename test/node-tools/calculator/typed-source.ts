import { columnLetters } from "../../../apps-script/core/workbook/addresses.ts";
import type { FormulaSource } from "../../../node-tools/calculator/index.ts";

export type Typed = string | number | boolean | null | { readonly error: string };

export interface TypedSheets extends FormulaSource {
  /** Types into a cell; a text that begins with `=` is a formula, null empties it. */
  type(address: string, value: Typed): { sheet: string; row: number; column: number };
}

/** `表!B3 → 3, 2`; the first sheet when none is named. */
export function cellAt(address: string, first = "表"): { sheet: string; row: number; column: number } {
  const [, sheet = first, letters = "", digits = ""] = /^(?:(.+)!)?([A-Z]+)(\d+)$/.exec(address) ?? [];
  const column = [...letters].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0);
  return { sheet, row: Number(digits), column };
}

/** Small sheets typed in by address: `{ A1: 1, B1: "=A1+1", "另表!A1": "x" }`. */
export function typedSheets(cells: Readonly<Record<string, Typed>>, size = { rows: 60, columns: 12 }): TypedSheets {
  const typed = new Map<string, Typed>(
    Object.entries(cells).map(([address, value]) => [address.includes("!") ? address : `表!${address}`, value]),
  );
  const key = (sheet: string, row: number, column: number) => `${sheet}!${columnLetters(column)}${row}`;
  return {
    sheetNames: () => [...new Set(["表", ...[...typed.keys()].map((address) => cellAt(address).sheet)])],
    *filled(sheet) {
      for (const address of typed.keys()) {
        const at = cellAt(address);
        if (at.sheet === sheet) yield [at.row, at.column];
      }
    },
    extent: () => size,
    cell: (sheet, row, column) => {
      const value = typed.get(key(sheet, row, column)) ?? null;
      return typeof value === "string" && value.startsWith("=") ? { formula: value.slice(1) } : { value };
    },
    type: (address, value) => {
      const at = cellAt(address);
      typed.set(key(at.sheet, at.row, at.column), value);
      return at;
    },
  };
}
