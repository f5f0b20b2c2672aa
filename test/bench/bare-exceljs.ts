import ExcelJS from "exceljs";

async function load(path: string): Promise<ExcelJS.Workbook> {
  const workbook = new ExcelJS.Workbook();
  await workbook.xlsx.readFile(path);
  return workbook;
}

/** Seconds that ExcelJS alone takes to read some files and to write others, one after the other. */
export async function timeBareFileWork(reads: readonly string[], writes: readonly string[]) {
  let read = 0;
  let write = 0;
  for (const path of reads) {
    const started = performance.now();
    await load(path);
    read += performance.now() - started;
  }
  for (const path of writes) {
    const workbook = await load(path);
    const started = performance.now();
    await workbook.xlsx.writeBuffer();
    write += performance.now() - started;
  }
  return { read: read / 1000, write: write / 1000 };
}
