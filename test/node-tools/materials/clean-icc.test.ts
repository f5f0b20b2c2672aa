import { readFileSync } from "node:fs";
import { unzlibSync, zlibSync } from "fflate";
import { describe, expect, test } from "vitest";
import { cleanIcc } from "../../../node-tools/materials/clean-icc.ts";
import { clean, tinyTiff } from "./cleaned-files.ts";
import { fixture } from "./review-award.ts";

const number = (value: number) => {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value);
  return bytes;
};
const latin = (text: string) => Buffer.from(text, "latin1");
const colours = latin("XYZ \0\0\0\0colours of all");

/** As a program that measured a screen writes it: whose, of which number, where the profile lies. */
function measured(): Buffer {
  const tags = [
    ["rXYZ", colours],
    ["desc", Buffer.concat([latin("desc\0\0\0\0"), number(9), latin("liu's LCD\0"), Buffer.alloc(80)])],
    ["cprt", latin("mluc\0\0\0\0\0\0\0\x01\0\0\0\x0cenUS\0\0\0\x06\0\0\0\x1c\0l\0i\0u")],
    ["meta", latin("dict\0\0\0\0 /home/liu/.local/share/icc/edid.icc")],
    ["mmod", latin("mmod\0\0\0\0 serial liu 0001")],
  ] as const;
  const parts: Buffer[] = [];
  const entries: Buffer[] = [];
  let at = 132 + 12 * tags.length;
  for (const [name, content] of tags) {
    entries.push(latin(name), number(at), number(content.length));
    parts.push(content);
    at += content.length;
  }
  const header = Buffer.alloc(128).fill("acsp", 36, 40).fill("liu", 48, 56).fill("liu", 80, 100);
  return Buffer.concat([header, number(tags.length), ...entries, ...parts]);
}

const box = (type: string, ...content: Buffer[]) => {
  const inner = Buffer.concat(content);
  return Buffer.concat([number(inner.length + 8), latin(type), inner]);
};
const colr = (profile: Buffer) => box("colr", latin("prof"), profile);

function jpeg(profile: Buffer): Buffer {
  const photo = readFileSync(fixture("clean/photo.jpg"));
  const pieces = [profile.subarray(100), profile.subarray(0, 100)].map((piece, i) => {
    const content = Buffer.concat([latin("ICC_PROFILE\0"), Buffer.from([2 - i, 2]), piece]);
    return Buffer.concat([Buffer.from([0xff, 0xe2, 0, content.length + 2]), content]);
  });
  return Buffer.concat([photo.subarray(0, 2), ...pieces.map((each) => long(each)), photo.subarray(2)]);
}

/** The length of a segment has two bytes. */
function long(segment: Buffer): Buffer {
  segment.writeUInt16BE(segment.length - 2, 2);
  return segment;
}

function png(profile: Buffer): Buffer {
  const picture = readFileSync(fixture("clean/photo.png"));
  const packed = zlibSync(profile);
  const chunk = Buffer.concat([number(packed.length + 6), latin("iCCPliu \0\0"), packed, Buffer.alloc(4)]);
  return Buffer.concat([picture.subarray(0, 33), chunk, picture.subarray(33)]);
}

function webp(profile: Buffer): Buffer {
  const chunk = (type: string, content: Buffer) => {
    const size = Buffer.alloc(4);
    size.writeUInt32LE(content.length);
    return Buffer.concat([latin(type), size, content, Buffer.alloc(content.length % 2)]);
  };
  const chunks = [chunk("VP8X", Buffer.alloc(10)), chunk("ICCP", profile), chunk("VP8L", Buffer.alloc(20))];
  return chunk("RIFF", Buffer.concat([latin("WEBP"), ...chunks]));
}

function tiff(profile: Buffer): Buffer {
  const bytes = tinyTiff(34675, 7, profile.length);
  bytes.writeUInt32LE(bytes.length, 18);
  return Buffer.concat([bytes, profile]);
}

function heic(profile: Buffer): Buffer {
  const items = [box("iinf", Buffer.alloc(6)), box("iloc", Buffer.alloc(8))];
  const properties = box("iprp", box("ipco", colr(profile), box("udes", latin("liu"))));
  return Buffer.concat([
    box("ftyp", latin("heic\0\0\0\0mif1")),
    box("meta", Buffer.alloc(4), ...items, properties),
    box("mdat", Buffer.alloc(8)),
  ]);
}

function film(profile: Buffer): Buffer {
  const handler = box("hdlr", Buffer.alloc(8), latin("vide"), Buffer.alloc(13));
  const entry = box("avc1", Buffer.alloc(78), colr(profile));
  const table = box("stbl", box("stsd", Buffer.alloc(4), number(1), entry));
  const track = box("trak", box("mdia", handler, box("minf", table)));
  return Buffer.concat([box("ftyp", latin("isom\0\0\0\0isom")), box("moov", track)]);
}

async function pdf(profile: Buffer): Promise<Buffer> {
  const { PDFDocument, PDFName } = await import("pdf-lib");
  const document = await PDFDocument.create();
  const { catalog, context } = document;
  const packed = () => context.register(context.flateStream(profile, { N: 3 }));
  document
    .addPage([9, 9])
    .node.set(PDFName.of("Resources"), context.obj({ ColorSpace: { C: [PDFName.of("ICCBased"), packed()] } }));
  catalog.set(PDFName.of("OutputIntents"), context.obj([{ S: "GTS_PDFA1", DestOutputProfile: packed() }]));
  return Buffer.from(await document.save({ useObjectStreams: false }));
}

/** All that is packed, unpacked. */
function unpacked(bytes: Buffer): Buffer {
  const parts = [bytes];
  for (let at = bytes.indexOf(0x78); at >= 0; at = bytes.indexOf(0x78, at + 1))
    try {
      parts.push(Buffer.from(unzlibSync(bytes.subarray(at))));
    } catch {
      // Another byte that is the same.
    }
  return Buffer.concat(parts);
}

describe("colour profiles", () => {
  test("tags of colours stay where they are, a text that has to be there is empty, all else is gone", () => {
    const profile = measured();
    const cleaned = cleanIcc(profile);
    expect(cleaned.length).toBe(profile.length);
    expect(cleaned.indexOf(colours)).toBe(profile.indexOf(colours));
    expect(cleaned.readUInt32BE(128)).toBe(3);
    expect(cleaned.toString("latin1").replaceAll("\0", "")).not.toMatch(/liu|meta|mmod/);
    expect(cleanIcc(latin("liu, and no profile")).every((byte) => byte === 0)).toBe(true);
  });

  test.for([
    ["a.jpg", jpeg],
    ["a.png", png],
    ["a.webp", webp],
    ["a.tif", tiff],
    ["a.heic", heic],
    ["a.mp4", film],
    ["a.pdf", pdf],
  ] as const)("in %s", async ([name, around]) => {
    const profile = measured();
    const before = await around(profile);
    expect(unpacked(before).includes("liu")).toBe(true);
    const { bytes } = await clean(name, before);
    const after = unpacked(bytes);
    expect(after.includes(colours)).toBe(true);
    expect(after.toString("latin1").replaceAll("\0", "")).not.toContain("liu");
  });
});
