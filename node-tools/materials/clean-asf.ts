/** .wmv, .asf: objects with descriptions become padding of the same size. */
import type { ByteSource } from "../documents/byte-source.ts";
import { type Change, damaged } from "./cleaned.ts";

/** As a GUID is written: its first three parts turned round in the file. */
function guid(text: string): string {
  const [a = "", b = "", c = "", ...rest] = text.split("-");
  const turned = (part: string) => part.match(/../g)?.reverse().join("") ?? "";
  return `${turned(a)}${turned(b)}${turned(c)}${rest.join("")}`.toLowerCase();
}

const header = guid("75B22630-668E-11CF-A6D9-00AA0062CE6C");
const extension = guid("5FBF03B5-A92E-11CF-8EE3-00C00C205365");
const padding = Buffer.from(guid("1806D474-CADF-4509-A4BA-9AABCB96AAE8"), "hex");
/** Properties of the file and its streams, and what is needed to play them. */
const kept = new Set(
  [
    "8CABDCA1-A947-11CF-8EE4-00C00C205365", // file properties
    "B7DC0791-A9B7-11CF-8EE6-00C00C205365", // stream properties
    "5FBF03B5-A92E-11CF-8EE3-00C00C205365", // header extension
    "7BF875CE-468D-11D1-8D82-006097C9A2B2", // bitrates of streams
    "D6E229DC-35DA-11D1-9034-00A0C90349BE", // mutual exclusion
    "D4FED15B-88D3-454F-81F0-ED5C45999E24", // stream prioritisation
    "14E6A5CB-C672-4332-8399-A96952065B5A", // extended stream properties
    "A69609E6-517B-11D2-B6AF-00C04FD908E9", // advanced mutual exclusion
    "7C4346A9-EFE0-4BFC-B229-393EDE415C85", // language list
    "26F18B5D-4584-47EC-9F5F-0E651F0452C9", // compatibility
  ].map(guid),
);
/** Behind the header: what was recorded, and where to find it. */
const keptBehind = new Set(
  [
    "75B22636-668E-11CF-A6D9-00AA0062CE6C", // data
    "33000890-E5B1-11CF-89F4-00A0C90349CB", // simple index
    "D6E229D3-35DA-11D1-9034-00A0C90349BE", // index
    "FEB103F8-12AD-4C64-840F-2A1D2F7AD48C", // media index
  ].map(guid),
);
/** When it was made, and a number of the file, in which that of the machine may be; what was recorded repeats the number. */
const fileProperties = guid("8CABDCA1-A947-11CF-8EE4-00C00C205365");
const withNumber = new Set(["75B22636-668E-11CF-A6D9-00AA0062CE6C", "33000890-E5B1-11CF-89F4-00A0C90349CB"].map(guid));
const numberBytes = 16;
const made = { at: 48, length: 8 };
const metadata = guid("C5F8CBEA-5BAF-4877-8467-AA8C44FA4CCA");
/** What metadata tell of how a film is shown. */
const shape = /^AspectRatio[XY]$/;
const objectHead = 24;
/** Behind its head and before its own objects. */
const beforeInner = { header: 6, extension: 22 };

/** All records but those of the shape: name and value. */
async function metadataChanges(source: ByteSource, at: number, end: number): Promise<Change[]> {
  const changes: Change[] = [];
  for (let record = at + objectHead + 2; record + 12 <= end; ) {
    const head = await source.read(record, 12);
    const [nameBytes, valueBytes] = [head.readUInt16LE(4), head.readUInt32LE(8)];
    const length = nameBytes + valueBytes;
    if (record + 12 + length > end) throw damaged();
    const name = (await source.read(record + 12, nameBytes)).toString("utf16le").replace(/\0+$/, "");
    if (!shape.test(name)) changes.push({ at: record + 12, length });
    record += 12 + length;
  }
  return changes;
}

async function objects(source: ByteSource, from: number, to: number, changes: Change[]): Promise<void> {
  for (let at = from; at + objectHead <= to; ) {
    const head = await source.read(at, objectHead);
    const kind = head.toString("hex", 0, 16);
    const end = at + Number(head.readBigUInt64LE(16));
    if (end < at + objectHead || end > to) throw damaged();
    if (kind === fileProperties && end >= at + made.at + made.length)
      changes.push({ at: at + objectHead, length: numberBytes }, { at: at + made.at, length: made.length });
    if (kind === extension) await objects(source, at + objectHead + beforeInner.extension, end, changes);
    else if (kind === metadata) changes.push(...(await metadataChanges(source, at, end)));
    else if (!kept.has(kind))
      changes.push({ at, length: 16, bytes: padding }, { at: at + objectHead, length: end - at - objectHead });
    at = end;
  }
}

/** What has to change in a whole file. @throws UnreadableError */
export async function asfChanges(source: ByteSource): Promise<Change[]> {
  const head = await source.read(0, objectHead);
  if (head.length < objectHead || head.toString("hex", 0, 16) !== header) throw damaged();
  const end = Number(head.readBigUInt64LE(16));
  if (end > source.size) throw damaged();
  const changes: Change[] = [];
  await objects(source, objectHead + beforeInner.header, end, changes);
  let at = end;
  while (at + objectHead <= source.size) {
    const next = await source.read(at, objectHead);
    const kind = next.toString("hex", 0, 16);
    const size = Number(next.readBigUInt64LE(16));
    // A film that was broken off while it was recorded does not say how long it is.
    const isOpen = keptBehind.has(kind) && (size === 0 || at + size > source.size);
    if (withNumber.has(kind) && (isOpen || size >= objectHead + numberBytes))
      changes.push({ at: at + objectHead, length: numberBytes });
    if (isOpen) return changes;
    if (size < objectHead || at + size > source.size) break;
    if (!keptBehind.has(kind))
      changes.push({ at, length: 16, bytes: padding }, { at: at + objectHead, length: size - objectHead });
    at += size;
  }
  return at < source.size ? [...changes, { at, length: source.size - at }] : changes;
}
