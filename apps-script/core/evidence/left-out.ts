/** 未放入: the files that the experts do not get, with the reason, and beside them what somebody has ruled. */
import { keepsFile } from "../schema/choices.ts";
import { leftOutSheet } from "../schema/evidence.ts";
import { columnOf } from "../schema/sheet-spec.ts";
import { wrappedHeight } from "../tables/row-height.ts";
import { readTableIfThere, type Table } from "../tables/table.ts";
import { editTable } from "../tables/table-editor.ts";
import { headerEdits, headerNotes, tableLayout } from "../tables/table-layout.ts";
import type { SheetLayout, SheetPatch, WorkbookSnapshot } from "../workbook/port.ts";
import { showName } from "./evidence-finding.ts";

export interface LeftOut {
  readonly reviewId: string;
  /** 案例编号. */
  readonly id: string;
  /** With its folders and archives, below the folder of all materials. */
  readonly file: string;
  /** In Chinese, with what to do. */
  readonly reason: string;
}

type LeftOutTable = Table<(typeof leftOutSheet)["columns"][number]["key"]>;

const keyOf = (reviewId: string, file: string) => `${reviewId}\n${showName(file)}`;

/** What stands in the list where a file is among the copies by now. */
const isIn = "已放入";

/** What a list says; of no use to anybody who has not read it from a workbook. */
export class LeftOutList {
  private readonly table: LeftOutTable | undefined;

  /** @param snapshot of the list as it lies there; undefined where there is none. @throws WorkbookStructureError */
  constructor(snapshot: WorkbookSnapshot | undefined) {
    this.table = snapshot && readTableIfThere(snapshot, leftOutSheet, [leftOutSheet.label]);
  }

  /** The files of a case that somebody wants the experts to get, as they are shown. */
  keptFiles(reviewId: string): ReadonlySet<string> {
    const rows = (this.table?.rows ?? []).filter((row) => row.text("reviewId") === reviewId);
    return new Set(rows.filter((row) => row.text("ruling") === keepsFile).map((row) => row.text("file")));
  }

  /** Rulings that are none, with their rows. */
  get unclear(): readonly { readonly row: number; readonly ruling: string }[] {
    return (this.table?.rows ?? [])
      .map((record) => ({ row: record.row, ruling: record.text("ruling") }))
      .filter(({ ruling }) => ruling !== "" && ruling !== keepsFile);
  }

  /** Writes beside files that the experts are to get them; a file of which the list says nothing is passed over. */
  keeping(files: readonly Pick<LeftOut, "reviewId" | "file">[]): SheetPatch {
    const keys = new Set(files.map(({ reviewId, file }) => keyOf(reviewId, file)));
    if (!this.table) return { name: leftOutSheet.label };
    const editor = editTable(this.table);
    for (const row of this.table.rows)
      if (keys.has(keyOf(row.text("reviewId"), row.text("file")))) editor.set(row.row, "ruling", keepsFile);
    return { name: this.table.name, edits: editor.edits };
  }

  /**
   * The list as it is to be: rows stay where they are, with all that people typed; new ones come below.
   * @param isLookedAt whether a case was looked at in this run; of the others nothing is known
   */
  patch(leftOut: readonly LeftOut[], isLookedAt: (reviewId: string) => boolean): SheetPatch {
    const open = new Map(leftOut.map((each) => [keyOf(each.reviewId, each.file), each]));
    if (!this.table) return freshList([...open.values()]);
    const editor = editTable(this.table);
    for (const row of this.table.rows) {
      const key = keyOf(row.text("reviewId"), row.text("file"));
      const now = open.get(key);
      open.delete(key);
      if (now) {
        editor.set(row.row, "id", now.id);
        editor.set(row.row, "reason", now.reason);
      } else if (isLookedAt(row.text("reviewId"))) editor.set(row.row, "reason", isIn);
    }
    for (const { file, ...rest } of open.values()) editor.append({ ...rest, file: showName(file) });
    return { name: this.table.name, edits: editor.edits, layout: layoutOf(this.table, editor.lastRow()) };
  }
}

const choice = { kind: "list", source: [keepsFile], strict: false, message: `写“${keepsFile}”，或者空着。` } as const;

/** Drop-downs reach down to the last row; what people have arranged stays. */
function layoutOf({ positions, headerRow, lastColumn }: LeftOutTable, lastRow: number): SheetLayout {
  const column = positions.get("ruling") ?? 1;
  const layout = tableLayout(leftOutSheet, lastRow, { positions, headerRow, lastColumn, keepWidths: true });
  const area = { top: headerRow + 1, left: column, bottom: Math.max(headerRow + 1, lastRow), right: column };
  return { ...layout, validations: [{ area, validation: choice }] };
}

function freshList(rows: readonly LeftOut[]): SheetPatch {
  const keys = ["reviewId", "id", "file", "reason"] as const;
  const at = (key: string) => leftOutSheet.columns.findIndex((column) => column.key === key) + 1;
  const bottom = Math.max(2, 1 + rows.length);
  const layout = tableLayout(leftOutSheet, 1 + rows.length);
  const wide = (["file", "reason"] as const).map((key) => ({
    key,
    column: at(key),
    width: columnOf(leftOutSheet, key).width,
  }));
  const shown = (row: LeftOut, key: (typeof keys)[number]) => (key === "file" ? showName(row.file) : row[key]);
  return {
    name: leftOutSheet.label,
    createBefore: null,
    edits: [
      ...headerEdits(leftOutSheet),
      ...rows.flatMap((row, i) => keys.map((key) => ({ row: 2 + i, column: at(key), value: shown(row, key) }))),
    ],
    notes: headerNotes(leftOutSheet, undefined),
    layout: {
      ...layout,
      heights: [
        ...(layout.heights ?? []),
        ...rows.map((row, i) => ({
          row: 2 + i,
          height: wrappedHeight(wide.map(({ key, width }) => ({ text: shown(row, key), width }))),
        })),
      ],
      validations: [{ area: { top: 2, left: at("ruling"), bottom, right: at("ruling") }, validation: choice }],
    },
  };
}
