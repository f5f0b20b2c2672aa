import type { WorkbookPatch } from "../../apps-script/core/workbook/port.ts";
import { newWorkbook } from "../office-files/workbook.ts";
import { CalculatedWorkbook, type Workbook } from "./formula-values.ts";

export function renderPatch(patch: WorkbookPatch): Uint8Array {
  return writeNew(patch).toBuffer();
}

/** As `renderPatch`, beside what else is done. */
export async function renderPatchLater(patch: WorkbookPatch): Promise<Uint8Array> {
  return writeNew(patch).toBytes();
}

function writeNew(patch: WorkbookPatch): Workbook {
  const workbook = new CalculatedWorkbook(newWorkbook());
  workbook.apply(patch);
  return workbook;
}
