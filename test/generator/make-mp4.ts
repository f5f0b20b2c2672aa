/** A small valid .mp4 (ISO/IEC 14496-12) of any claimed length: one picture track, one frame, and as much media as wanted. */
import { closeSync, ftruncateSync, openSync, writeSync } from "node:fs";

export interface Mp4Options {
  readonly width: number;
  readonly height: number;
  readonly seconds: number;
  /** YYYY-MM-DD, at noon in China. */
  readonly createdOn?: string;
  /** A track of timed text besides. */
  readonly subtitles?: boolean;
  readonly title?: string;
  /** Bytes of media; they stay unwritten where the file system knows sparse files. */
  readonly mediaBytes?: number;
}

const timescale = 1000;
/** Seconds from 1904 to 1970. */
const epoch = 2_082_844_800;

const u8 = (...values: number[]) => Buffer.from(values);
const u16 = (...values: number[]) => Buffer.concat(values.map((v) => u8((v >> 8) & 255, v & 255)));
function u32(...values: number[]): Buffer {
  const bytes = Buffer.alloc(values.length * 4);
  values.forEach((value, i) => {
    bytes.writeUInt32BE(value >>> 0, i * 4);
  });
  return bytes;
}
const box = (type: string, ...parts: Uint8Array[]) => {
  const content = Buffer.concat(parts);
  return Buffer.concat([u32(content.length + 8), Buffer.from(type, "latin1"), content]);
};
const matrix = u32(0x10000, 0, 0, 0, 0x10000, 0, 0, 0, 0x40000000);

function sampleTable(description: Buffer, duration: number, offset: number): Buffer {
  return box(
    "stbl",
    box("stsd", u32(0, 1), description),
    box("stts", u32(0, 1, 1, duration)),
    box("stsc", u32(0, 1, 1, 1, 1)),
    box("stsz", u32(0, 16, 1)),
    box("stco", u32(0, 1, offset)),
  );
}

function track(
  id: number,
  { created, duration, width, height }: { created: number; duration: number; width: number; height: number },
  handler: string,
  header: Buffer,
  table: Buffer,
): Buffer {
  return box(
    "trak",
    box(
      "tkhd",
      u32(3, created, created, id, 0, duration, 0, 0),
      u16(0, 0, 0, 0),
      matrix,
      u32(width * 0x10000, height * 0x10000),
    ),
    box(
      "mdia",
      box("mdhd", u32(0, created, created, timescale, duration), u16(0x55c4, 0)),
      box("hdlr", u32(0, 0), Buffer.from(handler, "latin1"), u32(0, 0, 0), u8(0)),
      box("minf", header, box("dinf", box("dref", u32(0, 1), box("url ", u32(1)))), table),
    ),
  );
}

function movie(options: Mp4Options, offset: number): Buffer {
  const { width, height, seconds, createdOn, subtitles, title } = options;
  const created = createdOn === undefined ? 0 : Date.parse(`${createdOn}T04:00:00Z`) / 1000 + epoch;
  const duration = Math.round(seconds * timescale);
  const picture = box(
    "avc1",
    u16(0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, width, height),
    u32(0x480000, 0x480000, 0),
    u16(1),
    Buffer.alloc(32),
    u16(24, 0xffff),
    box("avcC", u8(1, 0x4d, 0, 0x1f, 0xff, 0xe0, 0)),
  );
  const text = box(
    "tx3g",
    u16(0, 0, 0, 1),
    u32(0),
    u16(0x0101),
    u8(0, 0, 0, 0),
    Buffer.alloc(8),
    Buffer.alloc(12),
    box("ftab", u16(0)),
  );
  const facts = { created, duration, width, height };
  const tracks = [
    track(1, facts, "vide", box("vmhd", u32(1), u16(0, 0, 0, 0)), sampleTable(picture, duration, offset)),
  ];
  if (subtitles)
    tracks.push(
      track(2, { ...facts, width: 0, height: 0 }, "sbtl", box("nmhd", u32(0)), sampleTable(text, duration, offset)),
    );
  const item = title === undefined ? [] : [box("\u00a9nam", box("data", u32(1, 0), Buffer.from(title, "utf8")))];
  const tags = box(
    "udta",
    box(
      "meta",
      u32(0),
      box("hdlr", u32(0, 0), Buffer.from("mdirappl", "latin1"), u32(0, 0), u8(0)),
      box("ilst", ...item),
    ),
  );
  return box(
    "moov",
    box(
      "mvhd",
      u32(0, created, created, timescale, duration, 0x10000),
      u16(0x100, 0),
      u32(0, 0),
      matrix,
      u32(0, 0, 0, 0, 0, 0, tracks.length + 1),
    ),
    ...tracks,
    ...(title === undefined ? [] : [tags]),
  );
}

/** Writes the file; its index stands before the media. */
export function writeMp4(path: string, options: Mp4Options): void {
  const type = box("ftyp", Buffer.from("isom", "latin1"), u32(512), Buffer.from("isomiso2avc1mp41", "latin1"));
  const offset = type.length + movie(options, 0).length + 8;
  const mediaBytes = options.mediaBytes ?? 64;
  const head = Buffer.concat([type, movie(options, offset), u32(mediaBytes + 8), Buffer.from("mdat", "latin1")]);
  const descriptor = openSync(path, "w");
  writeSync(descriptor, head);
  ftruncateSync(descriptor, head.length + mediaBytes);
  closeSync(descriptor);
}
