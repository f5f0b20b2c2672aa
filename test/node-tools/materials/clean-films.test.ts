import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import type { FileFacts } from "../../../apps-script/core/evidence/file-facts.ts";
import { readFileFacts } from "../../../node-tools/documents/file-facts.ts";
import { clean, cleanFixture, read } from "./cleaned-files.ts";
import { fixture } from "./review-award.ts";

describe("films", () => {
  const box = (type: string, ...content: Buffer[]) => {
    const inner = Buffer.concat(content);
    const head = Buffer.alloc(8);
    head.writeUInt32BE(inner.length + 8);
    head.write(type, 4, "latin1");
    return Buffer.concat([head, inner]);
  };

  test("tags wherever they stand become empty space, and nothing moves", async () => {
    const film = readFileSync(fixture("leaky/film.mp4"));
    const words = Buffer.from("柳知远");
    const whole = Buffer.concat([
      film,
      box("uuid", Buffer.alloc(16), words),
      box("free", words),
      box("meta", words),
      box("abcd", words),
    ]);
    const { bytes } = await clean("a.mp4", whole);
    expect(bytes.length).toBe(whole.length);
    expect(bytes.includes(words)).toBe(false);
    const media = film.indexOf("mdat");
    const size = film.readUInt32BE(media - 4);
    expect(bytes.subarray(media - 4, media - 4 + size).equals(film.subarray(media - 4, media - 4 + size))).toBe(true);
  });

  test("a .wmv: what lies behind the header and is not played", async () => {
    const guid = (text: string) => Buffer.from(text, "hex");
    const object = (kind: Buffer, content: Buffer) => {
      const size = Buffer.alloc(8);
      size.writeBigUInt64LE(BigInt(24 + content.length));
      return Buffer.concat([kind, size, content]);
    };
    const header = object(guid("3026b2758e66cf11a6d900aa0062ce6c"), Buffer.from([0, 0, 0, 0, 1, 2]));
    const data = object(guid("3626b2758e66cf11a6d900aa0062ce6c"), Buffer.from("frames"));
    const other = object(guid("cbcf7abea997e8429c71999491e3afac"), Buffer.from("liu"));
    const { bytes } = await clean("a.wmv", Buffer.concat([header, data, other, Buffer.from("liu behind")]));
    expect(bytes.subarray(0, header.length + data.length).equals(Buffer.concat([header, data]))).toBe(true);
    expect(bytes.length).toBe(header.length + data.length + other.length + 10);
    expect(bytes.includes("liu")).toBe(false);
  });

  test("a .wmv: when it was made and the number of the file, which what was recorded repeats", async () => {
    const object = (kind: string, content: Buffer) => {
      const size = Buffer.alloc(8);
      size.writeBigUInt64LE(BigInt(24 + content.length));
      return Buffer.concat([Buffer.from(kind, "hex"), size, content]);
    };
    const number = Buffer.from("number of liu's.");
    const kept = Buffer.from("its length and how long it takes");
    const properties = object(
      "a1dcab8c47a9cf118ee400c00c205365",
      Buffer.concat([number, kept.subarray(0, 8), Buffer.from("liu 2025"), kept]),
    );
    const header = object(
      "3026b2758e66cf11a6d900aa0062ce6c",
      Buffer.concat([Buffer.from([1, 0, 0, 0, 1, 2]), properties]),
    );
    const data = object("3626b2758e66cf11a6d900aa0062ce6c", Buffer.concat([number, Buffer.from("frames")]));
    const { bytes } = await clean("a.wmv", Buffer.concat([header, data]));
    expect(bytes.toString("latin1")).not.toMatch(/liu|2025/);
    for (const each of [kept, Buffer.from("frames")]) expect(bytes.includes(each)).toBe(true);
  });

  test("a .avi: what a camera wrote into its head and between the pictures", async () => {
    const chunk = (type: string, ...content: Buffer[]) => {
      const inner = Buffer.concat(content);
      const size = Buffer.alloc(4);
      size.writeUInt32LE(inner.length);
      return Buffer.concat([Buffer.from(type), size, inner, Buffer.alloc(inner.length % 2)]);
    };
    const list = (type: string, ...content: Buffer[]) => chunk("LIST", Buffer.from(type), ...content);
    const words = Buffer.from("liu's camera");
    const picture = chunk("00dc", Buffer.from("picture"));
    const film = chunk(
      "RIFF",
      Buffer.from("AVI "),
      list(
        "hdrl",
        chunk("avih", Buffer.alloc(56)),
        list("strl", chunk("strh", Buffer.alloc(56)), chunk("strd", words)),
      ),
      list("movi", picture, chunk("JUNK", words), list("rec ", picture, chunk("note", words)), picture),
      chunk("idx1", Buffer.from("places")),
    );
    const { bytes } = await clean("a.avi", film);
    expect(bytes.length).toBe(film.length);
    expect(bytes.includes("liu")).toBe(false);
    expect(bytes.toString("latin1").split(picture.toString("latin1")).length - 1).toBe(3);
    expect(bytes.includes("places")).toBe(true);
  });

  test("a .mkv: comments of its sound", async () => {
    const element = (id: string, content: Buffer) => {
      const size = Buffer.alloc(4);
      size.writeUInt32BE(0x10000000 + content.length);
      return Buffer.concat([Buffer.from(id, "hex"), size, content]);
    };
    const little = (value: number) => {
      const bytes = Buffer.alloc(4);
      bytes.writeUInt32LE(value);
      return bytes;
    };
    const text = (words: string) => Buffer.concat([little(words.length), Buffer.from(words)]);
    const comments = Buffer.concat([text("liu's coder"), little(2), text("ARTIST=liu"), text("TITLE=liu")]);
    const [first, settings] = [Buffer.from("\x01vorbis how often"), Buffer.from("\x05vorbis settings")];
    const second = Buffer.concat([Buffer.from("\x03vorbis", "latin1"), comments, Buffer.from([1])]);
    const vorbis = Buffer.concat([Buffer.from([2, first.length, second.length]), first, second, settings]);
    const block = (kind: number, content: Buffer) =>
      Buffer.concat([Buffer.from([kind, 0, 0, content.length]), content]);
    const flac = Buffer.concat([
      Buffer.from("fLaC"),
      block(0, Buffer.from("how often")),
      block(4, comments),
      block(0x86, Buffer.from("picture of liu")),
    ]);
    const tracks = [vorbis, flac].map((coder) => element("ae", element("63a2", coder)));
    const film = Buffer.concat([
      element("1a45dfa3", Buffer.from("x")),
      element("18538067", element("1654ae6b", Buffer.concat(tracks))),
    ]);
    const { bytes } = await clean("a.mkv", film);
    expect(bytes.length).toBe(film.length);
    expect(bytes.includes("liu")).toBe(false);
    for (const kept of ["\x01vorbis how often", "\x05vorbis settings", "fLaC\0\0\0\x09how often"])
      expect(bytes.includes(kept)).toBe(true);
    const last = bytes.lastIndexOf(Buffer.from([0x81, 0, 0, 14]));
    expect(bytes.subarray(last + 4)).toEqual(Buffer.alloc(14));
  });

  test("a .mkv: the head of its subtitles keeps how they look, and names nobody", async () => {
    const element = (id: string, content: Buffer) => {
      const size = Buffer.alloc(4);
      size.writeUInt32BE(0x10000000 + content.length);
      return Buffer.concat([Buffer.from(id, "hex"), size, content]);
    };
    const lines = [
      "[Script Info]",
      "; Script generated by liu",
      "Original Script: liu",
      "PlayResX: 1280",
      "Audio File: C:/liu.wav",
      "[V4+ Styles]",
      "Style: Default,Arial,20",
    ];
    const track = element("ae", element("63a2", Buffer.from(lines.join("\r\n"))));
    const film = Buffer.concat([
      element("1a45dfa3", Buffer.from("x")),
      element("18538067", element("1654ae6b", track)),
    ]);
    const { bytes } = await clean("a.mkv", film);
    expect(bytes.length).toBe(film.length);
    expect(bytes.includes("liu")).toBe(false);
    for (const line of lines.filter((each) => /^(?:\[|PlayRes|Style)/.test(each)))
      expect(bytes.includes(line)).toBe(true);
  });

  test("subtitles are read, and stay", async () => {
    const subtitles = (facts: FileFacts) => facts.pieces.filter(({ place }) => place === "视频的字幕");
    const before = subtitles(await readFileFacts(fixture("leaky/film.mp4")));
    expect(before).toEqual([{ kind: "body", place: "视频的字幕", text: "字幕" }]);
    const { bytes } = await cleanFixture("leaky/film.mp4");
    expect(subtitles(await read(".mp4", bytes))).toEqual(before);
  });

  test("a track of positions goes with what it recorded", async () => {
    const number = (...values: number[]) =>
      Buffer.concat(
        values.map((value) => {
          const b = Buffer.alloc(4);
          b.writeUInt32BE(value);
          return b;
        }),
      );
    const film = readFileSync(fixture("clean/film.mp4"));
    const position = Buffer.from("+38.4872+106.2309/");
    const mdat = box("mdat", position);
    const at = film.length + 8;
    const table = box(
      "stbl",
      box("stsc", number(0, 1, 1, 1, 1)),
      box("stsz", number(0, 0, 1, position.length)),
      box("stco", number(0, 1, at)),
    );
    const track = box(
      "trak",
      box(
        "mdia",
        box("hdlr", number(0, 0), Buffer.from("meta"), number(0, 0, 0), Buffer.from("GPS\0")),
        box("minf", table),
      ),
    );
    // The film of the fixture has its index at the end.
    const moov = film.indexOf("moov") - 4;
    const index = film.subarray(moov, moov + film.readUInt32BE(moov));
    expect(moov + index.length).toBe(film.length);
    const longer = Buffer.concat([index, track]);
    longer.writeUInt32BE(longer.length, 0);
    const space = box("free", Buffer.alloc(index.length - 8));
    const whole = Buffer.concat([film.subarray(0, moov), space, mdat, longer]);
    const { bytes } = await clean("a.mp4", whole);
    expect(whole.includes(position)).toBe(true);
    expect(bytes.includes(position)).toBe(false);
    expect((await read(".mp4", bytes)).video?.seconds).toBe(3);
  });
});
