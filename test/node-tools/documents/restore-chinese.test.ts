import { expect, test } from "vitest";
import { restoreChinese } from "../../../node-tools/documents/restore-chinese.ts";

test.for<[what: string, text: string, restored: string]>([
  ["GBK read as Latin-1", "ÁøÖªÔ¶", "柳知远"],
  ["UTF-8 read as Latin-1", Buffer.from("柳知远").toString("latin1"), "柳知远"],
  [
    "UTF-8 of a PDF with its own characters",
    "æ\u009f³ç\u009f¥è¿Ł",
    Buffer.from([0xe6, 0x9f, 0xb3, 0xe7, 0x9f, 0xa5, 0xe8, 0xbf, 0x95]).toString(),
  ],
  ["Chinese as it should be", "柳知远", "柳知远"],
  ["a French name", "Zoë Beauséjour", "Zoë Beauséjour"],
  ["plain letters", "LibreOffice 24.2", "LibreOffice 24.2"],
])("%s", ([, text, restored]) => {
  expect(restoreChinese(text)).toBe(restored);
});
