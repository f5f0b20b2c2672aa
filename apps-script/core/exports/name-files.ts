import { safeFileName } from "../text/file-name.ts";

/** A file name for each item, of the first candidate that no earlier one has taken, whatever case a file system keeps. */
export function nameFiles<T>(
  items: readonly T[],
  candidatesOf: (item: T, index: number) => readonly string[],
): string[] {
  const taken = new Set<string>();
  return items.map((item, i) => {
    const candidates = candidatesOf(item, i).map(safeFileName);
    const free = candidates.find((c) => c !== "" && !taken.has(c.toLowerCase())) ?? `${i + 1}`;
    taken.add(free.toLowerCase());
    return free;
  });
}

/** Names of units as file names that no two units share. */
export function nameUnits(units: readonly { readonly name: string; readonly code: string }[]): string[] {
  return nameFiles(units, ({ name, code }, i) => [name, `${name}-${code}`, `${name}-${code}-${i + 1}`]);
}
