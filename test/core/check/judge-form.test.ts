import { describe, expect, test } from "vitest";
import { newApplicationWorkbook } from "../../../apps-script/core/application-book/application-book.ts";
import { buildUnitForms } from "../../../apps-script/core/application-book/unit-form.ts";
import { judgeAward } from "../../../apps-script/core/check/judge.ts";
import { formAsAward } from "../../../apps-script/core/check/judge-form.ts";
import { ningxia2025 as notice } from "../../../apps-script/core/notice/ningxia-2025.ts";
import { submissionsSheet, unitsSheet } from "../../../apps-script/core/schema/application.ts";
import { readTable } from "../../../apps-script/core/tables/table.ts";
import type { PlainValue, WorkbookSnapshot } from "../../../apps-script/core/workbook/port.ts";
import { newWorkbook } from "../../../node-tools/office-files/workbook.ts";

const unit = { name: "兴庆区教育局", kind: "bureau" } as const;

function emptyAward() {
  const book = newWorkbook();
  book.apply(newApplicationWorkbook(notice));
  return book;
}

/** The form of a unit of which nothing has come yet. */
function newForm() {
  const book = emptyAward();
  const values: Readonly<Record<string, PlainValue>> = { code: "640104", name: unit.name, kind: "教育局" };
  const edits = unitsSheet.columns.map(({ key }, i) => ({ row: 2, column: i + 1, value: values[key] ?? null }));
  book.apply({ sheets: [{ name: unitsSheet.label, edits }] });
  const form = newWorkbook();
  form.apply(buildUnitForms(book.snapshot, notice)[0]!.patch);
  return form;
}

/** Types values into a row of 案例, by key. */
function type(form: ReturnType<typeof newWorkbook>, row: number, values: Readonly<Record<string, PlainValue>>): void {
  const { positions } = readTable(form.snapshot, submissionsSheet, [submissionsSheet.label]);
  const edits = Object.entries(values).map(([key, value]) => ({
    row,
    column: (positions as ReadonlyMap<string, number>).get(key)!,
    value,
  }));
  form.apply({ sheets: [{ name: submissionsSheet.label, edits }] });
}

const judge = (form: WorkbookSnapshot) => judgeAward(formAsAward(emptyAward().snapshot, form, unit), notice);
const ofCases = (form: WorkbookSnapshot) =>
  judge(form).findings.filter(({ sheet, severity }) => sheet === submissionsSheet.label && severity !== "info");

describe("a form judged by itself", () => {
  test("rows that are ready to be filled in are no cases", () => {
    const { award, findings } = judge(newForm().snapshot);
    expect(award.submissions).toEqual([]);
    expect(findings.filter(({ sheet }) => sheet === submissionsSheet.label)).toEqual([]);
  });

  test("what is wrong stands at the form's own row and column; the right value takes it away", () => {
    const form = newForm();
    type(form, 4, { id: "A001", title: "课堂评价的改进", field: "教学创新", keywords: "甲" });
    const wrong = ofCases(form.snapshot);
    expect(wrong.every(({ row }) => row === 4)).toBe(true);
    expect(wrong.map(({ column }) => column)).toEqual(expect.arrayContaining(["领域", "关键词"]));
    type(form, 4, { field: notice.fields[0]!.label, keywords: "作业、课堂、评价" });
    const columns = ofCases(form.snapshot).map(({ column }) => column);
    expect(columns).not.toContain("领域");
    expect(columns).not.toContain("关键词");
  });

  test("two cases with one number are told within the form", () => {
    const form = newForm();
    for (const row of [2, 3]) type(form, row, { id: "A001", title: `案例${row}` });
    const rows = ofCases(form.snapshot).filter(({ column }) => column === "案例编号");
    expect(new Set(rows.map(({ row }) => row))).toEqual(new Set([2, 3]));
  });

  test("a form without one of its sheets is judged by the others", () => {
    const form = newForm();
    type(form, 2, { id: "A001", title: "课堂评价的改进" });
    const sheets = form.snapshot.sheets.filter(({ name }) => name !== "联络员");
    expect(judge({ sheets }).award.submissions).toHaveLength(1);
  });
});
