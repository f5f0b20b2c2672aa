import { join } from "node:path";
import ExcelJS from "exceljs";
import { describe, expect, test } from "vitest";
import { readRecords, readSheet, runJson, temporaryFolder } from "../run-casebook.ts";
import { caseFolder, checkCase, openCase } from "./open-case.ts";

/** What one row of a platform export has otherwise than the first of xlsx-zero-format, some cells under a number format. */
type Row = Readonly<Record<string, string | number | readonly [value: number, format: string]>>;

/** Imports an export of these rows into a new award, and checks it. */
async function importRows(rows: readonly Row[]) {
  const folder = temporaryFolder();
  const [file, input] = [join(folder, "a.xlsx"), join(folder, "导出.xlsx")];
  const source = new ExcelJS.Workbook();
  await source.xlsx.readFile(join(caseFolder("xlsx-zero-format"), "平台导出.xlsx"));
  const [labels = [], values = []] = [1, 2].map((n) => source.worksheets[0]!.getRow(n).values as ExcelJS.CellValue[]);
  const sheet = source.addWorksheet("新");
  source.removeWorksheet(source.worksheets[0]!.id);
  sheet.addRow(labels.slice(1));
  rows.forEach((row, i) => {
    const added = sheet.addRow(values.slice(1));
    for (const [label, typed] of Object.entries({ 第一作者教育云账号: `nx2025${100 + i}`, ...row })) {
      const [value, numFmt] = typeof typed === "object" ? typed : [typed, "General"];
      Object.assign(added.getCell(labels.indexOf(label)), { value, numFmt });
    }
  });
  await source.xlsx.writeFile(input);
  await runJson("init", file);
  await runJson("import", file, join(caseFolder("xlsx-zero-format"), "单位名册.csv"));
  const { json } = await runJson("import", file, input);
  const { json: checked } = await runJson("check", file);
  const cleaned = (checked.findings as { code: string; message: string }[])
    .filter(({ code }) => code === "DATA-CLEANED")
    .map(({ message }) => /把(“.*?”改为“.*?”)/.exec(message)?.[1]);
  return { file, records: await readRecords(file, "案例"), cleaned, kept: json.inputs[0].kept };
}

describe("an identifier under a number format is what people see", () => {
  test.for([
    { name: "xlsx-zero-format", ids: ["000123", "000124"], accounts: ["000045", "acc10029"], same: false },
    { name: "xlsx-prefix-format", ids: ["XJ0007", "XJ0007"], accounts: ["00000009", "acc10030"], same: true },
  ])("$name", async ({ name, ids, accounts, same }) => {
    const award = await openCase(name);
    const records = await readRecords(award.file, "案例");
    expect(records.map((record) => record.案例编号)).toEqual(ids);
    expect(records[0]?.第一作者教育云账号).toBe(accounts[0]);
    const told = await checkCase(award, "DATA-CLEANED", "SUB-ID-DUPLICATE");
    expect(told).toContain("DATA-CLEANED info 案例!2 案例编号");
    expect(told).toContain("DATA-CLEANED info 案例!2 第一作者教育云账号");
    expect(told.some((finding) => finding.startsWith("SUB-ID-DUPLICATE"))).toBe(same);
  });

  test("padded, prefixed, in sections; separators and decimals of zero are no part of it", async () => {
    const ids: readonly [value: number, format: string, taken: string, told?: string][] = [
      [123, "000000", "000123", "“123”改为“000123”"],
      [7, '"XJ"0000', "XJ0007", "“7”改为“XJ0007”"],
      [7, '0000"号"', "0007号", "“7”改为“0007号”"],
      [20250007, '0000"－"0000', "2025-0007", "“20250007”改为“2025-0007”"],
      [7, "000_ ", "007", "“7”改为“007”"],
      [1234, '[>=100]"大"0;"小"000', "大1234", "“1234”改为“大1234”"],
      [123456, "0.00_ ", "123456"],
      [123457, "#,##0", "123457"],
      [640104198001, "0.00E+00", "640104198001"],
      [321, "[DBNum1][$-804]General", "321"],
    ];
    const { records, cleaned, kept } = await importRows(ids.map(([value, format]) => ({ 案例编号: [value, format] })));
    expect(records.map((record) => record.案例编号).sort()).toEqual(ids.map(([, , taken]) => taken).sort());
    expect(cleaned.sort()).toEqual(ids.flatMap(([, , , told]) => told ?? []).sort());
    // What programs show differently is taken as its digits, and reported.
    const reason = expect.stringContaining("显示成什么无法确定，已按数值“321”写入");
    expect(kept).toEqual([{ row: 11, column: "案例编号", reason }]);
  });

  test("counts stay numbers, ruined numbers ruined", async () => {
    const { records } = await importRows([
      {
        案例编号: "A1",
        概要字数: [480, 'General"字"'],
        特色字数: [480, "[DBNum1][$-804]General"],
        过程字数: [480, "0\\d"],
        应用字数: [480, "0000"],
        第一作者教育云账号: [640104198001010000, '"NX"0'],
      },
    ]);
    expect(records[0]).toMatchObject({ 概要字数: "480", 特色字数: "480", 过程字数: "480", 应用字数: "480" });
    expect(records[0]?.第一作者教育云账号).toBe("640104198001010000");
  });

  test("a person formats 案例编号 in the workbook: rules and keys see what is shown", async () => {
    const award = await openCase("xlsx-zero-format");
    const book = new ExcelJS.Workbook();
    await book.xlsx.readFile(award.file);
    const cell = book.getWorksheet("案例")!.getCell("B2");
    Object.assign(cell, { value: 124, numFmt: "000000" });
    await book.xlsx.writeFile(award.file);
    expect((await checkCase(award, "SUB-ID-DUPLICATE")).length).toBe(2);
    // The layout gives the column a format of its own: what was shown stays.
    expect((await readSheet(award.file, "案例")).rows[1]?.[1]).toBe("000124");
  });
});

test("csv-unquoted-comma: the shifted row is rejected with its line, the others are taken", async () => {
  const award = await openCase("csv-unquoted-comma");
  const input = award.imported.inputs.find(({ sheet }: { sheet: string }) => sheet === "案例");
  expect(input).toMatchObject({ rows: 5, added: 4 });
  expect(input.rejected).toEqual([
    { row: 3, reason: expect.stringMatching(/这一行多出 1 格，从“领域”一列起内容错位，.*分隔符（如逗号）/) },
  ]);
  expect(award.importCode).toBe(1);
  const records = await readRecords(award.file, "案例");
  expect(records.map((record) => record.案例编号)).toEqual(["C0001", "C0003", "C0004", "C0005"]);
});
