import { expect, test } from "vitest";
import { parseXml } from "../../../node-tools/documents/parse-xml.ts";

test("a long piece is read whole, however it is cut", async () => {
  const text = Array.from({ length: 40_000 }, (_, i) => (i % 7 === 0 ? "案" : String(i % 10))).join("");
  const long = Buffer.from(`<a>${text}${text}</a>`);
  for (const chunks of [[long], [long.subarray(0, 7), long.subarray(7, 70_000), long.subarray(70_000)]]) {
    let read = "";
    await parseXml(chunks, { text: (piece) => (read += piece) });
    expect(read === text + text).toBe(true);
  }
});
