import type { ByteSource } from "./byte-source.ts";
import { inflateRaw } from "./inflate.ts";
import type { RawZipName } from "./zip-names.ts";

/** A record of a zip's directory, as it declares itself. */
export interface ZipEntry extends RawZipName {
  readonly commentRaw: Buffer;
  /** 0 for stored, 8 for deflate. */
  readonly method: number;
  /** CRC-32 of what it holds. */
  readonly checksum: number;
  readonly packed: number;
  readonly unpacked: number;
  /** The upper half is the mode on Unix. */
  readonly attributes: number;
  /** Of its local header. */
  readonly offset: number;
}

export interface ZipDirectory {
  readonly count: number;
  readonly comment: Buffer;
  /** In the order of the directory. @throws an error where it is damaged */
  entries(): AsyncGenerator<ZipEntry>;
}

const signature = { local: 0x04034b50, central: 0x02014b50, end: 0x06054b50, end64: 0x06064b50, locator64: 0x07064b50 };
const endBytes = 22;
const locatorBytes = 20;
const encryptedFlag = 1;
const chunkBytes = 256 * 1024;
const wide = 0xffffffff;
const zip64Field = 1;

const damaged = () => new Error("damaged zip");

export const isEncrypted = ({ generalPurposeBitFlag }: ZipEntry): boolean =>
  (generalPurposeBitFlag & encryptedFlag) !== 0;

export const isReadable = ({ method }: ZipEntry): boolean => method === 0 || method === 8;

async function readExactly(source: ByteSource, offset: number, length: number): Promise<Buffer> {
  const bytes = await source.read(offset, length);
  if (bytes.length < length) throw damaged();
  return bytes;
}

/** Reads the directory of a zip (APPNOTE 6.3.10, zip64 too) where it lies, and nothing else. @throws an error where there is none */
export async function readZipDirectory(source: ByteSource): Promise<ZipDirectory> {
  const length = Math.min(source.size, locatorBytes + endBytes + 0xffff);
  const tail = await readExactly(source, source.size - length, length);
  for (let at = length - endBytes; at >= 0; at -= 1) {
    if (tail.readUInt32LE(at) !== signature.end) continue;
    if (tail.readUInt16LE(at + 20) > length - at - endBytes) throw damaged();
    // With what a web server or a mail program left behind the end, which every program passes over.
    const comment = tail.subarray(at + endBytes);
    const locator = at - locatorBytes;
    if (locator < 0 || tail.readUInt32LE(locator) !== signature.locator64)
      return directoryAt(source, tail.readUInt32LE(at + 16), tail.readUInt16LE(at + 10), comment);
    const end64 = await readExactly(source, Number(tail.readBigUInt64LE(locator + 8)), 56);
    if (end64.readUInt32LE(0) !== signature.end64) throw damaged();
    const [count, start] = [end64.readBigUInt64LE(32), end64.readBigUInt64LE(48)];
    return directoryAt(source, Number(start), Number(count), comment);
  }
  throw damaged();
}

function directoryAt(source: ByteSource, start: number, count: number, comment: Buffer): ZipDirectory {
  async function* entries(): AsyncGenerator<ZipEntry> {
    let window: Buffer = Buffer.alloc(0);
    let windowAt = start;
    let at = start;
    const take = async (length: number) => {
      if (at + length > windowAt + window.length) {
        window = await source.read(at, Math.max(length, chunkBytes));
        windowAt = at;
        if (window.length < length) throw damaged();
      }
      at += length;
      return window.subarray(at - length - windowAt, at - windowAt);
    };
    for (let i = 0; i < count; i += 1) {
      const head = await take(46);
      if (head.readUInt32LE(0) !== signature.central) throw damaged();
      const nameEnd = head.readUInt16LE(28);
      const extraEnd = nameEnd + head.readUInt16LE(30);
      const rest = await take(extraEnd + head.readUInt16LE(32));
      const extraFields = readExtraFields(rest.subarray(nameEnd, extraEnd));
      const entry = {
        fileNameRaw: rest.subarray(0, nameEnd),
        commentRaw: rest.subarray(extraEnd),
        extraFields,
        generalPurposeBitFlag: head.readUInt16LE(8),
        method: head.readUInt16LE(10),
        checksum: head.readUInt32LE(16),
        attributes: head.readUInt32LE(38),
        ...readSizes(head, extraFields),
      };
      if (entry.method === 0 && entry.packed !== entry.unpacked + (isEncrypted(entry) ? 12 : 0)) throw damaged();
      yield entry;
    }
  }
  return { count, comment, entries };
}

function readExtraFields(bytes: Buffer): RawZipName["extraFields"] {
  const fields: { id: number; data: Buffer }[] = [];
  for (let at = 0; at + 4 <= bytes.length; ) {
    const end = at + 4 + bytes.readUInt16LE(at + 2);
    if (end > bytes.length) throw damaged();
    fields.push({ id: bytes.readUInt16LE(at), data: bytes.subarray(at + 4, end) });
    at = end;
  }
  return fields;
}

/** What takes more than four bytes stands in a field of its own, in this order. */
function readSizes(head: Buffer, fields: RawZipName["extraFields"]): Pick<ZipEntry, "packed" | "unpacked" | "offset"> {
  const extra = fields.find(({ id }) => id === zip64Field)?.data;
  let at = 0;
  const read = (position: number) => {
    const value = head.readUInt32LE(position);
    if (value !== wide || !extra) return value;
    if (at + 8 > extra.length) throw damaged();
    at += 8;
    return Number(extra.readBigUInt64LE(at - 8));
  };
  const unpacked = read(24);
  const packed = read(20);
  return { unpacked, packed, offset: read(42) };
}

async function* packedBytes(source: ByteSource, start: number, length: number): AsyncGenerator<Buffer> {
  for (let at = 0; at < length; at += chunkBytes) {
    yield await readExactly(source, start + at, Math.min(chunkBytes, length - at));
  }
}

/**
 * What an entry holds, unpacked, piece by piece.
 * @throws an error where it is damaged, packed in another way, or not of the size that the directory declares
 */
export async function* readZipEntry(source: ByteSource, entry: ZipEntry): AsyncGenerator<Buffer> {
  if (isEncrypted(entry) || !isReadable(entry)) throw damaged();
  const head = await readExactly(source, entry.offset, 30);
  if (head.readUInt32LE(0) !== signature.local) throw damaged();
  const start = entry.offset + 30 + head.readUInt16LE(26) + head.readUInt16LE(28);
  const bytes = packedBytes(source, start, entry.packed);
  let size = 0;
  for await (const chunk of entry.method === 0 ? bytes : inflateRaw(bytes)) {
    size += chunk.length;
    if (size > entry.unpacked) throw damaged();
    yield Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength);
  }
  if (size < entry.unpacked) throw damaged();
}
