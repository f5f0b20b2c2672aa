/**
 * How much two folded titles are one, 0 … 1: Dice's coefficient of their pairs of neighbouring characters (Dice, Ecology
 * 26, 1945).
 */
export function compareTitles(a: string, b: string): number {
  if (a === b) return 1;
  const pairs = new Map<string, number>();
  for (let i = 0; i + 1 < a.length; i++) pairs.set(a.slice(i, i + 2), (pairs.get(a.slice(i, i + 2)) ?? 0) + 1);
  let common = 0;
  for (let i = 0; i + 1 < b.length; i++) {
    const left = pairs.get(b.slice(i, i + 2)) ?? 0;
    if (left === 0) continue;
    pairs.set(b.slice(i, i + 2), left - 1);
    common++;
  }
  return a.length + b.length < 4 ? 0 : (2 * common) / (a.length + b.length - 2);
}

/** Two titles with so many pairs of neighbouring characters in common differ in a word or two. */
export const leastAlike = 0.8;

/** Shorter ones stand in many a title. */
const leastContained = 8;

/** Whether one folded title is the other with something before or behind it, a subtitle say. */
export function isExtended(a: string, b: string): boolean {
  const [shorter, longer] = a.length < b.length ? [a, b] : [b, a];
  return shorter.length >= leastContained && longer.includes(shorter);
}
