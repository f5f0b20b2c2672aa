import { readdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import type { Applicants } from "../../../apps-script/core/evidence/applicants.ts";
import { findLeaks, type Leak, namePieces } from "../../../apps-script/core/evidence/find-leaks.ts";
import { readFileFacts } from "../../../node-tools/documents/file-facts.ts";

const fixtures = fileURLToPath(new URL("../../fixtures/evidence/", import.meta.url));

const applicants: Applicants = {
  names: ["柳知远"],
  units: ["兴庆区梧桐实验小学"],
  regions: ["兴庆区", "银川市", "兴庆", "银川"],
  accounts: ["nx64019988"],
  phones: ["13900006402"],
};

const known = new Map<string, Promise<Leak[]>>();
function leaksIn(file: string): Promise<Leak[]> {
  const earlier =
    known.get(file) ?? readFileFacts(fixtures + file).then((facts) => findLeaks(facts.pieces, applicants));
  known.set(file, earlier);
  return earlier;
}

type Cell = readonly [where: string, code: Leak["code"], kind: Leak["kind"], place: RegExp];

/** Where it leaks, by kind of file. */
const table: Readonly<Record<string, readonly Cell[]>> = {
  "document.docx": [
    ["body", "ANON-NAME", "body", /^第 2 段$/],
    ["tracked insertion", "ANON-REGION", "inserted", /^第 3 段（含修订插入/],
    ["author of an insertion", "ANON-NAME", "inserted", /^修订（插入）的作者$/],
    ["tracked deletion", "ANON-NAME", "deleted", /^第 4 段（修订中已删除/],
    ["author of a deletion", "ANON-NAME", "deleted", /^修订（删除）的作者$/],
    ["hidden text", "ANON-NAME", "hidden", /^第 5 段（隐藏文字）$/],
    ["text box", "ANON-NAME", "body", /^文本框第 1 段$/],
    ["alternative text", "ANON-NAME", "alt", /^图形的替代文字$/],
    ["header", "ANON-UNIT", "header", /^页眉 1$/],
    ["footer", "ANON-PHONE", "header", /^页脚 1$/],
    ["footnote", "ANON-NAME", "footnote", /^脚注 1$/],
    ["endnote", "ANON-ACCOUNT", "footnote", /^尾注 1$/],
    ["comment", "ANON-NAME", "comment", /^批注 1$/],
    ["author of a comment", "ANON-NAME", "comment", /^批注 1 的作者$/],
    ["property: author", "ANON-NAME", "property", /“作者”$/],
    ["property: last saved by", "ANON-NAME", "property", /“最后修改者”$/],
    ["property: subject", "ANON-REGION", "property", /“主题”$/],
    ["custom property", "ANON-UNIT", "property", /^自定义属性“学校”$/],
    ["address of a link", "ANON-NAME", "metadata", /^外部链接/],
    ["EXIF of a picture inside", "ANON-NAME", "metadata", /^内嵌的“image1.*EXIF“Artist”$/],
  ],
  "slides.pptx": [
    ["slide", "ANON-NAME", "body", /^第 1 页$/],
    ["slide notes", "ANON-NAME", "notes", /^第 1 页备注$/],
    ["hidden slide", "ANON-NAME", "hidden", /^第 2 页（隐藏的幻灯片）$/],
    ["comment", "ANON-NAME", "comment", /^第 1 页批注$/],
    ["author of a comment", "ANON-NAME", "metadata", /^批注者名单$/],
    ["alternative text", "ANON-NAME", "alt", /^第 1 页图形的替代文字$/],
    ["master", "ANON-UNIT", "header", /^母版或版式/],
    ["property: author", "ANON-NAME", "property", /“作者”$/],
    ["custom property", "ANON-UNIT", "property", /^自定义属性“学校”$/],
    ["EXIF of a picture inside", "ANON-NAME", "metadata", /^内嵌的“image1.*EXIF“Artist”$/],
  ],
  "sheet.xlsx": [
    ["cell", "ANON-NAME", "body", /“成绩”B1 单元格$/],
    ["hidden row", "ANON-NAME", "hidden", /“成绩”（隐藏）A2 单元格$/],
    ["hidden sheet", "ANON-NAME", "hidden", /“名单”（隐藏）A1 单元格$/],
    ["header", "ANON-UNIT", "header", /“成绩”的页眉页脚$/],
    ["note", "ANON-NAME", "comment", /^B1 单元格的批注$/],
    ["author of a note", "ANON-NAME", "comment", /^批注的作者$/],
    ["alternative text", "ANON-NAME", "alt", /^图形的替代文字$/],
    ["property: author", "ANON-NAME", "property", /“作者”$/],
    ["custom property", "ANON-UNIT", "property", /^自定义属性“学校”$/],
    ["EXIF of a picture inside", "ANON-NAME", "metadata", /^内嵌的“image1.*EXIF“Artist”$/],
  ],
  "document.pdf": [
    ["page", "ANON-NAME", "body", /^第 1 页$/],
    ["header", "ANON-UNIT", "header", /^第 1 页页眉页脚$/],
    ["footer", "ANON-PHONE", "header", /^第 1 页页眉页脚$/],
    ["endnote", "ANON-ACCOUNT", "body", /^第 3 页$/],
    ["annotation", "ANON-NAME", "comment", /^第 1 页批注$/],
    ["author of an annotation", "ANON-NAME", "comment", /^第 1 页批注的作者$/],
    ["alternative text", "ANON-NAME", "alt", /^第 1 页图形的替代文字$/],
    ["Info: author", "ANON-NAME", "property", /“作者”$/],
    ["Info: keywords", "ANON-REGION", "property", /“关键词”$/],
    ["XMP", "ANON-NAME", "metadata", /^文档的 XMP“contributor”$/],
    ["name of an attachment", "ANON-NAME", "metadata", /^附件的名称$/],
    ["address of a link", "ANON-NAME", "metadata", /^第 1 页链接$/],
  ],
  "photo.jpg": [
    ["EXIF", "ANON-NAME", "metadata", /EXIF“Artist”$/],
    ["EXIF: title", "ANON-NAME", "metadata", /EXIF“ImageDescription”$/],
    ["EXIF: Windows field", "ANON-NAME", "metadata", /EXIF“XPAuthor”$/],
    ["EXIF: user comment", "ANON-UNIT", "metadata", /EXIF“UserComment”$/],
    ["IPTC", "ANON-NAME", "metadata", /IPTC“Byline”$/],
    ["XMP", "ANON-NAME", "metadata", /XMP“creator”$/],
    ["comment", "ANON-NAME", "metadata", /文字“Comment”$/],
    ["position", "ANON-POSITION", "metadata", /拍摄位置（GPS）$/],
  ],
  "photo.png": [
    ["EXIF", "ANON-NAME", "metadata", /EXIF“Artist”$/],
    ["XMP", "ANON-NAME", "metadata", /XMP“creator”$/],
    ["text chunk", "ANON-NAME", "metadata", /文字“Author”$/],
  ],
  "photo.tif": [
    ["EXIF", "ANON-NAME", "metadata", /EXIF“Artist”$/],
    ["XMP", "ANON-NAME", "metadata", /XMP“creator”$/],
  ],
  "photo.webp": [
    ["EXIF", "ANON-NAME", "metadata", /EXIF“Artist”$/],
    ["XMP", "ANON-NAME", "metadata", /XMP“creator”$/],
  ],
  "photo.gif": [
    ["XMP", "ANON-NAME", "metadata", /XMP“creator”$/],
    ["comment", "ANON-NAME", "metadata", /文字“Comment”$/],
  ],
  "film.mp4": [
    ["title", "ANON-NAME", "metadata", /“Title”$/],
    ["artist", "ANON-NAME", "metadata", /“Performer”$/],
    ["comment", "ANON-NAME", "metadata", /“Comment”$/],
    ["description", "ANON-UNIT", "metadata", /“Description”$/],
    ["name of a track", "ANON-NAME", "metadata", /画面轨的标签“Title”$/],
    ["position", "ANON-POSITION", "metadata", /拍摄位置$/],
  ],
  "words.txt": [["line, GB18030", "ANON-NAME", "body", /^第 2 行$/]],
  "words-utf16.txt": [["line, UTF-16", "ANON-NAME", "body", /^第 2 行$/]],
  "names.zip": [
    ["name of a folder", "ANON-UNIT", "metadata", /^压缩包内的名称$/],
    ["name of a file", "ANON-NAME", "metadata", /^压缩包内的名称$/],
    ["comment", "ANON-NAME", "metadata", /^压缩包的注释$/],
  ],
};

const cells = Object.entries(table).flatMap(([file, rows]) => rows.map((row) => [file, ...row] as const));

describe("leak found", () => {
  test.for(cells)("%s: %s", async ([file, , code, kind, place]) => {
    const found = (await leaksIn(`leaky/${file}`)).filter((leak) => leak.code === code && leak.kind === kind);
    expect(found.map((leak) => leak.place).filter((at) => place.test(at))).not.toEqual([]);
  });
});

describe("nothing on the clean twin", () => {
  test.for(Object.keys(table))("%s", async (file) => {
    expect(await leaksIn(`clean/${file}`)).toEqual([]);
    expect((await readFileFacts(`${fixtures}clean/${file}`)).problem).toBeUndefined();
  });

  test("every fixture is in the table", () => {
    const names = Object.keys(table).sort();
    expect(readdirSync(`${fixtures}leaky`).sort()).toEqual(names);
    expect(readdirSync(`${fixtures}clean`).sort()).toEqual(names);
  });
});

test("names of files and folders", () => {
  const leaks = findLeaks(namePieces("兴庆区梧桐实验小学/1.柳知远-终稿.docx"), applicants);
  expect(leaks.map(({ code, place, severity }) => [code, place, severity])).toEqual([
    ["ANON-UNIT", "文件夹名", "error"],
    ["ANON-NAME", "文件名", "error"],
  ]);
});

describe("facts of the film", () => {
  test.for([
    {
      file: "leaky/film.mp4",
      container: "mp4",
      width: 1280,
      height: 720,
      seconds: 3,
      encodedOn: "2025-06-02",
      subtitles: 1,
    },
    { file: "hostile/upright-mov-named.mp4", container: "mov", width: 720, height: 1280, seconds: 2, subtitles: 0 },
    { file: "hostile/small.avi", container: "avi", width: 640, height: 480, seconds: 2, subtitles: 0 },
  ])("$file", async ({ file, subtitles, ...expected }) => {
    const { video } = await readFileFacts(fixtures + file);
    expect(video).toMatchObject({ ...expected, subtitleTracks: subtitles });
    expect(video?.encodedOn).toBe(expected.encodedOn);
  });
});

test("paragraphs are the visible main text: no deleted, hidden or boxed text, no header, no note", async () => {
  const { paragraphs } = await readFileFacts(`${fixtures}leaky/document.docx`);
  expect(paragraphs).toEqual([
    { text: "一、案例概要", heading: true },
    ...[
      "本案例由柳知远老师设计，用数据改进课堂。",
      "课前由梧桐实验小学教务处和兴庆区教育局统一安排。",
      "课后由教师整理。",
      "学生自评。",
      "见注，另见。",
      "请核对。",
      "图示：",
      "资料见资源页。",
      "次日继续。",
    ].map((text) => ({ text, heading: false })),
  ]);
});
