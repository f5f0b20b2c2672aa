import fc from "fast-check";
import { expect, test } from "vitest";
import { nodeCodec } from "../../../node-tools/host/node-codec.ts";

test("a text of any length is the same after encoding and decoding", () => {
  const text = fc.string({ unit: "binary", maxLength: 400 }).map((part) => part.repeat(3));
  fc.assert(
    fc.property(text, (given) => {
      expect(nodeCodec.decode(nodeCodec.encode(given))).toBe(given);
    }),
  );
});

test("bytes that are no UTF-8 are read as far as they can be, however many they are", () => {
  const bytes = fc.uint8Array({ maxLength: 300 }).map((part) => Buffer.concat([part, part]));
  fc.assert(
    fc.property(bytes, (given) => {
      expect(nodeCodec.decode(given)).toBe(given.toString("utf8"));
    }),
  );
});
