import type { SheetSnapshot, WorkbookPatch, WorkbookSnapshot } from "../../../../apps-script/core/workbook/port.ts";
import type { HandEdit } from "../../local-google.ts";
import { applyPatch } from "./apply-patch.ts";
import type { MakeCalculator } from "./calculator.ts";
import { showContent } from "./cell-values.ts";
import { noteByHand, typeByHand } from "./hand-edits.ts";
import { isFormula } from "./sheet-model.ts";
import { SheetsModel } from "./sheets-model.ts";
import { snapshotOf, toPatch, toSnapshot } from "./to-patch.ts";

/** One spreadsheet as the platform keeps it. */
export class SpreadsheetModel extends SheetsModel {
  /** @param content makes its sheets; without any, one empty sheet is made */
  static fromPatch(content: WorkbookPatch, makeCalculator?: MakeCalculator): SpreadsheetModel {
    const model = new SpreadsheetModel(makeCalculator);
    model.apply(content);
    model.ensureSheet();
    return model;
  }

  /** As a host of the port does: rights, drop-downs and limits play no part. */
  apply(patch: WorkbookPatch): void {
    applyPatch(this, patch);
  }

  /** Everything that the port can hold, so that a file can be written. Protections of areas are not among it. */
  toPatch(): WorkbookPatch {
    return toPatch(this);
  }

  toSnapshot(): WorkbookSnapshot {
    return toSnapshot(this);
  }

  /** Of one sheet, without calculating the others. */
  snapshotOfSheet(name: string): SheetSnapshot | undefined {
    const sheet = this.sheetNamed(name);
    return sheet && snapshotOf(this, sheet);
  }

  /** @throws RefusedError in Chinese */
  typeByHand(actor: string, edit: HandEdit): void {
    typeByHand(this, actor, edit);
  }

  /** @throws RefusedError in Chinese */
  setNoteByHand(actor: string, sheet: string, row: number, column: number, note: string): void {
    noteByHand(this, actor, sheet, row, column, note);
  }

  /** What the formula bar shows of a cell: what would have to be typed to get it again. */
  typedText(sheetName: string, row: number, column: number): string {
    const sheet = this.sheetNamed(sheetName);
    const content = sheet?.contents.get(row, column);
    if (isFormula(content)) return `=${content.formula}`;
    return showContent(content, sheet?.looks.get(row, column)?.numberFormat);
  }
}
