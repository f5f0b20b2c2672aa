import { cellAddress } from "../../../../apps-script/core/workbook/addresses.ts";
import type { Area } from "../../../../apps-script/core/workbook/port.ts";
import { type HandEdit, RefusedError } from "../../local-google.ts";
import type { SheetModel } from "./sheet-model.ts";
import type { SheetsModel } from "./sheets-model.ts";
import { insertRows } from "./shift-rows.ts";
import { readTyped } from "./typed-value.ts";
import { type CellInput, InputRefusal, writeInputs } from "./write-cells.ts";

function findSheet(model: SheetsModel, name: string): SheetModel {
  const sheet = model.sheetNamed(name);
  if (sheet === undefined) throw new RefusedError(`没有工作表「${name}」。`);
  return sheet;
}

function guard(model: SheetsModel, sheet: SheetModel, area: Area, actor: string): void {
  if (!model.mayEdit(actor)) throw new RefusedError("您只能查看这个表格。如需修改，请向表格的所有者申请编辑权限。");
  if (model.mayWrite(sheet, area, actor)) return;
  const place = `「${sheet.name}」${cellAddress(area.top, area.left)}`;
  throw new RefusedError(`${place} 受保护，您没有修改它的权限。如需修改，请联系表格的所有者。`);
}

/** Types or pastes; a paste that is larger than the sheet makes it grow. @throws RefusedError */
export function typeByHand(model: SheetsModel, actor: string, edit: HandEdit): void {
  const sheet = findSheet(model, edit.sheet);
  const { row: top, column: left, values } = edit;
  const bottom = top + values.length - 1;
  const right = left + Math.max(1, ...values.map((cells) => cells.length)) - 1;
  guard(model, sheet, { top, left, bottom, right }, actor);
  growTo(model, sheet, bottom, right);
  const thisYear = () => new Date(model.now()).getFullYear();
  const inputs: CellInput[] = values.flatMap((cells, i) =>
    cells.map((text, j) => {
      const [row, column] = [top + i, left + j];
      return { row, column, ...readTyped(text, sheet.looks.get(row, column)?.numberFormat, thisYear) };
    }),
  );
  try {
    writeInputs(model, sheet, inputs);
  } catch (error) {
    if (!(error instanceof InputRefusal)) throw error;
    const { row, column, reason } = error;
    const place = `「${sheet.name}」${cellAddress(row, column)}`;
    if (reason === "too long") throw new RefusedError(`${place} 的内容超过 50000 个字符，一个单元格放不下。`);
    const help = sheet.rules.get(row, column)?.helpText;
    throw new RefusedError(`${place} 中输入的内容不符合该单元格的数据验证规则。${help ?? ""}`);
  }
}

function growTo(model: SheetsModel, sheet: SheetModel, rows: number, columns: number): void {
  if (rows > sheet.rows) insertRows(model, sheet, sheet.rows + 1, rows - sheet.rows, sheet.rows);
  if (columns <= sheet.columns) return;
  model.checkSize((columns - sheet.columns) * sheet.rows);
  sheet.columns = columns;
  model.restructure();
}

/** @throws RefusedError */
export function noteByHand(
  model: SheetsModel,
  actor: string,
  sheetName: string,
  row: number,
  column: number,
  note: string,
): void {
  const sheet = findSheet(model, sheetName);
  guard(model, sheet, { top: row, left: column, bottom: row, right: column }, actor);
  sheet.notes.set(row, column, note === "" ? undefined : note);
}
