/** TIFF (6.0) without any tag that does not say how the picture is coded. */
import { UnreadableError } from "../documents/limits.ts";
import { cleanIcc } from "./clean-icc.ts";
import { damaged } from "./cleaned.ts";

const tag = {
  orientation: 274,
  subFiles: 330,
  stripOffsets: 273,
  stripBytes: 279,
  tileOffsets: 324,
  tileBytes: 325,
  colours: 262,
  profile: 34675,
  dngVersion: 50706,
};
/** Of sensors, which no viewer of TIFF shows. */
const rawColours = 32803;
const jpegInterchange = { at: 513, length: 514 };
/** Size, colours, compression and where the picture lies. */
const kept = new Set([
  254, 255, 256, 257, 258, 259, 262, 263, 264, 265, 266, 273, 274, 277, 278, 279, 280, 281, 282, 283, 284, 290, 291,
  292, 293, 296, 297, 301, 317, 318, 319, 320, 321, 322, 323, 324, 325, 330, 332, 334, 336, 338, 339, 340, 341, 342,
  347, 512, 513, 514, 515, 517, 518, 519, 520, 521, 529, 530, 531, 532, 34675,
]);
/** Bytes of a value by its type; 0 for no type. */
const typeBytes = [0, 1, 1, 2, 4, 8, 1, 1, 2, 4, 8, 4, 8, 4];
const mostDirectories = 2000;

interface Order {
  u16(at: number): number;
  u32(at: number): number;
}

function orderOf(bytes: Buffer): Order | undefined {
  const isLittle = bytes[0] === 0x49;
  if (bytes.length < 8 || (!isLittle && bytes[0] !== 0x4d)) return undefined;
  return {
    u16: (at) => (isLittle ? bytes.readUInt16LE(at) : bytes.readUInt16BE(at)),
    u32: (at) => (isLittle ? bytes.readUInt32LE(at) : bytes.readUInt32BE(at)),
  };
}

/** How a picture is to be turned, by a TIFF or an EXIF; undefined where it does not say. */
export function orientationOf(tiff: Buffer): number | undefined {
  const order = orderOf(tiff);
  if (!order) return undefined;
  try {
    const directory = order.u32(4);
    const count = order.u16(directory);
    for (let i = 0; i < count; i += 1) {
      const at = directory + 2 + 12 * i;
      if (order.u16(at) === tag.orientation) return order.u16(at + 8);
    }
  } catch {
    // A damaged one turns nothing.
  }
  return undefined;
}

/**
 * A file of the same size in which nothing is left but what the picture needs: the kept tags, what they point to, the picture.
 * @throws UnreadableError
 */
export function cleanTiff(bytes: Buffer): Buffer {
  const order = orderOf(bytes);
  if (!order) throw damaged();
  try {
    return new Rewriter(bytes, order).rewrite();
  } catch (error) {
    throw error instanceof UnreadableError ? error : damaged();
  }
}

class Rewriter {
  private readonly fresh: Buffer;
  private readonly done = new Set<number>();
  private readonly profiles: { readonly at: number; readonly size: number }[] = [];

  constructor(
    private readonly bytes: Buffer,
    private readonly order: Order,
  ) {
    this.fresh = Buffer.alloc(bytes.length);
  }

  rewrite(): Buffer {
    this.keep(0, 8);
    this.directories(this.order.u32(4));
    for (const { at, size } of this.profiles)
      if (size > 4) cleanIcc(this.bytes.subarray(at, at + size)).copy(this.fresh, at);
    return this.fresh;
  }

  /** @throws an error for what lies outside the file */
  private keep(at: number, length: number): void {
    if (at + length > this.bytes.length) throw damaged();
    this.bytes.copy(this.fresh, at, at, at + length);
  }

  private values(entry: number): number[] {
    const type = this.order.u16(entry + 2);
    const count = this.order.u32(entry + 4);
    const each = typeBytes[type] ?? 0;
    // Values without size would be as many as the file likes to say.
    if (each === 0) throw damaged();
    const at = each * count > 4 ? this.order.u32(entry + 8) : entry + 8;
    if (at + each * count > this.bytes.length) throw damaged();
    return Array.from({ length: count }, (_, i) =>
      each === 2 ? this.order.u16(at + 2 * i) : each === 4 ? this.order.u32(at + 4 * i) : (this.bytes[at + i] ?? 0),
    );
  }

  private directories(first: number): void {
    for (let at = first; at !== 0 && !this.done.has(at); at = this.directory(at)) {
      if (this.done.size > mostDirectories) throw damaged();
      this.done.add(at);
    }
  }

  /** @returns where the next one is; 0 for the last */
  private directory(at: number): number {
    const count = this.order.u16(at);
    const next = this.order.u32(at + 2 + 12 * count);
    const entries = Array.from({ length: count }, (_, i) => at + 2 + 12 * i);
    const places = new Map<number, number[]>();
    // The entries that stay move together, the place of the next directory behind them.
    let to = at + 2;
    for (const entry of entries) {
      const name = this.order.u16(entry);
      const size = (typeBytes[this.order.u16(entry + 2)] ?? 0) * this.order.u32(entry + 4);
      const isRaw = name === tag.dngVersion || (name === tag.colours && this.order.u16(entry + 8) === rawColours);
      if (isRaw)
        throw new UnreadableError("是相机的原始照片（RAW、DNG），无法清除其中的身份信息；请导出为 .jpg 后重新提交");
      if (!kept.has(name)) continue;
      this.bytes.copy(this.fresh, to, entry, entry + 12);
      to += 12;
      if (size > 4) this.keep(this.order.u32(entry + 8), size);
      if (name === tag.profile) this.profiles.push({ at: this.order.u32(entry + 8), size });
      places.set(name, this.values(entry));
    }
    const left = (to - at - 2) / 12;
    // In the order of the file: both numbers are there as bytes of a directory that held more.
    const isLittle = this.bytes[0] === 0x49;
    if (isLittle) this.fresh.writeUInt16LE(left, at);
    else this.fresh.writeUInt16BE(left, at);
    if (isLittle) this.fresh.writeUInt32LE(next, to);
    else this.fresh.writeUInt32BE(next, to);
    this.picture(places.get(tag.stripOffsets), places.get(tag.stripBytes));
    this.picture(places.get(tag.tileOffsets), places.get(tag.tileBytes));
    this.picture(places.get(jpegInterchange.at), places.get(jpegInterchange.length));
    for (const inner of places.get(tag.subFiles) ?? []) this.directories(inner);
    return next;
  }

  private picture(places: readonly number[] = [], sizes: readonly number[] = []): void {
    if (places.length !== sizes.length) throw damaged();
    places.forEach((at, i) => {
      this.keep(at, sizes[i] ?? 0);
    });
  }
}
