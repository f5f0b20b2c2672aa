import { describe, expect, test } from "vitest";
import { nodeCodec } from "../../../../node-tools/host/node-codec.ts";
import { unzipParts, zipParts } from "../../../../node-tools/office-files/zip.ts";
import { ZipArchive, type ZipError } from "../../../../node-tools/xlsx/package/zip-archive.ts";

const text = (content: Uint8Array | undefined) => content && Buffer.from(content).toString();
const parts = [
  { name: "一.xml", content: Buffer.from("<a/>") },
  { name: "b/two.bin", content: Buffer.from("x".repeat(5_000)) },
];
const open = (bytes: Uint8Array) => new ZipArchive(bytes, nodeCodec);

function readAll(bytes: Uint8Array): Record<string, string> {
  return Object.fromEntries(unzipParts(bytes).map(({ name, content }) => [name, content.toString()]));
}

function reasonOf(work: () => unknown): string {
  try {
    work();
  } catch (error) {
    return (error as ZipError).reason;
  }
  return "none";
}

/** Changes numbers of two bytes in the entries' heads, in the directory (from 8 on) and before the entries (from 6 on). */
function withFlag(bytes: Buffer, flag: number): Buffer {
  const copy = Buffer.from(bytes);
  for (let at = copy.indexOf("PK\u0001\u0002"); at >= 0; at = copy.indexOf("PK\u0001\u0002", at + 4)) {
    copy.writeUInt16LE(copy.readUInt16LE(at + 8) | flag, at + 8);
  }
  return copy;
}

describe("an archive", () => {
  test.for([true, false])("copies what nobody changed as it came, packed (%s) or not", (compress) => {
    const bytes = zipParts(parts, { compress });
    const archive = open(bytes);
    archive.write("c.xml", Buffer.from("<c/>"));
    archive.write("一.xml", Buffer.from("<b/>"));
    const packed = archive.pack();
    expect(readAll(packed)).toEqual({ "一.xml": "<b/>", "b/two.bin": "x".repeat(5_000), "c.xml": "<c/>" });
    const stored = bytes.subarray(bytes.indexOf("b/two.bin"), bytes.indexOf("PK\u0001\u0002"));
    expect(Buffer.from(packed).includes(stored)).toBe(true);
    expect(Buffer.compare(Buffer.from(open(bytes).pack()), bytes)).toBe(0);
  });

  test("what is written as it was stays packed as it came, also after another change", () => {
    const stored = zipParts(parts, { compress: false });
    const archive = open(stored);
    archive.write("b/two.bin", Buffer.from("y"));
    archive.write("b/two.bin", Buffer.from("x".repeat(5_000)));
    expect(Buffer.compare(Buffer.from(archive.pack()), stored)).toBe(0);
  });

  test("entries bear the earliest date that a zip can hold, so that equal changes make equal bytes", () => {
    const bytes = zipParts(parts, { compress: true });
    // Seven bits of years since 1980, four of the month, five of the day.
    expect(bytes.readUInt16LE(12)).toBe((0 << 9) | (1 << 5) | 1);
  });

  test("equal checksums are not taken for equal content", () => {
    const blind = { ...nodeCodec, crc32: () => 1 };
    const made = new ZipArchive(new Uint8Array(), blind);
    made.write("a", Buffer.from("甲"));
    const archive = new ZipArchive(made.pack(), blind);
    archive.write("a", Buffer.from("乙"));
    expect(text(new ZipArchive(archive.pack(), blind).read("a"))).toBe("乙");
  });

  test("reads, takes away and counts", () => {
    const archive = open(zipParts(parts, { compress: true }));
    expect(text(archive.read("一.xml"))).toBe("<a/>");
    expect(archive.read("没有")).toBeUndefined();
    archive.remove("一.xml");
    expect([archive.has("一.xml"), archive.names]).toEqual([false, ["b/two.bin"]]);
    expect(readAll(archive.pack())).toEqual({ "b/two.bin": "x".repeat(5_000) });
  });

  test("sizes that stand behind the entries are read from the directory", () => {
    const archive = open(withFlag(zipParts(parts, { compress: true }), 8));
    expect(text(archive.read("一.xml"))).toBe("<a/>");
    archive.write("c", Buffer.from("c"));
    expect(Object.keys(readAll(archive.pack()))).toEqual(["一.xml", "b/two.bin", "c"]);
  });

  test("what is hostile or broken is refused", () => {
    const good = zipParts(parts, { compress: true });
    const damaged = Buffer.from(zipParts(parts, { compress: false }));
    damaged.write("y", damaged.indexOf("xxxx"));
    const twice = zipParts([...parts, { name: "b/one.bin", content: Buffer.from("x") }], { compress: true });
    for (let at = twice.indexOf("b/one"); at >= 0; at = twice.indexOf("b/one")) twice.write("b/two", at);
    const bomb = zipParts([{ name: "a", content: Buffer.alloc(100 * 1024 * 1024) }], { compress: true });
    const many = zipParts(
      Array.from({ length: 5_001 }, (_, i) => ({ name: `${i}`, content: Buffer.alloc(0) })),
      { compress: false },
    );
    expect(reasonOf(() => open(Buffer.from("没有压缩的文字，不是压缩包。")))).toBe("not a zip");
    expect(reasonOf(() => open(good.subarray(0, good.length - 30)))).toBe("truncated");
    expect(reasonOf(() => open(good.subarray(0, 10)))).toBe("truncated");
    expect(reasonOf(() => open(withFlag(good, 1)))).toBe("encrypted");
    expect(reasonOf(() => open(twice))).toBe("unsupported");
    expect(reasonOf(() => open(bomb))).toBe("too large");
    expect(reasonOf(() => open(many))).toBe("too large");
    expect(reasonOf(() => open(damaged).read("b/two.bin"))).toBe("truncated");
  });
});
