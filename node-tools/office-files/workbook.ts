import { host } from "#host";
import type { WorkbookPatch } from "../../apps-script/core/workbook/port.ts";
import { readBytes } from "../disk/disk.ts";
import { openWorkbook } from "../xlsx/open-workbook.ts";
import { readAsPatch } from "../xlsx/package/read-looks.ts";
import { newWorkbookInPlace, type WorkbookInPlace } from "../xlsx/package/workbook-in-place.ts";
import type { Purpose } from "../xlsx/preflight.ts";

export type OpenWorkbook = WorkbookInPlace;

/** An empty workbook: the first patch must make its sheets. */
export function newWorkbook(): OpenWorkbook {
  return newWorkbookInPlace(host.codec);
}

/**
 * Reads an .xlsx file, or an .xlsm as input.
 * @param purpose with `edit` (default) a workbook is refused that no change may touch
 * @throws InputError that names the file, what is wrong and what to do
 */
export function readWorkbook(path: string, purpose: Purpose = "edit"): OpenWorkbook {
  return readWorkbookBytes(path, readBytes(path), purpose);
}

/**
 * As `readWorkbook`, for bytes already in memory; `path` is for messages.
 * @param inspect as for `openWorkbook`
 * @param opened the same bytes, opened before and not changed since
 */
export function readWorkbookBytes(
  path: string,
  bytes: Uint8Array,
  purpose: Purpose,
  inspect?: (sheets: readonly string[]) => void,
  opened?: OpenWorkbook,
): OpenWorkbook {
  return openWorkbook(path, bytes, purpose, host.codec, (book) => book, inspect, opened);
}

/**
 * Everything of an .xlsx that a spreadsheet can take: values, notes and looks, as one patch that makes its sheets. Pictures,
 * tables and defined names are no part of the port.
 * @throws InputError that names the file, what is wrong and what to do
 */
export function readWorkbookAsPatch(path: string, purpose: Purpose = "input"): WorkbookPatch {
  return openWorkbook(path, readBytes(path), purpose, host.codec, readAsPatch);
}
