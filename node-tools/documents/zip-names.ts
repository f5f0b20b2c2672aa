const utf8Flag = 0x800;
/** Info-ZIP's extra field that holds the name in UTF-8 beside one in the local encoding. */
const unicodePathField = 0x7075;

/** The parts of a directory record that the name comes from, raw, as yauzl gives them with `decodeStrings: false`. */
export interface RawZipName {
  readonly fileNameRaw: Buffer;
  readonly generalPurposeBitFlag: number;
  readonly extraFields: readonly { readonly id: number; readonly data: Buffer }[];
}

function decodeStrictly(bytes: Buffer, encoding: string): string | undefined {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

/** Text of a zip whose encoding nobody wrote down: UTF-8 where it is that, else GB18030, which Windows in China uses. */
export function decodeZipText(bytes: Buffer): string {
  return decodeStrictly(bytes, "utf-8") ?? decodeStrictly(bytes, "gb18030") ?? bytes.toString("latin1");
}

/** The entry's name with `/` between folders; not yet safe to be used as a path. */
export function decodeZipName(entry: RawZipName): string {
  const unicode = entry.extraFields.find((field) => field.id === unicodePathField && field.data.length > 5);
  const marked = (entry.generalPurposeBitFlag & utf8Flag) !== 0;
  const raw = unicode ? unicode.data.subarray(5) : entry.fileNameRaw;
  const name = unicode || marked ? (decodeStrictly(raw, "utf-8") ?? decodeZipText(raw)) : decodeZipText(raw);
  return name.replaceAll("\\", "/");
}

/** Whether unpacking under this name would leave the folder it is unpacked to. */
export function leavesFolder(name: string): boolean {
  return name.startsWith("/") || /^[A-Za-z]:/.test(name) || name.split("/").includes("..") || name.includes("\0");
}
