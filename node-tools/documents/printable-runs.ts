const runs = /[\u4e00-\u9fff\u3400-\u4dbfA-Za-z0-9_@.:\\/\- ]{2,}/g;
// Two bytes of noise are often a Chinese character: the more is scanned, the more names appear by chance.
const scannedBytes = 256 * 1024;

/**
 * Words in bytes of an unknown kind (printer settings, OLE objects), one a line: UTF-16 on either alignment, and UTF-8
 * without what is none. For a search only; most of it means nothing.
 */
export function printableRuns(bytes: Buffer): string {
  const head = bytes.subarray(0, scannedBytes);
  const found = new Set<string>();
  for (const text of [head.toString("utf16le"), head.subarray(1).toString("utf16le"), head.toString("utf8")]) {
    for (const run of text.match(runs) ?? []) if (run.trim().length >= 2) found.add(run.trim());
  }
  return [...found].join("\n");
}
