/**
 * Colour profiles (ICC.1:2022) with nothing but colours: programs write into them the serial number of a screen, the path of the
 * profile on somebody's machine, when it was measured and by whom.
 */

const header = { bytes: 128, made: 24, maker: 48, makerEnd: 56, creator: 80, end: 128 };
/** Noon of no day in particular: a profile has to have been made some time. */
const someDay = [2000, 1, 1, 12, 0, 0];
/** What a picture is shown by. */
const kept =
  /^(?:[rgbk]TRC|[rgb]XYZ|wtpt|bkpt|chad|chrm|cicp|lumi|meas|view|tech|gamt|rig[02]|pre[0-2]|A2B[0-3]|B2A[0-3]|D2B[0-3]|B2D[0-3]|ncl2|clr[ot]|clot)$/;
/** Has to be there, with no words in it. */
const emptied = /^(?:desc|cprt)$/;
const entryBytes = 12;
const typeHead = 8;
const mostTags = 200;

/** The beginning of a text that is empty, by its type. */
function emptyText(type: string, room: number): Buffer {
  const text = Buffer.alloc(room);
  text.write(type, 0, "latin1");
  // Of `desc` one character, which ends it; of `mluc` no record, each of twelve bytes.
  if (type === "desc" && room >= 12) text.writeUInt32BE(1, 8);
  if (type === "mluc" && room >= 16) text.writeUInt32BE(12, 12);
  return text;
}

/** @returns one of the same size; what is no profile, by which nobody shows anything, becomes zeros */
export function cleanIcc(profile: Uint8Array): Buffer {
  const bytes = Buffer.from(profile);
  const fresh = Buffer.alloc(bytes.length);
  const count = bytes.length < header.bytes + 4 ? 0 : bytes.readUInt32BE(header.bytes);
  const table = header.bytes + 4;
  if (bytes.toString("latin1", 36, 40) !== "acsp" || count > mostTags || table + count * entryBytes > bytes.length)
    return fresh;
  bytes.copy(fresh, 0, 0, header.end);
  fresh.fill(0, header.maker, header.makerEnd).fill(0, header.creator, header.end);
  someDay.forEach((number, i) => {
    fresh.writeUInt16BE(number, header.made + 2 * i);
  });
  const tags = Array.from({ length: count }, (_, i) => {
    const at = table + i * entryBytes;
    const [from, length] = [bytes.readUInt32BE(at + 4), bytes.readUInt32BE(at + 8)];
    return { name: bytes.toString("latin1", at, at + 4), from, length };
  }).filter(
    ({ name, from, length }) =>
      (kept.test(name) || emptied.test(name)) && from >= table && from + length <= bytes.length,
  );
  fresh.writeUInt32BE(tags.length, header.bytes);
  // Two tags may share a place: what is kept is put over what is emptied.
  for (const { name, from, length } of tags)
    if (emptied.test(name) && length >= typeHead)
      emptyText(bytes.toString("latin1", from, from + 4), length).copy(fresh, from);
  for (const { name, from, length } of tags) if (kept.test(name)) bytes.copy(fresh, from, from, from + length);
  tags.forEach(({ name, from, length }, i) => {
    const at = table + i * entryBytes;
    fresh.write(name, at, "latin1");
    fresh.writeUInt32BE(from, at + 4);
    fresh.writeUInt32BE(length, at + 8);
  });
  return fresh;
}
