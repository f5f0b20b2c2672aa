/** .avi, .wav: lists of tags, names of tracks and old space become empty space of the same size. */
import type { ByteSource } from "../documents/byte-source.ts";
import { type Change, damaged, latin } from "./cleaned.ts";

/** What players need; in `strd` cameras write their names and numbers. What was recorded is numbered by its track. */
const kept = {
  film: /^(?:avih|strh|strf|vprp|indx|dmlh|idx1|\d[\da-f]..|ix\d[\da-f])$/i,
  sound: /^(?:fmt |fact|data)$/,
};
const openedLists = /^(?:hdrl|strl|odml|movi|rec )$/;

async function chunks(
  source: ByteSource,
  [from, to]: readonly [number, number],
  what: keyof typeof kept,
  changes: Change[],
  isRecording = false,
): Promise<void> {
  for (let at = from; at + 8 <= to; ) {
    const head = await source.read(at, 12);
    const type = head.toString("latin1", 0, 4);
    const size = head.readUInt32LE(4);
    const end = at + 8 + size;
    // What was recorded is read to where it is whole.
    if (end > to + 1 && isRecording) return;
    if (end > to + 1) throw damaged();
    const list = type === "LIST" || type === "RIFF" ? head.toString("latin1", 8, 12) : "";
    if (type === "RIFF" || openedLists.test(list)) {
      const inner = [at + 12, Math.min(end, to)] as const;
      await chunks(source, inner, what, changes, isRecording || list === "movi");
    } else if (!kept[what].test(type))
      changes.push({ at, length: 4, bytes: latin("JUNK") }, { at: at + 8, length: size });
    at = end + (size % 2);
  }
}

/** What has to change in a whole file. @throws UnreadableError */
export async function riffChanges(source: ByteSource, what: keyof typeof kept = "film"): Promise<Change[]> {
  const changes: Change[] = [];
  await chunks(source, [0, source.size], what, changes);
  return changes;
}
