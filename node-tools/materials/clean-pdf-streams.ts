/** Pictures and colour profiles in a PDF, without what their own programs wrote into them. */
import { decodePDFRawStream, PDFArray, PDFName, PDFRawStream } from "pdf-lib";
import { UnreadableError } from "../documents/limits.ts";
import { cleanIcc } from "./clean-icc.ts";
import { cleanJpeg } from "./clean-image.ts";
import { packZlib, unpackWhole } from "./zlib.ts";

const name = (text: string) => PDFName.of(text);

const unusual = () =>
  new UnreadableError("里面有特殊格式的图片，无法清除其中的身份信息；请由 Word 或 WPS 重新导出 PDF 后提交");

/** Boxes that a JPEG 2000 picture is made of (ISO/IEC 15444-1); others hold words. */
const pictureBoxes = /^(?:jP {2}|ftyp|jp2h|jp2c|rreq|jpch|jplh)$/;

function isBareJpeg2000(bytes: Buffer): boolean {
  if (bytes[0] === 0xff && bytes[1] === 0x4f) return true;
  for (let at = 0; at + 8 <= bytes.length; ) {
    const size = bytes.readUInt32BE(at);
    if (!pictureBoxes.test(bytes.toString("latin1", at + 4, at + 8))) return false;
    if (size === 0) return true;
    if (size < 8) return false;
    at += size;
  }
  return true;
}

/** @returns the picture as it is to be; undefined where it has no place for words. @throws UnreadableError */
export function cleanPicture({ dict, contents }: PDFRawStream): PDFRawStream | undefined {
  const filter = dict.lookup(name("Filter"));
  const filters = filter instanceof PDFArray ? filter.asArray() : [filter];
  const coder = filters.find((each) => each === name("DCTDecode") || each === name("JPXDecode"));
  if (!coder) return undefined;
  let coded: Buffer = Buffer.from(contents);
  if (filters.length === 2 && filters[0] === name("FlateDecode")) {
    const unpacked = unpackWhole(coded);
    if (!unpacked) throw unusual();
    coded = unpacked;
    dict.set(name("Filter"), coder);
    dict.delete(name("DecodeParms"));
  } else if (filters.length > 1) throw unusual();
  if (coder === name("DCTDecode")) return PDFRawStream.of(dict, cleanJpeg(coded));
  if (!isBareJpeg2000(coded)) throw unusual();
  return PDFRawStream.of(dict, coded);
}

/** By one that cannot be unpacked nobody shows anything. */
function profileIn(stream: PDFRawStream): Uint8Array {
  if (stream.dict.lookup(name("Filter")) === name("FlateDecode") && !stream.dict.has(name("DecodeParms")))
    return unpackWhole(stream.contents) ?? new Uint8Array();
  try {
    return decodePDFRawStream(stream).decode();
  } catch {
    return new Uint8Array();
  }
}

/** @returns the profile as it is to be, packed anew */
export function cleanProfile(stream: PDFRawStream): PDFRawStream {
  const { dict } = stream;
  const content = packZlib(cleanIcc(profileIn(stream)));
  dict.set(name("Filter"), name("FlateDecode"));
  dict.delete(name("DecodeParms"));
  return PDFRawStream.of(dict, content);
}
