import Papa from "papaparse";
import { findDelimiter, guessUtf16, isUtf8 } from "../../core/import/csv-text.ts";
import type { ImportInput } from "../../core/import/plan-import.ts";
import { digestSnapshot } from "../../core/log/log.ts";
import { sha256 } from "../../core/text/sha256.ts";
import { ActionError } from "../actions/action-error.ts";
import { openWorkbook } from "../google/workbook.ts";

type DriveFile = GoogleAppsScript.Drive.File;

const spreadsheetType = "application/vnd.google-apps.spreadsheet";
const textTypes = /^text\//;
const readableNames = /\.(csv|txt|tsv)$/i;

/** Whether a file of a folder is worth reading; others are passed over and named. */
export function isTable(file: DriveFile): boolean {
  return (
    file.getMimeType() === spreadsheetType || textTypes.test(file.getMimeType()) || readableNames.test(file.getName())
  );
}

/** A Google spreadsheet or a .csv as `planImport` takes it. @throws ActionError */
export function readDriveInput(file: DriveFile): ImportInput {
  const name = file.getName();
  if (file.getMimeType() === spreadsheetType) return readSpreadsheet(file.getId(), name);
  if (!isTable(file)) {
    throw new ActionError(
      `“${name}”不是谷歌表格，也不是 CSV。请在云端硬盘中用“打开方式 → Google 表格”打开它，另存为谷歌表格后再导入。`,
    );
  }
  return readCsv(file.getBlob(), name);
}

function readSpreadsheet(id: string, file: string): ImportInput {
  const { snapshot } = openWorkbook(SpreadsheetApp.openById(id));
  const sheets = snapshot.sheets.map(({ name, hidden, rows, shown }) => ({ name, hidden, rows, shown }));
  return {
    file,
    digest: digestSnapshot(
      snapshot,
      sheets.map((sheet) => sheet.name),
    ),
    encoding: "",
    sheets,
  };
}

function readCsv(blob: GoogleAppsScript.Base.Blob, file: string): ImportInput {
  const bytes = Uint8Array.from(blob.getBytes(), (byte) => byte & 0xff);
  const encoding = guessUtf16(bytes) ?? (isUtf8(bytes) ? "UTF-8" : "GB18030");
  const hasMark = encoding === "UTF-8" && bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf;
  const text = blob.getDataAsString(encoding).replace(/^\ufeff/, "");
  if (text.includes("\ufffd") || text.includes("\0")) {
    throw new ActionError(
      `“${file}”的内容无法识别。请用 Excel 或 WPS 打开原文件，另存为“CSV UTF-8”，或在云端硬盘中存为谷歌表格后再导入。`,
    );
  }
  const rows = parseCsv(text, file).map((row) => {
    const cells = row.map((cell) => (cell === "" ? null : cell));
    while (cells.length > 0 && cells[cells.length - 1] === null) cells.pop();
    return cells;
  });
  const sheet = { name: file.replace(/\.[^.]*$/, ""), hidden: false, rows };
  return { file, digest: sha256(text), encoding: hasMark ? "UTF-8 BOM" : encoding, sheets: [sheet] };
}

function splitHead(text: string, delimiter: string, preview: number): string[][] {
  return Papa.parse<string[]>(text, { delimiter, header: false, preview }).data;
}

function parseCsv(text: string, file: string): string[][] {
  const { data, errors } = Papa.parse<string[]>(text, { delimiter: findDelimiter(text, splitHead), header: false });
  const broken = errors.find((error) => error.type === "Quotes");
  if (broken) {
    const line = text.slice(0, broken.index ?? 0).split(/\r\n|\n|\r/).length;
    throw new ActionError(
      `“${file}”第 ${line} 行附近的双引号不成对，无法分清各列。请用 Excel 或 WPS 检查这一行，另存后再导入。`,
    );
  }
  while (data.length > 0 && data[data.length - 1]?.every((cell) => cell === "")) data.pop();
  return data;
}
