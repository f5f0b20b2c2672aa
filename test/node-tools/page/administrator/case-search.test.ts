import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { newApplicationWorkbook } from "../../../../apps-script/core/application-book/application-book.ts";
import { ningxia2025 as notice } from "../../../../apps-script/core/notice/ningxia-2025.ts";
import { submissionsSheet } from "../../../../apps-script/core/schema/application.ts";
import { newWorkbook } from "../../../../node-tools/office-files/workbook.ts";
import { findCases } from "../../../../node-tools/page/administrator/case-search.ts";

const home = mkdtempSync(join(tmpdir(), "casebook-search-"));
afterAll(() => rmSync(home, { recursive: true, force: true }));

test("of more cases than are listed, the rest is counted; of as many, nothing is", () => {
  const book = newWorkbook();
  book.apply(newApplicationWorkbook(notice));
  const column = submissionsSheet.columns.findIndex(({ key }) => key === "title") + 1;
  const edits = Array.from({ length: 51 }, (_, i) => ({ row: i + 2, column, value: i < 50 ? "课堂观察" : "观察" }));
  book.apply({ sheets: [{ name: submissionsSheet.label, edits }] });
  const path = join(home, "评案簿.xlsx");
  writeFileSync(path, book.toBuffer());
  const count = (text: string) => {
    const { cases, more } = findCases(path.slice(1), text);
    return [cases.length, more];
  };
  expect(count("课堂")).toEqual([50, 0]);
  expect(count("观察")).toEqual([50, 1]);
});
