/** A table of submissions as somebody pastes it into 粘贴区, and the workbook that it goes into. */
import { submissionsSheet } from "../../../apps-script/core/schema/application.ts";
import { makeSnapshot, tongxin, validSubmission, xingqing } from "../../core/award-builder.ts";
import { administrator, type Desk } from "./shared-desk.ts";

export const keys = submissionsSheet.columns.filter(({ kind }) => kind !== "computed").map(({ key }) => key);
export const header = submissionsSheet.columns.filter(({ kind }) => kind !== "computed").map(({ label }) => label);
const text = (value: unknown) =>
  value === undefined || value === null
    ? ""
    : typeof value === "object"
      ? (value as { iso: string }).iso
      : String(value);
export const rowOf = (i: number, more: Record<string, unknown> = {}) => {
  const row: Record<string, unknown> = { ...validSubmission(i), ...more };
  return keys.map((key) => text(row[key]));
};
export const paste = (desk: Desk, values: string[][]) =>
  desk.google.edit(desk.id, administrator, { sheet: "粘贴区", row: 2, column: 1, values });
export const table = [
  header,
  rowOf(1),
  rowOf(0),
  rowOf(3, { nominator: "同心县" }),
  rowOf(2, { "author1.account": "640001198001010011" }),
];
export const workbook = makeSnapshot({
  units: [xingqing, tongxin],
  submissions: [{ id: "A002", title: "旧名" }, { id: "A900" }],
});
