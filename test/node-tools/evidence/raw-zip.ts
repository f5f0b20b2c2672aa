import { crc32 } from "node:zlib";

export interface RawEntry {
  readonly name: string | Buffer;
  readonly content?: Buffer;
  /** Bit 11 stands for UTF-8, bit 0 for encryption. */
  readonly flags?: number;
  readonly unixMode?: number;
  /** What the directory claims; the entry's real size when absent. */
  readonly claimedSize?: number;
  /** Bytes of packed data, deflate; stored when absent. */
  readonly deflated?: Buffer;
}

/** A zip with whatever names, flags and sizes a test wants. */
export function makeRawZip(entries: readonly RawEntry[]): Buffer {
  const bodies: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const { name, content = Buffer.from("内容"), flags = 0x800, unixMode = 0, claimedSize, deflated } of entries) {
    const nameBytes = Buffer.isBuffer(name) ? name : Buffer.from(name, "utf8");
    const packed = deflated ?? content;
    const fields = Buffer.alloc(26);
    fields.writeUInt16LE(20, 0);
    fields.writeUInt16LE(flags, 2);
    fields.writeUInt16LE(deflated ? 8 : 0, 4);
    fields.writeUInt16LE(0x0021, 8);
    fields.writeUInt32LE(crc32(content), 10);
    fields.writeUInt32LE(packed.length, 14);
    fields.writeUInt32LE(claimedSize ?? content.length, 18);
    fields.writeUInt16LE(nameBytes.length, 22);
    bodies.push(Buffer.from("PK\x03\x04", "latin1"), fields, nameBytes, packed);
    const central = Buffer.alloc(46);
    central.write("PK\x01\x02", 0, "latin1");
    central.writeUInt16LE(0x0314, 4);
    fields.copy(central, 6);
    central.writeUInt32LE((unixMode << 16) >>> 0, 38);
    central.writeUInt32LE(offset, 42);
    directory.push(central, nameBytes);
    offset += 30 + nameBytes.length + packed.length;
  }
  const size = directory.reduce((sum, part) => sum + part.length, 0);
  const end = Buffer.alloc(22);
  end.write("PK\x05\x06", 0, "latin1");
  end.writeUInt16LE(Math.min(0xffff, entries.length), 8);
  end.writeUInt16LE(Math.min(0xffff, entries.length), 10);
  end.writeUInt32LE(size, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...bodies, ...directory, end]);
}
