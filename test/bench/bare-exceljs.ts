import ExcelJS from "exceljs";
import { time } from "./time.ts";

/** Seconds of the processor that ExcelJS alone takes to read some files and to write others, one after the other. */
export async function timeBareFileWork(reads: readonly string[], writes: readonly string[]): Promise<number> {
  let total = 0;
  for (const path of reads) {
    total += (await time(() => new ExcelJS.Workbook().xlsx.readFile(path))).cpuSeconds;
  }
  for (const path of writes) {
    const workbook = new ExcelJS.Workbook();
    await workbook.xlsx.readFile(path);
    total += (await time(() => workbook.xlsx.writeBuffer())).cpuSeconds;
  }
  return total;
}
