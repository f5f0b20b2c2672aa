import { basename } from "node:path";
import ExcelJS from "exceljs";
import { InputError } from "../../errors.ts";
import { openPackage, type Purpose } from "../preflight.ts";
import { zipParts } from "../zip.ts";
import { takeIn, type WorkbookExtras } from "./intake.ts";
import { giveOut } from "./outlet.ts";
import { repairFalseDates, writeOutSharedFormulas } from "./repair.ts";

/** Excel's default width of a column. */
export const usualWidth = 8.43;

/** ExcelJS's model of a file and what is kept beside it. @throws InputError */
export async function loadBook(
  path: string,
  bytes: Buffer,
  purpose: Purpose,
): Promise<{ book: ExcelJS.Workbook; extras: WorkbookExtras }> {
  const parts = openPackage(path, bytes, purpose);
  const book = new ExcelJS.Workbook();
  let extras: WorkbookExtras;
  try {
    const intake = takeIn(parts, purpose);
    extras = intake.extras;
    await book.xlsx.load(zipParts(intake.forExcelJs, { compress: false }) as unknown as ExcelJS.Buffer);
    repairFalseDates(book, intake.sheetXml);
    writeOutSharedFormulas(book);
  } catch (error) {
    throw new InputError(
      path,
      `「${basename(path)}」的内部结构无法解读（${error instanceof Error ? error.message : String(error)}）。` +
        "请用 Excel 或 WPS 打开，另存为新的「Excel 工作簿（*.xlsx）」后再试。",
      { cause: error },
    );
  }
  return { book, extras };
}

/** The .xlsx file of a model and what is kept beside it. */
export async function saveBook(book: ExcelJS.Workbook, extras: WorkbookExtras): Promise<Uint8Array> {
  book.calcProperties = { fullCalcOnLoad: true };
  const restore = fixPrintAreas(book);
  const written = await book.xlsx.writeBuffer({ zip: { compression: "STORE" } } as Partial<ExcelJS.XlsxWriteOptions>);
  restore();
  return giveOut(Buffer.from(written as ArrayBuffer), book.worksheets, extras);
}

/** ExcelJS writes `$A1:$G9` for a print area, which programs read relative to some cell or not at all. */
function fixPrintAreas(book: ExcelJS.Workbook): () => void {
  const areas = book.worksheets.flatMap((sheet) =>
    sheet.pageSetup.printArea ? [{ pageSetup: sheet.pageSetup, area: sheet.pageSetup.printArea }] : [],
  );
  for (const { pageSetup, area } of areas) pageSetup.printArea = area.replace(/([A-Z]+)(\d+)/g, "$1$$$2");
  return () => {
    for (const { pageSetup, area } of areas) pageSetup.printArea = area;
  };
}
