/** What every cleaner leaves: nothing that is not shown tells who made a file, and all that is shown is there. */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { deflateSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import type { FileFacts } from "../../../apps-script/core/evidence/file-facts.ts";
import { bufferSource } from "../../../node-tools/documents/byte-source.ts";
import { readFileFacts } from "../../../node-tools/documents/file-facts.ts";
import { cleanFile } from "../../../node-tools/materials/clean-file.ts";
import { unzipParts, zipParts } from "../../../node-tools/office-files/zip.ts";
import { temporaryFolder } from "../run-casebook.ts";
import { fixture } from "./review-award.ts";

const planted = /柳知远|梧桐|兴庆|nx64019988|13900006402/;

async function clean(
  name: string,
  bytes: Buffer,
): Promise<{ extension: string; bytes: Buffer; without: readonly string[] }> {
  const cleaned = await cleanFile(bufferSource(name, bytes), (text) => planted.test(text));
  const chunks: Uint8Array[] = [];
  for await (const chunk of cleaned.bytes) chunks.push(chunk);
  return { extension: cleaned.extension, bytes: Buffer.concat(chunks), without: cleaned.without };
}

const cleanFixture = (path: string) => clean(path.slice(path.lastIndexOf("/") + 1), readFileSync(fixture(path)));

async function read(extension: string, bytes: Buffer): Promise<FileFacts> {
  const path = join(temporaryFolder(), `1${extension}`);
  writeFileSync(path, bytes);
  return readFileFacts(path);
}

const hiddenIn = ({ pieces }: FileFacts) =>
  pieces.filter(({ kind }) => kind === "property" || kind === "metadata").filter(({ text }) => planted.test(text));
const shownIn = ({ pieces }: FileFacts) =>
  pieces
    .filter(({ kind }) => kind !== "property" && kind !== "metadata" && kind !== "alt")
    .map(({ kind, text }) => [kind, text]);

const kinds = [
  "document.docx",
  "slides.pptx",
  "sheet.xlsx",
  "document.pdf",
  "photo.jpg",
  "photo.png",
  "photo.gif",
  "photo.tif",
  "photo.webp",
  "film.mp4",
];

describe("each kind of file, made leaky by real programs", () => {
  test.for(kinds)("%s", async (name) => {
    const before = await readFileFacts(fixture(`leaky/${name}`));
    expect(hiddenIn(before)).not.toEqual([]);
    const { extension, bytes } = await cleanFixture(`leaky/${name}`);
    const after = await read(extension, bytes);
    expect(hiddenIn(after)).toEqual([]);
    expect(after.kind).toBe(before.kind);
    // Authors of comments are a piece of their own; what they wrote stays.
    const texts = (facts: FileFacts) =>
      shownIn(facts).filter(([, text]) => !/^(?:柳知远(?:, .*)?|审阅者\d|审)$/.test(text ?? ""));
    expect(texts(after)).toEqual(texts(before));
    expect(after.paragraphs).toEqual(before.paragraphs);
    const facts = ({ video }: FileFacts) =>
      video && [video.format, video.width, video.height, video.seconds, video.subtitleTracks];
    expect(facts(after)).toEqual(facts(before));
  });

  test.for(kinds)("%s twice over is the same, byte for byte", async (name) => {
    const once = await cleanFixture(`leaky/${name}`);
    const twice = await clean(`1${once.extension}`, once.bytes);
    expect(twice.bytes.equals(once.bytes)).toBe(true);
  });
});

describe("office files", () => {
  const parts = async (path: string) =>
    new Map(unzipParts((await cleanFixture(path)).bytes).map((p) => [p.name, p.content.toString()]));

  test("a document: properties and their relations are gone, authors are numbered, times are gone", async () => {
    const found = await parts("leaky/document.docx");
    expect([...found.keys()].filter((name) => /docProps|customXml|people/.test(name))).toEqual([]);
    expect(found.get("_rels/.rels")).not.toMatch(/docProps|properties/);
    expect(found.get("[Content_Types].xml")).not.toContain("docProps");
    expect(found.get("word/comments.xml")).toMatch(/w:author="审阅者1"/);
    expect(found.get("word/comments.xml")).not.toMatch(/w:date=|w:initials="(?!审)/);
    expect(found.get("word/document.xml")).not.toMatch(/w:rsid|w:date=/);
    expect(found.get("word/_rels/document.xml.rels")).toContain('Target="about:blank"');
  });

  test("a document with a macro is not cleaned, and told what to do", async () => {
    const own = unzipParts(readFileSync(fixture("clean/document.docx")));
    const withMacro = zipParts([...own, { name: "word/vbaProject.bin", content: Buffer.from("x") }], {
      compress: true,
    });
    await expect(clean("a.docm", withMacro)).rejects.toThrow(
      "含有宏，无法清除其中的身份信息；请另存为 .docx 后重新提交",
    );
  });

  test("settings: revision marks, template, variables and data bindings go; parts of others' programs with them", async () => {
    const own = unzipParts(readFileSync(fixture("clean/document.docx"))).map(({ name, content }) => {
      if (name === "word/settings.xml")
        return {
          name,
          content: Buffer.from(
            content
              .toString()
              .replace(
                "<w:trackRevisions/>",
                '<w:attachedTemplate r:id="rId1" xmlns:r="r"/><w:trackRevisions/><w:docVars><w:docVar w:name="a" w:val="柳知远"/></w:docVars><w:rsids><w:rsidRoot w:val="00AA"/></w:rsids>',
              ),
          ),
        };
      if (name === "word/document.xml")
        return {
          name,
          content: Buffer.from(
            content
              .toString()
              .replace(
                /<w:p>|<w:p /,
                (p) => `${p.trim().replace(">", "")} w:rsidR="00AB12CD"${p.endsWith(">") ? ">" : " "}`,
              ),
          ),
        };
      return { name, content };
    });
    const extra = [
      {
        name: "word/people.xml",
        content: Buffer.from('<w15:people xmlns:w15="w"><w15:person w15:author="柳知远"/></w15:people>'),
      },
      { name: "customXml/item1.xml", content: Buffer.from("<a>柳知远</a>") },
      { name: "docProps/thumbnail.jpeg", content: Buffer.from("x") },
    ];
    const { bytes } = await clean("a.docx", zipParts([...own, ...extra], { compress: true }));
    const after = unzipParts(bytes);
    expect(after.map(({ name }) => name).filter((name) => extra.some((each) => each.name === name))).toEqual([]);
    expect(after.map(({ content }) => content.toString()).join("")).not.toMatch(/柳知远|rsid|attachedTemplate|docVar/);
  });
});

describe("what spreadsheets of Excel keep of people", () => {
  const relation = (id: string, type: string, target: string, mode = "") =>
    `<Relationship Id="${id}" Type="http://r/${type}" Target="${target}"${mode}/></Relationships>`;
  const edits: Readonly<Record<string, (xml: string) => string>> = {
    "xl/workbook.xml": (xml) =>
      xml
        .replace("<workbookPr", '<fileSharing userName="柳知远"/><workbookPr')
        .replace(
          "<bookViews>",
          '<mc:AlternateContent xmlns:mc="m"><mc:Choice Requires="x15"><x15ac:absPath xmlns:x15ac="x" url="C:\\Users\\柳知远"/></mc:Choice></mc:AlternateContent><bookViews>',
        ),
    "xl/worksheets/sheet1.xml": (xml) => xml.replace("<pageSetup ", '<pageSetup r:id="rId90" '),
    "xl/worksheets/_rels/sheet1.xml.rels": (xml) =>
      xml.replace("</Relationships>", relation("rId90", "printerSettings", "../printerSettings/printerSettings1.bin")),
  };
  const added = {
    "xl/persons/person.xml":
      '<personList><person displayName="柳知远" id="{1}" userId="S::liu" providerId="AD"/></personList>',
    "xl/threadedComments/threadedComment1.xml":
      '<ThreadedComments><threadedComment ref="A1" dT="2025-06-01T00:00:00.00" personId="{1}" id="{2}"><text>请核对</text></threadedComment></ThreadedComments>',
    "xl/printerSettings/printerSettings1.bin": "柳知远的打印机",
    "xl/externalLinks/_rels/externalLink1.xml.rels": `<Relationships>${relation("rId1", "externalLinkPath", "file:///C:/Users/liu/a.xlsx", ' TargetMode="External"')}`,
  };

  test("persons, paths of the machine, printers, links to files; comments stay", async () => {
    const own = unzipParts(readFileSync(fixture("clean/sheet.xlsx"))).map(({ name, content }) => ({
      name,
      content: Buffer.from(edits[name]?.(content.toString()) ?? content),
    }));
    const more = Object.entries(added).map(([name, text]) => ({ name, content: Buffer.from(text) }));
    const { bytes } = await clean("a.xlsx", zipParts([...own, ...more], { compress: true }));
    const after = new Map(unzipParts(bytes).map(({ name, content }) => [name, content.toString()]));
    expect([...after].filter(([, text]) => /柳知远|Users|S::liu|absPath|printerSettings/.test(text))).toEqual([]);
    expect([...after.keys()].filter((name) => name.includes("printerSettings"))).toEqual([]);
    expect(after.get("xl/worksheets/sheet1.xml")).toMatch(/<pageSetup (?!r:id)/);
    expect(after.get("xl/persons/person.xml")).toMatch(/displayName="审阅者\d" id="\{1\}" userId="" providerId="None"/);
    expect(after.get("xl/threadedComments/threadedComment1.xml")).toMatch(/personId="\{1\}" id="\{2\}"><text>请核对/);
  });
});

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

  test("a picture is called as what it is", async () => {
    const picture = (brand: string) => Buffer.from(`\0\0\0\x10ftyp${brand}\0\0\0\0`, "latin1");
    expect((await clean("a.jpg", picture("avif"))).extension).toBe(".avif");
    expect((await clean("a.jpg", picture("heic"))).extension).toBe(".heic");
  });

  test("a raw photo in the shape of a TIFF is told", async () => {
    const bytes = Buffer.alloc(64);
    bytes.write("II*\0", 0, "latin1");
    bytes.writeUInt32LE(8, 4);
    bytes.writeUInt16LE(1, 8);
    bytes.writeUInt16LE(50706, 10);
    bytes.writeUInt16LE(1, 12);
    bytes.writeUInt32LE(4, 14);
    await expect(clean("a.tif", bytes)).rejects.toThrow("是相机的原始照片");
  });

  test("the coded picture is the same, byte for byte", async () => {
    const scan = (bytes: Buffer) =>
      bytes.subarray(bytes.indexOf(Buffer.from([0xff, 0xda])), bytes.lastIndexOf(Buffer.from([0xff, 0xd9])));
    const { bytes } = await cleanFixture("leaky/photo.jpg");
    expect(scan(bytes).equals(scan(readFileSync(fixture("leaky/photo.jpg"))))).toBe(true);
  });
});

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

describe("what cannot be cleaned is refused with what to do", () => {
  test.for([
    ["hostile/old.doc", "请另存为 .docx 后重新提交"],
    ["hostile/old.rtf", "请另存为 .docx 后重新提交"],
    ["hostile/open.odt", "请另存为 .docx、.pptx、.xlsx 或 .pdf 后重新提交"],
    ["hostile/password.pdf", "请取消密码后重新提交"],
    ["hostile/truncated.docx", "请重新导出并确认能够打开后提交"],
    ["hostile/truncated.pdf", "请重新导出并确认能够打开后提交"],
    ["hostile/truncated.mp4", "请重新导出并确认能够打开后提交"],
    ["hostile/empty.docx", "请重新导出或重新上传"],
  ])("%s: %s", async ([path = "", remedy = ""]) => {
    await expect(cleanFixture(path)).rejects.toThrow(remedy);
  });

  test("attachments of a PDF are told", async () => {
    expect((await cleanFixture("leaky/document.pdf")).without).toEqual(["PDF 里的附件"]);
    expect((await cleanFixture("clean/document.pdf")).without).toEqual([]);
  });
});

/** A file of the clean fixtures with parts changed or added. */
function repacked(
  file: string,
  edits: Readonly<Record<string, (xml: string) => string>>,
  added: Readonly<Record<string, string | Buffer>> = {},
): Buffer {
  const own = unzipParts(readFileSync(fixture(`clean/${file}`))).map(({ name, content }) => ({
    name,
    content: Buffer.from(edits[name]?.(content.toString()) ?? content),
  }));
  const more = Object.entries(added).map(([name, content]) => ({ name, content: Buffer.from(content) }));
  return zipParts([...own, ...more], { compress: true });
}

describe("what lies in a document", () => {
  const withPart = (name: string, content: string | Buffer) => repacked("document.docx", {}, { [name]: content });
  const ole = (...streams: string[]) =>
    Buffer.concat([
      Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]),
      Buffer.alloc(1024, 1),
      ...streams.map((stream) => Buffer.from(stream, "utf16le")),
    ]);

  test.for([
    ["word/embeddings/oleObject1.bin", ole("\u0001Ole10Native"), "里面嵌有“oleObject1.bin”"],
    ["word/embeddings/oleObject1.bin", ole("Equation Native", "Package"), "里面嵌有“oleObject1.bin”"],
    ["word/embeddings/old.doc", ole("WordDocument"), "里面嵌有“old.doc”（旧版 Word"],
    ["word/afchunk.rtf", "{\\rtf1{\\info{\\author liu}}}", "里面嵌有“afchunk.rtf”（RTF 文档）"],
    ["word/afchunk.mht", "MIME-Version: 1.0\r\n\r\n<meta name=3DAuthor>", "里面嵌有“afchunk.mht”"],
    [
      "word/embeddings/a.zip",
      zipParts([{ name: "a.txt", content: Buffer.from("a") }], { compress: true }),
      "里面嵌有打包文件“a.zip”",
    ],
    ["word/media/image9.jpg", Buffer.from([0xff, 0xd8, 0xff, 0xe0]), "里面的“image9.jpg”"],
  ] as const)("%s stays out, named: %#", async ([name, content, reason]) => {
    await expect(clean("a.docx", withPart(name, content))).rejects.toThrow(reason);
  });

  test("a formula of an older program stays byte for byte", async () => {
    const formula = ole("Equation Native", "\u0001CompObj");
    const { bytes } = await clean("a.docx", withPart("word/embeddings/oleObject1.bin", formula));
    const found = unzipParts(bytes).find(({ name }) => name === "word/embeddings/oleObject1.bin");
    expect(found?.content.equals(formula)).toBe(true);
  });

  test("a sound stays, its tags go, and nothing is wrong with it", async () => {
    const frame = Buffer.concat([Buffer.from([0xff, 0xfb, 0x90, 0x64]), Buffer.alloc(413, 7)]);
    const tag = (text: string) => {
      const inner = Buffer.from(text);
      return Buffer.concat([Buffer.from("ID3\x03\0\0\0\0\0", "latin1"), Buffer.from([inner.length]), inner]);
    };
    const end = Buffer.concat([Buffer.from("TAG柳知远"), Buffer.alloc(116)]);
    const sound = Buffer.concat([tag("TPE1 柳知远"), frame, frame, end]);
    const { bytes } = await clean("a.docx", withPart("word/media/media1.mp3", sound));
    const found = unzipParts(bytes).find(({ name }) => name === "word/media/media1.mp3");
    expect(found?.content.equals(Buffer.concat([frame, frame]))).toBe(true);
    expect((await read(".docx", withPart("word/media/media1.mp3", sound))).problem).toBeUndefined();
  });

  test("a .wav keeps its sound only", async () => {
    const chunk = (type: string, content: Buffer) => {
      const head = Buffer.from(`${type}\0\0\0\0`, "latin1");
      head.writeUInt32LE(content.length, 4);
      return Buffer.concat([head, content, Buffer.alloc(content.length % 2)]);
    };
    const words = Buffer.from("柳知远");
    const parts = [
      chunk("fmt ", Buffer.alloc(16, 1)),
      chunk("LIST", Buffer.from(`INFO${words}`)),
      chunk("data", Buffer.alloc(8, 5)),
    ];
    const sound = chunk("RIFF", Buffer.concat([Buffer.from("WAVE"), ...parts]));
    const { bytes } = await clean("a.docx", withPart("word/media/a.wav", sound));
    const found = unzipParts(bytes).find(({ name }) => name === "word/media/a.wav");
    expect(found?.content.length).toBe(sound.length);
    expect(found?.content.includes(words)).toBe(false);
    expect(found?.content.includes(Buffer.alloc(8, 5))).toBe(true);
  });
});

describe("files made to stop the run", () => {
  test("a TIFF whose values have no size is damaged", async () => {
    const bytes = Buffer.alloc(64);
    bytes.write("II*\0", 0, "latin1");
    bytes.writeUInt32LE(8, 4);
    bytes.writeUInt16LE(1, 8);
    bytes.writeUInt16LE(273, 10);
    bytes.writeUInt16LE(99, 12);
    bytes.writeUInt32LE(0xffffffff, 14);
    await expect(clean("a.tif", bytes)).rejects.toThrow("已损坏或不完整");
  });

  test("spaces without end in a tag are gone through once", async () => {
    const spaces = " ".repeat(200_000);
    const bytes = repacked("document.docx", {
      "word/document.xml": (xml) =>
        xml
          .replace("<w:body>", `<w:body${spaces}>`)
          .replace(/<w:p[ >]/, (p) => `<w:p w:rsidR="00AB12CD"${spaces}${p.slice(4)}`),
    });
    const from = Date.now();
    await clean("a.docx", bytes);
    expect(Date.now() - from).toBeLessThan(3000);
  });
});

describe("PDF", () => {
  test("in a catalog, in fields, in annotations and actions only what is shown stays", async () => {
    const { PDFDocument, PDFName, PDFString, PDFHexString } = await import("pdf-lib");
    const document = await PDFDocument.create();
    const { catalog, context } = document;
    const page = document.addPage([300, 200]);
    const at = PDFName.of;
    const words = PDFHexString.fromText("柳知远");
    const path = PDFString.of("file:///C:/liu/");
    const field = context.obj({
      Type: "Annot",
      Subtype: "Widget",
      FT: "Tx",
      T: PDFString.of("f1"),
      TM: words,
      DV: words,
      V: PDFString.of("seen"),
      Opt: [words],
      Rect: [0, 0, 50, 20],
    });
    const note = context.obj({
      Type: "Annot",
      Subtype: "Text",
      Rect: [60, 0, 80, 20],
      T: words,
      Contents: PDFString.of("noted"),
      RC: words,
    });
    const film = context.register(context.stream("film of liu"));
    const file = context.register(context.obj({ Type: "Filespec", F: words, UF: words, EF: { F: film } }));
    const media = context.obj({
      Type: "Annot",
      Subtype: "RichMedia",
      Rect: [100, 0, 150, 30],
      RichMediaContent: { Assets: { Names: [words, file] } },
    });
    const link = (action: Record<string, unknown>) =>
      context.obj({ Type: "Annot", Subtype: "Link", Rect: [0, 0, 9, 9], A: action as never });
    const links = [
      link({ S: "URI", URI: PDFString.of("https://example.org/kept") }),
      link({ S: "GoTo", D: [page.ref, "Fit"] }),
      link({ S: "Launch", F: path }),
      link({ S: "URI", URI: PDFString.of("https://example.org/gone"), Next: { S: "JavaScript", JS: path } }),
    ];
    page.node.set(at("Annots"), context.obj([field, note, media, ...links].map((each) => context.register(each))));
    const thread = context.register(context.obj({ I: { Title: words, Author: words } }));
    catalog.set(at("Threads"), context.obj([thread]));
    page.node.set(at("B"), context.obj([{ T: thread }]));
    catalog.set(at("URI"), context.obj({ Base: path }));
    catalog.set(at("OpenAction"), context.obj({ S: "Launch", F: path, Next: { S: "JavaScript", JS: path } }));
    const element = context.obj({ Type: "StructElem", S: "Figure", ActualText: words, E: words, Pg: page.ref });
    catalog.set(at("StructTreeRoot"), context.obj({ Type: "StructTreeRoot", K: context.register(element) }));
    const cleaned = await clean("a.pdf", Buffer.from(await document.save({ useObjectStreams: false })));
    const text = cleaned.bytes.toString("latin1");
    expect(text).not.toMatch(new RegExp(`${words.toString().slice(1, -1)}|liu|Threads|/Base|Launch|JavaScript|/EF`));
    for (const kept of ["seen", "noted", "example.org/kept", "/GoTo", "/StructElem"]) expect(text).toContain(kept);
    expect(text).not.toContain("example.org/gone");
    expect(cleaned.without).toEqual(["PDF 里的附件"]);
  });

  test("pictures: a JPEG that is packed once more, and JPEG 2000 with and without words of its own", async () => {
    const { PDFDocument, PDFName } = await import("pdf-lib");
    const photo = readFileSync(fixture("leaky/photo.jpg"));
    const box = (type: string, content: Buffer) => {
      const head = Buffer.alloc(8);
      head.writeUInt32BE(content.length + 8);
      head.write(type, 4, "latin1");
      return Buffer.concat([head, content]);
    };
    const withPicture = async (content: Uint8Array, filter: unknown) => {
      const document = await PDFDocument.create();
      const page = document.addPage([300, 200]);
      const picture = document.context.stream(content, {
        Type: "XObject",
        Subtype: "Image",
        Width: 8,
        Height: 8,
        Filter: filter as never,
      });
      page.node.newXObject("I", document.context.register(picture));
      return clean("a.pdf", Buffer.from(await document.save({ useObjectStreams: false })));
    };
    const { bytes } = await withPicture(deflateSync(photo), ["FlateDecode", "DCTDecode"]);
    expect(bytes.includes((await clean("a.jpg", photo)).bytes)).toBe(true);
    expect(bytes.toString("latin1")).toContain(`/Filter ${PDFName.of("DCTDecode")}`);
    const code = box("jp2c", Buffer.from("code"));
    expect((await withPicture(code, "JPXDecode")).bytes.includes(code)).toBe(true);
    const words = Buffer.concat([code, box("xml ", Buffer.from("<a>liu</a>"))]);
    await expect(withPicture(words, "JPXDecode")).rejects.toThrow("里面有特殊格式的图片");
  });

  test("a font may be called as something else that goes", async () => {
    const { PDFDocument, PDFName, StandardFonts, PDFDict } = await import("pdf-lib");
    const document = await PDFDocument.create();
    const page = document.addPage([300, 200]);
    page.drawText("Hello", { font: await document.embedFont(StandardFonts.Helvetica), x: 20, y: 100 });
    const fonts = page.node.Resources()?.lookup(PDFName.of("Font"));
    if (!(fonts instanceof PDFDict)) throw new Error("no fonts");
    const [font] = fonts.values();
    for (const called of ["AA", "AF", "Thumb", "S", "P", "T"]) if (font) fonts.set(PDFName.of(called), font);
    const content = document.context.stream("BT /AA 18 Tf 20 60 Td (Text) Tj /T 18 Tf (More) Tj ET");
    page.node.addContentStream(document.context.register(content));
    page.node.set(PDFName.of("AA"), document.context.obj({ O: { S: "JavaScript" } }));
    const { bytes } = await clean("a.pdf", Buffer.from(await document.save({ useObjectStreams: false })));
    for (const called of ["AA", "AF", "Thumb", "T"])
      expect(bytes.toString("latin1")).toMatch(new RegExp(`/${called} \\d+ 0 R`));
    expect(bytes.toString("latin1")).not.toContain("JavaScript");
  });
});

describe("what programs keep beside what is shown in office files", () => {
  const partsOf = async (bytes: Promise<{ bytes: Buffer }>) =>
    new Map(unzipParts((await bytes).bytes).map(({ name, content }) => [name, content.toString()]));
  const inBody = (markup: string) =>
    repacked("document.docx", { "word/document.xml": (xml) => xml.replace("<w:body>", `<w:body>${markup}`) });
  const field = (code: string, shown: string) => {
    const [first, second] = [code.slice(0, code.length / 2), code.slice(code.length / 2)];
    const run = (inner: string) => `<w:r>${inner}</w:r>`;
    const mark = (type: string) => run(`<w:fldChar w:fldCharType="${type}"/>`);
    return `${mark("begin")}${run(`<w:instrText>${first}</w:instrText>`)}${run(`<w:instrText>${second}</w:instrText>`)}${mark("separate")}${run(`<w:t>${shown}</w:t>`)}${mark("end")}`;
  };

  test.for([
    { code: 'INCLUDEPICTURE "C:\\\\Users\\\\liu\\\\a.png"', stays: false },
    { code: 'HYPERLINK "file:///D:/liu/a.docx"', stays: false },
    { code: " TITLE \\* MERGEFORMAT ", stays: false },
    { code: " DOCPROPERTY Subject ", stays: false },
    { code: " REF 柳知远的表 ", stays: false },
    { code: ' HYPERLINK "https://example.org/a" ', stays: true },
    { code: " PAGE ", stays: true },
    { code: ' TOC \\o "1-3" ', stays: true },
  ])("a field $code stays: $stays, what it shows always", async ({ code, stays }) => {
    const escaped = code.replaceAll("&", "&amp;").replaceAll('"', "&quot;");
    const nested = field(escaped, `看得见的${field(" PAGE ", "7")}字`);
    for (const markup of [nested, `<w:fldSimple w:instr="${escaped}"><w:r><w:t>看得见的字</w:t></w:r></w:fldSimple>`]) {
      const before = inBody(`<w:p>${markup}</w:p>`);
      const { bytes } = await clean("a.docx", before);
      const found = unzipParts(bytes).find(({ name }) => name === "word/document.xml");
      const xml = found?.content.toString() ?? "";
      const codes = [...xml.matchAll(/<w:instrText>([^<]*)|w:instr="([^"]*)"/g)].map(
        ([, run, simple]) => run ?? simple,
      );
      expect(codes.join("")).toBe([...(stays ? [escaped] : []), ...(markup === nested ? [" PAGE "] : [])].join(""));
      expect(xml.match(/"begin"/g)?.length).toBe(xml.match(/"end"/g)?.length);
      const bodyOf = (facts: FileFacts) => facts.pieces.filter(({ kind }) => kind === "body");
      expect(bodyOf(await read(".docx", bytes))).toEqual(bodyOf(await read(".docx", before)));
    }
  });

  test("names of content controls, bookmarks, styles and tooltips", async () => {
    const found = await partsOf(
      clean(
        "a.docx",
        repacked("document.docx", {
          "word/document.xml": (xml) =>
            xml.replace(
              "<w:body>",
              '<w:body><w:p><w:bookmarkStart w:id="91" w:name="柳知远_目录"/><w:bookmarkEnd w:id="91"/><w:bookmarkStart w:id="92" w:name="目录"/><w:bookmarkEnd w:id="92"/><w:hyperlink w:anchor="柳知远_目录" w:tooltip="file:///C:/liu"><w:r><w:t>看</w:t></w:r></w:hyperlink></w:p><w:sdt><w:sdtPr><w:alias w:val="柳"/><w:tag w:val="liu"/></w:sdtPr><w:sdtContent><w:p/></w:sdtContent></w:sdt>',
            ),
          "word/styles.xml": (xml) =>
            xml.replace(
              "</w:styles>",
              '<w:style w:type="paragraph" w:styleId="a99"><w:name w:val="柳知远正文"/></w:style></w:styles>',
            ),
        }),
      ),
    );
    const xml = found.get("word/document.xml") ?? "";
    expect(xml).toMatch(/w:name="(书签\d)".*w:name="目录".*w:anchor="\1" w:tooltip=""/);
    expect(xml).not.toMatch(/w:alias|w:tag|柳|liu/);
    expect(found.get("word/styles.xml")).toMatch(/w:styleId="a99"><w:name w:val="样式\d"/);
  });

  test("spreadsheets: views, scenarios, pivots, connections", async () => {
    const found = await partsOf(
      clean(
        "a.xlsx",
        repacked(
          "sheet.xlsx",
          {
            "xl/workbook.xml": (xml) =>
              xml.replace(
                "</sheets>",
                '</sheets><customWorkbookViews><customWorkbookView name="liu"/></customWorkbookViews>',
              ),
            "xl/worksheets/sheet1.xml": (xml) =>
              xml.replace(
                "</sheetData>",
                '</sheetData><scenarios><scenario name="一" user="liu" comment="liu"/></scenarios><customSheetViews><customSheetView/></customSheetViews>',
              ),
          },
          {
            "xl/pivotCache/pivotCacheDefinition1.xml": '<pivotCacheDefinition refreshedBy="liu" refreshedDate="4"/>',
            "xl/connections.xml":
              '<connections><connection id="1" name="q" sourceFile="C:\\liu" odcFile="C:\\liu"><dbPr connection="Data Source=C:\\liu"/></connection></connections>',
          },
        ),
      ),
    );
    expect([...found].filter(([, text]) => /liu|customSheetView/.test(text))).toEqual([]);
    expect(found.get("xl/worksheets/sheet1.xml")).toContain('<scenario name="一"/>');
    expect(found.get("xl/connections.xml")).toContain('<connection id="1" name="q"><dbPr connection=""/>');
  });

  test("what stands in lists, filters and rules of a sheet, or in lists of a form, is read", async () => {
    const sheet = await read(
      ".xlsx",
      repacked("sheet.xlsx", {
        "xl/worksheets/sheet1.xml": (xml) =>
          xml.replace(
            "</sheetData>",
            '</sheetData><autoFilter ref="A1:A9"><filterColumn colId="0"><filters><filter val="柳一"/></filters></filterColumn></autoFilter><scenarios><scenario name="柳二" user="柳三"/></scenarios><customSheetViews><customSheetView><headerFooter><oddHeader>柳四</oddHeader></headerFooter></customSheetView></customSheetViews><dataValidations><dataValidation type="list"><formula1>"柳五"</formula1></dataValidation></dataValidations>',
          ),
      }),
    );
    const form = await read(
      ".docx",
      inBody(
        '<w:p><w:sdt><w:sdtPr><w:dropDownList><w:listItem w:displayText="柳六" w:value="柳七"/></w:dropDownList></w:sdtPr><w:sdtContent><w:r><w:t>选</w:t></w:r></w:sdtContent></w:sdt><w:r><w:fldChar w:fldCharType="begin"><w:ffData><w:name w:val="柳八"/><w:ddList><w:listEntry w:val="柳九"/></w:ddList></w:ffData></w:fldChar></w:r></w:p>',
      ),
    );
    const hidden = [...sheet.pieces, ...form.pieces].filter(({ kind, text }) => kind === "hidden" && /柳./.test(text));
    expect(hidden.map(({ text }) => /柳(.)/.exec(text)?.[1]).join("")).toBe("一二三四五六七八九");
  });

  test("columns of tables and sections of slides are shown", async () => {
    const table = await read(
      ".xlsx",
      repacked("sheet.xlsx", {}, { "xl/tables/table1.xml": '<table><tableColumn id="1" name="兴庆区"/></table>' }),
    );
    expect(table.pieces.find(({ text }) => text.includes("兴庆区"))?.kind).toBe("body");
    const slides = await read(
      ".pptx",
      repacked("slides.pptx", {
        "ppt/presentation.xml": (xml) =>
          xml.replace("</p:presentation>", '<p14:section xmlns:p14="q" name="兴庆区"/></p:presentation>'),
      }),
    );
    expect(slides.pieces.find(({ text }) => text.includes("兴庆区"))?.kind).toBe("body");
  });

  test("slides: tags and data of programs with what refers to them; accounts of those who commented", async () => {
    const relation = (id: string, type: string, target: string) =>
      `<Relationship Id="${id}" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/${type}" Target="${target}"/></Relationships>`;
    const found = await partsOf(
      clean(
        "a.pptx",
        repacked(
          "slides.pptx",
          {
            "ppt/presentation.xml": (xml) =>
              xml.replace(
                "</p:sldIdLst>",
                '</p:sldIdLst><p:custDataLst><p:custData r:id="rId77"/><p:tags r:id="rId78"/></p:custDataLst>',
              ),
            "ppt/_rels/presentation.xml.rels": (xml) =>
              xml
                .replace("</Relationships>", relation("rId77", "customXml", "../customXml/item1.xml"))
                .replace("</Relationships>", relation("rId78", "tags", "labels/a.xml")),
          },
          {
            "customXml/item1.xml": "<a/>",
            "ppt/labels/a.xml": '<p:tagLst xmlns:p="p"><p:tag name="FOLDER" val="C:\\liu"/></p:tagLst>',
            "ppt/commentAuthors.xml":
              '<p:cmAuthorLst xmlns:p="p"><p:cmAuthor id="1" name="柳知远"><p15:presenceInfo xmlns:p15="q" userId="S::liu@x" providerId="AD"/></p:cmAuthor></p:cmAuthorLst>',
          },
        ),
      ),
    );
    expect([...found].filter(([, text]) => /liu|rId7[78]|custData|柳/.test(text)).map(([name]) => name)).toEqual([]);
    expect(found.has("ppt/labels/a.xml")).toBe(false);
    expect(found.get("ppt/commentAuthors.xml")).toContain('userId="" providerId="None"');
  });

  test("properties under any name go by what refers to them", async () => {
    const found = await partsOf(
      clean(
        "a.docx",
        repacked(
          "document.docx",
          {
            "_rels/.rels": (xml) =>
              xml.replace(
                "</Relationships>",
                '<Relationship Id="rIdC" Type="http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties" Target="/other/ab.psmdcp"/></Relationships>',
              ),
          },
          { "other/ab.psmdcp": "<coreProperties><creator>liu</creator></coreProperties>" },
        ),
      ),
    );
    expect(found.has("other/ab.psmdcp")).toBe(false);
    expect(found.get("_rels/.rels")).not.toContain("psmdcp");
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
