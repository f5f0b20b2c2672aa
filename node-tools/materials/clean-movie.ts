/** .mp4, .m4v, .mov: tags, names of tracks and recorded positions are blanked where they stand, so that nothing else moves. */
import { type Box, boxesIn, children, chunksOf, find, readBox } from "../documents/boxes.ts";
import type { ByteSource } from "../documents/byte-source.ts";
import { UnreadableError } from "../documents/limits.ts";
import { type Change, damaged } from "./cleaned.ts";
import { freed, unnamedHandler, withoutProfileWords } from "./free-boxes.ts";

/** What players need, by where it stands; all else is blanked. */
const kept: Readonly<Record<string, RegExp>> = {
  file: /^(?:ftyp|styp|moov|mdat|moof|mfra|sidx|ssix|pdin|prft)$/,
  moov: /^(?:mvhd|trak|mvex|iods|ctab|clip|prfl)$/,
  trak: /^(?:tkhd|tref|edts|mdia|clip|matt|load|tapt|imap|trgr)$/,
  mdia: /^(?:mdhd|hdlr|minf|elng)$/,
  minf: /^(?:vmhd|smhd|hmhd|nmhd|sthd|gmhd|hdlr|dinf|stbl)$/,
  dinf: /^dref$/,
  stbl: /^(?:stsd|stts|ctts|cslg|stss|stps|stsc|stsz|stz2|stco|co64|sgpd|sbgp|sdtp|subs|saiz|saio|stsh|padb)$/,
  moof: /^(?:mfhd|traf)$/,
  traf: /^(?:tfhd|tfdt|trun|sgpd|sbgp|sdtp|subs|saiz|saio)$/,
};
/** Sound, pictures, subtitles, time code; a track of any other kind holds positions, faces and the like. */
const shownTracks = /^(?:vide|soun|text|sbtl|subt|subp|clcp|tmcd|hint|auxv|pict|sdsm|odsm)$/;
/** Length of the part of a sample entry that all of its kind have, and of the name of the coder in it (14496-12, 12.1.3). */
const coderName = { at: 50, length: 32, entry: 86 };
const timeCodeEntry = 34;

/** When it was made and changed, behind version and flags. */
async function withoutTimes(source: ByteSource, { inner }: Box): Promise<Change[]> {
  const version = (await source.read(inner, 1))[0];
  return [{ at: inner + 4, length: version === 1 ? 16 : 8 }];
}

/** Behind the last box old programs leave what is none. */
async function profilesIn(source: ByteSource, from: number, to: number): Promise<Change[]> {
  const changes: Change[] = [];
  try {
    for await (const box of boxesIn(source, from, to))
      if (box.type === "colr") changes.push(...(await withoutProfileWords(source, box)));
  } catch (error) {
    if (!(error instanceof UnreadableError)) throw error;
  }
  return changes;
}

async function withoutCoderNames(source: ByteSource, box: Box, handler: string): Promise<Change[]> {
  const changes: Change[] = [];
  for await (const entry of boxesIn(source, box.inner + 8, box.end)) {
    if (handler === "vide" && entry.end - entry.start >= coderName.entry) {
      changes.push({ at: entry.start + coderName.at, length: coderName.length });
      changes.push(...(await profilesIn(source, entry.start + coderName.entry, entry.end)));
    }
    if (handler === "tmcd" && entry.end - entry.start > timeCodeEntry)
      for await (const inner of boxesIn(source, entry.start + timeCodeEntry, entry.end)) changes.push(...freed(inner));
  }
  return changes;
}

/** Names of files and disks stand in references even where a file refers to nothing but itself. */
async function withoutReferences(source: ByteSource, box: Box): Promise<Change[]> {
  const changes: Change[] = [];
  for await (const entry of boxesIn(source, box.inner + 8, box.end)) {
    const flags = await source.read(entry.inner, 4);
    if (((flags[3] ?? 0) & 1) === 0)
      throw new UnreadableError("引用了另外的视频文件，单独不能播放；请导出为一个完整的 .mp4 后重新提交");
    if (entry.end > entry.inner + 4) changes.push({ at: entry.inner + 4, length: entry.end - entry.inner - 4 });
  }
  return changes;
}

/** Numbers of the tracks that hold titles of chapters, which players show in a menu and no reader of ours reads. */
async function chapterTracks(source: ByteSource, tracks: readonly Box[]): Promise<Set<number>> {
  const numbers = new Set<number>();
  for (const track of tracks) {
    for (const references of (await children(source, track)).filter(({ type }) => type === "tref")) {
      const chapters = find(await children(source, references), "chap");
      if (!chapters) continue;
      const bytes = await readBox(source, chapters);
      for (let at = 0; at + 4 <= bytes.length; at += 4) numbers.add(bytes.readUInt32BE(at));
    }
  }
  return numbers;
}

/** What other tracks and fragments call a track. */
async function numberOf(source: ByteSource, head: Box | undefined): Promise<number> {
  if (!head) return 0;
  const bytes = await readBox(source, head);
  return bytes.readUInt32BE(bytes[0] === 1 ? 20 : 12);
}

/** @param gone gets the number of a track that goes as a whole */
async function trackChanges(
  source: ByteSource,
  track: Box,
  chapters: ReadonlySet<number>,
  gone: Set<number>,
): Promise<Change[]> {
  const parts = await children(source, track);
  const media = find(parts, "mdia");
  const mediaParts = media ? await children(source, media) : [];
  const handler = find(mediaParts, "hdlr");
  const kind = handler ? (await source.read(handler.inner + 8, 4)).toString("latin1") : "";
  const info = find(mediaParts, "minf");
  const infoParts = info ? await children(source, info) : [];
  const table = find(infoParts, "stbl");
  const tableParts = table ? await children(source, table) : [];
  const number = await numberOf(source, find(parts, "tkhd"));
  if (!shownTracks.test(kind) || chapters.has(number)) {
    gone.add(number);
    const recorded = tableParts.length > 0 ? await chunksOf(source, tableParts) : [];
    return [
      ...freed(track),
      ...recorded.map(({ at, lengths }) => ({ at, length: lengths.reduce((sum, each) => sum + each, 0) })),
    ];
  }
  const changes: Change[] = [];
  for (const [where, boxes] of [
    ["trak", parts],
    ["mdia", mediaParts],
    ["minf", infoParts],
    ["stbl", tableParts],
  ] as const) {
    for (const box of boxes) {
      if (!kept[where]?.test(box.type)) changes.push(...freed(box));
      else if (box.type === "hdlr") changes.push(...unnamedHandler(box));
      else if (box.type === "tref") {
        for (const reference of await children(source, box))
          if (reference.type === "chap") changes.push(...freed(reference));
      } else if (box.type === "tkhd" || box.type === "mdhd") changes.push(...(await withoutTimes(source, box)));
      else if (box.type === "stsd") changes.push(...(await withoutCoderNames(source, box, kind)));
      else if (box.type === "dinf")
        for (const reference of await children(source, box))
          changes.push(...(reference.type === "dref" ? await withoutReferences(source, reference) : freed(reference)));
    }
  }
  return changes;
}

/** @param gone gets the numbers of the tracks that go as a whole. @throws UnreadableError */
export async function movieChanges(source: ByteSource, movie: Box, gone = new Set<number>()): Promise<Change[]> {
  const changes: Change[] = [];
  const boxes = await children(source, movie);
  const chapters = await chapterTracks(
    source,
    boxes.filter(({ type }) => type === "trak"),
  );
  for (const box of boxes) {
    if (box.type === "cmov")
      throw new UnreadableError("是索引经过压缩的旧式 QuickTime 视频；请用剪辑软件导出为 .mp4 后重新提交");
    if (!kept.moov?.test(box.type)) changes.push(...freed(box));
    else if (box.type === "mvhd") changes.push(...(await withoutTimes(source, box)));
    else if (box.type === "trak") changes.push(...(await trackChanges(source, box, chapters, gone)));
  }
  return changes;
}

async function fragmentChanges(source: ByteSource, fragment: Box, gone: ReadonlySet<number>): Promise<Change[]> {
  const changes: Change[] = [];
  for await (const box of boxesIn(source, fragment.inner, fragment.end)) {
    if (!kept.moof?.test(box.type)) changes.push(...freed(box));
    else if (box.type === "traf")
      for await (const inner of boxesIn(source, box.inner, box.end)) {
        const isOfGone = inner.type === "tfhd" && gone.has((await readBox(source, inner)).readUInt32BE(4));
        if (isOfGone)
          throw new UnreadableError(
            "分段存放的视频里有章节或位置信息，无法清除；请用剪辑软件导出为普通的 .mp4 后重新提交",
          );
        if (!kept.traf?.test(inner.type)) changes.push(...freed(inner));
      }
  }
  return changes;
}

/** What has to change in a whole file. @throws UnreadableError */
export async function movieFileChanges(source: ByteSource): Promise<Change[]> {
  const changes: Change[] = [];
  const gone = new Set<number>();
  let hasMovie = false;
  let end = 0;
  for await (const box of boxesIn(source, 0, source.size)) {
    end = box.end;
    if (!kept.file?.test(box.type)) changes.push(...freed(box));
    else if (box.type === "moov") changes.push(...(await movieChanges(source, box, gone)));
    else if (box.type === "moof") changes.push(...(await fragmentChanges(source, box, gone)));
    hasMovie ||= box.type === "moov";
  }
  if (!hasMovie) throw damaged();
  return end < source.size ? [...changes, { at: end, length: source.size - end }] : changes;
}
