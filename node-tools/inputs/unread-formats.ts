/** Files that people hand in and that cannot be read: what to do about each kind. */

interface UnreadFormat {
  readonly names: RegExp;
  readonly reason: string;
  /** Pictures, videos and the like lie beside what is to be taken in, and seldom are it. */
  readonly isAside?: true;
}

const asXlsx = "另存为「Excel 工作簿（*.xlsx）」";

const formats: readonly UnreadFormat[] = [
  { names: /\.(et|ett|ets)$/i, reason: `是 WPS 表格自己的格式，读不了。请用 WPS 打开，${asXlsx}后再试。` },
  {
    names: /\.numbers$/i,
    reason: "是苹果 Numbers 的格式，读不了。请在 Numbers 里选“文件—导出为—Excel”，存成 .xlsx 后再试。",
  },
  {
    names: /\.(ods|ots|fods|sxc|uos)$/i,
    reason: `是 OpenDocument 等格式，读不了。请用 WPS、Excel 或 LibreOffice 打开，${asXlsx}后再试。`,
  },
  { names: /\.xlsb$/i, reason: `是二进制工作簿（.xlsb），读不了。请用 Excel 或 WPS 打开，${asXlsx}后再试。` },
  {
    names: /\.(xltx?|xltm|dbf|wk\d|dif|slk)$/i,
    reason: `这种表格格式读不了。请用 WPS 或 Excel 打开，${asXlsx}后再试。`,
  },
  {
    names: /\.(doc|dot|dotx|dotm|wps|wpt|rtf|odt|ott|fodt|uot)$/i,
    reason:
      "读不了这种文档格式。请用 Word 或 WPS 打开，另存为「Word 文档（*.docx）」后再试；里面是表格的，请存成 .xlsx。",
  },
  { names: /\.pages$/i, reason: "是苹果 Pages 的格式，读不了。请在 Pages 里选“文件—导出为—Word”，存成 .docx 后再试。" },
  {
    names: /\.(pdf|ofd|caj|xps)$/i,
    reason:
      "是版式文件（PDF 等），读不出里面的表格和文字。请向填写人要原来的 .xlsx 或 .docx；只有扫描件的，请照着录入填报表。",
  },
  {
    names: /\.(zip|rar|7z|tar|t?gz|tgz|bz2|xz)$/i,
    reason: "是压缩包，没有打开。请先解压，再导入解压出来的文件夹。",
  },
  {
    names: /\.(html?|mht|mhtml|xml)$/i,
    reason: `是网页，没有读取。请用 WPS 或 Excel 打开，${asXlsx}后再试。`,
  },
  {
    names: /\.(crdownload|part|download|downloading|tmp|!ut|td|baiduyun)$/i,
    reason: "还没有下载完，或是程序留下的临时文件。请重新取得这个文件。",
  },
  { names: /\.(lnk|url|webloc|desktop)$/i, reason: "是快捷方式，不是文件本身。请放入原来的文件。" },
  {
    names: /\.(jpe?g|png|gif|bmp|tiff?|webp|heic|heif|svg)$/i,
    reason: "是图片，读不出文字。如果是表格的照片或扫描件，请要原来的表格，或照着录入填报表；是佐证材料的不必导入。",
    isAside: true,
  },
  {
    names: /\.(mp4|mov|avi|wmv|mkv|flv|mpe?g|m4v|webm|mp3|wav|m4a|pptx?|ppsx?|dps|key)$/i,
    reason: "是视频、音频或演示文稿，里面没有要导入的表格。",
    isAside: true,
  },
];

/** What to do about a file, by its name; undefined where nothing is known against it. */
export function explainUnread(name: string): { readonly reason: string; readonly isAside: boolean } | undefined {
  const format = formats.find(({ names }) => names.test(name));
  return format && { reason: format.reason, isAside: format.isAside === true };
}
