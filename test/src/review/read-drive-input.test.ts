import { describe, expect, test } from "vitest";
import { isTable, readDriveInput } from "../../../apps-script/src/review/read-drive-input.ts";

type DriveFile = GoogleAppsScript.Drive.File;

function fileOf(name: string, bytes: Uint8Array, type = "text/csv"): DriveFile {
  const blob = {
    getBytes: () => [...bytes].map((byte) => (byte > 127 ? byte - 256 : byte)),
    // As the platform, which takes a mark for a character.
    getDataAsString: (encoding: string) => new TextDecoder(encoding, { ignoreBOM: true }).decode(bytes),
  };
  return { getName: () => name, getMimeType: () => type, getBlob: () => blob } as unknown as DriveFile;
}

const utf8 = (text: string) => new TextEncoder().encode(text);
const csv = (text: string) => fileOf("名册.csv", utf8(text));
const rows = [
  ["姓名", "电话"],
  ["甲", "1"],
];

test.for([
  { name: "a.csv", type: "application/octet-stream", table: true },
  { name: "a.TXT", type: "application/octet-stream", table: true },
  { name: "a.tsv", type: "application/octet-stream", table: true },
  { name: "名册", type: "text/plain", table: true },
  { name: "名册", type: "application/vnd.google-apps.spreadsheet", table: true },
  { name: "a.xlsx", type: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", table: false },
  { name: "a.csv.zip", type: "application/zip", table: false },
  { name: "图.png", type: "image/png", table: false },
])("$name of $type is a table: $table", ({ name, type, table }) => {
  expect(isTable(fileOf(name, utf8(""), type))).toBe(table);
});

describe("a .csv", () => {
  test.for([
    { encoding: "UTF-8", bytes: utf8("姓名,电话\n甲,1\n") },
    { encoding: "UTF-8 BOM", bytes: utf8("\ufeff姓名,电话\n甲,1\n") },
    {
      encoding: "GB18030",
      bytes: Uint8Array.of(
        ...[0xd0, 0xd5, 0xc3, 0xfb],
        0x2c,
        ...[0xb5, 0xe7, 0xbb, 0xb0],
        0x0a,
        0xbc,
        0xd7,
        0x2c,
        0x31,
        0x0a,
      ),
    },
  ])("in $encoding", ({ encoding, bytes }) => {
    const input = readDriveInput(fileOf("名册.2025.csv", bytes));
    expect(input).toMatchObject({ file: "名册.2025.csv", encoding });
    expect(input.sheets).toEqual([{ name: "名册.2025", hidden: false, rows }]);
  });

  test("with empty cells and rows at its ends", () => {
    const { sheets } = readDriveInput(csv("姓名,电话,\n,,\n甲,,1,,\n,,\n\n"));
    expect(sheets[0]?.rows).toEqual([["姓名", "电话"], [], ["甲", null, "1"]]);
  });

  test("the same text has the same digest, another has another", () => {
    const digest = (text: string) => readDriveInput(csv(text)).digest;
    expect(digest("a,b\n")).toBe(digest("\ufeffa,b\n"));
    expect(digest("a,b\n")).not.toBe(digest("a,c\n"));
  });

  test.for([
    { name: "in the second line", text: '姓名,电话\n"甲,1\n乙,2\n', line: 2 },
    { name: "in the third, lines of Windows", text: '姓名,电话\r\n甲,1\r\n乙,"2\r\n丙,3\r\n', line: 3 },
  ])("a quote that stays open $name is told by its line", ({ text, line }) => {
    expect(() => readDriveInput(csv(text))).toThrow(`“名册.csv”第 ${line} 行附近的双引号不成对`);
  });

  test.for([
    { name: "of no encoding", bytes: Uint8Array.of(0xff, 0x80, 0x81, 0xff, 0xff) },
    { name: "with a NUL", bytes: utf8("a\0,b\n") },
  ])("$name is refused", ({ bytes }) => {
    expect(() => readDriveInput(fileOf("图.csv", bytes))).toThrow("“图.csv”的内容无法识别");
  });
});

test("what is no table is refused with the remedy", () => {
  expect(() => readDriveInput(fileOf("a.xlsx", utf8(""), "application/zip"))).toThrow("另存为谷歌表格后再导入");
});
