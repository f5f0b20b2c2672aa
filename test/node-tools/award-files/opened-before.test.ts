import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { host } from "#host";
import { newApplicationWorkbook } from "../../../apps-script/core/application-book/application-book.ts";
import { ningxia2025 as notice } from "../../../apps-script/core/notice/ningxia-2025.ts";
import { unitsSheet } from "../../../apps-script/core/schema/application.ts";
import type { WorkbookPatch, WorkbookSnapshot } from "../../../apps-script/core/workbook/port.ts";
import { openForEditing, openForReading, releaseWorkbooks } from "../../../node-tools/award-files/award-files.ts";
import { renderPatch } from "../../../node-tools/award-files/render-patch.ts";

const written: WorkbookPatch = {
  sheets: [{ name: unitsSheet.label, edits: [{ row: 2, column: 2, value: "兴庆区教育局" }] }],
};
const nameIn = ({ sheets }: WorkbookSnapshot) =>
  sheets.find(({ name }) => name === unitsSheet.label)?.rows[1]?.[1] ?? null;

let folder: string;
let path: string;
/** The one piece of memory that the file lies in, as in the page. */
let bytes: Buffer;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "casebook-opened-"));
  path = join(folder, "评案簿.xlsx");
  bytes = Buffer.from(renderPatch(newApplicationWorkbook(notice)));
  writeFileSync(path, bytes);
  const read = host.disk.readFile.bind(host.disk);
  vi.spyOn(host.disk, "readFile").mockImplementation((asked) => (asked === path ? bytes.subarray() : read(asked)));
});
afterEach(() => {
  vi.restoreAllMocks();
  releaseWorkbooks();
  rmSync(folder, { recursive: true });
});

describe("a workbook in memory that was opened before", () => {
  test("is not read again, neither to be looked at nor to be changed", () => {
    const { snapshot } = openForReading(path).workbook;
    expect(openForReading(path).workbook.snapshot).toBe(snapshot);
    expect(openForEditing(path).workbook.snapshot).toBe(snapshot);
  });

  test("is written as one that was just opened", () => {
    const fresh = openForEditing(path).workbook;
    fresh.apply(written);
    releaseWorkbooks();
    openForReading(path);
    const again = openForEditing(path).workbook;
    again.apply(written);
    expect(Buffer.from(again.toBuffer()).equals(fresh.toBuffer())).toBe(true);
  });

  test("is read again when somebody may have changed it since", () => {
    openForReading(path);
    const { workbook } = openForEditing(path);
    workbook.apply(written);
    expect(nameIn(workbook.snapshot)).toBe("兴庆区教育局");
    expect(nameIn(openForReading(path).workbook.snapshot)).toBe(null);
  });

  test("is another when its bytes are", () => {
    const { snapshot } = openForReading(path).workbook;
    const { workbook } = openForEditing(path);
    workbook.apply(written);
    bytes = Buffer.from(workbook.toBuffer());
    expect(nameIn(openForReading(path).workbook.snapshot)).toBe("兴庆区教育局");
    expect(nameIn(snapshot)).toBe(null);
  });

  test("is refused where another kind is wanted, as if it were new", () => {
    openForReading(path);
    expect(() => openForReading(path, { kind: "review" })).toThrow("不是评审工作簿");
  });
});
