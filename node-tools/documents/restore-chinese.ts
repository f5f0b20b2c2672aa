import { decodeZipText } from "./zip-names.ts";

/** What PDFDocEncoding makes of the bytes 0x80 to 0xA0 (ISO 32000-1 annex D.2); 0x9F is undefined there and stays. */
const pdfCharacters = "•†‡…—–ƒ⁄‹›−‰„“”‘’‚™ﬁﬂŁŒŠŸŽıłœšž\u009f€";

function byteOf(character: string): number {
  const code = character.charCodeAt(0);
  const at = pdfCharacters.indexOf(character);
  return code <= 0xff ? code : at >= 0 ? 0x80 + at : -1;
}

/**
 * Programs in China write UTF-8 or GBK where a format means Latin letters: ÁøÖª becomes 柳知 again. A text that is none
 * such stays as it is.
 */
export function restoreChinese(text: string): string {
  if (!/[\u0080-\u00ff]/.test(text)) return text;
  const bytes = [...text].map(byteOf);
  if (bytes.includes(-1)) return text;
  const restored = decodeZipText(Buffer.from(bytes));
  return /[\u4e00-\u9fff]{2}/.test(restored) ? restored : text;
}

/** Chinese in an address is written in escapes; an address that is none stays as it is. */
export function decodeAddress(address: string): string {
  try {
    return decodeURI(address);
  } catch {
    return address;
  }
}
