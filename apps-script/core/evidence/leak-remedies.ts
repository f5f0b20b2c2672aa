import type { TextKind } from "./file-facts.ts";

const removeProperties =
  "在“文件→信息→检查问题→检查文档”中删除“文档属性和个人信息”（WPS：“文件→选项→安全性”，勾选“保存时从文件属性中删除个人信息”）后重新保存；PDF 请由改好的文档重新导出";

const byPlace: Readonly<Record<TextKind, string>> = {
  body: "请在原文件中删去或改写",
  header: "请双击页眉页脚（幻灯片在“视图→母版”中）删去",
  footnote: "请删去这条脚注或尾注",
  comment: "请在“审阅→批注”中删除所有批注后重新保存",
  inserted: "请删去，并在“审阅→修订”中接受或拒绝所有修订后重新保存",
  deleted: "请在“审阅→修订”中接受所有修订后重新保存，否则删去的文字仍可看到",
  hidden: "请取消隐藏并删去，或在“文件→信息→检查问题→检查文档”中删除隐藏内容后重新保存",
  property: removeProperties,
  notes: "请在“视图→备注页”中删去",
  metadata: removeProperties,
  alt: "请右键单击图形，在“编辑替换文字”和“选择窗格”中删去或改名",
};

/** Metadata is of many kinds; the place says which. */
const metadataRemedies: readonly (readonly [RegExp, string])[] = [
  [/^文件名|^文件夹名/, "请改名后重新提交"],
  [/^压缩包/, "请改名或去掉注释后重新压缩"],
  [/附件的(?:名称|说明)$/, "请删去 PDF 的附件后重新导出"],
  [/链接/, "请删去这个链接后重新保存"],
  [/的拍摄位置/, "请删除位置信息：Windows 中右键单击文件→属性→详细信息→删除属性和个人信息；视频请重新导出"],
  [/批注者名单/, byPlace.comment],
  [/^图片|：图片/, "请右键单击图片→属性→详细信息→删除属性和个人信息；已插入文档的，请删去后换上清理过的图片"],
  [/^视频|^声音|：视频|：声音/, "请在剪辑软件中清空标题、作者、备注等信息后重新导出视频"],
  [/XMP/, removeProperties],
  [/内嵌/, "请删去内嵌的对象，或改为图片后重新保存"],
];

/** What to do about something that stands there, in one Chinese sentence without a full stop. */
export function remedyFor(kind: TextKind, place: string): string {
  if (kind !== "metadata") return byPlace[kind];
  return metadataRemedies.find(([pattern]) => pattern.test(place))?.[1] ?? byPlace.metadata;
}
