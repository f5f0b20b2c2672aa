import { describe, expect, test } from "vitest";
import type { FileFacts } from "../../../apps-script/core/evidence/file-facts.ts";
import { readFileFacts } from "../../../node-tools/documents/file-facts.ts";
import { unzipParts, zipParts } from "../../../node-tools/office-files/zip.ts";
import { clean, cleanFixture, hiddenIn, read, repacked, shownIn, tinyTiff } from "./cleaned-files.ts";
import { fixture } from "./review-award.ts";

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
    await expect(clean("a.tif", tinyTiff(273, 99, 0xffffffff))).rejects.toThrow("已损坏或不完整");
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
