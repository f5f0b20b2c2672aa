import { unzipParts } from "../../../node-tools/office-files/zip.ts";

/** The text of every part of a package, by name. */
export function readParts(bytes: Uint8Array): Map<string, string> {
  return new Map(unzipParts(bytes).map(({ name, content }) => [name, content.toString("utf8")]));
}

function styleOf(parts: ReadonlyMap<string, string>, sheet: number, address: string): string {
  const cell =
    new RegExp(`<c r="${address}"[^>]*>`).exec(parts.get(`xl/worksheets/sheet${sheet}.xml`) ?? "")?.[0] ?? "";
  const index = Number(/ s="(\d+)"/.exec(cell)?.[1] ?? 0);
  const formats = /<cellXfs[^>]*>([\s\S]*)<\/cellXfs>/.exec(parts.get("xl/styles.xml") ?? "")?.[1] ?? "";
  return [...formats.matchAll(/<xf [^>]*?(?:\/>|>[\s\S]*?<\/xf>)/g)][index]?.[0] ?? "";
}

/** `RRGGBB` of a cell's solid fill; "none" without one. */
export function fillOf(bytes: Uint8Array, address: string, sheet = 1): string {
  const parts = readParts(bytes);
  const index = Number(/fillId="(\d+)"/.exec(styleOf(parts, sheet, address))?.[1] ?? 0);
  const fill = [...(parts.get("xl/styles.xml") ?? "").matchAll(/<fill>[\s\S]*?<\/fill>/g)][index]?.[0] ?? "";
  return /patternType="solid"><fgColor rgb="FF(\w{6})"/.exec(fill)?.[1] ?? "none";
}

export function isUnlocked(bytes: Uint8Array, address: string, sheet = 1): boolean {
  return /<protection [^>]*locked="(0|false)"/.test(styleOf(readParts(bytes), sheet, address));
}
