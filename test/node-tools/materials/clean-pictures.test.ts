import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { unzipParts } from "../../../node-tools/office-files/zip.ts";
import { clean, cleanFixture, repacked, tinyTiff } from "./cleaned-files.ts";
import { fixture } from "./review-award.ts";

describe("pictures", () => {
  /** An EXIF that says which way is up, and who took the picture. */
  const turned = (orientation: number) =>
    Buffer.concat([
      Buffer.from("Exif\0\0MM\0*\0\0\0\x08\0\x02", "latin1"),
      Buffer.from([0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, orientation, 0, 0]),
      Buffer.from([0x01, 0x3b, 0, 2, 0, 0, 0, 4]),
      Buffer.from("Liu\0", "latin1"),
      Buffer.alloc(4),
    ]);

  function withExif(orientation: number): Buffer {
    const photo = readFileSync(fixture("clean/photo.jpg"));
    const exif = turned(orientation);
    const head = Buffer.from([0xff, 0xe1, 0, 0]);
    head.writeUInt16BE(exif.length + 2, 2);
    return Buffer.concat([photo.subarray(0, 2), head, exif, photo.subarray(2), Buffer.from("behind the end: 柳知远")]);
  }

  test.for([
    { orientation: 6, stays: true },
    { orientation: 1, stays: false },
  ])("orientation $orientation", async ({ orientation, stays }) => {
    const { bytes } = await clean("a.jpg", withExif(orientation));
    expect(bytes.includes("Exif")).toBe(stays);
    const at = bytes.indexOf(Buffer.from([0x01, 0x12, 0, 3, 0, 0, 0, 1]));
    expect(at < 0 ? undefined : bytes[at + 9]).toBe(stays ? orientation : undefined);
    expect(bytes.includes("Liu")).toBe(false);
    expect(bytes.includes("behind")).toBe(false);
  });

  test("a .bmp that says a wrong length is whole, and nothing lies behind it", async () => {
    const picture = Buffer.alloc(54 + 24 * 8, 0x77);
    picture.write("BM", 0);
    for (const [at, value] of [
      [2, 54],
      [6, 0],
      [10, 54],
      [14, 40],
      [18, 8],
      [22, 8],
      [30, 0],
    ] as const)
      picture.writeUInt32LE(value, at);
    picture.writeUInt16LE(24, 28);
    const { bytes } = await clean("a.bmp", Buffer.concat([picture, Buffer.from("behind")]));
    expect(bytes.equals(picture)).toBe(true);
  });

  test("metafiles in a document: comments of programs go, what is drawn stays", async () => {
    const emfRecord = (kind: number, content: Buffer) => {
      const head = Buffer.alloc(12);
      for (const [i, value] of [kind, 12 + content.length, content.length].entries()) head.writeUInt32LE(value, 4 * i);
      return Buffer.concat([head, content]);
    };
    const header = Buffer.alloc(76);
    header.write(" EMF", 28, "latin1");
    const wide = (text: string) => Buffer.from(text, "utf16le");
    // As Word on a Mac writes it, near the beginning of the file.
    const asPdf = emfRecord(70, Buffer.from("GDIC\x04\0\0@  FDP%PDF-1.3 (liu)  ", "latin1"));
    const drawn = [emfRecord(70, Buffer.from("EMF+draw")), emfRecord(84, wide("text"))];
    const emf = Buffer.concat([
      emfRecord(1, header),
      asPdf,
      drawn[0] ?? header,
      emfRecord(70, wide("C:\\liu.exe ")),
      drawn[1] ?? header,
    ]);
    const wmfRecord = (kind: number, content: Buffer) => {
      const head = Buffer.alloc(6);
      head.writeUInt32LE((6 + content.length) / 2, 0);
      head.writeUInt16LE(kind, 4);
      return Buffer.concat([head, content]);
    };
    const comment = (text: string) =>
      wmfRecord(0x0626, Buffer.concat([Buffer.from([15, 0, text.length, 0]), Buffer.from(text)]));
    const wmf = Buffer.concat([
      Buffer.alloc(18),
      comment("C:\\liu.ex"),
      comment("WMFCdraw"),
      wmfRecord(0x0a32, wide("text")),
    ]);
    const before = repacked("document.docx", {}, { "word/media/image8.emf": emf, "word/media/image9.wmf": wmf });
    const parts = unzipParts((await clean("a.docx", before)).bytes);
    for (const [name, whole, kept] of [
      ["image8.emf", emf, drawn],
      ["image9.wmf", wmf, [Buffer.from("WMFCdraw"), wide("text")]],
    ] as const) {
      const content = parts.find((part) => part.name.endsWith(name))?.content ?? Buffer.alloc(0);
      expect(content.length).toBe(whole.length);
      expect(content.toString("latin1").replaceAll("\0", "")).not.toContain("liu");
      for (const each of kept) expect(content.includes(each)).toBe(true);
    }
  });

  test("a picture is called as what it is", async () => {
    const picture = (brand: string) => Buffer.from(`\0\0\0\x10ftyp${brand}\0\0\0\0`, "latin1");
    expect((await clean("a.jpg", picture("avif"))).extension).toBe(".avif");
    expect((await clean("a.jpg", picture("heic"))).extension).toBe(".heic");
  });

  test("a raw photo in the shape of a TIFF is told", async () => {
    await expect(clean("a.tif", tinyTiff(50706, 1, 4))).rejects.toThrow("是相机的原始照片");
  });

  test("the coded picture is the same, byte for byte", async () => {
    const scan = (bytes: Buffer) =>
      bytes.subarray(bytes.indexOf(Buffer.from([0xff, 0xda])), bytes.lastIndexOf(Buffer.from([0xff, 0xd9])));
    const { bytes } = await cleanFixture("leaky/photo.jpg");
    expect(scan(bytes).equals(scan(readFileSync(fixture("leaky/photo.jpg"))))).toBe(true);
  });
});

describe("drawings and text", () => {
  test("a .svg keeps its picture only, alone and in a document", async () => {
    const svg =
      '<svg xmlns="http://www.w3.org/2000/svg" inkscape:export-filename="C:\\liu.png"><!-- liu --><title>liu</title><metadata><dc:creator>liu</dc:creator></metadata><rect width="9"/><text>&#x67F3;字</text></svg>';
    const cleaned = '<svg xmlns="http://www.w3.org/2000/svg"><rect width="9"/><text>柳字</text></svg>';
    const alone = await clean("a.svg", Buffer.from(svg));
    expect([alone.extension, alone.bytes.toString()]).toEqual([".svg", cleaned]);
    const { bytes } = await clean("a.docx", repacked("document.docx", {}, { "word/media/image9.svg": svg }));
    expect(
      unzipParts(bytes)
        .find(({ name }) => name.endsWith(".svg"))
        ?.content.toString(),
    ).toBe(cleaned);
  });

  test.for([
    ["a.html", '<html><meta name="author" content="liu">'],
    ["a.txt", "<!DOCTYPE html><html>"],
    ["a.eml", "Subject: a"],
    ["a.mht", "MIME-Version: 1.0"],
    ["a.ipynb", "{}"],
  ])("%s stays out", async ([name = "", text = ""]) => {
    await expect(clean(name, Buffer.from(text))).rejects.toThrow("请打开后打印或导出为 .pdf");
  });

  test("a picture whose end mark alone is missing is cleaned like any other", async () => {
    for (const [name, bytes] of [
      ["photo.png", 12],
      ["photo.gif", 1],
    ] as const) {
      const whole = await cleanFixture(`clean/${name}`);
      const cut = await clean(name, whole.bytes.subarray(0, -bytes));
      expect(cut.bytes.equals(whole.bytes)).toBe(true);
    }
  });
});
