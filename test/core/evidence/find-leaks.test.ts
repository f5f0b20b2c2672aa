import { describe, expect, test } from "vitest";
import type { Applicants } from "../../../apps-script/core/evidence/applicants.ts";
import type { TextPiece } from "../../../apps-script/core/evidence/file-facts.ts";
import { findLeaks } from "../../../apps-script/core/evidence/find-leaks.ts";

const applicants: Applicants = {
  names: ["柳知远", "海明"],
  units: ["同心县梧桐小学"],
  regions: ["同心县", "同心"],
  accounts: ["nx6401", "64019988"],
  phones: ["13900006402", "0953-8000123"],
};

const leaksOf = (kind: TextPiece["kind"], text: string, place = "某处") =>
  findLeaks([{ kind, place, text }], applicants).map((leak) => `${leak.code} ${leak.severity} ${leak.text}`);

describe("what leaks", () => {
  test.for<{ readonly kind: TextPiece["kind"]; readonly text: string; readonly leaks: readonly string[] }>([
    { kind: "body", text: "由柳 知\u200b远老师执教", leaks: ["ANON-NAME error 柳知远"] },
    { kind: "body", text: "大海明亮", leaks: ["ANON-NAME warning 海明"] },
    { kind: "body", text: "海明老师", leaks: ["ANON-NAME error 海明"] },
    { kind: "body", text: " 海明 ", leaks: ["ANON-NAME error 海明"] },
    { kind: "comment", text: "海明", leaks: ["ANON-NAME error 海明"] },
    { kind: "property", text: "大海明亮", leaks: ["ANON-NAME error 海明"] },
    { kind: "body", text: "同心县梧桐小学", leaks: ["ANON-UNIT error 同心县梧桐小学"] },
    { kind: "body", text: "师生同心", leaks: ["ANON-REGION warning 同心"] },
    { kind: "body", text: "在同心县", leaks: ["ANON-REGION error 同心县"] },
    { kind: "footnote", text: "账号：NX6401。", leaks: ["ANON-ACCOUNT error NX6401"] },
    { kind: "footnote", text: "编号 nx64012 与 anx6401", leaks: [] },
    { kind: "body", text: "编号 640199881", leaks: [] },
    { kind: "body", text: "电话１３９ 0000 6402", leaks: ["ANON-PHONE error 139 0000 6402"] },
    { kind: "body", text: "电话+86 139-0000-6402", leaks: ["ANON-PHONE error +86 139-0000-6402"] },
    { kind: "body", text: "电话13900006403", leaks: ["ANON-PHONE warning 13900006403"] },
    { kind: "body", text: "电话0953-8000123", leaks: ["ANON-PHONE error 0953-8000123"] },
    { kind: "body", text: "微信图片_20250715139000064021", leaks: [] },
    { kind: "metadata", text: "a13900006403b", leaks: [] },
    { kind: "metadata", text: "北纬 37.0°，东经 105.9°", leaks: ["ANON-POSITION warning 北纬 37.0°，东经 105.9°"] },
    { kind: "body", text: "北纬 37.0°，东经 105.9°", leaks: [] },
    { kind: "property", text: "LibreOffice/7.4 Lavf59.27.100 Microsoft Office Word", leaks: [] },
  ])("$kind: $text", ({ kind, text, leaks }) => expect(leaksOf(kind, text)).toEqual(leaks));
});

test("the message says where, what and around what; the remedy fits the place", () => {
  const [leak] = findLeaks([{ kind: "header", place: "页眉 1", text: "同心县梧桐小学教务处印" }], applicants);
  expect(leak?.message).toBe("页眉 1中出现申报单位“同心县梧桐小学”（【同心县梧桐小学】教务处印）");
  expect(leak?.remedy).toMatch(/页眉页脚/);
});

test.for([
  { place: "文件名", says: /改名/ },
  { place: "压缩包内的名称", says: /重新压缩/ },
  { place: "图片的 EXIF“Artist”", says: /删除属性和个人信息/ },
  { place: "内嵌的“image1.jpeg”：图片的 EXIF“Artist”", says: /图片/ },
  { place: "视频的标签“Title”", says: /重新导出视频/ },
  { place: "外部链接（hyperlink）", says: /链接/ },
  { place: "批注者名单", says: /批注/ },
])("remedy for $place", ({ place, says }) => {
  expect(findLeaks([{ kind: "metadata", place, text: "柳知远" }], applicants)[0]?.remedy).toMatch(says);
});

test("the same words in many paragraphs are told five times, and counted", () => {
  const pieces = Array.from(
    { length: 40 },
    (_, i): TextPiece => ({ kind: "body", place: `第 ${i + 1} 段`, text: "柳知远" }),
  );
  const leaks = findLeaks([...pieces, { kind: "header", place: "页眉 1", text: "柳知远" }], applicants);
  expect(leaks.map(({ place }) => place)).toEqual(["第 1 段", "第 2 段", "第 3 段", "第 4 段", "第 5 段", "页眉 1"]);
  expect(leaks[4]?.message).toMatch(/另有 35 处$/);
});
