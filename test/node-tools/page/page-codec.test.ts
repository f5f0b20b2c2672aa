import fc from "fast-check";
import { describe, expect, onTestFinished, test, vi } from "vitest";
import { nodeCodec } from "../../../node-tools/host/node-codec.ts";
import { pageCodec, usePacker } from "../../../node-tools/page/page-codec.ts";

const bytes = fc.uint8Array({ maxLength: 40_000 });
const same = (a: Uint8Array, b: Uint8Array) => expect(Buffer.from(a).equals(Buffer.from(b))).toBe(true);

describe("the page's codec", () => {
  test("each unpacks what the other has packed; a checksum is one on both", () => {
    fc.assert(
      fc.property(bytes, (content) => {
        same(pageCodec.inflate(nodeCodec.deflate(content), content.length), content);
        same(nodeCodec.inflate(pageCodec.deflate(content), content.length), content);
        expect(pageCodec.crc32(content)).toBe(nodeCodec.crc32(content));
      }),
      { numRuns: 60 },
    );
  });

  test("pieces are packed as one content, with its checksum", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(bytes, { maxLength: 4 }), fc.boolean(), async (parts, asText) => {
        const content = Buffer.concat(parts);
        const pieces = parts.map((part, i) => (asText === (i % 2 === 0) ? nodeCodec.toBinary(part) : part));
        for (const codec of [pageCodec, nodeCodec]) {
          const { packed, checksum } = await codec.deflatePieces(pieces);
          same(nodeCodec.inflate(packed, content.length), content);
          expect(checksum).toBe(nodeCodec.crc32(content));
        }
      }),
      { numRuns: 30 },
    );
    const large = "评".repeat(1_500_000);
    const { packed } = await nodeCodec.deflatePieces(["a", Buffer.from(large)]);
    same(nodeCodec.inflate(packed, 4_500_001), Buffer.from(`a${large}`));
  });

  test("a worker packs the same; where it is refused or dies, it is packed in place", async () => {
    const scope: { onmessage?: (event: { readonly ports: readonly MessagePort[] }) => void } = {};
    vi.stubGlobal("self", scope);
    const workers: FakeWorker[] = [];
    class FakeWorker {
      asked = 0;
      onerror?: (event: { readonly message: string; preventDefault(): void }) => void;
      constructor() {
        workers.push(this);
      }
      postMessage(_: undefined, ports: readonly MessagePort[]): void {
        this.asked += 1;
        scope.onmessage?.({ ports });
      }
    }
    vi.stubGlobal("Worker", FakeWorker);
    onTestFinished(() => void vi.unstubAllGlobals());
    await import("../../../node-tools/page/packer.ts");
    usePacker("");
    const contents = [new Uint8Array(), Buffer.from("评案簿"), Buffer.from("评".repeat(1_500_000))];
    const packing = contents.map((content) => pageCodec.deflatePieces([content, nodeCodec.toBinary(content)]));
    for (const [i, { packed, checksum }] of (await Promise.all(packing)).entries()) {
      const twice = Buffer.concat([contents[i]!, contents[i]!]);
      same(nodeCodec.inflate(packed, twice.length), twice);
      expect(checksum).toBe(nodeCodec.crc32(twice));
    }
    const [worker, ...others] = workers;
    expect([worker?.asked, others]).toEqual([contents.length, []]);

    delete scope.onmessage;
    const asked = pageCodec.deflatePieces(["a"]);
    worker?.onerror?.({ message: "refused", preventDefault() {} });
    for (const each of [asked, pageCodec.deflatePieces(["a"])])
      same(nodeCodec.inflate((await each).packed, 1), Buffer.from("a"));
  });

  test("bytes and binary strings are those of Node, whatever the bytes", () => {
    fc.assert(
      fc.property(bytes, (content) => {
        const binary = pageCodec.toBinary(content);
        expect(binary).toBe(nodeCodec.toBinary(content));
        same(pageCodec.fromBinary([binary.slice(0, 3), binary.slice(3)]), content);
      }),
      { numRuns: 60 },
    );
  });

  /** How many signs stand for a broken sequence is not the same in every host. */
  const told = (text: string) => text.replace(/\ufffd+/g, "\ufffd");

  test("texts are encoded and decoded as Node does, byte order marks and broken UTF-8 included", () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string({ unit: "binary" }).map((text) => Buffer.from(text)),
          bytes,
        ),
        (content) => {
          expect(told(pageCodec.decode(content))).toBe(told(nodeCodec.decode(content)));
          expect(pageCodec.decode(content, "gb18030")).toBe(nodeCodec.decode(content, "gb18030"));
        },
      ),
    );
    same(pageCodec.encode("\ufeff评案簿𠮷"), nodeCodec.encode("\ufeff评案簿𠮷"));
  });

  test("a text becomes the binary string that Node makes of it, halves of pairs included", () => {
    const half = fc.integer({ min: 0xd800, max: 0xdfff }).map((code) => String.fromCharCode(code));
    const character = fc.oneof(fc.string({ unit: "binary", maxLength: 3 }), half);
    fc.assert(
      fc.property(fc.array(character), (parts) => {
        const text = parts.join("");
        expect(pageCodec.encodeToBinary(text)).toBe(nodeCodec.encodeToBinary(text));
      }),
    );
    for (const sign of ["a", "é", "评", "𠮷"]) {
      const long = sign.repeat(20_000);
      expect(pageCodec.encodeToBinary(`x${long}`)).toBe(nodeCodec.encodeToBinary(`x${long}`));
    }
  });

  test("what unpacks to more than it says, and what is damaged, is refused as Node does", () => {
    const packed = nodeCodec.deflate(new Uint8Array(1_000_000));
    expect(() => pageCodec.inflate(packed, 999_999)).toThrow(RangeError);
    expect(() => nodeCodec.inflate(packed, 999_999)).toThrow(RangeError);
    for (const codec of [pageCodec, nodeCodec]) {
      expect(() => codec.inflate(packed.subarray(0, packed.length >> 1), 1_000_000)).toThrow();
    }
  });
});
