import { expect, test } from "vitest";
import { nodeCodec } from "../../../../node-tools/host/node-codec.ts";
import { PartText } from "../../../../node-tools/xlsx/package/part-text.ts";
import { newWorkbookInPlace } from "../../../../node-tools/xlsx/package/workbook-in-place.ts";
import { ZipArchive } from "../../../../node-tools/xlsx/package/zip-archive.ts";

const row = '<row r="1"><c r="A1" t="str"><v>银川</v></c></row>';

test.each([
  ["as most programs write it", `<sheetData>${row}</sheetData>`],
  ["with a byte order mark", `\ufeff<sheetData>${row}</sheetData>`],
  ["with a comment", `<sheetData><!-- 一 -->${row}</sheetData>`],
  ["with characters that are no markup", `<sheetData><![CDATA[<&>]]>${row}</sheetData>`],
])("a part %s gives the same pieces before and after it was let go", (_, text) => {
  let reads = 0;
  const part = new PartText(() => {
    reads += 1;
    return nodeCodec.encode(text);
  }, nodeCodec);
  const from = part.xml.indexOf("<row");
  const to = part.xml.indexOf("</sheetData>");
  const before = part.slice(from, to);
  expect(nodeCodec.fromBinary([before]).toString()).toBe(row);
  part.letGo();
  expect(nodeCodec.fromBinary([part.piece(from, to)]).toString()).toBe(row);
  expect(part.slice(from, to)).toBe(before);
  expect(reads).toBe(2);
});

test("what is packed when it is written reads and packs as what is packed at the end", () => {
  const content = nodeCodec.encode("名单".repeat(1000));
  const [early, late] = [new ZipArchive(new Uint8Array(), nodeCodec), new ZipArchive(new Uint8Array(), nodeCodec)];
  early.writePacked("a.xml", content);
  late.write("a.xml", content);
  expect(early.read("a.xml")).toEqual(content);
  expect(early.sizeOf("a.xml")).toBe(content.length);
  expect(early.pack()).toEqual(late.pack());
  const again = new ZipArchive(early.pack(), nodeCodec);
  again.writePacked("a.xml", content);
  expect(again.pack()).toEqual(early.pack());
});

test("a workbook that is packed beside other work has the same bytes", async () => {
  const rows = Array.from({ length: 300 }, (_, i) => ({ row: i + 1, column: 1, value: `案例 ${i}` }));
  const books = [newWorkbookInPlace(nodeCodec), newWorkbookInPlace(nodeCodec)] as const;
  for (const book of books) {
    const sheets = ["一", "二", "三"].map((name) => ({ name, createBefore: null, edits: rows }));
    book.apply({ sheets });
  }
  expect(await books[0].toBytes()).toEqual(books[1].toBuffer());
});
