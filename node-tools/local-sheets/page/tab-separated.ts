/** Cells as the clipboard carries them: tabs and line ends between cells, quotes around those that contain either. */
export function parseTabSeparated(text: string): string[][] {
  const rows: string[][] = [];
  let row: string[] = [];
  let at = 0;
  const source = text.replace(/\r\n?/g, "\n").replace(/\n$/, "");
  for (;;) {
    let cell: string;
    const quoted = source[at] === '"' ? /"((?:[^"]|"")*)"(?=[\t\n]|$)/y : undefined;
    if (quoted) quoted.lastIndex = at;
    const match = quoted?.exec(source);
    if (match) {
      cell = (match[1] ?? "").replaceAll('""', '"');
      at += match[0].length;
    } else {
      const end = /[\t\n]/g;
      end.lastIndex = at;
      const found = end.exec(source);
      cell = source.slice(at, found?.index ?? source.length);
      at += cell.length;
    }
    row.push(cell);
    if (source[at] !== "\t") {
      rows.push(row);
      row = [];
    }
    if (at >= source.length) return rows;
    at += 1;
  }
}

export function formatTabSeparated(rows: readonly (readonly string[])[]): string {
  const quote = (cell: string) => (/[\t\n"]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell);
  return rows.map((row) => row.map(quote).join("\t")).join("\n");
}
