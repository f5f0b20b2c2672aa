import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import ExcelJS from "exceljs";
import { afterAll, expect, test } from "vitest";
import { showNumber } from "../../node-tools/xlsx/shown-number.ts";
import { convertInLibreOffice } from "./soffice.ts";

const home = mkdtempSync(join(tmpdir(), "casebook-formats-"));
afterAll(() => rmSync(home, { recursive: true, force: true }));

const formats = [
  "000000,00000000,0000000000000000000,#,##,???0,00#00,#00#,0#0,0_ ,0_);(0),_(000_),[Red]000,[Color5]000,@,General",
  '"XJ"0000,0000"号","第"0"号",[$XJ]0000,[$¥-804]000,\\N\\X000,\\d000,0\\d,General"字","号"General,号0000,№0000',
  '000-0000,"NX-"000"-"000,000\\-000\\-000,"宁"0"-"00,#"-"00000,#-##,(000)0000,000 000,000"."000,0000–00',
  '0"年"00"月",0"x"0"y"0,"a;b"000,"a""b"000,\'0000,=0000,~000,<000>,{000},&000,$000,¥000,€000,^000,0:00',
  '0;-0;"零",0;;"零";@,"A"0;"B"0,"A"0;"B"0;"C",+0;-0;0,0_);[Red]\\(0\\),0%,[=7]"七";0,[<10]"0"0;0',
  "0.00,0.0#,0.##,00.0,000.000,0.00%,0.00_ ",
  '[>=1000]"大"0;[>=100]"中"000;"小"0000,[Blue][>100]"大"000;"小"000,[DBNum1][$-804]General,[NatNum1]000,*-000',
]
  .flatMap((line) => line.split(","))
  .concat("#,##0", "#,##0.00", "#,##0_);[Red]\\(#,##0\\)");
const numbers = [123, 7, 0, -5, 1234567, 640104198001, 0.5, 123.456];

test(`${formats.length} number formats show what LibreOffice shows, or are left open`, {
  timeout: 120_000,
}, async () => {
  const book = new ExcelJS.Workbook();
  const sheet = book.addWorksheet("格式");
  formats.forEach((numFmt, r) => {
    for (const [c, value] of numbers.entries()) Object.assign(sheet.getCell(r + 1, c + 1), { value, numFmt });
  });
  await book.xlsx.writeFile(join(home, "formats.xlsx"));
  // 9, 34, 76: tabs, quotes, UTF-8; cells as they are shown.
  const folder = convertInLibreOffice(
    "csv:Text - txt - csv (StarCalc):9,34,76",
    [join(home, "formats.xlsx")],
    home,
    "csv",
  );
  const lines = readFileSync(join(folder, "formats.csv"), "utf8").replace(/\n$/, "").split("\n");
  const unquoted = (cell: string) => (/^".*"$/s.test(cell) ? cell.slice(1, -1).replace(/""/g, '"') : cell);
  const shown = lines.map((line) => line.split("\t").map(unquoted));
  let [told, open] = [0, 0];
  const differing = formats.flatMap((format, r) =>
    numbers.flatMap((number, c) => {
      const ours = showNumber(number, format);
      if (ours === null) open += 1;
      else told += 1;
      return ours === null || ours === (shown[r]?.[c] ?? "") ? [] : [{ format, number, ours, office: shown[r]?.[c] }];
    }),
  );
  expect(differing).toEqual([]);
  expect(told).toBeGreaterThan(8 * open);
});
