import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll } from "vitest";
import { newWorkbook, readWorkbook } from "../../node-tools/office-files/workbook.ts";
import { describeWorkbookPort } from "./workbook-port.ts";

const folder = mkdtempSync(join(tmpdir(), "casebook-"));
afterAll(() => rmSync(folder, { recursive: true }));
let count = 0;

describeWorkbookPort(".xlsx files", async () => {
  count += 1;
  const path = join(folder, `${count}.xlsx`);
  let book = newWorkbook();
  return {
    apply: async (patch) => book.apply(patch),
    async reopen() {
      writeFileSync(path, book.toBuffer());
      book = readWorkbook(path);
      return book.snapshot;
    },
  };
});
