import fc from "fast-check";
import { SaxesParser } from "saxes";
import { describe, expect, test } from "vitest";
import { nodeCodec } from "../../../../node-tools/host/node-codec.ts";
import { unzipParts } from "../../../../node-tools/office-files/zip.ts";
import { openWorkbookInPlace } from "../../../../node-tools/xlsx/package/workbook-in-place.ts";
import { patch, plain } from "./plain-workbook.ts";
import { encodings, pack, packings, type Spell, spellings, transitional } from "./spellings.ts";

const open = (bytes: Uint8Array) => openWorkbookInPlace(bytes, nodeCodec);

function read(bytes: Uint8Array) {
  return open(bytes).snapshot.sheets.map(({ name, hidden, rows, notes, shown }) => ({
    name,
    hidden,
    rows,
    notes,
    shown,
  }));
}

function edit(bytes: Uint8Array): Uint8Array {
  const book = open(bytes);
  book.apply(patch);
  return book.toBuffer();
}

/** What a part says, whatever its spelling: one line an element, in its namespace as the transitional standard calls it. */
function meaning(name: string, bytes: Buffer): string[] {
  const utf16 = bytes[0] === 0xff ? "utf-16le" : bytes[0] === 0xfe ? "utf-16be" : "utf-8";
  const parser = new SaxesParser({ xmlns: true });
  const lines: string[] = [];
  const numbers: number[] = [0, 0];
  let text = "";
  const flush = () => {
    if (text.trim() !== "") lines.push(JSON.stringify(text));
    text = "";
  };
  parser.on("error", (error) => {
    throw error;
  });
  parser.on("opentag", ({ uri, local, attributes }) => {
    flush();
    const shown = Object.values(attributes)
      .filter(({ uri: space }) => space !== "http://www.w3.org/2000/xmlns/")
      .map(({ uri: space, local: key, value }) => {
        if (key === "Target") return `Target=${value.split(/[\\/]/).at(-1)?.toLowerCase()}`;
        return `${space === "" ? "" : `{${transitional(space)}}`}${key}=${key === "Type" ? transitional(value.replace(/\/[^/]*$/, "")) + value.replace(/^.*\//, "").replace("P", "-p") : key === "PartName" ? value.toLowerCase() : value}`;
      });
    if (local === "row") numbers[0] = Number(attributes.r?.value ?? (numbers[0] ?? 0) + 1);
    if (local === "row") shown.push(`r=${numbers[0]}`);
    const place = lines.push(`{${transitional(uri)}}${local} ${[...new Set(shown)].sort().join(" ")}`) - 1;
    if (local === "c") cells.push({ place, r: attributes.r?.value });
  });
  const cells: { place: number; r: string | undefined }[] = [];
  parser.on("text", (added) => {
    text += added;
  });
  parser.on("cdata", (added) => {
    text += added;
  });
  parser.on("closetag", ({ local }) => {
    flush();
    lines.push(`/${local}`);
  });
  parser.write(new TextDecoder(utf16).decode(bytes)).close();
  // The letters of cells without addresses are told by reading; here only their order counts.
  for (const { place } of cells) lines[place] = lines[place]?.replace(/ ?\br=[A-Z]+\d+/, "") ?? "";
  return [name, ...lines];
}

function meanings(bytes: Uint8Array): Map<string, string[]> {
  return new Map(
    unzipParts(bytes)
      .map(({ name, content }) => [name.toLowerCase(), meaning(name.toLowerCase(), content)] as const)
      .sort(([a], [b]) => (a < b ? -1 : 1)),
  );
}

const expected = { read: read(pack(plain)), edited: edit(pack(plain)) };

function expectSame(bytes: Uint8Array): void {
  expect(read(bytes)).toEqual(expected.read);
  const edited = edit(bytes);
  expect(read(edited)).toEqual(read(expected.edited));
  expect(meanings(edited)).toEqual(meanings(expected.edited));
}

test("what the parts say as Excel spells them", () => {
  const [sheet] = expected.read;
  expect(sheet?.rows).toEqual([
    [
      "案例编号",
      { kind: "link", text: "富 文本", target: "https://example.org/a" },
      "aA_x000D_b_x005F_",
      "内联",
      { kind: "link", text: "纯文本", target: "#'案例'!A4" },
    ],
    [
      { kind: "date", iso: "2025-07-15" },
      480,
      true,
      { kind: "error", code: "#N/A" },
      { kind: "formula", formula: "B2*2", result: 960 },
    ],
    [
      { kind: "formula", formula: "A1", result: "案例编号" },
      { kind: "formula", formula: 'A1&"<字"', result: "案例编号<字" },
      { kind: "formula", formula: "TRUE", result: true },
      { kind: "formula", formula: "1/0", result: { kind: "error", code: "#DIV/0!" } },
      { kind: "formula", formula: "B3&$A$1", result: 1 },
    ],
    [
      { kind: "date", iso: "2025-07-15" },
      { kind: "formula", formula: "A4", result: { kind: "date", iso: "2025-07-15" } },
      null,
      1500,
      { kind: "formula", formula: "B4&$A$1", result: 2 },
    ],
  ]);
  expect([...(sheet?.notes ?? [])]).toEqual([["3:1", "请核对"]]);
});

describe("a workbook is read and changed the same, however it is spelt", () => {
  test.for(Object.entries({ ...spellings, ...encodings }))("%s", ([, spell]) => {
    const spelt = spell(plain);
    expect(spelt).not.toEqual(plain);
    expectSame(pack(spelt));
  });

  test.for(Object.entries(packings))("%s", ([, kind]) => expectSame(pack(plain, kind)));

  test("an encoding of older programs, by its name", () => {
    const strings = "xl/sharedStrings.xml";
    const before = read(pack(plain))[0]?.rows[0];
    const text = (plain.find(({ name }) => name === strings)?.text ?? "").replace("UTF-8", "GB2312");
    const plainText = text.replace("富 ", "").replace("文本", "").replace("ふ", "");
    const [start = "", end = ""] = plainText.split("案例编号");
    const bytes = Buffer.concat([Buffer.from(start), Buffer.from("b0b8c0fdb1e0bac5", "hex"), Buffer.from(end)]);
    const after = read(pack(plain.map((part) => (part.name === strings ? { ...part, bytes } : part))))[0]?.rows[0];
    expect([after?.[0], after?.[2]]).toEqual([before?.[0], before?.[2]]);
  });

  test("what is added to a strict document is strict", () => {
    const spelt = pack(spellings["a strict document"]?.(plain) ?? []);
    const parts = unzipParts(edit(spelt)).filter(({ name }) => !/\.vml$|Content_Types/.test(name));
    const other = parts.filter(({ content }) =>
      /openxmlformats\.org\/(?:spreadsheetml|officeDocument)\//.test(content.toString()),
    );
    expect(other.map(({ name }) => name)).toEqual([]);
  });

  test("several at once", () => {
    const kinds = Object.values(spellings);
    fc.assert(
      fc.property(
        fc.subarray(kinds, { minLength: 2 }),
        fc.constantFrom<Spell>((parts) => parts, ...Object.values(encodings)),
        fc.constantFrom({}, ...Object.values(packings)),
        (chosen, encode, kind) => expectSame(pack(encode(chosen.reduce((parts, spell) => spell(parts), plain)), kind)),
      ),
      { numRuns: 40 },
    );
  });
});
