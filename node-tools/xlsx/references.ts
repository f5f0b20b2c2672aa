import { columnLetters, columnNumber } from "../../apps-script/core/workbook/addresses.ts";
import type { Area } from "../../apps-script/core/workbook/port.ts";

/**
 * Where a row stands after an insertion, or after rows have gone; 0 when it has gone itself.
 *
 * @param edge which end of a range the row is; undefined for a cell on its own
 */
export type MapRow = (row: number, edge?: "first" | "last") => number;

/** Reads `B5`, `$B$5`, `B5:D9`; undefined for anything else. */
export function readArea(reference: string): Area | undefined {
  const match = /^\$?([A-Z]{1,3})\$?(\d+)(?::\$?([A-Z]{1,3})\$?(\d+))?$/i.exec(reference);
  if (!match) return undefined;
  const [, left = "", top = "", right = left, bottom = top] = match;
  return { top: Number(top), left: columnNumber(left), bottom: Number(bottom), right: columnNumber(right) };
}

/** Maps the rows of a space-separated list of areas such as the `sqref` of a validation. */
export function mapAreaRows(references: string, mapRow: MapRow): string {
  return references.replace(/(\$?[A-Z]{1,3}\$?)(\d+)/gi, (whole, letters: string, row: string, at: number) => {
    const edge = references[at + whole.length] === ":" ? "first" : references[at - 1] === ":" ? "last" : undefined;
    return letters + mapRow(Number(row), edge);
  });
}

const token =
  /"(?:[^"]|"")*"|('(?:[^']|'')+'|[\p{L}_\\][\p{L}\p{N}_.\\]*)!|([\p{L}_\\$][\p{L}\p{N}_.$\\]*)(\()?|(\$?\d+:\$?\d+)|\d[\d.]*(?:E[+-]?\d+)?/giu;
const cellToken = /^(\$?)([A-Z]{1,3})(\$?)([1-9]\d{0,6})$/i;

/**
 * Rewrites every cell reference of a formula. `rewrite` gets the sheet that the reference names (undefined: the
 * formula's own) and its parts; text in quotes, function names and defined names are left alone.
 */
function mapReferences(
  formula: string,
  rewrite: (reference: {
    sheet: string | undefined;
    columnFixed: boolean;
    column: number;
    rowFixed: boolean;
    row: number;
    edge: "first" | "last" | undefined;
  }) => {
    column: number;
    row: number;
  },
): string {
  let sheet: string | undefined;
  let afterSheet = -1;
  let inRange = false;
  return formula.replace(
    token,
    (whole: string, name?: string, word?: string, paren?: string, rows?: string, ...rest) => {
      const at = rest.find((each): each is number => typeof each === "number") ?? 0;
      if (name !== undefined) {
        sheet = name.startsWith("'") ? name.slice(1, -1).replaceAll("''", "'") : name;
        afterSheet = at + whole.length;
        return whole;
      }
      // `案例!A1:B9`: the sheet holds for the second cell of a range as well.
      if (at !== afterSheet && !(inRange && formula[at - 1] === ":")) sheet = undefined;
      inRange = true;
      if (rows !== undefined) {
        return rows.replace(/\d+/g, (row) =>
          String(
            rewrite({ sheet, columnFixed: true, column: 1, rowFixed: false, row: Number(row), edge: undefined }).row,
          ),
        );
      }
      const match = word !== undefined && paren === undefined ? cellToken.exec(word) : null;
      if (!match) {
        inRange = false;
        return whole;
      }
      const [, columnDollar = "", letters = "", rowDollar = "", row = ""] = match;
      const column = columnNumber(letters);
      if (column > 16_384 || Number(row) > 1_048_576) return whole;
      const next = rewrite({
        sheet,
        columnFixed: columnDollar !== "",
        column,
        rowFixed: rowDollar !== "",
        row: Number(row),
        edge: formula[at + whole.length] === ":" ? "first" : formula[at - 1] === ":" ? "last" : undefined,
      });
      if (next.row < 1 || next.column < 1) return "#REF!";
      return `${columnDollar}${columnLetters(next.column)}${rowDollar}${next.row}`;
    },
  );
}

/** The formula of a cell that shares the formula of another, this many rows and columns away. */
export function moveFormula(formula: string, rows: number, columns: number): string {
  return mapReferences(formula, ({ columnFixed, column, rowFixed, row }) => ({
    column: columnFixed ? column : column + columns,
    row: rowFixed ? row : row + rows,
  }));
}

/** Follows an insertion of rows in `inserted`, as the spreadsheet programs do, in a formula that stands in `home`. */
export function mapFormulaRows(formula: string, home: string, inserted: string, mapRow: MapRow): string {
  return mapReferences(formula, ({ sheet, column, row, edge }) => ({
    column,
    row: (sheet ?? home) === inserted ? mapRow(row, edge) : row,
  }));
}
