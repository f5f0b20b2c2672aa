import type { Codec } from "./codec.ts";
import {
  leastSegmented,
  packSegments,
  type SegmentedEntry,
  type Stretches,
  standsIn,
  unpackSegments,
  unpackStretches,
} from "./segments.ts";

/** What is wrong with a zip file; the caller words it. */
export class ZipError extends Error {
  constructor(readonly reason: "not a zip" | "truncated" | "encrypted" | "too large" | "unsupported") {
    super(reason);
  }
}

/** An entry as the archive has it; its bytes are looked at only when somebody asks. */
interface StoredEntry {
  readonly name: string;
  /** As spelt in the archive. */
  readonly rawName: Uint8Array;
  readonly flags: number;
  readonly method: number;
  /** Time and date as the archive has them. */
  readonly stamp: Uint8Array;
  readonly checksum: number;
  readonly packed: number;
  readonly unpacked: number;
  readonly offset: number;
}

/** What an entry holds as it stands in the archive. */
interface Packed {
  readonly method: number;
  readonly checksum: number;
  readonly bytes: Uint8Array;
  /** Size of the content. */
  readonly unpacked: number;
}

/** A zip may unpack to no more than this, so that a small file cannot fill the memory. */
const limits = { entries: 5_000, bytes: 600 * 1024 * 1024, ratio: 250, ratioFrom: 64 * 1024 * 1024 };

const signature = { local: 0x04034b50, central: 0x02014b50, end: 0x06054b50, end64: 0x06064b50, locator64: 0x07064b50 };
const deflated = 8;
/** Bytes from which on it pays to pack something beside other things. */
const large = 0x1_0000;
const encryptedFlag = 1;
const utf8Flag = 0x0800;
/** 1 January 1980, the earliest date that a zip can hold. */
const earliest = Uint8Array.of(0, 0, 0x21, 0);

/**
 * A zip whose entries can be read, replaced, added and removed; entries that nobody replaced are written as they came, without
 * being unpacked. Equal changes to an equal archive give equal bytes.
 *
 * Of our own because the libraries at hand unpack and pack every entry (PizZip) or read through callbacks only (yauzl), and none
 * copies.
 */
export class ZipArchive {
  readonly #entries = new Map<string, StoredEntry>();
  readonly #changed = new Map<string, Uint8Array | Packed>();
  /** Of entries that have been read: those that are packed in segments. */
  readonly #segmented = new Map<string, SegmentedEntry>();
  /** In the order of writing. */
  readonly #order: string[] = [];

  /** @throws ZipError */
  constructor(
    private readonly bytes: Uint8Array,
    private readonly codec: Codec,
  ) {
    if (bytes.length === 0) return;
    for (const entry of listEntries(bytes, codec)) {
      // The second of two entries of a name is what some programs show and others do not.
      if (this.#entries.has(entry.name)) throw new ZipError("unsupported");
      this.#entries.set(entry.name, entry);
      this.#order.push(entry.name);
    }
  }

  get names(): readonly string[] {
    return this.#order;
  }

  has(name: string): boolean {
    return this.#changed.has(name) || this.#entries.has(name);
  }

  /** The name as the archive spells it, in whichever letters it is asked for; undefined when there is none. */
  find(name: string): string | undefined {
    if (this.has(name)) return name;
    const wanted = name.toLowerCase();
    return this.#order.find((each) => each.toLowerCase() === wanted);
  }

  /** The content of an entry, its checksum verified; undefined when there is none. @throws ZipError */
  read(name: string): Uint8Array | undefined {
    return this.reader(name)?.();
  }

  /** What reads an entry as it is now, whatever is written in its place; undefined when there is none. */
  reader(name: string): (() => Uint8Array) | undefined {
    const changed = this.#changed.get(name);
    if (changed) return () => (changed instanceof Uint8Array ? changed : this.#unpack(changed));
    const entry = this.#entries.get(name);
    return entry && (() => this.#unpack(this.#asItCame(entry), name));
  }

  /** What finds the segments of an entry as it is now, once its reader has read it; it finds none where it has none. */
  segmented(name: string): () => SegmentedEntry | undefined {
    return this.#changed.has(name) ? () => undefined : () => this.#segmented.get(name);
  }

  /** What came in the archive, whatever program packed it: of two archives with the same contents this is equal. */
  get contents(): string {
    const entries = [...this.#entries.values()];
    return JSON.stringify(entries.map(({ name, checksum, unpacked }) => [name, checksum, unpacked]));
  }

  /** Size of an entry's content in bytes. */
  sizeOf(name: string): number {
    const changed = this.#changed.get(name);
    return changed instanceof Uint8Array ? changed.length : ((changed ?? this.#entries.get(name))?.unpacked ?? 0);
  }

  write(name: string, content: Uint8Array): void {
    if (!this.has(name)) this.#order.push(name);
    const entry = this.#entries.get(name);
    // What is as it was stays packed as it came.
    if (entry && this.#isSame(entry, content)) this.#changed.delete(name);
    else this.#changed.set(name, content);
  }

  #isSame(entry: StoredEntry, content: Uint8Array): boolean {
    if (content.length !== entry.unpacked || this.codec.crc32(content) !== entry.checksum) return false;
    const before = this.#unpack(this.#asItCame(entry));
    let at = 0;
    while (at < content.length && content[at] === before[at]) at += 1;
    return at === content.length;
  }

  /** As `write`, for what is large and not read again: it is packed at once, and kept only so. */
  writePacked(name: string, content: Uint8Array): void {
    this.write(name, content);
    if (this.#changed.get(name) === content)
      this.#changed.set(name, this.#packed(content, this.codec.deflate(content)));
  }

  /** As `write`, for what is packed already, as films and photos are: it is put in as it is. */
  writeStored(name: string, content: Uint8Array): void {
    this.write(name, content);
    if (this.#changed.get(name) !== content) return;
    const stored = { method: 0, checksum: this.codec.crc32(content), bytes: content, unpacked: content.length };
    this.#changed.set(name, stored);
  }

  /**
   * As `writePacked` of pieces one after the other, packed while other things are done. Nobody may ask for the entry before that
   * has ended.
   */
  async writePiecesPacked(name: string, pieces: Stretches): Promise<void> {
    const unpacked = pieces.reduce((sum, { length }) => sum + length, 0);
    const entry = this.#entries.get(name);
    if (entry?.unpacked === unpacked && this.#hasPieces(name, entry, pieces)) {
      this.#changed.delete(name);
      return;
    }
    const { packed, checksum } = await this.#packPieces(pieces, unpacked);
    if (!this.has(name)) this.#order.push(name);
    this.#changed.set(name, { method: deflated, checksum, bytes: packed, unpacked });
  }

  /** Whether an entry as it came has what the pieces have, which are as long. */
  #hasPieces(name: string, entry: StoredEntry, pieces: Stretches): boolean {
    const segmented = this.#segmented.get(name);
    return segmented
      ? standsIn(segmented, pieces, this.codec)
      : this.#isSame(entry, this.codec.fromBinary(unpackStretches(pieces)));
  }

  async #packPieces(pieces: Stretches, size: number): Promise<{ packed: Uint8Array; checksum: number }> {
    const { codec } = this;
    const { segments } = codec;
    if (!segments || size < leastSegmented) return codec.deflatePieces(unpackStretches(pieces));
    const { packed, checksum } = await packSegments(pieces, { ...codec, segments });
    return { packed: joinBytes(packed), checksum };
  }

  /** Packs what is large of all that was written, while other things are done. */
  async packLarge(): Promise<void> {
    for (const [name, content] of this.#changed) {
      if (content instanceof Uint8Array && content.length >= large) await this.writePiecesPacked(name, [content]);
    }
  }

  remove(name: string): void {
    if (!this.has(name)) return;
    this.#changed.delete(name);
    this.#entries.delete(name);
    this.#order.splice(this.#order.indexOf(name), 1);
  }

  /** @param options with `compress: false` what was written is stored as it is */
  pack({ compress } = { compress: true }): Uint8Array {
    const parts: Uint8Array[] = [];
    const directory: Uint8Array[] = [];
    let offset = 0;
    for (const name of this.#order) {
      const changed = this.#changed.get(name);
      const entry = this.#entries.get(name);
      const held = changed ?? (entry && this.#asItCame(entry));
      if (!held) throw new Error(`${name} is neither in the archive nor written`);
      const { method, checksum, bytes, unpacked } =
        held instanceof Uint8Array
          ? compress
            ? this.#packed(held, this.codec.deflate(held))
            : { method: 0, checksum: this.codec.crc32(held), bytes: held, unpacked: held.length }
          : held;
      const rawName = entry?.rawName ?? this.codec.encode(name);
      const fields = new Uint8Array(26);
      const view = new DataView(fields.buffer);
      view.setUint16(0, 20, true);
      view.setUint16(2, entry ? entry.flags & utf8Flag : utf8Flag, true);
      view.setUint16(4, method, true);
      fields.set(changed ? earliest : (entry?.stamp ?? earliest), 6);
      view.setUint32(10, checksum, true);
      view.setUint32(14, bytes.length, true);
      view.setUint32(18, unpacked, true);
      view.setUint16(22, rawName.length, true);
      parts.push(numbers(signature.local), fields, rawName, bytes);
      const central = new Uint8Array(46);
      const centralView = new DataView(central.buffer);
      centralView.setUint32(0, signature.central, true);
      centralView.setUint16(4, 20, true);
      central.set(fields, 6);
      centralView.setUint32(42, offset, true);
      directory.push(central, rawName);
      offset += 30 + rawName.length + bytes.length;
    }
    const end = new Uint8Array(22);
    const view = new DataView(end.buffer);
    view.setUint32(0, signature.end, true);
    view.setUint16(8, this.#order.length, true);
    view.setUint16(10, this.#order.length, true);
    view.setUint32(
      12,
      directory.reduce((sum, { length }) => sum + length, 0),
      true,
    );
    view.setUint32(16, offset, true);
    return joinBytes([...parts, ...directory, end]);
  }

  #packed(content: Uint8Array, bytes: Uint8Array): Packed {
    return { method: deflated, checksum: this.codec.crc32(content), bytes, unpacked: content.length };
  }

  #asItCame(entry: StoredEntry): Packed {
    const { method, checksum, unpacked } = entry;
    return { method, checksum, unpacked, bytes: packedBytes(this.bytes, entry) };
  }

  /** @param name of an entry as it came */
  #unpack({ method, checksum, bytes, unpacked }: Packed, name?: string): Uint8Array {
    let content: Uint8Array;
    const inSegments =
      name !== undefined && method === deflated ? unpackSegments(bytes, unpacked, this.codec) : undefined;
    if (name !== undefined && inSegments?.checksum === checksum) {
      this.#segmented.set(name, inSegments.entry);
      return inSegments.content;
    }
    if (method === 0) content = bytes;
    else if (method === deflated) {
      try {
        content = this.codec.inflate(bytes, unpacked);
      } catch (error) {
        throw new ZipError(error instanceof RangeError ? "too large" : "truncated");
      }
    } else throw new ZipError("unsupported");
    if (content.length !== unpacked || this.codec.crc32(content) !== checksum) throw new ZipError("truncated");
    return content;
  }
}

function numbers(value: number): Uint8Array {
  const bytes = new Uint8Array(4);
  new DataView(bytes.buffer).setUint32(0, value, true);
  return bytes;
}

function joinBytes(chunks: readonly Uint8Array[]): Uint8Array {
  const joined = new Uint8Array(chunks.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const chunk of chunks) {
    joined.set(chunk, at);
    at += chunk.length;
  }
  return joined;
}

/** Sizes come from the directory, so data descriptors behind the entries play no part. */
function packedBytes(bytes: Uint8Array, entry: StoredEntry): Uint8Array {
  const view = viewOf(bytes);
  if (entry.offset + 30 > bytes.length || view.getUint32(entry.offset, true) !== signature.local) {
    throw new ZipError("truncated");
  }
  const start = entry.offset + 30 + view.getUint16(entry.offset + 26, true) + view.getUint16(entry.offset + 28, true);
  if (start + entry.packed > bytes.length) throw new ZipError("truncated");
  return bytes.subarray(start, start + entry.packed);
}

const viewOf = (bytes: Uint8Array) => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);

function listEntries(bytes: Uint8Array, codec: Codec): StoredEntry[] {
  const view = viewOf(bytes);
  if (bytes.length < 4 || view.getUint32(0, true) !== signature.local) throw new ZipError("not a zip");
  const { count, start } = findDirectory(view);
  if (count > limits.entries) throw new ZipError("too large");
  const entries: StoredEntry[] = [];
  let at = start;
  for (let i = 0; i < count; i += 1) {
    if (at + 46 > bytes.length || view.getUint32(at, true) !== signature.central) throw new ZipError("truncated");
    const nameEnd = at + 46 + view.getUint16(at + 28, true);
    const extraEnd = nameEnd + view.getUint16(at + 30, true);
    const end = extraEnd + view.getUint16(at + 32, true);
    if (end > bytes.length) throw new ZipError("truncated");
    const flags = view.getUint16(at + 8, true);
    if (flags & encryptedFlag) throw new ZipError("encrypted");
    const rawName = bytes.subarray(at + 46, nameEnd);
    const name = codec.decode(rawName).replaceAll("\\", "/").replace(/^\//, "");
    if (!name.endsWith("/")) {
      entries.push({
        name,
        rawName,
        flags,
        method: view.getUint16(at + 10, true),
        stamp: bytes.subarray(at + 12, at + 16),
        checksum: view.getUint32(at + 16, true),
        ...readSizes(view, at, nameEnd, extraEnd),
      });
    }
    at = end;
  }
  const total = entries.reduce((sum, { unpacked }) => sum + unpacked, 0);
  if (total > limits.bytes) throw new ZipError("too large");
  if (total > limits.ratioFrom && total > limits.ratio * bytes.length) throw new ZipError("too large");
  return entries;
}

function findDirectory(view: DataView): { count: number; start: number } {
  const lowest = Math.max(0, view.byteLength - 22 - 0xffff);
  for (let at = view.byteLength - 22; at >= lowest; at -= 1) {
    if (view.getUint32(at, true) !== signature.end) continue;
    const count = view.getUint16(at + 10, true);
    const start = view.getUint32(at + 16, true);
    if (count !== 0xffff && start !== 0xffffffff) return { count, start };
    const locator = at - 20;
    if (locator < 0 || view.getUint32(locator, true) !== signature.locator64) return { count, start };
    const end64 = Number(view.getBigUint64(locator + 8, true));
    if (end64 + 56 > view.byteLength || view.getUint32(end64, true) !== signature.end64) {
      throw new ZipError("truncated");
    }
    return { count: Number(view.getBigUint64(end64 + 32, true)), start: Number(view.getBigUint64(end64 + 48, true)) };
  }
  throw new ZipError("truncated");
}

/** Sizes over 4 GiB, or of writers that always use zip64, stand in extra field 1. */
function readSizes(
  view: DataView,
  at: number,
  extraStart: number,
  extraEnd: number,
): Pick<StoredEntry, "packed" | "unpacked" | "offset"> {
  const wide: number[] = [];
  for (let i = extraStart; i + 4 <= extraEnd; i += 4 + view.getUint16(i + 2, true)) {
    if (view.getUint16(i, true) !== 1) continue;
    const end = Math.min(extraEnd, i + 4 + view.getUint16(i + 2, true));
    for (let j = i + 4; j + 8 <= end; j += 8) wide.push(Number(view.getBigUint64(j, true)));
  }
  const read = (position: number) => {
    const value = view.getUint32(position, true);
    return value === 0xffffffff ? (wide.shift() ?? value) : value;
  };
  const unpacked = read(at + 24);
  const packed = read(at + 20);
  return { unpacked, packed, offset: read(at + 42) };
}
