/** HEIC and AVIF (ISO/IEC 23008-12): items of EXIF and XMP are blanked where they lie; how to turn the picture is a property of it. */
import { type Box, boxesIn, children } from "../documents/boxes.ts";
import type { ByteSource } from "../documents/byte-source.ts";
import { movieChanges } from "./clean-movie.ts";
import { type Change, damaged } from "./cleaned.ts";
import { freed, unnamedHandler, withoutProfileWords } from "./free-boxes.ts";

const keptInMeta = /^(?:pitm|iloc|iinf|iprp|iref|idat|grpl|dinf|ipro)$/;
/** Properties of a picture with its name, its description and when it was made. */
const saysWhatOrWhen = /^(?:udes|altt|crtt|mdft)$/;
/** What an item is that no picture is made of. */
const saysWho = /^(?:Exif|mime|uri )$/;

interface Reader {
  bytes: Buffer;
  at: number;
}

function take(reader: Reader, size: number): number {
  if (size === 0) return 0;
  const { at, bytes } = reader;
  if (at + size > bytes.length) throw damaged();
  reader.at += size;
  return size === 8 ? Number(bytes.readBigUInt64BE(at)) : bytes.readUIntBE(at, size);
}

/** Identifiers of the items that say who, and what blanks the names of all. */
async function readItems(source: ByteSource, box: Box): Promise<{ ids: Set<number>; changes: Change[] }> {
  const ids = new Set<number>();
  const changes: Change[] = [];
  const version = (await source.read(box.inner, 1))[0] ?? 0;
  for await (const entry of boxesIn(source, box.inner + (version === 0 ? 6 : 8), box.end)) {
    if (entry.type !== "infe") continue;
    const bytes = await source.read(entry.inner, entry.end - entry.inner);
    const reader = { bytes, at: 4 };
    const idBytes = bytes[0] === 3 ? 4 : 2;
    const id = take(reader, idBytes);
    take(reader, 2);
    const type = bytes.toString("latin1", reader.at, reader.at + 4);
    if (saysWho.test(type)) ids.add(id);
    changes.push({ at: entry.inner + reader.at + 4, length: bytes.length - reader.at - 4 });
  }
  return { ids, changes };
}

async function findContents(
  source: ByteSource,
  box: Box,
  ids: ReadonlySet<number>,
  itemData: Box | undefined,
): Promise<Change[]> {
  const reader = { bytes: await source.read(box.inner, box.end - box.inner), at: 4 };
  const version = reader.bytes[0] ?? 0;
  const sizes = take(reader, 2);
  const [offsetBytes, lengthBytes, baseBytes] = [sizes >> 12, (sizes >> 8) & 15, (sizes >> 4) & 15];
  const indexBytes = version === 0 ? 0 : sizes & 15;
  const count = take(reader, version < 2 ? 2 : 4);
  const changes: Change[] = [];
  for (let i = 0; i < count; i += 1) {
    const id = take(reader, version < 2 ? 2 : 4);
    const method = version === 0 ? 0 : take(reader, 2) & 15;
    take(reader, 2);
    const base = take(reader, baseBytes);
    const extents = take(reader, 2);
    for (let extent = 0; extent < extents; extent += 1) {
      take(reader, indexBytes);
      const at = base + take(reader, offsetBytes);
      const length = take(reader, lengthBytes);
      if (!ids.has(id)) continue;
      if (method > 1 || (method === 1 && !itemData)) throw damaged();
      changes.push({ at: method === 1 ? (itemData?.inner ?? 0) + at : at, length });
    }
  }
  return changes;
}

async function metaChanges(source: ByteSource, meta: Box): Promise<Change[]> {
  const boxes: Box[] = [];
  for await (const box of boxesIn(source, meta.inner + 4, meta.end)) boxes.push(box);
  const find = (type: string) => boxes.find((box) => box.type === type);
  const changes = boxes.flatMap((box) =>
    box.type === "hdlr" ? unnamedHandler(box) : keptInMeta.test(box.type) ? [] : freed(box),
  );
  const [items, places] = [find("iinf"), find("iloc")];
  if (!items || !places) throw damaged();
  const { ids, changes: unnamed } = await readItems(source, items);
  const properties = await propertyChanges(source, find("iprp"));
  return [...changes, ...unnamed, ...properties, ...(await findContents(source, places, ids, find("idat")))];
}

/** They are counted from the first on: one that goes leaves its place. */
async function propertyChanges(source: ByteSource, box: Box | undefined): Promise<Change[]> {
  const lists = box ? await children(source, box) : [];
  const changes: Change[] = [];
  for (const list of lists.filter(({ type }) => type === "ipco"))
    for (const property of await children(source, list)) {
      if (property.type === "colr") changes.push(...(await withoutProfileWords(source, property)));
      else if (saysWhatOrWhen.test(property.type)) changes.push(...freed(property));
    }
  return changes;
}

/** @throws UnreadableError */
export async function heicChanges(source: ByteSource): Promise<Change[]> {
  const changes: Change[] = [];
  for await (const box of boxesIn(source, 0, source.size)) {
    if (box.type === "meta") changes.push(...(await metaChanges(source, box)));
    else if (box.type === "moov") changes.push(...(await movieChanges(source, box)));
    else if (!/^(?:ftyp|mdat)$/.test(box.type)) changes.push(...freed(box));
  }
  return changes;
}
