import ExcelJS from "exceljs";
import type { CellValue } from "../../apps-script/core/workbook/port.ts";
import type { GeneratedFile, GeneratedSheet } from "./files.ts";

let gb18030: Map<string, readonly number[]> | undefined;

function* gb18030Codes(): Generator<number[]> {
  for (let lead = 0x81; lead <= 0xfe; lead++) for (let trail = 0x40; trail <= 0xfe; trail++) yield [lead, trail];
  // The basic plane ends below lead byte 0x85.
  for (let linear = 0; linear < 4 * 12600; linear++) {
    const [a, b, c, d] = [linear / 12600, (linear / 1260) % 10, (linear / 10) % 126, linear % 10].map(Math.floor);
    yield [0x81 + (a ?? 0), 0x30 + (b ?? 0), 0x81 + (c ?? 0), 0x30 + (d ?? 0)];
  }
}

/** Node decodes GB18030 but does not encode it: the table is read off the decoder. */
function gb18030Table(): Map<string, readonly number[]> {
  if (gb18030) return gb18030;
  const decoder = new TextDecoder("gb18030");
  gb18030 = new Map();
  for (const code of gb18030Codes()) {
    const character = decoder.decode(Uint8Array.from(code));
    if (character.length === 1 && character !== "\ufffd" && !gb18030.has(character)) gb18030.set(character, code);
  }
  return gb18030;
}

/** Characters of the basic plane only. */
export function encodeGb18030(text: string): Uint8Array {
  const table = gb18030Table();
  const bytes: number[] = [];
  for (const character of text) {
    const code = character.charCodeAt(0);
    if (code < 0x80) bytes.push(code);
    else bytes.push(...(table.get(character) ?? [0x3f]));
  }
  return Uint8Array.from(bytes);
}

function csvText(sheet: GeneratedSheet, delimiter: string, lineEnd: string): string {
  const cell = (value: CellValue) => {
    const text = value === null ? "" : String(value);
    return text.includes(delimiter) || /["\r\n]/.test(text) ? `"${text.replace(/"/g, '""')}"` : text;
  };
  return sheet.rows.map((row) => row.map(cell).join(delimiter) + lineEnd).join("");
}

function cellForExcel(value: CellValue): { value: ExcelJS.CellValue; numFmt?: string } {
  if (value === null || typeof value !== "object") return { value };
  if (value.kind === "date") return { value: new Date(`${value.iso}T00:00:00Z`), numFmt: "yyyy/m/d" };
  if (value.kind === "time") return { value: value.seconds / 86400, numFmt: "h:mm:ss" };
  throw new Error(`a generated file holds no ${value.kind}`);
}

async function encodeWorkbook(file: GeneratedFile): Promise<Uint8Array> {
  const workbook = new ExcelJS.Workbook();
  workbook.created = workbook.modified = new Date(Date.UTC(2025, 6, 1));
  for (const { name, rows, mergedRows } of file.sheets) {
    const sheet = workbook.addWorksheet(name);
    const width = Math.max(...rows.map((row) => row.length));
    rows.forEach((row, r) => {
      row.forEach((value, c) => {
        if (value === null || value === "") return;
        const cell = sheet.getCell(r + 1, c + 1);
        const written = cellForExcel(value);
        cell.value = written.value;
        if (written.numFmt) cell.numFmt = written.numFmt;
      });
    });
    for (const row of mergedRows ?? []) sheet.mergeCells(row, 1, row, width);
  }
  return new Uint8Array(await workbook.xlsx.writeBuffer());
}

/** The bytes of a generated file. CSV is the same byte for byte each time; .xlsx only in content. */
export async function encodeFile(file: GeneratedFile): Promise<Uint8Array> {
  const { format, sheets } = file;
  if (format.kind === "xlsx") return encodeWorkbook(file);
  const text = csvText(sheets[0] as GeneratedSheet, format.delimiter, format.lineEnd);
  switch (format.encoding) {
    case "gb18030":
      return encodeGb18030(text);
    case "utf-16le":
      return new Uint8Array(Buffer.from(`\ufeff${text}`, "utf16le"));
    case "utf-8-bom":
      return new Uint8Array(Buffer.from(`\ufeff${text}`, "utf8"));
    case "utf-8":
      return new Uint8Array(Buffer.from(text, "utf8"));
  }
}
