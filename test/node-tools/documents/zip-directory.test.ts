import { deflateRawSync } from "node:zlib";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { bufferSource } from "../../../node-tools/documents/byte-source.ts";
import { readZipDirectory, readZipEntry } from "../../../node-tools/documents/zip-directory.ts";
import { decodeZipName } from "../../../node-tools/documents/zip-names.ts";
import { makeRawZip } from "../evidence/raw-zip.ts";

async function contentOf(zip: Buffer): Promise<Record<string, string>> {
  const source = bufferSource("a.zip", zip);
  const found: Record<string, string> = {};
  for await (const entry of (await readZipDirectory(source)).entries()) {
    const chunks: Buffer[] = [];
    for await (const chunk of readZipEntry(source, entry)) chunks.push(chunk);
    found[decodeZipName(entry)] = Buffer.concat(chunks).toString("base64");
  }
  return found;
}

/** The same archive as one of more than four gigabytes is written: sizes and places in fields of their own, a longer end. */
function asZip64(zip: Buffer): Buffer {
  const end = zip.subarray(zip.length - 22);
  const [count, start] = [end.readUInt16LE(10), end.readUInt32LE(16)];
  const records: Buffer[] = [];
  let at = start;
  for (let i = 0; i < count; i += 1) {
    const nameLength = zip.readUInt16LE(at + 28);
    const record = Buffer.from(zip.subarray(at, at + 46 + nameLength));
    const extra = Buffer.alloc(4 + 24);
    extra.writeUInt16LE(1, 0);
    extra.writeUInt16LE(24, 2);
    for (const [j, position] of [24, 20, 42].entries()) {
      extra.writeBigUInt64LE(BigInt(record.readUInt32LE(position)), 4 + 8 * j);
      record.writeUInt32LE(0xffffffff, position);
    }
    record.writeUInt16LE(extra.length, 30);
    records.push(record, extra);
    at += 46 + nameLength;
  }
  const directory = Buffer.concat(records);
  const end64 = Buffer.alloc(56);
  end64.writeUInt32LE(0x06064b50, 0);
  end64.writeBigUInt64LE(44n, 4);
  end64.writeBigUInt64LE(BigInt(count), 32);
  end64.writeBigUInt64LE(BigInt(start), 48);
  const locator = Buffer.alloc(20);
  locator.writeUInt32LE(0x07064b50, 0);
  locator.writeBigUInt64LE(BigInt(start + directory.length), 8);
  const last = Buffer.from(end);
  last.writeUInt16LE(0xffff, 10);
  last.writeUInt32LE(0xffffffff, 16);
  return Buffer.concat([zip.subarray(0, start), directory, end64, locator, last]);
}

const entries = fc.uniqueArray(
  fc.record({ name: fc.stringMatching(/^[a-z]{1,8}\.txt$/), content: fc.uint8Array({ maxLength: 3000 }) }),
  { selector: ({ name }) => name, minLength: 1, maxLength: 8 },
);

describe("the directory of a zip, read where it lies", () => {
  test("gives back what was packed, stored or deflated, of four gigabytes or less", async () => {
    await fc.assert(
      fc.asyncProperty(entries, fc.boolean(), fc.boolean(), async (files, isDeflated, isLarge) => {
        const zip = makeRawZip(
          files.map(({ name, content }) => ({
            name,
            content: Buffer.from(content),
            ...(isDeflated && { deflated: deflateRawSync(content) }),
          })),
        );
        expect(await contentOf(isLarge ? asZip64(zip) : zip)).toEqual(
          Object.fromEntries(files.map(({ name, content }) => [name, Buffer.from(content).toString("base64")])),
        );
      }),
      { numRuns: 60 },
    );
  });

  test("a content of several pieces is whole", async () => {
    const content = Buffer.from(Array.from({ length: 900_000 }, (_, i) => (i * i) % 251));
    const zip = makeRawZip([{ name: "a.bin", content, deflated: deflateRawSync(content) }]);
    expect(await contentOf(zip)).toEqual({ "a.bin": content.toString("base64") });
  });

  test("whatever is cut off or turned over ends in an error or in the same content, never in another", async () => {
    const content = Buffer.from("课堂案例".repeat(200));
    const zip = makeRawZip([{ name: "a.txt", content, deflated: deflateRawSync(content) }]);
    const whole = await contentOf(zip);
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 0, max: zip.length - 1 }), async (length) => {
        const outcome = await contentOf(zip.subarray(0, length)).catch(() => whole);
        expect(outcome).toEqual(whole);
      }),
      { numRuns: 100 },
    );
  });

  test("what lies behind the end is no damage, and is read with the comment", async () => {
    const zip = Buffer.concat([makeRawZip([{ name: "a.txt", content: Buffer.from("课堂") }]), Buffer.from("\nbehind")]);
    expect(Object.keys(await contentOf(zip))).toEqual(["a.txt"]);
    expect((await readZipDirectory(bufferSource("a.zip", zip))).comment.toString()).toBe("\nbehind");
  });

  test.for([
    { name: "no end", zip: Buffer.alloc(100) },
    {
      name: "an end that says more",
      zip: Buffer.concat([makeRawZip([{ name: "a" }]).subarray(0, -2), Buffer.from([9, 0])]),
    },
    { name: "nothing", zip: Buffer.alloc(0) },
  ])("$name is an error", async ({ zip }) => {
    await expect(readZipDirectory(bufferSource("a.zip", zip))).rejects.toThrow();
  });
});
