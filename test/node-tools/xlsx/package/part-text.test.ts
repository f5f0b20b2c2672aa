import { expect, test } from "vitest";
import { nodeCodec } from "../../../../node-tools/host/node-codec.ts";
import { zipParts } from "../../../../node-tools/office-files/zip.ts";
import { PartText } from "../../../../node-tools/xlsx/package/part-text.ts";
import { unpackStretches } from "../../../../node-tools/xlsx/package/segments.ts";
import {
  newWorkbookInPlace,
  openWorkbookInPlace,
  type WorkbookInPlace,
} from "../../../../node-tools/xlsx/package/workbook-in-place.ts";
import { ZipArchive } from "../../../../node-tools/xlsx/package/zip-archive.ts";
import { plain } from "./plain-workbook.ts";

/** A workbook whose first sheet has these rows. */
function withRows(rows: string): WorkbookInPlace {
  const parts = plain.map(({ name, text }) =>
    name === "xl/worksheets/sheet1.xml"
      ? { name, content: Buffer.from(text.replace(/<sheetData>.*<\/sheetData>/s, `<sheetData>${rows}</sheetData>`)) }
      : { name, content: Buffer.from(text) },
  );
  return openWorkbookInPlace(zipParts(parts, { compress: true }), nodeCodec);
}

const cell = (address: string, text: string) => `<c r="${address}" t="inlineStr"><is><t>${text}</t></is></c>`;

test("rows that do not stand in their order are written once, and cleared ones are gone", () => {
  const rows = [1, 5, 2].map((n) => `<row r="${n}">${cell(`A${n}`, `第${n}行`)}</row>`).join("");
  const book = withRows(rows);
  const name = book.workbook.sheets[0]?.name ?? "";
  book.apply({ sheets: [{ name, edits: [{ row: 2, column: 1, value: "改了" }] }] });
  const column = () =>
    openWorkbookInPlace(book.toBuffer(), nodeCodec).snapshot.sheets[0]?.rows.map(([first]) => first ?? null);
  expect(column()).toEqual(["第1行", "改了", null, null, "第5行"]);
  book.apply({ sheets: [{ name, clearFrom: 3 }] });
  expect(column()).toEqual(["第1行", "改了"]);
});

test("characters that are no markup keep their cells apart when a neighbour changes", () => {
  const book = withRows(
    `<row r="11">${cell("A11", "<![CDATA[<x></c>]]>")}${cell("B11", "乙")}${cell("C11", "丙")}</row><row r="12">${cell("A12", "甲")}</row>`,
  );
  const [sheet] = book.snapshot.sheets;
  expect(sheet?.rows.slice(10)).toEqual([["<x></c>", "乙", "丙"], ["甲"]]);
  book.apply({ sheets: [{ name: sheet?.name ?? "", edits: [{ row: 11, column: 3, value: "改了" }] }] });
  const saved = openWorkbookInPlace(book.toBuffer(), nodeCodec).snapshot.sheets[0]?.rows.slice(10);
  expect(saved).toEqual([["<x></c>", "乙", "改了"], ["甲"]]);
});

const row = '<row r="1"><c r="A1" t="str"><v>银川</v></c></row>';

test.each([
  ["as most programs write it", `<sheetData>${row}</sheetData>`],
  ["with a byte order mark", `\ufeff<sheetData>${row}</sheetData>`],
  ["with a comment", `<sheetData><!-- 一 -->${row}</sheetData>`],
  ["with as much put in as taken out", `<sheetData><![CDATA[<<>>]]>${row}</sheetData>`],
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
  expect(nodeCodec.fromBinary(unpackStretches([part.piece(from, to)])).toString()).toBe(row);
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
