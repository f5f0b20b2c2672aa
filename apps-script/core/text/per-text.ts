/** In UTF-16 units: the texts of a large unit's form, and a small part of a region's, so that a check of all holds no more. */
const mostKept = 2_000_000;

/**
 * Remembers what was made of texts: a unit's form is judged after each change, and nearly all its texts are what they were.
 *
 * @param compute of one text alone; what it gives is not changed by anybody
 */
export function perText<T>(compute: (text: string) => T): (text: string) => T {
  const known = new Map<string, T>();
  let kept = 0;
  return (text) => {
    const before = known.get(text);
    if (before !== undefined) return before;
    const made = compute(text);
    kept += text.length;
    if (kept > mostKept) {
      known.clear();
      kept = text.length;
    }
    known.set(text, made);
    return made;
  };
}
