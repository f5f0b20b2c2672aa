import { createHash } from "node:crypto";
import fc from "fast-check";
import { expect, test } from "vitest";
import { sha256 } from "../../../apps-script/core/text/sha256.ts";

const reference = (text: string) => createHash("sha256").update(text, "utf8").digest("hex");

test("agrees with the host's SHA-256 on any text", () => {
  fc.assert(
    fc.property(fc.string({ unit: "grapheme", maxLength: 300 }), (text) => {
      expect(sha256(text)).toBe(reference(text));
    }),
  );
});

test.for([0, 55, 56, 63, 64, 119, 120, 1000])("pads %i bytes", (length) => {
  expect(sha256("a".repeat(length))).toBe(reference("a".repeat(length)));
});
