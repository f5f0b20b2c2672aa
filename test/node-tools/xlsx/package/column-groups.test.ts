import { describe, expect, test } from "vitest";
import type { ColumnWidth } from "../../../../apps-script/core/workbook/port.ts";
import { nodeCodec } from "../../../../node-tools/host/node-codec.ts";
import { newWorkbook } from "../../../../node-tools/office-files/workbook.ts";
import { openWorkbookInPlace } from "../../../../node-tools/xlsx/package/workbook-in-place.ts";
import { readParts } from "../inspect.ts";

const laid = (bytes: Uint8Array) => {
  const xml = readParts(bytes).get("xl/worksheets/sheet1.xml") ?? "";
  return { depth: / outlineLevelCol="(\d)"/.exec(xml)?.[1], columns: xml.match(/<col [^>]*>/g) };
};

function withWidths(widths: readonly ColumnWidth[]): Uint8Array {
  const book = newWorkbook();
  book.apply({ sheets: [{ name: "案例", createBefore: null, layout: { widths } }] });
  return book.toBuffer();
}

describe("groups of columns", () => {
  const grouped = withWidths([
    { column: 1, width: 10 },
    { column: 2, width: 8, grouped: true },
    { column: 3, width: 8, grouped: true },
  ]);

  test("are laid open, and the sheet keeps room for their signs", () => {
    expect(laid(grouped)).toEqual({
      depth: "1",
      columns: [
        '<col min="1" max="1" width="10" customWidth="1"/>',
        '<col min="2" max="3" width="8" customWidth="1" outlineLevel="1"/>',
      ],
    });
    expect(laid(withWidths([{ column: 1, width: 10 }])).depth).toBeUndefined();
  });

  test("that are hidden are folded: the sign that unfolds them stands above the column behind", () => {
    const folded = withWidths([
      { column: 1, width: 8, grouped: true, hidden: true },
      { column: 2, width: 8, grouped: true, hidden: true },
      { column: 3, width: 10 },
      { column: 4, width: 8, hidden: true },
      { column: 5, width: 10 },
    ]);
    expect(laid(folded).columns).toEqual([
      '<col min="1" max="2" width="8" customWidth="1" hidden="1" outlineLevel="1"/>',
      '<col min="3" max="3" width="10" customWidth="1" collapsed="1"/>',
      '<col min="4" max="4" width="8" customWidth="1" hidden="1"/>',
      '<col min="5" max="5" width="10" customWidth="1"/>',
    ]);
  });

  test("that people have made or folded stay as they are", () => {
    const folded = Buffer.from(grouped);
    const book = openWorkbookInPlace(folded, nodeCodec);
    const { part } = book.sheet("案例");
    const cols = '<col min="2" max="3" width="8" customWidth="1" outlineLevel="2" hidden="1"/>';
    part.set("cols", `<cols>${cols}<col min="4" max="4" width="9" collapsed="1"/></cols>`);
    part.set("sheetFormatPr", '<sheetFormatPr defaultRowHeight="14" outlineLevelCol="2"/>');
    book.apply({ sheets: [{ name: "案例", layout: { widths: [{ column: 3, width: 8, grouped: true }] } }] });
    const after = laid(book.toBuffer());
    expect(after.depth).toBe("2");
    expect(after.columns?.join("")).toMatch(/min="2" max="3".*outlineLevel="2".*hidden="1".*min="4".*collapsed="1"/);
  });
});
