import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, describe, expect, test } from "vitest";
import { disk } from "../../../node-tools/disk/disk.ts";
import { InputError } from "../../../node-tools/errors.ts";
import { readInputTables } from "../../../node-tools/inputs/read-input.ts";
import { readWorkbook } from "../../../node-tools/office-files/workbook.ts";
import { zipParts } from "../../../node-tools/office-files/zip.ts";
import { readParts } from "./inspect.ts";
import { makePackage, relationship, sheetType } from "./package-fixture.ts";

const folder = mkdtempSync(join(tmpdir(), "casebook-"));
afterAll(() => rmSync(folder, { recursive: true }));

function save(name: string, bytes: Uint8Array | string): string {
  const path = join(folder, name);
  writeFileSync(path, bytes);
  return path;
}

async function refusal(work: () => unknown): Promise<string> {
  const error = await Promise.resolve()
    .then(work)
    .then(
      () => undefined,
      (reason: unknown) => reason,
    );
  expect(error).toBeInstanceOf(InputError);
  return (error as InputError).message;
}

const ole = (inside: string) =>
  Buffer.concat([
    Buffer.from("d0cf11e0a1b11ae1", "hex"),
    Buffer.alloc(600),
    Buffer.from(inside, "utf16le"),
    Buffer.alloc(600),
  ]);

const zip = (parts: Record<string, string | Buffer>, compress = true) =>
  zipParts(
    Object.entries(parts).map(([name, content]) => ({ name, content: Buffer.from(content) })),
    { compress },
  );

const docx = zip({
  "[Content_Types].xml": "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml",
});
const pptx = zip({
  "[Content_Types].xml": "application/vnd.openxmlformats-officedocument.presentationml.presentation.main+xml",
});
const ods = zip({ mimetype: "application/vnd.oasis.opendocument.spreadsheet" });
const bomb = makePackage({ parts: { "xl/media/a.xml": " ".repeat(100 * 1024 * 1024) } });
const lying = makePackage({
  parts: { "xl/styles.xml": `<styleSheet xmlns="x">${" ".repeat(100_000 - 35)}</styleSheet>` },
});
const good = makePackage();

/** One byte changed in a part that is stored as it is, which only its checksum shows. */
const changed = zip({ "[Content_Types].xml": sheetType, "xl/workbook.xml": "<workbook/>" }, false);
changed.write("W", changed.indexOf("<workbook/>") + 1);

/** Makes the central directory claim a smaller size than the entry unpacks to. */
function understate(bytes: Buffer): Buffer {
  const copy = Buffer.from(bytes);
  for (let at = copy.indexOf("PK\u0001\u0002"); at >= 0; at = copy.indexOf("PK\u0001\u0002", at + 4)) {
    if (copy.readUInt32LE(at + 24) === 100_000) copy.writeUInt32LE(50, at + 24);
  }
  return copy;
}

describe("files that are no readable workbook are refused with what they are and what to do", () => {
  test.for<{ name: string; file?: string; bytes: Uint8Array | string; says: RegExp }>([
    { name: "empty file", bytes: "", says: /空文件.*重新取得/ },
    { name: ".xls renamed", bytes: ole("Workbook"), says: /旧版的 \.xls.*另存为/ },
    { name: "password", bytes: ole("EncryptedPackage"), says: /打开密码.*取消密码/ },
    { name: ".doc renamed", bytes: ole("WordDocument"), says: /Word 文档/ },
    { name: ".docx renamed", bytes: docx, says: /Word 文档/ },
    { name: ".pptx renamed", bytes: pptx, says: /演示文稿/ },
    { name: ".ods renamed", bytes: ods, says: /OpenDocument/ },
    {
      name: ".xlsb renamed",
      bytes: makePackage({ type: "application/vnd.ms-excel.sheet.binary.macroEnabled.main" }),
      says: /二进制工作簿/,
    },
    { name: "some zip", bytes: zip({ "a.txt": "a" }), says: /压缩包.*解压/ },
    { name: "HTML renamed", bytes: "\n<html><table></table></html>", says: /网页.*另存为/ },
    { name: "PDF renamed", bytes: "%PDF-1.7 …", says: /PDF/ },
    { name: "CSV renamed", bytes: "案例编号,案例名称\n1,2\n", says: /不是 \.xlsx 表格.*CSV/ },
    { name: "truncated zip", bytes: good.subarray(0, good.length - 300), says: /不完整或已损坏/ },
    { name: "three bytes", bytes: "PK\u0003", says: /不是 \.xlsx/ },
    { name: "flipped bytes", bytes: Buffer.from(good).fill(0xff, 60, 90), says: /不完整或已损坏/ },
    { name: "one changed byte", bytes: changed, says: /不完整或已损坏/ },
    {
      name: "a sheet that is not there",
      bytes: makePackage({
        parts: { "xl/_rels/workbook.xml.rels": relationship("rId1", "worksheet", "worksheets/sheet9.xml") },
      }),
      says: /内部结构无法解读.*Sheet1.*另存为/,
    },
    { name: "zip bomb by ratio", bytes: bomb, says: /解压后过大/ },
    { name: "zip bomb by false size", bytes: understate(lying), says: /解压后过大/ },
    {
      name: "zip bomb by entries",
      bytes: zip(Object.fromEntries(Array.from({ length: 5_001 }, (_, i) => [`a${i}`, ""]))),
      says: /解压后过大/,
    },
    {
      name: "entity",
      bytes: makePackage({ parts: { "xl/styles.xml": '<!DOCTYPE a [<!ENTITY b "c">]><styleSheet>&b;</styleSheet>' } }),
      says: /DOCTYPE.*另存为/,
    },
    {
      name: "broken XML",
      bytes: makePackage({ sheets: [{ name: "a", rows: "<row r='1'><c></row>" }] }),
      says: /内部结构无法解读.*另存为/,
    },
    {
      name: "a value in column 10000",
      bytes: makePackage({ sheets: [{ name: "宽表", rows: '<row r="1"><c r="NTP1"><v>1</v></c></row>' }] }),
      says: /宽表.*第 10000 列/,
    },
    {
      name: "a value in row 1048576",
      bytes: makePackage({ sheets: [{ name: "长表", rows: '<row r="1048576"><c r="A1048576"><v>1</v></c></row>' }] }),
      says: /长表.*第 1048576 行/,
    },
  ])("$name", async ({ bytes, says }) => {
    const path = save("输入.xlsx", bytes);
    const message = await refusal(() => readInputTables(path));
    expect(message).toMatch(says);
    expect(message).toContain("「输入.xlsx」");
    expect(await refusal(() => readWorkbook(path))).toMatch(says);
  });

  test("a missing file and a folder", async () => {
    expect(await refusal(() => readWorkbook(join(folder, "没有.xlsx")))).toMatch(/找不到/);
    mkdirSync(join(folder, "文件夹.xlsx"));
    expect(await refusal(() => readInputTables(join(folder, "文件夹.xlsx")))).toMatch(/这是一个文件夹/);
  });

  describe("no permission", () => {
    const readFile = disk.readFile;
    afterEach(() => {
      disk.readFile = readFile;
    });

    test("is reported with the remedy", async () => {
      const path = save("无权限.xlsx", good);
      chmodSync(path, 0o000);
      // The superuser may read everything, so the refusal of the system is played.
      disk.readFile = () => {
        throw Object.assign(new Error("EACCES"), { code: "EACCES" });
      };
      expect(await refusal(() => readWorkbook(path))).toMatch(/没有权限/);
    });
  });
});

describe("a workbook that no change may touch", () => {
  test.for([
    { part: "xl/vbaProject.bin", says: /宏.*另存为/ },
    { part: "xl/macrosheets/sheet1.xml", says: /宏.*另存为/ },
    { part: "_xmlsignatures/sig1.xml", says: /数字签名.*删除签名/ },
    { part: "xl/revisions/revisionHeaders.xml", says: /共享工作簿.*停止共享/ },
  ])("$part is refused for editing and read as input", async ({ part, says }) => {
    const path = save("带宏.xlsx", makePackage({ parts: { [part]: "<a/>" } }));
    const message = await refusal(() => readWorkbook(path));
    expect(message).toMatch(says);
    expect(message).toContain("没有做任何改动");
    expect(readInputTables(path).sheets[0]?.rows).toEqual([[1]]);
  });

  test.for([
    "xl/charts/chart1.xml",
    "xl/pivotTables/pivotTable1.xml",
    "xl/threadedComments/threadedComment1.xml",
    "xl/slicers/slicer1.xml",
    "xl/externalLinks/externalLink1.xml",
    "xl/embeddings/oleObject1.bin",
    "xl/ctrlProps/ctrlProp1.xml",
    "xl/xmlMaps.xml",
    "xl/cellimages.xml",
    "xl/metadata.xml",
    "xl/drawings/drawing1.xml",
    "xl/printerSettings/p.bin",
    "xl/persons/person.xml",
  ])("%s is kept", async (part) => {
    const path = save("带图.xlsx", makePackage({ parts: { [part]: "<a/>" } }));
    const book = readWorkbook(path);
    book.apply({ sheets: [{ name: "Sheet1", edits: [{ row: 1, column: 1, value: 2 }] }] });
    expect(readParts(book.toBuffer()).get(part)).toBe("<a/>");
  });
});
