import { deflateRawSync, inflateRawSync } from "node:zlib";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { nodeCodec } from "../../../../node-tools/host/node-codec.ts";
import { readWorkbookBytes } from "../../../../node-tools/office-files/workbook.ts";
import { zipParts } from "../../../../node-tools/office-files/zip.ts";
import { PackageFile } from "../../../../node-tools/xlsx/package/package-file.ts";
import {
  joinChecksums,
  packSegments,
  type SegmentedEntry,
  type Stretches,
  standsIn,
  unpackSegments,
  unpackStretches,
} from "../../../../node-tools/xlsx/package/segments.ts";
import { newWorkbookInPlace } from "../../../../node-tools/xlsx/package/workbook-in-place.ts";
import { ZipArchive } from "../../../../node-tools/xlsx/package/zip-archive.ts";
import { makeRandom } from "../../../generator/random.ts";

/** Some megabytes that do not pack to nothing. */
function makeContent(size: number, seed: number): Buffer {
  const random = makeRandom(seed);
  return Buffer.from(Uint8Array.from({ length: size }, () => 97 + random.below(20)));
}

const content = makeContent(2_000_000, 1);

async function packed(pieces: Stretches): Promise<{ stream: Buffer; checksum: number }> {
  const made = await packSegments(pieces, nodeCodec);
  return { stream: Buffer.concat([...made.packed]), checksum: made.checksum };
}

async function segmented(bytes: Uint8Array): Promise<SegmentedEntry> {
  const { stream } = await packed([bytes]);
  const found = unpackSegments(stream, bytes.length, nodeCodec);
  if (!found) throw new Error("no segments");
  return found.entry;
}

test("the checksum of two contents is that of both one behind the other", () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 300 }), fc.uint8Array({ maxLength: 300 }), (first, second) => {
      const joined = joinChecksums(nodeCodec.crc32(first), nodeCodec.crc32(second), second.length);
      expect(joined).toBe(nodeCodec.crc32(Buffer.concat([first, second])));
    }),
  );
});

test("segments are one stream to any program, and the same content gives the same bytes", async () => {
  const { stream, checksum } = await packed([content]);
  expect(inflateRawSync(stream).equals(content)).toBe(true);
  expect(checksum).toBe(nodeCodec.crc32(content));
  expect((await packed([content.toString("latin1")])).stream.equals(stream)).toBe(true);
  const found = unpackSegments(stream, content.length, nodeCodec);
  expect(Buffer.from(found?.content ?? []).equals(content)).toBe(true);
  expect(found?.checksum).toBe(checksum);
  expect(found?.entry.segments.length).toBeGreaterThan(3);
});

test("pieces that are kept, cut and put in between read as what they were cut from", async () => {
  const entry = await segmented(content);
  const place = fc.integer({ min: 0, max: content.length });
  const cut = fc.tuple(place, place, fc.string({ maxLength: 50, unit: "binary-ascii" }));
  await fc.assert(
    fc.asyncProperty(fc.array(cut, { maxLength: 4 }), async (cuts) => {
      const pieces: Stretches = cuts.flatMap(([a, b, text]) => [
        { entry, from: Math.min(a, b), length: Math.abs(a - b) },
        text,
      ]);
      const wanted = Buffer.concat(
        cuts.flatMap(([a, b, text]) => [content.subarray(Math.min(a, b), Math.max(a, b)), Buffer.from(text, "latin1")]),
      );
      const { stream, checksum } = await packed(pieces);
      expect(inflateRawSync(stream).equals(wanted)).toBe(true);
      expect(checksum).toBe(nodeCodec.crc32(wanted));
      expect(nodeCodec.fromBinary(unpackStretches(pieces)).equals(wanted)).toBe(true);
      // What was made of it can be changed once more.
      if (wanted.length >= 1_100_000) expect(unpackSegments(stream, wanted.length, nodeCodec)).toBeDefined();
    }),
    { numRuns: 30 },
  );
});

test("segments in which nothing changes are copied as they are packed", async () => {
  const entry = await segmented(content);
  const at = 1_000_000;
  const { stream } = await packed([
    { entry, from: 0, length: at },
    "x",
    { entry, from: at + 1, length: content.length - at - 1 },
  ]);
  const changed = entry.indexAt(at);
  entry.segments.forEach((segment, index) => {
    expect(stream.includes(Buffer.from(entry.packedBytes(segment)))).toBe(index !== changed);
  });
});

test("what stands as it stood is known, wherever it comes from", async () => {
  const entry = await segmented(content);
  const all = { entry, from: 0, length: content.length };
  expect(standsIn(entry, [all], nodeCodec)).toBe(true);
  const half = 700_001;
  const rest = { entry, from: half, length: content.length - half };
  expect(standsIn(entry, [content.toString("latin1", 0, half), rest], nodeCodec)).toBe(true);
  expect(standsIn(entry, [content.subarray(0, half), rest], nodeCodec)).toBe(true);
  const other = Buffer.from(content.subarray(0, half));
  other[half - 1] = 0;
  expect(standsIn(entry, [other, rest], nodeCodec)).toBe(false);
  expect(standsIn(entry, [{ ...rest, from: half - 1 }, content.subarray(0, half)], nodeCodec)).toBe(false);
});

describe("a stream that is no row of our segments is unpacked as a whole", () => {
  test.for<[string, (stream: Buffer) => Buffer]>([
    ["as other programs pack it", () => deflateRawSync(content)],
    [
      "with an end that other programs write",
      (stream) => Buffer.concat([stream.subarray(0, -2), Buffer.of(1, 0, 0, 255, 255)]),
    ],
    ["with a damaged segment", (stream) => Buffer.from(stream).fill(0x55, 5_000, 5_100)],
    ["that ends in a segment", (stream) => stream.subarray(0, stream.length - 200_000)],
  ])("%s", async ([, change]) => {
    const { stream } = await packed([content]);
    const found = unpackSegments(change(stream), content.length, nodeCodec);
    if (found) expect(found.checksum).not.toBe(nodeCodec.crc32(content));
  });

  test("with marks that stand for nothing, by the million", () => {
    const mark = Buffer.of(0, 0, 0, 255, 255);
    const stream = Buffer.concat([...Array.from({ length: 200_000 }, () => mark), deflateRawSync(content)]);
    expect(unpackSegments(stream, content.length, nodeCodec)).toBeUndefined();
  });
});

describe("a workbook with a large sheet", () => {
  const rows = 6_000;
  const edits = Array.from({ length: rows }, (_, i) => ({
    row: i + 1,
    column: 1,
    value: `案例 ${i} ${content.toString("latin1", i * 300, i * 300 + 300)}`,
  }));
  const make = async (): Promise<Uint8Array> => {
    const book = newWorkbookInPlace(nodeCodec);
    book.apply({ sheets: [{ name: "正文", createBefore: null, edits: edits.slice(0, 1) }] });
    const first = readWorkbookBytes("a.xlsx", book.toBuffer(), "edit");
    first.apply({ sheets: [{ name: "正文", edits }] });
    return first.toBytes();
  };
  const sheetOf = (bytes: Uint8Array) => {
    const archive = new ZipArchive(bytes, nodeCodec);
    const name = archive.names.find((each) => each.startsWith("xl/worksheets/")) ?? "";
    archive.read(name);
    return { archive, name, entry: archive.segmented(name)() };
  };

  test("one edit packs one segment anew, and the same edit gives the same bytes", async () => {
    const bytes = await make();
    const before = sheetOf(bytes).entry;
    if (!before) throw new Error("not in segments");
    const edit = async () => {
      const book = readWorkbookBytes("a.xlsx", bytes, "edit");
      book.apply({ sheets: [{ name: "正文", edits: [{ row: 3_000, column: 1, value: "改" }] }] });
      return Buffer.from(await book.toBytes());
    };
    const changed = await edit();
    expect((await edit()).equals(changed)).toBe(true);
    const kept = before.segments.filter((segment) => changed.includes(Buffer.from(before.packedBytes(segment))));
    expect(kept.length).toBe(before.segments.length - 1);
    const book = readWorkbookBytes("a.xlsx", changed, "edit");
    const cells = book.snapshot.sheets[0]?.rows.map(([value]) => value);
    expect(cells).toEqual(edits.map(({ value }, i) => (i === 2_999 ? "改" : value)));
    // The bytes of both ways of writing read alike.
    const again = readWorkbookBytes("a.xlsx", bytes, "edit");
    again.apply({ sheets: [{ name: "正文", edits: [{ row: 3_000, column: 1, value: "改" }] }] });
    const whole = sheetOf(again.toBuffer());
    const parts = sheetOf(changed);
    expect(
      Buffer.from(whole.archive.read(whole.name) ?? []).equals(parts.archive.read(parts.name) ?? new Uint8Array()),
    ).toBe(true);
  });

  test("an edit that changes nothing leaves the sheet as it is packed", async () => {
    const bytes = await make();
    const book = readWorkbookBytes("a.xlsx", bytes, "edit");
    book.apply({ sheets: [{ name: "正文", edits: edits.slice(2_999, 3_001) }] });
    const saved = Buffer.from(await book.toBytes());
    const { entry } = sheetOf(bytes);
    expect(entry?.segments.every((segment) => saved.includes(Buffer.from(entry.packedBytes(segment))))).toBe(true);
  });

  test.for<[BufferEncoding, boolean]>([
    ["utf8", true],
    ["utf16le", false],
  ])("a part in %s: taken from its segments is what was read of it (%s)", async ([encoding, isFound]) => {
    const text = Buffer.from(`\ufeff<a>${content.toString("latin1")}</a>`, encoding);
    const archive = new ZipArchive(
      zipParts([{ name: "a.xml", content: Buffer.from("<a/>") }], { compress: true }),
      nodeCodec,
    );
    await archive.writePiecesPacked("a.xml", [text]);
    const file = new PackageFile(new ZipArchive(archive.pack(), nodeCodec), nodeCodec);
    const find = file.segmented("a.xml");
    expect(find()).toBeUndefined();
    expect(file.readText("a.xml")?.length).toBeGreaterThan(content.length);
    expect(find() !== undefined).toBe(isFound);
    expect(file.archive.segmented("a.xml")()).toBeDefined();
  });
});
