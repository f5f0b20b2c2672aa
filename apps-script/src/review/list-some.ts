/** The first lines of a list, and how many there are more. */
export function listSome(lines: readonly string[], most = 10): string {
  const more = lines.length > most ? [`……另有 ${lines.length - most} 条`] : [];
  return [...lines.slice(0, most), ...more].join("\n");
}
