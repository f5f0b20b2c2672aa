/** Inputs as a host reads them, and the workbook after importing them. */
import type { DocumentBlock } from "../../../apps-script/core/import/document.ts";
import { type ImportEntry, type ImportInput, planImport } from "../../../apps-script/core/import/plan-import.ts";
import { ningxia2025 } from "../../../apps-script/core/notice/ningxia-2025.ts";
import type { CellValue, WorkbookPatch, WorkbookSnapshot } from "../../../apps-script/core/workbook/port.ts";
import { applyPatch, blankApplicationWorkbook, sheetNamed, typeCell } from "../in-memory-workbook.ts";

type Rows = readonly (readonly CellValue[])[];

export function csv(file: string, rows: Rows): ImportInput {
  return { file, digest: "", encoding: "UTF-8", sheets: [{ name: file, hidden: false, rows }] };
}

export function xlsx(file: string, sheets: Readonly<Record<string, Rows>>): ImportInput {
  const all = Object.entries(sheets).map(([name, rows]) => ({ name, hidden: false, rows }));
  return { file, digest: "", encoding: "", sheets: all };
}

export const unitRoster = csv("单位名册.csv", [
  ["单位代码", "单位名称", "类别", "别名", "上级单位"],
  ["640104", "兴庆区教育局", "教育局", "兴庆区、兴庆", "银川市"],
  ["640324", "同心县教育局", "教育局", "同心县、同心", "吴忠市"],
  ["ZS01", "厅直属第一小学", "厅直属学校", "第一小学", "自治区教育厅"],
]);

export class Import {
  readonly snapshot: WorkbookSnapshot;
  readonly entries: readonly ImportEntry[];

  constructor(snapshot: WorkbookSnapshot = blankApplicationWorkbook(), entries: readonly ImportEntry[] = []) {
    this.snapshot = snapshot;
    this.entries = entries;
  }

  take(...inputs: readonly ImportInput[]): Import {
    const { patch, report } = planImport(this.snapshot, inputs, ningxia2025);
    return new Import(applyPatch(this.snapshot, patch), report.inputs);
  }

  patched(patch: WorkbookPatch): Import {
    return new Import(applyPatch(this.snapshot, patch));
  }

  type(sheet: string, row: number, label: string, value: CellValue): Import {
    return new Import(typeCell(this.snapshot, sheet, row, this.position(sheet, label), value));
  }

  private position(sheet: string, label: string): number {
    const at = sheetNamed(this.snapshot, sheet).rows[0]?.indexOf(label) ?? -1;
    if (at < 0) throw new Error(`${sheet} has no column ${label}`);
    return at + 1;
  }

  /** The cells of some columns, row by row; empty rows left out, empty cells "". */
  cells(sheet: string, ...labels: readonly string[]): string[][] {
    const at = labels.map((label) => this.position(sheet, label) - 1);
    return sheetNamed(this.snapshot, sheet)
      .rows.slice(1)
      .filter((row) => row.length > 0)
      .map((row) => at.map((index) => shown(row[index] ?? null)));
  }
}

export function shown(value: CellValue): string {
  if (value === null) return "";
  if (typeof value !== "object") return String(value);
  return value.kind === "date" ? value.iso : JSON.stringify(value);
}

/** A text document that lies in some folders, the nearest first. */
export function docx(file: string, blocks: readonly DocumentBlock[], ...folders: readonly string[]): ImportInput {
  return { file, digest: JSON.stringify(blocks), encoding: "", sheets: [], document: { blocks, folders } };
}
