/** Zlib data (RFC 1950), as in PDFs and PNGs. */
import { zlibSync } from "fflate";
import { unpackZlib } from "../documents/inflate.ts";
import { readingLimits } from "../documents/limits.ts";

/** As far as the data can be unpacked; undefined where they are more than a part of a file may be. */
export function unpackWhole(packed: Uint8Array): Buffer | undefined {
  const parts: Uint8Array[] = [];
  let size = 0;
  unpackZlib(packed, (content) => {
    size += content.length;
    parts.push(content);
    return size <= readingLimits.partBytes;
  });
  return size > readingLimits.partBytes ? undefined : Buffer.concat(parts);
}

export const packZlib = (content: Uint8Array): Buffer => Buffer.from(zlibSync(content));
