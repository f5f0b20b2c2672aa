import { type Box, boxesIn, children, chunksOf, find, readBox } from "./boxes.ts";
import type { ByteSource } from "./byte-source.ts";
import type { PieceSink } from "./facts-collector.ts";

const subtitles = /^(?:sbtl|text|subt)$/;
/** Some hours of talk. */
const mostLines = 50_000;

async function within(source: ByteSource, boxes: readonly Box[], ...path: readonly string[]): Promise<Box[]> {
  let at: readonly Box[] = boxes;
  for (const type of path) {
    const box = find(at, type);
    if (!box) return [];
    at = await children(source, box);
  }
  return [...at];
}

/** The lines of a track: each a length of two bytes and UTF-8, or UTF-16 with its mark (3GPP TS 26.245). */
async function readLines(source: ByteSource, table: readonly Box[], sink: PieceSink): Promise<string[]> {
  const lines: string[] = [];
  for (const { at, lengths } of await chunksOf(source, table)) {
    sink.budget.checkTime();
    const bytes = await source.read(
      at,
      lengths.reduce((sum, each) => sum + each, 0),
    );
    let from = 0;
    for (const length of lengths) {
      const sample = bytes.subarray(from, from + length);
      from += length;
      if (sample.length < 2 || lines.length >= mostLines) continue;
      const text = sample.subarray(2, 2 + sample.readUInt16BE(0));
      const isWide = text[0] === 0xfe && text[1] === 0xff;
      if (text.length > 0) lines.push(new TextDecoder(isWide ? "utf-16be" : "utf-8").decode(text));
    }
  }
  return lines;
}

/** The text of the subtitles, and of chapters, of an .mp4 or .mov, which MediaInfo does not give. A damaged film has none. */
export async function readSubtitles(source: ByteSource, where: string, sink: PieceSink): Promise<void> {
  const tracks: Box[] = [];
  try {
    for await (const box of boxesIn(source, 0, source.size))
      if (box.type === "moov") tracks.push(...(await children(source, box)).filter(({ type }) => type === "trak"));
    for (const track of tracks) {
      const media = await within(source, await children(source, track), "mdia");
      const kind = (await readBox(source, find(media, "hdlr"))).toString("latin1", 8, 12);
      if (!subtitles.test(kind)) continue;
      const lines = await readLines(source, await within(source, media, "minf", "stbl"), sink);
      sink.addPiece("body", `${where}的字幕`, lines.join("\n"));
    }
  } catch {
    // What is wrong with the film is told by whoever reads the rest.
  }
}
