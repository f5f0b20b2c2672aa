import { basename } from "node:path";
import ExcelJS from "exceljs";
import type { WorkbookPatch, WorkbookSnapshot } from "../../../apps-script/core/workbook/port.ts";
import { readBytes } from "../../disk/disk.ts";
import { InputError } from "../../errors.ts";
import { emptyExtras, takeIn, type WorkbookExtras } from "../intake.ts";
import { giveOut } from "../outlet.ts";
import { readWorkbookInPlace } from "../package/read-workbook.ts";
import { openPackage, type Purpose } from "../preflight.ts";
import { zipParts } from "../zip.ts";
import { repairFalseDates, takeLazySnapshot, takeSnapshot, writeOutSharedFormulas } from "./snapshot.ts";
import { applyPatch } from "./write.ts";

export interface OpenWorkbook {
  /** The workbook as it is now, patches included. */
  readonly snapshot: WorkbookSnapshot;
  /** @throws CellTextError when a text is longer than a cell can hold */
  apply(patch: WorkbookPatch): void;
  /** The .xlsx file; the same workbook and patches make the same bytes. */
  toBuffer(): Promise<Uint8Array>;
}

/** An empty workbook: the first patch must make its sheets. */
export function newWorkbook(): OpenWorkbook {
  return openBook(new ExcelJS.Workbook(), emptyExtras(), "");
}

/**
 * Reads an .xlsx or .xlsm file.
 * @param purpose with `edit` (default) a workbook is refused that has parts which saving would lose
 * @throws InputError that names the file, what is wrong and what to do
 */
export async function readWorkbook(path: string, purpose: Purpose = "edit"): Promise<OpenWorkbook> {
  return readWorkbookBytes(path, readBytes(path), purpose);
}

/** As `readWorkbook`, for bytes already in memory; `path` is for messages. */
export async function readWorkbookBytes(path: string, bytes: Buffer, purpose: Purpose): Promise<OpenWorkbook> {
  if (process.env.IN_PLACE) {
    const inPlace = readWorkbookInPlace(path, bytes, purpose);
    return {
      get snapshot() {
        return inPlace.snapshot;
      },
      apply: (patch) => inPlace.apply(patch),
      toBuffer: async () => inPlace.save(),
    };
  }
  const { book, extras } = await loadBook(path, bytes, purpose);
  return openBook(book, extras, path);
}

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

function openBook(book: ExcelJS.Workbook, extras: WorkbookExtras, path: string): OpenWorkbook {
  // A sheet that is too large is refused now, not when it is first looked at.
  let snapshot: WorkbookSnapshot | undefined = takeSnapshot(book, extras, path);
  let version = 0;
  return {
    get snapshot() {
      const taken = version;
      snapshot ??= takeLazySnapshot(book, extras, path, () => version === taken);
      return snapshot;
    },
    apply(patch) {
      snapshot = undefined;
      version++;
      applyPatch(book, extras, patch);
    },
    toBuffer: () => saveBook(book, extras),
  };
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
