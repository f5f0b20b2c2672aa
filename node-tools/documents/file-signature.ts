/** What the first bytes of a file say it is, whatever its name says. */
export type Signature =
  | { readonly is: "zip" | "pdf" | "video" | "audio" | "text" | "empty" | "unknown" }
  | { readonly is: "image"; readonly format: string }
  /** A format that only its own program reads; the remedy is to save it as another one. */
  | { readonly is: "foreign"; readonly name: string; readonly remedy: string };

/** The first and, for an OLE file, the directory of streams somewhere within: how much to hand over. */
export const signatureBytes = 1024 * 1024;

const image = (format: string) => ({ is: "image", format }) as const;
const foreign = (name: string, remedy: string) => ({ is: "foreign", name, remedy }) as const;

/** The names of streams in an OLE file are UTF-16 (MS-CFB 2.6.1). */
function recogniseOle(head: Buffer): Signature {
  const has = (stream: string) => head.includes(Buffer.from(stream, "utf16le"));
  if (has("EncryptedPackage")) return foreign("设有打开密码的文档", "请取消密码后重新提交");
  if (has("WordDocument")) return foreign("旧版 Word 或 WPS 文档（.doc、.wps）", "请另存为 .docx 后重新提交");
  if (has("PowerPoint Document")) return foreign("旧版演示文稿（.ppt、.dps）", "请另存为 .pptx 后重新提交");
  if (has("Workbook") || has("Book")) return foreign("旧版表格（.xls、.et）", "请另存为 .xlsx 后重新提交");
  return foreign("旧版 Office 文档", "请用 WPS 或 Office 打开，另存为 .docx、.pptx 或 .xlsx 后重新提交");
}

const imageBrands = /^(?:heic|heix|heim|heis|hevc|hevx|mif1|msf1|avif|avis)$/;
const movieBoxes = /^(?:moov|mdat|wide|free|skip|pnot)$/;

function recogniseText(head: Buffer): Signature {
  const start = head.subarray(0, 4096);
  if ((start[0] === 0xff && start[1] === 0xfe) || (start[0] === 0xfe && start[1] === 0xff)) return { is: "text" };
  const zeros = start.filter((byte) => byte === 0).length;
  const controls = start.filter((byte) => byte < 0x20 && byte !== 0 && byte !== 9 && byte !== 10 && byte !== 13).length;
  // UTF-16 without a mark has a zero beside each Latin letter and line end.
  if (zeros > 0 && (zeros * 2 > start.length * 1.1 || controls > 0)) return { is: "unknown" };
  return controls * 50 > start.length ? { is: "unknown" } : { is: "text" };
}

/** @param head the first bytes, up to `signatureBytes` of them */
export function recogniseSignature(head: Buffer): Signature {
  if (head.length === 0) return { is: "empty" };
  const starts = (...bytes: number[]) => bytes.every((byte, i) => head[i] === byte);
  const ascii = (from: number, to: number) => head.toString("latin1", from, to);
  if (starts(0x50, 0x4b, 3, 4) || starts(0x50, 0x4b, 5, 6)) return { is: "zip" };
  if (ascii(0, 5) === "%PDF-") return { is: "pdf" };
  if (starts(0xd0, 0xcf, 0x11, 0xe0)) return recogniseOle(head);
  if (ascii(0, 5) === "{\\rtf") return foreign(" RTF 文档", "请另存为 .docx 后重新提交");
  if (starts(0xff, 0xd8, 0xff)) return image("jpeg");
  if (starts(0x89, 0x50, 0x4e, 0x47)) return image("png");
  if (ascii(0, 4) === "GIF8") return image("gif");
  if (starts(0x49, 0x49, 0x2a, 0) || starts(0x4d, 0x4d, 0, 0x2a)) return image("tiff");
  if (ascii(0, 2) === "BM" && head.length > 26 && head.readUInt32LE(6) === 0) return image("bmp");
  if (ascii(0, 4) === "RIFF") {
    const kind = ascii(8, 12);
    return kind === "WEBP" ? image("webp") : { is: kind === "WAVE" ? "audio" : "video" };
  }
  if (ascii(4, 8) === "ftyp") {
    if (imageBrands.test(ascii(8, 12))) return image("heic");
    return { is: /^M4[AB] $/.test(ascii(8, 12)) ? "audio" : "video" };
  }
  if (movieBoxes.test(ascii(4, 8))) return { is: "video" };
  if (starts(0x1a, 0x45, 0xdf, 0xa3) || ascii(0, 3) === "FLV" || ascii(0, 4) === ".RMF") return { is: "video" };
  if (starts(0x30, 0x26, 0xb2, 0x75) || starts(0, 0, 1, 0xba) || starts(0, 0, 1, 0xb3)) return { is: "video" };
  if (head[0] === 0x47 && head[188] === 0x47 && head[376] === 0x47) return { is: "video" };
  if (ascii(0, 3) === "ID3" || ascii(0, 4) === "fLaC" || ascii(0, 4) === "OggS") return { is: "audio" };
  if (ascii(0, 6) === "7z\xbc\xaf\x27\x1c") return foreign(" .7z 压缩包", "请改为 .zip 后重新提交");
  if (ascii(0, 4) === "Rar!") return foreign(" .rar 压缩包", "请改为 .zip 后重新提交");
  if (starts(0x1f, 0x8b)) return foreign(" .gz 压缩包", "请改为 .zip 后重新提交");
  // Readers accept a few bytes before the mark (ISO 32000-1 annex H, note 13); files of other kinds hold whole PDFs.
  const isMetafile = ascii(40, 44) === " EMF";
  if (!isMetafile && head.subarray(0, 1024).includes("%PDF-")) return { is: "pdf" };
  return recogniseText(head);
}
