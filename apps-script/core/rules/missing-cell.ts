import { holdsPlaceholder } from "../award/identifying-cell.ts";
import { columnOf, type KeyOf, type SheetSpec } from "../schema/sheet-spec.ts";
import type { TableRow } from "../tables/table.ts";
import { isDitto } from "../text/placeholder.ts";
import type { CellValue } from "../workbook/port.ts";

const nouns = { name: "姓名", unit: "单位名称", account: "账号", code: "编号", title: "名称" } as const;

function isErrorValue(value: CellValue): boolean {
  if (typeof value !== "object" || value === null) return false;
  return value.kind === "error" || (value.kind === "formula" && isErrorValue(value.result));
}

/**
 * What is wrong with a cell that must be filled in and is not, as the start of a message that asks for it: `“单位”为空` or
 * `“教育云账号”填的是“无”，这只是占位，不是账号`; undefined where it says something.
 */
export function missingCell<S extends SheetSpec>(
  sheet: S,
  record: TableRow<KeyOf<S>>,
  key: KeyOf<S>,
): string | undefined {
  const text = record.text(key);
  const { label, identifies } = columnOf(sheet, key);
  if (text === "") return `“${label}”为空`;
  // DATA-ERROR speaks of the others.
  if (isErrorValue(record.raw(key))) return undefined;
  if (identifies === undefined || !holdsPlaceholder(sheet, record, key)) return undefined;
  const noun = key === "phone" ? "电话号码" : nouns[identifies];
  const state = isDitto(text) ? `排序、筛选后就不知道指谁，不能代替${noun}` : `这只是占位，不是${noun}`;
  return `“${label}”填的是“${text}”，${state}`;
}
