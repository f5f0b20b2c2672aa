import { cleanIdentifier } from "./clean.ts";

/** Pixels of a picture, as recorded: a portrait video is higher than wide. */
interface Resolution {
  width: number;
  height: number;
}

const PAIR = /^(\d{2,5})(?:px|像素)?[x×*✕✖╳хχ](\d{2,5})(?:px|像素|[pi])?$/;
const TRAILING_REMARK = /\([^()]*\)$/;

/** Names in use for a 16:9 picture by its height. */
const LINES_BY_NAME = new Map([
  ["480p", 480],
  ["720p", 720],
  ["1080p", 1080],
  ["1440p", 1440],
  ["2k", 1440],
  ["2160p", 2160],
  ["4k", 2160],
]);

/** The 16:9 width for a height, even as codecs demand it: 480 lines are 854 wide. */
const wideScreen = (height: number): Resolution => ({ width: 2 * Math.ceil((height * 8) / 9), height });

/** Reads `1920×1080`, `1920x1080`, `1920*1080` (a remark in brackets behind it allowed), `1080P`, `4K`; else undefined. */
export function parseResolution(s: string): Resolution | undefined {
  const text = cleanIdentifier(s).toLowerCase().replace(TRAILING_REMARK, "");
  const pair = PAIR.exec(text);
  if (pair) return { width: Number(pair[1]), height: Number(pair[2]) };
  const lines = LINES_BY_NAME.get(text);
  return lines === undefined ? undefined : wideScreen(lines);
}

/** `1920*1080`, as the sheet and the notice write it. */
export function formatResolution(r: Resolution): string {
  return `${r.width}*${r.height}`;
}
