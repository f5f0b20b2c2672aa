import type { CellValue, PlainValue, SheetSnapshot } from "../../apps-script/core/workbook/port.ts";
import type { FormulaSource } from "./index.ts";

const dayMilliseconds = 86_400_000;

type SourceCell = ReturnType<FormulaSource["cell"]>;

export function plainValue(value: PlainValue): Extract<SourceCell, { value: unknown }>["value"] {
  if (value === null || typeof value !== "object") return value;
  if (value.kind === "error") return { error: value.code };
  if (value.kind === "time") return value.seconds / 86_400;
  const moment = Date.parse(`${value.iso.slice(0, 10)}T${value.iso.slice(11) || "00:00:00"}Z`);
  return (moment - Date.UTC(1899, 11, 30)) / dayMilliseconds;
}

function sourceCell(value: CellValue): SourceCell {
  if (value === null || typeof value !== "object") return { value };
  if (value.kind === "link") return { value: value.text };
  if (value.kind !== "formula") return { value: plainValue(value) };
  const { formula, array } = value;
  if (!array) return { formula };
  const [rows, columns] = [array.bottom - array.top + 1, array.right - array.left + 1];
  return { formula: `ARRAY_CONSTRAIN(ARRAYFORMULA(${formula}),${rows},${columns})` };
}

/** Sheets as Google Sheets would hold them: array formulas stand in their first cell. Nothing is read before it is needed. */
export function snapshotSource({
  sheets,
}: {
  readonly sheets: readonly Pick<SheetSnapshot, "name" | "rows">[];
}): FormulaSource {
  const byName = new Map(sheets.map((sheet) => [sheet.name, sheet]));
  const rowsOf = (name: string) => byName.get(name)?.rows ?? [];
  return {
    sheetNames: () => [...byName.keys()],
    cell: (sheet, row, column) => sourceCell(rowsOf(sheet)[row - 1]?.[column - 1] ?? null),
    *filled(sheet) {
      const rows = rowsOf(sheet);
      for (let r = 0; r < rows.length; r += 1) {
        const cells = rows[r] ?? [];
        for (let c = 0; c < cells.length; c += 1) if ((cells[c] ?? null) !== null) yield [r + 1, c + 1];
      }
    },
    extent: (sheet) => {
      const rows = rowsOf(sheet);
      return { rows: rows.length, columns: rows.reduce((widest, row) => Math.max(widest, row.length), 0) };
    },
  };
}
