/** .mkv, .webm (RFC 9559): tags, titles and attachments become empty space of the same size, so that nothing else moves. */
import type { ByteSource } from "../documents/byte-source.ts";
import { type Change, damaged } from "./cleaned.ts";

const id = {
  segment: 0x18538067,
  cluster: 0x1f43b675,
  info: 0x1549a966,
  tracks: 0x1654ae6b,
  track: 0xae,
  codecPrivate: 0x63a2,
  muxingApp: 0x4d80,
  writingApp: 0x5741,
  crc: 0xbf,
  space: 0xec,
};
/** Tags, attachments, chapters, titles, names of files, times, names of tracks and coders, and old space. */
const blanked = new Set([
  0x1254c367,
  0x1941a469,
  0x1043a770,
  0x7ba9,
  0x7384,
  0x3c83ab,
  0x3e83bb,
  0x4461,
  0x536e,
  0x258688,
  id.crc,
  id.space,
]);
/** Their contents are looked through. */
const opened = new Set([id.segment, id.info, id.tracks, id.track]);
const mostElements = 2_000_000;

interface Element {
  readonly id: number;
  readonly start: number;
  readonly inner: number;
  /** Undefined where the file does not say, as one that was sent while it was recorded. */
  readonly end: number | undefined;
}

const lengthOfNumber = (first: number) => Math.clz32(first) - 23;

async function elementAt(source: ByteSource, at: number): Promise<Element> {
  const head = await source.read(at, 12);
  const idBytes = lengthOfNumber(head[0] ?? 0);
  const sizeBytes = lengthOfNumber(head[idBytes] ?? 0);
  if (idBytes > 4 || sizeBytes > 8 || idBytes + sizeBytes > head.length) throw damaged();
  let size = (head[idBytes] ?? 0) & (0xff >> sizeBytes);
  let isOpen = size === 0xff >> sizeBytes;
  for (let i = 1; i < sizeBytes; i += 1) {
    const byte = head[idBytes + i] ?? 0;
    isOpen &&= byte === 0xff;
    size = size * 256 + byte;
  }
  const inner = at + idBytes + sizeBytes;
  return { id: head.readUIntBE(0, idBytes), start: at, inner, end: isOpen ? undefined : inner + size };
}

/** An element of empty space in the place of another. */
function spaceFor(start: number, end: number): Change[] {
  const length = end - start;
  const sizeBytes = Math.min(8, length - 1);
  const head = Buffer.alloc(1 + sizeBytes);
  head[0] = id.space;
  let size = length - 1 - sizeBytes;
  for (let i = sizeBytes; i >= 1; i -= 1) {
    head[i] = size % 256;
    size = Math.floor(size / 256);
  }
  head[1] = (head[1] ?? 0) | (0x100 >> sizeBytes);
  return [
    { at: start, length: head.length, bytes: head },
    { at: start + head.length, length: length - head.length },
  ];
}

/** Lines of the head of subtitles (.ass) that decide how they look; the others name scripts, authors and files. */
const looks =
  /^(?:\[|;?$|(?:ScriptType|PlayRes[XY]|LayoutRes[XY]|WrapStyle|Collisions|Timer|ScaledBorderAndShadow|YCbCr Matrix|Format|Style|Dialogue)\s*:)/i;
const mostOfHead = 1024 * 1024;

/** Blanks those lines by spaces. */
async function scriptInfo(source: ByteSource, from: number, to: number): Promise<Change[]> {
  if (to - from > mostOfHead) return [];
  const bytes = await source.read(from, to - from);
  const text = bytes.toString("latin1");
  if (!text.includes("[Script Info]")) return [];
  const changes: Change[] = [];
  for (const { 0: line, index } of text.matchAll(/[^\r\n]+/g))
    if (!looks.test(line.replace(/^\xef\xbb\xbf/, "")))
      changes.push({ at: from + index, length: line.length, bytes: Buffer.alloc(line.length, " ") });
  return changes;
}

/** Comments of a sound by Xiph, as its packet has them: lengths and numbers stay, letters become spaces. */
function commentsOfXiph(bytes: Buffer, from: number): Change[] {
  const changes: Change[] = [];
  let at = from;
  const blank = () => {
    const length = at + 4 <= bytes.length ? bytes.readUInt32LE(at) : 0;
    if (length > 0 && at + 4 + length <= bytes.length)
      changes.push({ at: at + 4, length, bytes: Buffer.alloc(length, " ") });
    at += 4 + length;
  };
  blank();
  const count = at + 4 <= bytes.length ? bytes.readUInt32LE(at) : 0;
  at += 4;
  for (let i = 0; i < count && at + 4 <= bytes.length; i += 1) blank();
  return changes;
}

const vorbis = Buffer.from("\x03vorbis", "latin1");
const flac = { mark: "fLaC", last: 0x80, kept: new Set([0, 3]), padding: 1 };

/** What a coder of sound keeps beside its settings. */
async function soundComments(source: ByteSource, from: number, to: number): Promise<Change[]> {
  if (to - from > mostOfHead) return [];
  const bytes = await source.read(from, to - from);
  const changes: Change[] = [];
  const comments = bytes.indexOf(vorbis);
  // Two headers stand before it at most, with their lengths.
  if (bytes[0] === 2 && comments > 0) changes.push(...commentsOfXiph(bytes, comments + vorbis.length));
  if (bytes.toString("latin1", 0, 4) === flac.mark)
    for (let at = 4; at + 4 <= bytes.length; at += 4 + bytes.readUIntBE(at + 1, 3)) {
      const head = bytes[at] ?? 0;
      if (flac.kept.has(head & ~flac.last)) continue;
      const length = Math.min(bytes.readUIntBE(at + 1, 3), bytes.length - at - 4);
      changes.push({ at, length: 1, bytes: Buffer.from([(head & flac.last) | flac.padding]) }, { at: at + 4, length });
    }
  return changes.map((change) => ({ ...change, at: from + change.at }));
}

/** What has to change in a whole file. @throws UnreadableError */
export async function matroskaChanges(source: ByteSource): Promise<Change[]> {
  const changes: Change[] = [];
  let count = 0;
  for (let at = 0; at + 2 <= source.size; ) {
    count += 1;
    if (count > mostElements) throw damaged();
    const element = await elementAt(source, at);
    const end = element.end ?? source.size;
    if (end > source.size && element.id !== id.segment) throw damaged();
    if (blanked.has(element.id)) {
      if (element.end === undefined) throw damaged();
      changes.push(...spaceFor(element.start, end));
    } else if (element.id === id.muxingApp || element.id === id.writingApp) {
      changes.push({ at: element.inner, length: end - element.inner });
    } else if (element.id === id.codecPrivate)
      changes.push(
        ...(await scriptInfo(source, element.inner, end)),
        ...(await soundComments(source, element.inner, end)),
      );
    // A part of unknown length is followed by its own content; so nothing is lost by looking through it.
    at = opened.has(element.id) || element.end === undefined ? element.inner : end;
  }
  return changes;
}
