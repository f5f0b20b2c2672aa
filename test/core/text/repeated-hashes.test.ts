import fc from "fast-check";
import { expect, test } from "vitest";
import { hashWindows, markRepeated } from "../../../apps-script/core/text/repeated-hashes.ts";

test("every hash that occurs more than once is marked", () => {
  const hash = fc.oneof(fc.constantFrom(0, 1, 0xffffffff, 0x80000000), fc.integer({ min: 0, max: 0xffffffff }));
  fc.assert(
    fc.property(fc.array(hash), fc.array(hash), (once, twice) => {
      const marks = markRepeated(Uint32Array.from([...twice, ...once, ...twice]));
      for (const h of twice) expect(marks[(h & (marks.length - 1)) >>> 0]).toBe(1);
    }),
  );
});

test("most hashes that occur once are not marked", () => {
  const hashes = Uint32Array.from({ length: 3000 }, (_, i) => Math.imul(i + 1, 0x9e3779b1));
  const marks = markRepeated(hashes);
  expect(hashes.filter((h) => marks[h & (marks.length - 1)] === 1).length).toBeLessThan(30);
});

test("equal windows have equal hashes wherever they stand", () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 0xffff }), { maxLength: 20 }), (prefix) => {
      const window = [1, 2, 3, 0x4e00, 5, 6, 7, 0x9fff];
      const hashes = hashWindows(Uint16Array.from([...prefix, ...window]), 8);
      expect(hashes[prefix.length]).toBe(hashWindows(Uint16Array.from(window), 8)[0]);
    }),
  );
});
