import {
  closeSync,
  ftruncateSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
  writeSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { deflateSync } from "node:zlib";
import { afterAll, describe, expect, test } from "vitest";
import { readFileFacts } from "../../../node-tools/documents/file-facts.ts";
import { zipParts } from "../../../node-tools/office-files/zip.ts";
import { paragraph, wordBody, writeOfficeFile } from "./make-office-file.ts";

const fixtures = fileURLToPath(new URL("../../fixtures/evidence/", import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "hostile-"));
afterAll(() => rmSync(folder, { recursive: true }));

const write = (name: string, content: string | Buffer) => {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
};

const secret = "别的文件里的话";
const megabyte = 1024 * 1024;

/** A part that unpacks to more than its directory says. */
function lyingBomb(): Buffer {
  const zip = Buffer.from(readFileSync(bomb("true.docx", 1)));
  const central = zip.lastIndexOf(Buffer.from("PK\u0001\u0002", "latin1"));
  zip.writeUInt32LE(10, central + 24);
  return zip;
}

function bomb(name: string, copies: number): string {
  const parts: Record<string, string | Buffer> = { "word/document.xml": wordBody(paragraph("正文")) };
  for (let i = 0; i < copies; i += 1) parts[`word/media/part${i}.jpg`] = Buffer.alloc(180 * megabyte);
  return writeOfficeFile(join(folder, name), parts);
}

const deflated = (size: number) => deflateSync(Buffer.alloc(size, " "), { level: 9 });

/** One page whose content is packed; the table of contents is left to the reader to rebuild. */
function pdfOf(content: Buffer, filters = "/FlateDecode", encoding = "/Identity-H"): Buffer {
  const head = `%PDF-1.4
1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj
2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj
3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F1<</Encoding${encoding}>>>>>>>>endobj
4 0 obj<</Length ${content.length}/Filter[${filters}]>>stream\n`;
  return Buffer.concat([Buffer.from(head), content, Buffer.from("\nendstream endobj\ntrailer<</Root 1 0 R>>\n%%EOF")]);
}

/** The film with its pictures' box stretched to two gigabytes that are not on the disk. */
function sparseFilm(): string {
  const path = join(folder, "long.mp4");
  const film = readFileSync(`${fixtures}clean/film.mp4`);
  const media = film.indexOf("mdat") - 4;
  const length = film.readUInt32BE(media);
  const file = openSync(path, "w");
  writeSync(file, film, 0, media, 0);
  // A free box of 2 GB before the media: whoever reads on instead of seeking reads it all.
  const size = 2 * 1024 * megabyte - 1;
  const head = Buffer.alloc(8);
  head.writeUInt32BE(size, 0);
  head.write("mdat", 4, "latin1");
  writeSync(file, head, 0, 8, media);
  writeSync(file, film, media + length, film.length - media - length, media + size);
  ftruncateSync(file, media + size + film.length - media - length);
  closeSync(file);
  return path;
}

interface Row {
  readonly what: string;
  readonly file: () => string;
  readonly says: RegExp;
  /** Pieces that are still read. */
  readonly reads?: string;
}

const rows: readonly Row[] = [
  { what: "empty", file: () => `${fixtures}hostile/empty.docx`, says: /空文件/ },
  { what: "missing", file: () => join(folder, "none.docx"), says: /不存在/ },
  {
    what: "folder called .docx",
    file: () => {
      mkdirSync(join(folder, "folder.docx"));
      return join(folder, "folder.docx");
    },
    says: /是文件夹/,
  },
  {
    what: "device without an end",
    file: () => "/dev/zero",
    says: /不是普通文件/,
  },
  {
    what: "link to itself",
    file: () => {
      symlinkSync("loop.docx", join(folder, "loop.docx"));
      return join(folder, "loop.docx");
    },
    says: /无法读取/,
  },
  { what: "cut .docx", file: () => `${fixtures}hostile/truncated.docx`, says: /损坏或不完整/ },
  { what: "cut .mp4", file: () => `${fixtures}hostile/truncated.mp4`, says: /视频不完整或已损坏/ },
  { what: "cut .pdf", file: () => `${fixtures}hostile/truncated.pdf`, says: /不是完整的 PDF/ },
  { what: "sound without pictures", file: () => `${fixtures}hostile/sound-only.mp4`, says: /只有声音/ },
  { what: "PDF with a password", file: () => `${fixtures}hostile/password.pdf`, says: /打开密码/ },
  {
    what: "PDF with a bomb for a page",
    file: () => write("bomb.pdf", pdfOf(deflated(200 * megabyte))),
    says: /压缩炸弹/,
  },
  {
    what: "PDF packed twice",
    file: () => write("twice.pdf", pdfOf(deflated(1), "/FlateDecode /FlateDecode")),
    says: /压缩炸弹/,
  },
  {
    what: "PDF in an encoding without tables",
    file: () => write("gbk.pdf", pdfOf(deflated(1), "/FlateDecode", "/GBK-EUC-H")),
    says: /未嵌入的中文编码/,
  },
  { what: "zip with a password", file: () => `${fixtures}hostile/locked.zip`, says: /设有密码/, reads: "words.txt" },
  {
    what: ".docx with a password",
    file: () =>
      write(
        "secret.docx",
        Buffer.concat([
          Buffer.from("d0cf11e0a1b11ae1", "hex"),
          Buffer.alloc(600),
          Buffer.from("EncryptedPackage", "utf16le"),
        ]),
      ),
    says: /打开密码/,
  },
  { what: ".doc", file: () => `${fixtures}hostile/old.doc`, says: /另存为 \.docx/ },
  { what: ".rtf", file: () => `${fixtures}hostile/old.rtf`, says: /另存为 \.docx/ },
  { what: ".odt", file: () => `${fixtures}hostile/open.odt`, says: /另存为 \.docx/ },
  {
    what: "PDF called .docx",
    file: () => `${fixtures}hostile/pdf-inside.docx`,
    says: /其实是 PDF/,
    reads: "一、案例概要",
  },
  { what: "text called .mp4", file: () => write("words.mp4", "课堂案例\n"), says: /其实是文字文件/, reads: "课堂案例" },
  {
    what: "noise",
    file: () => write("noise.pdf", Buffer.from(Array.from({ length: 5000 }, (_, i) => (i * i * 31) % 251))),
    says: /格式无法识别/,
  },
  { what: "bomb that says its size", file: () => bomb("bomb.docx", 4), says: /压缩炸弹/, reads: "正文" },
  {
    what: "bomb that lies about its size",
    file: () => write("lying.docx", lyingBomb()),
    says: /损坏或不完整/,
    reads: "正文",
  },
  {
    what: "bomb in a bomb",
    file: () => {
      const inner = readFileSync(bomb("inner.docx", 2));
      return writeOfficeFile(join(folder, "nested.docx"), {
        "word/document.xml": wordBody(paragraph("正文")),
        "word/embeddings/a.docx": inner,
        "word/embeddings/b.docx": inner,
      });
    },
    says: /压缩炸弹/,
    reads: "正文",
  },
  {
    what: "too deep a nest",
    file: () => {
      let inner = writeOfficeFile(join(folder, "nest.docx"), { "word/document.xml": wordBody(paragraph("正文")) });
      for (let i = 0; i < 5; i += 1) {
        const parts = {
          "word/document.xml": wordBody(paragraph("正文")),
          "word/embeddings/in.docx": readFileSync(inner),
        };
        inner = writeOfficeFile(join(folder, "nest.docx"), parts);
      }
      return inner;
    },
    says: /嵌套过深/,
    reads: "正文",
  },
  {
    what: "external entity",
    file: () =>
      writeOfficeFile(join(folder, "entity.docx"), {
        "word/document.xml": `<!DOCTYPE x [<!ENTITY secret SYSTEM "file://${write("secret.txt", secret)}">]>${wordBody(paragraph("&secret;")).slice(38)}`,
        "word/footer1.xml": `<w:ftr xmlns:w="urn:w">${paragraph("页脚文字")}</w:ftr>`,
      }),
    says: /外部实体/,
    reads: "页脚文字",
  },
  {
    what: "template from outside",
    file: () =>
      writeOfficeFile(join(folder, "remote.docx"), {
        "word/document.xml": wordBody(paragraph("正文")),
        "word/settings.xml": "<w:settings/>",
        "word/_rels/settings.xml.rels":
          '<Relationships><Relationship Id="r1" Type="http://x/attachedTemplate" Target="http://example.org/t.dotm" TargetMode="External"/></Relationships>',
      }),
    says: /文件之外的模板/,
    reads: "http://example.org/t.dotm",
  },
  {
    what: "twenty thousand entries and one",
    file: () => {
      const entries = Array.from({ length: 20_001 }, (_, i) => ({ name: `${i}.txt`, content: Buffer.alloc(0) }));
      return write("crowd.zip", zipParts(entries, { compress: false }));
    },
    says: /内含 20001 个文件/,
  },
  {
    what: "names that leave the folder",
    file: () =>
      write("slip.zip", zipParts([{ name: "../../etc/a.txt", content: Buffer.from("a") }], { compress: false })),
    says: /指向包外/,
    reads: "../../etc/a.txt",
  },
  {
    what: "XML without an end of depth",
    file: () =>
      writeOfficeFile(join(folder, "deep.docx"), {
        "word/document.xml": wordBody("<w:a>".repeat(200_000) + "</w:a>".repeat(200_000)),
      }),
    says: /层次过深/,
  },
  {
    what: "no document inside",
    file: () => writeOfficeFile(join(folder, "hollow.docx"), { "word/settings.xml": "<w:settings/>" }),
    says: /缺少正文/,
  },
];

describe("a clear line, and the rest is read", () => {
  test.for(rows)("$what", async ({ file, says, reads }) => {
    const { problem, pieces } = await readFileFacts(file());
    expect(problem).toMatch(says);
    expect(problem).toMatch(/^「.+」.+。$/);
    expect(problem).not.toMatch(/[A-Za-z]+ error|undefined|\/tmp/i);
    if (reads !== undefined) expect(pieces.map(({ text }) => text).join("\n")).toContain(reads);
    expect(pieces.map(({ text }) => text).join("\n")).not.toContain(secret);
  });
});

test("a film of two gigabytes is read by its index", async () => {
  const before = process.memoryUsage.rss();
  const { video } = await readFileFacts(sparseFilm());
  expect(video).toMatchObject({ width: 1280, height: 720, seconds: 3, bytes: expect.closeTo(2 ** 31, -6) });
  expect(process.memoryUsage.rss() - before).toBeLessThan(400 * megabyte);
});

test("a hundred thousand paragraphs", async () => {
  const body = Array.from({ length: 100_000 }, (_, i) => paragraph(`第${i}句`)).join("");
  const facts = await readFileFacts(
    writeOfficeFile(join(folder, "many.docx"), { "word/document.xml": wordBody(body) }),
  );
  expect(facts.problem).toBeUndefined();
  expect(facts.paragraphs).toHaveLength(100_000);
  expect(facts.paragraphs.at(-1)).toEqual({ text: "第99999句", heading: false });
});
