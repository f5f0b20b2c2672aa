import type { CellValue, PlainValue, WorkbookSnapshot } from "../../../apps-script/core/workbook/port.ts";
import type { FormulaSource } from "../../../node-tools/calculator/index.ts";

type SourceCell = ReturnType<FormulaSource["cell"]>;

const day = 86_400_000;

export function plainValue(value: PlainValue): Extract<SourceCell, { value: unknown }>["value"] {
  if (value === null || typeof value !== "object") return value;
  if (value.kind === "error") return { error: value.code };
  if (value.kind === "time") return value.seconds / 86_400;
  return (Date.parse(`${value.iso.slice(0, 10)}T${value.iso.slice(11) || "00:00:00"}Z`) - Date.UTC(1899, 11, 30)) / day;
}

function sourceCell(value: CellValue): SourceCell {
  if (value === null || typeof value !== "object" || value.kind === "date" || value.kind === "time") {
    return { value: plainValue(value) };
  }
  if (value.kind === "error") return { value: plainValue(value) };
  if (value.kind === "link") return { value: value.text };
  const { formula, array } = value;
  if (!array) return { formula };
  const [rows, columns] = [array.bottom - array.top + 1, array.right - array.left + 1];
  return { formula: `ARRAY_CONSTRAIN(ARRAYFORMULA(${formula}),${rows},${columns})` };
}

/** A snapshot as Google Sheets would hold it: array formulas stand in their first cell. */
export function snapshotSource(snapshot: WorkbookSnapshot): FormulaSource {
  const sheets = new Map(
    snapshot.sheets.map(({ name, rows }) => [name, rows.map((row) => row.map(sourceCell))] as const),
  );
  return {
    sheetNames: () => [...sheets.keys()],
    cell: (sheet, row, column) => sheets.get(sheet)?.[row - 1]?.[column - 1] ?? { value: null },
    *filled(sheet) {
      for (const [r, row] of (sheets.get(sheet) ?? []).entries()) {
        for (const [c, cell] of row.entries()) if ("formula" in cell || cell.value !== null) yield [r + 1, c + 1];
      }
    },
    extent: (sheet) => {
      const rows = sheets.get(sheet) ?? [];
      return { rows: rows.length, columns: rows.reduce((widest, row) => Math.max(widest, row.length), 0) };
    },
  };
}
