import { crc32, deflateRawSync, inflateRawSync } from "node:zlib";

/** What is wrong with a zip file; the caller words it. */
export class ZipError extends Error {
  constructor(readonly reason: "not a zip" | "truncated" | "encrypted" | "too large" | "unsupported") {
    super(reason);
  }
}

export interface ZipEntry {
  readonly name: string;
  readonly method: number;
  readonly checksum: number;
  readonly packed: number;
  readonly unpacked: number;
  readonly offset: number;
}

/** A zip may unpack to no more than this, so that a small file cannot fill the memory. */
const zipLimits = { entries: 5_000, bytes: 600 * 1024 * 1024, ratio: 250, ratioFrom: 64 * 1024 * 1024 };

const endSignature = 0x06054b50;
const end64Signature = 0x06064b50;
const end64LocatorSignature = 0x07064b50;
const centralSignature = 0x02014b50;
const localSignature = 0x04034b50;

/** Reads the central directory. @throws ZipError */
export function listZip(bytes: Buffer): ZipEntry[] {
  if (bytes.length < 4 || bytes.readUInt32LE(0) !== localSignature) throw new ZipError("not a zip");
  const { count, start } = findDirectory(bytes);
  if (count > zipLimits.entries) throw new ZipError("too large");
  const entries: ZipEntry[] = [];
  let at = start;
  for (let i = 0; i < count; i += 1) {
    if (at + 46 > bytes.length || bytes.readUInt32LE(at) !== centralSignature) throw new ZipError("truncated");
    const nameLength = bytes.readUInt16LE(at + 28);
    const extraLength = bytes.readUInt16LE(at + 30);
    const name = bytes.toString("utf8", at + 46, at + 46 + nameLength).replaceAll("\\", "/");
    if (bytes.readUInt16LE(at + 8) & 1) throw new ZipError("encrypted");
    const sizes = readSizes(bytes, at, bytes.subarray(at + 46 + nameLength, at + 46 + nameLength + extraLength));
    const method = bytes.readUInt16LE(at + 10);
    if (!name.endsWith("/")) entries.push({ name, method, checksum: bytes.readUInt32LE(at + 16), ...sizes });
    at += 46 + nameLength + extraLength + bytes.readUInt16LE(at + 32);
  }
  const total = entries.reduce((sum, entry) => sum + entry.unpacked, 0);
  if (total > zipLimits.bytes) throw new ZipError("too large");
  if (total > zipLimits.ratioFrom && total > zipLimits.ratio * bytes.length) throw new ZipError("too large");
  return entries;
}

function findDirectory(bytes: Buffer): { count: number; start: number } {
  const lowest = Math.max(0, bytes.length - 22 - 0xffff);
  for (let at = bytes.length - 22; at >= lowest; at -= 1) {
    if (bytes.readUInt32LE(at) !== endSignature) continue;
    const count = bytes.readUInt16LE(at + 10);
    const start = bytes.readUInt32LE(at + 16);
    if (count !== 0xffff && start !== 0xffffffff) return { count, start };
    const locator = at - 20;
    if (locator < 0 || bytes.readUInt32LE(locator) !== end64LocatorSignature) return { count, start };
    const end64 = Number(bytes.readBigUInt64LE(locator + 8));
    if (end64 + 56 > bytes.length || bytes.readUInt32LE(end64) !== end64Signature) throw new ZipError("truncated");
    return { count: Number(bytes.readBigUInt64LE(end64 + 32)), start: Number(bytes.readBigUInt64LE(end64 + 48)) };
  }
  throw new ZipError("truncated");
}

/** Sizes over 4 GiB, or of writers that always use zip64, stand in extra field 1. */
function readSizes(bytes: Buffer, at: number, extra: Buffer): Pick<ZipEntry, "packed" | "unpacked" | "offset"> {
  const wide: number[] = [];
  for (let i = 0; i + 4 <= extra.length; i += 4 + extra.readUInt16LE(i + 2)) {
    if (extra.readUInt16LE(i) !== 1) continue;
    const end = Math.min(extra.length, i + 4 + extra.readUInt16LE(i + 2));
    for (let j = i + 4; j + 8 <= end; j += 8) wide.push(Number(extra.readBigUInt64LE(j)));
  }
  const read = (position: number) => {
    const value = bytes.readUInt32LE(position);
    return value === 0xffffffff ? (wide.shift() ?? value) : value;
  };
  const unpacked = read(at + 24);
  const packed = read(at + 20);
  return { unpacked, packed, offset: read(at + 42) };
}

/** The content of one entry, its checksum verified. @throws ZipError */
export function unzipEntry(bytes: Buffer, entry: ZipEntry): Buffer {
  if (entry.offset + 30 > bytes.length || bytes.readUInt32LE(entry.offset) !== localSignature) {
    throw new ZipError("truncated");
  }
  const start = entry.offset + 30 + bytes.readUInt16LE(entry.offset + 26) + bytes.readUInt16LE(entry.offset + 28);
  const packed = bytes.subarray(start, start + entry.packed);
  if (packed.length < entry.packed) throw new ZipError("truncated");
  const content = entry.method === 0 ? packed : entry.method === 8 ? inflate(packed, entry.unpacked) : undefined;
  if (content === undefined) throw new ZipError("unsupported");
  if (content.length !== entry.unpacked || crc32(content) !== entry.checksum) throw new ZipError("truncated");
  return content;
}

function inflate(packed: Buffer, unpacked: number): Buffer {
  try {
    return inflateRawSync(packed, { maxOutputLength: Math.max(1, unpacked) });
  } catch (error) {
    const code = error instanceof Error && "code" in error ? error.code : "";
    throw new ZipError(code === "ERR_BUFFER_TOO_LARGE" ? "too large" : "truncated");
  }
}

export interface ZipPart {
  readonly name: string;
  readonly content: Uint8Array;
}

/** Packs parts in the order given, with fixed times, so that the same parts make the same bytes. */
export function zipParts(parts: readonly ZipPart[], options: { readonly compress: boolean }): Buffer {
  const chunks: Uint8Array[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const { name, content } of parts) {
    const packed = options.compress ? deflateRawSync(content, { level: 6 }) : content;
    const nameBytes = Buffer.from(name, "utf8");
    const fields = Buffer.alloc(26);
    fields.writeUInt16LE(20, 0);
    fields.writeUInt16LE(0x0800, 2);
    fields.writeUInt16LE(options.compress ? 8 : 0, 4);
    fields.writeUInt16LE(0, 6);
    // 1 January 1980, the earliest date that a zip can hold.
    fields.writeUInt16LE(0x0021, 8);
    fields.writeUInt32LE(crc32(content), 10);
    fields.writeUInt32LE(packed.length, 14);
    fields.writeUInt32LE(content.length, 18);
    fields.writeUInt16LE(nameBytes.length, 22);
    const local = Buffer.alloc(4);
    local.writeUInt32LE(localSignature, 0);
    chunks.push(local, fields, nameBytes, packed);
    const central = Buffer.alloc(46);
    central.writeUInt32LE(centralSignature, 0);
    central.writeUInt16LE(20, 4);
    fields.copy(central, 6);
    central.writeUInt32LE(offset, 42);
    directory.push(central, nameBytes);
    offset += 30 + nameBytes.length + packed.length;
  }
  const directorySize = directory.reduce((sum, chunk) => sum + chunk.length, 0);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(endSignature, 0);
  end.writeUInt16LE(parts.length, 8);
  end.writeUInt16LE(parts.length, 10);
  end.writeUInt32LE(directorySize, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...chunks, ...directory, end]);
}
