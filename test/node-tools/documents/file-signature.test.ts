import { expect, test } from "vitest";
import { recogniseSignature } from "../../../node-tools/documents/file-signature.ts";

/** A transport stream: packets of 188 bytes that begin with 0x47. */
function packets(...marks: number[]): Buffer {
  const bytes = Buffer.alloc(600, 0x41);
  for (const [i, mark] of marks.entries()) bytes[i * 188] = mark;
  return bytes;
}

test.for([
  { what: "nothing", head: [], is: "empty" },
  { what: "zip", head: [0x50, 0x4b, 3, 4], is: "zip" },
  { what: "an empty zip", head: [0x50, 0x4b, 5, 6], is: "zip" },
  { what: "a photo with a PDF in it", head: "\xff\xd8\xff\xe1 %PDF-1.4", is: "image" },
  { what: "an EMF with a PDF in it", head: `\x01${"\0".repeat(39)} EMF${"\0".repeat(60)}%PDF-1.3`, is: "unknown" },
  { what: "PDF after a few bytes", head: "\n\n%PDF-1.4", is: "pdf" },
  { what: "OLE", head: [0xd0, 0xcf, 0x11, 0xe0], is: "foreign" },
  { what: "RTF", head: "{\\rtf1", is: "foreign" },
  { what: "JPEG", head: [0xff, 0xd8, 0xff, 0xe0], is: "image" },
  { what: "PNG", head: [0x89, 0x50, 0x4e, 0x47], is: "image" },
  { what: "TIFF, little first", head: [0x49, 0x49, 0x2a, 0], is: "image" },
  { what: "TIFF, big first", head: [0x4d, 0x4d, 0, 0x2a], is: "image" },
  { what: "WebP", head: "RIFF    WEBP", is: "image" },
  { what: "sound in RIFF", head: "RIFF    WAVE", is: "audio" },
  { what: "film in RIFF", head: "RIFF    AVI ", is: "video" },
  { what: "HEIC", head: "    ftypheic", is: "image" },
  { what: "sound in MP4", head: "    ftypM4A ", is: "audio" },
  { what: "MP4", head: "    ftypisom", is: "video" },
  { what: "MOV without ftyp", head: "    moov", is: "video" },
  { what: "Matroska", head: [0x1a, 0x45, 0xdf, 0xa3], is: "video" },
  { what: "FLV", head: "FLV\u0001", is: "video" },
  { what: "RealMedia", head: ".RMF", is: "video" },
  { what: "ASF", head: [0x30, 0x26, 0xb2, 0x75], is: "video" },
  { what: "MPEG, program", head: [0, 0, 1, 0xba], is: "video" },
  { what: "MPEG, pictures", head: [0, 0, 1, 0xb3], is: "video" },
  { what: "MPEG, transport", head: packets(0x47, 0x47, 0x47), is: "video" },
  { what: "a text with a G at its start", head: packets(0x47), is: "text" },
  { what: "a text with two of them", head: packets(0x47, 0x47), is: "text" },
  { what: "MP3", head: "ID3", is: "audio" },
  { what: "7z", head: "7z\xbc\xaf\x27\x1c", is: "foreign" },
  { what: "gzip", head: [0x1f, 0x8b, 8], is: "foreign" },
  { what: "a text", head: "案例", is: "text" },
] as const)("$what is $is", ({ head, is }) => {
  const bytes = typeof head === "string" ? Buffer.from(head, /案/.test(head) ? "utf8" : "latin1") : Buffer.from(head);
  expect(recogniseSignature(bytes).is).toBe(is);
});
